import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, describe, expect, test } from "vitest";
import {
  sampleAppend,
  sampleCommit,
  sampleEntry,
  sampleSlot,
  uniKlinik,
} from "../../../test/contract/store-samples.ts";
import { valueIn } from "../../../test/support/founded.ts";
import type { StoreResult } from "../../site/store-port.ts";
import { openStoreThread, type StoreThread } from "./store.ts";
import { restoreStore } from "./store-backup.ts";
import { isMarked, mark, markerFile } from "./store-marker.ts";
import { openStore } from "./store-sqlite.ts";

const folder = mkdtempSync(join(tmpdir(), "holdfast-backup-"));
let folders = 0;

afterAll(() => rmSync(folder, { recursive: true }));

function newDir(): string {
  folders += 1;
  const dir = join(folder, `process-${folders}`);
  mkdirSync(dir);
  return dir;
}

async function openIn(dir: string): Promise<StoreThread> {
  return valueIn(await openStoreThread(join(dir, "store.db")));
}

function commit(store: StoreThread, from: number, count: number): Promise<StoreResult<undefined>> {
  const append = sampleAppend(uniKlinik, from, count);
  return new Promise((resolve) => store.commit(sampleCommit(1_000, { appends: [append] }), resolve));
}

/** Entries in a store that nobody uses. */
function sizeIn(path: string): number {
  const store = valueIn(openStore(path));
  const entries = valueIn(store.readLeafBytes(uniKlinik, 0, 100_000));
  store.close();
  for (const [position, bytes] of entries.entries()) expect(bytes).toEqual(sampleEntry(uniKlinik, position));
  return entries.length;
}

/** A folder with a store of so many entries, and a backup of it. */
async function backedUp(entries: number): Promise<{ readonly dir: string; readonly file: string }> {
  const dir = newDir();
  const store = await openIn(dir);
  await commit(store, 0, entries);
  valueIn(await mark(dir, store));
  const file = join(dir, "backup.db");
  valueIn(await store.backup(file));
  await store.close();
  return { dir, file };
}

describe("a backup", () => {
  test("[BACKUP1] of a store in use is the store at one moment: what was answered before, nothing by half", async () => {
    const dir = newDir();
    const store = await openIn(dir);
    const answered: number[] = [];
    const commits: Promise<void>[] = [];
    for (let from = 0; from < 2_000; from += 20) {
      const done = commit(store, from, 20).then((result) => {
        if (result.ok) answered.push(from + 20);
      });
      commits.push(done);
    }
    await commits[40];
    const before = answered.length;
    const taken = store.backup(join(dir, "backup.db"));
    for (let from = 2_000; from < 2_400; from += 20)
      commits.push(commit(store, from, 20).then(() => undefined));
    expect(await taken).toEqual({ ok: true, value: undefined });
    await Promise.all(commits);
    await store.close();
    const size = sizeIn(join(dir, "backup.db"));
    expect(size % 20).toBe(0);
    expect(size).toBeGreaterThanOrEqual(before * 20);
    expect(size).toBeLessThanOrEqual(2_000);
    expect(sizeIn(join(dir, "store.db"))).toBe(2_400);
  });

  test("[BACKUP2] is its owner's alone, one file, without the marker, and overwrites nothing", async () => {
    const { dir, file } = await backedUp(5);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir).sort()).toEqual(["backup.db", "store.db", markerFile]);
    const copy = new DatabaseSync(file, { readOnly: true });
    expect(copy.prepare("SELECT key FROM meta").all()).toEqual([]);
    copy.close();
    expect(readFileSync(file).includes(readFileSync(join(dir, markerFile), "utf8").trim())).toBe(false);
    const store = await openIn(dir);
    expect(await store.backup(file)).toMatchObject({
      ok: false,
      error: { detail: `${file} is there already.` },
    });
    const missing = await store.backup(join(dir, "missing", "backup.db"));
    expect(missing).toMatchObject({ ok: false, error: { code: "cannot-open" } });
    expect(await store.readMeta("marker")).toMatchObject({ ok: true, value: expect.any(String) });
    await store.close();
  });
});

