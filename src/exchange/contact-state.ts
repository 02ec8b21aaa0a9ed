import { assert } from "../basics/assert.ts";
import { type DeviceId, type Name, siteOf } from "../basics/name.ts";
import { minuteMs, type Now } from "../basics/time.ts";
import { type BeatNumber, newOwnNumbers, type OwnNumbers } from "./beat-number.ts";
import { newTimetable, type Timetable } from "./timetable.ts";

/** The times of SPEC "Contact", ms. Chosen by us (certainty C) unless a comment says otherwise. */
export const contactLimits = {
  /** An anchor beats this often on each of its connections. */
  beatEveryMs: 1_000,
  lateAfterMs: 4_000,
  silentAfterMs: 8_000,
  /** The shell calls `tick` this often, after reading everything that waits in its sockets. */
  tickMs: 250,
  /** The most that one tick adds to a silence, however long the listener itself was stalled. */
  tickCountsMaxMs: 500,
  regainBeats: 3,
  regainWithinMs: 5_000,
  /** One lost/regained pair a site in this time. Also the minute of "half the region within a minute". */
  flapWindowMs: minuteMs,
  /**
   * Our choice: how long somebody outside must be heard again, after nobody was, before a verdict falls.
   * Three beats, so that hearsay over two hops has arrived; under `lateAfterMs`, so that one bad link that is
   * late every few seconds cannot put off for ever what it lets us know of the others.
   */
  settleMs: 3_000,
  mobileBeatEveryMs: 5_000,
  /** Our choice: three missed beats of an ambulance or a pocket. */
  mobileLateAfterMs: 15_000,
  mobileSilentAfterMs: minuteMs,
  /** Our choice: as many beats' time for three mobile beats as an anchor has. */
  mobileRegainWithinMs: 25_000,
  clockOffsetShownMs: 30_000,
  /** Our choice: of so many outside sites two in three must agree before our own clock is thought to be wrong. */
  clockWitnessesMin: 3,
  /** Our choice: the clock offset is taken from the fastest of this many direct beats. */
  clockBeats: 16,
  /**
   * Our choice: more starts than a device may have had since it last spoke to us itself, whatever others tell; hours of
   * a program that does not come up, far more than lie between a backup and its restore. As far above its stored count
   * a device goes itself to pass over what others tell of it: who heard its last start believes all of that.
   */
  bootsAheadMax: 4_000,
} as const;

/** What a device says of itself every second. All integers; decoded and checked by the packet codec. */
export type Beat = {
  readonly boot: number;
  readonly beat: number;
  /** The sender's wall clock, UTC ms. */
  readonly wallMs: number;
  /** False while the sender cannot write facts durably. */
  readonly storing: boolean;
  /** The digest of the sender's vector; contact does not read it. */
  readonly digest: string;
  /** The sender's wall time, UTC ms, by which it means to be back from a planned restart; null: none planned. */
  readonly backByMs: number | null;
  /** The newest number that the sender knows of every site's anchors, direct or told. */
  readonly heard: { readonly [device: DeviceId]: BeatNumber };
};

/** One site of the charter, as contact sees it. */
export type ContactSite = {
  readonly site: Name;
  /** Its anchors, or its mobile device: every one a device of `site`. */
  readonly devices: readonly DeviceId[];
  /** An ambulance or a pocket: slower beats, longer limits, and it proves nothing about our own isolation. */
  readonly mobile: boolean;
  /** Hearing it does not show that we reach anybody outside. */
  readonly ownHouse: boolean;
};

/** What `tick` found. `lost`, `regained` and `cut-off-ended` are proposals: a control centre's anchor writes them as facts. */
export type ContactEvent =
  | {
      readonly type: "lost";
      readonly site: Name;
      /** Our wall clock when its last new beat became known. */
      readonly lastHeardWallMs: number;
      /** Silences that came and went since the last event of this site and were not told one by one. */
      readonly flaps: number;
      readonly backByMs: number | null;
    }
  | {
      readonly type: "regained";
      readonly site: Name;
      /** From its last new beat to the first of those that ended the silence, by our monotonic clock. */
      readonly silentForMs: number;
      readonly flaps: number;
    }
  | { readonly type: "cut-off"; readonly fromWallMs: number }
  | { readonly type: "cut-off-ended"; readonly fromWallMs: number; readonly toWallMs: number }
  /** Others tell a higher number of us than we sent: we count from above it. */
  | { readonly type: "passed-over" }
  /** `by` told us a number of the device that is not true, or that it passed on so: told once a start. */
  | { readonly type: "disproved"; readonly device: DeviceId; readonly by: DeviceId }
  /** What a board shows of these sites, or (`own`) of ourselves, is not what it was a tick ago. */
  | { readonly type: "changed"; readonly sites: readonly Name[]; readonly own: boolean };

