// Fills the disk under a store, then frees it: prints what was answered meanwhile and what is there afterwards. The folder
// that is named lies on a small disk of its own: see disk-full.test.ts.

import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { openStoreThread, type StoreThread } from "../../src/anchor/store/store.ts";
import { openStore } from "../../src/anchor/store/store-sqlite.ts";
import type { StoreResult } from "../../src/site/store-port.ts";
import { probe, sampleAppend, sampleCommit, uniKlinik } from "./store-samples.ts";

export type DiskFullReport = {
  /** Answered before the disk was full. */
  readonly answered: number;
  /** What the first commit that did not fit was answered with, and a probe after it. */
  readonly codes: readonly string[];
  /** Entries in the store while the disk was full, and after one more commit once there was room again. */
  readonly held: readonly number[];
  /** What SQLite says of the file in the end. */
  readonly integrity: unknown;
};

const entriesACommit = 200;

function commit(store: StoreThread, from: number): Promise<StoreResult<undefined>> {
  const appends = from < 0 ? [] : [sampleAppend(uniKlinik, from, entriesACommit)];
  return new Promise((resolve) => {
    store.commit(from < 0 ? probe : sampleCommit(from + 1, { appends }), resolve);
  });
}

async function heldBy(store: StoreThread): Promise<number> {
  const logs = await store.storedLogs();
  if (!logs.ok) throw new Error(logs.error.detail);
  return logs.value[0]?.checkpoint.size ?? 0;
}

const [folder = ""] = process.argv.slice(2);
const file = join(folder, "store.db");
const filler = join(folder, "filler");
const opened = await openStoreThread(file);
if (!opened.ok) throw new Error(opened.error.detail);
const store = opened.value;
writeFileSync(filler, new Uint8Array(1_000_000));
let answered = 0;
let last = await commit(store, answered);
while (last.ok) {
  answered += entriesACommit;
  last = await commit(store, answered);
}
const full = [last, await commit(store, -1)];
const heldFull = await heldBy(store);
rmSync(filler);
const after = await commit(store, heldFull);
if (!after.ok) throw new Error(`there is room again: ${after.error.detail}`);
await store.close();
const again = openStore(file);
if (!again.ok) throw new Error(again.error.detail);
const logs = again.value.storedLogs();
const report: DiskFullReport = {
  answered,
  codes: full.map((result) => (result.ok ? "written" : result.error.code)),
  held: [heldFull, logs.ok ? (logs.value[0]?.checkpoint.size ?? 0) : 0],
  integrity: again.value.database.prepare("PRAGMA integrity_check").get()?.["integrity_check"],
};
again.value.close();
console.log(JSON.stringify(report));
