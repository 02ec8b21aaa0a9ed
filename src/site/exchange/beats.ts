import { present } from "../../basics/assert.ts";
import { type DeviceId, deviceOf, type FactRef, type Name } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import {
  heardBeat,
  heardByUs,
  recallSilence,
  setSites,
  tick as tickContact,
} from "../../exchange/contact.ts";
import { type ContactEvent, type ContactSite, contactLimits } from "../../exchange/contact-state.ts";
import { isSettled } from "../../exchange/contact-verdict.ts";
import { encodePacket } from "../../exchange/packet.ts";
import type { BeatHead } from "../../exchange/packet-head.ts";
import { type Charter, devices, isCentre, sites } from "../../region/charter.ts";
import { inboundMax } from "../../region/fields.ts";
import { inboundTo } from "../../region/view.ts";
import { linkDeadAfterBeats } from "../limits.ts";
import type { Hosted, House, Link, Out } from "../state.ts";
import { submitOwn } from "../submit.ts";
import { viewSameMs } from "./given-views.ts";
import { closeLink, sendPacket } from "./link.ts";
import { linkToAsk } from "./relay.ts";
import { hearViewsSame } from "./shown-view.ts";
import { compareBeatDigest } from "./vectors.ts";

/** Sends what is due: every second from an anchor, every five from a mobile device, on each of its connections. */
export function sendDueBeats(house: House, ticked: readonly Hosted[], now: Now, out: Out): void {
  for (const hosted of ticked) {
    if (now.monoMs < hosted.nextBeatMonoMs) continue;
    const everyMs = beatEveryMs(hosted.mobile);
    // From the time it was due, so that ticks do not add up; never in a burst after a stall.
    hosted.nextBeatMonoMs = Math.max(hosted.nextBeatMonoMs + everyMs, now.monoMs + everyMs / 2);
    // Whoever is still there then was not restarted.
    if (hosted.backByMs !== null && now.wallMs > hosted.backByMs) hosted.backByMs = null;
    sendBeat(house, hosted, hosted.links, now, out);
  }
}

/** One new number to these links; the first beat of a new link does not wait for the second. */
export function sendBeat(house: House, hosted: Hosted, links: ReadonlySet<Link>, now: Now, out: Out): void {
  if (links.size === 0) return;
  hosted.contact.beat += 1;
  // In the order in which they are written.
  const head: BeatHead = {
    backByMs: hosted.backByMs,
    beat: hosted.contact.beat,
    boot: hosted.contact.boot,
    digest: house.vector.digest(),
    heard: {},
    storing: house.writing.storing,
    wallMs: now.wallMs,
  };
  let full: Uint8Array | null = null;
  const plain = new Map<number | null, Uint8Array>();
  const asked = linkToAsk(house, hosted, now);
  // To pockets nothing is told of others.
  const whole = (): BeatHead => ({ ...head, heard: heardByUs(hosted.contact) });
  for (const link of links) {
    if (link === asked) {
      sendPacket(link, { type: "beat", head: { ...whole(), wantsAll: true } }, out);
      continue;
    }
    if (!link.peerIsPocket) full ??= encodePacket({ type: "beat", head: whole() });
    const bytes = link.peerIsPocket ? pocketBeat(head, viewSameMs(house, link), plain) : full;
    out.push({ type: "send", connection: link.id, bytes: present(bytes, "it was written"), catchUp: false });
  }
}

/**
 * A pocket judges nobody by what others heard: thousands of numbers would only fill its network. It is told that the view
 * which it was given still holds.
 * @param written of this beat, by that time: there are two at most
 */
function pocketBeat(
  head: BeatHead,
  viewsMs: number | null,
  written: Map<number | null, Uint8Array>,
): Uint8Array {
  const known = written.get(viewsMs);
  if (known !== undefined) return known;
  const views = viewsMs === null ? {} : { viewsMs };
  const bytes = encodePacket({ type: "beat", head: { ...head, ...views } });
  written.set(viewsMs, bytes);
  return bytes;
}

/** Everybody is told at once: who plans to be away falls silent all the same, but not without a word. */
export function announceRestart(house: House, backByMs: number | null, now: Now, out: Out): void {
  for (const hosted of house.hosted.values()) {
    hosted.backByMs = backByMs;
    sendBeat(house, hosted, hosted.links, now, out);
  }
  out.push({ type: "changed" });
}

/** A beat speaks for the device that proved its key on this connection, whatever else it names. */
export function receiveBeat(house: House, link: Link, beat: BeatHead, now: Now, out: Out): void {
  if (link.hosted === null || link.peer === null) return;
  heardBeat(link.hosted.contact, link.peer, beat, now, link.openedMonoMs);
  link.peerWantsAll = beat.wantsAll === true;
  hearViewsSame(house, link, beat, now, out);
  compareBeatDigest(house, link, beat.digest, now, out);
}

