import { describe, expect, test } from "vitest";
import type { Origin } from "../../src/basics/name.ts";
import { slotKey } from "../../src/log/slot.ts";
import type { Commit, LogAppend } from "../../src/site/effects.ts";
import {
  epochKey,
  type ReadLimits,
  type StoreCalls,
  type StoreErrorCode,
  type StoreResult,
} from "../../src/site/store-port.ts";
import {
  nordKlinik,
  probe,
  sampleAppend,
  sampleCheckpoint,
  sampleCommit,
  sampleCosignature,
  sampleEntry,
  sampleFork,
  sampleSlot,
  uniKlinik,
} from "./store-samples.ts";

/** Calls that a store in this thread answers at once and one in another thread by a promise. */
type Asked<Calls> = {
  readonly [Name in keyof Calls]: Calls[Name] extends (...args: infer Args) => infer Answer
    ? (...args: Args) => Answer | Promise<Answer>
    : never;
};

export type StoreUnderTest = {
  readonly calls: Asked<StoreCalls>;
  commit(commit: Commit): Promise<StoreResult<undefined>>;
  /** What is asked next is asked of a store that was opened anew on the same disk. */
  reopen(): Promise<void>;
  /** From now on the disk has this fault; null ends it. */
  fail(code: DiskFault | null): void;
  close(): Promise<void>;
};

type DiskFault = "disk-full" | "read-only";

type Rule = { readonly name: string; readonly holds: (store: StoreUnderTest) => Promise<void> };

/** What every store must do, whatever it stands on. Each test begins with a new, empty store. */
export function storeContract(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(name, () => {
    for (const rule of [...writing, ...refusals, ...runs, ...reading, ...keeping, ...failing]) {
      test(rule.name, async () => {
        const store = await open();
        await rule.holds(store);
        await store.close();
      });
    }
  });
}

const unlimited = { entriesMax: 1_000, bytesMax: 1_000_000 };
const [holderA, holderB] = ["dispatch-a/holder", "dispatch-b/holder"];

async function committed(store: StoreUnderTest, commit: Commit): Promise<void> {
  expect(await store.commit(commit)).toEqual({ ok: true, value: undefined });
}

/** Three batches of one log: 3, 5 and 2 entries at 1000, 2000 and 3000 ms. */
async function commitThreeBatches(store: StoreUnderTest): Promise<void> {
  await committed(store, sampleCommit(1_000, { appends: [sampleAppend(uniKlinik, 0, 3)] }));
  await committed(store, sampleCommit(2_000, { appends: [sampleAppend(uniKlinik, 3, 5)] }));
  await committed(store, sampleCommit(3_000, { appends: [sampleAppend(uniKlinik, 8, 2)] }));
}

async function value<Value>(answer: StoreResult<Value> | Promise<StoreResult<Value>>): Promise<Value> {
  const result = await answer;
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
}

async function code<Value>(
  answer: StoreResult<Value> | Promise<StoreResult<Value>>,
): Promise<StoreErrorCode | "ok"> {
  const result = await answer;
  return result.ok ? "ok" : result.error.code;
}

async function sizes({ calls }: StoreUnderTest): Promise<Record<Origin, number>> {
  const logs = await value(calls.storedLogs());
  return Object.fromEntries(logs.map((log) => [log.origin, log.checkpoint.size]));
}

