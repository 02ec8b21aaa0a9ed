import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { capabilityIds, parseRegionData, type RegionData, regionFiles } from "../src/region/region-data.ts";
import { straightM } from "../src/roads/plane.ts";
import { buildRiver, sideOf } from "../src/roads/river.ts";

const folder = new URL("../regions/rhein-ruhr/", import.meta.url);
const registerFile = new URL("../../shared/data/region/hospitals_core.json", import.meta.url);
const riversFile = new URL("../../shared/data/region/rivers_nrw.geojson", import.meta.url);
const withRegister = existsSync(registerFile);

const data = load();
const { projection } = data.region;

function load(): RegionData {
  const files = Object.fromEntries(
    regionFiles.map((name) => [name, readJson(new URL(`${name}.json`, folder))]),
  );
  const parsed = parseRegionData(files);
  if (!parsed.ok) throw new Error(parsed.error.join("\n"));
  return parsed.value;
}

function readJson(file: URL): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}

type Point = { readonly latE3: number; readonly lonE3: number };

function metresBetween(a: Point, b: Point): number {
  return straightM(projection, a.latE3, a.lonE3, b.latE3, b.lonE3);
}

function hospital(id: string) {
  const found = data.hospitals.find((row) => row.id === id);
  if (found === undefined) throw new Error(`no hospital ${id}`);
  return found;
}

describe("[NEED2] the catalogue of needs", () => {
  const need = (id: string) => data.needs.find((row) => row.id === id);
  const coded = (code: string) => data.pzc.rows.find(({ codes }) => codes.includes(code))?.need;

  test("has the six tracer diagnoses with a time aimed at, and the common rest", () => {
    const tracers = ["cardiac-arrest", "stroke", "severe-head-injury", "polytrauma", "sepsis", "stemi"];
    expect(tracers.map((id) => need(id)?.goalMin?.value)).toEqual(tracers.map(() => 60));
    const rest = ["aortic-emergency", "respiratory", "gi-bleeding", "obstetric", "paediatric", "burns"];
    const more = ["psychiatric", "poisoning", "hip-fracture", "general-medical", "general-surgical"];
    expect([...rest, ...more].filter((id) => need(id) === undefined)).toEqual([]);
  });

  test("who is poisoned needs an emergency department with internal medicine, and no psychiatry", () => {
    expect(["361", "362", "363", "365", "370"].map(coded)).toEqual(Array(5).fill("poisoning"));
    expect(need("poisoning")).toMatchObject({
      required: [["emergency-department"], ["internal-medicine"]],
      preferred: [],
    });
    expect(coded("432")).toBe("psychiatric");
  });

  test("who bleeds into the gut needs no surgery first, and a broken hip does", () => {
    expect([coded("351"), coded("273"), coded("243")]).toEqual(["gi-bleeding", "hip-fracture", "abdominal"]);
    expect(need("gi-bleeding")?.required).toEqual([["emergency-department"], ["internal-medicine"]]);
    expect(need("hip-fracture")?.required).toEqual([["emergency-department"], ["surgery"]]);
  });
});

test("[NEED2] of the mix, intoxications are poisonings, in the proportion in which its source counts them", () => {
  const share = (need: string) => data.missions.classes.find((row) => row.need === need)?.shareE4 ?? 0;
  // BF-Open-Data: 2,085 "Überdosis / Vergiftung", 2,468 "Psychiatrie / Abnormales Verhalten / Suizidversuch".
  const both = share("poisoning") + share("psychiatric");
  expect(both).toBe(1_150);
  expect(share("poisoning")).toBe(Math.round((both * 2_085) / (2_085 + 2_468)));
});

describe("[DATA4] Rhein-Ruhr has at least 55 real hospitals with emergency care", () => {
  test("each is of level 1 or above, or has a published emergency department", () => {
    expect(data.hospitals.length).toBeGreaterThanOrEqual(58);
    for (const row of data.hospitals) {
      expect(row.capabilities["emergency-department"].value, row.id).toBe("yes");
      expect(row.emergencyLevel > 0 || row.id === "duisburg-bg", row.id).toBe(true);
    }
  });

  test("both control centres have hospitals, the University Hospital is Düsseldorf's", () => {
    for (const { id } of data.region.controlCentres) {
      expect(data.hospitals.filter((row) => row.homeCentre === id).length).toBeGreaterThan(10);
    }
    expect(hospital("ukd").homeCentre).toBe("duesseldorf");
    expect(hospital("wuppertal-barmen").homeCentre).toBe("wuppertal");
  });

  test("a trauma level includes the levels below it", () => {
    const levels = ["trauma-supraregional", "trauma-regional", "trauma-local"] as const;
    for (const { id, capabilities } of data.hospitals) {
      for (const [i, level] of levels.entries()) {
        const below = levels[i + 1];
        if (below === undefined || capabilities[level].value !== "yes") continue;
        expect(capabilities[below].value, `${id} ${below}`).toBe("yes");
      }
    }
  });

  test("what only general knowledge or nothing supports is never a no", () => {
    for (const row of data.hospitals) {
      for (const id of capabilityIds) {
        const { value, certainty } = row.capabilities[id];
        if (value === "no") expect(["A", "B"], `${row.id} ${id}`).toContain(certainty);
      }
    }
  });

  test("every municipality and hospital town is named, hospitals lie in listed municipalities", () => {
    const listed = new Set(data.municipalities.map((row) => row.ags));
    expect(listed.size).toBeGreaterThanOrEqual(40);
    for (const row of data.hospitals) expect(listed.has(row.ags), row.id).toBe(true);
  });
});

