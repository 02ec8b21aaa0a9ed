import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { assert, present } from "../../basics/assert.ts";
import { concatBytes } from "../../basics/bytes.ts";
import type { DeviceId, Origin } from "../../basics/name.ts";
import { err, ok } from "../../basics/result.ts";
import type { SignedCheckpoint } from "../../log/checkpoint.ts";
import type { Cosignature } from "../../log/cosignature.ts";
import { hashBytes } from "../../log/crypto.ts";
import type { Branch, Commit, ForkProof, LogAppend, StoredLog, StoredRun } from "../../site/effects.ts";
import {
  type EntrySlice,
  epochKey,
  gapOf,
  type ReadLimits,
  type StoreCalls,
  type StoredKeys,
  type StoreResult,
} from "../../site/store-port.ts";
import { storeErrorOf } from "./store-error.ts";
import { overwriteDeleted, readKeyRows, touchesKeys, truncateLog, writeKeys } from "./store-keys.ts";
import { openDatabase, type StoreDatabase, type StoreStatement } from "./store-schema.ts";

/** The log of one statement's row, and what the store holds of it. */
type LogRow = { readonly id: number; readonly origin: Origin; readonly size: number };

type Row = Record<string, SQLOutputValue>;

/**
 * A commit that carries nothing writes as much as the largest one could, always something new: on a full disk a small
 * row still finds room inside the files, and SQLite does not write what is already there.
 */
const probeBytes = 1_048_576;

/** Opens or makes the store of one anchor process. It blocks its thread; see store.ts for the one that does not. */
export function openStore(path: string): StoreResult<SqliteStore> {
  const database = openDatabase(path);
  return database.ok ? ok(new SqliteStore(database.value)) : database;
}

/** Every call is one transaction; see {@link StoreCalls} for what each promises. */
export class SqliteStore<Database extends StoreDatabase = DatabaseSync> implements StoreCalls {
  readonly database: Database;
  readonly #statements: Statements;
  /** Keys were deleted, and the disk has not let go of the pages in its write-ahead log. */
  #mustTruncate = false;

  constructor(database: Database) {
    this.database = database;
    this.#statements = prepareStatements(database);
  }

  /** Ends the database's use of the file; nothing may be called afterwards. */
  close(): void {
    this.database.close();
  }

