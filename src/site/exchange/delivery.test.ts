import { expect, test } from "vitest";
import { minuteMs } from "../../basics/time.ts";
import { dueMs, newDeliveries } from "./delivery.ts";

const askedMs = 1_599_775_200_000;
const ref = ["lst-d/box/1-00000001", 3] as const;

/** How many seconds are left at each look; our wall clock has stepped by so many minutes at its time. */
function secondsLeft(
  looks: readonly (readonly [atS: number, stepMin: number, there: boolean | null])[],
  here = false,
): readonly number[] {
  const deliveries = newDeliveries();
  return looks.map(([atS, stepMin, there]) => {
    const now = { wallMs: askedMs + atS * 1_000 + stepMin * minuteMs, monoMs: 5_000 + atS * 1_000 };
    // As a view has them: never later than now.
    const sinceMs = Math.min(askedMs, now.wallMs);
    const request = { ref, sinceMs, storedMs: askedMs, answerWithinMs: minuteMs };
    return (dueMs(deliveries, request, { there, here }, now, 15) - now.wallMs) / 1_000;
  });
}

test.each([-7, 7])("[BOARD100] a step of our clock by %i minutes leaves as much time as before", (step) => {
  expect(
    secondsLeft([
      [1, 0, false],
      [5, step, false],
      [6, step, true],
      [20, 2 * step, true],
      [21, 0, true],
    ]),
  ).toEqual([14, 10, 60, 46, 45]);
  expect(
    secondsLeft([
      [1, 0, null],
      [5, step, null],
    ]),
  ).toEqual([59, 55]);
  expect(
    secondsLeft(
      [
        [1, 0, true],
        [5, step, true],
      ],
      true,
    ),
  ).toEqual([59, 55]);
});
