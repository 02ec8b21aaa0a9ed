import type { StoreDatabase } from "../../src/anchor/store/store-schema.ts";
import { prepareStore } from "../../src/anchor/store/store-schema.ts";
import { SqliteStore } from "../../src/anchor/store/store-sqlite.ts";
import { type Random, seededRandom } from "../../src/basics/random.ts";
import { PowerDisk } from "./power-disk.ts";
import type { PowerSqlite } from "./power-sqlite.ts";
import {
  nordKlinik,
  sampleAppend,
  sampleCheckpoint,
  sampleCommit,
  sampleCosignature,
  sampleEntry,
  uniKlinik,
} from "./store-samples.ts";

/*
 * The store of an anchor on a disk whose power is cut, again and again: what was acknowledged is there, and no commit by
 * half.
 */

const path = "store.sqlite";
const cuts = 4;
/** About two thirds of what the making of a store and its first thirty commits ask of a disk. */
const stepsMax = 160;
const commitEntriesMax = 40;

export type Synchronous = "FULL" | "NORMAL";

/** What one seed came to: what is lost or wrong, as a sentence each; empty: nothing. */
export function lossesOf(sqlite: PowerSqlite, seed: number, synchronous: Synchronous): readonly string[] {
  const random = seededRandom(seed);
  const disk = new PowerDisk(random);
  const losses: string[] = [];
  let acknowledged = 0;
  for (let cut = 1; cut <= cuts && losses.length === 0; cut += 1) {
    disk.cutAfter(random.below(stepsMax));
    acknowledged = Math.max(acknowledged, runUntilCut(sqlite, disk, random, synchronous));
    disk.powerOn();
    losses.push(...checkStore(sqlite, disk, acknowledged).map((what) => `seed ${seed}, cut ${cut}: ${what}`));
  }
  return losses;
}

/** Writes until the power goes. Returns the size that was acknowledged last. */
function runUntilCut(sqlite: PowerSqlite, disk: PowerDisk, random: Random, synchronous: Synchronous): number {
  let acknowledged = 0;
  let database: StoreDatabase | null = null;
  try {
    database = sqlite.open(disk, path);
    const refusal = prepareStore(database, path);
    if (refusal !== null) throw new Error(refusal.detail);
    // FULL is what the store itself asks for, and so it is not said here.
    if (synchronous === "NORMAL") database.exec("PRAGMA synchronous = NORMAL");
    database.exec(`PRAGMA wal_autocheckpoint = ${1 + random.below(60)}`);
    const store = new SqliteStore(database);
    for (let size = sizeOf(store); ; ) {
      const next = size + 1 + random.below(commitEntriesMax);
      if (!store.commit(commitOf(size, next)).ok) break;
      acknowledged = next;
      size = next;
    }
  } catch (error) {
    if (!disk.isOff) throw error;
  }
  closeQuietly(database);
  return acknowledged;
}

/** Both logs grow by the same, so that half a commit would show. */
function commitOf(size: number, next: number) {
  return sampleCommit(next, {
    appends: [sampleAppend(uniKlinik, size, next - size), sampleAppend(nordKlinik, size, next - size)],
    cosignatures: [sampleCosignature(uniKlinik, "dispatch/holder", next, size)],
  });
}

function checkStore(sqlite: PowerSqlite, disk: PowerDisk, acknowledged: number): readonly string[] {
  const database = sqlite.open(disk, path);
  try {
    const refusal = prepareStore(database, path);
    if (refusal !== null) return [refusal.detail];
    const [check] = database.prepare("PRAGMA integrity_check").all();
    if (check?.["integrity_check"] !== "ok") return [`integrity: ${JSON.stringify(check)}`];
    return checkRows(new SqliteStore(database), acknowledged);
  } finally {
    database.close();
  }
}

function checkRows(store: SqliteStore<StoreDatabase>, acknowledged: number): readonly string[] {
  const size = sizeOf(store);
  if (size < acknowledged) return [`${acknowledged} entries were acknowledged, ${size} are there`];
  const losses: string[] = [];
  for (const origin of [uniKlinik, nordKlinik]) {
    const entries = store.readLeafBytes(origin, 0, size + 1);
    const wanted = Array.from({ length: size }, (_, position) => sampleEntry(origin, position));
    const isWhole = entries.ok && Buffer.concat(entries.value).equals(Buffer.concat(wanted));
    if (!isWhole) losses.push(`${origin} does not hold its first ${size} entries`);
    const logs = store.storedLogs();
    const log = logs.ok ? logs.value.find((one) => one.origin === origin) : undefined;
    const root = Buffer.from(sampleCheckpoint(origin, size).root);
    if (size > 0 && !(log !== undefined && root.equals(log.checkpoint.root)))
      losses.push(`${origin} has not the checkpoint of ${size}`);
  }
  return losses;
}

function sizeOf(store: SqliteStore<StoreDatabase>): number {
  const logs = store.storedLogs();
  if (!logs.ok) throw new Error(logs.error.detail);
  return logs.value[0]?.checkpoint.size ?? 0;
}

/** A database whose disk has no power cannot say goodbye. */
function closeQuietly(database: StoreDatabase | null): void {
  try {
    database?.close();
  } catch {
    // Nothing was to be expected.
  }
}