describe("a restored store", () => {
  test("[BACKUP3] holds what the backup held; the one before it is set aside whole", async () => {
    const { dir, file } = await backedUp(5);
    const store = await openIn(dir);
    await commit(store, 5, 3);
    await store.close();
    expect(valueIn(restoreStore(file, dir))).toContain("5 entries of 1 logs are restored.");
    expect(sizeIn(join(dir, "store.db"))).toBe(5);
    expect(sizeIn(join(dir, "store.db.before-restore-1"))).toBe(8);
    expect(statSync(join(dir, "store.db")).mode & 0o777).toBe(0o600);
    valueIn(restoreStore(file, dir));
    expect(existsSync(join(dir, "store.db.before-restore-2"))).toBe(true);
  });

  test("[BACKUP6] keeps the keys of cases that lay there, and which are erased; what is set aside has none", async () => {
    const { dir, file } = await backedUp(5);
    const store = await openIn(dir);
    const slots = ["a", "b", "c"].map((digit) => sampleSlot(digit));
    const [a, b, c] = slots;
    const write = (parts: Parameters<typeof sampleCommit>[1]) =>
      new Promise((resolve) => store.commit(sampleCommit(2_000, parts), resolve));
    await write({ slots });
    await write({ erased: [c?.case ?? ""] });
    await store.close();
    expect(valueIn(restoreStore(file, dir))).toContain(
      "The keys of cases that it held are in the restored store",
    );
    const restored = await openIn(dir);
    expect(valueIn(await restored.readKeyTable())).toEqual({ slots: [a, b], erased: [c?.case] });
    await restored.close();
    for (const { box } of slots)
      expect(readFileSync(join(dir, "store.db.before-restore-1")).includes(box)).toBe(false);
    expect(sizeIn(join(dir, "store.db"))).toBe(5);
  });

  test("[BACKUP4] is not the one that was used here last: neither restored, nor put back by hand, nor moved", async () => {
    const { dir, file } = await backedUp(5);
    const marked = async (at: string): Promise<boolean> => {
      const store = await openIn(at);
      const is = valueIn(await isMarked(at, store));
      await store.close();
      return is;
    };
    expect(await marked(dir)).toBe(true);
    const byHand = readFileSync(join(dir, "store.db"));
    const elsewhere = newDir();
    writeFileSync(join(elsewhere, "store.db"), byHand);
    expect(await marked(elsewhere)).toBe(false);
    const store = await openIn(dir);
    valueIn(await mark(dir, store));
    await store.close();
    expect(await marked(dir)).toBe(true);
    writeFileSync(join(dir, "store.db"), byHand);
    expect(await marked(dir)).toBe(false);
    valueIn(restoreStore(file, dir));
    expect(await marked(dir)).toBe(false);
    const restored = await openIn(dir);
    valueIn(await mark(dir, restored));
    await restored.close();
    expect(await marked(dir)).toBe(true);
  });

  test("[BACKUP4] a start that ends between marking the store and its folder changes nothing", async () => {
    const { dir } = await backedUp(5);
    const store = await openIn(dir);
    const word = readFileSync(join(dir, markerFile), "utf8").trim();
    valueIn(await store.writeMeta("marker", `${word} ${"0".repeat(32)}`));
    expect(valueIn(await isMarked(dir, store))).toBe(true);
    valueIn(await mark(dir, store));
    expect(valueIn(await isMarked(dir, store))).toBe(true);
    await store.close();
  });

  test.each([
    ["no such file", (dir: string) => join(dir, "missing.db"), "There is no file"],
    ["no backup", (dir: string) => file(dir, "A letter.".repeat(999)), "is no backup of a Holdfast store."],
    ["an empty file", (dir: string) => file(dir, ""), "not a store of Holdfast"],
  ])("[BACKUP5] %s is refused with a sentence, and the store stays", async (_what, make, sentence) => {
    const { dir } = await backedUp(5);
    const before = readFileSync(join(dir, "store.db"));
    expect(restoreStore(make(newDir()), dir)).toMatchObject({
      ok: false,
      error: expect.stringContaining(sentence),
    });
    expect(readFileSync(join(dir, "store.db")).equals(before)).toBe(true);
    expect(existsSync(join(dir, markerFile))).toBe(true);
  });

  test("[BACKUP5] a backup that is damaged, or a store in use, is refused too", async () => {
    const { dir, file: whole } = await backedUp(300);
    const bytes = readFileSync(whole);
    bytes.fill(0xff, 4_096 * 5, 4_096 * 9);
    expect(restoreStore(file(newDir(), bytes), dir)).toMatchObject({ ok: false });
    const store = await openIn(dir);
    expect(restoreStore(whole, dir)).toEqual({
      ok: false,
      error: `The store in ${dir} is in use: stop its process first.`,
    });
    await store.close();
    expect(sizeIn(join(dir, "store.db"))).toBe(300);
  });
});

