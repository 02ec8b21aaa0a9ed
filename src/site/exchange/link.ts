import { present } from "../../basics/assert.ts";
import { type DeviceId, type Origin, siteOf, siteOfOrigin } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import {
  checkOffer,
  checkProof,
  type HelloRefusal,
  type HelloSelf,
  helloNonceBytes,
  helloOffer,
  helloProof,
  helloText,
  helloWithinMs,
} from "../../exchange/hello.ts";
import { decodePacket, encodePacket, helloBytesMax, type Packet } from "../../exchange/packet.ts";
import type { HelloHead, HelloOffer } from "../../exchange/packet-head.ts";
import { newPullLimit, type PullLimit, pullRateDefault } from "../../exchange/pull-limit.ts";
import type { Vkey } from "../../log/vkey.ts";
import { deviceIn, deviceKey, isMobile, isPocket } from "../../region/charter.ts";
import type { ConnectionId, Dialed } from "../effects.ts";
import type { House, Link, Out } from "../state.ts";

/** Begins a connection. The dialer speaks first. */
export function openLink(
  house: House,
  id: ConnectionId,
  channel: string,
  dialed: Dialed | null,
  now: Now,
  out: Out,
): void {
  const hosted = dialed === null ? null : present(house.hosted.get(dialed.hosted), "a dialer is hosted here");
  const link: Link = {
    id,
    channel,
    side: dialed === null ? "listener" : "dialer",
    openedMonoMs: now.monoMs,
    hosted,
    peer: dialed?.peer ?? null,
    peerMobile: false,
    peerIsPocket: false,
    offer: null,
    peerOffer: null,
    established: false,
    lastReceivedMonoMs: now.monoMs,
    positions: new Map(),
    behind: new Map(),
    oursWentLast: false,
    waitUntilMonoMs: new Map(),
    catchingUp: false,
    receiptsAgainMonoMs: now.monoMs,
    passing: null,
    placedMonoMs: Number.NEGATIVE_INFINITY,
    unequalBeats: 0,
    unequalDigest: "",
    askedMonoMs: Number.NEGATIVE_INFINITY,
    peerWantsAll: false,
    relayUntilMonoMs: Number.NEGATIVE_INFINITY,
    toldMonoMs: new Map(),
    slotsAgainMonoMs: now.monoMs,
    slotsAskedMonoMs: Number.NEGATIVE_INFINITY,
    pull: null,
    view: null,
    monoOverPeerMs: Number.POSITIVE_INFINITY,
  };
  house.links.set(id, link);
  if (dialed !== null) sendOffer(house, link, dialed.peer, out);
}

export function sendPacket(link: Link, packet: Packet, out: Out): void {
  out.push({ type: "send", connection: link.id, bytes: encodePacket(packet), catchUp: false });
}

/** The end of a connection, by us; the shell dials again if it was ours. */
export function closeLink(house: House, link: Link, reason: string, out: Out): void {
  if (!forgetLink(house, link.id)) return;
  out.push({ type: "close", connection: link.id, reason });
}

/** A peer that has not proved its key in time holds no place here. */
export function closeSlowHellos(house: House, now: Now, out: Out): void {
  for (const link of house.links.values()) {
    const late = now.monoMs - link.openedMonoMs > helloWithinMs;
    if (!link.established && late) closeLink(house, link, "hello-too-late", out);
  }
}

/** Reads what comes before a link is established. Returns true at the moment at which it is. */
export function receiveHello(house: House, link: Link, bytes: Uint8Array, now: Now, out: Out): boolean {
  const packet = bytes.length <= helloBytesMax ? decodePacket(bytes) : undefined;
  if (packet === undefined || !packet.ok || packet.value.type !== "hello") {
    closeLink(house, link, "no-hello", out);
    return false;
  }
  const refusal = takeHello(house, link, packet.value.head, out);
  if (refusal !== null) {
    closeLink(house, link, refusal, out);
    return false;
  }
  if (link.established) settle(house, link, now);
  return link.established;
}

function takeHello(house: House, link: Link, head: HelloHead, out: Out): HelloRefusal | null {
  if (head.step === "proof") return takeProof(house, link, head.signature, out);
  return link.peerOffer === null ? takeOffer(house, link, head, out) : "out-of-turn";
}

function takeOffer(house: House, link: Link, offer: HelloOffer, out: Out): HelloRefusal | null {
  link.hosted ??= house.hosted.get(offer.to) ?? null;
  if (link.hosted === null) return "not-for-us";
  const peer = checkOffer(selfOf(house, link), offer);
  if (!peer.ok) return peer.error;
  if (link.peer !== null && link.peer !== peer.value) return "not-whom-we-dialed";
  if (keyOfPeer(house, peer.value) === undefined) return "unknown-device";
  link.peer = peer.value;
  link.peerOffer = offer;
  // The listener answers with its own offer and its proof; the dialer proves itself after it has checked them.
  if (link.side === "listener") {
    sendOffer(house, link, peer.value, out);
    sendProof(house, link, out);
  }
  return null;
}

