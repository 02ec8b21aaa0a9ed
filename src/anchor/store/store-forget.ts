import type { DatabaseSync } from "node:sqlite";
import { type Name, originPrefix } from "../../basics/name.ts";
import { err, ok } from "../../basics/result.ts";
import type { StoreResult } from "../../site/store-port.ts";
import { storeErrorOf } from "./store-error.ts";

/** Where the store keeps with which key another region's logs were checked. */
export function checkedWith(region: Name): string {
  return `neighbour ${region}`;
}

/**
 * Deletes one log of this region with its receipts and proofs, and that it was checked; false: none is left. One at a
 * time: a commit that waits does not wait for all of them.
 */
export function forgetLog(database: DatabaseSync, region: Name): StoreResult<boolean> {
  try {
    database.exec("BEGIN IMMEDIATE");
    database.prepare("DELETE FROM meta WHERE key = ?").run(checkedWith(region));
    const prefix = `${originPrefix}/${region}/`;
    const log = database
      .prepare("SELECT id FROM log WHERE substr(origin, 1, ?) = ? LIMIT 1")
      .get(prefix.length, prefix)?.["id"];
    if (log !== undefined) {
      for (const table of ["entry", "checkpoint", "cosignature", "fork"])
        database.prepare(`DELETE FROM ${table} WHERE log = ?`).run(log);
      database.prepare("DELETE FROM log WHERE id = ?").run(log);
    }
    database.exec("COMMIT");
    return ok(log !== undefined);
  } catch (error) {
    if (database.isTransaction) database.exec("ROLLBACK");
    return err(storeErrorOf(error));
  }
}