/** A site that reads *silent*, be it only since before our own start (then it has no `rise`). */
export type Loss = {
  /** When its last new beat before the silence became known. */
  readonly lastHeard: Now;
  readonly foundMonoMs: number;
  /** On the clock of counted time: since when it is silent, and when the verdict fell. */
  readonly silentFromMs: number;
  readonly foundFromMs: number;
  /** Its new beats since, at most one in half a beat's time, not older than the regain time. */
  returns: { readonly countedMs: number; readonly monoMs: number }[];
  /** Whether `lost` was emitted for this silence. */
  told: boolean;
};

export type SiteState = {
  charter: ContactSite;
  /** Among all sites, in the order of the charter. */
  place: number;
  /** Our own site is never judged: we are here. */
  isWatched: boolean;
  /** Whether hearing this site shows that we are not cut off. */
  isOutside: boolean;
  devices: DeviceState[];
  /** When a higher number last became known by any path; null: not yet heard. */
  rise: Now | null;
  directRise: Now | null;
  /** The first of these since our own start. */
  firstRise: Now | null;
  /** Who told us of the newest number that we did not hear ourselves. */
  via: Name | null;
  /** Since the last tick. */
  rose: boolean;
  roseDirectly: boolean;
  /** Whether what rose had not been told by another before. */
  roseAnew: boolean;
  /** On the clock of counted time: `rise`, and `directRise`, as the tick behind them counts. */
  quietFromMs: number;
  directFromMs: number;
  /** On the clock of `witnessedMs`: what has gone by since speaks against the site. */
  evidenceFromMs: number;
  loss: Loss | null;
  /** When the last silence ended; null: none has. */
  heardAgain: Now | null;
  lastLostMonoMs: number | null;
  flaps: number;
  /** What boards were last told; null: nothing yet. */
  shown: ShownContact | null;
};

/** What a board shows of a site's contact that does not change by time alone. */
type ShownContact = {
  readonly verdict: string;
  readonly via: string | null;
  readonly storing: boolean | null;
  readonly backByMs: number | null;
  readonly clockOff: boolean;
  readonly flaps: number;
};

export type DeviceState = {
  readonly site: SiteState;
  /** The newest number known by any path, and who said it. */
  known: BeatNumber | null;
  knownBy: Telling | null;
  /** What was believed and turned out not to be true; never believed again. */
  disproved: BeatNumber | null;
  /** Who told us such numbers. */
  readonly disprovedBy: Set<DeviceId>;
  readonly direct: OwnNumbers;
  storing: boolean;
  backByMs: number | null;
  /** Of recent direct beats: the sender's wall clock minus our monotonic one, so that a step of ours spoils none. */
  wallOverMonoMs: number[];
  /** The highest of them; null: there is none. */
  fastestMs: number | null;
};

/** A beat as the source of numbers: of its sender's own, and of those that it tells. */
export type Telling = {
  readonly device: DeviceId;
  readonly site: Name;
  readonly number: BeatNumber;
  /** The newest number of ours that its sender had heard, by any path; null: none. */
  readonly heardOfUs: BeatNumber | null;
  /** Our own newest number when it came, and when that was. */
  readonly ours: BeatNumber;
  readonly monoMs: number;
};

