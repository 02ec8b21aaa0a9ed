import { rm } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { present } from "../../basics/assert.ts";
import { logIdOf, type Origin, parseOrigin } from "../../basics/name.ts";
import { ok } from "../../basics/result.ts";
import { isCentre, isCharterLog } from "../../region/charter.ts";
import type { Fold } from "../../region/fold.ts";
import { leaveEnded } from "../../region/leaving.ts";
import {
  beginRefold,
  endRefold,
  foldStored,
  isRefoldStale,
  readStored,
  refoldStored,
} from "../../site/folding.ts";
import { SnapshotReader, snapshotRefusal } from "../../site/snapshot.ts";
import type { House, LogState } from "../../site/state.ts";
import type { StoreResult } from "../../site/store-port.ts";
import { beginLoading, endLoading } from "../../site/views/loading.ts";
import type { Clock } from "../clock.ts";
import type { ShellStore } from "./region-store.ts";
import { Slices } from "./slices.ts";
import { openSnapshot, type SnapshotOnDisk, writeSnapshot } from "./snapshot-file.ts";

/** Where the snapshot of a fold lies, and what it must fit. */
export type SnapshotPlace = {
  readonly file: string;
  /** Names the code that gives entries their meaning (fold-version.ts). */
  readonly version: string;
  /** False: the store was put back or moved here, what lies beside it is not its own. */
  readonly isOfStore: boolean;
  /** After so many entries since the last snapshot another is made while the process runs. */
  readonly afterEntries: number;
};

export type FoldKeeperPorts = {
  readonly clock: Clock;
  readonly store: ShellStore;
  readonly note: (code: string, about: string) => void;
  /** A made fold was taken into use. */
  readonly folded: () => void;
  readonly snapshot: SnapshotPlace | null;
};

const refoldAgainMs = 100;
/** Between two slices of a snapshot: it takes about a third of the main thread's time while it is made. */
const slicePauseMs = 10;
/** Fewer entries than this are folded anew sooner than a snapshot is written. */
const atStopEntries = 10_000;
/** While a fold is made, what ended long ago leaves after so many entries: it is never all in memory. */
const leaveEveryEntries = 65_536;

/** Makes the fold of a house from its store: at the start, when the charter changes meaning, and by snapshots. */
export class FoldKeeper {
  readonly #house: House;
  readonly #ports: FoldKeeperPorts;
  /** The fold that is being made, and the snapshot. */
  #work: Promise<void> = Promise.resolve();
  #isMaking = false;
  #snapshot: Promise<void> | null = null;
  #entriesSince = 0;
  #stopped = false;

  constructor(house: House, ports: FoldKeeperPorts) {
    this.#house = house;
    this.#ports = ports;
  }

