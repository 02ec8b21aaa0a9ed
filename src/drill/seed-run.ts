import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { assert, present } from "../basics/assert.ts";
import type { SeedReport } from "./world.ts";

/** So many seeds are handed to a process at once: few enough that all end at the same time. */
const seedsAtOnce = 4;

/** A world makes much that lives for a moment: with room for it the collector runs a quarter as often. */
const execArgv = ["--max-semi-space-size=64"];

export type SeedRange = { readonly first: number; readonly count: number };

/**
 * Runs seeds on all cores, each core a process of its own; one that dies fails the whole run.
 * @param take called for each report, in no particular order
 */
export async function runSeeds(range: SeedRange, take: (report: SeedReport) => void): Promise<void> {
  const ranges = partsOf(range);
  const workers = Math.min(availableParallelism(), ranges.length);
  await Promise.all(Array.from({ length: workers }, () => work(ranges, take)));
}

function partsOf({ first, count }: SeedRange): SeedRange[] {
  return Array.from({ length: Math.ceil(count / seedsAtOnce) }, (_, at) => ({
    first: first + at * seedsAtOnce,
    count: Math.min(seedsAtOnce, count - at * seedsAtOnce),
  }));
}

/** One process, given ranges until none is left. */
function work(ranges: SeedRange[], take: (report: SeedReport) => void): Promise<void> {
  const child = fork(join(import.meta.dirname, "seed-worker.ts"), { serialization: "advanced", execArgv });
  return new Promise((resolve, reject) => {
    let isEnded = false;
    child.on("message", (reports: readonly SeedReport[]) => {
      for (const report of reports) take(report);
      isEnded = !giveNext(child, ranges);
    });
    child.on("exit", (code) => {
      if (isEnded && code === 0) resolve();
      else reject(new Error(`A process that runs seeds ended with ${code}.`));
    });
    isEnded = !giveNext(child, ranges);
  });
}

function giveNext(child: ChildProcess, ranges: SeedRange[]): boolean {
  const next = ranges.shift();
  if (next === undefined) child.disconnect();
  else child.send(next);
  return next !== undefined;
}

/** What a process does that {@link runSeeds} started. */
export function serveSeeds(run: (seed: number) => SeedReport): void {
  assert(process.send !== undefined, "this process was started to run seeds");
  const send = present(process.send.bind(process), "a channel");
  process.on("message", ({ first, count }: SeedRange) => {
    send(Array.from({ length: count }, (_, at) => run(first + at)));
  });
}
