import { closeSync, fsyncSync, openSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import type { StoreDatabase } from "./store-schema.ts";

/** Keys of cases, and the word that tells this store from a copy of it. */
const keptBack: ReadonlyMap<string, string> = new Map([
  ["slot", "0"],
  ["meta", "key NOT IN ('marker', 'probe')"],
]);

/**
 * Copies the whole store to a new file as it is at this moment, but for the rows that must never leave it: these are
 * written to no other file, not even to be deleted there.
 */
export function copyWithoutKeys(database: StoreDatabase, file: string): void {
  closeSync(openSync(file, "wx", 0o600));
  database.prepare("ATTACH ? AS copy").run(file);
  try {
    database.exec("PRAGMA copy.journal_mode = OFF; PRAGMA copy.synchronous = OFF; BEGIN IMMEDIATE");
    for (const { name, sql } of tablesOf(database)) {
      database.exec(sql.replace(/^CREATE TABLE /, "CREATE TABLE copy."));
      const where = keptBack.get(name) ?? "1";
      database.exec(`INSERT INTO copy.${name} SELECT * FROM main.${name} WHERE ${where}`);
    }
    database.exec("COMMIT");
    for (const pragma of ["application_id", "user_version"]) {
      const value = database.prepare(`PRAGMA main.${pragma}`).get()?.[pragma];
      database.exec(`PRAGMA copy.${pragma} = ${Number(value)}`);
    }
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  } finally {
    database.exec("DETACH copy");
  }
}

/** Their names and statements are our own, from store-schema.ts. */
function tablesOf(database: StoreDatabase): readonly { readonly name: string; readonly sql: string }[] {
  const rows = database
    .prepare("SELECT name, sql FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all();
  return rows.map(({ name, sql }) => ({ name: String(name), sql: String(sql) }));
}

/** Under its name only when it is on the disk. */
export function publish(part: string, file: string): void {
  const descriptor = openSync(part, "r+");
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(part, file);
  syncFolder(dirname(file));
}

export function syncFolder(folder: string): void {
  const descriptor = openSync(folder, "r");
  fsyncSync(descriptor);
  closeSync(descriptor);
}
