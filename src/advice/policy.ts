import { assert } from "../basics/assert.ts";

/**
 * What a region steers by: whole minutes and percent. Each region sets its own (`policy.json`), where every number has
 * its meaning, source and certainty. A percentage says how likely a patient is turned away at the door.
 */
export type Policy = {
  /** Named by every advice: 1 to 32 of `a-z`, `0-9`, `-`. */
  readonly version: string;
  /** Lost at a door that turns a patient away, besides the drive to the next one. */
  readonly turnedAwayLossMin: number;
  /** The drive to the next one where no other hospital is known to be open so near. */
  readonly noNextMin: number;
  /** So long a word *open* is fresh. */
  readonly freshMin: number;
  readonly freshPercent: number;
  /** *Open*, and older than that. */
  readonly olderPercent: number;
  readonly limitedPercent: number;
  readonly fullPercent: number;
  readonly unconfirmedPercent: number;
  /** Nobody knows whether the hospital has it at all; also: not heard since our start, or we are cut off. */
  readonly unknownPercent: number;
  /** So long a silence is short. */
  readonly silentShortMin: number;
  readonly silentShortPercent: number;
  readonly silentLongPercent: number;
  /** A hospital declined a patient with the same need less than so long ago. */
  readonly declinedWithinMin: number;
  readonly declinedPercent: number;
  /** What a preferred capability is worth. */
  readonly missingPreferredMin: number;
  /** What each patient costs who is on the way there and for whom no place is known to be free. */
  readonly waitPerPatientMin: number;
  /** Forced assignments that differ by no more rotate. */
  readonly forcedEqualMin: number;
  /** So long a forced assignment counts when it is asked whose turn it is. */
  readonly forcedCountedMin: number;
  /** A helicopter's speed in a straight line. */
  readonly flightKmh: number;
  /** What loading, start and landing take besides. */
  readonly flightExtraMin: number;
};

/** A day. */
export const policyMinMax = 1_440;

/** Throws where the numbers cannot be: out of range, or a word that admits patients weighing more than a doubt. */
export function assertPolicy({ version, ...numbers }: Policy): void {
  assert(version !== "", "a policy has a version");
  for (const [name, value] of Object.entries(numbers)) {
    const max = name.endsWith("Percent") ? 100 : policyMinMax;
    assert(
      Number.isSafeInteger(value) && value >= 0 && value <= max,
      `${name} in whole ${max === 100 ? "percent" : "minutes"}`,
    );
  }
  assert(numbers.flightKmh > 0, "a helicopter flies");
  const { freshPercent, olderPercent, silentShortPercent, silentLongPercent } = numbers;
  const doubts = [
    numbers.limitedPercent,
    numbers.fullPercent,
    numbers.unconfirmedPercent,
    numbers.unknownPercent,
  ];
  assert(freshPercent <= olderPercent, "an older word weighs no less than a fresh one");
  assert(
    doubts.every((percent) => percent >= olderPercent),
    "no doubt weighs less than a word",
  );
  assert(silentShortPercent <= silentLongPercent, "a longer silence weighs no less");
}
