import type { DeviceId, Name, Origin } from "../../basics/name.ts";
import { logIdOf, originPrefix, parseOrigin, siteOf, siteOfOrigin } from "../../basics/name.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import { encodePacket } from "../../exchange/packet.ts";
import { receiptsInPacketMax } from "../../exchange/packet-head.ts";
import { formatCheckpoint } from "../../log/checkpoint.ts";
import { type Cosignature, formatReceipt } from "../../log/cosignature.ts";
import { type Charter, devices, isCharterLog, keyForLog } from "../../region/charter.ts";
import type { ForkProof, StoredLog, StoredRun } from "../../site/effects.ts";
import { proofHead } from "../../site/forks/fork-keep.ts";
import type { ReadLimits } from "../../site/store-port.ts";
import { readsOfRegion, type StoreReads } from "../store/store-reads.ts";

/** What is to be carried; everything that the store holds where nothing is left out. */
export type Cargo = {
  /** Left out is what this device has confirmed to hold. */
  readonly to: DeviceId | null;
  /** Only logs of these sites; empty: of all. */
  readonly sites: readonly Name[];
  /** Left out is what became durable here before this moment, UTC ms. */
  readonly sinceMs: number | null;
};

/** Large runs: fewer signatures to check, and a commit takes one however large it is. */
const runLimits: ReadLimits = { entriesMax: 2_048, bytesMax: 524_288 };

/** The packets of a cargo: charter logs first, each log in its order, proofs of forks, receipts last. An error ends them. */
export async function* cargoPackets(
  store: StoreReads,
  charter: Charter,
  cargo: Cargo,
): AsyncGenerator<Result<Uint8Array, string>> {
  // What other regions said is theirs to give.
  const reads = readsOfRegion(store, charter.region);
  const logs = await reads.storedLogs();
  const receipts = await reads.newestCosignatures();
  const forks = await reads.readForks();
  if (!logs.ok) return yield err(logs.error.detail);
  if (!receipts.ok) return yield err(receipts.error.detail);
  if (!forks.ok) return yield err(forks.error.detail);
  const confirmed = confirmedBy(cargo.to, receipts.value);
  for (const log of charterFirst(charter, logs.value.filter(isWanted(cargo)))) {
    yield* logPackets(reads, charter, log, cargo, confirmed.get(log.origin) ?? 0);
  }
  const origins = new Set(logs.value.filter(isWanted(cargo)).map(({ origin }) => origin));
  yield* forkPackets(
    charter,
    forks.value.filter(({ ours }) => origins.has(ours.origin)),
  );
  yield* receiptPackets(charter, receipts.value.filter(isToldTo(cargo, origins)));
}

function isWanted({ sites }: Cargo): (log: StoredLog) => boolean {
  return ({ origin }) => sites.length === 0 || sites.includes(siteOfOrigin(origin));
}

/** Who gets a cargo of their own is told how far their logs are held; a cargo for everybody tells of all. */
function isToldTo({ to }: Cargo, origins: ReadonlySet<Origin>): (receipt: Cosignature) => boolean {
  return ({ origin }) => (to === null ? origins.has(origin) : siteOfOrigin(origin) === siteOf(to));
}

function confirmedBy(to: DeviceId | null, receipts: readonly Cosignature[]): ReadonlyMap<Origin, number> {
  const own = receipts.filter(({ holder }) => to !== null && isHolderOf(holder, to));
  return new Map(own.map(({ origin, size }) => [origin, size]));
}

function isHolderOf(holder: string, device: DeviceId): boolean {
  return holder.startsWith(`${originPrefix}/`) && holder.endsWith(`/${device}/holder`);
}

function charterFirst(charter: Charter, logs: readonly StoredLog[]): readonly StoredLog[] {
  const isCharter = ({ origin }: StoredLog): boolean => {
    const parts = parseOrigin(origin);
    return parts.ok && isCharterLog(charter, logIdOf(parts.value));
  };
  return [...logs.filter(isCharter), ...logs.filter((log) => !isCharter(log))];
}

async function* logPackets(
  reads: StoreReads,
  charter: Charter,
  log: StoredLog,
  cargo: Cargo,
  confirmed: number,
): AsyncGenerator<Result<Uint8Array, string>> {
  const fresh = cargo.sinceMs === null ? ok(0) : await firstSince(reads, log, cargo.sinceMs);
  if (!fresh.ok) return yield fresh;
  for (let from = Math.max(confirmed, fresh.value); from < log.checkpoint.size; ) {
    const run = await reads.readRun(log.origin, from, runLimits);
    if (!run.ok) return yield err(run.error.detail);
    if (run.value === undefined) return;
    const packet = runPacket(charter, run.value);
    if (packet !== null) yield ok(packet);
    from = run.value.checkpoint.size;
  }
}

/** Position of the first entry that became durable here at `sinceMs` or later: those times only grow in a log. */
async function firstSince(
  reads: StoreReads,
  log: StoredLog,
  sinceMs: number,
): Promise<Result<number, string>> {
  let [low, high] = [0, log.checkpoint.size];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const slice = await reads.readSlice(log.origin, middle, { entriesMax: 1, bytesMax: 1 });
    if (!slice.ok) return err(slice.error.detail);
    if ((slice.value.storedMs[0] ?? 0) >= sinceMs) high = middle;
    else low = middle + 1;
  }
  return ok(low);
}

/** Null while the charter names no key for the log: nobody would take it. */
function runPacket(charter: Charter, run: StoredRun): Uint8Array | null {
  const parts = parseOrigin(run.origin);
  const key = parts.ok ? keyForLog(charter, parts.value) : undefined;
  if (key === undefined) return null;
  const checkpoint = formatCheckpoint(run.checkpoint, key);
  const items = run.items.map((bytes) => ({ kind: "bytes" as const, bytes }));
  return encodePacket({ type: "entries", head: { checkpoint, from: run.from }, items });
}

/** Every proof that is kept: whoever is given them folds as little of each log as any of them shows in common. */
function* forkPackets(charter: Charter, forks: readonly ForkProof[]): Generator<Result<Uint8Array, string>> {
  for (const fork of forks) {
    const parts = parseOrigin(fork.ours.origin);
    const key = parts.ok ? keyForLog(charter, parts.value) : undefined;
    if (key !== undefined) yield ok(encodePacket({ type: "fork", head: proofHead(fork, key) }));
  }
}

function* receiptPackets(
  charter: Charter,
  receipts: readonly Cosignature[],
): Generator<Result<Uint8Array, string>> {
  const holders = new Map(devices(charter).map(({ holder }) => [holder.name, holder]));
  const notes = receipts.flatMap((receipt) => {
    const holder = holders.get(receipt.holder);
    return holder === undefined ? [] : [formatReceipt(receipt, holder)];
  });
  for (let at = 0; at < notes.length; at += receiptsInPacketMax) {
    yield ok(
      encodePacket({ type: "receipt", head: { receipts: notes.slice(at, at + receiptsInPacketMax) } }),
    );
  }
}
