// Commits for ever and says after each commit what was acknowledged, until it is killed: see store-crash.test.ts.

import { writeSync } from "node:fs";
import process from "node:process";
import { openStoreThread, type StoreThread } from "../../src/anchor/store/store.ts";
import { nordKlinik, sampleAppend, sampleCommit, sampleCosignature, uniKlinik } from "./store-samples.ts";

async function start(path: string): Promise<{ store: StoreThread; size: number }> {
  const store = await openStoreThread(path);
  if (!store.ok) throw new Error(store.error.detail);
  const logs = await store.value.storedLogs();
  if (!logs.ok) throw new Error(logs.error.detail);
  return { store: store.value, size: logs.value[0]?.checkpoint.size ?? 0 };
}

/** Both logs grow by the same, so that half a commit would show. */
function commitNext(store: StoreThread, size: number): void {
  const count = 1 + (size % 40);
  const commit = sampleCommit(size + 1, {
    appends: [sampleAppend(uniKlinik, size, count), sampleAppend(nordKlinik, size, count)],
    cosignatures: [sampleCosignature(uniKlinik, "dispatch/holder", size + count, size)],
  });
  store.commit(commit, (result) => {
    if (!result.ok) throw new Error(result.error.detail);
    // Synchronously: what was printed has left this process before it can be killed.
    writeSync(process.stdout.fd, `${size + count}\n`);
    commitNext(store, size + count);
  });
}

const [path = ""] = process.argv.slice(2);
const { store, size } = await start(path);
commitNext(store, size);