test("[BACKUP5] where a restore fails midway the store stays, with its keys, and what failed is said", async () => {
  const { dir, file: backup } = await backedUp(5);
  const slot = sampleSlot("a");
  const store = await openIn(dir);
  await new Promise((resolve) => store.commit(sampleCommit(2_000, { slots: [slot] }), resolve));
  await store.close();
  // As on a disk that is full: the copy cannot be written.
  mkdirSync(join(dir, "store.db.part", "in the way"), { recursive: true });
  expect(restoreStore(backup, dir)).toMatchObject({
    ok: false,
    error: expect.stringContaining("Nothing was restored, and the store is as it was."),
  });
  expect(existsSync(join(dir, "store.db.before-restore-1"))).toBe(false);
  const kept = await openIn(dir);
  expect(valueIn(await isMarked(dir, kept))).toBe(true);
  expect(valueIn(await kept.readKeyTable())).toEqual({ slots: [slot], erased: [] });
  await kept.close();
});

test("[BACKUP5] where it fails once the store was set aside that is put back, and lies nowhere else", async () => {
  const { dir, file: backup } = await backedUp(5);
  // A marker that cannot be removed: nobody foresees that, so it throws.
  rmSync(join(dir, markerFile));
  mkdirSync(join(dir, markerFile));
  const before = readdirSync(dir).sort();
  expect(() => restoreStore(backup, dir)).toThrow();
  expect(readdirSync(dir).sort()).toEqual(before);
  expect(sizeIn(join(dir, "store.db"))).toBe(5);
});

test("[BACKUP6] a restore that was cut off after the store was set aside is made again, and loses no key", async () => {
  const { dir, file: backup } = await backedUp(5);
  const slots = ["a", "b"].map((digit) => sampleSlot(digit));
  const [a, b] = slots;
  const store = await openIn(dir);
  const write = (parts: Parameters<typeof sampleCommit>[1]) =>
    new Promise((resolve) => store.commit(sampleCommit(2_000, parts), resolve));
  await write({ slots });
  await write({ erased: [b?.case ?? ""] });
  await store.close();
  renameSync(join(dir, "store.db"), join(dir, "store.db.before-restore-1"));
  expect(valueIn(restoreStore(backup, dir))).toContain(
    "The keys of cases that it held are in the restored store",
  );
  const restored = await openIn(dir);
  expect(valueIn(await restored.readKeyTable())).toEqual({ slots: [a], erased: [b?.case] });
  await restored.close();
  expect(readFileSync(join(dir, "store.db.before-restore-1")).includes(a?.box ?? "?")).toBe(false);
});

function file(dir: string, content: string | Uint8Array): string {
  const path = join(dir, "given.db");
  writeFileSync(path, content);
  return path;
}
