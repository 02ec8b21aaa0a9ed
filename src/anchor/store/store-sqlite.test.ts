import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, describe, expect, test } from "vitest";
import {
  probe,
  sampleAppend,
  sampleCommit,
  sampleFork,
  sampleSlot,
  uniKlinik,
} from "../../../test/contract/store-samples.ts";
import { copyWithoutKeys } from "./store-copy.ts";
import { storeFormat } from "./store-schema.ts";
import { openStore, type SqliteStore } from "./store-sqlite.ts";

const folder = mkdtempSync(join(tmpdir(), "holdfast-sqlite-"));
let stores = 0;

afterAll(() => rmSync(folder, { recursive: true }));

function newPath(): string {
  stores += 1;
  return join(folder, `store-${stores}.sqlite`);
}

function opened(path: string): SqliteStore {
  const store = openStore(path);
  if (!store.ok) throw new Error(store.error.detail);
  return store.value;
}

/** A closed store of one log with 300 entries, changed by hand. */
function storeChangedBy(sql: string): string {
  const path = newPath();
  const store = opened(path);
  store.commit(sampleCommit(1_000, { appends: [sampleAppend(uniKlinik, 0, 300)] }));
  store.close();
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
  return path;
}

describe("the store's file", () => {
  test("[STORE14] has WAL, synchronous=FULL and STRICT tables, and is its owner's alone", () => {
    const path = newPath();
    const store = opened(path);
    const pragma = (name: string) => store.database.prepare(`PRAGMA ${name}`).get();
    expect(pragma("journal_mode")).toEqual({ journal_mode: "wal" });
    expect(pragma("synchronous")).toEqual({ synchronous: 2 });
    expect(pragma("user_version")).toEqual({ user_version: storeFormat });
    const tables = store.database.prepare("PRAGMA table_list").all();
    const ours = tables.filter(({ schema, name }) => schema === "main" && name !== "sqlite_schema");
    expect(ours.map(({ name, strict }) => `${name} ${strict}`).sort()).toEqual(
      ["checkpoint", "cosignature", "device", "entry", "erased_case", "fork", "log", "meta", "slot"].map(
        (name) => `${name} 1`,
      ),
    );
    for (const file of [path, `${path}-wal`]) expect(statSync(file).mode & 0o777).toBe(0o600);
    store.close();
  });

  test("[STORE15] of a newer format is refused with a sentence and stays as it was", () => {
    const path = storeChangedBy(`PRAGMA journal_mode = DELETE; PRAGMA user_version = ${storeFormat + 1}`);
    const before = readFileSync(path);
    const store = openStore(path);
    expect(store).toMatchObject({ error: { code: "newer-format" } });
    expect(!store.ok && store.error.detail).toContain(
      `has format ${storeFormat + 1}, written by a newer Holdfast`,
    );
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test.each([
    ["another program's database", "PRAGMA application_id = 7", "not a store of Holdfast"],
    ["a log that lost its newest entry", "DELETE FROM entry WHERE position = 299", uniKlinik],
    ["a log that lost its newest checkpoint", "DELETE FROM checkpoint", uniKlinik],
    ["a log that went back", "UPDATE log SET size = 299", uniKlinik],
  ])("[STORE15] that is %s is refused", (_, sql, detail) => {
    const store = openStore(storeChangedBy(sql));
    expect(store).toMatchObject({ error: { code: "corrupt" } });
    expect(!store.ok && store.error.detail).toContain(detail);
  });

  test("[STORE15] that is no database, or a damaged one, is refused or says so when it is read", () => {
    const text = newPath();
    writeFileSync(text, "This is a letter and not a database.".repeat(500));
    expect(openStore(text)).toMatchObject({ error: { code: "corrupt" } });

    const damaged = storeChangedBy("PRAGMA journal_mode = DELETE");
    const bytes = readFileSync(damaged);
    bytes.fill(0xff, 4_096 * 5);
    writeFileSync(damaged, bytes);
    const store = openStore(damaged);
    const read = store.ok ? store.value.readLeafBytes(uniKlinik, 0, 300) : store;
    expect(read).toMatchObject({ error: { code: "corrupt" } });
  });

  test("[STORE15] that cannot be opened is an error with a sentence", () => {
    const directory = newPath();
    mkdirSync(directory);
    expect(openStore(directory)).toMatchObject({ error: { code: "cannot-open" } });
    expect(openStore(join(directory, "missing", "store"))).toMatchObject({ error: { code: "cannot-open" } });
  });

  test("[STORE17] of an older format is brought to this one, after a copy that the older program can use", () => {
    const columns = ["first_size", "first_ours", "first_theirs"];
    const older = columns.map((column) => `ALTER TABLE fork DROP COLUMN ${column};`).join("");
    const keyless = "DROP TABLE slot; DROP TABLE erased_case;";
    const path = storeChangedBy(`${older} ${keyless} PRAGMA user_version = 1`);
    const fork = sampleFork(uniKlinik, 9);
    const branch = { root: new Uint8Array(32).fill(1), path: [] };
    const forks = [{ ...fork, first: { size: 4, ours: branch, theirs: branch } }];
    for (let opening = 0; opening < 2; opening += 1) {
      const store = opened(path);
      expect(store.commit(sampleCommit(2_000, { forks }))).toMatchObject({ ok: true });
      expect(store.readForks()).toEqual({ ok: true, value: forks });
      expect(store.readLeafBytes(uniKlinik, 0, 300)).toMatchObject({ value: { length: 300 } });
      store.close();
    }
    const copy = new DatabaseSync(`${path}.format-1`, { readOnly: true });
    expect(copy.prepare("PRAGMA user_version").get()).toEqual({ user_version: 1 });
    expect(copy.prepare("SELECT count(*) AS entries FROM entry").get()).toEqual({ entries: 300 });
    expect(copy.prepare("SELECT * FROM fork").columns()).toHaveLength(9);
    copy.close();
    expect(statSync(`${path}.format-1`).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(path)).filter((name) => name.startsWith(`${basename(path)}.format`))).toEqual([
      `${basename(path)}.format-1`,
    ]);
  });

  test("[STORE17] of an older format once more under the same name, as after a restore, is copied anew", () => {
    const path = storeChangedBy("PRAGMA user_version = 3");
    writeFileSync(`${path}.format-3`, "of another day");
    opened(path).close();
    expect(readFileSync(`${path}.format-3`, "utf8")).toBe("of another day");
    const copy = new DatabaseSync(`${path}.format-3-2`, { readOnly: true });
    expect(copy.prepare("SELECT count(*) AS entries FROM entry").get()).toEqual({ entries: 300 });
    copy.close();
  });

  test("[STORE17] of format 3, whose program knows one region only, is brought to 4: older programs refuse it", () => {
    const path = storeChangedBy("PRAGMA user_version = 3");
    opened(path).close();
    const [now, copy] = [path, `${path}.format-3`].map((file) => {
      const database = new DatabaseSync(file, { readOnly: true });
      const version = database.prepare("PRAGMA user_version").get();
      database.close();
      return version;
    });
    expect([now, copy]).toEqual([{ user_version: 4 }, { user_version: 3 }]);
  });

  test("[STORE17] the copy of a store that holds keys of cases holds none of them, and its marker neither", () => {
    const path = newPath();
    const store = opened(path);
    store.commit(sampleCommit(1_000, { slots: [sampleSlot("a")] }));
    store.writeMeta("marker", "the word");
    const copy = `${path}.copy`;
    copyWithoutKeys(store.database, copy);
    store.close();
    const bytes = readFileSync(copy);
    expect(bytes.includes(sampleSlot("a").box)).toBe(false);
    expect(bytes.includes("the word")).toBe(false);
    const again = opened(copy);
    expect(again.readKeyTable()).toEqual({ ok: true, value: { slots: [], erased: [] } });
    again.close();
    expect(readFileSync(path).includes(sampleSlot("a").box)).toBe(true);
  });

  test("[STORE16] belongs to one opener at a time", () => {
    const path = newPath();
    const store = opened(path);
    expect(openStore(path)).toMatchObject({ error: { code: "in-use" } });
    store.close();
    opened(path).close();
  });

  test("[STORE8] a probe needs as much room as the largest commit, every time", () => {
    const path = newPath();
    const store = opened(path);
    const walBytes = () => statSync(`${path}-wal`).size;
    for (let round = 0; round < 2; round += 1) {
      const before = walBytes();
      expect(store.commit(probe)).toEqual({ ok: true, value: undefined });
      expect(walBytes() - before).toBeGreaterThanOrEqual(1_048_576);
    }
    store.close();
  });
});
