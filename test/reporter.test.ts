import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const vitestProgram = resolve("node_modules/vitest/vitest.mjs");
const reporter = resolve("test/reporter.ts");
const onePassing = `test("holds", () => {});`;

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "holdfast-reporter-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Runs vitest with only our reporter over the given files. */
function run(files: Record<string, string>, ...args: string[]) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const program = [vitestProgram, "run", "--globals", "--root", folder, `--reporter=${reporter}`, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, program, { encoding: "utf8", cwd: folder });
  return { status, stdout, stderr, lines: stdout.trimEnd().split("\n") };
}

describe("the last line of a test run", () => {
  test("counts what passed, and the exit code is 0", () => {
    const { status, lines } = run({ "a.test.ts": onePassing, "b.test.ts": onePassing });
    expect(lines.at(-1)).toBe("2 passed, 0 failed");
    expect(status).toBe(0);
  });

  test("counts and names a failing test, and the exit code is 1", () => {
    const { status, lines } = run({
      "a.test.ts": `${onePassing} test("breaks", () => { throw new Error(); });`,
    });
    expect(lines.at(-1)).toBe("1 passed, 1 failed");
    expect(lines).toContain("  a.test.ts > breaks");
    expect(status).toBe(1);
  });

  test("counts a file that cannot be loaded, a broken hook and a stray error as failures", () => {
    const { status, lines } = run({
      "a.test.ts": `import "./absent.ts"; ${onePassing}`,
      "b.test.ts": `describe("group", () => { beforeAll(() => { throw new Error(); }); ${onePassing} });`,
      "c.test.ts": `test("leaves an error behind", () => { Promise.reject(new Error("stray")); });`,
    });
    expect(lines.at(-1)).toBe("1 passed, 3 failed");
    expect(lines).toContain("  a.test.ts (the file could not be run)");
    expect(lines).toContain("  b.test.ts > group (a hook of the group failed)");
    expect(lines).toContain("  outside any test: stray");
    expect(status).toBe(1);
  });

  test("names every skipped test with its reason above the last line", () => {
    const { status, lines } = run({
      "a.test.ts": `${onePassing} test("vectors", ({ skip }) => skip("no shared data")); test.todo("later");`,
    });
    expect(lines.at(-1)).toBe("1 passed, 0 failed");
    expect(lines).toContain("  a.test.ts > vectors (no shared data)");
    expect(lines).toContain("  a.test.ts > later (not written yet)");
    expect(status).toBe(0);
  });

  test("a skipped test under src/log is a failure", () => {
    const { status, lines } = run({ "src/log/tree.test.ts": `${onePassing} test.skip("roots", () => {});` });
    expect(lines.at(-1)).toBe("1 passed, 1 failed");
    expect(status).toBe(1);
  });

  test("a run narrowed to some names lists no other test as skipped", () => {
    const files = { "src/log/tree.test.ts": `${onePassing} test("roots", () => {});` };
    const { status, lines } = run(files, "-t", "roots");
    expect(lines).toEqual(["", "1 passed, 0 failed"]);
    expect(status).toBe(0);
  });

  test("a run that finds no test ends with a failure", () => {
    const { status, lines } = run({ "a.ts": "" });
    expect(lines.at(-1)).toBe("0 passed, 1 failed");
    expect(status).toBe(1);
  });
});