const writing: readonly Rule[] = [
  {
    name: "[STORE18] slots are kept by name, the first of each; of an erased case none is kept or taken, also in one commit",
    holds: async (store) => {
      const [a, b] = [sampleSlot("a"), sampleSlot("b")];
      const other = { ...a, box: new Uint8Array(250).fill(9) };
      await committed(store, sampleCommit(1_000, { slots: [a, sampleSlot("a", "evk/box"), b] }));
      await committed(store, sampleCommit(2_000, { slots: [other], erased: [b.case, sampleSlot("c").case] }));
      await committed(
        store,
        sampleCommit(3_000, { slots: [b, sampleSlot("d")], erased: [sampleSlot("d").case] }),
      );
      const kept = {
        slots: [a, sampleSlot("a", "evk/box")],
        erased: ["b", "c", "d"].map((one) => sampleSlot(one).case),
      };
      const sorted = async () => {
        const { slots, erased } = await value(store.calls.readKeyTable());
        return {
          slots: [...slots].sort((x, y) => (slotKey(x) < slotKey(y) ? 1 : -1)),
          erased: [...erased].sort(),
        };
      };
      expect(await sorted()).toEqual(kept);
      await store.reopen();
      expect(await sorted()).toEqual(kept);
    },
  },
  {
    name: "[STORE1] a new store is empty",
    holds: async ({ calls }) => {
      expect(await value(calls.storedLogs())).toEqual([]);
      expect(await value(calls.readRun(uniKlinik, 0, unlimited))).toBeUndefined();
      expect(await value(calls.readSlice(uniKlinik, 0, unlimited))).toMatchObject({ items: [] });
      expect(await value(calls.readLeafBytes(uniKlinik, 0, 5))).toEqual([]);
      expect(await value(calls.readCosignatures(uniKlinik))).toEqual([]);
      expect(await value(calls.newestCosignatures())).toEqual([]);
      expect(await value(calls.readForks())).toEqual([]);
      expect(await value(calls.readKeyTable())).toEqual({ slots: [], erased: [] });
      expect(await value(calls.readMeta("key"))).toBeUndefined();
    },
  },
  {
    name: "[STORE1] what was answered is there after the store is opened anew",
    holds: async (store) => {
      const append = sampleAppend(uniKlinik, 0, 7);
      const cosignatures = [sampleCosignature(uniKlinik, holderA, 7, 1_600_000_000)];
      const forks = [sampleFork(nordKlinik, 4)];
      await committed(store, sampleCommit(5_000, { appends: [append], cosignatures, forks }));
      await value(store.calls.writeMeta("snapshot", "6"));
      await value(store.calls.writeMeta("snapshot", "7"));
      await store.reopen();
      const { origin, checkpoint, range, items } = append;
      expect(await value(store.calls.storedLogs())).toEqual([{ origin, checkpoint, range }]);
      expect(await value(store.calls.readLeafBytes(origin, 0, 7))).toEqual(items);
      expect(await value(store.calls.readCosignatures(origin))).toEqual(cosignatures);
      expect(await value(store.calls.readForks())).toEqual(forks);
      expect(await value(store.calls.readMeta("snapshot"))).toBe("7");
    },
  },
  {
    name: "[STORE1] one commit takes appends of several logs, and two of one log",
    holds: async (store) => {
      const more = [sampleAppend(nordKlinik, 0, 4), sampleAppend(uniKlinik, 2, 3)];
      await committed(store, sampleCommit(1_000, { appends: [sampleAppend(uniKlinik, 0, 2), ...more] }));
      expect(await sizes(store)).toEqual({ [uniKlinik]: 5, [nordKlinik]: 4 });
      const across = [sampleEntry(uniKlinik, 1), sampleEntry(uniKlinik, 2)];
      expect(await value(store.calls.readLeafBytes(uniKlinik, 1, 3))).toEqual(across);
    },
  },
  {
    name: "[STORE2] bytes are copied: the caller's stay usable, and changing them changes nothing stored",
    holds: async (store) => {
      const packet = new Uint8Array(1_000).fill(7);
      const items = [packet.subarray(10, 30)];
      await committed(store, sampleCommit(1_000, { appends: [{ ...sampleAppend(uniKlinik, 0, 1), items }] }));
      expect(items).toEqual([new Uint8Array(20).fill(7)]);
      packet.fill(8);
      expect(await value(store.calls.readLeafBytes(uniKlinik, 0, 1))).toEqual([new Uint8Array(20).fill(7)]);
    },
  },
];

const threeToFive = sampleAppend(uniKlinik, 3, 2);
const refused: readonly (readonly [why: string, append: LogAppend])[] = [
  ["begins after the end", sampleAppend(uniKlinik, 4, 2)],
  ["begins before the end", sampleAppend(uniKlinik, 2, 2)],
  ["has a checkpoint past its end", { ...threeToFive, checkpoint: sampleCheckpoint(uniKlinik, 6) }],
  ["has a tree of another size", { ...threeToFive, range: sampleAppend(uniKlinik, 3, 1).range }],
  ["has no entry", sampleAppend(uniKlinik, 3, 0)],
];

const refusals = refused.map(
  ([why, append]): Rule => ({
    name: `[STORE3] an append that ${why} is refused with everything beside it`,
    holds: async (store) => {
      await committed(store, sampleCommit(1_000, { appends: [sampleAppend(uniKlinik, 0, 3)] }));
      const cosignatures = [sampleCosignature(uniKlinik, holderA, 3, 1)];
      const appends = [sampleAppend(nordKlinik, 0, 2), append];
      expect(await code(store.commit(sampleCommit(2_000, { appends, cosignatures })))).toBe("gap");
      expect(await sizes(store)).toEqual({ [uniKlinik]: 3 });
      expect(await value(store.calls.readLeafBytes(nordKlinik, 0, 9))).toEqual([]);
      expect(await value(store.calls.readCosignatures(uniKlinik))).toEqual([]);
      await committed(store, sampleCommit(3_000, { appends: [threeToFive] }));
    },
  }),
);

