import type { MakeArm } from "./arm.ts";
import { boardAlone, boardAndPhone } from "./board-arm.ts";
import { type Outcome, runDay } from "./day.ts";
import { drawWorld } from "./draw-world.ts";
import { holdfastArm } from "./holdfast-arm.ts";
import type { WorldNumbers } from "./parameters.ts";
import { perfectKnowledge } from "./perfect-arm.ts";
import type { DayRegion } from "./region.ts";
import { canTakeIn, isAffected } from "./world.ts";

export const armNames = ["a", "b", "c", "d"] as const;
export type ArmName = (typeof armNames)[number];

const arms: { readonly [name in ArmName]: MakeArm } = {
  a: boardAlone,
  b: boardAndPhone,
  c: holdfastArm,
  d: perfectKnowledge,
};

/** Who a patient is to be counted among, whatever an arm did. */
export type Kind = {
  readonly tracer: boolean;
  readonly affected: boolean;
  readonly urgency: number;
};

/** One seed: its patients and what came of each in every arm. */
export type SeedDay = {
  readonly seed: number;
  /** In truth the silent hospital took patients. */
  readonly canTake: boolean;
  readonly kinds: readonly Kind[];
  readonly outcomes: { readonly [name in ArmName]?: readonly Outcome[] };
};

export function runSeedDay(
  region: DayRegion,
  seed: number,
  numbers: WorldNumbers,
  names: readonly ArmName[] = armNames,
): SeedDay {
  const world = drawWorld(region, seed, numbers);
  return {
    seed,
    canTake: canTakeIn(seed),
    kinds: world.missions.map((mission) => ({
      tracer: region.needs[mission.need]?.tracer === true,
      affected: isAffected(world, mission),
      urgency: mission.urgency,
    })),
    outcomes: Object.fromEntries(names.map((name) => [name, runDay(world, arms[name])])),
  };
}