describe("[DATA5] the aortic emergency of the night has its candidates", () => {
  const group = data.needs.find((need) => need.id === "aortic-emergency");

  test("it requires vascular or cardiac surgery and prefers cardiac", () => {
    expect(group?.required).toContainEqual(["vascular-surgery", "cardiac-surgery"]);
    expect(group?.preferred).toEqual(["cardiac-surgery"]);
  });

  test.each([
    ["ukd", "cardiac-surgery", "A"],
    ["krefeld-helios", "cardiac-surgery", "A"],
    ["wuppertal-elberfeld", "cardiac-surgery", "A"],
    ["wuppertal-barmen", "vascular-surgery", "A"],
    ["essen-uniklinik", "cardiac-surgery", "B"],
    ["duisburg-nord", "cardiac-surgery", "B"],
    ["duisburg-nord", "vascular-surgery", "A"],
  ] as const)("%s has %s with certainty %s", (id, capability, certainty) => {
    expect(hospital(id).capabilities[capability]).toMatchObject({ value: "yes", certainty });
  });

  test("no published page says that heart surgery has moved to Barmen: not known", () => {
    expect(hospital("wuppertal-barmen").capabilities["cardiac-surgery"].value).toBe("unknown");
  });
});

describe("[DATA6] the Rhine divides the region as it does", () => {
  const [rhine] = data.waters.rivers;
  const river = buildRiver(rhine?.points ?? []);
  // Viersen lies far to the west of every bend.
  const leftBank = sideOf(river, 51_257, 6_389);
  const bankOf = ({ latE3, lonE3 }: Point) => (sideOf(river, latE3, lonE3) === leftBank ? "left" : "right");

  test.each([
    ["Neuss", 51_199, 6_691, "left"],
    ["Grimlinghausen", 51_175, 6_742, "left"],
    ["Uedesheim", 51_166, 6_785, "left"],
    ["Stürzelberg", 51_143, 6_812, "left"],
    ["Zons", 51_123, 6_846, "left"],
    ["Dormagen", 51_093, 6_842, "left"],
    ["Worringen", 51_066, 6_866, "left"],
    ["Langel", 51_054, 6_902, "left"],
    ["Meerbusch-Büderich", 51_252, 6_698, "left"],
    ["Oberkassel", 51_233, 6_754, "left"],
    ["Heerdt", 51_233, 6_718, "left"],
    ["Langst-Kierst", 51_301, 6_716, "left"],
    ["Krefeld", 51_333, 6_561, "left"],
    ["Uerdingen", 51_353, 6_648, "left"],
    ["Rheinhausen", 51_402, 6_712, "left"],
    ["Homberg", 51_453, 6_704, "left"],
    ["Moers", 51_453, 6_628, "left"],
    ["Orsoy", 51_525, 6_687, "left"],
    ["Leverkusen-Wiesdorf", 51_032, 6_980, "right"],
    ["Hitdorf", 51_061, 6_919, "right"],
    ["Monheim", 51_092, 6_885, "right"],
    ["Baumberg", 51_118, 6_890, "right"],
    ["Langenfeld", 51_107, 6_949, "right"],
    ["Urdenbach", 51_147, 6_873, "right"],
    ["Benrath", 51_161, 6_870, "right"],
    ["Himmelgeist", 51_168, 6_813, "right"],
    ["Volmerswerth", 51_187, 6_752, "right"],
    ["Hamm", 51_199, 6_739, "right"],
    ["Düsseldorf-Mitte", 51_224, 6_780, "right"],
    ["Stockum", 51_263, 6_745, "right"],
    ["Kaiserswerth", 51_300, 6_737, "right"],
    ["Mündelheim", 51_347, 6_691, "right"],
    ["Wanheim", 51_385, 6_748, "right"],
    ["Duisburg-Mitte", 51_433, 6_765, "right"],
    ["Ruhrort", 51_456, 6_733, "right"],
    ["Beeckerwerth", 51_485, 6_705, "right"],
    ["Walsum", 51_532, 6_712, "right"],
  ])("%s (%i, %i) is on the %s bank", (_, latE3, lonE3, bank) => {
    expect(bankOf({ latE3, lonE3 })).toBe(bank);
  });

  test("the hospitals of the left bank are these", () => {
    const left = data.hospitals.filter((row) => bankOf(row) === "left").map((row) => row.id);
    expect(left.sort()).toEqual(
      [
        "dormagen-rheinland",
        "duesseldorf-heerdt",
        "duisburg-homberg",
        "duisburg-rheinhausen",
        "gladbach-bethesda",
        "gladbach-elisabeth",
        "gladbach-maria-hilf",
        "gladbach-neuwerk",
        "grevenbroich-elisabeth",
        "kamp-lintfort-bernhard",
        "kempen-geist",
        "krefeld-helios",
        "krefeld-huels",
        "krefeld-maria-hilf",
        "krefeld-uerdingen",
        "moers-bethanien",
        "moers-josef",
        "neuss-etienne",
        "neuss-lukas",
        "viersen-akh",
      ].sort(),
    );
  });

  test("the municipalities of the left bank are these", () => {
    // Whole districts, and the left-bank half of the district of Wesel. Düsseldorf's and Duisburg's centres are right.
    const leftDistricts = /^(05114|05116|05154|05162|05166|05362|05370)/;
    const leftOfWesel = ["05170004", "05170020", "05170024", "05170028", "05170032"];
    for (const row of data.municipalities) {
      const isLeft = leftDistricts.test(row.ags) || leftOfWesel.includes(row.ags);
      expect(bankOf(row), row.name).toBe(isLeft ? "left" : "right");
    }
  });

  test("its twelve bridges stand on it, in the order of its flow", () => {
    const line = withPointsBetween(rhine?.points ?? []);
    const nearest = data.waters.bridges.map((bridge) => {
      const metres = line.map((point) => metresBetween(bridge, point));
      return { id: bridge.id, at: metres.indexOf(Math.min(...metres)), metres: Math.min(...metres) };
    });
    expect(nearest).toHaveLength(12);
    expect(nearest).toEqual([...nearest].sort((a, b) => a.at - b.at));
    for (const { id, metres } of nearest) expect(metres, id).toBeLessThan(200);
  });

  test.skipIf(!existsSync(riversFile))("its points lie within 350 m of a public-domain line of it", () => {
    const line = rhineOfNaturalEarth();
    const metresOff = (point: Point) => Math.min(...line.map((other) => metresBetween(point, other)));
    const far = (rhine?.points ?? []).filter((point) => metresOff(point) > 350);
    // That line cuts the Rheinknie in Düsseldorf short by 600 m.
    expect(far).toEqual([
      { latE3: 51_221, lonE3: 6_761 },
      { latE3: 51_223, lonE3: 6_767 },
    ]);
  });
});

