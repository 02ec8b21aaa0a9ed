import { flightMinTenths } from "../roads/flight.ts";
import type { Position } from "../roads/plane.ts";
import type { AdviceBase } from "./base.ts";

/**
 * Where a landing place is known and the flight takes no longer than the drive, the minutes that stand in the base are
 * the flight's from here on. Nobody can be farther for it, and what was written down once gives the same again.
 *
 * @param aloftMin whole minutes between boarding and this position: of what loading, start and landing take, they are over
 */
export function flyWhereSooner(base: AdviceBase, position: Position, aloftMin: number): void {
  const { flightKmh: kmh, flightExtraMin } = base.policy;
  const flight = { kmh, extraMin: Math.max(0, flightExtraMin - aloftMin) };
  for (const [hospital, { landing }] of base.hospitals.entries()) {
    const minTenths = landing === undefined ? null : flightMinTenths(base.roads, flight, position, hospital);
    const isSooner = minTenths !== null && minTenths <= (base.driveMinTenths[hospital] ?? 0);
    base.isFlown[hospital] = isSooner ? 1 : 0;
    if (isSooner) base.driveMinTenths[hospital] = minTenths;
  }
}