const runRows: readonly (ReadLimits & { readonly from: number; readonly end: number })[] = [
  { from: 0, entriesMax: 100, bytesMax: 100_000, end: 10 },
  { from: 0, entriesMax: 9, bytesMax: 100_000, end: 8 },
  { from: 0, entriesMax: 1, bytesMax: 100_000, end: 3 },
  { from: 0, entriesMax: 100, bytesMax: 1, end: 3 },
  // The entries 0 to 7 have 100 to 107 bytes each.
  { from: 0, entriesMax: 100, bytesMax: 828, end: 8 },
  { from: 0, entriesMax: 100, bytesMax: 827, end: 3 },
  { from: 5, entriesMax: 3, bytesMax: 100_000, end: 8 },
  { from: 8, entriesMax: 1, bytesMax: 1, end: 10 },
];

const runs = runRows.map(
  ({ from, end, ...limits }): Rule => ({
    name: `[STORE4] a run from ${from} of ≤ ${limits.entriesMax} entries and ≤ ${limits.bytesMax} bytes ends at ${end}`,
    holds: async (store) => {
      await commitThreeBatches(store);
      const { items } = sampleAppend(uniKlinik, from, end - from);
      const run = { origin: uniKlinik, from, items, checkpoint: sampleCheckpoint(uniKlinik, end) };
      expect(await value(store.calls.readRun(uniKlinik, from, limits))).toEqual(run);
    },
  }),
);

const reading: readonly Rule[] = [
  {
    name: "[STORE4] there is no run from the end of a log",
    holds: async (store) => {
      await commitThreeBatches(store);
      expect(await value(store.calls.readRun(uniKlinik, 10, unlimited))).toBeUndefined();
      expect(await value(store.calls.readRun(uniKlinik, 11, unlimited))).toBeUndefined();
    },
  },
  {
    name: "[STORE5] a slice names for each entry when it became durable here",
    holds: async (store) => {
      await commitThreeBatches(store);
      const { items } = sampleAppend(uniKlinik, 2, 7);
      const storedMs = [1_000, 2_000, 2_000, 2_000, 2_000, 2_000, 3_000];
      const slice = await value(store.calls.readSlice(uniKlinik, 2, { ...unlimited, entriesMax: 7 }));
      expect(slice).toEqual({ origin: uniKlinik, from: 2, items, storedMs });
    },
  },
  {
    name: "[STORE5] a slice ends within its limits, but not before its first entry",
    holds: async (store) => {
      await commitThreeBatches(store);
      const counts = [];
      for (const bytesMax of [1, 200, 201, 302, 303]) {
        const slice = await value(store.calls.readSlice(uniKlinik, 0, { entriesMax: 7, bytesMax }));
        counts.push(slice.items.length);
      }
      expect(counts).toEqual([1, 1, 2, 2, 3]);
    },
  },
];

