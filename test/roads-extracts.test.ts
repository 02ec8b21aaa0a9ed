// Road tables on real extracts, where the shared data is at hand.

import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test, vi } from "vitest";
import { seededRandom } from "../src/basics/random.ts";
import { capabilityIds } from "../src/region/vocabulary.ts";
import { buildNetwork } from "../src/roads/network/build.ts";
import { Collector } from "../src/roads/network/collector.ts";
import { closedMs, legsOf } from "../src/roads/network/legs.ts";
import type { Network } from "../src/roads/network/network.ts";
import { profiles } from "../src/roads/network/profile.ts";
import { reverseGraphOf, TreeFinder } from "../src/roads/network/trees.ts";
import { nodeFlag, type Tags } from "../src/roads/network/way-rule.ts";
import { RoadFinder } from "../src/roads/table/finder.ts";
import { treeLimitMs } from "../src/roads/table/table.ts";
import { buildTable } from "../src/roadworks/build.ts";
import { readOsmFile } from "../src/roadworks/osm-file.ts";
import type { WhereTo } from "../src/site/views/board-view.ts";
import { changeConfig, postFact, regionData, setUpSmallRegion, startHere } from "./support/anchors.ts";
import { drawnHospitals } from "./support/drawn-roads.ts";
import { root } from "./support/files.ts";
import { peerPaths } from "./support/peer-paths.ts";
import { roadCases } from "./support/road-cases.ts";

const shared = join(root, "../shared/data");
const isThere = existsSync(join(shared, "osm"));
const extractNames = ["heidelberg", "nds_main", "liechtenstein"] as const;
const extractOf = (name: string) => join(shared, "osm", `${name}.osm.pbf`);

async function networkOf(name: string): Promise<Network> {
  const extract = await readOsmFile(extractOf(name), () => undefined);
  if (!extract.ok) throw new Error(extract.error);
  const network = buildNetwork(extract.value.collector, profiles.normal);
  if (!network.ok) throw new Error(network.error);
  return network.value;
}