  /** As StoreCommit of the port, answering at once. */
  commit(commit: Commit): StoreResult<undefined> {
    if (!touchesKeys(commit) && !this.#mustTruncate) return this.#write(commit);
    overwriteDeleted(this.database, true);
    const result = this.#write(commit);
    overwriteDeleted(this.database, false);
    if (result.ok && (commit.erased ?? []).length > 0) this.#mustTruncate = true;
    if (this.#mustTruncate) this.#mustTruncate = !truncateLog(this.database);
    return result;
  }

  #write(commit: Commit): StoreResult<undefined> {
    return this.#transact(() => {
      for (const append of commit.appends) {
        const appended = this.#append(append, commit.storedMs);
        if (!appended.ok) return appended;
      }
      for (const cosignature of commit.cosignatures) this.#keepCosignature(cosignature);
      for (const fork of commit.forks) this.#keepFork(fork);
      for (const { device, epoch } of commit.epochs ?? [])
        this.#statements.setMeta.run(epochKey(device), epoch);
      if (touchesKeys(commit)) writeKeys(this.database, commit);
      if (isEmpty(commit)) this.#statements.probe.run(probeBytes / 2);
      return ok(undefined);
    });
  }

  storedLogs(): StoreResult<readonly StoredLog[]> {
    return attempt(() => this.#statements.logs.all().map((row) => storedLogOf(row)));
  }

  readRun(origin: Origin, from: number, limits: ReadLimits): StoreResult<StoredRun | undefined> {
    return attempt(() => {
      const log = this.#log(origin);
      const first = log && this.#statements.firstCheckpointAfter.get(log.id, from);
      if (log === undefined || first === undefined) return undefined;
      const items = this.#entries(log, from, limits, integer(first, "size") - from);
      const last = this.#statements.lastCheckpointUpTo.get(log.id, from + items.length);
      const checkpoint = checkpointOf(origin, present(last, "a checkpoint within what was read"));
      return { origin, from, items: items.slice(0, checkpoint.size - from), checkpoint };
    });
  }

  readSlice(origin: Origin, from: number, limits: ReadLimits): StoreResult<EntrySlice> {
    return attempt(() => {
      const log = this.#log(origin);
      const items = log === undefined ? [] : this.#entries(log, from, limits, 1);
      return {
        origin,
        from,
        items,
        storedMs: log === undefined ? [] : this.#storedMs(log, from, items.length),
      };
    });
  }

  readLeafBytes(origin: Origin, from: number, to: number): StoreResult<readonly Uint8Array[]> {
    return attempt(() => {
      const log = this.#log(origin);
      return log === undefined ? [] : this.#statements.entries.all(log.id, from, to).map(entryBytesOf);
    });
  }

  rootsAt(logs: readonly (readonly [Origin, number])[]): StoreResult<readonly (Uint8Array | null)[]> {
    return attempt(() =>
      logs.map(([origin, size]) => {
        const row = this.#statements.rootAt.get(origin, size);
        return row === undefined ? null : blob(row, "root");
      }),
    );
  }

  readCosignatures(origin: Origin): StoreResult<readonly Cosignature[]> {
    return attempt(() => {
      const log = this.#log(origin);
      return log === undefined ? [] : this.#statements.cosignatures.all(log.id).map(cosignatureOf(origin));
    });
  }

  newestCosignatures(): StoreResult<readonly Cosignature[]> {
    return attempt(() =>
      this.#statements.origins
        .all()
        .map(logRowOf)
        .flatMap((log) => this.#newestCosignatures(log)),
    );
  }

  readForks(): StoreResult<readonly ForkProof[]> {
    return attempt(() => this.#statements.forks.all().map(forkOf));
  }

  readKeyTable(): StoreResult<StoredKeys> {
    return attempt(() => readKeyRows(this.database));
  }

  nextBoot(device: DeviceId): StoreResult<number> {
    return this.#transact(() => {
      const row = this.#statements.nextBoot.get(device);
      return ok(integer(present(row, "the row just written"), "boot"));
    });
  }

  readMeta(key: string): StoreResult<string | undefined> {
    return attempt(() => {
      const row = this.#statements.meta.get(key);
      return row === undefined ? undefined : text(row, "value");
    });
  }

  writeMeta(key: string, value: string): StoreResult<undefined> {
    return this.#transact(() => {
      this.#statements.setMeta.run(key, value);
      return ok(undefined);
    });
  }

  #append(append: LogAppend, storedMs: number): StoreResult<undefined> {
    const { origin, from, items, checkpoint, range } = append;
    const log = this.#logOrNew(origin);
    const gap = gapOf(append, log.size);
    if (gap !== null) return err(gap);
    const { addEntry, addCheckpoint, setLog } = this.#statements;
    let position = from;
    for (const bytes of items) {
      addEntry.run(log.id, position, bytes);
      position += 1;
    }
    addCheckpoint.run(log.id, checkpoint.size, checkpoint.root, checkpoint.signature, storedMs);
    setLog.run(range.size, concatBytes(...range.hashes), log.id);
    return ok(undefined);
  }

  #keepCosignature(cosignature: Cosignature): void {
    const { origin, holder, size, timeS, root, signature } = cosignature;
    this.#statements.addCosignature.run(this.#logOrNew(origin).id, holder, size, timeS, root, signature);
  }

  #keepFork(fork: ForkProof): void {
    const { ours, theirs, rootAtOurs, path, first } = fork;
    const log = this.#logOrNew(ours.origin);
    const columns = [ours.size, ours.root, ours.signature, theirs.size, theirs.root, theirs.signature];
    const parted =
      first === undefined ? [null, null, null] : [first.size, packed(first.ours), packed(first.theirs)];
    this.#statements.addFork.run(log.id, ...columns, rootAtOurs, concatBytes(...path), ...parted);
  }

  #log(origin: Origin): LogRow | undefined {
    const row = this.#statements.log.get(origin);
    return row === undefined ? undefined : logRowOf(row);
  }

  // A log of size 0 is one that others have told of (a receipt, a fork proof) before its first entry came.
  #logOrNew(origin: Origin): LogRow {
    return (
      this.#log(origin) ?? logRowOf(present(this.#statements.addLog.get(origin), "the row just written"))
    );
  }

  /** Stops before the entry that would pass the limits, but never before `itemsMin` are read. */
  #entries(log: LogRow, from: number, limits: ReadLimits, itemsMin: number): Uint8Array[] {
    assert(limits.entriesMax >= 1 && limits.bytesMax >= 1, "room for one entry");
    const items: Uint8Array[] = [];
    let bytesTotal = 0;
    const to = from + Math.max(limits.entriesMax, itemsMin);
    for (const row of this.#statements.entries.iterate(log.id, from, to)) {
      const item = entryBytesOf(row);
      bytesTotal += item.length;
      if (bytesTotal > limits.bytesMax && items.length >= itemsMin) break;
      items.push(item);
    }
    return items;
  }

  #storedMs(log: LogRow, from: number, count: number): number[] {
    const storedMs: number[] = [];
    for (const row of this.#statements.checkpointsAfter.iterate(log.id, from)) {
      if (storedMs.length === count) break;
      const itemsUpTo = Math.min(integer(row, "size") - from, count);
      while (storedMs.length < itemsUpTo) storedMs.push(integer(row, "stored_ms"));
    }
    return storedMs;
  }

  #newestCosignatures(log: LogRow): Cosignature[] {
    const { nextHolder, newestCosignature } = this.#statements;
    const newest: Cosignature[] = [];
    let row = nextHolder.get(log.id, "");
    while (row !== undefined) {
      const holder = text(row, "holder");
      const cosignature = newestCosignature.get(log.id, holder);
      newest.push(cosignatureOf(log.origin)(present(cosignature, "a cosignature of this holder")));
      row = nextHolder.get(log.id, holder);
    }
    return newest;
  }

  #transact<Value>(body: () => StoreResult<Value>): StoreResult<Value> {
    const { begin, commit, rollback } = this.#statements;
    try {
      begin.run();
      const result = body();
      (result.ok ? commit : rollback).run();
      return result;
    } catch (error) {
      if (this.database.isTransaction) rollback.run();
      return err(storeErrorOf(error));
    }
  }
}

