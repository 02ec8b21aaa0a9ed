// Another program's shortest paths on the same network, one extract: 200 junctions to 60 hospitals, each pair searched by
// itself. Junction to junction the difference is 0 ms or something is wrong.

import { seededRandom } from "../src/basics/random.ts";
import { buildNetwork } from "../src/roads/network/build.ts";
import { profiles } from "../src/roads/network/profile.ts";
import { reverseGraphOf, TreeFinder } from "../src/roads/network/trees.ts";
import { treeLimitMs } from "../src/roads/table/table.ts";
import { readOsmFile } from "../src/roadworks/osm-file.ts";
import { peerPaths } from "../test/support/peer-paths.ts";
import { drawHospitals } from "./roads-ground.ts";

const positionCount = 200;
const hospitalCount = 60;

type Compared = {
  readonly name: string;
  readonly pairs: number;
  /** Farther than trees are followed. */
  readonly beyond: number;
  readonly different: number;
  readonly differenceMsMax: number;
};

export async function compareWithNgraph(name: string, file: string, seed: number): Promise<Compared> {
  const extract = await readOsmFile(file, () => undefined);
  if (!extract.ok) throw new Error(extract.error);
  const network = buildNetwork(extract.value.collector, profiles.normal);
  if (!network.ok) throw new Error(network.error);
  const random = seededRandom(seed);
  const junctions = Array.from({ length: positionCount }, () =>
    random.below(network.value.junctionLatE7.length),
  );
  const finder = new TreeFinder(reverseGraphOf(network.value), treeLimitMs);
  const peer = peerPaths(network.value);
  const differences: number[] = [];
  for (const { place } of drawHospitals(network.value, hospitalCount, random)) {
    const to = network.value.to[place.segment] ?? 0;
    const tree = finder.to([[to, 0]]);
    for (const from of junctions) {
      const ms = tree[from] ?? 0;
      if (ms <= treeLimitMs) differences.push(Math.abs(ms - (from === to ? 0 : peer(from, to))));
    }
  }
  return {
    name,
    pairs: differences.length,
    beyond: positionCount * hospitalCount - differences.length,
    different: differences.filter((ms) => ms !== 0).length,
    differenceMsMax: differences.reduce((most, ms) => Math.max(most, ms), 0),
  };
}
