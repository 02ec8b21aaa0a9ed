/**
 * Contact: who is heard, who is late, who is silent, and whether it is we who are cut off. One state for each
 * device that an anchor process hosts; no clock, no socket, O(anchors) a tick, and what is new of mobile devices. Other
 * folders import from this file; contact-state.ts holds limits and state, contact-sight.ts finds whom a tick looks at,
 * contact-verdict.ts judges, contact-report.ts turns the state into what boards show.
 *
 * [CONTACT1] A site is heard only when a higher (boot, beat) of one of its anchors becomes known, by any path; a repeated or lower number, or a lower boot, is nothing (but CONTACT20).
 * [CONTACT2] A beat is believed for its connection's own device alone: in `heard`, numbers count and nothing else, and only an anchor's `heard` is read; `storing`, `backByMs` and the clock come from direct beats.
 * [CONTACT3] After our own start every site is *not yet heard*; the first number that hearsay brings is where counting begins, no sign of life; a site never heard is never accused and proves nothing about us.
 * [CONTACT4] A tick adds at most 500 ms to a silence, after everything waiting was read: a stalled or suspended listener accuses nobody.
 * [CONTACT5] *Late* over 4 s, *silent* over 8 s; a mobile device late over 15 s, silent over 60 s; the verdict falls within 8.75 s of the last number that became known.
 * [CONTACT6] A site is accused only while another outside anchor is heard (at most 4 s ago); ambulances and devices of our own house are no witnesses (decision 0008). Time in which none was heard counts against nobody, and for 3 s after it no verdict falls.
 * [CONTACT7] When every outside anchor site that was ever heard is over 8 s quiet, we are cut off: one event, no `lost`, from the last number that became known.
 * [CONTACT8] The first outside number after it ends the cut-off: one event with from and to, and what counts against every other site begins again at zero.
 * [CONTACT9] If one outside site is heard, the others are silent, however many; when half of those ever heard (and at least two) fall silent within a minute, "perhaps a network fault between us" shows until fewer than half are silent.
 * [CONTACT10] Heard again = 3 new beats within 5 s (mobile: 25 s), each number once whoever brings it, at most one counted in half a beat's time, so that no old beats count that drain from a pipe; until then the site reads silent since its last beat before.
 * [CONTACT11] At most one lost/regained pair a site and minute: the verdict shown is right at once, a withheld `lost` is emitted when the minute is over if the site still is silent, other silences are a count in the next event.
 * [CONTACT12] Who directly hears outside anchors, but for over 8 s no higher number of its own in their beats, shows *we are not heard*; a mobile device only if others ever named it, after its own limit.
 * [CONTACT13] A site heard on another's word alone, its own beats over 8 s away, shows *our path is broken, heard by X*.
 * [CONTACT14] `storing: false` shows as *cannot record* until a direct beat of that device says true.
 * [CONTACT15] A device's clock offset is that of the fastest of its last 16 direct beats, whatever our own wall clock does; over 30 s it is shown. A clock past the year 2286 counts as standing there.
 * [CONTACT16] A planned restart announced in the last direct beat goes with the verdict and with `lost`.
 * [CONTACT17] Every change of what boards show is reported by the tick that makes it.
 * [CONTACT18] When two in three of at least three outside sites are off from us by the same, it is our own clock that is said to be wrong, not theirs.
 * [CONTACT20] What comes on a device's own connections is measured by what came on them alone; one opened after all that was heard of it counts anew, from any number. What others tell is nothing if it lies too many starts above.
 * [CONTACT21] What a control centre itself last called lost reads *silent* after its own start too, until it is heard again.
 * [CONTACT22] A device passes over what others tell of it, in memory alone and never more than 4,000 starts above its stored count.
 * [CONTACT23] What others told of a device is forgotten once somebody says less who had heard of it from us, or who told it.
 */
import { assert } from "../basics/assert.ts";
import type { DeviceId, Name } from "../basics/name.ts";
import { momentMsMax, type Now } from "../basics/time.ts";
import { takeOwnNumber } from "./beat-number.ts";
import {
  backByOf,
  collectChanges,
  deviceClockOffset,
  foundSilent,
  isNotHeard,
  isTheirClockOff,
  type OwnContact,
  type OwnPath,
  ownClockOff,
  ownPaths,
  pathOf,
  type SiteContact,
  silentFor,
  siteClockOffset,
  storingOf,
  unheard,
  verdictOf,
} from "./contact-report.ts";
import { planNextSight, sitesThatRose, sitesToJudge, sitesToShow } from "./contact-sight.ts";
import {
  addSites,
  type Beat,
  type Contact,
  type ContactEvent,
  type ContactSite,
  contactLimits,
  type DeviceState,
  newMobilesToSee,
  placeSites,
  rise,
  touch,
} from "./contact-state.ts";
import { hearTold, knowDirectly, tellingOf } from "./contact-told.ts";
import { isSettled, judgeIsolation, judgeOwn, judgeSites, passTime, takeFlaps } from "./contact-verdict.ts";

