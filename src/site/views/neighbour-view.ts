import type { Name } from "../../basics/name.ts";
import type { BoardHospital, HospitalRow } from "./board-view.ts";

/** Other regions that the charter names, asked for by a control centre's board: read, never steered to. */
export type BoardNeighbours = { readonly regions: readonly BoardNeighbour[] };

export type BoardNeighbour = {
  readonly region: Name;
  /** As our settings call it, else as it calls itself: which may be as we are called, so its id stands beside it. */
  readonly name: string;
  /** Our authority has ended the naming: nothing new of it comes. */
  readonly ended: boolean;
  /** Only of a region that is read there are hospitals. */
  readonly state: "read" | "reading" | "not-open";
  /** When the newest word that stands was said there, also where it has run out since; null: there is none. */
  readonly newestMs: number | null;
  readonly hospitals: readonly NeighbourHospital[];
  /** Hospitals of its charter beyond those, for which a board has no room. */
  readonly omitted: number;
};

export type NeighbourHospital = {
  readonly hospital: Name;
  readonly name: string;
  readonly town: string | null;
  readonly phone: string | null;
  /** Empty where that region's own files are not here. */
  readonly has: BoardHospital["has"];
  /** Since when one of its own control centres has not heard it; null: none has said so. */
  readonly lostSinceMs: number | null;
  readonly cells: HospitalRow["cells"];
};
