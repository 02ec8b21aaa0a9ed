import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test, vi } from "vitest";
import {
  nordKlinik,
  probe,
  sampleAppend,
  sampleCommit,
  sampleEntry,
  uniKlinik,
} from "../../../test/contract/store-samples.ts";
import type { Commit } from "../../site/effects.ts";
import type { StoreError, StoreResult } from "../../site/store-port.ts";
import { openStoreThread, type StoreThread } from "./store.ts";

// What every store promises is in test/contract/; here is what only a store in a thread can do.

const folder = mkdtempSync(join(tmpdir(), "holdfast-thread-"));
let stores = 0;

afterAll(() => rmSync(folder, { recursive: true }));

function newPath(): string {
  stores += 1;
  return join(folder, `store-${stores}.sqlite`);
}

async function started(path: string, onDied: (error: StoreError) => void = () => {}): Promise<StoreThread> {
  const opened = await openStoreThread(path, { faults: true, onDied });
  if (!opened.ok) throw new Error(opened.error.detail);
  return opened.value;
}

function commitOn(store: StoreThread, commit: Commit): Promise<StoreResult<undefined>> {
  return new Promise((resolve) => store.commit(commit, resolve));
}

const firstBatch = sampleCommit(1_000, { appends: [sampleAppend(uniKlinik, 0, 3)] });

describe("the store's thread", () => {
  test.each([
    { die: "before-commit", sizes: [] },
    { die: "after-commit", sizes: [3] },
  ] as const)(
    "[STORE11] dying $die it answers nobody, and a fresh one knows what was stored",
    async (row) => {
      const onDied = vi.fn<(error: StoreError) => void>();
      const store = await started(newPath(), onDied);
      store.fault({ die: row.die });
      const waiting = [commitOn(store, firstBatch), commitOn(store, probe), store.readMeta("key")];
      for (const answer of waiting) expect(await answer).toMatchObject({ error: { code: "thread-died" } });
      expect(onDied.mock.calls).toMatchObject([[{ code: "thread-died" }]]);
      expect(await commitOn(store, firstBatch)).toMatchObject({ error: { code: "thread-died" } });
      expect(await store.start()).toMatchObject({ ok: true });
      const logs = await store.storedLogs();
      expect(logs.ok && logs.value.map((log) => log.checkpoint.size)).toEqual(row.sizes);
      await store.close();
    },
  );

  test("[STORE11] dying between two commits it is noticed at once", async () => {
    const died = new Promise<StoreError>((resolve) => {
      void started(newPath(), resolve).then((store) => store.fault({ die: "now" }));
    });
    expect(await died).toMatchObject({ code: "thread-died" });
  });

  test("[STORE12] a slow disk holds up the answer, never the main thread", async () => {
    const store = await started(newPath());
    store.fault({ delayMs: 400 });
    const begin = performance.now();
    let ticks = 0;
    const ticking = setInterval(() => {
      ticks += 1;
    }, 10);
    expect(await commitOn(store, firstBatch)).toMatchObject({ ok: true });
    clearInterval(ticking);
    expect(performance.now() - begin).toBeGreaterThanOrEqual(399);
    expect(ticks).toBeGreaterThan(10);
    store.fault({ delayMs: 0 });
    await store.close();
  });

  test("closing answers what was asked before, and says nothing of dying", async () => {
    const onDied = vi.fn();
    const store = await started(newPath(), onDied);
    const committed = commitOn(store, firstBatch);
    await store.close();
    await store.close();
    expect(await committed).toMatchObject({ ok: true });
    expect(await store.storedLogs()).toMatchObject({ error: { code: "thread-died" } });
    expect(onDied).not.toHaveBeenCalled();
  });

  test("starting it while it runs changes nothing", async () => {
    const store = await started(newPath());
    expect(await store.start()).toMatchObject({ ok: true });
    expect(await commitOn(store, firstBatch)).toMatchObject({ ok: true });
    await store.close();
  });

  test("a store that cannot be opened is an error, and nothing died", async () => {
    const onDied = vi.fn();
    const opened = await openStoreThread(join(folder, "no", "such", "folder"), { onDied });
    expect(opened).toMatchObject({ error: { code: "cannot-open" } });
    expect(onDied).not.toHaveBeenCalled();
  });

  test("faults are for tests: a store that was not opened for them refuses", async () => {
    const opened = await openStoreThread(newPath());
    if (!opened.ok) throw new Error(opened.error.detail);
    expect(() => opened.value.fault({ full: true })).toThrow("invariant broken");
    await opened.value.close();
  });
});

describe("[STORE13] every stored entry, for folding", () => {
  test("once, each log in its order, over many slices, from any position", async () => {
    const store = await started(newPath());
    await commitOn(store, sampleCommit(1_000, { appends: [sampleAppend(nordKlinik, 0, 1_500)] }));
    await commitOn(store, sampleCommit(2_000, { appends: [sampleAppend(uniKlinik, 0, 2)] }));
    await commitOn(store, sampleCommit(3_000, { appends: [sampleAppend(nordKlinik, 1_500, 700)] }));
    const seen: [origin: string, index: number, storedMs: number][] = [];
    for (const [origin, from] of [
      [uniKlinik, 0],
      [nordKlinik, 0],
    ] as const) {
      const result = await store.forEachEntryOf(origin, from, (index, bytes, storedMs) => {
        if (Buffer.compare(bytes, sampleEntry(origin, index)) === 0) seen.push([origin, index, storedMs]);
      });
      expect(result).toEqual({ ok: true, value: undefined });
    }
    expect(seen).toHaveLength(2_202);
    expect(seen.slice(0, 3)).toEqual([
      [uniKlinik, 0, 2_000],
      [uniKlinik, 1, 2_000],
      [nordKlinik, 0, 1_000],
    ]);
    expect(seen.slice(2).map(([, index]) => index)).toEqual(Array.from({ length: 2_200 }, (_, at) => at));
    expect(seen.at(1_501)).toEqual([nordKlinik, 1_499, 1_000]);
    expect(seen.at(1_502)).toEqual([nordKlinik, 1_500, 3_000]);
    const late: number[] = [];
    await store.forEachEntryOf(nordKlinik, 1_400, (index) => late.push(index));
    expect([late.length, late[0], late.at(-1)]).toEqual([800, 1_400, 2_199]);
    await store.close();
  });

  test("a thread that dies on the way is an error", async () => {
    const store = await started(newPath());
    const more = [...firstBatch.appends, sampleAppend(nordKlinik, 0, 3_000)];
    await commitOn(store, { ...firstBatch, appends: more });
    const reading = store.forEachEntryOf(nordKlinik, 0, () => store.fault({ die: "now" }));
    expect(await reading).toMatchObject({ error: { code: "thread-died" } });
  });
});