export type { OwnContact, SiteContact } from "./contact-report.ts";
export type { Beat, Contact, ContactEvent, ContactSite } from "./contact-state.ts";

/**
 * A device in its start number `boot`, as stored: every site is *not yet heard*. `self` may be among the sites' devices.
 *
 * @param recalled false: what it told before this start is still to be read ({@link recallSilence})
 */
export function newContact(
  self: DeviceId,
  sites: readonly ContactSite[],
  boot: number,
  recalled = true,
): Contact {
  const contact: Contact = {
    self,
    started: boot,
    boot,
    beat: 0,
    recalled,
    listed: [],
    sites: new Map(),
    devices: new Map(),
    anchored: [],
    tellable: [],
    mobiles: newMobilesToSee(),
    lastTickMonoMs: null,
    countedMs: 0,
    witnessedMs: 0,
    ownWallOverMonoMs: 0,
    connectedForMs: 0,
    cutOff: null,
    halfSilent: false,
    told: null,
    toldRose: false,
    passedOver: false,
    disproofs: [],
    toldQuietMs: 0,
    ownClockOffMs: null,
    shownOwn: "",
  };
  placeSites(contact, sites);
  return contact;
}

/** The charter changed. What is known of sites and devices that stay is kept; the others are forgotten. */
export function setSites(contact: Contact, sites: readonly ContactSite[]): void {
  if (!addSites(contact, sites)) placeSites(contact, sites);
}

/**
 * A beat received on `from`'s own authenticated connection. A device that the charter does not name is nothing.
 *
 * @param openedMonoMs when that connection was opened, monotonic: all that comes on it was said after; left out: for ever
 */
export function heardBeat(
  contact: Contact,
  from: DeviceId,
  beat: Beat,
  now: Now,
  openedMonoMs = Number.NEGATIVE_INFINITY,
): void {
  const device = contact.devices.get(from);
  if (device === undefined) return;
  contact.ownWallOverMonoMs = now.wallMs - now.monoMs;
  // Measured by what came on its own connections alone: nobody's word can make us deaf to it.
  const telling = tellingOf(contact, from, device, beat, now);
  if (takeOwnNumber(device.direct, telling.number, openedMonoMs, now.monoMs)) {
    if (knowDirectly(contact, device, telling, openedMonoMs)) device.site.roseAnew = true;
    hearDirectly(contact, device, beat, now);
  }
  if (device.site.charter.mobile) return;
  for (const about of Object.keys(beat.heard)) {
    const number = beat.heard[about];
    if (number !== undefined && about !== from) hearTold(contact, about, number, telling, now);
  }
}

/**
 * Before this start of ours a site was found silent, and no fact of ours says that it was heard since. One that we have
 * heard since our start has returned, be it that it was lost anew; every other one reads silent until it is heard again. To
 * be asked once, when others have been heard for a while (`isSettled`): who hears nobody knows nothing of anybody.
 * @param known times by our wall clock as the fact has them, UTC ms; of one that lies ahead of it no time has passed
 * @returns what is to be written now, or null
 */
export function recallSilence(
  contact: Contact,
  name: Name,
  { lastHeardWallMs, foundWallMs }: { readonly lastHeardWallMs: number; readonly foundWallMs: number },
  now: Now,
): Extract<ContactEvent, { readonly type: "regained" }> | null {
  const site = contact.sites.get(name);
  if (site === undefined || !site.isWatched) return null;
  touch(contact, site);
  const foundForMs = Math.max(0, now.wallMs - foundWallMs);
  const silentForMs = foundForMs + Math.max(0, foundWallMs - lastHeardWallMs);
  const foundMonoMs = now.monoMs - foundForMs;
  const lastHeard = { wallMs: lastHeardWallMs, monoMs: now.monoMs - silentForMs };
  if (site.firstRise !== null) {
    site.heardAgain ??= site.firstRise;
    const heardAfterMs = Math.max(0, site.firstRise.monoMs - lastHeard.monoMs);
    return { type: "regained", site: name, silentForMs: heardAfterMs, flaps: takeFlaps(site) };
  }
  const { countedMs } = contact;
  const times = { silentFromMs: countedMs - silentForMs, foundFromMs: countedMs - foundForMs };
  site.loss = { lastHeard, foundMonoMs, ...times, returns: [], told: true };
  site.lastLostMonoMs = foundMonoMs;
  return null;
}

/**
 * Judges everything once; called every `contactLimits.tickMs`, after everything waiting in the sockets was read.
 * Events come in the order in which facts of them make sense; `changed` is last.
 */
export function tick(contact: Contact, now: Now): readonly ContactEvent[] {
  const elapsedMs = countedSinceLastTick(contact, now);
  passTime(contact, elapsedMs, now);
  const events = [...judgeIsolation(contact, elapsedMs)];
  const judged = sitesToJudge(contact, isSettled(contact));
  events.push(...judgeSites(contact, judged, now));
  events.push(...contact.disproofs.splice(0));
  if (contact.passedOver) events.push({ type: "passed-over" });
  contact.passedOver = false;
  judgeOwn(contact, elapsedMs, now);
  contact.ownClockOffMs = ownClockOff(contact);
  for (const site of sitesThatRose(contact)) {
    site.rose = false;
    site.roseDirectly = false;
    site.roseAnew = false;
  }
  const shown = sitesToShow(contact, judged);
  const changed = collectChanges(contact, shown);
  planNextSight(contact, shown);
  return changed === null ? events : [...events, changed];
}

