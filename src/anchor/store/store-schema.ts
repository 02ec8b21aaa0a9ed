import { closeSync, existsSync, openSync, rmSync } from "node:fs";
import { DatabaseSync, type SQLOutputValue, type StatementSync } from "node:sqlite";
import { err, ok } from "../../basics/result.ts";
import type { StoreError, StoreResult } from "../../site/store-port.ts";
import { copyWithoutKeys, publish } from "./store-copy.ts";
import { storeErrorOf } from "./store-error.ts";
import { truncateLog } from "./store-keys.ts";

/** What the store needs of SQLite: node:sqlite has it, and so may any other build under a disk of its own. */
export type StoreDatabase = Pick<DatabaseSync, "exec" | "close" | "isTransaction"> & {
  readonly prepare: (sql: string) => StoreStatement;
};
export type StoreStatement = Pick<StatementSync, "run" | "get" | "all" | "iterate">;

/** The format below; a change of a table is a new number and a migration. */
export const storeFormat = 4;
/**
 * Keys of cases, wrapped, and the cases of which no key is ever taken again. What stands in `slot` is in no copy of the
 * store, and a deleted row is overwritten (`secure_delete`, switched on wherever this table is written).
 */
const keyTables = `
  CREATE TABLE slot(
    case_id TEXT NOT NULL,
    reader TEXT NOT NULL,
    wrapper TEXT NOT NULL,
    box BLOB NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY(case_id, reader, wrapper)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE erased_case(case_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`;

/** What a store of each earlier format lacks of the next one. */
const upgrades: ReadonlyMap<SQLOutputValue | undefined, string> = new Map([
  [
    1,
    `ALTER TABLE fork ADD COLUMN first_size INTEGER;
    ALTER TABLE fork ADD COLUMN first_ours BLOB;
    ALTER TABLE fork ADD COLUMN first_theirs BLOB;`,
  ],
  [2, keyTables],
  // The same tables, in which logs of other regions may lie: a program that knows one region only must not open it.
  [3, ""],
]);
/** "HOLD" in ASCII: tells a store from any other SQLite file. */
export const storeApplicationId = 0x484f4c44;

/** How long a start waits for a predecessor that is still closing the same store. */
const lockWaitMs = 2_000;

/**
 * Also what a bench of bare SQLite must use to be comparable. FULL: a commit is on the disk before it is answered.
 * EXCLUSIVE: two processes on one store would sign two histories of one log; the lock dies with its process.
 */
export const storeSettings = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = OFF;
`;

/** Entries as received, by log and position. */
export const entryTable = `
  CREATE TABLE entry(
    log INTEGER NOT NULL,
    position INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY(log, position)
  ) STRICT, WITHOUT ROWID;
