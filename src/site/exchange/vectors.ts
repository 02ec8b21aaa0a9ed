import { type Origin, siteOf } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import type { VectorHead } from "../../exchange/packet-head.ts";
import { isInRange, vectorParts } from "../../exchange/vector.ts";
import { compareDevices, compareLogs, placePeer } from "../forks/compare-logs.ts";
import { digestLagMs, exchangeEveryMs, placedEveryMs } from "../limits.ts";
import { sendEachLog, sendSiteLogs } from "../site-logs.ts";
import type { House, Link, Out } from "../state.ts";
import { hearAnswer } from "./asking.ts";
import { sendPacket } from "./link.ts";
import { forgetGiven } from "./relay.ts";

type SitesHead = Extract<VectorHead, { readonly level: "sites" }>;

/** Both sides say in one line what they hold; more is asked only where it differs. */
export function sendRegionDigest(house: House, link: Link, now: Now, out: Out): void {
  if (sendOwnLogs(house, link, now, out)) return;
  sendPacket(link, { type: "vector", head: { level: "region", digest: house.vector.digest() } }, out);
}

/** A pocket is told of its own site alone, whatever it says of others. Returns whether the peer is one. */
function sendOwnLogs(house: House, link: Link, now: Now, out: Out): boolean {
  if (!link.peerIsPocket || link.peer === null) return false;
  sendSiteLogs(house, link, siteOf(link.peer), now, out);
  return true;
}

/** Called before what is held grows: a peer may still be where we were. */
export function leaveDigest(house: House, now: Now): void {
  const { pastDigests } = house;
  for (const [digest, leftMonoMs] of pastDigests) {
    if (now.monoMs - leftMonoMs <= digestLagMs) break;
    pastDigests.delete(digest);
  }
  pastDigests.set(house.vector.digest(), now.monoMs);
}

/**
 * A beat's digest that differs from ours twice in a row is no race any more: something is missing on a side. While
 * facts flow a peer is mostly a moment behind us or ahead: that is no difference.
 */
export function compareBeatDigest(house: House, link: Link, digest: string, now: Now, out: Out): void {
  if (link.peerIsPocket) return;
  const untilMonoMs = oursUntil(house, digest, now);
  if (untilMonoMs !== null || oursUntil(house, link.unequalDigest, now) !== null) link.unequalBeats = 0;
  if (digest === house.vector.digest()) notePeerHolds(house, link, now);
  if (untilMonoMs !== null) return forgetGiven(house, link, untilMonoMs, now);
  link.unequalBeats += 1;
  link.unequalDigest = digest;
  if (link.unequalBeats >= 2) sendSiteDigests(house, link, now, out);
}

/** Until when this digest was ours, monotonic ms; null: it is not, and was not lately. */
function oursUntil(house: House, digest: string, now: Now): number | null {
  if (digest === house.vector.digest()) return now.monoMs;
  const leftMonoMs = house.pastDigests.get(digest);
  return leftMonoMs !== undefined && now.monoMs - leftMonoMs <= digestLagMs ? leftMonoMs : null;
}

export function receiveVector(house: House, link: Link, head: VectorHead, now: Now, out: Out): void {
  hearAnswer(house, link, head);
  switch (head.level) {
    case "region":
      if (head.digest === house.vector.digest()) peerHoldsAllOfOurs(house, link);
      else if (!sendOwnLogs(house, link, now, out)) sendSiteDigests(house, link, now, out);
      return;
    case "sites":
      if (!sendOwnLogs(house, link, now, out)) compareSites(house, link, head, now, out);
      return;
    case "logs":
      return compareLogs(house, link, head, now, out);
    case "devices":
      return compareDevices(house, link, head, now, out);
    case "ask":
      return sendEachLog(house, link, head.site, now, out);
    case "wait":
      for (const [origin, [size, waitMs]] of Object.entries(head.logs)) {
        if (house.vector.get(origin) === undefined) continue;
        link.waitUntilMonoMs.set(origin, now.monoMs + waitMs);
        placePeer(house, link, origin, size, now);
      }
      return;
    // On a connection the peer is known, and says the same without a signature.
    case "signed":
      return;
  }
}

export function sendWait(link: Link, origin: Origin, size: number, waitMs: number, out: Out): void {
  sendPacket(link, { type: "vector", head: { level: "wait", logs: { [origin]: [size, waitMs] } } }, out);
}

function sendSiteDigests(house: House, link: Link, now: Now, out: Out): void {
  if (now.monoMs - link.askedMonoMs < exchangeEveryMs) return;
  link.askedMonoMs = now.monoMs;
  link.unequalBeats = 0;
  for (const { range, members } of vectorParts(house.vector.siteDigests())) {
    sendPacket(link, { type: "vector", head: { level: "sites", sites: { ...members }, ...range } }, out);
  }
}

function compareSites(house: House, link: Link, head: SitesHead, now: Now, out: Out): void {
  const ours = house.vector.siteDigests();
  const theirs = new Map(Object.entries(head.sites));
  const sites = new Set([...ours.keys(), ...theirs.keys()]);
  for (const site of [...sites].filter((one) => isInRange(head, one))) {
    if (ours.get(site) !== theirs.get(site)) sendSiteLogs(house, link, site, now, out);
    else for (const [origin, { size }] of house.vector.siteLogs(site)) link.positions.set(origin, size);
  }
}

/**
 * Others give it what we do not: without this it would be given whole logs again when our turn comes. Not at each beat,
 * since it goes over all logs.
 */
function notePeerHolds(house: House, link: Link, now: Now): void {
  if (now.monoMs - link.placedMonoMs < placedEveryMs) return;
  link.placedMonoMs = now.monoMs;
  peerHoldsAllOfOurs(house, link);
}

function peerHoldsAllOfOurs(house: House, link: Link): void {
  for (const origin of house.vector.origins()) {
    link.positions.set(origin, house.vector.get(origin)?.size ?? 0);
  }
}