function takeProof(house: House, link: Link, signature: string, out: Out): HelloRefusal | null {
  if (link.peer === null || link.peerOffer === null) return "out-of-turn";
  const text = textOf(house, link);
  const proved = checkProof(house.ports.crypto, keyOfPeer(house, link.peer), text, signature);
  if (!proved.ok) return proved.error;
  if (link.side === "dialer") sendProof(house, link, out);
  link.established = true;
  return null;
}

function settle(house: House, link: Link, now: Now): void {
  const peer = present(link.peer, "an established link has a peer");
  link.peerMobile = isMobile(house.charter, peer);
  link.peerIsPocket = isPocket(house.charter, peer);
  link.lastReceivedMonoMs = now.monoMs;
  house.established.add(link);
  if (link.peerIsPocket) house.pockets.set(peer, (house.pockets.get(peer) ?? new Set()).add(link));
  else house.anchored.add(link);
  link.hosted?.links.add(link);
  link.pull = pullOf(house, peer, now);
}

function pullOf(house: House, peer: DeviceId, { monoMs }: Now): PullLimit {
  const rate = { ...pullRateDefault, ...deviceIn(house.charter, peer)?.pullRate };
  const known = house.pulls.get(peer);
  const isSame =
    known?.rate.entriesPerSecondMax === rate.entriesPerSecondMax &&
    known.rate.bytesPerDayMax === rate.bytesPerDayMax;
  if (known !== undefined && isSame) return known.limit;
  const limit = newPullLimit(rate, monoMs);
  house.pulls.set(peer, { rate, limit });
  return limit;
}

function sendOffer(house: House, link: Link, to: DeviceId, out: Out): void {
  const offer = helloOffer(selfOf(house, link), to, house.ports.randomBytes(helloNonceBytes));
  link.offer = offer;
  sendPacket(link, { type: "hello", head: offer }, out);
}

function sendProof(house: House, link: Link, out: Out): void {
  sendPacket(link, { type: "hello", head: helloProof(selfOf(house, link), textOf(house, link)) }, out);
}

function textOf(house: House, link: Link): Uint8Array {
  const own = present(link.offer, "our offer was sent");
  const theirs = present(link.peerOffer, "their offer was read");
  const [dialer, listener] = link.side === "dialer" ? [own, theirs] : [theirs, own];
  return helloText(house.region, dialer, listener, link.channel);
}

function selfOf(house: House, link: Link): HelloSelf {
  const hosted = present(link.hosted, "a link that speaks belongs to a hosted device");
  return { region: house.region, origin: hosted.origin, signer: hosted.signer };
}

/** Only a device that the charter names is spoken to. */
function keyOfPeer(house: House, peer: DeviceId): Vkey | undefined {
  return deviceKey(house.charter, peer);
}

/** The peer lacks something of this log that must be read from the store. */
export function markBehind(house: House, link: Link, origin: Origin, now: Now): void {
  if (!link.behind.has(origin)) link.behind.set(origin, now.monoMs);
  house.behind.add(link);
}

/** The connection is no more, and with it everything that was believed of it. False when it was not known. */
export function forgetLink(house: House, id: ConnectionId): boolean {
  const link = house.links.get(id);
  if (link === undefined) return false;
  house.links.delete(id);
  house.established.delete(link);
  forgetPeer(house, link);
  house.behind.delete(link);
  house.receipts.passing.delete(link);
  link.hosted?.links.delete(link);
  endView(house, link);
  return true;
}

function forgetPeer(house: House, link: Link): void {
  house.anchored.delete(link);
  const same = link.peer === null ? undefined : house.pockets.get(link.peer);
  if (same?.delete(link) && same.size === 0 && link.peer !== null) house.pockets.delete(link.peer);
}

/** Of a site of which nobody is connected any more no view is kept. */
function endView(house: House, link: Link): void {
  const { view, hosted } = link;
  if (view === null || hosted === null) return;
  link.view = null;
  house.views.takers -= 1;
  house.views.waiting.delete(link);
  view.given.takers.delete(link);
  if (view.given.takers.size === 0) hosted.given.bySite.delete(view.given.site);
}

/** Whether the peer knows what this version of packets brought. */
export function speaks(link: Link, version: number): boolean {
  return (link.peerOffer?.highest ?? 0) >= version;
}

/** Whether this peer is of the site that writes the log. */
export function isOfSite(link: Link, origin: Origin): boolean {
  return link.peer !== null && siteOf(link.peer) === siteOfOrigin(origin);
}
