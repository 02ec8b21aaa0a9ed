import { assert } from "./assert.ts";

/** A source of random numbers, passed in: one seed is one run. */
export type Random = {
  /** A whole number, 0 ≤ n < limit; limit from 1 to 2^32. */
  readonly below: (limit: number) => number;
  /** True once in `n` times on average. */
  readonly oneIn: (n: number) => boolean;
  /** One of the items; the list is not empty. */
  readonly pick: <T>(items: readonly T[]) => T;
  readonly bytes: (length: number) => Uint8Array;
};

/** sfc32 (Chris Doty-Humphrey, PractRand; public domain): small, fast, 128 bits of state. Not for keys. */
export function seededRandom(seed: number): Random {
  assert(Number.isSafeInteger(seed), "a seed is an integer");
  let a = seed >>> 0;
  let b = Math.floor(seed / 2 ** 32) >>> 0;
  let c = 0x9e3779b9;
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = ((c << 21) | (c >>> 11)) >>> 0;
    c = (c + sum) >>> 0;
    return sum;
  };
  for (let i = 0; i < 16; i += 1) next();
  const below = (limit: number): number => {
    assert(Number.isSafeInteger(limit) && limit >= 1 && limit <= 2 ** 32, "a limit from 1 to 2^32");
    return Math.floor((next() / 2 ** 32) * limit);
  };
  return {
    below,
    oneIn: (n) => below(n) === 0,
    pick: (items) => {
      const item = items[below(items.length)];
      assert(item !== undefined, "picked from a list of values");
      return item;
    },
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
  };
}
