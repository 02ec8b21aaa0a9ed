// Replication of as many logs with hypercore, another engine for logs, in two processes over TCP on loopback.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";

const here = import.meta.dirname;

/** Entries a second; null where its package cannot be installed (no registry, no build of its store for this machine). */
export async function measureHypercore(folder: string): Promise<number | null> {
  if (!isInstalled()) return null;
  const dir = join(folder, "hypercore");
  mkdirSync(dir);
  const child = join(here, "hypercore-child.ts");
  const server = spawn(process.execPath, [child, "serve", join(dir, "full")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  try {
    const [line] = (await once(createInterface({ input: server.stdout }), "line")) as [string];
    writeFileSync(join(dir, "keys.json"), line);
    const args = [child, "fetch", join(dir, "empty"), join(dir, "keys.json")];
    const fetched = spawnSync(process.execPath, args, {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
    if (fetched.status !== 0) return null;
    const { entries, ms } = JSON.parse(fetched.stdout) as { readonly entries: number; readonly ms: number };
    return (entries * 1_000) / ms;
  } finally {
    server.stdin.end();
    await once(server, "close");
    rmSync(dir, { recursive: true });
  }
}

/** Brings the package by its own lock file, the first time that this bench runs. */
function isInstalled(): boolean {
  if (existsSync(join(here, "node_modules", "hypercore"))) return true;
  const install = ["ci", "--no-audit", "--no-fund", "--ignore-scripts"];
  return spawnSync("npm", install, { cwd: here, stdio: ["ignore", "ignore", "inherit"] }).status === 0;
}
