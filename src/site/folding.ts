import { type DeviceId, deviceOf, type LogId, type Name, originOf } from "../basics/name.ts";
import type { Now } from "../basics/time.ts";
import { decodeStoredEntry, type Entry } from "../log/entry.ts";
import type { CaseId } from "../log/sealed.ts";
import { addresseesOf } from "../region/addressee.ts";
import { foldCharter, isCentre } from "../region/charter.ts";
import { type Fold, foldEntry, foldIsStale, newFold, type Touched } from "../region/fold.ts";
import { partTouched } from "../region/fold-parts.ts";
import { leaveEnded } from "../region/leaving.ts";
import { noteRun } from "./decisions/journal.ts";
import type { LogAppend } from "./effects.ts";
import { noteTouched } from "./exchange/given-views.ts";
import { noteSaidAgain } from "./forks/again.ts";
import { commonSize, forkedAt } from "./forks/fork-proof.ts";
import { leaveEveryMs } from "./limits.ts";
import { reviewCases } from "./sealing/cases.ts";
import type { House, LogState } from "./state.ts";
import { isStartKind } from "./submit.ts";

/** What the entries of a run changed beyond the region's view. */
export type Folded = {
  readonly charterChanged: boolean;
  readonly addressees: ReadonlySet<Name>;
  /** The run begins a log. */
  readonly epochBegan: boolean;
  /** Of these cases something was said. */
  readonly cases: ReadonlySet<CaseId>;
};

/** Gives the meaning of what is committed to charter and fold. */
export function foldAppend(house: House, log: LogState, append: LogAppend, storedMs: number): Folded {
  const addressees = new Set<Name>();
  const cases = new Set<CaseId>();
  let charterChanged = false;
  noteRun(house.journal, log.id, append.from);
  for (const [i, bytes] of append.items.entries()) {
    const index = append.from + i;
    const entry = usableEntry(bytes);
    const meant = meaningOf(house, log.id, index, bytes, entry);
    if (isReadTo(house, log.id, index))
      charterChanged = foldCharter(house.charter, log.id, index, meant) || charterChanged;
    for (const fold of growingFolds(house, log.id, index)) {
      const touched = foldInto(house, fold, log.id, index, entry, storedMs);
      if (fold === house.fold) for (const id of casesIn(house, touched)) cases.add(id);
    }
    for (const site of noteAddressed(house, house.fold, log.id, index, meant)) addressees.add(site);
  }
  return { charterChanged, addressees, epochBegan: append.from === 0, cases };
}

// While a house is loading, what was stored before is still to be read: what comes of such a log waits its turn.
function isReadTo({ loading }: House, log: LogId, index: number): boolean {
  if (loading === null) return true;
  if (index === 0) loading.read.add(log);
  return loading.read.has(log);
}

/** The folds that hold this log up to this entry: the one in use, and one that is being made and has come so far. */
function growingFolds({ fold, filling, loading }: House, log: LogId, index: number): readonly Fold[] {
  const isNext = filling !== null && (filling.logs.get(log)?.size ?? 0) === index;
  return [...(loading === null ? [fold] : []), ...(isNext ? [filling] : [])];
}

/** One stored entry, when a store is opened, into the fold in use or one that is being made for it. */
export function foldStored(
  house: House,
  fold: Fold,
  log: LogId,
  index: number,
  bytes: Uint8Array,
  storedMs: number,
): void {
  const entry = usableEntry(bytes);
  const meant = meaningOf(house, log, index, bytes, entry);
  foldCharter(house.charter, log, index, meant);
  foldInto(house, fold, log, index, entry, storedMs);
  if (awaitsAddressees(house)) noteAddressed(house, fold, log, index, meant);
}

/** Control centres confirm every log, whomever it speaks to. */
function awaitsAddressees({ hosted, charter }: House): boolean {
  for (const { site } of hosted.values()) if (!isCentre(charter, site)) return true;
  return false;
}

