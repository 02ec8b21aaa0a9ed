// Small road maps for tests, drawn as text, and a town of any size.

import { present } from "../../src/basics/assert.ts";
import type { Random } from "../../src/basics/random.ts";
import { buildNetwork } from "../../src/roads/network/build.ts";
import { Collector } from "../../src/roads/network/collector.ts";
import type { Network } from "../../src/roads/network/network.ts";
import { type ProfileId, profiles } from "../../src/roads/network/profile.ts";
import { reverseGraphOf, sourcesOf, TreeFinder } from "../../src/roads/network/trees.ts";
import type { Tags } from "../../src/roads/network/way-rule.ts";
import { type HospitalSite, placeHospitals } from "../../src/roads/table/hospitals.ts";
import { columnOf, openTable, type RoadTable, treeLimitMs } from "../../src/roads/table/table.ts";
import type { OsmMap } from "./osm-pbf.ts";

/** South-west corner of every drawn map, thousandths of a degree; a thousandth is 111 m north, 70 m east there. */
export const originE3 = { latE3: 51_000, lonE3: 7_000 };

/**
 * A map from letters: `places` names points by their place in thousandths of a degree from the origin (north, east),
 * `ways` strings of letters with tags, `nodes` tags of points.
 */
export function drawnMap(
  places: { readonly [letter: string]: readonly [north: number, east: number] },
  ways: readonly (readonly [letters: string, tags: Tags])[],
  nodes: { readonly [letter: string]: Tags } = {},
): OsmMap {
  const letters = Object.keys(places);
  return {
    nodes: letters.map((letter, i) => {
      const [north, east] = present(places[letter], letter);
      const lat = (originE3.latE3 + north) / 1_000;
      const lon = (originE3.lonE3 + east) / 1_000;
      return { id: i + 1, lat, lon, tags: nodes[letter] };
    }),
    ways: ways.map(([word, tags], i) => ({
      id: i + 1,
      refs: [...word].map((letter) => letters.indexOf(letter) + 1),
      tags,
    })),
  };
}

/**
 * A town of streets at right angles, `side` by `side` crossings 200 m apart, every fifth street a main road, some
 * streets one-way. The same random numbers draw the same town.
 */
export function drawnTown(side: number, random: Random): OsmMap {
  const id = (row: number, column: number) => row * side + column + 1;
  const nodes = Array.from({ length: side * side }, (_, i) => ({
    id: i + 1,
    lat: (originE3.latE3 + 1.8 * Math.floor(i / side) + random.below(400) / 1_000) / 1_000,
    lon: (originE3.lonE3 + 2.9 * (i % side) + random.below(400) / 1_000) / 1_000,
    tags: random.oneIn(20) ? { highway: "traffic_signals" } : undefined,
  }));
  const ways = Array.from({ length: 2 * side }, (_, i) => {
    const line = i >> 1;
    const main = line % 5 === 0;
    const refs = Array.from({ length: side }, (__, at) => (i % 2 === 0 ? id(line, at) : id(at, line)));
    const oneway = !main && random.oneIn(4) ? { oneway: "yes" } : {};
    const tags: Tags = {
      highway: main ? "secondary" : "residential",
      maxspeed: main ? "50" : "30",
      ...oneway,
    };
    return { id: i + 1, refs, tags };
  });
  return { nodes, ways };
}

export function collected({ nodes, ways }: OsmMap): Collector {
  const collector = new Collector();
  for (const node of nodes) collector.addNode(node);
  for (const way of ways) collector.addWay(way);
  return collector;
}

/** The network of a map; throws where it has none. */
export function networkOf(map: OsmMap, profile: ProfileId = "normal"): Network {
  const network = buildNetwork(collected(map), profiles[profile]);
  if (!network.ok) throw new Error(network.error);
  return network.value;
}

/** A table of these hospitals, computed here and now. */
export function tableOf(network: Network, sites: readonly HospitalSite[], region = "drawn"): RoadTable {
  const placed = placeHospitals(network, sites, []);
  if (!placed.ok) throw new Error(JSON.stringify(placed.error));
  const finder = new TreeFinder(reverseGraphOf(network), treeLimitMs);
  const columns = placed.value.map((hospital) =>
    columnOf(finder.to(sourcesOf(network, hospital.place)), hospital),
  );
  const width = columns.length;
  const tenths = new Uint16Array(network.junctionLatE7.length * width);
  for (const [column, values] of columns.entries()) {
    for (const [junction, value] of values.entries()) tenths[junction * width + column] = value;
  }
  const info = { region, profile: "normal" as const, osmAtMs: Date.UTC(2026, 0, 1) };
  return openTable({ info, network, hospitals: placed.value, tenths });
}

/** `count` hospitals at random points of the network. */
export function drawnHospitals(network: Network, count: number, random: Random): readonly HospitalSite[] {
  return Array.from({ length: count }, (_, i) => {
    const point = random.below(network.pointLatE7.length);
    const latE3 = Math.round((network.pointLatE7[point] ?? 0) / 10_000);
    const lonE3 = Math.round((network.pointLonE7[point] ?? 0) / 10_000);
    return { id: `h${i}`, latE3, lonE3 };
  });
}
