import type { Sight } from "../sight.ts";
import { isForcedToCall } from "./forced.tsx";
import { deskTexts } from "./speech.ts";

/** How much there is to call, to settle and to open besides decisions; empty: nothing. */
export function callsText(sight: Sight): string {
  const { centre, missions } = sight.room;
  const { site } = sight.places.region;
  const rows = [...missions.values()];
  const inVain = centre.voices.filter((voice) => voice.inVain).length;
  const handed = rows.filter(({ handover }) => handover?.to === site).length;
  const asked = centre.transfers.filter(({ state }) => state === "open").length;
  return deskTexts(sight).calls(
    centre.rounds.length + rows.filter(isForcedToCall).length,
    inVain + handed,
    asked,
  );
}
