// What the benches of roads measure on: extracts of the shared data, drawn hospitals and positions, and a state.

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Random } from "../src/basics/random.ts";
import { Collector } from "../src/roads/network/collector.ts";
import type { Network } from "../src/roads/network/network.ts";
import { type HospitalSite, placeHospitals } from "../src/roads/table/hospitals.ts";
import { rowsFromColumns } from "../src/roads/table/rows.ts";
import { openTable, type RoadTable, type TableHospital } from "../src/roads/table/table.ts";
import { growColumns } from "../src/roadworks/columns.ts";
import { drawnHospitals } from "../test/support/drawn-roads.ts";

const shared = join(import.meta.dirname, "..", "..", "shared", "data", "osm");
const names = ["heidelberg", "nds_main", "liechtenstein"] as const;

export const extracts: readonly { readonly name: string; readonly file: string }[] = names
  .map((name) => ({ name, file: join(shared, `${name}.osm.pbf`) }))
  .filter(({ file }) => existsSync(file));

export type Point = readonly [latE7: number, lonE7: number];

/** Positions on roads, or up to `besideE7` (ten-millionths of a degree) beside them each way. */
export function drawPositions(
  network: Network,
  count: number,
  random: Random,
  besideE7: number,
): readonly Point[] {
  return Array.from({ length: count }, () => {
    const point = random.below(network.pointLatE7.length);
    const off = () => random.below(2 * besideE7 + 1) - besideE7;
    return [(network.pointLatE7[point] ?? 0) + off(), (network.pointLonE7[point] ?? 0) + off()];
  });
}

export function drawHospitals(network: Network, count: number, random: Random): readonly TableHospital[] {
  const sites: readonly HospitalSite[] = drawnHospitals(network, count, random);
  const placed = placeHospitals(network, sites, []);
  if (!placed.ok) throw new Error("a drawn hospital lies off the road");
  return placed.value;
}

/** The whole way from a network to a table, with worker threads, in memory. */
export async function growTable(
  network: Network,
  hospitals: readonly TableHospital[],
  threads: number,
  profile: RoadTable["info"]["profile"],
): Promise<RoadTable> {
  const grown = await growColumns({ network, hospitals, threads });
  if (!grown.ok) throw new Error(grown.error);
  const columns = grown.value.map((column) => column ?? new Uint16Array(0));
  const tenths = rowsFromColumns(columns, network.junctionLatE7.length);
  return openTable({ info: { region: "bench", profile, osmAtMs: null }, network, hospitals, tenths });
}

/**
 * A state like North Rhine-Westphalia drawn as streets at right angles: `side` × `side` crossings about 180 m apart,
 * every fifth street a main road, every fortieth a motorway, one street in five one-way, one piece in four missing.
 */
export function drawnState(side: number, random: Random): Collector {
  const collector = new Collector();
  const id = (row: number, column: number) => row * side + column + 1;
  for (let i = 0; i < side * side; i += 1) {
    const lat = 50.4 + (1.6 * Math.floor(i / side) + random.below(500) / 1_000) / 1_000;
    const lon = 6 + (2.5 * (i % side) + random.below(500) / 1_000) / 1_000;
    collector.addNode({ id: i + 1, lat, lon });
  }
  for (let way = 0; way < 2 * side; way += 1) {
    const line = way >> 1;
    const highway = line % 40 === 20 ? "motorway" : line % 5 === 0 ? "secondary" : "residential";
    const oneway = highway === "residential" && random.oneIn(5) ? "yes" : "no";
    let refs: number[] = [];
    for (let at = 0; at < side; at += 1) {
      refs.push(way % 2 === 0 ? id(line, at) : id(at, line));
      const isGap = highway === "residential" && random.oneIn(4);
      if (!isGap && at + 1 < side) continue;
      collector.addWay({ id: way, refs, tags: { highway, oneway } });
      refs = [];
    }
  }
  return collector;
}