/** What goes into our own beats as `heard`, by device: the newest known number of every anchor but ourselves; no mobiles. */
export function heardByUs(contact: Contact): { [device: DeviceId]: [boot: number, beat: number] } {
  const heard: { [device: DeviceId]: [boot: number, beat: number] } = {};
  for (const [device, { known }] of contact.tellable) if (known !== null) heard[device] = [...known];
  return heard;
}

/** A site that the charter does not name reads *not-yet-heard*; our own reads *heard*. */
export function contactOf(contact: Contact, name: Name): SiteContact {
  const site = contact.sites.get(name);
  if (site === undefined) return unheard;
  const offsetMs = siteClockOffset(contact, site);
  const heardVia = pathOf(contact, site);
  return {
    verdict: verdictOf(contact, site),
    heardVia,
    pathBroken: heardVia !== null && heardVia !== "direct" && site.directRise !== null,
    silentForMs: silentFor(contact, site),
    lastHeardWallMs: (site.loss?.lastHeard ?? site.rise)?.wallMs ?? null,
    heardAgainWallMs: site.heardAgain?.wallMs ?? null,
    foundSilentWallMs: foundSilent(site),
    foundSilentForMs: site.loss === null ? null : contact.countedMs - site.loss.foundFromMs,
    storing: storingOf(site),
    backByMs: backByOf(site),
    clockOffsetMs: offsetMs,
    clockOff: isTheirClockOff(contact, offsetMs),
    flaps: site.flaps,
  };
}

/** The verdict of {@link contactOf} alone, for whoever asks at each tick. */
export function verdictOn(contact: Contact, name: Name): SiteContact["verdict"] {
  const site = contact.sites.get(name);
  return site === undefined ? unheard.verdict : verdictOf(contact, site);
}

export function ownContact(contact: Contact): OwnContact {
  return {
    cutOff: contact.cutOff,
    notHeard: isNotHeard(contact),
    halfSilentWithinMinute: contact.halfSilent,
    newestOfUs: contact.told,
    clockOffMs: contact.ownClockOffMs,
  };
}

/** The state of our own paths: who is heard on our own connections, and who no longer. */
export function pathsOf(contact: Contact): readonly OwnPath[] {
  return ownPaths(contact);
}

/**
 * By how much the times that a device wrote are ahead of ours, ms; null: it has not spoken to us directly. A clock that looks
 * slow by less than is shown counts as right: beats that come late look the same, and an *open* that they made look younger
 * stood on a board past its end. A clock cannot look fast because of a slow way.
 */
export function clockAheadOf(contact: Contact, device: DeviceId): number | null {
  const offsetMs = measuredOffset(contact, device);
  return isPerhapsDelay(offsetMs) ? 0 : offsetMs;
}

/** By how much a device's clock that counts as right looks slow, ms, 0 or more. */
export function clockPerhapsBehindMs(contact: Contact, device: DeviceId): number {
  const offsetMs = measuredOffset(contact, device);
  return offsetMs !== null && isPerhapsDelay(offsetMs) ? -offsetMs : 0;
}

function measuredOffset(contact: Contact, device: DeviceId): number | null {
  const state = contact.devices.get(device);
  return state === undefined ? null : deviceClockOffset(contact, state);
}

function isPerhapsDelay(offsetMs: number | null): boolean {
  return offsetMs !== null && offsetMs < 0 && offsetMs >= -contactLimits.clockOffsetShownMs;
}

function countedSinceLastTick(contact: Contact, now: Now): number {
  const sinceMs = now.monoMs - (contact.lastTickMonoMs ?? now.monoMs);
  assert(sinceMs >= 0, "the monotonic clock went back");
  contact.lastTickMonoMs = now.monoMs;
  contact.ownWallOverMonoMs = now.wallMs - now.monoMs;
  const elapsedMs = Math.min(sinceMs, contactLimits.tickCountsMaxMs);
  contact.countedMs += elapsedMs;
  return elapsedMs;
}

function hearDirectly(contact: Contact, device: DeviceState, beat: Beat, now: Now): void {
  device.storing = beat.storing;
  device.backByMs = beat.backByMs === null ? null : Math.min(beat.backByMs, momentMsMax);
  device.wallOverMonoMs.push(Math.min(beat.wallMs, momentMsMax) - now.monoMs);
  if (device.wallOverMonoMs.length > contactLimits.clockBeats) device.wallOverMonoMs.shift();
  device.fastestMs = Math.max(...device.wallOverMonoMs);
  device.site.directRise = now;
  device.site.roseDirectly = true;
  rise(contact, device.site, now);
}
