// One start of an anchor on the store in the folder that is named: says how long it took until everything was folded, how
// long its main thread was busy without a pause, how much memory it came to; then it ends, which leaves a snapshot.

import { join } from "node:path";
import process from "node:process";
import { startAnchor } from "../../src/anchor/anchor.ts";
import { readConfig } from "../../src/anchor/config.ts";
import type { OpenReport } from "./open.ts";

const [dir = ""] = process.argv.slice(2);
const notes: string[] = [];
const config = readConfig(dir);
if (!config.ok) throw new Error(config.error);
const assetsDir = join(import.meta.dirname, "..", "..", "dist", "boards", "assets");

let longestMs = 0;
let longestCpuMs = 0;
let seenMs = performance.now();
let seenCpuMs = cpuMs();
const watch = setInterval(() => {
  longestMs = Math.max(longestMs, performance.now() - seenMs);
  longestCpuMs = Math.max(longestCpuMs, cpuMs() - seenCpuMs);
  seenMs = performance.now();
  seenCpuMs = cpuMs();
}, 1);
const beganMs = performance.now();
seenMs = beganMs;
const anchor = await startAnchor({
  dir,
  config: config.value,
  assetsDir,
  note: (code, about) => notes.push(`${code} ${about}`),
});
if (!anchor.ok) throw new Error(anchor.error);
const listeningMs = performance.now() - beganMs;
const [listenSliceMs, listenSliceCpuMs] = [longestMs, longestCpuMs];
longestMs = 0;
longestCpuMs = 0;
await anchor.value.loaded;
const loadedMs = performance.now() - beganMs;
clearInterval(watch);
const { fold } = anchor.value.house;
const report: OpenReport = {
  listeningMs,
  loadedMs,
  listenSliceMs,
  listenSliceCpuMs,
  longestMs,
  longestCpuMs,
  cpuMs: cpuMs(),
  processMs: performance.now(),
  rssMb: process.resourceUsage().maxRSS / 1_024,
  entries: [...fold.logs.values()].reduce((sum, { size }) => sum + size, 0),
  logs: fold.logs.size,
  missions: fold.missions.size,
  running: fold.running.size,
  notes,
};
console.log(JSON.stringify(report));
await anchor.value.stop();

/** What this thread has worked, whatever else the machine does. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
