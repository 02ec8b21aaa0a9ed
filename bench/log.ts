// npm run bench -- log [--json] [--seed N]: what a log costs over bare SQLite. In each repeat, by turns on one disk:
// single facts on an idle store, a raw one and a real one; raw batches (the entries' bytes alone into the same table,
// with the same settings and transactions) and appends (tree, signed checkpoint, store thread); raw batches and ingest
// (packet, canonical JSON, tree, signature, store thread). Then once: a catch-up between two processes, the same
// with hypercore where its package can be had, single signatures
// verified, and a store of a million facts opened by an anchor without and with a snapshot. Exit 1 outside the budget.

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import { nodeCrypto, nodeSigner } from "../src/anchor/crypto-node.ts";
import { openStoreThread, type StoreThread } from "../src/anchor/store/store.ts";
import { entryTable, storeSettings } from "../src/anchor/store/store-schema.ts";
import { toHex } from "../src/basics/bytes.ts";
import type { Origin } from "../src/basics/name.ts";
import { seededRandom } from "../src/basics/random.ts";
import type { Result } from "../src/basics/result.ts";
import { type HeldLog, verifyRun } from "../src/exchange/ingest.ts";
import { decodePacket, encodePacket } from "../src/exchange/packet.ts";
import { formatCheckpoint, parseCheckpoint, signCheckpoint } from "../src/log/checkpoint.ts";
import { encodeEntry, leafHash } from "../src/log/entry.ts";
import { appendLeaves, type CompactRange, emptyRange, rootOf } from "../src/log/tree.ts";
import { logKeyName } from "../src/log/vkey.ts";
import type { LogAppend } from "../src/site/effects.ts";
import { measureHypercore } from "./hypercore/measure.ts";
import { measureCatchUp } from "./million/catch-up.ts";
import { measureMillion } from "./million/open.ts";
import { measureVerifyEach } from "./million/parsed.ts";

const repeats = 5;
const batchesPerRun = 100;
const batchEntries = 256;
const factsPerRun = 500;
/** Long enough for both threads to have gone to sleep. */
const idleMs = 3;
const atLeast = (min: number) => (value: number) => value >= min;
const atMost = (max: number) => (value: number) => value <= max;
const budgets: readonly (readonly [name: string, isKept: (value: number) => boolean])[] = [
  ["appendPerS", atLeast(30_000)],
  ["ingestPerS", atLeast(30_000)],
  ["appendRatio", atLeast(0.25)],
  ["ingestRatio", atLeast(0.25)],
  ["oneFactRatio", atMost(3)],
  ["catchUpPerS", atLeast(20_000)],
  ["openMillionMs", atMost(3_000)],
  ["openMillionMb", atMost(400)],
  ["openMillionSliceMs", atMost(50)],
  ["foldPerS", atLeast(100_000)],
  ["foldSliceMs", atMost(50)],
  ["foldParsedPerS", atLeast(400_000)],
];

const seedAt = process.argv.indexOf("--seed");
const seed = seedAt < 0 ? 1 : Number(process.argv[seedAt + 1]);
const random = seededRandom(seed);
const keyName = logKeyName("rehearsal-bench", "uni-klinik", "lifeboat");
const signer = nodeSigner(random.bytes(32), keyName, "log");
const batch = Array.from({ length: batchEntries }, drawEntry);
let epochs = 0;

type Raw = {
  readonly database: DatabaseSync;
  readonly begin: StatementSync;
  readonly insert: StatementSync;
  readonly commit: StatementSync;
};

type Numbers = { readonly [name: string]: number };