describe.skipIf(!isThere)("[ROADS13] on real extracts (skipped where the shared data is not at hand)", () => {
  test.each(extractNames)(
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

/** What the extracts say of elements, and which ways along them the roads are that are read from them. */
async function lookUp(elements: ReadonlySet<string>) {
  const tagsOf = new Map<string, Tags>();
  const openOf = new Map<string, readonly [there: boolean, back: boolean]>();
  const note = (element: string, tags: Tags | undefined) => {
    if (elements.has(element)) tagsOf.set(element, tags ?? {});
  };
  const nodes = vi.spyOn(Collector.prototype, "addNode");
  const ways = vi.spyOn(Collector.prototype, "addWay");
  for (const name of extractNames) {
    const extract = await readOsmFile(extractOf(name), () => undefined);
    if (!extract.ok) throw new Error(extract.error);
    for (const [node] of nodes.mock.calls) note(`node ${node.id}`, node.tags);
    for (const [way] of ways.mock.calls) note(`way ${way.id}`, way.tags);
    nodes.mockClear();
    ways.mockClear();
    // The one of main roads alone was filtered.
    expect(extract.value.hasRelations).toBe(name !== "nds_main");
    const { collector } = extract.value;
    const { rule, forwardMs, backwardMs } = legsOf(collector);
    for (const [leg, way] of rule.entries()) {
      const element = `way ${collector.wayIds[way]}`;
      const isOpen = (ms: Float64Array) => ms[leg] !== closedMs;
      if (elements.has(element)) openOf.set(element, [isOpen(forwardMs), isOpen(backwardMs)]);
    }
    for (const element of tagsOf.keys()) {
      const [kind, id] = element.split(" ");
      const isBarrier = ((collector.flags.get(Number(id)) ?? 0) & nodeFlag.barrier) !== 0;
      if (kind === "node" && isBarrier) openOf.set(element, [false, false]);
    }
  }
  nodes.mockRestore();
  ways.mockRestore();
  return { tagsOf, openOf };
}

describe.skipIf(!isThere)(
  "[ROADS10] cases looked at by hand (skipped where the shared data is not at hand)",
  () => {
    test("stand so in the extracts, and the roads read from these obey them", {
      timeout: 120_000,
    }, async () => {
      const cases = roadCases.filter(([, element]) => element !== "drawn");
      expect(cases.length).toBeGreaterThanOrEqual(20);
      const { tagsOf, openOf } = await lookUp(new Set(cases.map(([, element]) => element)));
      for (const [name, element, way, node, expected] of cases) {
        const isWay = element.startsWith("way");
        expect(tagsOf.get(element), name).toMatchObject(isWay ? way : node);
        expect([name, openOf.get(element) ?? [!isWay, !isWay]]).toEqual([name, expected]);
      }
    });
  },
);

type Registered = {
  readonly id: string;
  readonly label: string;
  readonly city: string;
  readonly gemeinde: string;
  readonly lat: number;
  readonly lon: number;
  readonly emergency_level?: number;
  readonly beds: number;
  readonly modules: { readonly stroke: boolean };
};

/** Hospitals with emergency care within 1 km of the main roads between Hannover, Braunschweig and Wolfsburg, in the form of a region. */
function hospitalsBeside(network: Network): readonly object[] {
  const file = readFileSync(join(shared, "region", "hospitals_de.json.gz"));
  const register: { readonly hospitals: readonly Registered[] } = JSON.parse(gunzipSync(file).toString());
  const roads = new RoadFinder(network, 1_000);
  const statedOn = "2022-12-31";
  return register.hospitals
    .filter(({ emergency_level: level = 0 }) => level >= 1)
    .filter(({ lat, lon }) =>
      roads.nearest(Math.round(lat * 1_000) * 10_000, Math.round(lon * 1_000) * 10_000),
    )
    .map(({ id, label, city, gemeinde, lat, lon, emergency_level, beds, modules }, i) => {
      const has = new Set<string>(["emergency-department", ...(modules.stroke ? ["stroke-unit"] : [])]);
      const cell = (capability: string) =>
        has.has(capability)
          ? ["yes", "A", "register-2022", statedOn]
          : ["unknown", "D", "not-stated", statedOn];
      return {
        id: id.toLowerCase(),
        name: label,
        // Spoken names are letters: the register's number becomes some.
        spokenName: `${city.replace(/[^\p{L} -]/gu, "").slice(0, 20)} ${String.fromCharCode(65 + Math.floor(i / 26), 97 + (i % 26), 97)}`,
        town: city,
        ags: gemeinde,
        ...{ latE3: Math.round(lat * 1_000), lonE3: Math.round(lon * 1_000), positionSource: "gisco-2020" },
        ...{ emergencyLevel: emergency_level, beds: Math.max(1, beds), homeCentre: centre },
        phone: `0221 4710 ${String(i).padStart(3, "0")}`,
        capabilities: Object.fromEntries(capabilityIds.map((capability) => [capability, cell(capability)])),
      };
    });
}

const centre = "hannover";
const vehicle = "rtw-peine";
/** Klinikum Peine: 52.302 N, 10.238 E. */
const peine = "khv22-266";

/** The shipped region's files with the other region's hospitals, its centre, and no river. */
function writeSecondRegion(dir: string, hospitals: readonly object[]): void {
  cpSync(regionData, dir, { recursive: true });
  const old = JSON.parse(readFileSync(join(dir, "region.json"), "utf8"));
  const [first] = old.controlCentres;
  const box = { southLatE3: 51_500, westLonE3: 9_000, northLatE3: 53_000, eastLonE3: 11_500 };
  const place = { id: centre, name: "Leitstelle Hannover", town: "Hannover", latE3: 52_375, lonE3: 9_732 };
  const changes: { readonly [file: string]: unknown } = {
    region: {
      ...old,
      id: "lower-saxony",
      name: "Niedersachsen",
      box,
      controlCentres: [{ ...first, ...place }],
    },
    hospitals,
    municipalities: [],
    waters: { rivers: [], bridges: [] },
    roads: { motorways: [] },
  };
  for (const [file, content] of Object.entries(changes))
    writeFileSync(join(dir, `${file}.json`), JSON.stringify(content));
}

describe.skipIf(!isThere)(
  "[ROADS21] [ROADS24] the second region, from extract to a board (skipped where the shared data is not at hand)",
  () => {
    test("southern Lower Saxony: its register, its table, its own charter, an anchor, and a line in road minutes on its board", async () => {
      const dir = mkdtempSync(join(tmpdir(), "holdfast-lower-saxony-"));
      const regionDir = join(dir, "data");
      const hospitals = hospitalsBeside(await networkOf("nds_main"));
      expect(hospitals.length).toBeGreaterThan(20);
      writeSecondRegion(regionDir, hospitals);
      const table = join(dir, "lower-saxony.roads");
      const osm = extractOf("nds_main");
      const idle = { progress: () => undefined, warn: () => undefined };
      const built = await buildTable({ osm, regionDir, profile: "blue-light", table, threads: 1, ...idle });
      expect(built.ok ? "" : built.error).toBe("");
      const hosted = (site: string) => ({ site, device: "box", mobile: site === vehicle });
      const dials = [{ hosted: `${peine}/box`, peer: `${centre}/box` }];
      const region = await setUpSmallRegion(
        {
          region: "rehearsal-lower-saxony",
          sites: [
            { site: centre, type: "control-centre", name: "Leitstelle Hannover" },
            { site: vehicle, type: "ambulance", name: "RTW Peine" },
            { site: peine, type: "hospital", name: "Klinikum Peine" },
          ],
          processes: [
            { id: centre, hosted: [hosted(centre), hosted(vehicle)], dials: [] },
            { id: peine, hosted: [hosted(peine)], dials },
          ],
        },
        regionDir,
      );
      changeConfig(region.dirOf(centre), () => ({ roads: { table } }));
      const notes: string[] = [];
      const anchors = [
        await startHere(region.dirOf(centre), notes),
        await startHere(region.dirOf(peine), notes),
      ];
      expect(anchors.filter((anchor) => typeof anchor === "string")).toEqual([]);
      const url = region.urlOf(centre);
      const open = { capability: "emergency-department", state: "open", over: [] };
      const said = await postFact(region.urlOf(peine), peine, { request: "peine-is-open", body: open });
      expect(said.answer).toMatchObject({ ok: true });
      // 2 km north of the hospital.
      const ask = async () => {
        const asked = await fetch(`${url}/api/${centre}/where-to?need=neuro-other&latE3=52320&lonE3=10240`);
        return ((await asked.json()) as WhereTo).lines;
      };
      await expect
        .poll(async () => (await ask())[0]?.text.de, { timeout: 15_000 })
        .toMatch(/^→ Peine [A-Z][a-z]{2} \d min \(Notaufnahme offen seit \d\d:\d\d\), kein näheres/);
      const [first, ...others] = await ask();
      expect(first).toMatchObject({ hospital: peine });
      const minutes = others.map(({ driveMinTenths }) => driveMinTenths);
      expect(Math.min(...minutes)).toBeGreaterThan(first?.driveMinTenths ?? 1_000);
      expect(notes.filter((note) => note.startsWith("road"))).toEqual([]);
      const words = await (await fetch(`${url}/api/${centre}/region`)).text();
      expect(words).toContain("Fahrzeiten: Straßennetz, Blaulicht (0,85 der Pkw-Zeit, Annahme)");
      for (const anchor of anchors) if (typeof anchor !== "string") await anchor.stop();
      rmSync(region.dir, { recursive: true });
      rmSync(dir, { recursive: true });
    }, 90_000);
  },
);
