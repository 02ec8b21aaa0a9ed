import type { JSX } from "preact";
import type { InboundRow } from "../../site/views/board-site-view.ts";
import { nameOf } from "../shell/sight.ts";
import type { Sight } from "./speech.ts";

/** Who else comes from the same scene, to whatever hospital. */
export function Mates(props: {
  readonly row: Pick<InboundRow, "mates">;
  readonly sight: Sight;
}): JSX.Element | null {
  const { row, sight } = props;
  if (row.mates === undefined) return null;
  return <p class="facts">{sight.texts.mates(row.mates.map((mate) => nameOf(sight, mate)).join(", "))}</p>;
}
