import { present } from "../basics/assert.ts";
import { type DeviceId, deviceIdOf, type Name, type Origin, originOf } from "../basics/name.ts";
import type { Random } from "../basics/random.ts";
import { type Signer, seedBytes } from "../log/crypto.ts";
import { nextEpoch } from "../log/epoch.ts";
import { holderKeyName, logKeyName } from "../log/vkey.ts";
import type { DeviceRole, SiteType } from "../region/choices.ts";
import type { Keys } from "./keys.ts";
import type { Knobs, WorldSize } from "./knobs.ts";

/** One simulated device: who it is, its keys, its one log and whom it dials. */
export type SimulatedDevice = {
  readonly id: DeviceId;
  readonly site: Name;
  readonly device: Name;
  readonly type: SiteType;
  readonly role: DeviceRole;
  readonly signer: Signer;
  readonly holder: Signer;
  readonly epoch: string;
  readonly origin: Origin;
  readonly dials: readonly DeviceId[];
  /** Who stands between it and everybody else, by the charter: it dials nobody but them, and nobody dials it. */
  readonly relays: readonly DeviceId[];
  /** What the charter says of how fast others pull from it; null: nothing. */
  readonly entriesPerSecondMax: number | null;
  /** Enrolled while the world is running, not before. */
  readonly late: boolean;
  /** To whom keys of cases are wrapped; left out: it reads nothing that is sealed. */
  readonly recipient?: string;
};

/** One process and what it hosts. */
export type SimulatedHouse = { readonly name: string; readonly devices: readonly SimulatedDevice[] };

export type Roster = {
  readonly region: Name;
  readonly authority: SimulatedDevice;
  readonly houses: readonly SimulatedHouse[];
};

export const simulatedRegion: Name = "rehearsal-drill";

type DeviceDraft = Pick<SimulatedDevice, "site" | "type"> &
  Partial<
    Pick<
      SimulatedDevice,
      "device" | "role" | "dials" | "relays" | "entriesPerSecondMax" | "late" | "recipient"
    >
  >;

const hospitalNames: readonly Name[] = [
  "north",
  "east",
  "south",
  "west",
  "hill",
  "lake",
  "river",
  "harbour",
  "forest",
  "market",
];
const centreOne = "centre-one/anchor";
const centreTwo = "centre-two/anchor";
const lifeboatOf = (site: Name): DeviceId => `${site}/lifeboat`;

export function newDevice(random: Random, keys: Keys, draft: DeviceDraft): SimulatedDevice {
  const device = draft.device ?? "lifeboat";
  const { site } = draft;
  const id = deviceIdOf({ site, device });
  const epoch = nextEpoch(null, random.bytes(4));
  const signer = keys.signer(random.bytes(seedBytes), logKeyName(simulatedRegion, site, device), "log");
  const holder = keys.signer(random.bytes(seedBytes), holderKeyName(simulatedRegion, site, device), "holder");
  const more = { role: "anchor", dials: [], relays: [], entriesPerSecondMax: null, late: false } as const;
  return {
    ...more,
    ...draft,
    device,
    id,
    signer,
    holder,
    epoch,
    origin: originOf(simulatedRegion, `${id}/${epoch}`),
  };
}

/**
 * Two control centres, of which the first also keeps the authority's log; then hospitals, most of them alone on their
 * machine, some as two hospitals with an ambulance, some with a second device or one that is enrolled late. As in a
 * real region, each hospital dials both centres and its neighbours; the last one, where it is `isRelayed`, its relay alone.
 */
