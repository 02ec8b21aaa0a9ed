import { assert, present } from "../../basics/assert.ts";
import { minuteMs } from "../../basics/time.ts";
import type { Refusal } from "./arm.ts";
import { arrive, waitingCount } from "./department.ts";
import { armOf, type Day, departmentOf, refusalAt } from "./running.ts";
import { type Trip, turnTo } from "./trip.ts";
import { isSuitable } from "./world.ts";

/** Leaves the scene, or the door that turned the patient away. */
export function setOut(day: Day, trip: Trip): void {
  assert(trip.destination >= 0, "a crew that leaves has a destination");
  beginLeg(day, trip, trip.destination);
}

/** The crew means to drive there from now on. */
export function driveTo(day: Day, trip: Trip, house: number): void {
  if (trip.state === "arrived" || trip.destination === house) return;
  if (trip.state === "driving") beginLeg(day, trip, house);
  else trip.destination = house;
}

function beginLeg(day: Day, trip: Trip, house: number): void {
  day.coming[trip.destination]?.delete(trip);
  turnTo(trip, day.world.region, house, day.timeline.nowMs);
  day.coming[house]?.add(trip);
  const { leg } = trip;
  day.timeline.after(trip.legMs, () => {
    if (trip.leg === leg && trip.state === "driving") comeTo(day, trip);
  });
}

function comeTo(day: Day, trip: Trip): void {
  const { mission, destination: house } = trip;
  day.coming[house]?.delete(trip);
  trip.drivenMs += trip.legMs;
  trip.from = present(day.world.region.hospitals[house], "a hospital");
  const why = refusalAt(day, house, mission, day.timeline.nowMs);
  if (why === null || mustTake(day, trip, house, why)) takeIn(day, trip, house);
  else turnAway(day, trip, house, why);
}

function takeIn(day: Day, trip: Trip, house: number): void {
  const { mission } = trip;
  trip.state = "arrived";
  armOf(day).taken(mission, house);
  const department = departmentOf(day, house);
  trip.queueMet = waitingCount(department);
  const isExpected = mission.urgency > 1 || trip.announcedTo.has(house);
  const teamMs = isExpected ? 0 : day.world.numbers.teamMin * minuteMs;
  const started = (nowMs: number) => {
    trip.startedMs = nowMs + teamMs;
  };
  const { urgency } = mission;
  const stayMs = mission.stayMs + teamMs;
  arrive(day.timeline, department, { urgency, stayMs, started }, () => day.queueChanged(house));
  day.queueChanged(house);
}

/** The duty to treat: who was sent away often enough, or could be taken nowhere, is taken by a house that has what is needed. */
function mustTake(day: Day, { mission, turnedAway }: Trip, house: number, why: Refusal): boolean {
  const { world, timeline } = day;
  if (why === "outage" || !isSuitable(world, house, mission.need)) return false;
  if (turnedAway >= world.numbers.turnAwaysMax) return true;
  return !world.houses.some((_, other) => refusalAt(day, other, mission, timeline.nowMs) === null);
}

function turnAway(day: Day, trip: Trip, house: number, why: Refusal): void {
  trip.state = "at-door";
  trip.turnedAway += 1;
  trip.refusedBy.add(house);
  armOf(day).turnedAway(trip.mission, house, why);
  day.timeline.after(day.world.numbers.turnedAwayMin * minuteMs, () => {
    trip.destination = -1;
    armOf(day).decide(trip.mission);
    setOut(day, trip);
  });
}
