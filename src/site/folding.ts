import type { DeviceId, LogId, Name } from "../basics/name.ts";
import { deviceOf } from "../basics/name.ts";
import { decodeEntry, type Entry } from "../log/entry.ts";
import { addresseesOf } from "../region/addressee.ts";
import { foldCharter } from "../region/charter.ts";
import { foldEntry } from "../region/fold.ts";
import type { LogAppend } from "./effects.ts";
import type { House, LogState } from "./state.ts";

/** What the entries of a run changed beyond the region's view. */
export type Folded = { readonly charterChanged: boolean; readonly addressees: ReadonlySet<Name> };

/** Gives the meaning of what is committed to charter and fold. */
export function foldAppend(house: House, log: LogState, append: LogAppend, storedMs: number): Folded {
  const addressees = new Set<Name>();
  let charterChanged = false;
  for (const [i, bytes] of append.items.entries()) {
    const entry = usableEntry(bytes);
    charterChanged = foldOne(house, log.id, append.from + i, entry, storedMs) || charterChanged;
    if (entry !== null) for (const site of addresseesOf(house.fold, entry)) addressees.add(site);
  }
  return { charterChanged, addressees };
}

export function foldStored(
  house: House,
  log: LogId,
  index: number,
  bytes: Uint8Array,
  storedMs: number,
): void {
  foldOne(house, log, index, usableEntry(bytes), storedMs);
}

function foldOne(house: House, log: LogId, index: number, entry: Entry | null, storedMs: number): boolean {
  const charterChanged = foldCharter(house.charter, log, index, entry);
  foldEntry(house.fold, house.charter, { log, index, entry, storedMs, local: isOwn(house, deviceOf(log)) });
  return charterChanged;
}

function isOwn(house: House, device: DeviceId): boolean {
  return house.hosted.has(device);
}

/** Null where the bytes are no entry that any version could use: stored and passed on, without meaning. */
function usableEntry(bytes: Uint8Array): Entry | null {
  const entry = decodeEntry(bytes);
  return entry.ok ? entry.value : null;
}
