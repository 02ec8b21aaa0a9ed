import { assert } from "../basics/assert.ts";

/**
 * What a doubt is worth in minutes of driving: whole minutes from 0 to `penaltyMinMax`. Each region sets its own
 * (`policy.json`); no source gives these numbers.
 */
export type Policy = {
  /** The capability is *not known* in principle or *unconfirmed* now. */
  readonly unknownPenaltyMin: number;
  /** The hospital is not heard: silent, not yet heard, or we are cut off. */
  readonly silentPenaltyMin: number;
  readonly fullPenaltyMin: number;
  readonly limitedPenaltyMin: number;
  /** The most that one preferred capability costs: it is missing. */
  readonly missingPreferredMin: number;
};

/** A day. */
export const penaltyMinMax = 1_440;

export function assertPolicy(policy: Policy): void {
  for (const minutes of Object.values(policy)) {
    assert(
      Number.isSafeInteger(minutes) && minutes >= 0 && minutes <= penaltyMinMax,
      "a penalty in whole minutes",
    );
  }
}
