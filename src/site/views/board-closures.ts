import type { FactRef, Name } from "../../basics/name.ts";
import type { ClosureReason } from "../../region/desk-choices.ts";
import type { RegionBox } from "../../region/near-region.ts";

/** Roads that are closed now, for the page on which a control centre closes and lifts. */
export type BoardClosures = {
  readonly nowMs: number;
  /** False: the anchor cannot record; nothing is closed or lifted. */
  readonly storing: boolean;
  /** Outside it no road is closed. */
  readonly box: RegionBox;
  readonly closures: readonly BoardClosure[];
};

export type BoardClosure = {
  /** Its `road.closed`: what `road.opened` names. */
  readonly ref: FactRef;
  readonly site: Name;
  readonly by: string;
  readonly latE3: number;
  readonly lonE3: number;
  readonly radiusM: number;
  readonly reason: ClosureReason;
  readonly endsMs: number;
  /** Whether any road is closed by it; null: not known (yet). */
  readonly meetsRoad: boolean | null;
};
