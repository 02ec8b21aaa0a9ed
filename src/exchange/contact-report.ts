import { type Name, siteOf } from "../basics/name.ts";
import { minuteMs } from "../basics/time.ts";
import type { BeatNumber } from "./beat-number.ts";
import {
  type Contact,
  type ContactEvent,
  contactLimits,
  type DeviceState,
  directQuietOf,
  limitsOf,
  quietOf,
  type SiteState,
} from "./contact-state.ts";

/** *not-yet-heard*: never since our own start, and not known to be silent since before. *silent* is unknown: never green, never closed. */
type ContactVerdict = "not-yet-heard" | "heard" | "late" | "silent";

/** How a site is heard: by its own beats, or only on the word of another site. */
type ContactPath = "direct" | { readonly via: Name };

/** What a board shows of one site. While we are cut off (`OwnContact`) it means only what was known before. */
export type SiteContact = {
  readonly verdict: ContactVerdict;
  /** Null while the site is silent or not yet heard. */
  readonly heardVia: ContactPath | null;
  /** We heard it ourselves since our start, and now only another does: "our path is broken, heard by …". */
  readonly pathBroken: boolean;
  /** Counted time since its last new beat, ms; of a silent site since the last one before the silence. */
  readonly silentForMs: number | null;
  /** Our wall clock at that beat, UTC ms. */
  readonly lastHeardWallMs: number | null;
  /** Our wall clock when its last silence ended, UTC ms; null: none has since our start. */
  readonly heardAgainWallMs: number | null;
  /** Our wall clock when a silent site was found silent, UTC ms; else null. */
  readonly foundSilentWallMs: number | null;
  /** Counted time since then, ms: none passes while the listener itself is stalled. */
  readonly foundSilentForMs: number | null;
  /** False: *cannot record*. Null: none of its devices has spoken to us directly. */
  readonly storing: boolean | null;
  readonly backByMs: number | null;
  /** Its clock minus ours, ms, of the device that is furthest off; null: none has spoken to us directly. */
  readonly clockOffsetMs: number | null;
  /** Whether that offset is to be shown. */
  readonly clockOff: boolean;
  /** Silences that came and went and are not told yet: a count in the next event. */
  readonly flaps: number;
};

/** What a board shows of ourselves. */
export type OwnContact = {
  /** No outside anchor is heard: every cell reads "not known since". */
  readonly cutOff: { readonly sinceWallMs: number } | null;
  /** We hear others, and our own number stands still in their beats. */
  readonly notHeard: boolean;
  /** "Perhaps a network fault between us." */
  readonly halfSilentWithinMinute: boolean;
  /** The newest number of ours that others tell of us. */
  readonly newestOfUs: BeatNumber | null;
  /** Our clock minus that of nearly everybody outside, ms: it is ours that is wrong. Null: they do not say so. */
  readonly clockOffMs: number | null;
};

/** Our own way to a site: by its own beats on our own connections, whatever others say of it. */
export type OwnPath = {
  readonly site: Name;
  readonly state: "heard" | "late" | "silent";
  /** Our wall clock at its last direct beat, UTC ms. */
  readonly lastHeardWallMs: number;
};

/** Every anchor site that has spoken to us directly since our start. */
export function ownPaths(contact: Contact): readonly OwnPath[] {
  const paths: OwnPath[] = [];
  for (const site of contact.anchored) {
    if (site.directRise === null || !site.isWatched) continue;
    const { lateAfterMs, silentAfterMs } = limitsOf(site);
    const quietMs = directQuietOf(contact, site);
    const state = quietMs > silentAfterMs ? "silent" : quietMs > lateAfterMs ? "late" : "heard";
    paths.push({ site: site.charter.site, state, lastHeardWallMs: site.directRise.wallMs });
  }
  return paths;
}

/** Beats name anchors; a mobile device can only judge by them where somebody named it all the same. */
export function isNotHeard(contact: Contact): boolean {
  const own = contact.sites.get(siteOf(contact.self));
  if (own?.charter.mobile !== true) return contact.toldQuietMs > contactLimits.silentAfterMs;
  return contact.told !== null && contact.toldQuietMs > limitsOf(own).silentAfterMs;
}

/** When the site means to be back, the latest of its devices' last direct words, UTC ms. */
export function backByOf(site: SiteState): number | null {
  let latestMs: number | null = null;
  for (const { backByMs } of site.devices) {
    if (backByMs !== null && (latestMs === null || backByMs > latestMs)) latestMs = backByMs;
  }
  return latestMs;
}

/** What boards must show anew since the last call, of these sites and of ourselves. */
export function collectChanges(contact: Contact, seen: readonly SiteState[]): ContactEvent | null {
  const sites: Name[] = [];
  for (const site of seen) if (takeShown(contact, site)) sites.push(site.charter.site);
  const minutesOff = contact.ownClockOffMs === null ? "" : Math.round(contact.ownClockOffMs / minuteMs);
  const shownOwn = `${contact.cutOff?.sinceWallMs ?? ""} ${isNotHeard(contact)} ${contact.halfSilent} ${minutesOff}`;
  const own = shownOwn !== contact.shownOwn;
  contact.shownOwn = shownOwn;
  return own || sites.length > 0 ? { type: "changed", sites, own } : null;
}

