import { expect, test } from "vitest";
import { minuteMs } from "../../basics/time.ts";
import { dueMs, newDeliveries } from "./delivery.ts";

const askedMs = 1_599_775_200_000;
const ref = ["lst-d/box/1-00000001", 3] as const;

/** How many seconds are left at each look; by so many minutes our wall clock is ahead of the monotonic one by then. */
function secondsLeft(
  looks: readonly (readonly [atS: number, aheadMin: number, there: boolean | null])[],
  here = false,
): readonly number[] {
  const deliveries = newDeliveries();
  return looks.map(([atS, aheadMin, there]) => {
    const now = { wallMs: askedMs + atS * 1_000 + aheadMin * minuteMs, monoMs: 5_000 + atS * 1_000 };
    // As a view has them: never later than now.
    const sinceMs = Math.min(askedMs, now.wallMs);
    const request = { ref, sinceMs, storedMs: askedMs, answerWithinMs: minuteMs };
    return (dueMs(deliveries, request, { there, here }, now, 15) - now.wallMs) / 1_000;
  });
}

const unknown = { there: null, here: false };
const stored = { there: true, here: true };

test("[BOARD100] a step back of our clock leaves as much time as before, however often it steps", () => {
  expect(
    secondsLeft([
      [1, 0, false],
      [5, -7, false],
      [6, -7, true],
      [20, -14, true],
    ]),
  ).toEqual([14, 10, 60, 46]);
  for (const { there, here } of [unknown, stored])
    expect(
      secondsLeft(
        [
          [1, 0, there],
          [5, -7, there],
        ],
        here,
      ),
    ).toEqual([59, 55]);
});

test("[BOARD100] a sleep of the machine, in which its monotonic clock stands still, hides nothing overdue, though its clock is set back after it", () => {
  expect(
    secondsLeft([
      [1, 0, false],
      [2, 5, false],
      [3, -2, false],
    ]),
  ).toEqual([14, -287, -288]);
  expect(
    secondsLeft([
      [1, 0, false],
      [2, 0, true],
      [3, 5, true],
    ]),
  ).toEqual([14, 60, -241]);
  for (const { there, here } of [unknown, stored])
    expect(
      secondsLeft(
        [
          [1, 0, there],
          [2, 5, there],
          [3, -2, there],
        ],
        here,
      ),
    ).toEqual([59, -242, -243]);
});
