import {
  type Contact,
  contactLimits,
  directQuietOf,
  evidenceOf,
  limitsOf,
  quietOf,
  type SiteState,
} from "./contact-state.ts";

/*
 * Which sites a tick looks at. Those of anchors always: there are hundreds, and every one is a witness. Of thousands of
 * mobile ones those alone of which something may be said that was not said before: something new was heard of them, or
 * their silence has grown past a limit, or our clocks went so far apart that theirs look off. A look too many finds nothing;
 * the verdicts are those of looking at all of them each time (contact-sight.test.ts).
 */

/** So much too early, that no rounding makes it late. */
const earlyMs = 1;

/** The sites of which something new may have become known since the last tick. */
export function* sitesThatRose({ anchored, mobiles }: Contact): Iterable<SiteState> {
  yield* anchored;
  yield* mobiles.touched;
}

/** Those to be judged in this tick, in the order of the charter; called when its time has been counted. */
export function sitesToJudge(contact: Contact, isSettled: boolean): readonly SiteState[] {
  const { touched, counted, witnessed, untold } = contact.mobiles;
  const seen = new Set(touched);
  for (const site of counted.take(contact.countedMs)) seen.add(site);
  for (const site of witnessed.take(contact.witnessedMs)) seen.add(site);
  // Until then nobody is accused, however long it was not heard.
  if (isSettled) for (const site of untold) seen.add(site);
  return inCharterOrder(contact, seen);
}

/** Those to be shown: the ones that were judged, and all of them where our clocks went too far since all were compared. */
export function sitesToShow(contact: Contact, judged: readonly SiteState[]): readonly SiteState[] {
  const { mobiles, ownWallOverMonoMs, ownClockOffMs } = contact;
  if (clocksMovedMs(contact) < mobiles.clockMarginMs) return judged;
  mobiles.ownWallOverMonoMs = ownWallOverMonoMs;
  mobiles.ownClockOffMs = ownClockOffMs ?? 0;
  mobiles.clockMarginMs = Number.POSITIVE_INFINITY;
  return [...contact.sites.values()];
}

/** Called for each site that was shown, at the end of the tick: when it is to be seen again if nothing is heard of it. */
export function planNextSight(contact: Contact, shown: readonly SiteState[]): void {
  const { mobiles } = contact;
  const movedMs = clocksMovedMs(contact);
  for (const site of shown) {
    if (!site.charter.mobile) continue;
    mobiles.clockMarginMs = Math.min(mobiles.clockMarginMs, clockMarginOf(contact, site) - movedMs);
    planSite(contact, site);
  }
  mobiles.touched.clear();
}

function inCharterOrder({ anchored }: Contact, seen: ReadonlySet<SiteState>): readonly SiteState[] {
  return seen.size === 0 ? anchored : [...anchored, ...seen].sort((a, b) => a.place - b.place);
}

function planSite(contact: Contact, site: SiteState): void {
  const { counted, witnessed, untold } = contact.mobiles;
  const { loss } = site;
  const { silentAfterMs } = limitsOf(site);
  const isHeard = site.rise !== null && loss === null;
  const isProven = isHeard && evidenceOf(contact, site) > silentAfterMs;
  counted.plan(site, isHeard ? nextAgeMs(contact, site) : null);
  witnessed.plan(site, isHeard && !isProven ? site.evidenceFromMs + silentAfterMs - earlyMs : null);
  if (isProven || loss?.told === false) untold.add(site);
  else untold.delete(site);
}

/** When its silence passes the next limit that changes what is shown, on the clock of counted time; null: it has passed all. */
function nextAgeMs(contact: Contact, site: SiteState): number | null {
  const { lateAfterMs, silentAfterMs } = limitsOf(site);
  const times = [
    ...(quietOf(contact, site) > lateAfterMs ? [] : [site.quietFromMs + lateAfterMs]),
    ...(quietOf(contact, site) > silentAfterMs ? [] : [site.quietFromMs + silentAfterMs]),
    ...(directQuietOf(contact, site) > silentAfterMs ? [] : [site.directFromMs + silentAfterMs]),
  ];
  return times.length === 0 ? null : Math.min(...times) - earlyMs;
}

/** How far our wall clock, and what others say of it, went since all clocks of mobile sites were compared, ms. */
function clocksMovedMs({ mobiles, ownWallOverMonoMs, ownClockOffMs }: Contact): number {
  return (
    Math.abs(ownWallOverMonoMs - mobiles.ownWallOverMonoMs) +
    Math.abs((ownClockOffMs ?? 0) - mobiles.ownClockOffMs)
  );
}

/** By how much our clocks may move, ms, before it is said anew whether that of this site is off. */
function clockMarginOf(contact: Contact, { devices }: SiteState): number {
  const { clockOffsetShownMs } = contactLimits;
  let marginMs = Number.POSITIVE_INFINITY;
  let off = 0;
  const offsets: number[] = [];
  for (const { fastestMs } of devices) {
    if (fastestMs === null) continue;
    const offsetMs = fastestMs - contact.ownWallOverMonoMs;
    const overMs = Math.abs(offsetMs + (contact.ownClockOffMs ?? 0)) - clockOffsetShownMs;
    if (overMs > 0) off += 1;
    offsets.push(Math.abs(offsetMs));
    marginMs = Math.min(marginMs, Math.abs(overMs));
  }
  // Where one of its devices is off and another is not, it counts which of them is the furthest.
  return off === 0 || off === offsets.length ? marginMs : Math.min(marginMs, nearestGap(offsets) / 2);
}

function nearestGap(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.min(...sorted.slice(1).map((value, place) => value - (sorted[place] ?? 0)));
}
