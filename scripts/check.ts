// npm run check: everything that holds without running the product. Prints one line a check, and the words of those
// that fail; exit code 1 when one did. Two at a time, the longest first: most of them use one core.

import { execFile } from "node:child_process";
import { join } from "node:path";
import process from "node:process";

const root = join(import.meta.dirname, "..");
const bin = (name: string) => join(root, "node_modules", ".bin", name);
const atOnce = 2;

type Check = { readonly name: string; readonly command: readonly [string, ...string[]] };

const checks: readonly Check[] = [
  { name: "bytes of the boards", command: [process.execPath, "scripts/board-sizes.ts"] },
  { name: "unused code and packages", command: [bin("knip")] },
  {
    name: "architecture",
    command: [bin("vitest"), "run", "test/architecture.test.ts", "test/house.test.ts"],
  },
  { name: "types", command: [bin("tsc"), "-p", "."] },
  { name: "lint, format and lengths", command: [bin("biome"), "ci", "--error-on-warnings", "."] },
];

function passes({ name, command: [program, ...args] }: Check): Promise<boolean> {
  const start = performance.now();
  const options = { cwd: root, maxBuffer: 64 * 1024 * 1024, shell: process.platform === "win32" };
  return new Promise((resolve) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`${error === null ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
      if (error !== null) console.log(`${stdout}${stderr}`);
      resolve(error === null);
    });
  });
}

const left = [...checks];
const failed: string[] = [];

async function work(): Promise<void> {
  for (let check = left.shift(); check !== undefined; check = left.shift())
    if (!(await passes(check))) failed.push(check.name);
}

await Promise.all(Array.from({ length: atOnce }, work));
if (failed.length > 0) {
  console.log(`holdfast: ${failed.join("; ")}: not as it should be`);
  process.exitCode = 1;
}
