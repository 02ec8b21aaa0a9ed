import { type DeviceId, type Name, siteOf } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import { contactOf } from "../../exchange/contact.ts";
import { centres, isCentre, isCharterWriter } from "../../region/charter.ts";
import { isRelayOf } from "../../region/ways.ts";
import { relayAfterMs, relayForMs } from "../limits.ts";
import { mayHold } from "../pocket.ts";
import { logOf } from "../replica.ts";
import type { Hosted, House, Link, LogState } from "../state.ts";
import { isOfSite } from "./link.ts";

/*
 * Who passes on what others write. Most peers have their own path to a control centre: if each anchor passed
 * everything to each, every fact would come to a centre once from every hospital, and so would everything that a
 * centre missed when it comes back. And most have one to two centres: if both gave everything, half of what a hospital's
 * mobile uplink carries would be said twice.
 */

/**
 * An author gives its own entries to every peer at once, one control centre everybody's, a relay what its devices write and
 * what they are to hear, and anybody the charter. Another anchor does so only for a peer that was seen to lack
 * something: who lacks something shows it with its digests.
 */
export function givesAtOnce(house: House, link: Link, log: LogState, now: Now): boolean {
  const { hosted, peer, peerWantsAll, relayUntilMonoMs } = link;
  if (hosted === null || peer === null || !mayHold(house, link, log)) return false;
  if (hosted.site === log.site || isGivingCentre(house, hosted, peer)) return true;
  // A relay stands in for a line between its device and everybody else.
  if (isRelayOf(house.charter, hosted.id, log.device) || isRelayOf(house.charter, hosted.id, peer))
    return true;
  // Whoever lacks what it wrote itself has lost it, and waits for it before it writes anything more.
  if (isOfSite(link, log.origin)) return true;
  return peerWantsAll || now.monoMs < relayUntilMonoMs || isCharterWriter(house.charter, log.device);
}

/**
 * Of the control centres the first in charter order that is heard and can record gives to everyone; the others give to
 * each other. Four seconds after its last beat it is late, and the next one gives.
 */
function isGivingCentre(house: House, hosted: Hosted, peer: DeviceId): boolean {
  if (!isCentre(house.charter, hosted.site)) return false;
  if (isCentre(house.charter, siteOf(peer))) return true;
  return (
    centres(house.charter).find((site) => site === hosted.site || isGiving(hosted, site)) === hosted.site
  );
}

/** Who cannot record takes nothing, and has nothing to give. */
function isGiving(hosted: Hosted, centre: Name): boolean {
  const { verdict, storing } = contactOf(hosted.contact, centre);
  return verdict === "heard" && storing !== false;
}

/**
 * Which peer is asked, in this device's beats, for what others write; null: none. Without a connection to the centre
 * that gives to all, the next one gives only what we are seen to lack, seconds late. One connection a process asks.
 */
export function linkToAsk(house: House, hosted: Hosted, now: Now): Link | null {
  const link = linkToNextGiver(house, hosted);
  hosted.ungivenSinceMonoMs = link === null ? null : (hosted.ungivenSinceMonoMs ?? now.monoMs);
  // After a start, and after a break, the connection to whoever gives anyway may only be on its way.
  const hasWaited = now.monoMs - (hosted.ungivenSinceMonoMs ?? now.monoMs) >= relayAfterMs;
  return hasWaited && link?.hosted === hosted ? link : null;
}

/** Null as well where one of our relays is connected, which gives at once, and where no centre is. */
function linkToNextGiver({ charter, established }: House, hosted: Hosted): Link | null {
  if (isCentre(charter, hosted.site)) return null;
  const giving = centres(charter).filter((site) => isGiving(hosted, site));
  const bySite = new Map<Name, Link>();
  for (const link of established) {
    if (link.peer === null) continue;
    if (siteOf(link.peer) === giving[0] || isRelayOf(charter, link.peer, hosted.id)) return null;
    if (!bySite.has(siteOf(link.peer))) bySite.set(siteOf(link.peer), link);
  }
  return giving.flatMap((site) => bySite.get(site) ?? [])[0] ?? null;
}

/** Whether the peer, which lacks something of the log since `sinceMonoMs`, is to be given it by us now. */
export function isDue(house: House, link: Link, log: LogState, sinceMonoMs: number, now: Now): boolean {
  const hasWaited = now.monoMs - sinceMonoMs >= relayAfterMs;
  return (hasWaited && mayHold(house, link, log)) || givesAtOnce(house, link, log, now);
}

/** What others should have given it has not reached the peer: until its own paths work it depends on us. */
export function beginRelaying(link: Link, now: Now): void {
  link.relayUntilMonoMs = now.monoMs + relayForMs;
}

/**
 * The peer holds what we held until `untilMonoMs`: others have given it what it lacked before. How far it is beyond
 * that is not known.
 */
export function forgetGiven(house: House, link: Link, untilMonoMs: number, now: Now): void {
  for (const [origin, sinceMonoMs] of link.behind) {
    if (sinceMonoMs >= untilMonoMs || givesAtOnce(house, link, logOf(house, origin), now)) continue;
    link.behind.delete(origin);
    link.positions.delete(origin);
  }
}
