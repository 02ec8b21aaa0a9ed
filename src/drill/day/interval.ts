import { assert } from "../../basics/assert.ts";
import { drawsOf } from "./draws.ts";

/** The lower bound, the figure itself, the upper bound. */
export type Interval = readonly [low: number, mid: number, high: number];

/** So many times all seeds are drawn anew. */
export const resamplesDefault = 2_000;

/**
 * A 95 % interval by bootstrap over whole seeds: patients of one day are not independent of each other, days are. As many seeds as there are
 * are drawn with replacement, the figure is taken of all their patients together, and of all figures the middle 95 % are kept.
 *
 * @param figureOf of a day's weights: how often each seed counts
 */
export function intervalOf(
  seedCount: number,
  figureOf: (weights: Uint16Array) => number,
  resamples: number = resamplesDefault,
): Interval {
  assert(seedCount >= 1 && resamples >= 40, "enough to take the middle of");
  const draws = drawsOf(0);
  const figures = Array.from({ length: resamples }, (_, round) => {
    const weights = new Uint16Array(seedCount);
    for (let i = 0; i < seedCount; i += 1) {
      const seed = Math.floor(draws.share("resample", round, i) * seedCount);
      weights[seed] = (weights[seed] ?? 0) + 1;
    }
    return figureOf(weights);
  }).sort((a, b) => a - b);
  const mid = figureOf(new Uint16Array(seedCount).fill(1));
  const cut = Math.floor(resamples * 0.025);
  return [figures[cut] ?? mid, mid, figures[resamples - 1 - cut] ?? mid];
}

/** Numbers of many seeds, in order, with the seed of each. */
export type Sorted = { readonly values: Float64Array; readonly seeds: Uint16Array };

export function sortedOf(bySeed: readonly (readonly number[])[]): Sorted {
  const rows = bySeed.flatMap((values, seed) => values.map((value) => ({ value, seed })));
  rows.sort((a, b) => a.value - b.value);
  return {
    values: Float64Array.from(rows, ({ value }) => value),
    seeds: Uint16Array.from(rows, ({ seed }) => seed),
  };
}

/** The smallest value that is not less than this share of all; 0 where there are none. @param share 0 < share ≤ 1 */
export function quantileOf({ values, seeds }: Sorted, share: number, weights: Uint16Array): number {
  let total = 0;
  for (let i = 0; i < seeds.length; i += 1) total += weights[seeds[i] ?? 0] ?? 0;
  let left = share * total;
  for (let i = 0; i < seeds.length; i += 1) {
    left -= weights[seeds[i] ?? 0] ?? 0;
    // A share of whole patients: what is left over by rounding is none.
    if (left <= 1e-9 && (weights[seeds[i] ?? 0] ?? 0) > 0) return values[i] ?? 0;
  }
  return 0;
}