function attempt<Value>(read: () => Value): StoreResult<Value> {
  try {
    return ok(read());
  } catch (error) {
    return err(storeErrorOf(error));
  }
}

function isEmpty(commit: Commit): boolean {
  const { appends, cosignatures, forks, epochs = [] } = commit;
  const parts = appends.length + cosignatures.length + forks.length + epochs.length;
  return parts === 0 && !touchesKeys(commit);
}

type Statements = { readonly [Name in keyof typeof sql]: StoreStatement };

/** Prepared once: parsing would cost more than the statement. */
const sql = {
  begin: "BEGIN IMMEDIATE",
  commit: "COMMIT",
  rollback: "ROLLBACK",
  log: "SELECT id, origin, size FROM log WHERE origin = ?",
  addLog: "INSERT INTO log(origin, size, range) VALUES(?, 0, x'') RETURNING id, origin, size",
  setLog: "UPDATE log SET size = ?, range = ? WHERE id = ?",
  origins: "SELECT id, origin, size FROM log ORDER BY id",
  logs: `SELECT origin, size, range, root, signature FROM log JOIN checkpoint USING(size)
    WHERE checkpoint.log = log.id ORDER BY id`,
  addEntry: "INSERT INTO entry(log, position, bytes) VALUES(?, ?, ?)",
  entries: "SELECT bytes FROM entry WHERE log = ? AND position >= ? AND position < ? ORDER BY position",
  addCheckpoint: "INSERT INTO checkpoint(log, size, root, signature, stored_ms) VALUES(?, ?, ?, ?, ?)",
  rootAt: `SELECT root FROM checkpoint JOIN log ON log.id = checkpoint.log
    WHERE origin = ? AND checkpoint.size = ?`,
  firstCheckpointAfter: "SELECT size FROM checkpoint WHERE log = ? AND size > ? ORDER BY size LIMIT 1",
  lastCheckpointUpTo: `SELECT size, root, signature FROM checkpoint WHERE log = ? AND size <= ?
    ORDER BY size DESC LIMIT 1`,
  checkpointsAfter: "SELECT size, stored_ms FROM checkpoint WHERE log = ? AND size > ? ORDER BY size",
  // The same receipt comes by several ways.
  addCosignature: `INSERT OR IGNORE INTO cosignature(log, holder, size, time_s, root, signature)
    VALUES(?, ?, ?, ?, ?, ?)`,
  cosignatures: `SELECT holder, size, time_s, root, signature FROM cosignature WHERE log = ?
    ORDER BY holder, size, time_s`,
  nextHolder: "SELECT holder FROM cosignature WHERE log = ? AND holder > ? ORDER BY holder LIMIT 1",
  newestCosignature: `SELECT holder, size, time_s, root, signature FROM cosignature WHERE log = ? AND holder = ?
    ORDER BY size DESC, time_s DESC LIMIT 1`,
  // Of two proofs with the same checkpoints the one that shows the earlier difference says more.
  addFork: `INSERT INTO fork VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
    SET first_size = excluded.first_size, first_ours = excluded.first_ours, first_theirs = excluded.first_theirs
    WHERE excluded.first_size < coalesce(first_size, ours_size)`,
  forks: "SELECT origin, fork.* FROM fork JOIN log ON log.id = fork.log",
  nextBoot: `INSERT INTO device(device, boot) VALUES(?, 1)
    ON CONFLICT(device) DO UPDATE SET boot = boot + 1 RETURNING boot`,
  meta: "SELECT value FROM meta WHERE key = ?",
  // Hexadecimal: two bytes of text for one of randomness.
  probe: "INSERT OR REPLACE INTO meta(key, value) VALUES('probe', hex(randomblob(?)))",
  setMeta: "INSERT INTO meta(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
} as const;