export function drawRoster(random: Random, keys: Keys, knobs: Knobs, isRelayed: boolean): Roster {
  const make = (draft: DeviceDraft): SimulatedDevice => newDevice(random, keys, draft);
  const authority = make({ site: "authority", device: "desk", type: "authority" });
  const sites = hospitalNames.slice(0, knobs.anchors - 2);
  const reached = isRelayed ? sites.slice(0, -1) : sites;
  const houses = [
    { name: "one", devices: [make(centre("centre-one", [centreTwo])), authority] },
    { name: "two", devices: [make(centre("centre-two", []))] },
    ...reached.map((site, at) => {
      const dials = neighboursOf(reached, at, knobs.neighbours);
      return { name: site, devices: drawHouse(random, site, at, dials).map(make) };
    }),
    ...sites.slice(reached.length).map((site) => ({ name: site, devices: [make(relayed(site, reached))] })),
  ];
  return { region: simulatedRegion, authority, houses };
}

function drawHouse(
  random: Random,
  site: Name,
  at: number,
  dials: readonly DeviceId[],
): readonly DeviceDraft[] {
  const entriesPerSecondMax = random.oneIn(6) ? 8 : null;
  const own = { ...hospital(site, dials), entriesPerSecondMax };
  // The first two are what every world has: a process with several sites, and a site with several devices.
  const kind = at === 0 ? 1 : at === 1 ? 2 : random.below(8);
  if (kind === 1) return [own, hospital(`${site}-annex`, dials), ambulanceOf(site)];
  if (kind !== 2) return [own];
  const reserve: DeviceDraft = { site, type: "hospital", device: "reserve", dials: [centreTwo] };
  return at === 1 && random.oneIn(2) ? [own, reserve, latecomerOf(site, dials)] : [own, reserve];
}

/** The same region, in which every hospital and centre can be given keys of cases. */
export function withRecipients(roster: Roster, draw: () => string): Roster {
  const isReader = ({ type, late }: SimulatedDevice): boolean => !late && type !== "authority";
  const houses = roster.houses.map(({ name, devices }) => ({
    name,
    devices: devices.map((device) => (isReader(device) ? { ...device, recipient: draw() } : device)),
  }));
  return { ...roster, houses };
}

/** The next ones in the circle of hospitals. */
function neighboursOf(sites: readonly Name[], at: number, count: number): readonly DeviceId[] {
  return Array.from({ length: Math.min(count, sites.length - 1) }, (_, i) =>
    lifeboatOf(present(sites[(at + i + 1) % sites.length], "a circle has no end")),
  );
}

function centre(site: Name, dials: readonly DeviceId[]): DeviceDraft {
  return { site, type: "control-centre", device: "anchor", dials };
}

function hospital(site: Name, neighbours: readonly DeviceId[]): DeviceDraft {
  return { site, type: "hospital", dials: [centreOne, centreTwo, ...neighbours] };
}

/** Of the reached ones the first stands between it and everybody else. */
function relayed(site: Name, [first]: readonly Name[]): DeviceDraft {
  const relays = [lifeboatOf(present(first, "somebody can be reached"))];
  return { site, type: "hospital", dials: relays, relays };
}

function ambulanceOf(site: Name): DeviceDraft {
  const dials = [centreOne, centreTwo];
  return { site: `ambulance-${site}`, type: "ambulance", device: "tablet", role: "mobile", dials };
}

function latecomerOf(site: Name, dials: readonly DeviceId[]): DeviceDraft {
  return { ...hospital(`${site}-newcomer`, dials), late: true };
}

/**
 * What such a region costs in which nothing happens.
 *
 * @param takesTurns whether a process is ticked for each of its devices
 * @param twins so many more machines, each counted as the largest
 */
export function sizeOf({ houses }: Roster, takesTurns: boolean, twins: number): WorldSize {
  const sizes = houses.map(({ devices }) => ({
    ticked: takesTurns ? devices.length : 1,
    connections: devices.reduce((sum, { dials }) => sum + dials.length, 0),
  }));
  const total = (of: (size: WorldSize) => number): number =>
    sizes.reduce((sum, size) => sum + of(size), twins * Math.max(...sizes.map(of)));
  return { ticked: total(({ ticked }) => ticked), connections: total(({ connections }) => connections) };
}

export function devicesOf(roster: Roster): readonly SimulatedDevice[] {
  return roster.houses.flatMap((house) => house.devices);
}