`;

// Roots are 32 bytes and signatures 64; a list of hashes stands as their bytes one after the other, a branch of a fork as
// its root and then its path.
const tables = `
  CREATE TABLE log(
    id INTEGER PRIMARY KEY,
    origin TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    range BLOB NOT NULL
  ) STRICT;
  ${entryTable}
  CREATE TABLE checkpoint(
    log INTEGER NOT NULL,
    size INTEGER NOT NULL,
    root BLOB NOT NULL,
    signature BLOB NOT NULL,
    stored_ms INTEGER NOT NULL,
    PRIMARY KEY(log, size)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE cosignature(
    log INTEGER NOT NULL,
    holder TEXT NOT NULL,
    size INTEGER NOT NULL,
    time_s INTEGER NOT NULL,
    root BLOB NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY(log, holder, size, time_s, root)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE fork(
    log INTEGER NOT NULL,
    ours_size INTEGER NOT NULL,
    ours_root BLOB NOT NULL,
    ours_signature BLOB NOT NULL,
    theirs_size INTEGER NOT NULL,
    theirs_root BLOB NOT NULL,
    theirs_signature BLOB NOT NULL,
    root_at_ours BLOB NOT NULL,
    path BLOB NOT NULL,
    first_size INTEGER,
    first_ours BLOB,
    first_theirs BLOB,
    PRIMARY KEY(log, ours_size, ours_root, theirs_size, theirs_root)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE device(device TEXT PRIMARY KEY, boot INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  ${keyTables}
  PRAGMA application_id = ${storeApplicationId};
  PRAGMA user_version = ${storeFormat};
`;

/** Opens the file, or makes it with the tables of {@link storeFormat}; its folder must be there. */
export function openDatabase(path: string): StoreResult<DatabaseSync> {
  let database: DatabaseSync | undefined;
  try {
    makePrivateFile(path);
    database = new DatabaseSync(path, { timeout: lockWaitMs });
    const refusal = prepareStore(database, path);
    if (refusal === null) return ok(database);
    database.close();
    return err(refusal);
  } catch (error) {
    database?.close();
    return err(openErrorOf(error));
  }
}

// SQLite gives its side files the rights of the main file.
function makePrivateFile(path: string): void {
  closeSync(openSync(path, "a", 0o600));
}

/** What the file system or SQLite threw at a store's file, as a value. */
export function openErrorOf(error: unknown): StoreError {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
    case "EISDIR":
    case "EACCES":
    case "EPERM":
      return { code: "cannot-open", detail: `The store's file cannot be opened: ${String(error)}.` };
    case "EROFS":
      return { code: "read-only", detail: "The store lies on a disk that takes no writing." };
    case "ENOSPC":
      return { code: "disk-full", detail: "The disk is full." };
    default:
      return storeErrorOf(error);
  }
}

/**
 * Makes an open database a store: sets how it writes, makes its tables or brings them to the newest format. Returns why
 * it cannot be one; throws what SQLite throws. The format is read before anything is set, so that a file that is refused
 * stays as it was.
 */
export function prepareStore(database: StoreDatabase, path: string): StoreError | null {
  database.exec("PRAGMA locking_mode = EXCLUSIVE");
  const isNew = isEmpty(database);
  const refusal = isNew ? null : foreignFormat(database);
  if (refusal !== null) return refusal;
  database.exec(storeSettings);
  if (pragma(database, "journal_mode") !== "wal") {
    return {
      code: "cannot-open",
      detail: "This disk cannot hold a store: SQLite keeps no write-ahead log on it.",
    };
  }
  // A process that was killed may have left pages with deleted keys there.
  truncateLog(database);
  if (isNew) database.exec(`BEGIN IMMEDIATE; ${tables} COMMIT`);
  else upgrade(database, path);
  return contradictionIn(database);
}

/** Why this file is no whole store that this version can use, once it has been brought to the newest format. */
export function refusalOf(database: DatabaseSync): StoreError | null {
  const refusal = foreignFormat(database);
  if (refusal !== null) return refusal;
  const found = database.prepare("PRAGMA quick_check(1)").get()?.["quick_check"];
  if (found !== "ok") return { code: "corrupt", detail: "The file is damaged." };
  return contradictionIn(database);
}

/** Step by step to the newest format, after a copy of the store as it was, which the older program can use. */
function upgrade(database: StoreDatabase, path: string): void {
  const before = pragma(database, "user_version");
  if (upgrades.has(before)) copyBefore(database, `${path}.format-${String(before)}`);
  for (;;) {
    const format = pragma(database, "user_version");
    const change = upgrades.get(format);
    if (change === undefined) return;
    database.exec(`BEGIN IMMEDIATE; ${change} PRAGMA user_version = ${Number(format) + 1}; COMMIT`);
  }
}

/** Whole and on the disk, or not under its name. One that is there already is of another day, and stays. */
function copyBefore(database: StoreDatabase, wanted: string): void {
  let copy = wanted;
  for (let n = 2; existsSync(copy); n += 1) copy = `${wanted}-${n}`;
  rmSync(`${copy}.part`, { force: true });
  copyWithoutKeys(database, `${copy}.part`);
  publish(`${copy}.part`, copy);
}

function foreignFormat(database: StoreDatabase): StoreError | null {
  const format = pragma(database, "user_version");
  if (pragma(database, "application_id") !== storeApplicationId) {
    return { code: "corrupt", detail: "This file is not a store of Holdfast." };
  }
  if (format === storeFormat || upgrades.has(format)) return null;
  const detail =
    `This store has format ${String(format)}, written by a newer Holdfast; this one knows formats up to ` +
    `${storeFormat}. Start the newer Holdfast: nothing was changed.`;
  return { code: "newer-format", detail };
}

function isEmpty(database: StoreDatabase): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() === undefined;
}

// One seek a log: a store that lost its newest entries would otherwise sign a second history.
function contradictionIn(database: StoreDatabase): StoreError | null {
  const log = database
    .prepare(
      `SELECT origin FROM log WHERE
         size <> 1 + coalesce((SELECT max(position) FROM entry WHERE log = id), -1)
         OR size <> coalesce((SELECT max(size) FROM checkpoint WHERE log = id), 0)
       LIMIT 1`,
    )
    .get();
  if (log === undefined) return null;
  return { code: "corrupt", detail: `The store contradicts itself about the log ${String(log["origin"])}.` };
}

function pragma(
  database: StoreDatabase,
  name: "application_id" | "user_version" | "journal_mode",
): SQLOutputValue | undefined {
  return database.prepare(`PRAGMA ${name}`).get()?.[name];
}
