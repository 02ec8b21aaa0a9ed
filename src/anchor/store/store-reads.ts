import {
  type LogId,
  logIdOf,
  type Name,
  type Origin,
  originOf,
  originPrefix,
  parseOrigin,
} from "../../basics/name.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import type { SignedCheckpoint } from "../../log/checkpoint.ts";
import { decodeEntry } from "../../log/entry.ts";
import type { Vkey } from "../../log/vkey.ts";
import { type Charter, foldCharter, isCharterLog, newCharter } from "../../region/charter.ts";
import type { ReadLimits, StoreCalls, StoreResult } from "../../site/store-port.ts";
import { nodeCrypto } from "../crypto-node.ts";

type ReadCall =
  | "storedLogs"
  | "readRun"
  | "readSlice"
  | "readCosignatures"
  | "newestCosignatures"
  | "readForks";

/** What is only read, of a store in this thread or in another one. */
export type StoreReads = {
  readonly [Name in ReadCall]: (
    ...args: Parameters<StoreCalls[Name]>
  ) => ReturnType<StoreCalls[Name]> | Promise<ReturnType<StoreCalls[Name]>>;
};

export function isOfRegion(origin: Origin, region: Name): boolean {
  return origin.startsWith(`${originPrefix}/${region}/`);
}

/** Of a store that may hold logs of other regions too, what is of this one; a log that is named is read as it is. */
export function readsOfRegion(reads: StoreReads, region: Name) {
  const isOurs = ({ origin }: { readonly origin: Origin }) => isOfRegion(origin, region);
  return {
    storedLogs: async () => filtered(await reads.storedLogs(), isOurs),
    newestCosignatures: async () => filtered(await reads.newestCosignatures(), isOurs),
    readForks: async () => filtered(await reads.readForks(), ({ ours }) => isOurs(ours)),
    readRun: async (...args) => reads.readRun(...args),
    readSlice: async (...args) => reads.readSlice(...args),
    readCosignatures: async (...args) => reads.readCosignatures(...args),
  } satisfies StoreReads;
}

function filtered<Row>(
  rows: StoreResult<readonly Row[]>,
  isWanted: (row: Row) => boolean,
): StoreResult<readonly Row[]> {
  return rows.ok ? ok(rows.value.filter(isWanted)) : rows;
}

/** A few milliseconds of work: an anchor does its other work between two slices. */
const sliceLimits: ReadLimits = { entriesMax: 1_024, bytesMax: 1_048_576 };

/** Entries of one log in their order, from the first up to `to`; fewer where the log ends earlier. */
export async function readEntries(
  reads: StoreReads,
  origin: Origin,
  to: number,
  visit: (bytes: Uint8Array, index: number) => void,
): Promise<StoreResult<undefined>> {
  for (let from = 0; from < to; ) {
    const slice = await reads.readSlice(origin, from, sliceLimits);
    if (!slice.ok) return slice;
    const items = slice.value.items.slice(0, to - from);
    if (items.length === 0) break;
    for (const [at, bytes] of items.entries()) visit(bytes, from + at);
    from += items.length;
  }
  return ok(undefined);
}

/** The checkpoint kept at exactly this size, if there is one. */
export async function readCheckpoint(
  reads: StoreReads,
  origin: Origin,
  size: number,
): Promise<StoreResult<SignedCheckpoint | undefined>> {
  const run = await reads.readRun(origin, size - 1, { entriesMax: 1, bytesMax: 1 });
  if (!run.ok) return run;
  return ok(run.value?.checkpoint.size === size ? run.value.checkpoint : undefined);
}

/** Whose charter is read. */
export type Authority = { readonly region: Name; readonly authority: Vkey };

/**
 * The charter as this store knows it, from the logs of the authority that `authority` names and of its successors.
 * @param sizes as it was known when of each log so many entries were; left out: as it is now
 */
export async function readCharter(
  reads: StoreReads,
  region: Name,
  authority: Vkey,
  sizes?: ReadonlyMap<LogId, number>,
): Promise<Result<Charter, string>> {
  const charter = newCharter(region, authority, nodeCrypto.sha256);
  const logs = await reads.storedLogs();
  if (!logs.ok) return err(logs.error.detail);
  const waiting = new Set(logs.value.map(({ origin }) => origin));
  // A charter log may name the next authority, whose logs then are charter too.
  for (let next = nextCharterLog(charter, waiting); next !== undefined; ) {
    waiting.delete(originOf(region, next));
    const log = next;
    const to = sizes === undefined ? Number.MAX_SAFE_INTEGER : (sizes.get(log) ?? 0);
    const read = await readEntries(reads, originOf(region, log), to, (bytes, index) => {
      const entry = decodeEntry(bytes);
      foldCharter(charter, log, index, entry.ok ? entry.value : null);
    });
    if (!read.ok) return err(read.error.detail);
    next = nextCharterLog(charter, waiting);
  }
  return ok(charter);
}

function nextCharterLog(charter: Charter, origins: ReadonlySet<Origin>): string | undefined {
  for (const origin of origins) {
    const parts = parseOrigin(origin);
    if (!parts.ok || parts.value.region !== charter.region) continue;
    const log = logIdOf(parts.value);
    if (isCharterLog(charter, log)) return log;
  }
  return undefined;
}
