import { join } from "node:path";
import { doOnCores } from "../cores.ts";
import type { ArmName, SeedDay } from "./measures.ts";
import type { WorldNumbers } from "./parameters.ts";

/** One seed of one world. */
export type DayJob = {
  readonly seed: number;
  readonly numbers: WorldNumbers;
  readonly arms: readonly ArmName[];
};

/** Plays seeds on all cores. @returns in the order of the seeds */
export async function runDays(jobs: readonly DayJob[]): Promise<readonly SeedDay[]> {
  const days: SeedDay[] = [];
  await doOnCores(join(import.meta.dirname, "day-worker.ts"), jobs, (day: SeedDay) => days.push(day));
  return days.sort((a, b) => a.seed - b.seed);
}

export function seedsFrom(first: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}