/** The sites that an entry speaks to; of our own ones it is remembered. */
function noteAddressed(
  house: House,
  fold: Fold,
  log: LogId,
  index: number,
  entry: Entry | null,
): readonly Name[] {
  const sites = entry === null ? [] : addresseesOf(fold, entry);
  if (sites.length === 0) return sites;
  for (const { site } of house.hosted.values()) {
    if (!sites.includes(site)) continue;
    const last = house.addressed.get(log) ?? new Map<Name, number>();
    house.addressed.set(log, last.set(site, index));
  }
  return sites;
}

/** What charter and log starts say, before the rest of what is stored is folded. Returns whether it was new. */
export function readStored(house: House, log: LogId, index: number, bytes: Uint8Array): boolean {
  return foldCharter(house.charter, log, index, meaningOf(house, log, index, bytes, usableEntry(bytes)));
}

/** The charter has changed what folded entries mean: the fold is to be made anew from the store. */
export function needsRefold(house: House): boolean {
  return isStale(house, house.fold);
}

/** A fold to be filled by {@link refoldStored} while the old one still serves. */
export function beginRefold(house: House): Fold {
  house.filling = newFold(house.fold.kinds);
  return house.filling;
}

/** Once an hour what ended long ago leaves the fold. */
export function letLeave(house: House, now: Now): void {
  if (now.monoMs < house.nextLeavingMonoMs) return;
  house.nextLeavingMonoMs = now.monoMs + leaveEveryMs;
  leaveEnded(house.fold, now.wallMs);
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
  house.filling = null;
  reviewCases(house);
  return true;
}

function foldInto(
  house: House,
  fold: Fold,
  log: LogId,
  index: number,
  entry: Entry | null,
  storedMs: number,
): Touched | null {
  const local = house.hosted.has(deviceOf(log));
  const countsUpTo = forkedAt(house, originOf(house.region, log));
  const input = { log, index, entry, storedMs, local };
  const touched = foldEntry(fold, house.charter, countsUpTo === undefined ? input : { ...input, countsUpTo });
  if (touched === null || fold !== house.fold) return touched;
  noteTouched(house, fold, touched);
  if (house.changedParts === null) return touched;
  const part = partTouched(touched);
  if (part !== null) house.changedParts.set(`${part.what} ${part.key}`, part);
  return touched;
}

/** Whose a case is and who reads it may change with a word on it or on its mission. */
function casesIn(house: House, touched: Touched | null): readonly CaseId[] {
  if (touched?.what === "case") return [touched.case];
  return touched?.what === "mission" ? [...(house.fold.missionCases.get(touched.mission) ?? [])] : [];
}

/**
 * The entry for whoever gives it a meaning; null where it has none. Called once for each, when it is or was stored. A fold
 * gets the entry itself: past the common part it means nothing there either, but a request of ours that was answered
 * with it stays answered, so that a retry after a start is no second fact.
 */
function meaningOf(
  house: House,
  log: LogId,
  index: number,
  bytes: Uint8Array,
  entry: Entry | null,
): Entry | null {
  if (entry === null) return null;
  const device = deviceOf(log);
  if (house.hosted.has(device)) noteSaidAgain(house, entry, bytes, log, index);
  const common = forkedAt(house, originOf(house.region, log));
  // Where histories share nothing, each house would note another beginning.
  if (index === 0 && common !== 0 && isStartKind(entry.kind)) noteLogStart(house, device, log, entry.at);
  return common === undefined || index < common ? entry : null;
}

function noteLogStart(house: House, device: DeviceId, log: LogId, atMs: number): void {
  const starts = house.logStarts.get(device) ?? new Map<LogId, number>();
  house.logStarts.set(device, starts.set(log, atMs));
}

/** Null where the bytes are no entry that any version could use: stored and passed on, without meaning. */
function usableEntry(bytes: Uint8Array): Entry | null {
  const entry = decodeStoredEntry(bytes);
  return entry.ok ? entry.value : null;
}