/** Judges contact for each of these hosted devices; control centres write down what they observe. */
export function judgeContact(house: House, ticked: readonly Hosted[], now: Now, out: Out): void {
  for (const hosted of ticked) {
    recallSilences(house, hosted, now, out);
    for (const event of tickContact(hosted.contact, now)) takeEvent(house, hosted, event, now, out);
  }
}

function takeEvent(house: House, hosted: Hosted, event: ContactEvent, now: Now, out: Out): void {
  switch (event.type) {
    case "changed":
    case "cut-off":
      out.push({ type: "changed" });
      return;
    case "passed-over":
      out.push({ type: "note", code: "beats-pass-over-told", about: hosted.id });
      return;
    case "disproved":
      out.push({
        type: "note",
        code: "told-number-disproved",
        about: `${event.device}, told by ${event.by}`,
      });
      return;
    default:
      if (isCentre(house.charter, hosted.site) && !hosted.mobile) observe(house, hosted, event, now, out);
  }
}

/**
 * Once what is stored was read and we hear others again: a silence does not end because we were away, and its end is
 * written like any other.
 */
function recallSilences(house: House, hosted: Hosted, now: Now, out: Out): void {
  const { contact } = hosted;
  if (contact.recalled || house.loading !== null || !isSettled(contact)) return;
  contact.recalled = true;
  for (const [site, reports] of [...house.fold.contacts]) {
    const own = reports.find(({ log }) => deviceOf(log) === hosted.id)?.fact;
    if (own?.kind !== "contact.lost/1") continue;
    const known = { lastHeardWallMs: own.lastHeardMs, foundWallMs: own.at };
    const event = recallSilence(contact, site, known, now);
    if (event !== null) observe(house, hosted, event, now, out);
  }
}

function observe(
  house: House,
  hosted: Hosted,
  event: Extract<ContactEvent, { readonly type: "lost" | "regained" | "cut-off-ended" }>,
  now: Now,
  out: Out,
): void {
  switch (event.type) {
    case "lost": {
      const { site, lastHeardWallMs: lastHeardMs, flaps } = event;
      const body = { site, lastHeardMs, flaps, ...inboundOf(house, site) };
      return submitOwn(house, hosted, "contact.lost/1", body, now, out);
    }
    case "regained": {
      const { site, silentForMs, flaps } = event;
      const body = { site, silentForMs: Math.round(silentForMs), flaps };
      return submitOwn(house, hosted, "contact.regained/1", body, now, out);
    }
    case "cut-off-ended": {
      const body = { fromMs: event.fromWallMs, toMs: event.toWallMs };
      return submitOwn(house, hosted, "contact.cut-off/1", body, now, out);
    }
  }
}

/** Who was on the way there, as far as is known here; left out while what is stored is still being read. */
function inboundOf(house: House, site: Name): { readonly inbound?: readonly FactRef[] } {
  return house.loading === null ? { inbound: inboundTo(house.fold, site).slice(0, inboundMax) } : {};
}

/** A connection on which nothing comes any more is no path: it is closed so that it can be dialed anew. */
export function closeDeadLinks(house: House, now: Now, out: Out): void {
  for (const link of house.established) {
    const deadAfterMs = beatEveryMs(link.peerMobile) * linkDeadAfterBeats;
    if (now.monoMs - link.lastReceivedMonoMs > deadAfterMs) closeLink(house, link, "nothing-heard", out);
  }
}

/** The charter says whose silence matters; called when it has changed. */
export function takeCharterSites(house: House): void {
  // The same list for all: of a process with 60 devices it would be held 60 times.
  const listed = contactSites(house.charter, house.hosted);
  for (const hosted of house.hosted.values()) setSites(hosted.contact, listed);
}

function contactSites(charter: Charter, hosted: ReadonlyMap<DeviceId, unknown>): readonly ContactSite[] {
  // Once for all sites: of each site among all devices it took seconds where a region has thousands of both.
  const bySite = Map.groupBy(devices(charter), ({ site }) => site);
  return sites(charter).flatMap((site): ContactSite[] => {
    // A stolen box may beat for ever: it says nothing of its site any more.
    const valid = (bySite.get(site.site) ?? []).filter((device) => device.end === null);
    const anchors = valid.filter((device) => device.roles.includes("anchor"));
    const mobiles = valid.filter((device) => device.roles.includes("mobile"));
    const speaking = anchors.length > 0 ? anchors : mobiles;
    if (speaking.length === 0) return [];
    const ids = speaking.map((device) => device.id);
    const ownHouse = ids.some((id) => hosted.has(id));
    return [{ site: site.site, devices: ids, mobile: anchors.length === 0, ownHouse }];
  });
}

function beatEveryMs(mobile: boolean): number {
  return mobile ? contactLimits.mobileBeatEveryMs : contactLimits.beatEveryMs;
}
