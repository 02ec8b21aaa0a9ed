import { minuteMs } from "../../basics/time.ts";
import type { MakeArm, Surroundings, Truth } from "./arm.ts";
import { minTenthMs } from "./region.ts";
import type { Mission } from "./world.ts";

/** It looks at every mission again this often. */
const lookEveryMs = 2 * minuteMs;
/** A crew is not turned for less. */
const turnsFromMs = minuteMs;

/**
 * (d): knows of every house whether it will take the patient, and its queue with everybody who is on the way; drives
 * each patient where treatment begins first, and thinks of no later one.
 */
export const perfectKnowledge: MakeArm = (around, truth) => ({
  decide: (mission) => {
    around.drive(mission, best(around, truth, mission).house);
    announce(around, mission);
    lookLater(around, truth, mission);
  },
  ...{ said: () => {}, places: () => {}, cut: () => {}, healed: () => {} },
  ...{ reached: () => {}, turnedAway: () => {}, taken: () => {} },
});

function announce(around: Surroundings, mission: Mission): void {
  around.announce(mission, around.destinationOf(mission));
}

function lookLater(around: Surroundings, truth: Truth, mission: Mission): void {
  around.timeline.after(lookEveryMs, () => {
    if (around.positionOf(mission) === null) return;
    const found = best(around, truth, mission);
    const staysMs = costMs(around, truth, mission, around.destinationOf(mission), around.drivesOf(mission));
    if (staysMs - found.ms >= turnsFromMs) {
      around.drive(mission, found.house);
      announce(around, mission);
    }
    lookLater(around, truth, mission);
  });
}

function best(around: Surroundings, truth: Truth, mission: Mission): { house: number; ms: number } {
  const drives = around.drivesOf(mission);
  let house = -1;
  let ms = Number.POSITIVE_INFINITY;
  for (let one = 0; one < drives.length; one += 1) {
    if ((drives[one] ?? 0) * minTenthMs * mission.driveFactor >= ms) continue;
    const cost = costMs(around, truth, mission, one, drives);
    if (cost < ms || house < 0) {
      house = one;
      ms = cost;
    }
  }
  return Number.isFinite(ms) ? { house, ms } : { house: nearestThatHas(around, mission, drives), ms };
}

/** Infinite where the patient would be turned away. */
function costMs(
  { region, timeline, known }: Surroundings,
  truth: Truth,
  mission: Mission,
  house: number,
  drives: Uint16Array,
): number {
  const need = region.needs[mission.need];
  const isAble = need?.columns.required.every((group) =>
    group.some((column) => known[house]?.[column] === 1),
  );
  if (isAble !== true) return Number.POSITIVE_INFINITY;
  const leavesMs = Math.max(timeline.nowMs, mission.readyMs);
  const driveMs = (drives[house] ?? 0) * minTenthMs * mission.driveFactor;
  if (!truth.takes(house, mission, leavesMs + driveMs)) return Number.POSITIVE_INFINITY;
  const missing = need?.columns.preferred.filter((column) => known[house]?.[column] !== 1).length ?? 0;
  const preferredMs = missing * region.base.policy.missingPreferredMin * minuteMs;
  return driveMs + truth.waitMs(house, mission, leavesMs + driveMs) + preferredMs;
}

/** Where nobody would take the patient, a house that has what is needed has to. */
function nearestThatHas({ region, known, refusedBy }: Surroundings, mission: Mission, drives: Uint16Array) {
  const required = region.needs[mission.need]?.columns.required ?? [];
  const able = [...drives.keys()].filter((house) =>
    required.every((group) => group.some((column) => known[house]?.[column] === 1)),
  );
  const fresh = able.filter((house) => !refusedBy(mission).has(house));
  const from = fresh.length > 0 ? fresh : able;
  return from.reduce((best, one) => ((drives[one] ?? 0) < (drives[best] ?? 0) ? one : best));
}
