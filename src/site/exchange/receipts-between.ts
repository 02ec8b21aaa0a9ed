import { type DeviceId, type Origin, siteOf, siteOfOrigin } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import { encodePacket } from "../../exchange/packet.ts";
import { receiptsInPacketMax } from "../../exchange/packet-head.ts";
import { formatReceipt } from "../../log/cosignature.ts";
import { holderKey, isCentre } from "../../region/charter.ts";
import { receiptEveryMs, receiptsAgainInPacketMax, receiptsAllAgainMs } from "../limits.ts";
import { logOf } from "../replica.ts";
import type { House, Link, Out, Passing, ReceiptName } from "../state.ts";
import { isOfSite, sendPacket } from "./link.ts";

/*
 * A hospital's receipt goes to the site that asked it. So that other control centres know of the arrival too, a centre passes on
 * to them what it believes itself: a receipt proves itself by its signature, whoever brings it.
 */

/** Called at the beginning of a connection and now and then: what is known already is told behind everything new. */
export function beginPassing(house: House, link: Link, now: Now): void {
  if (!isBetweenCentres(house, link)) return;
  link.passing ??= newPassing(now);
  const { passing } = link;
  if (now.monoMs < passing.againMonoMs) return;
  passing.againMonoMs = now.monoMs + receiptsAllAgainMs;
  house.receipts.passing.add(link);
  const origins = [...house.receipts.newest.keys()];
  const [ofCentres, ofOthers] = [true, false].map((isFirst) =>
    origins.filter((origin) => isCentre(house.charter, siteOfOrigin(origin)) === isFirst),
  );
  for (const origin of [...(ofCentres ?? []), ...(ofOthers ?? [])]) {
    for (const holder of house.receipts.newest.get(origin)?.keys() ?? [])
      if (isPassedOn(house, link, { holder, origin })) put(passing.again, { holder, origin });
  }
}

/** This receipt is believed from now on. `from`: who told it; null: nobody on a connection. */
export function passOn(house: House, name: ReceiptName, from: Link | null): void {
  // What a centre told, it tells the others by itself; of our own log perhaps we alone were told.
  const isOwn = house.hosted.has(logOf(house, name.origin).device);
  if (from !== null && isWithCentre(house, from) && !isOwn) return;
  const isOfCentre = isCentre(house.charter, siteOfOrigin(name.origin));
  for (const link of house.anchored) {
    if (link.passing === null || !isPassedOn(house, link, name)) continue;
    put(isOfCentre ? link.passing.centres : link.passing.others, name);
    house.receipts.passing.add(link);
  }
}

/** One packet a link and 200 ms of what is new, and beside it one of what is told again, as part of catch-up. */
export function passReceipts(house: House, now: Now, out: Out): void {
  const { receipts } = house;
  if (receipts.passing.size === 0 || now.monoMs < receipts.nextPassMonoMs) return;
  receipts.nextPassMonoMs = now.monoMs + receiptEveryMs;
  for (const link of receipts.passing) {
    if (link.passing === null || passTo(house, link, link.passing, out)) receipts.passing.delete(link);
  }
}

/** When the next may go out, monotonic ms; undefined when nothing waits. */
export function nextPassMonoMs({ receipts }: House): number | undefined {
  return receipts.passing.size === 0 ? undefined : receipts.nextPassMonoMs;
}

export function isWithCentre(house: House, link: Link): boolean {
  return link.peer !== null && isCentre(house.charter, siteOf(link.peer));
}

function isBetweenCentres(house: House, link: Link): boolean {
  const isOurs = link.hosted !== null && isCentre(house.charter, link.hosted.site);
  return isOurs && !link.peerIsPocket && isWithCentre(house, link);
}

/** Control centres tell of their own by themselves, and the author's site is told at once. */
function isPassedOn(house: House, link: Link, { holder, origin }: ReceiptName): boolean {
  return !isCentre(house.charter, siteOf(holder)) && !isOfSite(link, origin);
}

function newPassing(now: Now): Passing {
  return { centres: new Map(), others: new Map(), again: new Map(), againMonoMs: now.monoMs };
}

function put(names: Map<string, ReceiptName>, name: ReceiptName): void {
  names.set(`${name.holder} ${name.origin}`, name);
}

/** True when nothing more waits for this link. */
function passTo(house: House, link: Link, passing: Passing, out: Out): boolean {
  const { centres, others, again } = passing;
  const fresh = take(centres, receiptsInPacketMax);
  fresh.push(...take(others, receiptsInPacketMax - fresh.length));
  if (fresh.length > 0) sendPacket(link, { type: "receipt", head: { receipts: notesOf(house, fresh) } }, out);
  if (again.size > 0 && !link.catchingUp) tellAgain(house, link, passing, out);
  return centres.size + others.size + again.size === 0;
}

/** A part of what is told again, in the place of a packet of catch-up. */
function tellAgain(house: House, link: Link, passing: Passing, out: Out): void {
  const receipts = notesOf(house, take(passing.again, receiptsAgainInPacketMax));
  link.catchingUp = true;
  const bytes = encodePacket({ type: "receipt", head: { receipts } });
  out.push({ type: "send", connection: link.id, bytes, catchUp: true });
}

function take(names: Map<string, ReceiptName>, countMax: number): ReceiptName[] {
  const taken = [...names].slice(0, countMax);
  for (const [key] of taken) names.delete(key);
  return taken.map(([, name]) => name);
}

/** As they are now: the last one covers everything. */
function notesOf(house: House, names: readonly ReceiptName[]): string[] {
  return names.flatMap(({ holder, origin }) => noteOf(house, holder, origin));
}

function noteOf(house: House, holder: DeviceId, origin: Origin): string[] {
  const receipt = house.receipts.newest.get(origin)?.get(holder);
  const vkey = holderKey(house.charter, holder);
  return receipt === undefined || vkey === undefined ? [] : [formatReceipt(receipt, vkey)];
}
