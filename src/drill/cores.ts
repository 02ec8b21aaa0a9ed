import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism } from "node:os";
import process from "node:process";
import { assert, present } from "../basics/assert.ts";

/** A world makes much that lives for a moment: with room for it the collector runs a quarter as often. */
const execArgv = ["--max-semi-space-size=64"];

/**
 * Does jobs on all cores, each core a process of its own; one that dies fails the whole run. Jobs and reports are what
 * structured cloning takes.
 *
 * @param worker the path of a file that calls {@link serveJobs}
 * @param take called for each report, in no particular order
 */
export async function doOnCores<Job, Report>(
  worker: string,
  jobs: readonly Job[],
  take: (report: Report) => void,
): Promise<void> {
  const left = [...jobs];
  const workers = Math.min(availableParallelism(), jobs.length);
  await Promise.all(Array.from({ length: workers }, () => work(worker, left, take)));
}

/** One process, given jobs until none is left. */
function work<Job, Report>(worker: string, left: Job[], take: (report: Report) => void): Promise<void> {
  const child = fork(worker, { serialization: "advanced", execArgv });
  return new Promise((resolve, reject) => {
    let isEnded = false;
    child.on("message", (report) => {
      // The worker answers with what its own job makes.
      take(report as Report);
      isEnded = !giveNext(child, left);
    });
    child.on("exit", (code) => {
      if (isEnded && code === 0) resolve();
      else reject(new Error(`A process that does the work ended with ${code}.`));
    });
    isEnded = !giveNext(child, left);
  });
}

function giveNext<Job>(child: ChildProcess, left: Job[]): boolean {
  if (left.length === 0) child.disconnect();
  // Undefined is no job: it would be lost on the way.
  else child.send(present(left.shift(), "a job") as object);
  return child.connected;
}

/** What a process does that {@link doOnCores} started. */
export function serveJobs<Job, Report>(run: (job: Job) => Report): void {
  assert(process.send !== undefined, "this process was started to do jobs");
  const send = present(process.send.bind(process), "a channel");
  process.on("message", (job: Job) => {
    send(run(job));
  });
}
