import { describe, expect, test } from "vitest";
import { driveMinTenthsOf } from "./estimate.ts";

describe("[ROADS1] minutes are max(1, −0.6 + 0.96 d + 2.0 √d) for d km, in whole tenths", () => {
  test.each([
    [0, 10],
    [400, 10],
    [1_000, 24],
    [4_000, 72],
    [9_000, 140],
    [25_000, 334],
    [100_000, 1_154],
  ])("%i m are %i tenths of a minute", (distanceM, expected) => {
    expect(driveMinTenthsOf(distanceM)).toBe(expected);
  });

  test("farther is never quicker", () => {
    for (let distanceM = 1; distanceM < 50_000; distanceM += 1) {
      expect(driveMinTenthsOf(distanceM)).toBeGreaterThanOrEqual(driveMinTenthsOf(distanceM - 1));
    }
  });
});
