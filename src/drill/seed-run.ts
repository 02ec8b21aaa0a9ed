import { join } from "node:path";
import { doOnCores, serveJobs } from "./cores.ts";
import type { SeedReport } from "./world.ts";

/** So many seeds are handed to a process at once: few enough that all end at the same time. */
const seedsAtOnce = 4;

export type SeedRange = { readonly first: number; readonly count: number };

/**
 * Runs seeds on all cores.
 * @param take called for each report, in no particular order
 */
export async function runSeeds(range: SeedRange, take: (report: SeedReport) => void): Promise<void> {
  const worker = join(import.meta.dirname, "seed-worker.ts");
  await doOnCores(worker, partsOf(range), (reports: readonly SeedReport[]) => {
    for (const report of reports) take(report);
  });
}

function partsOf({ first, count }: SeedRange): SeedRange[] {
  return Array.from({ length: Math.ceil(count / seedsAtOnce) }, (_, at) => ({
    first: first + at * seedsAtOnce,
    count: Math.min(seedsAtOnce, count - at * seedsAtOnce),
  }));
}

/** What a process does that {@link runSeeds} started. */
export function serveSeeds(run: (seed: number) => SeedReport): void {
  serveJobs(({ first, count }: SeedRange) => Array.from({ length: count }, (_, at) => run(first + at)));
}
