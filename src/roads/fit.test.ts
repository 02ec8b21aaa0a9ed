import { expect, test } from "vitest";
import { seededRandom } from "../basics/random.ts";
import { driveMinTenthsOf } from "./estimate.ts";
import { type Drive, fitFactor } from "./fit.ts";

const random = seededRandom(17);
/** Drives that take `factorE3` of the formula, each up to 10 % more or less. */
const drivesOf = (factorE3: number, count = 200): readonly Drive[] =>
  Array.from({ length: count }, () => {
    const distanceM = 1_000 + random.below(25_000);
    const tenths = (driveMinTenthsOf(distanceM) * factorE3 * (900 + random.below(201))) / 1_000_000;
    return { distanceM, minTenths: Math.round(tenths) };
  });

test("[ROADS6] a region's own drives give one factor, and its error on drives that had no part in it", () => {
  const fit = fitFactor(drivesOf(1_200));
  if (!fit.ok) throw new Error(fit.error);
  expect(Math.abs(fit.value.factorE3 - 1_200)).toBeLessThan(30);
  expect(fit.value.before.median).toBeGreaterThan(12);
  expect(fit.value.after.median).toBeLessThan(7);
  expect(fit.value.after.p90).toBeGreaterThan(fit.value.after.median);
  expect(fit.value.after.p95).toBeGreaterThanOrEqual(fit.value.after.p90);
});

test("[ROADS6] too few drives, or none that a car could have driven, give no factor", () => {
  expect(fitFactor(drivesOf(1_000, 49))).toEqual({ ok: false, error: "too-few-drives" });
  expect(fitFactor(drivesOf(3_000))).toEqual({ ok: false, error: "no-such-roads" });
  expect(fitFactor(drivesOf(300))).toEqual({ ok: false, error: "no-such-roads" });
});

test("[ROADS6] the factor counts before rounding, and a minute stays the least", () => {
  expect(driveMinTenthsOf(5_000, 1_000)).toBe(driveMinTenthsOf(5_000));
  expect(driveMinTenthsOf(16_000, 1_500)).toBe(Math.floor((-6 + 153.6 + 80) * 1.5 + 0.5));
  expect(driveMinTenthsOf(0, 2_000)).toBe(10);
});
