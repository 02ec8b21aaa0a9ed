import { readFileSync } from "node:fs";

/* What Linux tells of a process and of the machine; the bench runs nowhere else. */

/** Hundredths of a second, as Linux counts for programs. */
const tickMs = 10;

export type Usage = { readonly atMs: number; readonly mainMs: number; readonly idleMs: number };

/** Of the process's first thread, in which everything but the store runs, and of all idle processors. */
export function usageOf(pid: number): Usage {
  const [, fields = ""] = /\) (.*)/.exec(readFileSync(`/proc/${pid}/task/${pid}/stat`, "utf8")) ?? [];
  const numbers = fields.split(" ").slice(1).map(Number);
  const [, user = 0, system = 0] = [0, numbers[10], numbers[11]];
  const [, , , , idle = "0"] = readFileSync("/proc/stat", "utf8").split(/\s+/, 6);
  return { atMs: performance.now(), mainMs: (user + system) * tickMs, idleMs: Number(idle) * tickMs };
}

/** Processor time that all threads of a process have had since its start, ms. */
export function processMs(pid: number): number {
  const [, fields = ""] = /\) (.*)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
  const numbers = fields.split(" ").slice(1).map(Number);
  return ((numbers[10] ?? 0) + (numbers[11] ?? 0)) * tickMs;
}

/** Share of one core that the process's first thread had between the two. */
export function shareOf(from: Usage, to: Usage): number {
  return (to.mainMs - from.mainMs) / (to.atMs - from.atMs);
}

/** How many cores had nothing to do between the two. */
export function idleCores(from: Usage, to: Usage): number {
  return (to.idleMs - from.idleMs) / (to.atMs - from.atMs);
}

export function rssMb(pid: number): number {
  const [, kb = "0"] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Math.round(Number(kb) / 1_024);
}

/** How many files and sockets this process, and those that it starts, may have open. */
export function filesMax(): number {
  const [, soft = "0"] = /Max open files\s+(\d+)/.exec(readFileSync("/proc/self/limits", "utf8")) ?? [];
  return Number(soft);
}
