import { assert } from "../basics/assert.ts";
import { toHex } from "../basics/bytes.ts";
import type { DeviceId, Origin } from "../basics/name.ts";
import { err, ok } from "../basics/result.ts";
import type { SignedCheckpoint } from "../log/checkpoint.ts";
import type { Cosignature } from "../log/cosignature.ts";
import type { CaseId } from "../log/sealed.ts";
import { type Slot, slotKey } from "../log/slot.ts";
import { type CompactRange, emptyRange } from "../log/tree.ts";
import type { Commit, ForkProof, LogAppend, StoredLog, StoredRun } from "../site/effects.ts";
import { commonSize } from "../site/forks/fork-proof.ts";
import {
  type EntrySlice,
  epochKey,
  gapOf,
  type ReadLimits,
  type StoreCalls,
  type StoreCommit,
  type StoredKeys,
  type StoreError,
  type StoreResult,
} from "../site/store-port.ts";

type KeptCheckpoint = { readonly signed: SignedCheckpoint; readonly storedMs: number };

type MemoryLog = {
  readonly entries: Uint8Array[];
  readonly checkpoints: KeptCheckpoint[];
  readonly cosignatures: Map<string, Cosignature>;
  readonly forks: Map<string, ForkProof>;
  range: CompactRange;
};

/** What lies on a disk at one moment, to be put back later. */
export type StoreImage = {
  readonly logs: ReadonlyMap<Origin, MemoryLog>;
  readonly boots: ReadonlyMap<DeviceId, number>;
  readonly meta: ReadonlyMap<string, string>;
  /** What a copy of the whole machine has, and no backup. */
  readonly slots: ReadonlyMap<string, Slot>;
  readonly erased: ReadonlySet<CaseId>;
};

type Pending = { readonly commit: Commit; readonly done: (result: StoreResult<undefined>) => void };

/**
 * The simulated store: the same promises as the one on a disk, kept in memory. What is durable survives
 * {@link MemoryStore.crash}; a commit becomes durable when the simulation lets its disk finish.
 */
export class MemoryStore implements StoreCalls {
  readonly #diskFinishes: (write: () => void) => void;
  readonly #logs = new Map<Origin, MemoryLog>();
  readonly #boots = new Map<DeviceId, number>();
  readonly #meta = new Map<string, string>();
  readonly #slots = new Map<string, Slot>();
  readonly #erased = new Set<CaseId>();
  #pending: Pending[] = [];
  #failure: StoreError | null = null;

  /**
   * `diskFinishes` is called once for each commit and calls `write` when the disk is done with it: later, and in
   * the order of the commits. A `write` that comes after a crash does nothing.
   */
  constructor(diskFinishes: (write: () => void) => void) {
    this.#diskFinishes = diskFinishes;
  }

  readonly commit: StoreCommit = (commit, done) => {
    const pending: Pending = { commit, done };
    this.#pending.push(pending);
    this.#diskFinishes(() => this.#write(pending));
  };

  /**
   * The process or its power is gone: nobody will be told of the commits under way.
   * @param kept which of them a start finds whole on the disk: none, or some from the first on
   */
  crash(kept: (underWay: readonly Commit[]) => readonly Commit[] = () => []): void {
    const underWay = this.#pending.map(({ commit }) => commit);
    this.#pending = [];
    for (const commit of kept(underWay)) this.#apply(commit);
  }