  /** What must be known before anybody connects: the charter, and how logs begin. The rest follows by {@link load}. */
  async open(): Promise<StoreResult<undefined>> {
    for (let origin = this.#nextCharterLog([]), read = [origin]; origin !== undefined; ) {
      const result = await this.#ports.store.forEachEntryOf(origin, 0, (index, bytes) =>
        readStored(this.#house, idOf(present(origin, "a log")), index, bytes),
      );
      if (!result.ok) return result;
      origin = this.#nextCharterLog(read);
      read.push(origin);
    }
    const firsts = await Promise.all(
      this.#stored().map(({ origin }) =>
        this.#ports.store.readSlice(origin, 0, { entriesMax: 1, bytesMax: 1 }),
      ),
    );
    for (const first of firsts) {
      if (!first.ok) return first;
      for (const bytes of first.value.items) readStored(this.#house, idOf(first.value.origin), 0, bytes);
    }
    beginLoading(this.#house);
    return ok(undefined);
  }

  /** Makes the fold for the first time: from the snapshot if it fits, and from what was stored since. */
  load(): Promise<void> {
    this.#isMaking = true;
    this.#work = this.#load();
    return this.#work;
  }

  /** Makes it anew, one at a time: two could end in the wrong order. */
  refold(): void {
    if (this.#isMaking || this.#stopped) return;
    this.#isMaking = true;
    this.#work = this.#make(beginRefold(this.#house));
  }

  /** So many entries were committed and folded. */
  grown(entries: number): void {
    this.#entriesSince += entries;
    const { snapshot } = this.#ports;
    if (snapshot === null || this.#entriesSince < snapshot.afterEntries || this.#isMaking) return;
    this.#snapshot ??= this.#leaveSnapshot(snapshot, slicePauseMs);
  }

  /** Leaves a snapshot behind where it spares time. Nothing is folded any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#work;
    await this.#snapshot;
    const { snapshot } = this.#ports;
    if (snapshot !== null && this.#entriesSince >= atStopEntries) await this.#leaveSnapshot(snapshot, 0);
  }

  async #load(): Promise<void> {
    if (!(await this.#takeSnapshot())) {
      beginRefold(this.#house);
      this.#entriesSince += this.#house.loading?.entries ?? 0;
    }
    await this.#make(present(this.#house.filling, "a fold to be filled"));
  }

  async #make(first: Fold): Promise<void> {
    for (let fresh = first; !this.#stopped; ) {
      const filled = await this.#fill(fresh);
      if (!filled.ok) this.#ports.note("cannot-read-store", filled.error.code);
      if (isRefoldStale(this.#house, fresh)) fresh = beginRefold(this.#house);
      else if (filled.ok && endRefold(this.#house, fresh)) return this.#taken();
      else await pause(refoldAgainMs);
    }
    this.#isMaking = false;
  }

  #taken(): void {
    this.#isMaking = false;
    leaveEnded(this.#house.fold, this.#ports.clock().wallMs);
    endLoading(this.#house);
    this.#ports.folded();
    this.grown(0);
  }

  /** Every log from where the fold stands; what is committed meanwhile folds itself behind it. */
  async #fill(fresh: Fold): Promise<StoreResult<undefined>> {
    const { store, clock } = this.#ports;
    const house = this.#house;
    const fold = house.loading === null ? refoldStored : foldStored;
    const slices = new Slices(clock);
    let entries = 0;
    for (const { origin, id, durable } of this.#centresFirst()) {
      const from = fresh.logs.get(id)?.size ?? 0;
      if (from >= durable.range.size) continue;
      const visit = (index: number, bytes: Uint8Array, storedMs: number): void => {
        fold(house, fresh, id, index, bytes, storedMs);
        entries += 1;
        if (entries % leaveEveryEntries === 0) leaveEnded(fresh, clock().wallMs);
      };
      const filled = await store.forEachEntryOf(origin, from, visit, slices);
      if (!filled.ok || this.#stopped) return filled;
    }
    return ok(undefined);
  }

  /** True: its fold is the one to be filled further. One that does not fit is deleted, and that is said. */
  async #takeSnapshot(): Promise<boolean> {
    const { snapshot, note } = this.#ports;
    if (snapshot === null) return false;
    const opened = await openSnapshot(snapshot.file);
    if (!opened.ok && opened.error === "none") return false;
    const refusal = opened.ok ? await this.#readSnapshot(snapshot, opened.value) : opened.error;
    if (opened.ok) await opened.value.close();
    if (refusal === null) return true;
    note("snapshot-discarded", refusal);
    await rm(snapshot.file, { force: true });
    return false;
  }

  async #readSnapshot(place: SnapshotPlace, { cut, forEachLine }: SnapshotOnDisk): Promise<string | null> {
    if (!place.isOfStore) return "store-put-back";
    const roots = await this.#ports.store.rootsAt(cut.logs);
    if (!roots.ok) return roots.error.code;
    const rootOf = new Map(cut.logs.map(([origin], i) => [origin, roots.value[i] ?? null]));
    const { wallMs } = this.#ports.clock();
    const refusal = snapshotRefusal(this.#house, cut, place.version, rootOf, wallMs);
    if (refusal !== null) return refusal;
    const reader = new SnapshotReader(this.#house.fold.kinds);
    await forEachLine((line) => reader.line(line), new Slices(this.#ports.clock));
    return reader.end(this.#house, cut);
  }

  /** A running one ends when the process is to stop; then it is made again without pauses. */
  async #leaveSnapshot({ file, version }: SnapshotPlace, pauseMs: number): Promise<void> {
    const entries = this.#entriesSince;
    this.#entriesSince = 0;
    const isStopping = this.#stopped;
    const isWanted = () => this.#stopped === isStopping;
    try {
      const written = await writeSnapshot(file, this.#house, { version, pauseMs, isWanted });
      if (!written && this.#stopped) this.#entriesSince += entries;
    } catch (error) {
      // A full disk: the next start takes longer, that is all.
      this.#ports.note("snapshot-not-written", String(error));
    }
    this.#snapshot = null;
  }

  /** They open missions: what others say of one finds it there. */
  #centresFirst() {
    const { charter } = this.#house;
    const stored = this.#stored();
    const isFirst = ({ id, site }: LogState) => isCharterLog(charter, id) || isCentre(charter, site);
    return [...stored.filter(isFirst), ...stored.filter((log) => !isFirst(log))];
  }

  #stored() {
    return [...this.#house.logs.values()].filter(({ durable }) => durable.range.size > 0);
  }

  #nextCharterLog(read: readonly (Origin | undefined)[]): Origin | undefined {
    return this.#stored().find(
      ({ origin, id }) => isCharterLog(this.#house.charter, id) && !read.includes(origin),
    )?.origin;
  }
}

function idOf(origin: Origin): string {
  const parts = parseOrigin(origin);
  return logIdOf(present(parts.ok ? parts.value : undefined, "a stored log has an origin"));
}
