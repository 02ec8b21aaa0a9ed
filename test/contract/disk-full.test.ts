import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, expect, test } from "vitest";
import type { DiskFullReport } from "./disk-full-child.ts";

const folder = mkdtempSync(join(tmpdir(), "holdfast-full-"));
afterAll(() => rmSync(folder, { recursive: true }));
/** Runs a program in a namespace in which the folder is a disk of three megabytes. */
const onSmallDisk = ["-rm", "sh", "-c", 'mount -t tmpfs -o size=3m none "$0" && exec "$@"', folder];
const isMountable = spawnSync("unshare", [...onSmallDisk, "true"]).status === 0;

test("[STORE8] on a disk that is really full nothing answered is lost, and with room again it goes on", (context) => {
  context.skip(!isMountable, "needs the right to mount a small disk");
  const program = [process.execPath, join(import.meta.dirname, "disk-full-child.ts"), folder];
  const child = spawnSync("unshare", [...onSmallDisk, ...program], { encoding: "utf8" });
  expect(child.stderr).toBe("");
  const { answered, codes, held, integrity } = JSON.parse(child.stdout) as DiskFullReport;
  expect(answered).toBeGreaterThan(0);
  expect(codes[0]).toBe("disk-full");
  expect(held).toEqual([answered, answered + 200]);
  expect(integrity).toBe("ok");
});
