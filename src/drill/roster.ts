import { type DeviceId, deviceIdOf, type Name, type Origin, originOf } from "../basics/name.ts";
import type { Random } from "../basics/random.ts";
import { type Signer, seedBytes } from "../log/crypto.ts";
import { nextEpoch } from "../log/epoch.ts";
import { holderKeyName, logKeyName } from "../log/vkey.ts";
import type { DeviceRole, SiteType } from "../region/choices.ts";
import type { Keys } from "./keys.ts";

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
  /** What the charter says of how fast others pull from it; null: nothing. */
  readonly entriesPerSecondMax: number | null;
  /** Enrolled while the world is running, not before. */
  readonly late: boolean;
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
  Partial<Pick<SimulatedDevice, "device" | "role" | "dials" | "entriesPerSecondMax" | "late">>;

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
  const more = { role: "anchor", dials: [], entriesPerSecondMax: null, late: false } as const;
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
 * Three to five processes: two control centres, of which the first also keeps the authority's log; a hospital alone;
 * one process with two hospitals and an ambulance; one with a hospital that has two devices and one that is enrolled
 * late. As in a real region, each hospital dials both centres and a neighbour.
 */
export function drawRoster(random: Random, keys: Keys, housesMax: 4 | 5): Roster {
  const make = (draft: DeviceDraft): SimulatedDevice => newDevice(random, keys, draft);
  const authority = make({ site: "authority", device: "desk", type: "authority" });
  const slow = random.oneIn(3) ? 8 : null;
  const houses = [
    { name: "one", devices: [make(centre("centre-one", [centreTwo])), authority] },
    { name: "two", devices: [make(centre("centre-two", []))] },
    { name: "alone", devices: [make({ ...hospital("north", "east"), entriesPerSecondMax: slow })] },
    { name: "shared", devices: [hospital("east", "south"), hospital("west", "north"), ambulance].map(make) },
    { name: "late", devices: [hospital("south", "north"), secondDevice, latecomer].map(make) },
  ];
  return {
    region: simulatedRegion,
    authority,
    houses: reachable(houses.slice(0, 3 + random.below(housesMax - 2))),
  };
}

/** Without the dialing of devices that this world does not have. */
function reachable(houses: readonly SimulatedHouse[]): readonly SimulatedHouse[] {
  const ids = new Set(houses.flatMap(({ devices }) => devices.map(({ id }) => id)));
  return houses.map(({ name, devices }) => ({
    name,
    devices: devices.map((device) => ({ ...device, dials: device.dials.filter((id) => ids.has(id)) })),
  }));
}

function centre(site: Name, dials: readonly DeviceId[]): DeviceDraft {
  return { site, type: "control-centre", device: "anchor", dials };
}

function hospital(site: Name, neighbour: Name): DeviceDraft {
  return { site, type: "hospital", dials: [centreOne, centreTwo, lifeboatOf(neighbour)] };
}

const ambulance: DeviceDraft = {
  site: "ambulance",
  type: "ambulance",
  device: "tablet",
  role: "mobile",
  dials: [centreOne, centreTwo],
};

const secondDevice: DeviceDraft = {
  site: "south",
  type: "hospital",
  device: "reserve",
  dials: [centreTwo],
};

const latecomer: DeviceDraft = { ...hospital("newcomer", "north"), late: true };

export function devicesOf(roster: Roster): readonly SimulatedDevice[] {
  return roster.houses.flatMap((house) => house.devices);
}
