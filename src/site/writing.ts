import { assert, present } from "../basics/assert.ts";
import type { Origin } from "../basics/name.ts";
import type { Now } from "../basics/time.ts";
import { signCheckpoint } from "../log/checkpoint.ts";
import type { Cosignature } from "../log/cosignature.ts";
import { leafHash } from "../log/entry.ts";
import type { CaseId } from "../log/sealed.ts";
import type { Slot } from "../log/slot.ts";
import { appendLeaves, rootOf } from "../log/tree.ts";
import type { Commit, DeviceEpoch, LogAppend } from "./effects.ts";
import {
  batchBytesMax,
  batchEntriesMax,
  probeEveryMs,
  receiptsTogetherMax,
  receiptsTogetherMs,
  unsaidMax,
} from "./limits.ts";
import { dropTails, logOf } from "./replica.ts";
import { erasedInRun } from "./sealing/erasure.ts";
import type {
  ForkItem,
  House,
  InFlight,
  LocalItem,
  Out,
  OwnFact,
  RemoteItem,
  WriteItem,
  Writing,
} from "./state.ts";

export function newWriting(): Writing {
  return {
    queue: [],
    inFlight: null,
    storing: true,
    lastId: 0,
    nextProbeMonoMs: 0,
    receiptsDueMonoMs: null,
    requests: new Map(),
    unsaid: [],
  };
}

/**
 * At most one commit is in flight; what arrives meanwhile is the next batch, without any fixed delay. Receipts alone wait
 * for {@link receiptsTogetherMs}, or for anything else: a fact that came behind them would wait for their commit.
 */
export function startCommit(house: House, now: Now, out: Out): void {
  const { writing } = house;
  if (writing.inFlight !== null || writing.queue.length === 0 || !writing.storing) return;
  if (areFewReceipts(writing.queue)) {
    writing.receiptsDueMonoMs ??= now.monoMs + receiptsTogetherMs;
    if (now.monoMs < writing.receiptsDueMonoMs) return;
  }
  writing.receiptsDueMonoMs = null;
  issue(house, takeBatch(writing.queue), now, out);
}

function areFewReceipts(queue: readonly WriteItem[]): boolean {
  return queue.length < receiptsTogetherMax && queue.every(({ kind }) => kind === "cosignature");
}

/** What waits is stored at the end of this step, or behind the commit that is under way. */
export function hurryReceipts({ writing }: House, now: Now): void {
  if (writing.queue.length > 0) writing.receiptsDueMonoMs = now.monoMs;
}

/** Stores receipts that have waited long enough for something to go with. */
export function storeDueReceipts(house: House, now: Now, out: Out): void {
  if (house.writing.receiptsDueMonoMs !== null) startCommit(house, now, out);
}

/** When receipts that wait alone are to be stored, monotonic ms; undefined: none wait, or the end of a commit is waited for. */
export function nextStoringMonoMs({ writing }: House): number | undefined {
  const { inFlight, storing, receiptsDueMonoMs } = writing;
  return inFlight === null && storing ? (receiptsDueMonoMs ?? undefined) : undefined;
}

/** A store that failed is asked again by an empty commit, which writes a row of its own. */
export function probeStore(house: House, now: Now, out: Out): void {
  const { writing } = house;
  if (writing.storing || writing.inFlight !== null || now.monoMs < writing.nextProbeMonoMs) return;
  writing.nextProbeMonoMs = now.monoMs + probeEveryMs;
  issue(house, [], now, out);
}

function issue(house: House, batch: readonly WriteItem[], now: Now, out: Out): void {
  const { writing } = house;
  const locals = batch.filter((item): item is LocalItem => item.kind === "local");
  const remotes = batch.filter((item): item is RemoteItem => item.kind === "remote");
  const forks = batch.filter((item): item is ForkItem => item.kind === "fork");
  writing.lastId += 1;
  const commit: Commit = {
    id: writing.lastId,
    storedMs: now.wallMs,
    appends: [...remotes.map((item) => item.append), ...ownAppends(house, locals)],
    cosignatures: batch.flatMap((item): Cosignature[] =>
      item.kind === "cosignature" ? [item.cosignature] : [],
    ),
    forks: forks.map(({ fork }) => fork),
    epochs: batch.flatMap((item): DeviceEpoch[] => (item.kind === "epoch" ? [item.epoch] : [])),
    slots: batch.flatMap((item): Slot[] => (item.kind === "slot" ? [item.slot] : [])),
    erased: batch.flatMap((item) => erasedBy(house, item)),
  };
  writing.inFlight = { commit, startedMonoMs: now.monoMs, locals, remotes, forks };
  out.push({ type: "commit", commit });
}

function erasedBy(house: House, item: WriteItem): CaseId[] {
  if (item.kind === "erase") return [item.case];
  if (item.kind === "remote") return erasedInRun(house, item.append);
  return item.kind === "local" && item.erases !== null ? [item.erases] : [];
}

