import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { openStoreThread, type StoreThread } from "../../src/anchor/store/store.ts";
import { openStore } from "../../src/anchor/store/store-sqlite.ts";
import { MemoryStore } from "../../src/drill/memory-store.ts";
import type { StoreResult } from "../../src/site/store-port.ts";
import { type StoreUnderTest, storeContract } from "./store-contract.ts";
import { nordKlinik, sampleAppend, sampleCommit, uniKlinik } from "./store-samples.ts";

const folder = mkdtempSync(join(tmpdir(), "holdfast-store-"));
let stores = 0;

afterAll(() => rmSync(folder, { recursive: true }));

function newPath(): string {
  stores += 1;
  return join(folder, `store-${stores}.sqlite`);
}

async function startedThread(path: string): Promise<StoreThread> {
  const opened = await openStoreThread(path, { faults: true });
  if (!opened.ok) throw new Error(opened.error.detail);
  return opened.value;
}

async function threadUnderTest(): Promise<StoreUnderTest> {
  const store = await startedThread(newPath());
  return {
    calls: store,
    commit: (commit) => new Promise((resolve) => store.commit(commit, resolve)),
    reopen: async () => {
      await store.close();
      const started = await store.start();
      expect(started.ok).toBe(true);
    },
    fail: (code) => store.fault({ full: code === "disk-full", readOnly: code === "read-only" }),
    close: () => store.close(),
  };
}

async function memoryUnderTest(): Promise<StoreUnderTest> {
  const store = new MemoryStore((write) => setImmediate(write));
  return {
    calls: store,
    commit: (commit) => new Promise((resolve) => store.commit(commit, resolve)),
    reopen: async () => store.crash(),
    fail: (code) => store.fail(code === null ? null : { code, detail: "The simulated disk fails." }),
    close: async () => {},
  };
}

storeContract("SQLite in a thread", threadUnderTest);
storeContract("memory of the simulation", memoryUnderTest);

// Which of two logs, where it is said to begin (relative to what was appended before), how many entries.
const appendStep = fc.record({
  origin: fc.constantFrom(uniKlinik, nordKlinik),
  shift: fc.constantFrom(0, 0, 0, 0, 1, -1),
  count: fc.integer({ min: 0, max: 6 }),
});
const readStep = fc.record({
  from: fc.integer({ min: 0, max: 20 }),
  entriesMax: fc.integer({ min: 1, max: 20 }),
  bytesMax: fc.integer({ min: 1, max: 2_500 }),
});

test("[STORE10] the simulated store and the real one answer alike, whatever is appended and read", () => {
  fc.assert(
    fc.property(
      fc.array(appendStep, { maxLength: 12 }),
      fc.array(readStep, { maxLength: 6 }),
      (appends, reads) => {
        const real = openStore(newPath());
        if (!real.ok) throw new Error(real.error.detail);
        const simulated = new MemoryStore((write) => write());
        const sizes = { [uniKlinik]: 0, [nordKlinik]: 0 };
        for (const [at, { origin, shift, count }] of appends.entries()) {
          const from = Math.max(0, (sizes[origin] ?? 0) + shift);
          const commit = sampleCommit(at, { appends: [sampleAppend(origin, from, count)] });
          let answer: StoreResult<undefined> | null = null;
          simulated.commit(commit, (result) => {
            answer = result;
          });
          const result = real.value.commit(commit);
          expect(answer).toEqual(result);
          if (result.ok) sizes[origin] = from + count;
        }
        expect(simulated.storedLogs()).toEqual(real.value.storedLogs());
        for (const { from, ...limits } of reads) {
          expect(simulated.readRun(uniKlinik, from, limits)).toEqual(
            real.value.readRun(uniKlinik, from, limits),
          );
          expect(simulated.readSlice(uniKlinik, from, limits)).toEqual(
            real.value.readSlice(uniKlinik, from, limits),
          );
        }
        real.value.close();
      },
    ),
    { numRuns: 200, seed: 1 },
  );
});
