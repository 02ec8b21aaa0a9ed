import { present } from "../../basics/assert.ts";
import { minuteMs } from "../../basics/time.ts";
import type { Surroundings, Truth } from "./arm.ts";
import { waitAt } from "./department.ts";
import { driveTo } from "./driving.ts";
import { type Day, departmentOf, refusalAt, saidBy, tripOf } from "./running.ts";
import { drivesOfTrip, placeOf } from "./trip.ts";
import { attackOn, type WalkIn } from "./world.ts";

/** What the people of a day can do and see, whatever they are steered by. */
export function surroundingsOf(day: Day): Surroundings {
  const { world, timeline } = day;
  const { region, numbers, draws, houses } = world;
  return {
    ...{ timeline, region, numbers, draws },
    known: houses.map(({ has }) => has),
    untold: houses.map(({ untold }) => untold),
    positionOf: (mission) => {
      const trip = tripOf(day, mission);
      const isStill = trip.state === "arrived" || trip.state === "at-door";
      return isStill ? null : placeOf(trip, region, timeline.nowMs);
    },
    drivesOf: (mission) => drivesOfTrip(tripOf(day, mission), region, timeline.nowMs),
    destinationOf: (mission) => tripOf(day, mission).destination,
    refusedBy: (mission) => tripOf(day, mission).refusedBy,
    drive: (mission, house) => driveTo(day, tripOf(day, mission), house),
    announce: (mission, house) => {
      tripOf(day, mission).announcedTo.add(house);
    },
    ring: (centre, house, mission, stillWanted, heard) =>
      present(day.telephones[centre], "a telephone for every centre").ring({
        urgency: mission?.urgency ?? 1,
        stillWanted,
        ended: () => heard(isAnswered(day, house) ? saidBy(day, house) : null),
      }),
    ask: (house) => saidBy(day, house),
  };
}

/** Each minute of each house has its own luck, whoever rings: it is the same in every arm. */
function isAnswered({ world, timeline }: Day, house: number): boolean {
  const { numbers, draws } = world;
  const attack = attackOn(world, house, timeline.nowMs);
  const attacked = attack?.phoneWorks === true ? numbers.attackedAnswersPercent : 0;
  const percent = attack === null ? numbers.answersPhonePercent : attacked;
  return draws.happens(percent, "answersPhone", house, Math.floor(timeline.nowMs / minuteMs));
}

/** What nobody of the other arms is shown. */
export function truthOf(day: Day): Truth {
  const { timeline, coming, walkIns } = day;
  return {
    takes: (house, mission, atMs) => refusalAt(day, house, mission, atMs) === null,
    waitMs: (house, mission, atMs) => {
      const expected = [...(coming[house] ?? [])]
        .filter((trip) => trip.mission !== mission)
        .map((trip) => ({ ...trip.mission, atMs: trip.fromMs + trip.legMs }));
      const all = [...expected, ...walkInsBetween(walkIns[house] ?? [], timeline.nowMs, atMs)];
      return waitAt(departmentOf(day, house), atMs, mission.urgency, all);
    },
  };
}

/** After the one moment and before the other, of those in order. */
function walkInsBetween(walkIns: readonly WalkIn[], fromMs: number, toMs: number): readonly WalkIn[] {
  let low = 0;
  for (let high = walkIns.length; low < high; ) {
    const middle = (low + high) >> 1;
    if ((walkIns[middle]?.atMs ?? 0) > fromMs) high = middle;
    else low = middle + 1;
  }
  const found: WalkIn[] = [];
  for (let i = low; (walkIns[i]?.atMs ?? toMs) < toMs; i += 1) {
    const one = walkIns[i];
    if (one !== undefined) found.push(one);
  }
  return found;
}