function rhineOfNaturalEarth(): readonly Point[] {
  const { features } = readJson(riversFile) as {
    features: { properties: { name: string }; geometry: { coordinates: [number, number][][] } }[];
  };
  const rhine = features.find((feature) => feature.properties.name === "Rhine");
  const [line = []] = rhine?.geometry.coordinates ?? [];
  return withPointsBetween(line.map(([lon, lat]) => ({ latE3: lat * 1_000, lonE3: lon * 1_000 })));
}

/** Twenty points a leg: near enough to measure a distance from the line. */
function withPointsBetween(line: readonly Point[]): readonly Point[] {
  return line.slice(1).flatMap((end, i) => {
    const start = line[i] ?? end;
    return Array.from({ length: 20 }, (_, part) => ({
      latE3: start.latE3 + ((end.latE3 - start.latE3) * part) / 20,
      lonE3: start.lonE3 + ((end.lonE3 - start.lonE3) * part) / 20,
    }));
  });
}

type RegisterRow = {
  readonly name: string;
  readonly site: string;
  readonly label: string;
  readonly operator: string;
  readonly city: string;
  readonly lat: number;
  readonly lon: number;
  readonly emergency_level: number;
  readonly beds: number;
};

describe.skipIf(!withRegister)("[DATA7] hospitals agree with the register they are taken from", () => {
  const register = withRegister ? (readJson(registerFile) as { hospitals: RegisterRow[] }).hospitals : [];

  test.each(data.hospitals)("$id: position within 300 m, level, beds and name", (row) => {
    const near = register.filter(({ lat, lon }) => {
      return metresBetween(row, { latE3: Math.round(lat * 1_000), lonE3: Math.round(lon * 1_000) }) <= 300;
    });
    const same = near.find(
      ({ beds, emergency_level }) => beds === row.beds && emergency_level === row.emergencyLevel,
    );
    expect(same).toBeDefined();
    const words = `${same?.name} ${same?.site} ${same?.label} ${same?.operator}`.toLowerCase();
    const own = row.name.toLowerCase().match(/\p{L}{5,}/gu) ?? [];
    expect(
      own.some((word) => !/^(krankenhaus|klinik|klinikum|hospital)$/.test(word) && words.includes(word)),
    ).toBe(true);
  });
});
