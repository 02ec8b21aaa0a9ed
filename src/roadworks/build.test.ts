import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { drawnHospitals, drawnTown, networkOf, tableOf } from "../../test/support/drawn-roads.ts";
import { osmPbf } from "../../test/support/osm-pbf.ts";
import { seededRandom } from "../basics/random.ts";
import { decodeTable, encodeTable } from "../roads/table/file.ts";
import type { HospitalSite } from "../roads/table/hospitals.ts";
import { columnFromRows } from "../roads/table/rows.ts";
import type { TableHospital, TableParts } from "../roads/table/table.ts";
import { buildTable, keyOf, updateTable } from "./build.ts";
import { runRoads } from "./command.ts";
import { progressText } from "./progress.ts";
import { sha256, WorkFolder, writeColumn } from "./work-folder.ts";

const random = seededRandom(5);
const town = drawnTown(14, random);
const network = networkOf(town);
const sites = drawnHospitals(network, 6, random);
let dir = "";

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "holdfast-roads-"));
  writeFileSync(join(dir, "town.osm.pbf"), osmPbf(town, { dataAtS: 1_000_000 }));
  writeRegion(sites);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(dir, { recursive: true });
});

function writeRegion(hospitals: readonly HospitalSite[], id = "drawn"): void {
  mkdirSync(join(dir, "region"), { recursive: true });
  writeFileSync(join(dir, "region", "region.json"), JSON.stringify({ id }));
  writeFileSync(join(dir, "region", "hospitals.json"), JSON.stringify(hospitals));
}

const options = () => ({
  osm: join(dir, "town.osm.pbf"),
  regionDir: join(dir, "region"),
  profile: "normal" as const,
  table: join(dir, "town.roads"),
  threads: 2,
  progress: () => undefined,
  warn: () => undefined,
});

function readTable(): TableParts {
  const parts = decodeTable(readFileSync(options().table), sha256);
  if (!parts.ok) throw new Error(parts.error);
  return parts.value;
}

const columnOf = (parts: TableParts, id: string) => [
  ...columnFromRows(
    parts.tenths,
    parts.hospitals.length,
    parts.hospitals.findIndex((one) => one.id === id),
  ),
];

