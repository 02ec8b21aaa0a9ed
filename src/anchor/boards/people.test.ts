import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { err, ok } from "../../basics/result.ts";
import { hourMs } from "../../basics/time.ts";
import { type NumberKeeper, People, usableName } from "./people.ts";

const nowMs = 1_599_775_200_000;
const anna = { site: "ukd", role: "nurse", name: "Anna Äpfel" };

let dir = "";
const opened: People[] = [];
const meta = new Map<string, string>();
const notes: string[] = [];
const numbers: NumberKeeper = {
  readMeta: async (key) => ok(meta.get(key)),
  writeMeta: async (key, value) => {
    meta.set(key, value);
    return ok(undefined);
  },
};

function open(keeper = numbers): People {
  const people = new People(join(dir, "people.db"), keeper, (code) => notes.push(code));
  opened.push(people);
  return people;
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "holdfast-people-"));
  meta.clear();
  notes.length = 0;
});
afterEach(() => {
  for (const people of opened.splice(0)) people.close();
  rmSync(dir, { recursive: true });
});

describe("[PEOPLE1] a shift gives a number to a name", () => {
  test("by is role and number; the number is its site's own", async () => {
    const people = open();
    const row = await people.start(anna, nowMs);
    expect(row).toEqual({
      number: 100,
      role: "nurse",
      name: "Anna Äpfel",
      by: "nurse#100",
      sinceMs: nowMs,
      shiftEndsMs: nowMs + 12 * hourMs,
    });
    expect((await people.start({ ...anna, name: "Ben" }, nowMs + 1))?.by).toBe("nurse#101");
    expect((await people.start({ ...anna, site: "neuss" }, nowMs))?.by).toBe("nurse#100");
    expect(people.all("ukd").map(({ name }) => name)).toEqual(["Ben", "Anna Äpfel"]);
  });

  test("two who begin at once get two numbers", async () => {
    const people = open();
    const names = ["A", "B", "C"];
    const rows = await Promise.all(names.map((name) => people.start({ ...anna, name }, nowMs)));
    expect(rows.map((row) => row?.number)).toEqual([100, 101, 102]);
  });

  test("the same person asked again keeps the number while the shift lasts, and gets a new one after it", async () => {
    const people = open();
    await people.start(anna, nowMs);
    const again = await people.start(anna, nowMs + 11 * hourMs);
    expect(again).toMatchObject({ number: 100, shiftEndsMs: nowMs + 23 * hourMs });
    expect((await people.start({ ...anna, role: "physician" }, nowMs))?.number).toBe(101);
    expect((await people.start(anna, nowMs + 23 * hourMs))?.number).toBe(102);
  });

  test("[PEOPLE5] who is relieved, or signs off, is on shift no more, and gets a new number when they come back", async () => {
    const people = open();
    await people.start(anna, nowMs);
    await people.start({ ...anna, name: "Ben", relieves: 100 }, nowMs + 5);
    const ends = () => people.all("ukd").map(({ name, shiftEndsMs }) => [name, shiftEndsMs - nowMs]);
    expect(ends()).toEqual([
      ["Ben", 5 + 12 * hourMs],
      ["Anna Äpfel", 5],
    ]);
    expect(people.end("ukd", 101, nowMs + 9)).toBe(true);
    expect([people.end("ukd", 101, nowMs + 10), people.end("ukd", 7, nowMs + 10)]).toEqual([false, false]);
    expect(ends()[0]).toEqual(["Ben", 9]);
    expect((await people.start(anna, nowMs + 20))?.number).toBe(102);
    // Nobody relieves themselves: the shift goes on.
    expect((await people.start({ ...anna, relieves: 102 }, nowMs + 30))?.number).toBe(102);
    expect(ends()[0]).toEqual(["Anna Äpfel", 30 + 12 * hourMs]);
  });

  test("boards show names for a day and a half, the table keeps them", async () => {
    const people = open();
    await people.start(anna, nowMs);
    expect(people.recent("ukd", nowMs + 36 * hourMs - 1)).toHaveLength(1);
    expect(people.recent("ukd", nowMs + 36 * hourMs)).toEqual([]);
    expect(people.all("ukd")).toHaveLength(1);
  });
});

describe("[PEOPLE2] names can be erased, numbers are never given twice", () => {
  test("an erased name is gone from the file, too", async () => {
    const people = open();
    await people.start(anna, nowMs);
    expect(readFileSync(join(dir, "people.db")).includes("Anna")).toBe(true);
    expect(people.erase("neuss", 100)).toBe(false);
    expect(people.erase("ukd", 100)).toBe(true);
    expect(people.erase("ukd", 100)).toBe(false);
    expect(people.all("ukd")).toEqual([]);
    expect(readFileSync(join(dir, "people.db")).includes("Anna")).toBe(false);
    expect((await people.start(anna, nowMs))?.number).toBe(101);
  });

  test("the file may be deleted: the names are gone, the numbers go on", async () => {
    const first = open();
    await first.start(anna, nowMs);
    first.close();
    opened.splice(0);
    rmSync(join(dir, "people.db"));
    const second = open();
    expect(second.all("ukd")).toEqual([]);
    expect((await second.start(anna, nowMs))?.number).toBe(101);
  });

  test("names survive a restart, in a file of our own user only", async () => {
    await open().start(anna, nowMs);
    expect(open().all("ukd")).toMatchObject([{ by: "nurse#100" }]);
    expect(statSync(join(dir, "people.db")).mode & 0o777).toBe(0o600);
  });
});

describe("[PEOPLE3] the table never stands in the way", () => {
  test("a file that is none is made anew", async () => {
    writeFileSync(join(dir, "people.db"), "this is no database, whatever its name says".repeat(99));
    expect((await open().start(anna, nowMs))?.number).toBe(100);
    expect(notes).toEqual(["people-made-anew"]);
  });

  test("no folder: in memory only", async () => {
    const people = new People(join(dir, "none", "people.db"), numbers, (code) => notes.push(code));
    opened.push(people);
    expect(await people.start(anna, nowMs)).not.toBeNull();
    expect(notes).toEqual(["people-made-anew", "people-in-memory-only"]);
  });

  test("while the store takes nothing no number is given, and afterwards they go on", async () => {
    let works = false;
    const people = open({
      ...numbers,
      writeMeta: async (key, value) =>
        works ? numbers.writeMeta(key, value) : err({ code: "disk-full", detail: "The disk is full." }),
    });
    expect(await people.start(anna, nowMs)).toBeNull();
    expect(people.all("ukd")).toEqual([]);
    works = true;
    expect((await people.start(anna, nowMs))?.number).toBe(100);
  });
});

test.each([
  ["  Anna \n Äpfel ", "Anna Äpfel"],
  ["", null],
  [" \t", null],
  ["a".repeat(60), "a".repeat(60)],
  ["a".repeat(61), null],
  ["A\u0000B", null],
  ["A\u202eB", null],
])("[PEOPLE1] a name: %j", (text, name) => {
  expect(usableName(text)).toBe(name);
});