/** Which mobile sites a tick has to look at (contact-sight.ts): thousands of others stand as they stood. */
export type MobilesToSee = {
  /** Something new of them became known, or of all of them of the charter. */
  readonly touched: Set<SiteState>;
  /** The next time by which age alone changes what is said of them; `witnessed`: by which they count as silent. */
  readonly counted: Timetable<SiteState>;
  readonly witnessed: Timetable<SiteState>;
  /** What is proven of them is not told yet. */
  readonly untold: Set<SiteState>;
  /** As our clocks stood when all of theirs were compared last, and by how much they may change before one that was right is off. */
  ownWallOverMonoMs: number;
  ownClockOffMs: number;
  clockMarginMs: number;
};

/** What one device knows of everybody's beats. Changed only by the functions of contact.ts. */
export type Contact = {
  readonly self: DeviceId;
  /** Our own count of starts: stored, one more at each. */
  readonly started: number;
  /** The number of our newest beat; `boot` is `started`, or more where others were told a higher one. */
  boot: number;
  beat: number;
  /** Whether it is known what we told before this start; until then nothing new is told of a site. */
  recalled: boolean;
  /** As the charter was last given; `sites` and `devices` are of it. */
  listed: readonly ContactSite[];
  sites: Map<Name, SiteState>;
  devices: Map<DeviceId, DeviceState>;
  /** The sites of anchors, in the order of the charter. */
  anchored: readonly SiteState[];
  /** Their devices but ourselves, in the order of their names, as beats tell them. */
  tellable: readonly (readonly [DeviceId, DeviceState])[];
  readonly mobiles: MobilesToSee;
  lastTickMonoMs: number | null;
  /** The sum of what ticks added: a clock that stands still while the listener is stalled. */
  countedMs: number;
  /** The part of `countedMs` in which others were heard: only then silence speaks against a site. */
  witnessedMs: number;
  /** Our wall clock minus our monotonic one. */
  ownWallOverMonoMs: number;
  /** Counted time for which somebody outside has been heard without a gap. */
  connectedForMs: number;
  cutOff: { readonly sinceWallMs: number } | null;
  halfSilent: boolean;
  /** The newest number of ours that others tell of ourselves. */
  told: BeatNumber | null;
  toldRose: boolean;
  toldQuietMs: number;
  /** Since the last tick we began to count from above what others tell of us. */
  passedOver: boolean;
  /** Since the last tick. */
  readonly disproofs: ContactEvent[];
  /** Our clock minus that of nearly everybody else, ms, as of the last tick; null: they do not agree that it is off. */
  ownClockOffMs: number | null;
  shownOwn: string;
};

/** The limits that hold for one site, ms. */
export function limitsOf(site: SiteState): {
  beatEveryMs: number;
  lateAfterMs: number;
  silentAfterMs: number;
  regainWithinMs: number;
} {
  return site.charter.mobile ? mobileLimits : contactLimits;
}

const mobileLimits = {
  beatEveryMs: contactLimits.mobileBeatEveryMs,
  lateAfterMs: contactLimits.mobileLateAfterMs,
  silentAfterMs: contactLimits.mobileSilentAfterMs,
  regainWithinMs: contactLimits.mobileRegainWithinMs,
};

/** Something new of the site became known. */
export function rise(contact: Contact, site: SiteState, now: Now): void {
  site.rise = now;
  site.firstRise ??= now;
  site.rose = true;
  touch(contact, site);
}

/** The next tick looks at the site. At those of anchors each one does. */
export function touch(contact: Contact, site: SiteState): void {
  if (site.charter.mobile) contact.mobiles.touched.add(site);
}

/** Counted time since a higher number last became known, ms. */
export function quietOf(contact: Contact, site: SiteState): number {
  return contact.countedMs - site.quietFromMs;
}

/** The same of its own beats alone. */
export function directQuietOf(contact: Contact, site: SiteState): number {
  return contact.countedMs - site.directFromMs;
}

/** The part of {@link quietOf} that speaks against the site: others were heard meanwhile. Never more than that. */
export function evidenceOf(contact: Contact, site: SiteState): number {
  return contact.witnessedMs - site.evidenceFromMs;
}

/** Puts the charter's sites in place; what is known of sites and devices that stay is kept. No device: no contact. */
export function placeSites(contact: Contact, sites: readonly ContactSite[]): void {
  const before = { sites: contact.sites, devices: contact.devices };
  contact.listed = sites;
  contact.devices = new Map();
  contact.sites = new Map();
  for (const charter of sites) placeSite(contact, charter, before);
  listAnchored(contact);
  const { touched, counted, witnessed, untold } = contact.mobiles;
  for (const one of [touched, counted, witnessed, untold]) one.clear();
  for (const site of contact.sites.values()) touch(contact, site);
}