function prepareStatements(database: StoreDatabase): Statements {
  const prepared = Object.entries(sql).map(([name, text]) => [name, database.prepare(text)]);
  // The names are the keys of `sql`.
  return Object.fromEntries(prepared) as Statements;
}

function logRowOf(row: Row): LogRow {
  return { id: integer(row, "id"), origin: text(row, "origin"), size: integer(row, "size") };
}

function storedLogOf(row: Row): StoredLog {
  const origin = text(row, "origin");
  const checkpoint = checkpointOf(origin, row);
  return { origin, checkpoint, range: { size: checkpoint.size, hashes: hashesOf(blob(row, "range")) } };
}

function checkpointOf(origin: Origin, row: Row): SignedCheckpoint {
  return { origin, size: integer(row, "size"), root: blob(row, "root"), signature: blob(row, "signature") };
}

function cosignatureOf(origin: Origin): (row: Row) => Cosignature {
  return (row) => ({
    ...checkpointOf(origin, row),
    holder: text(row, "holder"),
    timeS: integer(row, "time_s"),
  });
}

function forkOf(row: Row): ForkProof {
  const origin = text(row, "origin");
  const side = (name: "ours" | "theirs"): SignedCheckpoint => ({
    origin,
    size: integer(row, `${name}_size`),
    root: blob(row, `${name}_root`),
    signature: blob(row, `${name}_signature`),
  });
  const path = hashesOf(blob(row, "path"));
  const proof = { ours: side("ours"), theirs: side("theirs"), rootAtOurs: blob(row, "root_at_ours"), path };
  if (row["first_size"] === null) return proof;
  const first = {
    size: integer(row, "first_size"),
    ours: branchOf(blob(row, "first_ours")),
    theirs: branchOf(blob(row, "first_theirs")),
  };
  return { ...proof, first };
}

/** A branch as its root and then its path, hash after hash. */
function packed({ root, path }: Branch): Uint8Array {
  return concatBytes(root, ...path);
}

function branchOf(bytes: Uint8Array): Branch {
  const [root, ...path] = hashesOf(bytes);
  return { root: present(root, "a branch begins with its root"), path };
}

function hashesOf(bytes: Uint8Array): Uint8Array[] {
  const hashes: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += hashBytes) hashes.push(bytes.slice(at, at + hashBytes));
  return hashes;
}

function entryBytesOf(row: Row): Uint8Array {
  return blob(row, "bytes");
}

// The tables are STRICT: another type is a mistake in a statement.
function integer(row: Row, column: string): number {
  const value = row[column];
  assert(typeof value === "number", `the column ${column} is an integer`);
  return value;
}

function text(row: Row, column: string): string {
  const value = row[column];
  assert(typeof value === "string", `the column ${column} is text`);
  return value;
}

function blob(row: Row, column: string): Uint8Array {
  const value = row[column];
  assert(value instanceof Uint8Array, `the column ${column} is bytes`);
  return value;
}
