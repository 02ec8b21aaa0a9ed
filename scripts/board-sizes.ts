// Fails when the built boards weigh more than their budget. Bytes as gzip sends them, the form every browser takes.

import { spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { gzipSync } from "node:zlib";

const root = join(import.meta.dirname, "..");
const built = join(root, "dist", "boards");

/** A row appears on a 50 kbit/s link within 6 s; all boards with their map fit beside a region's data. */
const budgets = { firstBytesMax: 28_000, allCodeBytesMax: 40_000 };

const wireBytes = (file: string) => gzipSync(readFileSync(join(built, file)), { level: 9 }).length;
const sum = (files: readonly string[]) => files.reduce((bytes, file) => bytes + wireBytes(file), 0);

/** A page and what it names itself: scripts, styles, preloads. What these load later is not among the first bytes. */
function firstFiles(page: string): string[] {
  const html = readFileSync(join(built, page), "utf8");
  const named = [...html.matchAll(/(?:src|href)="\.?\/?([^":]+\.(?:js|css))"/g)].map(
    ([, file]) => file ?? "",
  );
  return [page, ...new Set(named)].filter((file) => existsSync(join(built, file)));
}

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
  const pages = globSync("**/*.html", { cwd: built });
  if (pages.length === 0) throw new Error(`the build left no page in ${built}`);
  for (const page of pages) report(`first bytes of ${page}`, sum(firstFiles(page)), budgets.firstBytesMax);
  report("code of all boards", sum(globSync("**/*.{html,js,css}", { cwd: built })), budgets.allCodeBytesMax);
}
