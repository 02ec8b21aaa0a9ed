import { flightMinTenths } from "../roads/flight.ts";
import type { Position } from "../roads/plane.ts";
import type { AdviceBase } from "./base.ts";

/**
 * Where a landing place is known and the flight takes no longer than the drive, the minutes that stand in the base are
 * the flight's from here on. Nobody can be farther for it, and what was written down once gives the same again.
 */
export function flyWhereSooner(base: AdviceBase, position: Position): void {
  for (const [hospital, { landing }] of base.hospitals.entries()) {
    const minTenths = landing === undefined ? null : flightTo(base, position, hospital);
    const isSooner = minTenths !== null && minTenths <= (base.driveMinTenths[hospital] ?? 0);
    base.isFlown[hospital] = isSooner ? 1 : 0;
    if (isSooner) base.driveMinTenths[hospital] = minTenths;
  }
}

function flightTo({ roads, policy }: AdviceBase, position: Position, hospital: number): number {
  const flight = { kmh: policy.flightKmh, extraMin: policy.flightExtraMin };
  return flightMinTenths(roads, flight, position, hospital);
}
