import { present } from "../../basics/assert.ts";
import { hourMs, minuteMs, secondMs } from "../../basics/time.ts";
import { Timeline } from "../timeline.ts";
import type { MakeArm } from "./arm.ts";
import { arrive, newDepartment } from "./department.ts";
import { setOut } from "./driving.ts";
import { armOf, type Day, departmentOf, refusalAt, saidBy } from "./running.ts";
import { runStaff } from "./staff.ts";
import { surroundingsOf, truthOf } from "./surroundings.ts";
import { newTelephone } from "./telephone.ts";
import { newTrip, type Trip } from "./trip.ts";
import { driveMs, type Mission, type WalkIn, type World, worldEndMs } from "./world.ts";

/** What came of one patient. */
export type Outcome = {
  /** From leaving the scene to the start of treatment. */
  readonly minutes: number;
  /** So many doors turned the patient away. */
  readonly turnedAway: number;
  /** So many waited at the house when the patient came to it. */
  readonly queueMet: number;
  /**
   * Minutes driven beyond the drive to the nearest house that would have taken the patient on arrival; 0 for who was turned
   * away: that was no avoiding.
   */
  readonly avoidedMin: number;
};

/** By then everybody is treated, however long the queues. */
const endMs = worldEndMs + 100 * hourMs;

/** Plays a world's day as one arm steers it. Deterministic. @returns by mission */
export function runDay(world: World, makeArm: MakeArm): readonly Outcome[] {
  const day = newDay(world);
  day.arm = makeArm(surroundingsOf(day), truthOf(day));
  planSilences(day);
  runStaff(day);
  planWalkIns(day);
  planMissions(day);
  day.timeline.runUntil(endMs);
  return day.trips.map(outcomeOf);
}

function newDay(world: World): Day {
  const timeline = new Timeline();
  const { callS, callsAtOnce } = world.numbers;
  return {
    ...{ world, timeline, trips: world.missions.map(newTrip) },
    departments: world.houses.map(({ places, resusRooms }) => newDepartment(places, resusRooms)),
    coming: world.houses.map(() => new Set<Trip>()),
    walkIns: walkInsByHouse(world),
    telephones: world.region.data.region.controlCentres.map(() =>
      newTelephone(timeline, callS * secondMs, callsAtOnce),
    ),
    ...{ arm: null, queueChanged: () => {} },
  };
}

function walkInsByHouse({ houses, walkIns }: World): readonly (readonly WalkIn[])[] {
  const byHouse = houses.map((): WalkIn[] => []);
  for (const walkIn of walkIns) byHouse[walkIn.house]?.push(walkIn);
  for (const some of byHouse) some.sort((a, b) => a.atMs - b.atMs);
  return byHouse;
}

function planMissions(day: Day): void {
  const { world, timeline, trips } = day;
  const decideBeforeMs = world.numbers.decideBeforeMin * minuteMs;
  for (const trip of trips) {
    const { mission } = trip;
    timeline.after(Math.max(0, mission.readyMs - decideBeforeMs), () => armOf(day).decide(mission));
    timeline.after(mission.readyMs, () => {
      trip.bestDriveMs = bestDriveMs(day, mission);
      setOut(day, trip);
    });
  }
}

function bestDriveMs(day: Day, mission: Mission): number {
  let best = Number.POSITIVE_INFINITY;
  for (let house = 0; house < mission.drives.length; house += 1) {
    const ms = driveMs(mission, house);
    if (ms < best && refusalAt(day, house, mission, mission.readyMs + ms) === null) best = ms;
  }
  return best;
}

function planWalkIns(day: Day): void {
  for (const { atMs, house, urgency, stayMs } of day.world.walkIns) {
    const guest = { urgency, stayMs, started: () => {} };
    day.timeline.after(atMs, () => {
      arrive(day.timeline, departmentOf(day, house), guest, () => day.queueChanged(house));
      day.queueChanged(house);
    });
  }
}

function planSilences(day: Day): void {
  const { world, timeline } = day;
  const arm = armOf(day);
  for (const { house, fromMs, toMs, attack } of world.silences) {
    timeline.after(fromMs, () => arm.cut(house, attack === null));
    timeline.after(toMs, () => arm.healed(house, attack === null));
    const reportMs = attack?.selfReportMs ?? null;
    if (reportMs !== null) timeline.after(reportMs, () => arm.reached(house, saidBy(day, house)));
  }
}

function outcomeOf(trip: Trip): Outcome {
  const { mission, startedMs, turnedAway, queueMet, drivenMs, bestDriveMs: best } = trip;
  const startMs = present(startedMs, "everybody is treated in the end");
  const isAvoiding = turnedAway === 0 && Number.isFinite(best);
  return {
    minutes: (startMs - mission.readyMs) / minuteMs,
    ...{ turnedAway, queueMet },
    avoidedMin: isAvoiding ? Math.max(0, drivenMs - best) / minuteMs : 0,
  };
}
