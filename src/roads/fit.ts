import { err, ok, type Result } from "../basics/result.ts";
import { driveMinTenthsOf } from "./estimate.ts";

/** A drive that was really driven, or that a road table knows: by its straight line (over the bridge it takes). */
export type Drive = { readonly distanceM: number; readonly minTenths: number };

/** How far an estimate is off, per cent of the true minutes. */
export type FitError = { readonly median: number; readonly p90: number; readonly p95: number };

export type Fit = {
  /** Thousandths by which the region's drives take longer than the formula. */
  readonly factorE3: number;
  /** Of the formula alone. */
  readonly before: FitError;
  /** Of drives that had no part in the factor: each fifth with the factor of the other four. */
  readonly after: FitError;
};

/** With fewer the factor itself is a matter of luck. */
export const drivesMin = 50;
/** Farther from the formula no road net is; such drives are measured in something else. */
export const factorE3Min = 500;
export const factorE3Max = 2_000;
const folds = 5;

/** The one number that fits the estimate to a region: the middle of its drives' minutes over the formula's. */
export function fitFactor(drives: readonly Drive[]): Result<Fit, "too-few-drives" | "no-such-roads"> {
  if (drives.length < drivesMin) return err("too-few-drives");
  const factorE3 = factorOf(drives);
  if (factorE3 < factorE3Min || factorE3 > factorE3Max) return err("no-such-roads");
  const heldOut = Array.from({ length: folds }, (_, fold) => {
    const factor = factorOf(drives.filter((_drive, i) => i % folds !== fold));
    return drives.filter((_drive, i) => i % folds === fold).map((drive) => errorOf(drive, factor));
  });
  const before = drives.map((drive) => errorOf(drive, 1_000));
  return ok({ factorE3, before: errorsOf(before), after: errorsOf(heldOut.flat()) });
}

function factorOf(drives: readonly Drive[]): number {
  const ratios = drives.map(({ distanceM, minTenths }) => minTenths / driveMinTenthsOf(distanceM));
  return Math.round(quantile(ratios, 0.5) * 1_000);
}

function errorOf({ distanceM, minTenths }: Drive, factorE3: number): number {
  return (100 * Math.abs(driveMinTenthsOf(distanceM, factorE3) - minTenths)) / minTenths;
}

function errorsOf(errors: readonly number[]): FitError {
  return { median: quantile(errors, 0.5), p90: quantile(errors, 0.9), p95: quantile(errors, 0.95) };
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0;
}
