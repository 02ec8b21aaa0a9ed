import { type Position, straightM } from "./plane.ts";
import type { Straight } from "./straight.ts";

/** How a helicopter is reckoned: in a straight line, and whole minutes for loading, start and landing together. */
export type Flight = { readonly kmh: number; readonly extraMin: number };

/** Tenths of a minute that a flight to one hospital (its index) takes, whether or not one can land there. */
export function flightMinTenths(
  roads: Straight,
  { kmh, extraMin }: Flight,
  { latE3, lonE3 }: Position,
  hospital: number,
): number {
  const to = [roads.hospitalLatE3[hospital] ?? 0, roads.hospitalLonE3[hospital] ?? 0] as const;
  const metres = straightM(roads.projection, latE3, lonE3, ...to);
  // 600 tenths of a minute an hour, rounded to the nearest.
  return 10 * extraMin + Math.floor((6 * metres + 5 * kmh) / (10 * kmh));
}
