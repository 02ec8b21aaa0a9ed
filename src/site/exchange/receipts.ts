import { toHex } from "../../basics/bytes.ts";
import {
  type DeviceId,
  deviceOf,
  type LogId,
  type Origin,
  originOf,
  originPrefix,
  parseOrigin,
  siteOf,
  siteOfOrigin,
} from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import { secondMs } from "../../basics/time.ts";
import { verdictOn } from "../../exchange/contact.ts";
import { contactLimits } from "../../exchange/contact-state.ts";
import { encodePacket } from "../../exchange/packet.ts";
import { type ReceiptHead, receiptsInPacketMax } from "../../exchange/packet-head.ts";
import {
  type Cosignature,
  cosign,
  formatReceipt,
  parseReceipt,
  verifyReceipt,
} from "../../log/cosignature.ts";
import { epochCounter } from "../../log/epoch.ts";
import { centres, deviceIn, holderKey, isCentre } from "../../region/charter.ts";
import { receiptEveryMs, receiptsAgainMs } from "../limits.ts";
import { linksHolding } from "../pocket.ts";
import { logOf } from "../replica.ts";
import { awaitsErasure } from "../sealing/erasure.ts";
import type { Hosted, House, Link, LogState, Out, Receipts } from "../state.ts";
import { startCommit } from "../writing.ts";
import { noteHeldFurther } from "./given-views.ts";
import { isOfSite } from "./link.ts";
import { forgetUnproved, isWaiting, keepUnproved } from "./prove-receipts.ts";
import { beginPassing, isWithCentre, passOn } from "./receipts-between.ts";

export function newReceipts(): Receipts {
  return {
    newest: new Map(),
    outdated: new Map(),
    unproved: new Map(),
    seeking: new Set(),
    lastMonoMs: new Map(),
    due: new Map(),
    passing: new Set(),
    nextPassMonoMs: 0,
  };
}

/** Takes a receipt from our own store, where only true ones lie. */
export function takeStoredReceipt(house: House, cosignature: Cosignature): void {
  const device = deviceOfHolder(cosignature.holder);
  if (device !== undefined) keepNewest(house, device, cosignature);
}

/** The furthest that this device has confirmed to hold of a log: every entry below is durable there. */
export function heldUpTo(house: House, origin: Origin, holder: DeviceId): number {
  return house.receipts.newest.get(origin)?.get(holder)?.size ?? 0;
}

/**
 * Called for rows that are committed. Control centres confirm every log; others only what speaks to them, and their
 * neighbours' logs while no control centre is heard.
 */
export function oweReceipts(house: House, log: LogState, addressees: ReadonlySet<string>): void {
  for (const hosted of house.hosted.values()) {
    // A device that has ended vouches for nothing any more.
    if (deviceIn(house.charter, hosted.id)?.end) continue;
    if (hosted.id === log.device || !mustConfirm(house, hosted, log, addressees)) continue;
    house.receipts.due.set(`${hosted.id} ${log.origin}`, { hosted: hosted.id, origin: log.origin });
  }
}

/** Called when what is stored was folded: whom it speaks to confirms it now if that never was done. */
export function oweAddressed(house: House): void {
  for (const [log, sites] of house.addressed) {
    for (const hosted of house.hosted.values()) {
      const index = sites.get(hosted.site);
      const origin = originOf(house.region, log);
      const isConfirmed = index === undefined || index < heldUpTo(house, origin, hosted.id);
      if (isConfirmed || deviceOf(log) === hosted.id) continue;
      house.receipts.due.set(`${hosted.id} ${origin}`, { hosted: hosted.id, origin });
    }
  }
}

/** Called at each tick: no control centre is heard any more, so neighbours confirm what they hold of each other. */
export function oweNeighbours(house: House): void {
  for (const hosted of house.hosted.values()) {
    if (isCentre(house.charter, hosted.site) || !noCentreHeard(house, hosted)) continue;
    for (const { peer } of hosted.links) {
      const logs = peer === null ? [] : house.vector.siteLogs(siteOf(peer));
      for (const [origin, { size }] of logs) {
        if (heldUpTo(house, origin, hosted.id) < size)
          house.receipts.due.set(`${hosted.id} ${origin}`, { hosted: hosted.id, origin });
      }
    }
  }
}

function mustConfirm(house: House, hosted: Hosted, log: LogState, addressees: ReadonlySet<string>): boolean {
  if (isCentre(house.charter, hosted.site)) return true;
  if (addressees.has(hosted.site)) return true;
  return isNeighbour(hosted, log) && noCentreHeard(house, hosted);
}