describe("[ROADS21] a build is whole or nothing, and goes on where it was broken off", () => {
  test("the table is the one that the same map gives in one thread, and nothing else is left", async () => {
    expect(await buildTable(options())).toMatchObject({ ok: true, value: { hospitals: 6, taken: 0 } });
    const expected = tableOf(network, sites);
    const built = readTable();
    expect(built.tenths).toEqual(expected.tenths);
    expect(built.network).toEqual(network);
    expect(built.info).toEqual({ region: "drawn", profile: "normal", osmAtMs: 1_000_000_000 });
    expect(readdirSync(dir).sort()).toEqual(["region", "town.osm.pbf", "town.roads"]);
  });

  /** What a build leaves that was killed after its first hospital; the column's numbers could not be computed. */
  async function leftovers(): Promise<{ folder: WorkFolder; first: TableHospital }> {
    const key = await keyOf(options());
    if (!key.ok) throw new Error(key.error);
    const folder = new WorkFolder(options().table);
    expect(folder.open(key.value)).toEqual({ ok: true, value: null });
    folder.keepGround(network, { region: "", profile: "normal", osmAtMs: 1_000_000_000 }, []);
    const { hospitals } = tableOf(network, sites);
    const [first] = hospitals;
    if (first === undefined) throw new Error("a hospital");
    writeColumn(folder.columnFile(first), new Uint16Array(network.junctionLatE7.length).fill(1_234));
    return { folder, first };
  }

  test("what is done is taken over and not computed again", async () => {
    await leftovers();
    const steps: string[] = [];
    const built = await buildTable({ ...options(), progress: (step) => steps.push(step) });
    expect(built).toMatchObject({ ok: true, value: { taken: 1 } });
    expect(new Set(columnOf(readTable(), "h0"))).toEqual(new Set([1_234]));
    expect(columnOf(readTable(), "h1")).toEqual(columnOf(tableOf(network, sites), "h1"));
    expect(steps).not.toContain("read");
  });

  test("the time left counts what is computed now, not what was taken over", async () => {
    await leftovers();
    const begun = new Set<number>();
    await buildTable({ ...options(), progress: (step, _, from) => step === "trees" && begun.add(from) });
    expect([...begun]).toEqual([1 / 6]);
    expect(progressText(0.8, 30_000, 0.6)).toContain("30 s left");
    expect(progressText(0.6, 30_000, 0.6)).toBe("[##############----------] 60 %");
  });

  test("a folder with something else in it, one in which another build works, and files of another kind are left alone", async () => {
    const { folder } = await leftovers();
    const { table } = options();
    writeFileSync(join(`${table}.work`, "notes.txt"), "mine");
    const refusal = (error: string) => ({ ok: false, error: expect.stringContaining(error) });
    expect(await buildTable(options())).toEqual(refusal("notes.txt was left by no build"));
    expect(readFileSync(join(`${table}.work`, "notes.txt"), "utf8")).toBe("mine");
    rmSync(join(`${table}.work`, "notes.txt"));
    // Of this test's own parent, which lives as long.
    writeFileSync(join(`${table}.work`, "builder"), `${process.ppid}`);
    expect(await buildTable(options())).toEqual(
      refusal(`another build works there (process ${process.ppid})`),
    );
    folder.remove();
    const osm = readFileSync(options().osm);
    expect(await buildTable({ ...options(), table: options().osm })).toEqual(refusal("is no road table"));
    expect(readFileSync(options().osm).equals(osm)).toBe(true);
  });

  test("an extract without relations may have been cut off between two blocks: that is said", async () => {
    const warnings: string[] = [];
    await buildTable({ ...options(), warn: (sentence) => warnings.push(sentence) });
    expect(warnings).toEqual([expect.stringContaining("ends without relations")]);
  });

  test("a half or changed column is computed anew", async () => {
    const { folder, first } = await leftovers();
    const bytes = readFileSync(folder.columnFile(first));
    writeFileSync(folder.columnFile(first), bytes.subarray(0, bytes.length - 2));
    expect(await buildTable(options())).toMatchObject({ ok: true, value: { taken: 0 } });
    expect(columnOf(readTable(), "h0")).toEqual(columnOf(tableOf(network, sites), "h0"));
  });

  test("another extract or profile takes nothing over", async () => {
    await leftovers();
    expect(await buildTable({ ...options(), profile: "blue-light" })).toMatchObject({
      ok: true,
      value: { taken: 0 },
    });
  });

  test("hospitals off the network, and extracts without roads, leave no file", async () => {
    writeRegion([...sites, { id: "elsewhere", latE3: 53_000, lonE3: 10_000 }]);
    const off = await buildTable(options());
    expect(off.ok ? "" : off.error).toContain("1 of 7 hospitals lie farther than 1000 m");
    expect(off.ok ? "" : off.error).toContain("elsewhere");
    writeRegion([{ id: "swapped", latE3: 7_005, lonE3: 51_005 }]);
    const swapped = await buildTable(options());
    expect(swapped.ok ? "" : swapped.error).toContain("latitude and longitude exchanged");
    writeFileSync(options().osm, osmPbf({ nodes: town.nodes, ways: [] }));
    const none = await buildTable(options());
    expect(none.ok ? "" : none.error).toContain("no roads for cars");
    expect(existsSync(options().table)).toBe(false);
    expect(readdirSync(dir).sort()).toEqual(["region", "town.osm.pbf"]);
  });

  test("ids that would name other files, or twice the same hospital, are refused before anything is written", async () => {
    const [first, second] = sites;
    if (first === undefined || second === undefined) throw new Error("six hospitals");
    for (const [rows, why] of [
      [[{ ...first, id: "x/../../evil" }], "an id is lower-case"],
      [[{ ...first, id: "" }], "an id is lower-case"],
      [[first, { ...second, id: first.id }], "an id stands twice"],
    ] as const) {
      writeRegion(rows);
      expect(await buildTable(options())).toEqual({ ok: false, error: expect.stringContaining(why) });
    }
    expect(readdirSync(dir).sort()).toEqual(["region", "town.osm.pbf"]);
  });

  test("a place where no file can lie is a sentence before anything is computed, and leaves nothing", async () => {
    for (const table of [join(dir, "region"), join(dir, "town.osm.pbf", "t"), join(dir, "missing", "t")]) {
      const built = await buildTable({ ...options(), table });
      expect(built).toEqual({
        ok: false,
        error: expect.stringMatching(/is (a folder: name a file|no folder)/),
      });
    }
    const map = [
      "map",
      options().table,
      "--region",
      options().regionDir,
      "--out",
      join(dir, "missing", "m.svg"),
    ];
    const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect(await runRoads(map)).toBe(1);
    expect(await runRoads(["build", "--profile", "fast"])).toBe(1);
    expect(
      await runRoads(["best", options().table, "--region", options().regionDir, "--capability", "nope"]),
    ).toBe(1);
    expect(said.mock.calls.map(([line]) => String(line))).toEqual([
      expect.stringContaining("missing is no folder"),
      "holdfast: --profile is one of blue-light, normal.",
      expect.stringContaining("--capability is one of"),
    ]);
    expect(readdirSync(dir).sort()).toEqual(["region", "town.osm.pbf"]);
  });

  test("the command names a table after its region; what is asked of it in vain is a sentence", async () => {
    const said = vi.spyOn(console, "log").mockImplementation(() => undefined);
    const failed = vi.spyOn(console, "error").mockImplementation(() => undefined);
    vi.spyOn(process, "cwd").mockReturnValue(dir);
    const { osm, regionDir } = options();
    const table = join(dir, "drawn.roads");
    expect(await runRoads(["build", "--osm", osm, "--region", regionDir])).toBe(0);
    expect(String(said.mock.calls.at(-1))).toContain(`${table}: 6 hospitals`);
    failed.mockClear();
    const swapped = join(dir, "cells.json");
    writeFileSync(swapped, JSON.stringify([{ latE3: 7_005, lonE3: 51_005, people: 9 }]));
    const here = join(dir, "here.json");
    writeFileSync(here, JSON.stringify([{ latE3: 51_005, lonE3: 7_005, people: 9 }]));
    for (const cells of [swapped, here])
      expect(await runRoads(["best", table, "--region", regionDir, "--cells", cells])).toBe(1);
    const picture = ["map", table, "--region", regionDir, "--out", join(dir, "m.svg")];
    expect(await runRoads([...picture, "--capability", "ct"])).toBe(1);
    expect(failed.mock.calls.map(([line]) => line)).toEqual([
      `holdfast: all 1 cells lie off every road of ${table}. Are latitude and longitude exchanged?`,
      "holdfast: no hospital of the region is known to have any capability.",
      `holdfast: no hospital of ${table} is known to have ct.`,
    ]);
    expect(existsSync(join(dir, "m.svg"))).toBe(false);
    for (const [language, title] of [
      [[], "Minuten zum nächsten Krankenhaus"],
      [["--language", "en"], "Minutes to the nearest hospital"],
    ] as const) {
      expect(await runRoads([...picture, ...language])).toBe(0);
      expect(readFileSync(join(dir, "m.svg"), "utf8")).toContain(`<title>${title}</title>`);
    }
    writeRegion([...sites.slice(1), { id: "new", latE3: 51_005, lonE3: 7_005 }]);
    for (const stale of [["best", table, "--region", regionDir, "--cells", here], picture]) {
      expect(await runRoads(stale)).toBe(1);
      expect(String(failed.mock.calls.at(-1))).toContain("its hospitals are not those of the region");
    }
    writeRegion(sites, "elsewhere");
    expect(await runRoads(picture)).toBe(1);
    expect(String(failed.mock.calls.at(-1))).toContain("it belongs to another region");
    writeRegion(sites);
    expect(await runRoads([...picture.slice(0, -1), table])).toBe(1);
    expect(String(failed.mock.calls.at(-1))).toContain("is no SVG picture");
    expect(await runRoads([...picture, "--language", "fr"])).toBe(1);
    expect(String(failed.mock.calls.at(-1))).toContain("--language is one of de, en.");
  });

  test("a region that cannot be read is a sentence", async () => {
    writeFileSync(join(dir, "region", "hospitals.json"), `[{"id":"a","latE3":51.5,"lonE3":7000}]`);
    const result = await buildTable(options());
    expect(result.ok ? "" : result.error).toContain("hospitals.json, 0.latE3");
  });
});

