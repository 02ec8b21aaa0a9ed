// node test/planted/replay-child.ts FOLDER FIRST COUNT: runs seeds of the program that lies in that folder, and prints a line of JSON
// for each that it begins, and for each in which a checker found something.

import { writeSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import type { ReplayLine } from "./copy.ts";

const [folder = "", first = "1", count = "1"] = process.argv.slice(2);
const world: typeof import("../../src/drill/world.ts") = await import(
  pathToFileURL(join(folder, "src", "drill", "world.ts")).href
);
for (let seed = Number(first); seed < Number(first) + Number(count); seed += 1) {
  say({ seed });
  const { failure, events } = world.runSeed(seed);
  if (failure !== null) say({ finding: { seed, checker: failure.checker, events } });
}

/** At once: what dies says nothing afterwards. */
function say(line: ReplayLine): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}
