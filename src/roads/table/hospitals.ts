import { err, ok, type Result } from "../../basics/result.ts";
import { metresBetween } from "../network/geometry.ts";
import type { Network } from "../network/network.ts";
import { RoadFinder } from "./finder.ts";
import { hospitalOffRoadMMax, type TableHospital } from "./table.ts";

/** A hospital as a region's files name it. */
export type HospitalSite = { readonly id: string; readonly latE3: number; readonly lonE3: number };
/** A mapped way in to an emergency department, ten-millionths of a degree. */
export type Entrance = { readonly latE7: number; readonly lonE7: number };

/** An entrance belongs to the hospital within this many metres: sites are as long as that. */
const entranceMMax = 400;
const e7OfE3 = 10_000;

export type OffRoad = {
  readonly id: string;
  /** With latitude and longitude exchanged it would lie on a road. */
  readonly swapped: boolean;
};

/**
 * Puts every hospital on the road: at its mapped ambulance entrance where there is one near, else at its own position.
 * Refused with all hospitals that lie too far from every road.
 */
export function placeHospitals(
  network: Network,
  sites: readonly HospitalSite[],
  entrances: readonly Entrance[],
): Result<readonly TableHospital[], readonly OffRoad[]> {
  const finder = new RoadFinder(network, hospitalOffRoadMMax);
  const placed: TableHospital[] = [];
  const offRoad: OffRoad[] = [];
  for (const { id, latE3, lonE3 } of sites) {
    const site = { latE7: latE3 * e7OfE3, lonE7: lonE3 * e7OfE3 };
    const { latE7, lonE7 } = nearestEntrance(site, entrances) ?? site;
    if (finder.nearest(latE7, lonE7)) {
      placed.push({ id, latE3, lonE3, latE7, lonE7, place: finder.place() });
    } else offRoad.push({ id, swapped: finder.nearest(site.lonE7, site.latE7) });
  }
  return offRoad.length === 0 ? ok(placed) : err(offRoad);
}

function nearestEntrance(site: Entrance, entrances: readonly Entrance[]): Entrance | null {
  let nearest: Entrance | null = null;
  let leastM = entranceMMax;
  for (const entrance of entrances) {
    const metres = metresBetween(site.latE7, site.lonE7, entrance.latE7, entrance.lonE7);
    if (metres > leastM) continue;
    nearest = entrance;
    leastM = metres;
  }
  return nearest;
}
