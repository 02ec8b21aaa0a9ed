import type { DeviceId, Origin } from "../basics/name.ts";
import type { Result } from "../basics/result.ts";
import type { Cosignature } from "../log/cosignature.ts";
import type { CaseId } from "../log/sealed.ts";
import type { Slot } from "../log/slot.ts";
import type { Commit, ForkProof, LogAppend, StoredLog, StoredRun } from "./effects.ts";

/*
 * What a device's core may expect of the store under it, whatever that store is: SQLite on a disk or the memory of
 * a simulation. One contract suite holds them all to this page (test/contract/).
 */

export type StoreErrorCode =
  /** No room for another row. */
  | "disk-full"
  /** The disk or the file takes no writing. */
  | "read-only"
  /** The disk refused for another reason. */
  | "io-error"
  /** The file is no store of Holdfast, is damaged, or contradicts itself. */
  | "corrupt"
  /** Written by a newer Holdfast. */
  | "newer-format"
  /** Another process has this store open. */
  | "in-use"
  /** No such folder, or no right to it. */
  | "cannot-open"
  /** An append that does not begin where its log ends, or whose checkpoint does not end where it ends. */
  | "gap"
  /**
   * The store's thread ended before it answered. A commit may have taken effect all the same: what is stored must
   * be read again (`storedLogs`) before anything more is signed.
   */
  | "thread-died";

/** `detail` is one English sentence for the person who runs the device. */
export type StoreError = { readonly code: StoreErrorCode; readonly detail: string };

export type StoreResult<Value> = Result<Value, StoreError>;

/** Both at least 1. Bytes are the sum of the entries' own bytes. */
export type ReadLimits = { readonly entriesMax: number; readonly bytesMax: number };

/** Consecutive entries of one log, for folding them again. */
export type EntrySlice = {
  readonly origin: Origin;
  readonly from: number;
  readonly items: readonly Uint8Array[];
  /** For each item the `storedMs` of the commit that made it durable here. */
  readonly storedMs: readonly number[];
};

export type StoredKeys = { readonly slots: readonly Slot[]; readonly erased: readonly CaseId[] };

/** What every store can be asked. A store in this thread answers at once, one in another thread by a promise. */
export type StoreCalls = {
  /** Every log with at least one entry, in the order in which this store first met them. */
  storedLogs(): StoreResult<readonly StoredLog[]>;
  /**
   * Entries from `from` on, ending exactly at a kept checkpoint: the furthest within the limits, and at least the
   * first one after `from` however long that is. Undefined when nothing is stored past `from`.
   */
  readRun(origin: Origin, from: number, limits: ReadLimits): StoreResult<StoredRun | undefined>;
  /** As many entries from `from` on as the limits allow, at least one where there is one. */
  readSlice(origin: Origin, from: number, limits: ReadLimits): StoreResult<EntrySlice>;
  /** Entries at positions from ≤ position < to; fewer where the log ends earlier. */
  readLeafBytes(origin: Origin, from: number, to: number): StoreResult<readonly Uint8Array[]>;
  /** The root of each log at the size beside it; null where no checkpoint of that size is kept. */
  rootsAt(logs: readonly (readonly [Origin, number])[]): StoreResult<readonly (Uint8Array | null)[]>;
  /** Every cosignature kept of one log, by holder, then size, then time. */
  readCosignatures(origin: Origin): StoreResult<readonly Cosignature[]>;
  /** Of each log and holder the cosignature with the largest size, and of those the latest. */
  newestCosignatures(): StoreResult<readonly Cosignature[]>;
  /** Every fork proof, the one that shows the least in common for each two checkpoints, in no particular order. */
  readForks(): StoreResult<readonly ForkProof[]>;
  /** The key table: every slot, and the cases whose slots were deleted and are never taken again. */
  readKeyTable(): StoreResult<StoredKeys>;
  /** Durable and never given twice: 1 at a device's first start, then one more each time. */
  nextBoot(device: DeviceId): StoreResult<number>;
  /** Small things of the shell itself, by a key of its own choosing. */
  readMeta(key: string): StoreResult<string | undefined>;
  writeMeta(key: string, value: string): StoreResult<undefined>;
};

/**
 * One transaction: everything in the commit is durable when `done` is told so, and nothing of it is stored when
 * `done` is told an error (but see "thread-died"). A commit that carries nothing probes whether the disk has
 * room for the largest one.
 */
export type StoreCommit = (commit: Commit, done: (result: StoreResult<undefined>) => void) => void;

/** Under which key of {@link StoreCalls.readMeta} a store keeps the epoch in which a device writes. */
export function epochKey(device: DeviceId): string {
  return `epoch ${device}`;
}

/** Why this append cannot follow a log of `storedSize` entries, or null when it can. */
export function gapOf(append: LogAppend, storedSize: number): StoreError | null {
  const { origin, from, items, checkpoint, range } = append;
  const end = from + items.length;
  if (from === storedSize && items.length > 0 && checkpoint.size === end && range.size === end) return null;
  const detail =
    `${origin} holds ${storedSize} entries; an append from ${from} to ${end} with a checkpoint of ` +
    `${checkpoint.size} does not follow.`;
  return { code: "gap", detail };
}
