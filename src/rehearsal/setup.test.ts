import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { emptyRehearsal } from "./setup.ts";

let base = "";
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "holdfast-setup-"));
});
afterEach(() => rmSync(base, { recursive: true }));

function folder(...files: readonly string[]): string {
  const dir = join(base, "folder");
  mkdirSync(dir);
  for (const file of files) writeFileSync(join(dir, file), "");
  return dir;
}

describe("[REHEARSAL8] before a rehearsal is founded", () => {
  test("an earlier one is taken away, also one that was founded only in part", () => {
    for (const files of [["plan.json", "store.db"], ["rehearsal.mark"], []]) {
      const dir = folder(...files);
      expect(emptyRehearsal(dir)).toEqual({ ok: true, value: undefined });
      expect(existsSync(dir)).toBe(false);
    }
    expect(emptyRehearsal(join(base, "nowhere")).ok).toBe(true);
  });

  test("a folder that holds anything else is left as it is, with a sentence", () => {
    const dir = folder("letter.txt");
    expect(emptyRehearsal(dir)).toMatchObject({ ok: false, error: expect.stringContaining("no rehearsal") });
    expect(existsSync(join(dir, "letter.txt"))).toBe(true);
  });
});