function isNeighbour(hosted: Hosted, log: LogState): boolean {
  return [...hosted.links].some((link) => isOfSite(link, log.origin));
}

function noCentreHeard(house: House, hosted: Hosted): boolean {
  return centres(house.charter).every((site) => {
    const verdict = verdictOn(hosted.contact, site);
    return verdict !== "heard" && verdict !== "late";
  });
}

/** Signs what is due: at most once a log and 200 ms for each holder; what several holders sign is one commit. */
export function payReceipts(house: House, now: Now, out: Out): void {
  const before = house.writing.queue.length;
  for (const [key, { hosted: id, origin }] of house.receipts.due) {
    const last = house.receipts.lastMonoMs.get(key) ?? Number.NEGATIVE_INFINITY;
    if (now.monoMs - last < receiptEveryMs || awaitsErasure(house, origin)) continue;
    house.receipts.due.delete(key);
    house.receipts.lastMonoMs.set(key, now.monoMs);
    const hosted = house.hosted.get(id);
    if (hosted !== undefined) confirm(house, hosted, logOf(house, origin), now, out);
  }
  if (house.writing.queue.length > before) startCommit(house, now, out);
}

/** When the next receipt may go out, monotonic ms; undefined when none is due. */
export function nextReceiptMonoMs(house: House): number | undefined {
  let next: number | undefined;
  for (const [key, { origin }] of house.receipts.due) {
    if (awaitsErasure(house, origin)) continue;
    const at = (house.receipts.lastMonoMs.get(key) ?? Number.NEGATIVE_INFINITY) + receiptEveryMs;
    if (next === undefined || at < next) next = at;
  }
  return next;
}

function confirm(house: House, hosted: Hosted, log: LogState, now: Now, out: Out): void {
  const checkpoint = log.durable.checkpoint;
  if (checkpoint === null || heldUpTo(house, log.origin, hosted.id) >= checkpoint.size) return;
  // Never a time before its own epoch, whatever the clock says: nobody would count it.
  const timeMs = Math.max(now.wallMs, epochStartMs(house, hosted.id) + secondMs - 1);
  const cosignature = cosign(hosted.holder, checkpoint, Math.floor(timeMs / secondMs));
  keepNewest(house, hosted.id, cosignature);
  house.writing.queue.push({ kind: "cosignature", cosignature });
  route(house, log, cosignature, null, out);
  passOn(house, { holder: hosted.id, origin: log.origin }, null);
  noteHeldFurther(house, log.site);
  out.push({ type: "changed", ofReceipts: true });
}

/** Without a link they were carried here: like entries they prove themselves. */
export function receiveReceipts(
  house: House,
  link: Link | null,
  head: ReceiptHead,
  now: Now,
  out: Out,
): void {
  for (const text of head.receipts) receiveReceipt(house, link, text, now, out);
}

function receiveReceipt(house: House, link: Link | null, text: string, now: Now, out: Out): void {
  const parsed = parseReceipt(text);
  if (!parsed.ok) return refuse(link, parsed.error, out);
  const device = deviceOfHolder(parsed.value.holder);
  const parts = parseOrigin(parsed.value.origin);
  const vkey = device === undefined ? undefined : holderKey(house.charter, device);
  if (device === undefined || vkey === undefined) return refuse(link, "unknown-holder", out);
  if (!parts.ok || parts.value.region !== house.region) return refuse(link, "other-region", out);
  const log = house.logs.get(parsed.value.origin);
  // Older than what we know, or of a log that has not reached us: nothing to learn or to pass on yet.
  if (log === undefined || !isNews(house, log.origin, device, parsed.value)) return;
  if (isOutdated(house, device, parsed.value) && wasHeldUpTo(house, log.origin, device) >= parsed.value.size)
    return;
  if (isWaiting(house, log, device, parsed.value.size)) return;
  const receipt = verifyReceipt(house.ports.crypto, parsed.value, vkey);
  if (!receipt.ok) return refuse(link, receipt.error, out);
  takeReceipt(house, link, log, device, receipt.value, now, out);
}

