import type { Name } from "../../basics/name.ts";
import type { Words } from "../../region/words.ts";
import type { CrewMissionRow } from "../../site/views/board-site-view.ts";

/** Nobody sets out with another hospital's patient before it is agreed where to. */
export const transferNote: Words = {
  de: "Verlegung: losfahren, sobald die Leitstelle das Ziel bestätigt hat.",
  en: "Transfer: set out once the control centre has confirmed where to.",
};

const unconfirmed: Words = {
  de: "Verlegung: Die Leitstelle hat dieses Ziel nicht bestätigt.",
  en: "Transfer: the control centre has not confirmed this destination.",
};

/** Said before a crew names where to drive: a transfer, to where no centre has sent it. Null: nothing to say. */
export function unconfirmedNote({ from, lines, resteer }: CrewMissionRow, chosen: Name): Words | null {
  if (from === undefined || resteer?.new.hospital === chosen) return null;
  return lines.some(({ hospital, confirmed }) => confirmed && hospital === chosen) ? null : unconfirmed;
}
