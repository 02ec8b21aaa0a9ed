import { secondMs } from "../basics/time.ts";

/** How long the quiet parts of the night last; all else takes as long as it takes. */
export type Pace = {
  readonly openRunsOutMs: number;
  readonly confirmEveryMs: number;
  /** Between two reports of beds at each hospital whose receipts are timed. */
  readonly bedsEveryMs: number;
  readonly calmMs: number;
  /** From the loss of the hospital until it is brought back, at least. */
  readonly lostForMs: number;
  /** The whole night, from the loss of the hospital, at least. */
  readonly nightMs: number;
};

export const paces: { readonly full: Pace; readonly short: Pace } = {
  full: {
    openRunsOutMs: 90 * secondMs,
    confirmEveryMs: 65 * secondMs,
    bedsEveryMs: 3 * secondMs,
    calmMs: 20 * secondMs,
    lostForMs: 40 * secondMs,
    nightMs: 135 * secondMs,
  },
  short: {
    openRunsOutMs: 70 * secondMs,
    confirmEveryMs: 55 * secondMs,
    bedsEveryMs: 2 * secondMs,
    calmMs: 3 * secondMs,
    lostForMs: 10 * secondMs,
    nightMs: 62 * secondMs,
  },
};