const keeping: readonly Rule[] = [
  {
    name: "[STORE6] every cosignature is kept once, and the newest of each holder is found",
    holds: async (store) => {
      const newestA = sampleCosignature(uniKlinik, holderA, 3, 60);
      const newestB = sampleCosignature(uniKlinik, holderB, 1, 99);
      const older = [
        sampleCosignature(uniKlinik, holderA, 2, 90),
        sampleCosignature(uniKlinik, holderA, 3, 50),
      ];
      const other = sampleCosignature(nordKlinik, holderA, 1, 70);
      await committed(store, sampleCommit(1_000, { cosignatures: [newestB, newestA, ...older] }));
      await committed(store, sampleCommit(2_000, { cosignatures: [...older, newestA, newestB, other] }));
      expect(await value(store.calls.readCosignatures(uniKlinik))).toEqual([...older, newestA, newestB]);
      expect(await value(store.calls.newestCosignatures())).toEqual([newestA, newestB, other]);
      expect(await value(store.calls.storedLogs())).toEqual([]);
    },
  },
  {
    name: "[STORE6] every fork proof is kept once",
    holds: async (store) => {
      const path = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
      const rootAtOurs = new Uint8Array(32).fill(3);
      const sameSize = sampleFork(uniKlinik, 3);
      const forks = [sameSize, { ...sameSize, theirs: sampleCheckpoint(uniKlinik, 9), rootAtOurs, path }];
      await committed(store, sampleCommit(1_000, { forks }));
      await committed(store, sampleCommit(2_000, { forks }));
      const stored = await value(store.calls.readForks());
      expect(stored).toHaveLength(2);
      expect(stored).toEqual(expect.arrayContaining(forks));
    },
  },
  {
    name: "[STORE6] of two proofs with the same checkpoints the one that shows less in common is kept",
    holds: async (store) => {
      const coarse = sampleFork(uniKlinik, 9);
      const branch = (fill: number, length: number) => ({
        root: new Uint8Array(32).fill(fill),
        path: Array.from({ length }, (_, at) => new Uint8Array(32).fill(at)),
      });
      const fine = { ...coarse, first: { size: 4, ours: branch(1, 3), theirs: branch(2, 0) } };
      const finest = { ...coarse, first: { ...fine.first, size: 2 } };
      for (const forks of [[coarse], [fine], [finest, fine], [coarse]])
        await committed(store, sampleCommit(1_000, { forks }));
      expect(await value(store.calls.readForks())).toEqual([finest]);
      await store.reopen();
      expect(await value(store.calls.readForks())).toEqual([finest]);
    },
  },
  {
    name: "[STORE1] the epoch in which a device goes on is stored with the commit that says so",
    holds: async (store) => {
      const device = "uni-klinik/lifeboat";
      const epochs = [{ device, epoch: "2-0000beef" }];
      const gap = sampleCommit(1_000, { appends: [sampleAppend(uniKlinik, 5, 1)], epochs });
      expect(await code(store.commit(gap))).toBe("gap");
      expect(await value(store.calls.readMeta(epochKey(device)))).toBeUndefined();
      await committed(store, sampleCommit(1_000, { epochs }));
      await store.reopen();
      expect(await value(store.calls.readMeta(epochKey(device)))).toBe("2-0000beef");
    },
  },
  {
    name: "[STORE7] a boot number is given once to each device, across starts",
    holds: async (store) => {
      expect(await value(store.calls.nextBoot("uni-klinik/lifeboat"))).toBe(1);
      expect(await value(store.calls.nextBoot("uni-klinik/lifeboat"))).toBe(2);
      expect(await value(store.calls.nextBoot("nord-klinik/lifeboat"))).toBe(1);
      await store.reopen();
      expect(await value(store.calls.nextBoot("uni-klinik/lifeboat"))).toBe(3);
    },
  },
];

const diskFaults: readonly DiskFault[] = ["disk-full", "read-only"];

const failing: readonly Rule[] = [
  ...diskFaults.map(
    (fault): Rule => ({
      name: `[STORE8] while the disk says ${fault} nothing is stored, a probe says so, and afterwards all goes on`,
      holds: async (store) => {
        await committed(store, sampleCommit(1_000, { appends: [sampleAppend(uniKlinik, 0, 3)] }));
        const cosignatures = [sampleCosignature(uniKlinik, holderA, 3, 1)];
        const next = sampleCommit(2_000, { appends: [sampleAppend(uniKlinik, 3, 1)], cosignatures });
        store.fail(fault);
        expect(await code(store.commit(next))).toBe(fault);
        expect(await code(store.commit(probe))).toBe(fault);
        expect(await code(store.calls.nextBoot("uni-klinik/lifeboat"))).toBe(fault);
        expect(await code(store.calls.writeMeta("key", "value"))).toBe(fault);
        expect(await sizes(store)).toEqual({ [uniKlinik]: 3 });
        expect(await value(store.calls.readCosignatures(uniKlinik))).toEqual([]);
        store.fail(null);
        await committed(store, probe);
        await committed(store, next);
        await store.reopen();
        expect(await sizes(store)).toEqual({ [uniKlinik]: 4 });
      },
    }),
  ),
  {
    name: "[STORE9] answers come in the order of the questions",
    holds: async (store) => {
      const order: string[] = [];
      const first = store.commit(sampleCommit(1_000, { appends: [sampleAppend(uniKlinik, 0, 3)] }));
      const second = store.commit(sampleCommit(2_000, { appends: [sampleAppend(uniKlinik, 3, 3)] }));
      await Promise.all([first.then(() => order.push("first")), second.then(() => order.push("second"))]);
      expect(order).toEqual(["first", "second"]);
      expect(await sizes(store)).toEqual({ [uniKlinik]: 6 });
    },
  },
];
