// npm run check: everything that holds without running the product. Prints one line a check, and the words of those
// that fail; exit code 1 when one did.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";

const root = join(import.meta.dirname, "..");
const bin = (name: string) => join(root, "node_modules", ".bin", name);

type Check = { readonly name: string; readonly command: readonly [string, ...string[]] };

const checks: readonly Check[] = [
  { name: "types", command: [bin("tsc"), "-p", "."] },
  { name: "lint, format and lengths", command: [bin("biome"), "ci", "--error-on-warnings", "."] },
  {
    name: "architecture",
    command: [bin("vitest"), "run", "test/architecture.test.ts", "test/house.test.ts"],
  },
  { name: "unused code and packages", command: [bin("knip")] },
  { name: "bytes of the boards", command: [process.execPath, "scripts/board-sizes.ts"] },
];

function passes({ name, command: [program, ...args] }: Check): boolean {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === "win32",
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${status === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
  if (status !== 0) console.log(`${stdout}${stderr}`);
  return status === 0;
}

const failed = checks.filter((check) => !passes(check));
if (failed.length > 0) {
  console.log(`holdfast: ${failed.map(({ name }) => name).join("; ")}: not as it should be`);
  process.exitCode = 1;
}
