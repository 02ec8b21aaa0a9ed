// npm run bench -- <name> [--json] [...]: runs bench/<name>.ts as a process of its own, so that no bench warms another.

import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && file !== "run.ts")
  .map((file) => file.slice(0, -".ts".length))
  .sort();

const [name, ...args] = process.argv.slice(2);
if (name !== undefined && names.includes(name)) {
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`), ...args], {
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
} else {
  console.error(`npm run bench -- <name> [--json], where <name> is one of: ${names.join(", ")}`);
  process.exitCode = 1;
}
