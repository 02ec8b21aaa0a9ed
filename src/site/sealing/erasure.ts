import { utf8Encode } from "../../basics/bytes.ts";
import {
  type DeviceId,
  deviceOf,
  type FactRef,
  type LogId,
  logIdOf,
  type Origin,
  originOf,
  parseOrigin,
  siteOf,
} from "../../basics/name.ts";
import { decodeEntry, type Entry } from "../../log/entry.ts";
import { type CaseId, isCaseId } from "../../log/sealed.ts";
import { usable } from "../../region/border.ts";
import { isErased, readersOf } from "../../region/case-fold.ts";
import { type CharterDevice, centres, devicesOf } from "../../region/charter.ts";
import { erasureNamesMax } from "../../region/facts-case.ts";
import type { LogAppend } from "../effects.ts";
import type { House } from "../state.ts";
import { dropCase, slotsOf } from "./key-table.ts";

/*
 * An erasure is a fact like any other, and the one thing that deletes. A device gives no receipt for it before its own
 * key table has lost the key: so the receipts tell who has erased.
 */

const caseErasedKind = "case.erased/1";
const caseErasedBytes = utf8Encode(caseErasedKind);

/** The case that this entry erases, said by a device of ours. */
export function erasedIn(entry: Entry): CaseId | null {
  return entry.kind === caseErasedKind ? caseIn(entry) : null;
}

/**
 * An erasure that is about to be written names who has the key though no fact tells it any more: when a mission has left
 * the fold (region/leaving.ts), nobody could say otherwise whose word is still missing.
 */
export function namingKeyHolders(house: House, entry: Entry): Entry {
  const id = erasedIn(entry);
  if (id === null) return entry;
  const readers = readersOf(house.fold, id);
  const unnamed = slotsOf(house, id).flatMap(({ to }) => (readers.has(siteOf(to)) ? [] : [to]));
  const given = [...new Set(unnamed)].sort().slice(0, erasureNamesMax);
  return given.length === 0 ? entry : { ...entry, given };
}

export function isOfErasedCase(house: House, entry: Entry): boolean {
  const id = caseIn(entry);
  return id !== null && (house.keys.erased.has(id) || isErased(house.fold, id));
}

function caseIn(entry: Entry): CaseId | null {
  const id = entry["case"];
  return typeof id === "string" && isCaseId(id) ? id : null;
}

/**
 * The cases that a run of another device's log erases, as the charter is now: their keys go in the run's own transaction,
 * so that no receipt can cover an erasure that is still to be carried out.
 */
export function erasedInRun({ charter, fold }: House, { origin, from, items }: LogAppend): CaseId[] {
  const cases: CaseId[] = [];
  for (const [i, bytes] of items.entries()) {
    const decoded = includesBytes(bytes, caseErasedBytes) ? decodeEntry(bytes) : undefined;
    const id = decoded?.ok ? erasedIn(decoded.value) : null;
    if (id === null || !decoded?.ok) continue;
    if (usable(charter, logOfOrigin(origin), from + i, decoded.value, fold.kinds)) cases.push(id);
  }
  return cases;
}

/** Every entry that is stored is looked at: parsing each would cost more than storing it. */
function includesBytes(bytes: Uint8Array, part: Uint8Array): boolean {
  const [first = 0] = part;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    let same = 1;
    while (same < part.length && bytes[at + same] === part[same]) same += 1;
    if (same === part.length) return true;
  }
  return false;
}

function logOfOrigin(origin: Origin): LogId {
  const parts = parseOrigin(origin);
  return parts.ok ? logIdOf(parts.value) : "";
}

/** Looks at a case of which something was folded. */
export function noteErasure(house: House, id: CaseId): void {
  const { erased, erasing, unchecked } = house.keys;
  if (!isErased(house.fold, id) || erased.has(id) || erasing.has(id)) return;
  erasing.set(id, "to-do");
  unchecked.delete(id);
  for (const [key, slot] of house.keys.early) if (slot.case === id) house.keys.early.delete(key);
}

/** Has the disk delete what is erased; after a failure of the disk again. */
export function queueErasures(house: House): void {
  if (!house.writing.storing) return;
  for (const [id, state] of house.keys.erasing) {
    if (state === "queued") continue;
    house.keys.erasing.set(id, "queued");
    house.writing.queue.push({ kind: "erase", case: id });
  }
}

/** The disk has deleted their slots. */
export function takeErased(house: House, cases: readonly CaseId[]): void {
  for (const id of cases) {
    dropCase(house, id);
    house.keys.erased.add(id);
    house.keys.erasing.delete(id);
    house.keys.unchecked.delete(id);
  }
}

/** Whether a receipt for this log would cover an erasure that our own disk has not carried out yet. */
export function awaitsErasure(house: House, origin: Origin): boolean {
  if (house.keys.erasing.size === 0) return false;
  const log = logOfOrigin(origin);
  return [...house.keys.erasing.keys()].some((id) => erasuresOf(house, id).some(([at]) => at === log));
}

export function erasuresOf(house: House, id: CaseId): readonly FactRef[] {
  return [...(house.fold.cases.get(id)?.erasures.values() ?? [])];
}

export type ErasureStanding = {
  /** Their own stores are rid of the key, for certain. */
  readonly confirmed: readonly DeviceId[];
  /** They may still have it. */
  readonly waiting: readonly DeviceId[];
  /** They may still have it, and their word no longer counts: nobody will ever confirm for them. */
  readonly ended: readonly DeviceId[];
  /** For them its key was carried by hand: what it was carried on may still have it, wrapped. */
  readonly carriedTo: readonly DeviceId[];
};

/**
 * Who has erased: of all devices that may have the key (of the readers' sites, and of the control centres, which pass keys
 * on) those whose receipt covers the fact, or who said it. A device that was ended, lost or stolen perhaps, is named
 * apart, also one that never had the key: nobody can tell. Null: the case is not erased.
 */
export function erasureStanding(house: House, id: CaseId): ErasureStanding | null {
  if (!isErased(house.fold, id)) return null;
  const sites = new Set([...readersOf(house.fold, id), ...centres(house.charter)]);
  const devices = [...sites].flatMap((site) => devicesOf(house.charter, site));
  const [confirmed, open] = partition(devices, (device) => hasErased(house, id, device.id));
  const [waiting, ended] = partition(open, ({ end }) => end === null);
  return {
    confirmed: idsOf(confirmed),
    waiting: idsOf(waiting),
    ended: idsOf(ended),
    carriedTo: [...(house.fold.cases.get(id)?.carriedTo ?? [])],
  };
}

function partition<T>(all: readonly T[], isFirst: (one: T) => boolean): readonly [T[], T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
}

function idsOf(devices: readonly CharterDevice[]): readonly DeviceId[] {
  return devices.map(({ id }) => id);
}

function hasErased(house: House, id: CaseId, device: DeviceId): boolean {
  if (house.hosted.has(device)) return house.keys.erased.has(id);
  return erasuresOf(house, id).some(([log, index]) => {
    const receipts = house.receipts.newest.get(originOf(house.region, log));
    return deviceOf(log) === device || (receipts?.get(device)?.size ?? 0) > index;
  });
}