/**
 * {@link placeSites} where every site stands as it stood and others follow: a charter of 12,000 sites comes in a hundred
 * pieces, and each of 60 devices of a process would place all of them for each piece. False: it is not so, and nothing was done.
 */
export function addSites(contact: Contact, sites: readonly ContactSite[]): boolean {
  const { listed } = contact;
  if (!listed.every((site, place) => isPlacedAs(site, sites[place]))) return false;
  contact.listed = sites;
  const added = sites.slice(listed.length).map((charter) => placeSite(contact, charter, nothingKnown));
  if (added.some(({ charter }) => !charter.mobile)) listAnchored(contact);
  for (const site of added) touch(contact, site);
  return true;
}

/** Of one without devices nothing is kept when it is placed anew. */
function isPlacedAs(site: ContactSite, other: ContactSite | undefined): boolean {
  return (
    other !== undefined &&
    site.site === other.site &&
    site.mobile === other.mobile &&
    site.ownHouse === other.ownHouse &&
    site.devices.length > 0 &&
    site.devices.length === other.devices.length &&
    site.devices.every((device, place) => device === other.devices[place])
  );
}

const nothingKnown: Pick<Contact, "sites" | "devices"> = { sites: new Map(), devices: new Map() };

function placeSite(
  contact: Contact,
  charter: ContactSite,
  before: Pick<Contact, "sites" | "devices">,
): SiteState {
  assert(!contact.sites.has(charter.site), `site ${charter.site} is named twice`);
  const known = charter.devices.length > 0 ? before.sites.get(charter.site) : undefined;
  const site = known ?? newSite(contact, charter);
  site.charter = charter;
  site.place = contact.sites.size;
  site.isWatched = charter.site !== siteOf(contact.self);
  site.isOutside = site.isWatched && !charter.mobile && !charter.ownHouse;
  site.devices = [];
  for (const device of charter.devices) placeDevice(contact, site, device, before.devices.get(device));
  contact.sites.set(charter.site, site);
  return site;
}

function placeDevice(
  contact: Contact,
  site: SiteState,
  device: DeviceId,
  before: DeviceState | undefined,
): void {
  assert(siteOf(device) === site.charter.site, `${device} is no device of ${site.charter.site}`);
  if (device === contact.self) return;
  const state = before ?? newDevice(site);
  contact.devices.set(device, state);
  site.devices.push(state);
}

/** Who is looked at on each tick, and whose numbers beats tell. */
function listAnchored(contact: Contact): void {
  contact.anchored = [...contact.sites.values()].filter(({ charter }) => !charter.mobile);
  contact.tellable = [...contact.devices]
    .filter(([, { site }]) => !site.charter.mobile)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

export function newMobilesToSee(): MobilesToSee {
  return {
    touched: new Set(),
    counted: newTimetable(),
    witnessed: newTimetable(),
    untold: new Set(),
    ownWallOverMonoMs: 0,
    ownClockOffMs: 0,
    clockMarginMs: 0,
  };
}

function newSite({ countedMs, witnessedMs }: Contact, charter: ContactSite): SiteState {
  return {
    charter,
    place: 0,
    isWatched: true,
    isOutside: false,
    devices: [],
    rise: null,
    directRise: null,
    firstRise: null,
    via: null,
    rose: false,
    roseDirectly: false,
    roseAnew: false,
    quietFromMs: countedMs,
    directFromMs: countedMs,
    evidenceFromMs: witnessedMs,
    loss: null,
    heardAgain: null,
    lastLostMonoMs: null,
    flaps: 0,
    shown: null,
  };
}

function newDevice(site: SiteState): DeviceState {
  return {
    site,
    known: null,
    knownBy: null,
    disproved: null,
    disprovedBy: new Set(),
    direct: newOwnNumbers(),
    storing: true,
    backByMs: null,
    wallOverMonoMs: [],
    fastestMs: null,
  };
}
