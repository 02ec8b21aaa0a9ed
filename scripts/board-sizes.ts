// Fails when the built boards weigh more than their budget.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { boardBytes } from "./board-bytes.ts";

const root = join(import.meta.dirname, "..");

/** A row appears on a 50 kbit/s link within 6 s. */
const firstBytesMax = 28_000;
/**
 * All boards with their map are to weigh 40 kB: everything that any of them can ever load, both languages, each file
 * gzipped by itself. They weigh twice that: the target is missed and said to be at each check, and the ceiling keeps
 * it from growing. What was tried, and why it is not enough: docs/decisions/0015-board-bytes.md.
 */
const allCodeBytesTarget = 40_000;
const allCodeBytesMax = 125_100;

function report(what: string, bytes: number, bytesMax: number): void {
  const over = bytes > bytesMax;
  console.log(`${over ? "TOO MUCH" : "ok"} ${what}: ${bytes} of ${bytesMax} bytes`);
  if (over) process.exitCode = 1;
}

const build = spawnSync(process.execPath, [join(import.meta.dirname, "build-boards.ts")], {
  stdio: "inherit",
});
if (build.status !== 0) process.exitCode = 1;
else if (existsSync(join(root, "src", "boards"))) {
  const { pages, allCodeBytes } = boardBytes();
  if (pages.length === 0) throw new Error("the build left no page");
  for (const { page, firstBytes, everBytes } of pages) {
    report(`first bytes of ${page}`, firstBytes, firstBytesMax);
    console.log(`   all that ${page} can load: ${everBytes} bytes`);
  }
  report("code of all boards", allCodeBytes, allCodeBytesMax);
  if (allCodeBytes > allCodeBytesTarget) {
    console.log(`target missed: code of all boards by ${allCodeBytes - allCodeBytesTarget} bytes`);
  }
}
