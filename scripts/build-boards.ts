// Builds the boards with vite, unless what they are made of is what it was at the last build.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { boardBytes } from "./board-bytes.ts";

const root = join(import.meta.dirname, "..");
const config = "src/boards/vite.config.ts";
/** Each folder under dist with the mode of the build that fills it. */
const builds = [
  { built: join(root, "dist", "boards"), mode: "production" },
  { built: join(root, "dist", "rehearsal"), mode: "rehearsal" },
  { built: join(root, "dist", "camera"), mode: "camera" },
  { built: join(root, "dist", "closures"), mode: "closures" },
] as const;
/** Inside dist/, so that deleting the build deletes the claim that it is there. */
const stampFile = join(root, "dist", ".boards-made-of");
const vite = join(root, "node_modules", "vite", "bin", "vite.js");

/** A hash over every file that can end up in a board: all of src/ but tests, and the exact packages. */
function inputsHash(): string {
  const files = globSync("src/**/*.*", { cwd: root }).filter((file) => !/\.test\.tsx?$/.test(file));
  const hash = createHash("sha256");
  for (const file of [...files.sort(), "package-lock.json"])
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update("\0");
  return hash.digest("hex");
}

function build(): void {
  const stamp = inputsHash();
  const isThere = builds.every(({ built }) => existsSync(built)) && existsSync(stampFile);
  if (isThere && readFileSync(stampFile, "utf8") === stamp) return;
  for (const one of builds) buildOne(one);
  writeFileSync(stampFile, stamp);
  const { pages, allCodeBytes } = boardBytes();
  const first = pages.map(({ page, firstBytes }) => `${page} ${firstBytes}`).join(", ");
  console.error(`holdfast: boards built; gzipped bytes until they draw: ${first}; all code: ${allCodeBytes}`);
}

function buildOne({ built, mode }: (typeof builds)[number]): void {
  // Beside the last build, then in its place: whoever serves or tests the boards meanwhile finds them whole.
  const fresh = `${built}-${process.pid}`;
  const args = ["build", "--config", config, "--mode", mode, "--outDir", fresh, "--logLevel", "warn"];
  // A test that builds says NODE_ENV=test, and the boards would carry what serves development only.
  const env = { ...process.env, NODE_ENV: "production" };
  const { status } = spawnSync(process.execPath, [vite, ...args], {
    cwd: root,
    env,
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    console.error("holdfast: the boards could not be built; vite's own words are above");
    process.exit(1);
  }
  pack(fresh);
  putInPlace(fresh, built);
}

function putInPlace(fresh: string, built: string): void {
  rmSync(built, { recursive: true, force: true });
  try {
    renameSync(fresh, built);
  } catch (error) {
    // Another build of the same files was quicker by a moment.
    if (!(error instanceof Error) || !("code" in error) || error.code !== "ENOTEMPTY") throw error;
    rmSync(fresh, { recursive: true });
  }
}

/** Beside each script and style its packed forms, made once and as small as they get; pages are packed by the anchor. */
function pack(folder: string): void {
  for (const file of globSync("**/*.{js,css}", { cwd: folder })) {
    const path = join(folder, file);
    const bytes = readFileSync(path);
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }));
    writeFileSync(`${path}.br`, brotliCompressSync(bytes));
  }
}

// Until the first board stands there is nothing to build.
if (existsSync(join(root, config))) build();
