import { present } from "../basics/assert.ts";
import type { Now } from "../basics/time.ts";
import { backByOf } from "./contact-report.ts";
import { sitesThatRose } from "./contact-sight.ts";
import {
  type Contact,
  type ContactEvent,
  contactLimits,
  directQuietOf,
  evidenceOf,
  type Loss,
  limitsOf,
  quietOf,
  type SiteState,
} from "./contact-state.ts";

/** Lets every silence begin again where a new number came in; all others grow by what this tick counted. */
export function passTime(contact: Contact, elapsedMs: number, now: Now): void {
  for (const site of sitesThatRose(contact)) {
    if (site.rose && site.rise !== null) site.quietFromMs = countedFrom(contact, site.rise, elapsedMs, now);
    if (site.roseDirectly && site.directRise !== null)
      site.directFromMs = countedFrom(contact, site.directRise, elapsedMs, now);
  }
}

/** A time since the last tick on the clock of counted time, of which this tick added `elapsedMs`. */
function countedFrom({ countedMs }: Contact, { monoMs }: Now, elapsedMs: number, now: Now): number {
  return countedMs - Math.min(elapsedMs, now.monoMs - monoMs);
}

/** Finds whether we are cut off, and whether this tick counts against those who are not heard. */
export function judgeIsolation(contact: Contact, elapsedMs: number): readonly ContactEvent[] {
  const nearest = nearestOutside(contact);
  const events = nearest === null ? [] : judgeCutOff(contact, nearest);
  const isConnected = nearest !== null && quietOf(contact, nearest) <= contactLimits.lateAfterMs;
  contact.connectedForMs = isConnected ? contact.connectedForMs + elapsedMs : 0;
  if (isConnected) contact.witnessedMs += elapsedMs;
  for (const site of sitesThatRose(contact))
    if (site.rose && site.loss === null) beginEvidence(contact, site);
  return events;
}

/** What speaks against the site is its silence since it was heard last, no more. */
function beginEvidence(contact: Contact, site: SiteState): void {
  site.evidenceFromMs = contact.witnessedMs - quietOf(contact, site);
}

/** The outside anchor site that was heard last, silent or not: any new number proves a path. */
function nearestOutside(contact: Contact): SiteState | null {
  let nearest: SiteState | null = null;
  for (const site of contact.anchored) {
    if (site.rise === null || !site.isOutside) continue;
    if (nearest === null || quietOf(contact, site) < quietOf(contact, nearest)) nearest = site;
  }
  return nearest;
}

function judgeCutOff(contact: Contact, nearest: SiteState): readonly ContactEvent[] {
  const nearestWallMs = present(nearest.rise, "the nearest site was heard").wallMs;
  if (contact.cutOff === null) {
    if (quietOf(contact, nearest) <= contactLimits.silentAfterMs) return [];
    contact.cutOff = { sinceWallMs: nearestWallMs };
    return [{ type: "cut-off", fromWallMs: nearestWallMs }];
  }
  if (!nearest.rose) return [];
  const fromWallMs = contact.cutOff.sinceWallMs;
  contact.cutOff = null;
  for (const site of contact.sites.values()) site.evidenceFromMs = contact.witnessedMs;
  return [{ type: "cut-off-ended", fromWallMs, toWallMs: nearestWallMs }];
}

/** The verdict on these sites, but not on our own. */
export function judgeSites(contact: Contact, sites: readonly SiteState[], now: Now): readonly ContactEvent[] {
  const events: ContactEvent[] = [];
  for (const site of sites) {
    if (!site.isWatched || site.rise === null) continue;
    const event = judgeReturn(contact, site, site.rise) ?? judgeLoss(contact, site, now);
    if (event !== null) events.push(event);
  }
  return events;
}

