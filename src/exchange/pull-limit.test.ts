import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newPullLimit, pullRateDefault } from "./pull-limit.ts";

const entryBytes = 300;

describe("[PULL1] 50 entries a second and 20 MB a day, unless the charter says more", () => {
  test("the default", () => {
    expect(pullRateDefault).toEqual({ entriesPerSecondMax: 50, bytesPerDayMax: 20_000_000 });
  });

  test("over a minute no more is taken than the rate and one burst allow, and no less", () => {
    const limit = newPullLimit(pullRateDefault, 0);
    let taken = 0;
    for (let ms = 0; ms < 60_000; ms += 10) if (limit.waitMs(1, entryBytes, ms) === 0) taken += 1;
    expect(taken).toBeGreaterThan(50 * 60);
    expect(taken).toBeLessThanOrEqual(500 + 50 * 60);
  });

  test("[PULL2] ten seconds' worth may come at once, then the rest waits", () => {
    const limit = newPullLimit(pullRateDefault, 5_000);
    expect(limit.waitMs(256, 1_000, 5_000)).toBe(0);
    expect(limit.waitMs(244, 1_000, 5_000)).toBe(0);
    expect(limit.waitMs(1, 1_000, 5_000)).toBe(20);
    expect(limit.waitMs(1, 1_000, 5_019)).toBe(1);
    expect(limit.waitMs(1, 1_000, 5_020)).toBe(0);
  });

  test("a day of quiet saves up no more than one burst", () => {
    const limit = newPullLimit(pullRateDefault, 0);
    expect(limit.waitMs(500, 0, 86_400_000)).toBe(0);
    expect(limit.waitMs(1, 0, 86_400_000)).toBe(20);
  });

  test("a refused run costs nothing", () => {
    const limit = newPullLimit(pullRateDefault, 0);
    limit.waitMs(500, 0, 0);
    for (let again = 0; again < 100; again += 1) expect(limit.waitMs(100, 0, 0)).toBe(2_000);
    expect(limit.waitMs(100, 0, 2_000)).toBe(0);
  });

  test("bytes are limited by the day", () => {
    const limit = newPullLimit(pullRateDefault, 0);
    expect(limit.waitMs(1, 20_000_000, 0)).toBe(0);
    expect(limit.waitMs(1, 1_000_000, 60_000)).toBe(86_400_000 / 20 - 60_000);
    expect(limit.waitMs(1, 1_000_000, 86_400_000 / 20)).toBe(0);
  });

  test("the charter may allow more", () => {
    const limit = newPullLimit({ entriesPerSecondMax: 1_000, bytesPerDayMax: 1_000_000_000 }, 0);
    expect(limit.waitMs(10_000, 20_000_001, 0)).toBe(0);
    expect(limit.waitMs(1_000, 0, 0)).toBe(1_000);
  });

  test("time that stands still or goes back is no allowance", () => {
    const limit = newPullLimit(pullRateDefault, 1_000);
    expect(limit.waitMs(500, 0, 1_000)).toBe(0);
    expect(limit.waitMs(50, 0, 500)).toBe(1_000);
    expect(limit.waitMs(50, 0, 1_500)).toBe(0);
  });
});

describe("[PULL3] slower, never refused", () => {
  test("a batch larger than the store of allowances is taken when the store is full", () => {
    const limit = newPullLimit({ entriesPerSecondMax: 1, bytesPerDayMax: 20_000_000 }, 0);
    expect(limit.waitMs(256, 1_000, 0)).toBe(0);
    expect(limit.waitMs(256, 1_000, 0)).toBe(256_000);
    expect(limit.waitMs(256, 1_000, 256_000)).toBe(0);
  });

  test("whoever waits as long as it was told is taken", () => {
    const rate = fc.record({
      entriesPerSecondMax: fc.integer({ min: 1, max: 100_000 }),
      bytesPerDayMax: fc.integer({ min: 1, max: 1_000_000_000_000 }),
    });
    const runs = fc.array(fc.tuple(fc.integer({ min: 1, max: 256 }), fc.integer({ min: 1, max: 524_288 })), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(rate, runs, (own, batches) => {
        const limit = newPullLimit(own, 0);
        let nowMs = 0;
        for (const [entries, bytes] of batches) {
          const waitMs = limit.waitMs(entries, bytes, nowMs);
          nowMs += waitMs;
          // Rounding may ask for a moment more, not for another turn.
          if (waitMs > 0) expect(limit.waitMs(entries, bytes, nowMs + 1)).toBe(0);
        }
      }),
    );
  });
});
