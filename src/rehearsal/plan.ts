import { present } from "../basics/assert.ts";
import { type DeviceId, deviceIdOf, type Name } from "../basics/name.ts";
import type { Hospital, RegionData } from "../region/region-data.ts";
import { straightM } from "../roads/plane.ts";

/** Which processes a rehearsal of the region has, and who lives in which. */
export type ProcessPlan = {
  readonly id: string;
  readonly hosted: readonly PlannedDevice[];
  readonly dials: readonly { readonly hosted: DeviceId; readonly peer: DeviceId }[];
};

export type PlannedDevice = { readonly site: Name; readonly device: Name; readonly mobile: boolean };

export type PlannedSite = {
  readonly site: Name;
  readonly type: "control-centre" | "hospital" | "ambulance";
  readonly name: string;
  readonly town?: string;
  readonly homeCentre?: Name;
};

export type RehearsalPlan = {
  readonly region: Name;
  readonly sites: readonly PlannedSite[];
  readonly processes: readonly ProcessPlan[];
};

/** The hospital of the night, whose process is killed, frozen and cut off. */
export const nightHospital: Name = "ukd";
/** The process in which it lives, alone. */
export const nightProcess = "night";
/** A hospital with a process of its own to which {@link nightHospital} is linked besides the control centres. */
export const neighbourHospital: Name = "duesseldorf-evk";
export const ambulancesOf: { readonly [centre: Name]: number } = { duesseldorf: 16, wuppertal: 12 };

/** The ambulances of a centre are numbered from 1. */
export function vehicleOf(centre: Name, number: number): Name {
  return `rtw-${centre}-${number}`;
}

/** Every pair of processes of which one dials the other. */
export function dialingPairs({ processes }: RehearsalPlan): readonly (readonly [from: string, to: string])[] {
  const homes = new Map(
    processes.flatMap(({ id, hosted }) => hosted.map((device) => [deviceIdOf(device), id] as const)),
  );
  return processes.flatMap(({ id, dials }) => {
    const targets = new Set(dials.map(({ peer }) => present(homes.get(peer), "a peer lives in a process")));
    return [...targets].filter((to) => to !== id).map((to) => [id, to] as const);
  });
}

const centreDevice = "anchor";
const hospitalDevice = "box";
const vehicleDevice = "tablet";

export function planRehearsal(data: RegionData): RehearsalPlan {
  const centres = data.region.controlCentres.map(({ id }) => id);
  const vehicles = data.region.controlCentres.flatMap(vehiclesOf);
  const others = data.hospitals.filter(({ id }) => id !== nightHospital && id !== neighbourHospital);
  return {
    region: `rehearsal-${data.region.id}`,
    sites: [...centreSites(data), ...data.hospitals.map(hospitalSite), ...vehicles],
    processes: [
      ...centres.map((centre, i) => centreProcess(centre, centres.slice(i + 1))),
      hospitalProcess(nightProcess, [nightHospital], data, centres),
      hospitalProcess("neighbour", [neighbourHospital], data, centres),
      hospitalProcess(
        "hospitals",
        others.map(({ id }) => id),
        data,
        centres,
      ),
      vehicleProcess(vehicles, centres),
    ],
  };
}

function centreSites(data: RegionData): readonly PlannedSite[] {
  return data.region.controlCentres.map(({ id, name, town }) => ({
    site: id,
    type: "control-centre",
    name,
    town,
  }));
}

function hospitalSite({ id, name, town, homeCentre }: Hospital): PlannedSite {
  return { site: id, type: "hospital", name, town, homeCentre };
}

/** The call signs of neighbouring centres repeat: on one board each needs its centre's name. */
function vehiclesOf({
  id: centre,
  town,
}: RegionData["region"]["controlCentres"][number]): readonly PlannedSite[] {
  return Array.from({ length: ambulancesOf[centre] ?? 0 }, (_, i) => ({
    site: vehicleOf(centre, i + 1),
    type: "ambulance",
    name: `RTW ${town} ${i + 1}`,
    homeCentre: centre,
  }));
}

/** Each pair of centres is linked once: the earlier one in charter order dials. */
function centreProcess(centre: Name, later: readonly Name[]): ProcessPlan {
  const hosted = `${centre}/${centreDevice}`;
  return {
    id: centre,
    hosted: [{ site: centre, device: centreDevice, mobile: false }],
    dials: later.map((other) => ({ hosted, peer: `${other}/${centreDevice}` })),
  };
}

function hospitalProcess(
  id: string,
  hospitals: readonly Name[],
  data: RegionData,
  centres: readonly Name[],
): ProcessPlan {
  return {
    id,
    hosted: hospitals.map((site) => ({ site, device: hospitalDevice, mobile: false })),
    dials: hospitals.flatMap((site) => {
      const hosted = `${site}/${hospitalDevice}`;
      const toCentres = centres.map((centre) => ({ hosted, peer: `${centre}/${centreDevice}` }));
      return [...toCentres, { hosted, peer: `${neighbourOf(site, data)}/${hospitalDevice}` }];
    }),
  };
}

/** The nearest other hospital; for the two with processes of their own, each other. */
function neighbourOf(site: Name, { hospitals, region }: RegionData): Name {
  if (site === nightHospital) return neighbourHospital;
  if (site === neighbourHospital) return nightHospital;
  const own = hospitals.find(({ id }) => id === site);
  let nearest = nightHospital;
  let nearestM = Number.POSITIVE_INFINITY;
  for (const other of hospitals) {
    if (own === undefined || other.id === site) continue;
    const distanceM = straightM(region.projection, own.latE3, own.lonE3, other.latE3, other.lonE3);
    if (distanceM < nearestM) [nearest, nearestM] = [other.id, distanceM];
  }
  return nearest;
}

/** A crew's tablet is linked with its own centre and with the others, since missions cross borders. */
function vehicleProcess(vehicles: readonly PlannedSite[], centres: readonly Name[]): ProcessPlan {
  return {
    id: "vehicles",
    hosted: vehicles.map(({ site }) => ({ site, device: vehicleDevice, mobile: true })),
    dials: vehicles.flatMap(({ site }) =>
      centres.map((centre) => ({ hosted: `${site}/${vehicleDevice}`, peer: `${centre}/${centreDevice}` })),
    ),
  };
}
