import { assert } from "../../basics/assert.ts";
import type { Commit } from "../../site/effects.ts";
import type { StoredKeys } from "../../site/store-port.ts";
import type { StoreDatabase } from "./store-schema.ts";

/*
 * The key table (store-schema.ts). Its rows are overwritten when they are deleted or moved, also where SQLite splits a
 * page, so this is on for every transaction that touches it and off for all others, which it would slow down.
 */

export function touchesKeys({ slots = [], erased = [] }: Pick<Commit, "slots" | "erased">): boolean {
  return slots.length + erased.length > 0;
}

/** To be called before the transaction begins. */
export function overwriteDeleted(database: StoreDatabase, isOn: boolean): void {
  database.exec(`PRAGMA secure_delete = ${isOn ? "ON" : "OFF"}`);
}

/** Part of a transaction: slots first, then erasures. A slot that is there stays; of an erased case none is taken. */
export function writeKeys(database: StoreDatabase, { slots = [], erased = [] }: Partial<StoredKeys>): void {
  const add = database.prepare(`INSERT OR IGNORE INTO slot(case_id, reader, wrapper, box, signature)
    SELECT ?1, ?2, ?3, ?4, ?5 WHERE NOT EXISTS (SELECT 1 FROM erased_case WHERE case_id = ?1)`);
  for (const { case: id, to, by, box, signature } of slots) add.run(id, to, by, box, signature);
  const drop = database.prepare("DELETE FROM slot WHERE case_id = ?");
  const remember = database.prepare("INSERT OR IGNORE INTO erased_case(case_id) VALUES(?)");
  for (const id of erased) {
    drop.run(id);
    remember.run(id);
  }
}

/**
 * Moves what the write-ahead log holds into the file and cuts the log to nothing: older pages, with what was deleted since,
 * are gone with it. False: the disk did not let it.
 */
export function truncateLog(database: StoreDatabase): boolean {
  try {
    return database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get()?.["busy"] === 0;
  } catch {
    return false;
  }
}

export function readKeyRows(database: StoreDatabase): StoredKeys {
  const rows = database.prepare("SELECT case_id, reader, wrapper, box, signature FROM slot").all();
  const slots = rows.map(({ case_id: id, reader: to, wrapper: by, box, signature }) => {
    // The table is STRICT: another type is a mistake in a statement.
    assert(box instanceof Uint8Array && signature instanceof Uint8Array, "a slot is bytes");
    return { case: String(id), to: String(to), by: String(by), box, signature };
  });
  const erased = database.prepare("SELECT case_id FROM erased_case").all();
  return { slots, erased: erased.map((row) => String(row["case_id"])) };
}

/** What is set aside keeps no key. */
export function dropAllSlots(database: StoreDatabase): void {
  overwriteDeleted(database, true);
  database.exec("DELETE FROM slot");
  truncateLog(database);
}
