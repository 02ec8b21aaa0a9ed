import { present } from "../basics/assert.ts";
import type { DeviceId, Name } from "../basics/name.ts";
import type { Now } from "../basics/time.ts";
import { heardBeat, heardByUs, newContact, tick } from "./contact.ts";
import {
  type Beat,
  type Contact,
  type ContactEvent,
  type ContactSite,
  contactLimits,
} from "./contact-state.ts";

/** A world of anchors in steps of 10 ms, for tests: who beats, what reaches whom, and what each concludes. */

const stepMs = 10;
/** Wall and monotonic clock start apart, so that a mix-up of the two shows. */
const wallStartMs = 1_000_000_000;

export type Anchor = {
  readonly device: DeviceId;
  readonly site: ContactSite;
  contact: Contact;
  boot: number;
  beat: number;
  /** Where in a second it beats, and where in a quarter of one it ticks, ms. */
  readonly phaseMs: number;
  up: boolean;
  stalledUntilMs: number;
  storing: boolean;
  backByMs: number | null;
  clockOffMs: number;
  /** What it tells of others whatever it knows. */
  lies: Beat["heard"];
  inbox: { readonly from: DeviceId; readonly beat: Beat; readonly atMs: number }[];
  lastBeatMs: number;
};

export type Told = { readonly atMs: number; readonly by: Name; readonly event: ContactEvent };

export type World = {
  nowMs: number;
  readonly anchors: Map<Name, Anchor>;
  /** `a>b`: what a sends b. A path that is not here carries nothing; a cut one swallows, its socket stays open. */
  readonly paths: Set<string>;
  readonly cut: Set<string>;
  readonly latencyMs: number;
  readonly told: Told[];
};

export function anchorOf(site: Name): DeviceId {
  return `${site}/box`;
}

export function siteNamed(site: Name, more: Partial<ContactSite> = {}): ContactSite {
  return { site, devices: [anchorOf(site)], mobile: false, ownHouse: false, ...more };
}

/** All named sites, one anchor each; without `paths` everyone is connected with everyone, both ways. */
export function newWorld(
  names: readonly Name[],
  paths?: readonly (readonly [Name, Name])[],
  mobiles = new Set<Name>(),
): World {
  const sites = names.map((site) => siteNamed(site, { mobile: mobiles.has(site) }));
  const anchors = sites.map((site, at) => newAnchor(site, sites, (at * 370) % 1_000));
  const pairs =
    paths ??
    names.flatMap((one) => names.filter((other) => other !== one).map((other) => [one, other] as const));
  return {
    nowMs: 0,
    anchors: new Map(anchors.map((anchor) => [anchor.site.site, anchor])),
    paths: new Set(pairs.flatMap(([one, other]) => [`${one}>${other}`, `${other}>${one}`])),
    cut: new Set(),
    latencyMs: 30,
    told: [],
  };
}

function newAnchor(site: ContactSite, sites: readonly ContactSite[], phaseMs: number): Anchor {
  const device = anchorOf(site.site);
  return {
    device,
    site,
    contact: newContact(device, sites, 1),
    boot: 1,
    beat: 0,
    phaseMs,
    up: true,
    stalledUntilMs: 0,
    storing: true,
    backByMs: null,
    clockOffMs: 0,
    lies: {},
    inbox: [],
    lastBeatMs: 0,
  };
}

export function at(world: World, site: Name): Anchor {
  return present(world.anchors.get(site), `the world has ${site}`);
}

export function wallOf(world: World, anchor: Anchor): Now {
  return { wallMs: wallStartMs + world.nowMs + anchor.clockOffMs, monoMs: world.nowMs };
}

export function run(world: World, forMs: number): void {
  const endMs = world.nowMs + forMs;
  while (world.nowMs < endMs) {
    world.nowMs += stepMs;
    for (const anchor of world.anchors.values()) {
      if (anchor.up && world.nowMs >= anchor.stalledUntilMs) live(world, anchor);
    }
  }
}

function live(world: World, anchor: Anchor): void {
  const everyMs = anchor.site.mobile ? contactLimits.mobileBeatEveryMs : contactLimits.beatEveryMs;
  // A stalled process wakes with one late beat, as a timer does.
  if (world.nowMs - anchor.lastBeatMs >= everyMs || (world.nowMs - anchor.phaseMs) % everyMs === 0)
    send(world, anchor);
  if ((world.nowMs - anchor.phaseMs) % contactLimits.tickMs !== 0) return;
  for (const one of anchor.inbox.filter((item) => item.atMs <= world.nowMs)) {
    heardBeat(anchor.contact, one.from, one.beat, wallOf(world, anchor));
  }
  anchor.inbox = anchor.inbox.filter((item) => item.atMs > world.nowMs);
  for (const event of tick(anchor.contact, wallOf(world, anchor))) {
    world.told.push({ atMs: world.nowMs, by: anchor.site.site, event });
  }
}

function send(world: World, anchor: Anchor): void {
  anchor.beat += 1;
  anchor.contact.beat = anchor.beat;
  anchor.lastBeatMs = world.nowMs;
  const beat: Beat = {
    boot: anchor.boot,
    beat: anchor.beat,
    wallMs: wallOf(world, anchor).wallMs,
    storing: anchor.storing,
    digest: "",
    backByMs: anchor.backByMs,
    heard: anchor.site.mobile ? {} : { ...heardByUs(anchor.contact), ...anchor.lies },
  };
  for (const other of world.anchors.values()) {
    const path = `${anchor.site.site}>${other.site.site}`;
    if (!world.paths.has(path) || world.cut.has(path) || !other.up) continue;
    other.inbox.push({ from: anchor.device, beat, atMs: world.nowMs + world.latencyMs });
  }
}

/** A process killed; what waits for it is gone. */
export function kill(world: World, site: Name): void {
  at(world, site).up = false;
  at(world, site).inbox = [];
}

/** Started again, with the next boot and nothing known. */
export function restart(world: World, site: Name): void {
  const anchor = at(world, site);
  const sites = [...world.anchors.values()].map((one) => one.site);
  anchor.boot += 1;
  anchor.contact = newContact(anchor.device, sites, anchor.boot);
  anchor.beat = 0;
  anchor.up = true;
  anchor.inbox = [];
}

/** A stopped process: its sockets keep what comes in. */
export function stall(world: World, site: Name, forMs: number): void {
  at(world, site).stalledUntilMs = world.nowMs + forMs;
}

/** Swallows everything between the site and all others, both ways. */
export function cutOff(world: World, site: Name): void {
  for (const path of world.paths) {
    if (path.split(">").includes(site)) world.cut.add(path);
  }
}

export function heal(world: World): void {
  world.cut.clear();
}

/** What `by` proposed to write, without `changed`. */
export function factsOf(world: World, by: Name): ContactEvent[] {
  return world.told.filter((one) => one.by === by && one.event.type !== "changed").map((one) => one.event);
}

export function lostBy(world: World, by: Name): Name[] {
  return factsOf(world, by).flatMap((event) => (event.type === "lost" ? [event.site] : []));
}

/** When `by` first emitted such an event, ms of the world; null: never. */
export function toldAt(world: World, by: Name, type: ContactEvent["type"], site?: Name): number | null {
  const isIt = (event: ContactEvent) =>
    event.type === type && (site === undefined || ("site" in event && event.site === site));
  return world.told.find((one) => one.by === by && isIt(one.event))?.atMs ?? null;
}