function takeReceipt(
  house: House,
  link: Link | null,
  log: LogState,
  device: DeviceId,
  receipt: Cosignature,
  now: Now,
  out: Out,
): void {
  const root = log.roots.get(receipt.size);
  if (root !== undefined && root !== toHex(receipt.root))
    return refuse(link, "receipt-for-another-root", out);
  // A root that we cannot compare yet is passed on once, since its reader may, and believed by nobody here.
  if (root === undefined && (isOutdated(house, device, receipt) || !keepUnproved(house, device, receipt)))
    return;
  if (root !== undefined) {
    believe(house, device, receipt, out, link);
    startCommit(house, now, out);
  }
  if (!house.hosted.has(log.device)) route(house, log, receipt, link, out);
}

/** Its root is that of what is held here. `from`: who told it, if it was told just now. */
export function believe(
  house: House,
  device: DeviceId,
  receipt: Cosignature,
  out: Out,
  from: Link | null = null,
): void {
  keepNewest(house, device, receipt);
  forgetUnproved(house, device, receipt);
  house.writing.queue.push({ kind: "cosignature", cosignature: receipt });
  passOn(house, { holder: device, origin: receipt.origin }, from);
  noteHeldFurther(house, siteOfOrigin(receipt.origin));
  out.push({ type: "changed", ofReceipts: true });
}

/**
 * To the author's site where we are linked with it, otherwise back the way its entries came, and where there is no
 * such way to everybody; from a control centre to the other centres too. Who passes a receipt on adds nothing to it.
 */
function route(house: House, log: LogState, receipt: Cosignature, from: Link | null, out: Out): void {
  const links = [...linksHolding(house, log)].filter((link) => link !== from);
  const direct = links.filter((link) => isOfSite(link, log.origin));
  const back = direct.length > 0 ? direct : links.filter((link) => link.id === log.source);
  const others = isOfOwnCentre(house, receipt) ? links.filter((link) => isWithCentre(house, link)) : [];
  sendReceipts(house, onePerPeer([...(back.length > 0 ? back : links), ...others]), [receipt], out);
}

/** Where many sites share our process a peer has many connections with it: it is told on the one that it was heard on last. */
function onePerPeer(links: readonly Link[]): ReadonlySet<Link> {
  const best = new Map<DeviceId | null, Link>();
  for (const link of links) {
    const known = best.get(link.peer);
    if (known === undefined || link.lastReceivedMonoMs > known.lastReceivedMonoMs) best.set(link.peer, link);
  }
  return new Set(best.values());
}

function isOfOwnCentre(house: House, receipt: Cosignature): boolean {
  const holder = deviceOfHolder(receipt.holder);
  return holder !== undefined && house.hosted.has(holder) && isCentre(house.charter, siteOf(holder));
}

/**
 * What a peer should know and may have missed while it was away, or on a carrier that loses packets: how far each
 * log of its site is held; and our own receipts, where it is a control centre like us or where we have no link with
 * the author.
 */
export function sendReceiptsTo(house: House, link: Link, now: Now, out: Out): void {
  link.receiptsAgainMonoMs = now.monoMs + receiptsAgainMs;
  beginPassing(house, link, now);
  if (link.peerIsPocket) return sendOwnReceipts(house, link, out);
  const receipts: Cosignature[] = [];
  const linked = new Set([...house.established].map(({ peer }) => (peer === null ? "" : siteOf(peer))));
  for (const [origin, holders] of house.receipts.newest) {
    const isTheirs = isOfSite(link, origin);
    const isFarAway = !linked.has(siteOfOrigin(origin));
    for (const [holder, receipt] of holders) {
      const isForCentre = isOfOwnCentre(house, receipt) && isWithCentre(house, link);
      if (isTheirs || isForCentre || (isFarAway && house.hosted.has(holder))) receipts.push(receipt);
    }
  }
  for (let i = 0; i < receipts.length; i += receiptsInPacketMax) {
    sendReceipts(house, new Set([link]), receipts.slice(i, i + receiptsInPacketMax), out);
  }
}

/** How far the peer's own logs are held; of thousands of pockets none costs a look at all receipts. */
function sendOwnReceipts(house: House, link: Link, out: Out): void {
  const site = link.peer === null ? "" : siteOf(link.peer);
  for (const origin of house.vector.siteLogs(site).keys()) {
    if (logOf(house, origin).device !== link.peer) continue;
    sendReceipts(house, new Set([link]), [...(house.receipts.newest.get(origin)?.values() ?? [])], out);
  }
}

/**
 * Repeats what peers should know, for the sake of carriers that lose packets: to few links a tick, since many are opened
 * in the same moment and all of them at once kept everything else waiting for 130 ms.
 */
