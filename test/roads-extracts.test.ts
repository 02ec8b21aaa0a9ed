// Road tables on real extracts, where the shared data is at hand.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { advise } from "../src/advice/advise.ts";
import { buildAdviceBase, setHospitalState } from "../src/advice/base.ts";
import type { AdviceHospital } from "../src/advice/state.ts";
import { seededRandom } from "../src/basics/random.ts";
import { buildNetwork } from "../src/roads/network/build.ts";
import type { Network } from "../src/roads/network/network.ts";
import { profiles } from "../src/roads/network/profile.ts";
import { reverseGraphOf, TreeFinder } from "../src/roads/network/trees.ts";
import { decodeTable } from "../src/roads/table/file.ts";
import { RoadFinder } from "../src/roads/table/finder.ts";
import { openTable, treeLimitMs } from "../src/roads/table/table.ts";
import { buildTable } from "../src/roadworks/build.ts";
import { readOsmFile } from "../src/roadworks/osm-file.ts";
import { sha256 } from "../src/roadworks/work-folder.ts";
import { clockOf } from "./scenarios/clock.ts";
import { plainPatient, testPolicy } from "./scenarios/question.ts";
import { rheinRuhr } from "./scenarios/rhein-ruhr.ts";
import { drawnHospitals } from "./support/drawn-roads.ts";
import { root } from "./support/files.ts";
import { peerPaths } from "./support/peer-paths.ts";

const shared = join(root, "../shared/data");
const isThere = existsSync(join(shared, "osm"));
const extractOf = (name: string) => join(shared, "osm", `${name}.osm.pbf`);

async function networkOf(name: string): Promise<Network> {
  const extract = await readOsmFile(extractOf(name), () => undefined);
  if (!extract.ok) throw new Error(extract.error);
  const network = buildNetwork(extract.value.collector, profiles.normal);
  if (!network.ok) throw new Error(network.error);
  return network.value;
}

describe.skipIf(!isThere)("[ROADS13] on real extracts (skipped where the shared data is not at hand)", () => {
  test.each(["heidelberg", "nds_main", "liechtenstein"])(
    "%s: 4 junctions for each of 60 hospitals, difference 0 to another program",
    async (name) => {
      const network = await networkOf(name);
      const random = seededRandom(3);
      const finder = new TreeFinder(reverseGraphOf(network), treeLimitMs);
      const peer = peerPaths(network);
      const roads = new RoadFinder(network, 2_000);
      const junctions = network.junctionLatE7.length;
      let compared = 0;
      for (const { latE3, lonE3 } of drawnHospitals(network, 60, random)) {
        expect(roads.nearest(latE3 * 10_000, lonE3 * 10_000)).toBe(true);
        const to = network.to[roads.segment] ?? 0;
        const tree = finder.to([[to, 0]]);
        for (let i = 0; i < 4; i += 1) {
          const from = random.below(junctions);
          const ms = tree[from] ?? 0;
          if (ms > treeLimitMs) continue;
          expect(ms).toBe(from === to ? 0 : peer(from, to));
          compared += 1;
        }
      }
      expect(compared).toBeGreaterThan(200);
    },
    120_000,
  );
});

type Registered = {
  readonly id: string;
  readonly label: string;
  readonly lat: number;
  readonly lon: number;
  readonly emergency_level?: number;
  readonly modules: { readonly stroke: boolean };
};

describe.skipIf(!isThere)(
  "[ROADS21] from extract to advice (skipped where the shared data is not at hand)",
  () => {
    const dir = mkdtempSync(join(tmpdir(), "holdfast-lower-saxony-"));

    /** Hospitals with emergency care within 1 km of the main roads between Hannover, Braunschweig and Wolfsburg. */
    function hospitals(network: Network): readonly AdviceHospital[] {
      const file = readFileSync(join(shared, "region", "hospitals_de.json.gz"));
      const register: { readonly hospitals: readonly Registered[] } = JSON.parse(gunzipSync(file).toString());
      const roads = new RoadFinder(network, 1_000);
      return register.hospitals
        .filter(({ emergency_level: level = 0 }) => level >= 1)
        .map(({ id, label, lat, lon, modules }) => ({
          id: id.toLowerCase(),
          name: label,
          latE3: Math.round(lat * 1_000),
          lonE3: Math.round(lon * 1_000),
          capabilities: { "stroke-unit": modules.stroke ? ("yes" as const) : ("unknown" as const) },
        }))
        .filter(({ latE3, lonE3 }) => roads.nearest(latE3 * 10_000, lonE3 * 10_000));
    }

    test("southern Lower Saxony: its own hospitals, a table, and an advice in road minutes", async () => {
      const sites = hospitals(await networkOf("nds_main"));
      expect(sites.length).toBeGreaterThan(20);
      mkdirSync(join(dir, "region"));
      writeFileSync(join(dir, "region", "region.json"), JSON.stringify({ id: "lower-saxony" }));
      const own = sites.map(({ id, latE3, lonE3 }) => ({ id, latE3, lonE3 }));
      writeFileSync(join(dir, "region", "hospitals.json"), JSON.stringify(own));
      const file = join(dir, "lower-saxony.roads");
      const built = await buildTable({
        osm: extractOf("nds_main"),
        regionDir: join(dir, "region"),
        profile: "blue-light",
        table: file,
        threads: 1,
        progress: () => undefined,
      });
      expect(built.ok ? "" : built.error).toBe("");
      const parts = decodeTable(readFileSync(file), sha256);
      if (!parts.ok) throw new Error(parts.error);
      const base = buildAdviceBase({
        hospitals: sites,
        capabilities: [{ id: "stroke-unit", name: { de: "Stroke Unit", en: "stroke unit" } }],
        river: [],
        bridges: [],
        projection: rheinRuhr.region.projection,
        policy: testPolicy,
        stabilise: { id: "stabilise", required: [["stroke-unit"]], preferred: [] },
        table: openTable(parts.value),
      });
      for (const { id } of sites) {
        const reported = { "stroke-unit": { state: "open" as const, sinceMs: 0, voice: false } };
        setHospitalState(base, { hospital: id, contact: "heard", contactSinceMs: null, reported });
      }
      const advice = advise({
        base,
        position: { latE3: 52_320, lonE3: 10_240 },
        need: { id: "stroke", required: [["stroke-unit"]], preferred: [] },
        ...plainPatient,
        linesMax: 3,
        language: "de",
        clock: clockOf,
      });
      rmSync(dir, { recursive: true });
      if (!advice.ok) throw new Error(advice.error);
      expect(advice.value.source).toBe("table");
      const [nearest] = advice.value.lines;
      // Peine lies at 52.32 N, 10.24 E, and has a hospital with emergency care.
      expect(nearest?.text).toContain("Peine");
      expect(nearest?.driveMinTenths).toBeLessThan(120);
      const minutes = advice.value.lines.map(({ driveMinTenths }) => driveMinTenths);
      expect(minutes).toEqual([...minutes].sort((a, b) => a - b));
    }, 60_000);
  },
);