export const unheard: SiteContact = {
  verdict: "not-yet-heard",
  heardVia: null,
  pathBroken: false,
  silentForMs: null,
  lastHeardWallMs: null,
  heardAgainWallMs: null,
  foundSilentWallMs: null,
  foundSilentForMs: null,
  storing: null,
  backByMs: null,
  clockOffsetMs: null,
  clockOff: false,
  flaps: 0,
};

export function verdictOf(contact: Contact, site: SiteState): ContactVerdict {
  if (!site.isWatched) return "heard";
  if (site.loss !== null) return "silent";
  if (site.rise === null) return "not-yet-heard";
  return quietOf(contact, site) > limitsOf(site).lateAfterMs ? "late" : "heard";
}

export function pathOf(contact: Contact, site: SiteState): ContactPath | null {
  if (!site.isWatched) return "direct";
  if (site.rise === null || site.loss !== null) return null;
  const { silentAfterMs } = limitsOf(site);
  const isToldOnly = directQuietOf(contact, site) > silentAfterMs && quietOf(contact, site) <= silentAfterMs;
  const isTold = site.directRise === null || isToldOnly;
  return isTold && site.via !== null ? { via: site.via } : "direct";
}

/** On the wall clock as it stood at the last beat: a jump of it since then moves no silence. */
export function foundSilent({ loss }: SiteState): number | null {
  return loss === null ? null : loss.lastHeard.wallMs + Math.round(loss.foundMonoMs - loss.lastHeard.monoMs);
}

export function silentFor(contact: Contact, site: SiteState): number | null {
  if (!site.isWatched) return 0;
  if (site.loss !== null) return contact.countedMs - site.loss.silentFromMs;
  return site.rise === null ? null : quietOf(contact, site);
}

export function storingOf(site: SiteState): boolean | null {
  let storing: boolean | null = null;
  for (const device of site.devices)
    if (device.direct.newest !== null) storing = device.storing && storing !== false;
  return storing;
}

/** Delay only makes a beat's clock look slower, so the fastest of the recent beats is the nearest to the truth. */
export function deviceClockOffset(contact: Contact, device: DeviceState): number | null {
  return device.fastestMs === null ? null : device.fastestMs - contact.ownWallOverMonoMs;
}

export function siteClockOffset(contact: Contact, site: SiteState): number | null {
  let furthestMs: number | null = null;
  for (const device of site.devices) {
    const offsetMs = deviceClockOffset(contact, device);
    if (offsetMs === null) continue;
    if (furthestMs === null || Math.abs(offsetMs) > Math.abs(furthestMs)) furthestMs = offsetMs;
  }
  return furthestMs;
}

/** Of a clock that is off from ours; where it is ours that is wrong, off from what the others agree on. */
export function isTheirClockOff({ ownClockOffMs }: Contact, offsetMs: number | null): boolean {
  return offsetMs !== null && isClockOff(offsetMs + (ownClockOffMs ?? 0));
}

function isClockOff(offsetMs: number): boolean {
  return Math.abs(offsetMs) > contactLimits.clockOffsetShownMs;
}

/**
 * Our clock minus the others', ms, when of at least three outside sites two in three are off by the same: then it is
 * not they who are wrong.
 */
export function ownClockOff(contact: Contact): number | null {
  const { clockOffsetShownMs, clockWitnessesMin } = contactLimits;
  const offsets: number[] = [];
  let off = 0;
  for (const site of contact.anchored) {
    const offsetMs = site.isOutside ? siteClockOffset(contact, site) : null;
    if (offsetMs === null) continue;
    offsets.push(offsetMs);
    if (isClockOff(offsetMs)) off += 1;
  }
  // Then the one in the middle is not.
  if (off * 2 < offsets.length) return null;
  offsets.sort((a, b) => a - b);
  const middleMs = offsets[offsets.length >> 1];
  if (middleMs === undefined || offsets.length < clockWitnessesMin || !isClockOff(middleMs)) return null;
  const agreeing = offsets.filter((offsetMs) => Math.abs(offsetMs - middleMs) <= clockOffsetShownMs).length;
  return agreeing * 3 >= offsets.length * 2 ? -middleMs : null;
}

/**
 * Notes the parts of `contactOf` that change a board; ages grow by themselves there.
 * @returns whether one of them has changed since the last call
 */
function takeShown(contact: Contact, site: SiteState): boolean {
  const path = pathOf(contact, site);
  const before = site.shown;
  const verdict = verdictOf(contact, site);
  // No site is named `direct/`.
  const via = path === null ? null : path === "direct" ? "direct/" : path.via;
  const storing = storingOf(site);
  const backByMs = backByOf(site);
  const clockOff = isTheirClockOff(contact, siteClockOffset(contact, site));
  const { flaps } = site;
  const isSame =
    before !== null &&
    before.verdict === verdict &&
    before.via === via &&
    before.storing === storing &&
    before.backByMs === backByMs &&
    before.clockOff === clockOff &&
    before.flaps === flaps;
  if (!isSame) site.shown = { verdict, via, storing, backByMs, clockOff, flaps };
  return !isSame;
}