function judgeReturn(contact: Contact, site: SiteState, rise: Now): ContactEvent | null {
  const { loss } = site;
  if (loss === null || !site.roseAnew) return null;
  const { beatEveryMs, regainWithinMs } = limitsOf(site);
  const oldestMs = contact.countedMs - regainWithinMs;
  loss.returns = loss.returns.filter((one) => one.countedMs >= oldestMs);
  // What drains from a pipe comes faster than it was said.
  const newestMs = loss.returns.at(-1)?.countedMs ?? Number.NEGATIVE_INFINITY;
  if (contact.countedMs - newestMs < beatEveryMs / 2) return null;
  loss.returns.push({ countedMs: contact.countedMs, monoMs: rise.monoMs });
  if (loss.returns.length < contactLimits.regainBeats) return null;
  site.loss = null;
  site.heardAgain = rise;
  beginEvidence(contact, site);
  return tellReturn(site, loss);
}

function tellReturn(site: SiteState, loss: Loss): ContactEvent | null {
  if (!loss.told) {
    site.flaps += 1;
    return null;
  }
  const first = present(loss.returns[0], "a returned site has beats");
  const silentForMs = first.monoMs - loss.lastHeard.monoMs;
  return { type: "regained", site: site.charter.site, silentForMs, flaps: takeFlaps(site) };
}

/** Whether somebody outside has been heard for so long that what is not heard speaks against others and not against us. */
export function isSettled({ connectedForMs }: Contact): boolean {
  return connectedForMs >= contactLimits.settleMs;
}

function judgeLoss(contact: Contact, site: SiteState, now: Now): ContactEvent | null {
  const isProven = evidenceOf(contact, site) > limitsOf(site).silentAfterMs;
  if (!isProven || !isSettled(contact) || site.rise === null) return null;
  site.loss ??= {
    lastHeard: site.rise,
    foundMonoMs: now.monoMs,
    silentFromMs: site.quietFromMs,
    foundFromMs: contact.countedMs,
    returns: [],
    told: false,
  };
  return contact.recalled ? tellLoss(site, site.loss, now) : null;
}

function tellLoss(site: SiteState, loss: Loss, now: Now): ContactEvent | null {
  const isTooSoon =
    site.lastLostMonoMs !== null && now.monoMs - site.lastLostMonoMs < contactLimits.flapWindowMs;
  if (loss.told || isTooSoon) return null;
  loss.told = true;
  site.lastLostMonoMs = now.monoMs;
  return {
    type: "lost",
    site: site.charter.site,
    lastHeardWallMs: loss.lastHeard.wallMs,
    flaps: takeFlaps(site),
    backByMs: backByOf(site),
  };
}

/** Silences that are told with the next event. */
export function takeFlaps(site: SiteState): number {
  const { flaps } = site;
  site.flaps = 0;
  return flaps;
}

/** What we show of ourselves: whether others hear us, and whether half the region fell silent at once. */
export function judgeOwn(contact: Contact, elapsedMs: number, now: Now): void {
  let heardDirectly = false;
  let everHeard = 0;
  let silent = 0;
  let silentLately = 0;
  for (const site of contact.anchored) {
    if (site.rise === null || !site.isOutside) continue;
    everHeard += 1;
    if (site.directRise !== null && directQuietOf(contact, site) <= contactLimits.lateAfterMs)
      heardDirectly = true;
    if (site.loss === null) continue;
    silent += 1;
    if (now.monoMs - site.loss.foundMonoMs <= contactLimits.flapWindowMs) silentLately += 1;
  }
  // Who is heard by nobody's word while nobody speaks is cut off, not unheard.
  if (contact.toldRose || !heardDirectly) contact.toldQuietMs = 0;
  else contact.toldQuietMs += elapsedMs;
  contact.toldRose = false;
  const isAtOnce = silentLately >= 2 && silentLately * 2 >= everHeard;
  contact.halfSilent = silent * 2 >= everHeard && silent > 0 && (contact.halfSilent || isAtOnce);
}
