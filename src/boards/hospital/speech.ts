import type { Language } from "../shell/language.ts";
import type { BoardSight, Moment, Places } from "../shell/sight.ts";
import { germanShell, type ShellTexts } from "../shell/texts.ts";
import { germanHospital, type HospitalTexts } from "./texts.ts";

/** One language of this board. */
export type Speech = {
  readonly language: Language;
  readonly say: ShellTexts;
  readonly texts: HospitalTexts;
};

/** Comes with the first bytes. */
export const german: Speech = { language: "de", say: germanShell, texts: germanHospital };

/** What this board is drawn from, with its own texts. */
export type Sight = BoardSight & Speech;

export function sightOf(places: Places, speech: Speech, moment: Moment): Sight {
  return { ...speech, ...moment, places };
}
