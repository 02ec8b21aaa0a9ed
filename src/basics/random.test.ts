import { describe, expect, test } from "vitest";
import { seededRandom } from "./random.ts";

describe("seeded random numbers", () => {
  test("[RANDOM1] one seed is one run", () => {
    const run = (seed: number) => {
      const random = seededRandom(seed);
      return Array.from({ length: 20 }, () => random.below(1_000_000));
    };
    expect(run(20_200_910)).toEqual(run(20_200_910));
    expect(run(0)).not.toEqual(run(1));
    // Both halves of a large seed count.
    expect(run(1)).not.toEqual(run(1 + 2 ** 32));
    expect(run(-1)).toEqual(run(-1));
  });

  test("[RANDOM1] the numbers themselves are fixed: kept seeds stay what they were", () => {
    const random = seededRandom(7);
    expect(Array.from({ length: 5 }, () => random.below(2 ** 32))).toMatchInlineSnapshot(`
      [
        2917685297,
        1525832735,
        3836590155,
        2590827526,
        84346879,
      ]
    `);
  });

  test.each([1, 2, 7, 256, 1000])("[RANDOM2] below(%d) gives every number about equally often", (limit) => {
    const random = seededRandom(limit);
    const counts = new Array<number>(limit).fill(0);
    const perNumber = 1_000;
    for (let i = 0; i < limit * perNumber; i += 1) {
      const n = random.below(limit);
      counts[n] = (counts[n] ?? 0) + 1;
    }
    expect(counts).toHaveLength(limit);
    expect(Math.min(...counts)).toBeGreaterThan(perNumber * 0.8);
    expect(Math.max(...counts)).toBeLessThan(perNumber * 1.2);
  });

  test("[RANDOM2] oneIn, pick and bytes draw from the same run", () => {
    const random = seededRandom(3);
    const hits = Array.from({ length: 10_000 }, () => random.oneIn(10)).filter(Boolean).length;
    expect(hits).toBeGreaterThan(900);
    expect(hits).toBeLessThan(1_100);
    const picked = new Set(Array.from({ length: 100 }, () => random.pick(["a", "b", "c"])));
    expect(picked).toEqual(new Set(["a", "b", "c"]));
    expect(random.bytes(4)).toHaveLength(4);
    expect(random.oneIn(1)).toBe(true);
  });

  test("[RANDOM2] a limit of 0, a fraction, an empty list are broken invariants", () => {
    const random = seededRandom(1);
    for (const limit of [0, -1, 1.5, 2 ** 32 + 1, Number.NaN]) {
      expect(() => random.below(limit)).toThrow("invariant");
    }
    expect(() => random.pick([])).toThrow("invariant");
    expect(() => seededRandom(0.5)).toThrow("invariant");
  });
});
