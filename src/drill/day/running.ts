import { assert, present } from "../../basics/assert.ts";
import { minuteMs } from "../../basics/time.ts";
import type { Timeline } from "../timeline.ts";
import type { Arm, Refusal, Said, Word } from "./arm.ts";
import { type Department, freePlaces, waitingCount } from "./department.ts";
import type { Telephone } from "./telephone.ts";
import type { Trip } from "./trip.ts";
import { attackOn, couldTreat, isIn, type Mission, type WalkIn, type World } from "./world.ts";

/** A day that runs. */
export type Day = {
  readonly world: World;
  readonly timeline: Timeline;
  /** By mission. */
  readonly trips: readonly Trip[];
  /** By house. */
  readonly departments: readonly Department[];
  /** By house: who is driving there. */
  readonly coming: readonly Set<Trip>[];
  /** By house: who will come by themselves, the first first. */
  readonly walkIns: readonly (readonly WalkIn[])[];
  /** By centre. */
  readonly telephones: readonly Telephone[];
  /** Null until it is made: it needs the day to act in. */
  arm: Arm | null;
  /** Called whenever a house's queue may have changed. */
  queueChanged: (house: number) => void;
};

export function armOf({ arm }: Day): Arm {
  return present(arm, "a day has its arm before anything happens");
}

export function tripOf({ trips }: Day, { index }: Mission): Trip {
  return present(trips[index], "a trip for every mission");
}

export function departmentOf({ departments }: Day, house: number): Department {
  return present(departments[house], "a department for every house");
}

/** Why a house would turn the patient away, by its state at that moment and its queue of now; null: it would not. */
export function refusalAt(day: Day, house: number, { need, urgency }: Mission, atMs: number): Refusal | null {
  const attack = attackOn(day.world, house, atMs);
  if (attack !== null && !attack.canTake) return "outage";
  if (!couldTreat(day.world, house, need, atMs)) return "closed";
  return urgency > 1 && isCrowded(day, house) ? "crowded" : null;
}

export function isCrowded(day: Day, house: number): boolean {
  const department = departmentOf(day, house);
  const limit = Math.max(1, (department.places * day.world.numbers.crowdedPercent) / 100);
  return waitingCount(department) >= limit;
}

/** Free treatment places; below zero: so many wait. */
export function placesNow(day: Day, house: number): number {
  const department = departmentOf(day, house);
  return freePlaces(department) - waitingCount(department);
}

/** What somebody says who is asked at this moment. */
export function saidBy(day: Day, house: number): Said {
  const { world, timeline } = day;
  return {
    takes: (mission) => refusalAt(day, house, mission, timeline.nowMs) === null,
    mayOpen: () =>
      world.draws.happens(
        world.numbers.openerPercent,
        "mayOpen",
        house,
        Math.floor(timeline.nowMs / minuteMs),
      ),
    words: () => wordsOf(world, house, timeline.nowMs),
  };
}

/** What staff who look at everything would say: of each capability that the house has. */
export function wordsOf(world: World, house: number, nowMs: number): readonly Word[] {
  const found = world.houses[house];
  assert(found !== undefined, "a house of the world");
  const attack = attackOn(world, house, nowMs);
  const isOut = attack !== null && !attack.canTake;
  return [...found.has.keys()]
    .filter((capability) => found.has[capability] === 1)
    .map((capability) => {
      const closing = found.closings[capability]?.find((one) => isIn(one, nowMs));
      const isBroken = isOut || closing?.broken === true;
      return { capability, state: isBroken ? "cannot" : closing === undefined ? "open" : "full" };
    });
}
