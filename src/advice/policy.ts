import { assert } from "../basics/assert.ts";

/**
 * What a doubt is worth in minutes of driving: whole minutes from 0 to `penaltyMinMax`. Certainty C, all of them: no
 * source gives these numbers; a region sets its own.
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

export const penaltyMinMax = 240;

export const defaultPolicy: Policy = {
  unknownPenaltyMin: 10,
  silentPenaltyMin: 15,
  fullPenaltyMin: 20,
  limitedPenaltyMin: 5,
  missingPreferredMin: 20,
};

export function assertPolicy(policy: Policy): void {
  for (const minutes of Object.values(policy)) {
    assert(
      Number.isSafeInteger(minutes) && minutes >= 0 && minutes <= penaltyMinMax,
      "a penalty in whole minutes",
    );
  }
}
