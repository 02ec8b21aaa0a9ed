import type { BoardSight, Moment, Places } from "../shell/sight.ts";
import type { Speech } from "./speech.ts";

/** What this board is drawn from, with its own texts. */
export type Sight = BoardSight & Speech;

export function sightOf(places: Places, speech: Speech, moment: Moment): Sight {
  return { ...speech, ...moment, places };
}
