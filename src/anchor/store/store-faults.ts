import process from "node:process";
import type { DatabaseSync } from "node:sqlite";
import type { Commit } from "../../site/effects.ts";
import type { StoreResult } from "../../site/store-port.ts";
import type { StoreFault } from "./store-message.ts";
import type { SqliteStore } from "./store-sqlite.ts";

/** SQLite's own default, 2^32 − 2. */
const pagesMax = 4_294_967_294;
/** More pages than the free list of a test's store holds: hexadecimal digits, two for each byte. */
const ballastBytes = 1_048_576;
/** Whatever a transaction of the store writes, it inserts into one of these. */
const writtenTables = ["checkpoint", "cosignature", "fork", "device", "meta", "slot", "erased_case"] as const;

/**
 * Makes the real SQLite fail on purpose, and the thread slow or dead. For tests and the rehearsal: the failing
 * commit takes the very path that a full or read-only disk gives it.
 */
export class StoreFaults {
  readonly #store: SqliteStore;
  #delayMs = 0;
  #die: StoreFault["die"];

  constructor(store: SqliteStore) {
    this.#store = store;
  }

  set(fault: StoreFault): void {
    if (fault.delayMs !== undefined) this.#delayMs = fault.delayMs;
    if (fault.readOnly !== undefined)
      this.#store.database.exec(`PRAGMA query_only = ${Number(fault.readOnly)}`);
    if (fault.full !== undefined) setFull(this.#store.database, fault.full);
    if (fault.die !== undefined) this.#die = fault.die;
    if (fault.die === "now") endThread();
  }

  commit(commit: Commit): StoreResult<undefined> {
    if (this.#delayMs > 0) sleep(this.#delayMs);
    if (this.#die === "before-commit") endThread();
    const result = this.#store.commit(commit);
    if (this.#die === "after-commit") endThread();
    return result;
  }
}

/**
 * No further page is allowed, and each transaction also asks for a large row, because a small one could still find
 * a place on a page that is there.
 */
function setFull(database: DatabaseSync, full: boolean): void {
  for (const table of writtenTables) database.exec(`DROP TRIGGER IF EXISTS temp.full_${table}`);
  database.exec(`PRAGMA max_page_count = ${pagesMax}`);
  if (!full) return;
  database.exec("PRAGMA max_page_count = 1");
  for (const table of writtenTables) {
    database.exec(`CREATE TEMP TRIGGER full_${table} BEFORE INSERT ON main.${table} BEGIN ${ballast} END`);
  }
}

const ballast = `INSERT INTO meta(key, value) VALUES('ballast', hex(zeroblob(${ballastBytes})));`;

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

// In a worker this ends the thread, not the process.
function endThread(): never {
  process.exit(1);
}