describe("[ROADS22] a hospital that is new or has moved costs its own column only", () => {
  /** A table whose columns could not be computed, to see which are. */
  async function marked(): Promise<void> {
    await buildTable(options());
    const parts = readTable();
    writeFileSync(options().table, encodeTable({ ...parts, tenths: parts.tenths.fill(77) }, sha256));
  }

  test("moved, added, removed", async () => {
    await marked();
    const [h0, h1, h2] = sites;
    if (h0 === undefined || h1 === undefined || h2 === undefined) throw new Error("hospitals");
    const moved = { ...h1, latE3: h2.latE3, lonE3: h2.lonE3 };
    const added = { id: "new", latE3: h0.latE3, lonE3: h0.lonE3 };
    writeRegion([added, moved, h2]);
    expect(await updateTable({ ...options(), osm: undefined })).toMatchObject({
      ok: true,
      value: { hospitals: 3, taken: 1 },
    });
    const updated = readTable();
    const expected = tableOf(network, [added, moved, h2]);
    expect(updated.hospitals.map(({ id }) => id)).toEqual(["new", "h1", "h2"]);
    expect(new Set(columnOf(updated, "h2"))).toEqual(new Set([77]));
    expect(columnOf(updated, "new")).toEqual(columnOf(expected, "new"));
    expect(columnOf(updated, "h1")).toEqual(columnOf(expected, "h1"));
  });

  test("with an extract: a hospital whose entrance is mapped elsewhere now, and no other", async () => {
    await marked();
    const [h0] = sites;
    if (h0 === undefined) throw new Error("hospitals");
    const door = { id: 9_999, lat: (h0.latE3 + 1) / 1_000, lon: h0.lonE3 / 1_000 };
    const tags = { emergency: "emergency_ward_entrance" };
    const newer = join(dir, "newer.osm.pbf");
    writeFileSync(newer, osmPbf({ nodes: [...town.nodes, { ...door, tags }], ways: town.ways }));
    expect(await updateTable({ ...options(), osm: newer })).toMatchObject({ ok: true, value: { taken: 5 } });
    const updated = readTable();
    expect(updated.hospitals[0]).toMatchObject({ id: "h0", latE3: h0.latE3, latE7: (h0.latE3 + 1) * 10_000 });
    const expected = tableOf(network, [{ ...h0, latE3: h0.latE3 + 1 }]);
    expect(columnOf(updated, "h0")).toEqual(columnOf(expected, "h0"));
    expect(new Set(columnOf(updated, "h1"))).toEqual(new Set([77]));
    const kept = readFileSync(options().table);
    expect(await updateTable({ ...options(), osm: join(dir, "none.osm.pbf") })).toMatchObject({ ok: false });
    expect(readFileSync(options().table).equals(kept)).toBe(true);
  });

  test("with an extract: who has moved is computed there, who is only named elsewhere and keeps its door is not", async () => {
    await marked();
    const [h0, h1, h2, ...rest] = sites;
    if (h0 === undefined || h1 === undefined || h2 === undefined) throw new Error("hospitals");
    const moved = { ...h1, latE3: h2.latE3, lonE3: h2.lonE3 };
    // h0's coordinates in the region are others now; its door is mapped where the table has it.
    const renamed = { ...h0, latE3: h0.latE3 + 1 };
    const door = { id: 9_999, lat: h0.latE3 / 1_000, lon: h0.lonE3 / 1_000 };
    const nodes = [...town.nodes, { ...door, tags: { emergency: "emergency_ward_entrance" } }];
    const newer = join(dir, "newer.osm.pbf");
    writeFileSync(newer, osmPbf({ nodes, ways: town.ways }));
    writeRegion([renamed, moved, h2, ...rest]);
    expect(await updateTable({ ...options(), osm: newer })).toMatchObject({ ok: true, value: { taken: 5 } });
    const updated = readTable();
    expect(updated.hospitals[0]).toMatchObject({ id: "h0", latE3: h0.latE3 + 1, latE7: h0.latE3 * 10_000 });
    expect(updated.hospitals[1]).toMatchObject({ id: "h1", latE3: h2.latE3, lonE3: h2.lonE3 });
    expect(columnOf(updated, "h1")).toEqual(columnOf(tableOf(network, [moved]), "h1"));
    for (const id of ["h0", "h2"]) expect(new Set(columnOf(updated, id))).toEqual(new Set([77]));
  });

  test("a table of another region stays as it is", async () => {
    await marked();
    const before = readFileSync(options().table);
    writeRegion(sites, "elsewhere");
    const result = await updateTable(options());
    expect(result.ok ? "" : result.error).toContain("of the region drawn, not of elsewhere");
    expect(readFileSync(options().table).equals(before)).toBe(true);
  });
});

test("[ROADS23] progress says how much is done and how long it still takes", () => {
  expect(progressText(0.25, 30_000)).toBe(
    "[######------------------] 25 %, 90 s left".replace("90 s", "2 min"),
  );
  expect(progressText(0.5, 30_000)).toBe("[############------------] 50 %, 30 s left");
  expect(progressText(0.01, 30_000)).toBe("[------------------------] 1 %");
  expect(progressText(1, 1_000)).toBe("[########################] 100 %, 0 s left");
});
