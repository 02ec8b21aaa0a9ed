import { equalBytes } from "../basics/bytes.ts";
import { type DeviceId, type Name, type Origin, siteOf, siteOfOrigin } from "../basics/name.ts";
import { contactOf, ownContact } from "../exchange/contact.ts";
import { centres, devicesOf, isCentre } from "../region/charter.ts";
import { heldUpTo } from "../site/exchange/receipts.ts";
import type { Hosted, House } from "../site/state.ts";
import type { SimulatedProcess } from "./process.ts";
import type { StoreBook, StoreBooks } from "./store-books.ts";

/**
 * What is still missing until all have converged, as one sentence; null: nothing. Every log equal in every store,
 * every site but those of liars heard by every other, every control centre's receipt where it is to be read.
 */
export function missingToConverge(
  processes: readonly SimulatedProcess[],
  books: StoreBooks,
  liars: ReadonlySet<Name>,
): string | null {
  for (const process of processes) {
    const { house, name } = process;
    if (house === null) return `${name} is down`;
    const missing = unfinished(house) ?? unequal(processes, books, process) ?? unheard(house, liars);
    if (missing !== null) return `${name}: ${missing}`;
  }
  return unconfirmed(processes, liars);
}

function unfinished({ writing }: House): string | null {
  if (!writing.storing) return "cannot record";
  return writing.inFlight !== null || writing.queue.length > 0 ? "is writing" : null;
}

/** Whether all of these hold the same, told as a sentence where not; whether they hear each other is not asked. */
export function missingToAgree(processes: readonly SimulatedProcess[], books: StoreBooks): string | null {
  for (const process of processes) {
    const { house, name } = process;
    const missing = house === null ? "is down" : (unfinished(house) ?? unequal(processes, books, process));
    if (missing !== null) return `${name}: ${missing}`;
  }
  return null;
}

function unequal(
  processes: readonly SimulatedProcess[],
  books: StoreBooks,
  process: SimulatedProcess,
): string | null {
  const own = books.of(process);
  for (const other of processes) {
    const theirs = books.of(other).vector;
    for (const [origin, common] of own.commons)
      if (!sharesHistory(own, books.of(other), origin, common))
        return `holds another history of ${origin} than ${other.name}, of ${common} in common`;
    if (theirs.digest() === own.vector.digest()) continue;
    for (const origin of theirs.origins()) {
      const [held, there] = [own.vector.get(origin), theirs.get(origin)];
      if (held?.size !== there?.size || held?.root !== there?.root)
        return `holds ${held?.size ?? 0} of ${origin}, ${other.name} ${there?.size ?? 0}`;
    }
  }
  return null;
}

/** Vectors tell of a forked log how much is shared, not what. */
function sharesHistory(own: StoreBook, theirs: StoreBook, origin: Origin, common: number): boolean {
  const [entries, others] = [own, theirs].map(({ logs }) => logs.get(origin)?.entries ?? []);
  const both = Math.min(common, entries?.length ?? 0, others?.length ?? 0);
  for (let at = 0; at < both; at += 1) {
    const [entry, other] = [entries?.[at], others?.[at]];
    if (entry === undefined || other === undefined || !equalBytes(entry, other)) return false;
  }
  return true;
}

function unheard(house: House, liars: ReadonlySet<Name>): string | null {
  for (const hosted of house.hosted.values()) {
    const { contact } = hosted;
    if (contact.sites.get(hosted.site) === undefined) continue;
    for (const [site, { charter }] of contact.sites) {
      if (!charter.mobile && !liars.has(site) && contactOf(contact, site).verdict !== "heard")
        return `${hosted.id} does not hear ${site}`;
    }
    if (ownContact(contact).cutOff !== null) return `${hosted.id} believes to be cut off`;
    if (!hosted.mobile && ownContact(contact).notHeard) return `${hosted.id} believes not to be heard`;
  }
  return null;
}

/**
 * Each control centre's receipt for all of a log is known where the log is written and at the other centres; and what one
 * centre knows of a hospital's or crew's receipts, every other knows that is connected with it.
 */
function unconfirmed(processes: readonly SimulatedProcess[], liars: ReadonlySet<Name>): string | null {
  for (const { house } of processes) {
    if (house === null) continue;
    for (const { name, house: reader } of processes) {
      if (reader === null) continue;
      const missing = [...house.hosted.values()].map((hosted) => unconfirmedAt(reader, hosted));
      const first = missing.find((one) => one !== null) ?? untold(house, reader, liars);
      if (first !== null) return `${name}: ${first}`;
    }
  }
  return null;
}

/** A receipt that a control centre has and another one, connected with it, does not. */
function untold(centre: House, reader: House, liars: ReadonlySet<Name>): string | null {
  if (!hostsCentre(centre) || !areConnectedCentres(centre, reader)) return null;
  for (const [origin, holders] of centre.receipts.newest) {
    // Of a log with two histories each may believe what the other cannot.
    if (liars.has(siteOfOrigin(origin)) || reader.forks.has(origin)) continue;
    for (const [holder, { size }] of holders) {
      // What control centres confirm is looked at by itself.
      if (isCentre(centre.charter, siteOf(holder)) || liars.has(siteOf(holder))) continue;
      if (heldUpTo(reader, origin, holder) < size)
        return `does not know that ${holder} holds ${size} of ${origin}`;
    }
  }
  return null;
}

function areConnectedCentres(one: House, other: House): boolean {
  return [...one.established].some(
    ({ hosted, peer }) =>
      hosted !== null &&
      peer !== null &&
      isCentre(one.charter, hosted.site) &&
      isCentre(one.charter, siteOf(peer)) &&
      other.hosted.has(peer),
  );
}

function unconfirmedAt(reader: House, author: Hosted): string | null {
  const isReader = reader.hosted.has(author.id) || hostsCentre(reader);
  const size = reader.logs.get(author.origin)?.durable.range.size ?? 0;
  if (!isReader || size === 0) return null;
  return missingReceipt(reader, author.origin, size, author.id);
}

function missingReceipt(reader: House, origin: Origin, size: number, author: DeviceId): string | null {
  for (const holder of centreDevices(reader)) {
    if (holder !== author && heldUpTo(reader, origin, holder) < size)
      return `no receipt of ${holder} for ${size} of ${origin}`;
  }
  return null;
}

function hostsCentre(house: House): boolean {
  const names: readonly Name[] = centres(house.charter);
  return [...house.hosted.values()].some(({ site }) => names.includes(site));
}

function centreDevices(house: House): readonly DeviceId[] {
  return centres(house.charter).flatMap((site) => devicesOf(house.charter, site).map(({ id }) => id));
}
