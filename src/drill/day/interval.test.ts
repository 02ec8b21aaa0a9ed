import { describe, expect, test } from "vitest";
import { intervalOf, quantileOf, sortedOf } from "./interval.ts";

const seeds = 400;
/** 0 to 399, one a seed: mean 199.5, standard deviation 115.6. */
const values = Array.from({ length: seeds }, (_, i) => i);
const meanOf = (weights: Uint16Array) =>
  values.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0) / seeds;

describe("intervals over whole seeds", () => {
  test("of a mean they are what the textbook says: 1.96 standard errors to each side", () => {
    const [low, mid, high] = intervalOf(seeds, meanOf);
    const half = (1.96 * 115.47) / Math.sqrt(seeds);
    expect(mid).toBe(199.5);
    expect(mid - low).toBeCloseTo(half, -0.5);
    expect(high - mid).toBeCloseTo(half, -0.5);
    expect(Math.abs((high - low) / (2 * half) - 1)).toBeLessThan(0.06);
  });

  test("patients of one seed are drawn together: ten alike in each seed make no interval narrower", () => {
    const tenfold = (weights: Uint16Array) =>
      values.reduce((sum, value, i) => sum + 10 * value * (weights[i] ?? 0), 0) / (10 * seeds);
    expect(intervalOf(seeds, tenfold)).toEqual(intervalOf(seeds, meanOf));
  });

  test.each([
    [0.5, 3],
    [0.95, 9],
    [0.2, 1],
    [1, 9],
  ])("the quantile %d of known numbers", (share, expected) => {
    const sorted = sortedOf([[9, 1], [2], [4, 3]]);
    expect(quantileOf(sorted, share, Uint16Array.of(1, 1, 1))).toBe(expected);
  });

  test("a seed that counts twice counts twice, one that was not drawn not at all", () => {
    const sorted = sortedOf([[1], [5], [9]]);
    expect(quantileOf(sorted, 0.5, Uint16Array.of(0, 2, 1))).toBe(5);
    expect(quantileOf(sorted, 0.95, Uint16Array.of(2, 1, 0))).toBe(5);
    expect(quantileOf(sorted, 0.5, Uint16Array.of(0, 0, 0))).toBe(0);
  });
});
