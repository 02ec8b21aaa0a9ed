import { assert } from "../../basics/assert.ts";
import type { Name } from "../../basics/name.ts";
import type { Commit } from "../../site/effects.ts";
import type { StoreThread } from "./store.ts";
import { isOfRegion, readsOfRegion } from "./store-reads.ts";

/** What a shell and its fold keeper use of a store. */
export type ShellStore = Pick<
  StoreThread,
  | "commit"
  | "start"
  | "storedLogs"
  | "readRun"
  | "readSlice"
  | "readLeafBytes"
  | "rootsAt"
  | "readCosignatures"
  | "newestCosignatures"
  | "readForks"
  | "readKeyTable"
  | "forEachEntryOf"
>;

/**
 * One region's part of a store that holds several: nothing of another one is read by it, and nothing that it writes
 * touches another one's rows.
 * @param keepsKeys false: keys of cases are not of this region, and neither read nor written
 */
export function regionStore(store: ShellStore, region: Name, keepsKeys: boolean): ShellStore {
  return {
    ...readsOfRegion(store, region),
    commit: (commit, done) => {
      assertWithin(commit, region, keepsKeys);
      store.commit(commit, done);
    },
    start: () => store.start(),
    readLeafBytes: (...args) => store.readLeafBytes(...args),
    rootsAt: (...args) => store.rootsAt(...args),
    readKeyTable: async () =>
      keepsKeys ? store.readKeyTable() : { ok: true, value: { slots: [], erased: [] } },
    forEachEntryOf: (...args) => store.forEachEntryOf(...args),
  };
}

function assertWithin(commit: Commit, region: Name, keepsKeys: boolean): void {
  const { appends, cosignatures, forks, epochs = [], slots = [], erased = [] } = commit;
  const origins = [...appends, ...cosignatures, ...forks.map(({ ours }) => ours)];
  assert(
    origins.every(({ origin }) => isOfRegion(origin, region)),
    "a region writes only its own logs",
  );
  assert(
    keepsKeys || epochs.length + slots.length + erased.length === 0,
    "only the region of this process has devices and keys of cases in its store",
  );
}
