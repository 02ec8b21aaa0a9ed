import { type DeviceId, deviceOf, type LogId, type Name, originOf } from "../basics/name.ts";
import { decodeEntry, type Entry } from "../log/entry.ts";
import { addresseesOf } from "../region/addressee.ts";
import { foldCharter } from "../region/charter.ts";
import { type Fold, foldEntry, foldIsStale, newFold } from "../region/fold.ts";
import { noteSaidAgain } from "./again.ts";
import type { LogAppend } from "./effects.ts";
import { commonSize, forkedAt } from "./fork-proof.ts";
import type { House, LogState } from "./state.ts";
import { isStartKind } from "./submit.ts";

/** What the entries of a run changed beyond the region's view. */
export type Folded = {
  readonly charterChanged: boolean;
  readonly addressees: ReadonlySet<Name>;
  /** The run begins a log. */
  readonly epochBegan: boolean;
};

/** Gives the meaning of what is committed to charter and fold. */
export function foldAppend(house: House, log: LogState, append: LogAppend, storedMs: number): Folded {
  const addressees = new Set<Name>();
  let charterChanged = false;
  for (const [i, bytes] of append.items.entries()) {
    const index = append.from + i;
    const entry = meaningOf(house, log.id, index, bytes);
    charterChanged = foldCharter(house.charter, log.id, index, entry) || charterChanged;
    foldInto(house, house.fold, log.id, index, entry, storedMs);
    if (entry !== null) for (const site of addresseesOf(house.fold, entry)) addressees.add(site);
  }
  return { charterChanged, addressees, epochBegan: append.from === 0 };
}

/** One stored entry, when a store is opened. Returns the sites that it speaks to. */
export function foldStored(
  house: House,
  log: LogId,
  index: number,
  bytes: Uint8Array,
  storedMs: number,
): readonly Name[] {
  const entry = meaningOf(house, log, index, bytes);
  foldCharter(house.charter, log, index, entry);
  foldInto(house, house.fold, log, index, entry, storedMs);
  return entry === null ? [] : addresseesOf(house.fold, entry);
}

/** The charter has changed what folded entries mean: the fold is to be made anew from the store. */
export function needsRefold(house: House): boolean {
  return isStale(house, house.fold);
}

/** A fold to be filled by {@link refoldStored} while the old one still serves. */
export function beginRefold(): Fold {
  return newFold();
}

export function refoldStored(
  house: House,
  fresh: Fold,
  log: LogId,
  index: number,
  bytes: Uint8Array,
  storedMs: number,
): void {
  foldInto(house, fresh, log, index, usableEntry(bytes), storedMs);
}

/** The charter has changed again while this fold was filled: it is to be begun anew. */
export function isRefoldStale(house: House, fresh: Fold): boolean {
  return isStale(house, fresh);
}

function isStale(house: House, fold: Fold): boolean {
  if (foldIsStale(fold, house.charter)) return true;
  return [...house.forks].some(([origin, fork]) => {
    const log = house.logs.get(origin);
    return log !== undefined && (fold.logs.get(log.id)?.meant ?? 0) > commonSize(fork);
  });
}

/** Takes the new fold into use. False when the store has grown since: then it is to be filled further. */
export function endRefold(house: House, fresh: Fold): boolean {
  for (const log of house.logs.values()) {
    if ((fresh.logs.get(log.id)?.size ?? 0) < log.durable.range.size) return false;
  }
  house.fold = fresh;
  return true;
}

function foldInto(
  house: House,
  fold: Fold,
  log: LogId,
  index: number,
  entry: Entry | null,
  storedMs: number,
): void {
  const local = house.hosted.has(deviceOf(log));
  const countsUpTo = forkedAt(house, originOf(house.region, log));
  foldEntry(fold, house.charter, {
    ...{ log, index, entry, storedMs, local },
    ...(countsUpTo === undefined ? {} : { countsUpTo }),
  });
}

/** The entry for whoever gives it a meaning; null where it has none. Called once for each, when it is or was stored. */
function meaningOf(house: House, log: LogId, index: number, bytes: Uint8Array): Entry | null {
  const entry = usableEntry(bytes);
  if (entry === null) return null;
  const device = deviceOf(log);
  if (house.hosted.has(device)) noteSaidAgain(house, entry, bytes);
  if (index === 0 && isStartKind(entry.kind)) noteLogStart(house, device, log, entry.at);
  const common = forkedAt(house, originOf(house.region, log));
  return common === undefined || index < common ? entry : null;
}

function noteLogStart(house: House, device: DeviceId, log: LogId, atMs: number): void {
  const starts = house.logStarts.get(device) ?? new Map<LogId, number>();
  house.logStarts.set(device, starts.set(log, atMs));
}

/** Null where the bytes are no entry that any version could use: stored and passed on, without meaning. */
function usableEntry(bytes: Uint8Array): Entry | null {
  const entry = decodeEntry(bytes);
  return entry.ok ? entry.value : null;
}