/** Takes items from the front until a limit is reached; one item is always taken. */
function takeBatch(queue: WriteItem[]): readonly WriteItem[] {
  let entries = 0;
  let bytes = 0;
  let count = 0;
  for (const item of queue) {
    const size = sizeOf(item);
    const fits = entries + size.entries <= batchEntriesMax && bytes + size.bytes <= batchBytesMax;
    if (count > 0 && !fits) break;
    entries += size.entries;
    bytes += size.bytes;
    count += 1;
  }
  return queue.splice(0, count);
}

function sizeOf(item: WriteItem): { readonly entries: number; readonly bytes: number } {
  if (item.kind === "local") return { entries: 1 + item.behind.length, bytes: lengthOf(item) };
  if (item.kind === "slot") return { entries: 0, bytes: item.slot.box.length };
  if (item.kind !== "remote") return { entries: 0, bytes: 0 };
  const { items } = item.append;
  return { entries: items.length, bytes: items.reduce((sum, entry) => sum + entry.length, 0) };
}

function lengthOf({ bytes, behind }: LocalItem): number {
  return behind.reduce((sum, entry) => sum + entry.length, bytes.length);
}

/** One run and one signature for each own log of the batch. */
function ownAppends(house: House, locals: readonly LocalItem[]): readonly LogAppend[] {
  const byOrigin = Map.groupBy(locals, (item) => item.origin);
  return [...byOrigin].map(([origin, items]) => ownAppend(house, origin, items));
}

function ownAppend(house: House, origin: Origin, locals: readonly LocalItem[]): LogAppend {
  const { sha256 } = house.ports.crypto;
  const log = logOf(house, origin);
  const from = log.tail.range.size;
  assert(from === log.durable.range.size, "an own log has nothing verified that is not stored");
  const items = locals.flatMap((item) => [item.bytes, ...item.behind]);
  const leaves = items.map((bytes) => leafHash(sha256, bytes));
  const range = appendLeaves(sha256, log.tail.range, leaves);
  const signer = present(hostedWriterOf(house, origin), "an own log has its key here").signer;
  const checkpoint = signCheckpoint(signer, { origin, size: range.size, root: rootOf(sha256, range) });
  log.tail = { range, checkpoint };
  return { origin, from, items, checkpoint, range };
}

function hostedWriterOf(house: House, origin: Origin) {
  return house.hosted.get(logOf(house, origin).device);
}

/** The commit with this number is over; whatever came of it, the next may start. */
export function endCommit(house: House, id: number): InFlight {
  const { writing } = house;
  const ended = present(writing.inFlight, "a commit was in flight");
  assert(ended.commit.id === id, "commits end in the order in which they began");
  writing.inFlight = null;
  for (const item of ended.locals) if (item.requestKey !== null) writing.requests.delete(item.requestKey);
  return ended;
}

/**
 * Tree, vector and fold are as before the commit. Peers are asked again for what is dropped as soon as the store
 * works; people are told at once.
 */
export function dropWriting(house: House, ended: InFlight, reason: string, now: Now, out: Out): void {
  const { writing } = house;
  const waiting = writing.queue.filter((item): item is LocalItem => item.kind === "local");
  const epochs = writing.queue.filter((item) => item.kind === "epoch");
  writing.queue.length = 0;
  writing.receiptsDueMonoMs = null;
  // Nobody else would say it again: a device that began a new epoch must not find the old one after a restart.
  for (const epoch of ended.commit.epochs ?? []) writing.queue.push({ kind: "epoch", epoch });
  writing.queue.push(...epochs);
  writing.requests.clear();
  for (const id of house.keys.erasing.keys()) house.keys.erasing.set(id, "to-do");
  writing.storing = false;
  writing.nextProbeMonoMs = now.monoMs + probeEveryMs;
  dropTails(house);
  for (const hosted of house.hosted.values())
    hosted.begun = logOf(house, hosted.origin).durable.range.size > 0;
  for (const item of [...ended.locals, ...waiting]) {
    if (item.own !== null) keepUnsaid(house, item.own, out);
    for (const token of item.tokens) {
      out.push({
        type: "answer",
        token,
        answer: { ok: false, error: { code: "cannot-record", detail: reason } },
      });
    }
  }
}

/** Keeps an observation of the house until the store works again. */
export function keepUnsaid(house: House, own: OwnFact, out: Out): void {
  if (house.writing.unsaid.length < unsaidMax) house.writing.unsaid.push(own);
  else noteUnwritten(own, out);
}

export function noteUnwritten({ hosted, entry }: OwnFact, out: Out): void {
  out.push({ type: "note", code: "own-fact-not-written", about: `${hosted} ${entry.kind}` });
}