async function main(): Promise<void> {
  // Not the folder for temporary files: that may lie in memory, where a commit costs nothing.
  const dist = join(import.meta.dirname, "..", "dist");
  mkdirSync(dist, { recursive: true });
  const folder = mkdtempSync(join(dist, "bench-log-"));
  try {
    const rows: Numbers[] = [];
    // The first repeat only warms the code up.
    for (let repeat = 0; repeat <= repeats; repeat += 1) rows.push(await measureOnce(folder, repeat));
    report(rows.slice(1), await measureOnceOnly(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What takes too long to be done several times. */
async function measureOnceOnly(folder: string): Promise<Numbers> {
  const catchUp = await measureCatchUp(folder, seed);
  const hypercorePerS = await measureHypercore(folder);
  const { withoutSnapshot, fromSnapshot, foldParsedPerS } = measureMillion(folder, seed);
  return {
    catchUpPerS: catchUp.perS,
    ...(hypercorePerS === null ? {} : { hypercorePerS }),
    verifyEachPerS: measureVerifyEach(),
    openMillionMs: fromSnapshot.loadedMs,
    openMillionMb: fromSnapshot.rssMb,
    openMillionSliceMs: fromSnapshot.longestMs,
    openMillionSliceCpuMs: fromSnapshot.longestCpuMs,
    openMillionCpuMs: fromSnapshot.cpuMs,
    foldPerS: (withoutSnapshot.entries * 1_000) / withoutSnapshot.loadedMs,
    foldMb: withoutSnapshot.rssMb,
    foldSliceMs: withoutSnapshot.longestMs,
    foldSliceCpuMs: withoutSnapshot.longestCpuMs,
    foldCpuMs: withoutSnapshot.cpuMs,
    foldParsedPerS,
  };
}

async function measureOnce(folder: string, repeat: number): Promise<Numbers> {
  const raw = openRaw(join(folder, `raw-${repeat}.sqlite`));
  const store = valueFrom(await openStoreThread(join(folder, `store-${repeat}.sqlite`)));
  const facts = await measureFacts(raw, store);
  const rawAppendPerS = await perSecond(async (number) => rawCommit(raw, 1, number * batchEntries, batch));
  const appendPerS = await perSecond(appender(store, newOrigin()));
  const rawIngestPerS = await perSecond(async (number) => rawCommit(raw, 2, number * batchEntries, batch));
  const ingestPerS = await perSecond(ingester(store, newOrigin()));
  raw.database.close();
  await store.close();
  return {
    rawAppendPerS,
    appendPerS,
    appendRatio: appendPerS / rawAppendPerS,
    rawIngestPerS,
    ingestPerS,
    ingestRatio: ingestPerS / rawIngestPerS,
    ...facts,
  };
}

/** Entries a second over {@link batchesPerRun} batches, at most one of them under way to the disk. */
async function perSecond(runBatch: (number: number) => Promise<void>): Promise<number> {
  const startMs = performance.now();
  for (let number = 0; number < batchesPerRun; number += 1) await runBatch(number);
  return (batchesPerRun * batchEntries * 1_000) / (performance.now() - startMs);
}

function openRaw(path: string): Raw {
  const database = new DatabaseSync(path);
  database.exec(storeSettings + entryTable);
  const [begin, commit] = [database.prepare("BEGIN IMMEDIATE"), database.prepare("COMMIT")];
  return { database, begin, insert: database.prepare("INSERT INTO entry VALUES(?, ?, ?)"), commit };
}

function rawCommit(raw: Raw, log: number, from: number, items: readonly Uint8Array[]): void {
  raw.begin.run();
  for (const [at, bytes] of items.entries()) raw.insert.run(log, from + at, bytes);
  raw.commit.run();
}

/** Hashes, signs and commits one batch a call. */
function appender(store: StoreThread, origin: Origin): () => Promise<void> {
  let range = emptyRange;
  return async () => {
    const append = signedAppend(origin, range, batch);
    range = append.range;
    await committed(store, append);
  };
}

/** Takes one packet a call, as another device sent it; the packets are made beforehand. */
function ingester(store: StoreThread, origin: Origin): (number: number) => Promise<void> {
  const packets: Uint8Array[] = [];
  let range = emptyRange;
  while (packets.length < batchesPerRun) {
    const append = signedAppend(origin, range, batch);
    range = append.range;
    packets.push(packetOf(append));
  }
  let held: HeldLog = { range: emptyRange, checkpoint: null };
  let stored = Promise.resolve();
  return async (number) => {
    // As in an anchor: a packet is verified when it comes, while the commit before it is under way.
    const append = { origin, ...verified(held, packets[number] ?? new Uint8Array(0)) };
    held = append;
    await stored;
    stored = committed(store, append);
    if (number === batchesPerRun - 1) await stored;
  };
}

function signedAppend(origin: Origin, before: CompactRange, items: readonly Uint8Array[]): LogAppend {
  const { sha256 } = nodeCrypto;
  const leaves = items.map((bytes) => leafHash(sha256, bytes));
  const range = appendLeaves(sha256, before, leaves);
  const checkpoint = signCheckpoint(signer, { origin, size: range.size, root: rootOf(sha256, range) });
  return { origin, from: before.size, items, checkpoint, range };
}

function packetOf(append: LogAppend): Uint8Array {
  const checkpoint = formatCheckpoint(append.checkpoint, signer.vkey);
  const items = append.items.map((bytes) => ({ kind: "bytes", bytes }) as const);
  return encodePacket({ type: "entries", head: { checkpoint, from: append.from }, items });
}

function verified(held: HeldLog, bytes: Uint8Array): Omit<LogAppend, "origin"> {
  const packet = valueFrom(decodePacket(bytes));
  if (packet.type !== "entries") throw new Error("not the packet that was made");
  const checkpoint = valueFrom(parseCheckpoint(packet.head.checkpoint));
  const run = { from: packet.head.from, items: packet.items, checkpoint };
  const verdict = valueFrom(verifyRun(nodeCrypto, signer.vkey, held, run));
  if (verdict.kind === "known") throw new Error("each packet is new");
  return verdict.run;
}

function committed(store: StoreThread, append: LogAppend): Promise<void> {
  const commit = { id: append.from, storedMs: 0, appends: [append], cosignatures: [], forks: [] };
  return new Promise((resolve, reject) => {
    store.commit(commit, (result) => (result.ok ? resolve() : reject(new Error(result.error.detail))));
  });
}

/** From the fact as an object to its durable answer, against its bytes alone into bare SQLite. */
async function measureFacts(raw: Raw, store: StoreThread): Promise<Numbers> {
  const origin = newOrigin();
  const [rawMs, factMs]: [number[], number[]] = [[], []];
  let range = emptyRange;
  for (let number = 0; number < factsPerRun; number += 1) {
    const bytes = drawEntry();
    await pause(idleMs);
    const rawStartMs = performance.now();
    rawCommit(raw, 3, number, [bytes]);
    rawMs.push(performance.now() - rawStartMs);
    await pause(idleMs);
    const factStartMs = performance.now();
    const append = signedAppend(origin, range, [bytes]);
    range = append.range;
    await committed(store, append);
    factMs.push(performance.now() - factStartMs);
  }
  const [oneFactP99Ms, rawCommitP99Ms] = [quantile(factMs, 0.99), quantile(rawMs, 0.99)];
  return { oneFactP99Ms, rawCommitP99Ms, oneFactRatio: oneFactP99Ms / rawCommitP99Ms };
}

/** A fact of about 300 bytes, each another one. */
function drawEntry(): Uint8Array {
  const kind = "hospital.beds/1";
  const places = ["emergency", "intensive", "stroke-unit", "cath-lab", "operating"];
  const beds = places.map((place) => ({ free: random.below(9), of: 10 + random.below(9), place }));
  const at = 1_599_700_000_000 + random.below(86_400_000);
  return valueFrom(
    encodeEntry({ at, beds, by: "nurse#7", kind, over: [], request: toHex(random.bytes(10)) }),
  );
}

function newOrigin(): Origin {
  epochs += 1;
  return `${keyName}/${epochs}-00000000`;
}

function valueFrom<Value, Failure>(result: Result<Value, Failure>): Value {
  if (!result.ok) throw new Error(`the bench went wrong: ${JSON.stringify(result.error)}`);
  return result.value;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
}

/** Medians by name, and beside them the minima of what was measured several times. */
function report(rows: readonly Numbers[], once: Numbers): void {
  const of = (share: number): Numbers =>
    Object.fromEntries(
      Object.keys(rows[0] ?? {}).map((name) => [
        name,
        rounded(
          quantile(
            rows.map((row) => row[name] ?? 0),
            share,
          ),
        ),
      ]),
    );
  const min = of(0);
  const onceRounded = Object.entries(once).map(([name, value]) => [name, rounded(value)]);
  const figures: Numbers = { ...of(0.5), ...Object.fromEntries(onceRounded) };
  if (process.argv.includes("--json")) console.log(JSON.stringify({ ...figures, min }));
  else for (const [name, value] of Object.entries(figures)) console.log(lineOf(name, value, min[name]));
  const missed = budgets
    .filter(([name, isKept]) => !isKept(figures[name] ?? Number.NaN))
    .map(([name]) => name);
  if (missed.length === 0) return;
  console.error(`outside the budget: ${missed.join(", ")}`);
  process.exitCode = 1;
}

function lineOf(name: string, value: number, min: number | undefined): string {
  const least = min === undefined ? "" : `   min ${String(min).padStart(9)}`;
  return `${name.padEnd(24)} ${String(value).padStart(9)}${least}`;
}

/** Whole numbers of what is counted by the second, thousandths of the rest. */
function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 1_000) / 1_000;
}

await main();
