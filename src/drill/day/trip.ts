import type { Position } from "../../roads/plane.ts";
import { type DayRegion, drivesFrom, minTenthMs } from "./region.ts";
import type { Mission } from "./world.ts";

/** One patient's way through the day. */
export type Trip = {
  readonly mission: Mission;
  state: "on-scene" | "driving" | "at-door" | "arrived";
  destination: number;
  /** Where this leg began, when, and how long it takes. */
  from: Position;
  fromMs: number;
  legMs: number;
  /** Every new leg has another number: whoever arrives on an older one does not. */
  leg: number;
  drivenMs: number;
  turnedAway: number;
  readonly refusedBy: Set<number>;
  /** Houses that know of this patient. */
  readonly announcedTo: Set<number>;
  queueMet: number;
  /** The shortest drive from the scene to a house that would have taken the patient. */
  bestDriveMs: number;
  startedMs: number | null;
};

export function newTrip(mission: Mission): Trip {
  return {
    mission,
    state: "on-scene",
    destination: -1,
    from: mission.position,
    ...{ fromMs: mission.readyMs, legMs: 0, leg: 0, drivenMs: 0, turnedAway: 0 },
    ...{ refusedBy: new Set(), announcedTo: new Set() },
    ...{ queueMet: 0, bestDriveMs: 0, startedMs: null },
  };
}

/** Where the ambulance is, along the straight line of its leg. */
export function placeOf(trip: Trip, region: DayRegion, nowMs: number): Position {
  if (trip.state !== "driving") return trip.from;
  const to = region.hospitals[trip.destination];
  if (to === undefined) return trip.from;
  const share = trip.legMs === 0 ? 1 : Math.min(1, (nowMs - trip.fromMs) / trip.legMs);
  return {
    latE3: Math.round(trip.from.latE3 + share * (to.latE3 - trip.from.latE3)),
    lonE3: Math.round(trip.from.lonE3 + share * (to.lonE3 - trip.from.lonE3)),
  };
}

/** From where it stands: the drives from the scene were reckoned before. */
export function drivesOfTrip(trip: Trip, region: DayRegion, nowMs: number): Uint16Array {
  return trip.state === "on-scene" ? trip.mission.drives : drivesFrom(region, placeOf(trip, region, nowMs));
}

/** Begins a leg from where the ambulance is now. */
export function turnTo(trip: Trip, region: DayRegion, house: number, nowMs: number): void {
  const drives = drivesOfTrip(trip, region, nowMs);
  const from = placeOf(trip, region, nowMs);
  if (trip.state === "driving") trip.drivenMs += nowMs - trip.fromMs;
  trip.from = from;
  trip.fromMs = nowMs;
  trip.destination = house;
  trip.legMs = (drives[house] ?? 0) * minTenthMs * trip.mission.driveFactor;
  trip.state = "driving";
  trip.leg += 1;
}
