// node test/planted/replay-child.ts FOLDER FIRST COUNT: runs seeds of the program that lies in that folder, and prints a line of JSON
// for each in which a checker found something.

import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import type { Finding } from "./copy.ts";

const [folder = "", first = "1", count = "1"] = process.argv.slice(2);
const world: typeof import("../../src/drill/world.ts") = await import(
  pathToFileURL(join(folder, "src", "drill", "world.ts")).href
);
for (let seed = Number(first); seed < Number(first) + Number(count); seed += 1) {
  const { failure, events } = world.runSeed(seed);
  if (failure === null) continue;
  const finding: Finding = { seed, checker: failure.checker, events };
  console.log(JSON.stringify(finding));
}
