import type { Situation } from "../drawing.ts";

/** A drawn situation and what the board says to it: every line, the first as it is read out, and who stands beside it. */
export type Scene = {
  readonly name: string;
  readonly situation: Situation;
  readonly lines: readonly string[];
  /** Null: nothing is read out. */
  readonly said: string | null;
  readonly stabilise?: string;
};

// Minutes by the estimate: 1 km 2, 2 km 4, 3 km 6, 4 km 7, 5 km 9, 6 km 10, 7 km 11, 8 km 13, 9 km 14, 10 km 15, 12 km 18, 15 km 22.
