import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { root } from "./files.ts";

let areBuilt = false;

/** Builds the boards unless they are what they would be; asked once by all test files that one process runs. Throws. */
export function buildBoards(): void {
  if (areBuilt) return;
  const built = spawnSync(process.execPath, [join(root, "scripts", "build-boards.ts")], { encoding: "utf8" });
  if (built.status !== 0) throw new Error(`the boards were not built: ${built.stderr}`);
  areBuilt = true;
}
