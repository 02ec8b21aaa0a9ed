import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { root } from "./support/files.ts";

test("the temporary folder of the tests is this run's own", () => {
  expect(basename(tmpdir())).toMatch(/^holdfast-tests-/);
});

test("what a process leaves in its own temporary folder is gone when it has ended", () => {
  const module = pathToFileURL(join(root, "test", "support", "temporary.ts")).href;
  const program = `
    const { useOwnTemporary } = await import(${JSON.stringify(module)});
    const { mkdtempSync, writeFileSync } = await import("node:fs");
    const { tmpdir } = await import("node:os");
    useOwnTemporary();
    const left = mkdtempSync(tmpdir() + "/left-");
    writeFileSync(left + "/file", "");
    process.stdout.write(left);`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
  });
  expect(basename(stdout), stderr).toMatch(/^left-/);
  expect(dirname(dirname(stdout))).toBe(tmpdir());
  expect(existsSync(dirname(stdout))).toBe(false);
});
