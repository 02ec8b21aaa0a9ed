import { join } from "node:path";
import { doOnCores } from "../cores.ts";
import type { ArmName, SeedDay } from "./measures.ts";
import type { WorldNumbers } from "./parameters.ts";

/** One seed of one world. */
export type DayJob = {
  /** Which of several worlds it is of. */
  readonly world: number;
  readonly seed: number;
  readonly numbers: WorldNumbers;
  readonly arms: readonly ArmName[];
};

/** What a job came to. */
export type DayReport = { readonly world: number; readonly day: SeedDay };

/** Plays seeds on all cores. @returns in the order of the seeds */
export async function runDays(
  seeds: readonly number[],
  numbers: WorldNumbers,
  arms: readonly ArmName[],
): Promise<readonly SeedDay[]> {
  const jobs = seeds.map((seed): DayJob => ({ world: 0, seed, numbers, arms }));
  const days: SeedDay[] = [];
  await runJobs(jobs, ({ day }) => days.push(day));
  return bySeed(days);
}

/** Plays jobs in their order, as many at once as there are cores; `take` hears of each when it is done. */
export async function runJobs(jobs: readonly DayJob[], take: (report: DayReport) => void): Promise<void> {
  await doOnCores(join(import.meta.dirname, "day-worker.ts"), jobs, take);
}

export function bySeed(days: readonly SeedDay[]): readonly SeedDay[] {
  return days.toSorted((a, b) => a.seed - b.seed);
}

export function seedsFrom(first: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}