  /** A copy of all that is durable now. */
  image(): StoreImage {
    const [slots, erased] = [this.#slots, this.#erased];
    return copyOf({ logs: this.#logs, boots: this.#boots, meta: this.#meta, slots, erased });
  }

  /**
   * Everything is as it was when the image was taken, the key table too where the whole machine is set back; a backup has
   * none, and what lies there stays. Nothing may be under way.
   */
  putBack(image: StoreImage, isWholeMachine = false): void {
    assert(this.#pending.length === 0, "a store is put back while nobody uses it");
    const { logs, boots, meta, slots, erased } = copyOf(image);
    replace(this.#logs, logs);
    replace(this.#boots, boots);
    replace(this.#meta, meta);
    if (!isWholeMachine) return;
    replace(this.#slots, slots);
    this.#erased.clear();
    for (const id of erased) this.#erased.add(id);
  }

  /** Every later write fails with this error, until null is given: a full or read-only disk. */
  fail(failure: StoreError | null): void {
    this.#failure = failure;
  }

  storedLogs(): StoreResult<readonly StoredLog[]> {
    const stored: StoredLog[] = [];
    for (const [origin, { checkpoints, range }] of this.#logs) {
      const checkpoint = checkpoints.at(-1)?.signed;
      if (checkpoint !== undefined) stored.push({ origin, checkpoint, range });
    }
    return ok(stored);
  }

  readRun(origin: Origin, from: number, limits: ReadLimits): StoreResult<StoredRun | undefined> {
    const log = this.#logs.get(origin);
    const after = log?.checkpoints.filter(({ signed }) => signed.size > from) ?? [];
    const [first, ...others] = after.map(({ signed }) => signed);
    if (log === undefined || first === undefined) return ok(undefined);
    const fits = (end: number): boolean =>
      end - from <= limits.entriesMax && byteCount(log.entries.slice(from, end)) <= limits.bytesMax;
    const checkpoint = others.findLast(({ size }) => fits(size)) ?? first;
    return ok({ origin, from, items: log.entries.slice(from, checkpoint.size), checkpoint });
  }

  readSlice(origin: Origin, from: number, limits: ReadLimits): StoreResult<EntrySlice> {
    assert(limits.entriesMax >= 1 && limits.bytesMax >= 1, "room for one entry");
    const log = this.#logs.get(origin);
    const items = log?.entries.slice(from, from + limits.entriesMax) ?? [];
    while (items.length > 1 && byteCount(items) > limits.bytesMax) items.pop();
    const storedMs = items.map((_, at) => {
      const covering = log?.checkpoints.find(({ signed }) => signed.size > from + at);
      assert(covering !== undefined, "a checkpoint covers each entry");
      return covering.storedMs;
    });
    return ok({ origin, from, items, storedMs });
  }

  readLeafBytes(origin: Origin, from: number, to: number): StoreResult<readonly Uint8Array[]> {
    return ok(this.#logs.get(origin)?.entries.slice(from, to) ?? []);
  }

  rootsAt(logs: readonly (readonly [Origin, number])[]): StoreResult<readonly (Uint8Array | null)[]> {
    const rootAt = (origin: Origin, size: number): Uint8Array | null =>
      this.#logs.get(origin)?.checkpoints.find(({ signed }) => signed.size === size)?.signed.root ?? null;
    return ok(logs.map(([origin, size]) => rootAt(origin, size)));
  }

  readCosignatures(origin: Origin): StoreResult<readonly Cosignature[]> {
    return ok([...(this.#logs.get(origin)?.cosignatures.values() ?? [])].sort(byHolderSizeTime));
  }

  newestCosignatures(): StoreResult<readonly Cosignature[]> {
    const newest: Cosignature[] = [];
    for (const { cosignatures } of this.#logs.values()) {
      const sorted = [...cosignatures.values()].sort(byHolderSizeTime);
      newest.push(...sorted.filter(({ holder }, at) => sorted[at + 1]?.holder !== holder));
    }
    return ok(newest);
  }

  readForks(): StoreResult<readonly ForkProof[]> {
    return ok([...this.#logs.values()].flatMap(({ forks }) => [...forks.values()]));
  }

  readKeyTable(): StoreResult<StoredKeys> {
    return ok({ slots: [...this.#slots.values()], erased: [...this.#erased] });
  }

  nextBoot(device: DeviceId): StoreResult<number> {
    if (this.#failure !== null) return err(this.#failure);
    const boot = (this.#boots.get(device) ?? 0) + 1;
    this.#boots.set(device, boot);
    return ok(boot);
  }

  readMeta(key: string): StoreResult<string | undefined> {
    return ok(this.#meta.get(key));
  }

  writeMeta(key: string, value: string): StoreResult<undefined> {
    if (this.#failure !== null) return err(this.#failure);
    this.#meta.set(key, value);
    return ok(undefined);
  }

  #write(pending: Pending): void {
    if (!this.#pending.includes(pending)) return;
    assert(this.#pending[0] === pending, "the disk finishes commits in their order");
    this.#pending.shift();
    pending.done(this.#failure === null ? this.#apply(pending.commit) : err(this.#failure));
  }

  #apply(commit: Commit): StoreResult<undefined> {
    const gap = this.#firstGap(commit.appends);
    if (gap !== null) return err(gap);
    for (const append of commit.appends) this.#append(append, commit.storedMs);
    for (const cosignature of commit.cosignatures) this.#keepCosignature(cosignature);
    for (const fork of commit.forks) this.#keepFork(fork);
    for (const { device, epoch } of commit.epochs ?? []) this.#meta.set(epochKey(device), epoch);
    this.#keepKeys(commit);
    return ok(undefined);
  }

  #keepKeys({ slots = [], erased = [] }: Commit): void {
    for (const slot of slots) {
      const key = slotKey(slot);
      if (!this.#erased.has(slot.case) && !this.#slots.has(key)) this.#slots.set(key, structuredClone(slot));
    }
    for (const id of erased) {
      this.#erased.add(id);
      for (const [key, slot] of this.#slots) if (slot.case === id) this.#slots.delete(key);
    }
  }

  /** Looks at all appends before the first is applied: all or nothing. */
  #firstGap(appends: readonly LogAppend[]): StoreError | null {
    const sizes = new Map<Origin, number>();
    for (const append of appends) {
      const { origin } = append;
      const gap = gapOf(append, sizes.get(origin) ?? this.#logs.get(origin)?.entries.length ?? 0);
      if (gap !== null) return gap;
      sizes.set(origin, append.checkpoint.size);
    }
    return null;
  }

  #append(append: LogAppend, storedMs: number): void {
    const log = this.#logOrNew(append.origin);
    // Copies, as a disk would make: who reuses a buffer must not change what is stored.
    log.entries.push(...append.items.map((bytes) => bytes.slice()));
    const { checkpoint, range } = append;
    const signed = { ...checkpoint, root: checkpoint.root.slice(), signature: checkpoint.signature.slice() };
    log.checkpoints.push({ signed, storedMs });
    log.range = { size: range.size, hashes: range.hashes.map((hash) => hash.slice()) };
  }

  #keepCosignature(cosignature: Cosignature): void {
    const { origin, holder, size, timeS, root } = cosignature;
    const { cosignatures } = this.#logOrNew(origin);
    const key = `${holder} ${size} ${timeS} ${toHex(root)}`;
    if (!cosignatures.has(key)) cosignatures.set(key, copied(cosignature));
  }

  #keepFork(fork: ForkProof): void {
    const { ours, theirs } = fork;
    const { forks } = this.#logOrNew(ours.origin);
    const key = `${ours.size} ${toHex(ours.root)} ${theirs.size} ${toHex(theirs.root)}`;
    const known = forks.get(key);
    if (known === undefined || commonSize(fork) < commonSize(known)) forks.set(key, structuredClone(fork));
  }

  #logOrNew(origin: Origin): MemoryLog {
    const known = this.#logs.get(origin);
    if (known !== undefined) return known;
    const log = {
      entries: [],
      checkpoints: [],
      cosignatures: new Map(),
      forks: new Map(),
      range: emptyRange,
    };
    this.#logs.set(origin, log);
    return log;
  }
}

function copied(cosignature: Cosignature): Cosignature {
  const { root, signature } = cosignature;
  return { ...cosignature, root: root.slice(), signature: signature.slice() };
}

function copyOf({ logs, boots, meta, slots, erased }: StoreImage): StoreImage {
  const copies = [...logs].map(([origin, log]): [Origin, MemoryLog] => [
    origin,
    {
      entries: [...log.entries],
      checkpoints: [...log.checkpoints],
      cosignatures: new Map(log.cosignatures),
      forks: new Map(log.forks),
      range: log.range,
    },
  ]);
  return {
    logs: new Map(copies),
    boots: new Map(boots),
    meta: new Map(meta),
    slots: new Map(slots),
    erased: new Set(erased),
  };
}

function replace<K, V>(map: Map<K, V>, by: ReadonlyMap<K, V>): void {
  map.clear();
  for (const [key, value] of by) map.set(key, value);
}

function byteCount(items: readonly Uint8Array[]): number {
  return items.reduce((total, bytes) => total + bytes.length, 0);
}

function byHolderSizeTime(a: Cosignature, b: Cosignature): number {
  if (a.holder !== b.holder) return a.holder < b.holder ? -1 : 1;
  return a.size - b.size || a.timeS - b.timeS;
}
