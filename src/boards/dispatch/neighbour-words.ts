import type { CapabilityId } from "../../region/vocabulary.ts";
import type { BoardHospital, HospitalRow } from "../../site/views/board-view.ts";
import { type Shown, shownCell, unheardRow } from "./hospital-words.ts";
import type { Sight } from "./sight.ts";

/** One capability of another region's hospital: never heard by us, so a last word; and no cut-off of ours changes it. */
export function broughtCell(
  hospital: BoardHospital,
  capability: CapabilityId,
  cells: HospitalRow["cells"],
  sight: Sight,
): Shown {
  return shownCell(
    hospital,
    capability,
    { ...unheardRow(hospital), cells },
    { ...sight, cutOffSinceMs: null },
  );
}