export function repeatReceipts(house: House, now: Now, out: Out): void {
  const share = (2 * contactLimits.tickMs) / receiptsAgainMs;
  let left = Math.ceil(house.established.size * share);
  for (const link of house.established) {
    if (left === 0) return;
    if (now.monoMs < link.receiptsAgainMonoMs) continue;
    left -= 1;
    sendReceiptsTo(house, link, now, out);
  }
}

/** Written once, however many are told. */
function sendReceipts(
  house: House,
  links: ReadonlySet<Link>,
  cosignatures: readonly Cosignature[],
  out: Out,
): void {
  if (links.size === 0) return;
  const receipts = cosignatures.flatMap((receipt) => {
    const device = deviceOfHolder(receipt.holder);
    const vkey = device === undefined ? undefined : holderKey(house.charter, device);
    return vkey === undefined ? [] : [formatReceipt(receipt, vkey)];
  });
  if (receipts.length === 0) return;
  const bytes = encodePacket({ type: "receipt", head: { receipts } });
  for (const { id } of links) out.push({ type: "send", connection: id, bytes, catchUp: false });
}

function keepNewest(house: House, device: DeviceId, receipt: Cosignature): void {
  const { newest, outdated } = house.receipts;
  keepLargest(isOutdated(house, device, receipt) ? outdated : newest, device, receipt);
}

/** Said again of the same size it is news too: perhaps the holder's new epoch, which ends the last one, is still to come. */
function isNews(house: House, origin: Origin, device: DeviceId, said: Told): boolean {
  return goesBeyond(house.receipts.newest.get(origin)?.get(device), said);
}

type Told = { readonly size: number; readonly timeS: number };

function goesBeyond(known: Told | undefined, { size, timeS }: Told): boolean {
  return known === undefined || size > known.size || (size === known.size && timeS > known.timeS);
}

function keepLargest(kept: Receipts["newest"], device: DeviceId, receipt: Cosignature): void {
  const holders = kept.get(receipt.origin) ?? new Map<DeviceId, Cosignature>();
  if (goesBeyond(holders.get(device), receipt)) holders.set(device, receipt);
  kept.set(receipt.origin, holders);
}

/**
 * Called when a device has begun a log. If it had one before, its store was perhaps put back or lost: what it confirmed
 * until then is *being sent again* until it says so anew, as our own devices do at once.
 */
export function outdateReceipts(house: House, device: DeviceId): void {
  const { newest, outdated, unproved, due } = house.receipts;
  for (const [origin, holders] of newest) {
    const receipt = holders.get(device);
    if (receipt === undefined || !isOutdated(house, device, receipt)) continue;
    holders.delete(device);
    keepLargest(outdated, device, receipt);
    if (house.hosted.has(device)) due.set(`${device} ${origin}`, { hosted: device, origin });
  }
  for (const holders of unproved.values()) {
    const waiting = holders.get(device);
    if (waiting !== undefined && isOutdated(house, device, waiting.receipt)) holders.delete(device);
  }
}

/** How far this device had confirmed to hold of a log before its newest epoch. */
export function wasHeldUpTo(house: House, origin: Origin, holder: DeviceId): number {
  return house.receipts.outdated.get(origin)?.get(holder)?.size ?? 0;
}

function isOutdated(house: House, device: DeviceId, { timeS }: { readonly timeS: number }): boolean {
  return timeS * secondMs < epochStartMs(house, device);
}

/** When the newest epoch of a device began, by its own clock; 0 while it is in its first. */
function epochStartMs({ logStarts }: House, device: DeviceId): number {
  const starts = logStarts.get(device) ?? new Map<LogId, number>();
  const [log] = starts.keys();
  const isFirst = starts.size === 1 && log !== undefined && epochCounter(epochOfLog(log)) === 1;
  return starts.size === 0 || isFirst ? 0 : Math.max(...starts.values());
}

function epochOfLog(log: LogId): string {
  return log.slice(log.lastIndexOf("/") + 1);
}

const holderEnd = "/holder";

/** A holder key is named `holdfast/1/<region>/<site>/<device>/holder`. */
function deviceOfHolder(holder: string): DeviceId | undefined {
  const start = holder.indexOf("/", originPrefix.length + 1) + 1;
  return holder.endsWith(holderEnd) && start > 0 ? holder.slice(start, -holderEnd.length) : undefined;
}

function refuse(link: Link | null, code: string, out: Out): void {
  out.push({
    type: "note",
    code: `refused-${code}`,
    about: link === null ? "carried" : (link.peer ?? "unknown"),
  });
}
