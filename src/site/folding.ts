import { deviceOf, type LogId, type Name } from "../basics/name.ts";
import { decodeEntry, type Entry } from "../log/entry.ts";
import { addresseesOf } from "../region/addressee.ts";
import { foldCharter } from "../region/charter.ts";
import { type Fold, foldEntry, foldIsStale, newFold } from "../region/fold.ts";
import type { LogAppend } from "./effects.ts";
import type { House, LogState } from "./state.ts";

/** What the entries of a run changed beyond the region's view. */
export type Folded = { readonly charterChanged: boolean; readonly addressees: ReadonlySet<Name> };

/** Gives the meaning of what is committed to charter and fold. */
export function foldAppend(house: House, log: LogState, append: LogAppend, storedMs: number): Folded {
  const addressees = new Set<Name>();
  let charterChanged = false;
  for (const [i, bytes] of append.items.entries()) {
    const index = append.from + i;
    const entry = usableEntry(bytes);
    charterChanged = foldCharter(house.charter, log.id, index, entry) || charterChanged;
    foldInto(house, house.fold, log.id, index, entry, storedMs);
    if (entry !== null) for (const site of addresseesOf(house.fold, entry)) addressees.add(site);
  }
  return { charterChanged, addressees };
}

/** One stored entry, when a store is opened. Returns the sites that it speaks to. */
export function foldStored(
  house: House,
  log: LogId,
  index: number,
  bytes: Uint8Array,
  storedMs: number,
): readonly Name[] {
  const entry = usableEntry(bytes);
  foldCharter(house.charter, log, index, entry);
  foldInto(house, house.fold, log, index, entry, storedMs);
  return entry === null ? [] : addresseesOf(house.fold, entry);
}

/** The charter has changed what folded entries mean: the fold is to be made anew from the store. */
export function needsRefold(house: House): boolean {
  return foldIsStale(house.fold, house.charter);
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
  return foldIsStale(fresh, house.charter);
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
  foldEntry(fold, house.charter, { log, index, entry, storedMs, local: house.hosted.has(deviceOf(log)) });
}

/** Null where the bytes are no entry that any version could use: stored and passed on, without meaning. */
function usableEntry(bytes: Uint8Array): Entry | null {
  const entry = decodeEntry(bytes);
  return entry.ok ? entry.value : null;
}
