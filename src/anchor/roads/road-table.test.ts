import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { clockOf } from "../../../test/scenarios/clock.ts";
import { plainPatient } from "../../../test/scenarios/question.ts";
import { rheinRuhr } from "../../../test/scenarios/rhein-ruhr.ts";
import { drawnTown, networkOf, originE3, tableOf } from "../../../test/support/drawn-roads.ts";
import { advise } from "../../advice/advise.ts";
import { adviceBaseOf } from "../../advice/region-base.ts";
import { seededRandom } from "../../basics/random.ts";
import type { RegionData } from "../../region/region-data.ts";
import { type MinutesSource, tableMinTenthsMax } from "../../roads/roads.ts";
import { closeRoads } from "../../roads/table/closures.ts";
import { encodeTable } from "../../roads/table/file.ts";
import { closeTable, farther, rowFromHospital } from "../../roads/table/table.ts";
import { loadRoads } from "./road-table.ts";

const dir = mkdtempSync(join(tmpdir(), "holdfast-road-table-"));
afterAll(() => rmSync(dir, { recursive: true }));

// The region's hospitals moved into a small drawn town: names and capabilities stay.
const data: RegionData = {
  ...rheinRuhr,
  hospitals: rheinRuhr.hospitals.map((hospital, i) => ({
    ...hospital,
    latE3: originE3.latE3 + 2 * (i % 9),
    lonE3: originE3.lonE3 + 3 * Math.floor(i / 9),
  })),
  waters: { ...rheinRuhr.waters, rivers: [], bridges: [] },
};
const table = tableOf(networkOf(drawnTown(14, seededRandom(2))), data.hospitals, data.region.id);
const file = encodeTable(table, (bytes) => createHash("sha256").update(bytes).digest());
const dayMs = 86_400_000;

function load(bytes: Uint8Array | null, region: RegionData = data) {
  const path = join(dir, "region.roads");
  if (bytes === null) rmSync(path, { force: true });
  else writeFileSync(path, bytes);
  const notes: string[] = [];
  const roads = loadRoads(path, region, (code) => notes.push(code));
  return { roads, notes, words: roads.words((table.info.osmAtMs ?? 0) + 3.5 * dayMs) };
}

describe("[ROADS24] a table that fits gives the minutes; any other leaves the estimate, and boards say why", () => {
  test("a fitting table: profile, age and attribution are named", () => {
    const { roads, notes, words } = load(file);
    expect(roads.table?.hospitals).toHaveLength(data.hospitals.length);
    expect(notes).toEqual([]);
    expect(words.de).toBe(
      "Fahrzeiten: Straßennetz, Pkw ohne Blaulicht, Stand vor 3 Tagen, © OpenStreetMap-Mitwirkende (ODbL).",
    );
    expect(words.en).toContain("3 days old, © OpenStreetMap contributors (ODbL)");
  });

  test("no table named: the estimate, its profile named, and no reason", () => {
    const roads = loadRoads(undefined, data, () => undefined);
    expect(roads.table).toBeUndefined();
    expect(roads.words(0).de).toBe("Fahrzeiten: Schätzung Luftlinie ±30 %, Blaulicht.");
    const driveFactor = { valueE3: 1_120, certainty: "D", source: "own-estimate" } as const;
    const fitted = loadRoads(
      undefined,
      { ...data, region: { ...data.region, driveFactor } },
      () => undefined,
    );
    expect(fitted.words(0).de).toContain("±30 %, an Fahrten der Region angepasst, Blaulicht.");
  });

  const moved = data.hospitals.map((hospital, i) =>
    i === 3 ? { ...hospital, latE3: hospital.latE3 + 1 } : hospital,
  );
  test.each([
    ["no file", null, data, "sie kann nicht gelesen werden"],
    ["a text", Buffer.from("no table"), data, "keine Straßentabelle"],
    ["half a table", file.subarray(0, file.length >> 1), data, "endet zu früh"],
    ["a changed one", Uint8Array.from(file, (byte, i) => (i === 4_000 ? byte ^ 1 : byte)), data, "verändert"],
    ["another region's", file, { ...data, region: { ...data.region, id: "elsewhere" } }, "anderen Region"],
    ["a hospital has moved", file, { ...data, hospitals: moved }, "bitte nachrechnen"],
  ])("%s", (_name, bytes, region, reason) => {
    const { roads, notes, words } = load(bytes, region);
    expect(roads.table).toBeUndefined();
    expect(notes).toEqual(["road-table-refused"]);
    expect(words.de).toContain(
      "Schätzung Luftlinie ±30 %, Blaulicht. Die Straßentabelle wird nicht verwendet:",
    );
    expect(words.de).toContain(reason);
  });
});

describe("[ROADS25] all minutes of one advice have one source, and a line that is an estimate beside a table says so", () => {
  const need = { id: "any", required: [["emergency-department"]], preferred: [] };
  const ask = (latE3: number, lonE3: number) => {
    const base = adviceBaseOf(data, table);
    const input = { base, need, ...plainPatient, linesMax: 3, clock: clockOf };
    const advice = advise({ ...input, position: { latE3, lonE3 }, language: "de" });
    if (!advice.ok) throw new Error(advice.error);
    return advice.value;
  };

  test("[ADVICE10] so have the drives to the next hospital, from the table with the closures in force", () => {
    const base = adviceBaseOf(data, table);
    const places = base.hospitals.map(({ id }) => table.hospitals.findIndex((one) => one.id === id));
    const byTable = () => {
      const row = new Uint16Array(table.hospitals.length);
      rowFromHospital(table, places[0] ?? 0, row);
      const tenths = (column: number) => row[column] ?? farther;
      return places.map((column) =>
        tenths(column) === farther ? tableMinTenthsMax : Math.round(tenths(column) / 60),
      );
    };
    const told = (source: MinutesSource) => [
      ...base.neighbourhood.of(source).minTenths.subarray(0, base.hospitals.length),
    ];
    const estimated = [...adviceBaseOf(data).neighbourhood.of("estimate").minTenths].slice(0, places.length);
    const open = byTable();
    expect(open).not.toEqual(estimated);
    expect([told("table"), told("traffic"), told("estimate")]).toEqual([open, open, estimated]);
    const { latE7 = 0, lonE7 = 0 } = table.hospitals[places[1] ?? 0] ?? {};
    closeTable(table, closeRoads(table, [{ latE7, lonE7, radiusM: 250 }]));
    const closed = byTable();
    expect(closed).not.toEqual(open);
    expect(told("table")).toEqual(closed);
    closeTable(table, null);
    expect(told("table")).toEqual(open);
  });

  test("[ROADS31] live traffic is not told what a centre has closed: a way that leads over it is by the table, and with it the whole advice", () => {
    const position = { latE3: originE3.latE3 + 5, lonE3: originE3.lonE3 + 5 };
    const live = {
      rowFrom: (_position: unknown, minTenths: Uint16Array) => {
        for (const hospital of minTenths.keys()) minTenths[hospital] = 100 + hospital;
        return true;
      },
    };
    const [inTraffic, byTable] = [adviceBaseOf(data, table, live), adviceBaseOf(data, table)];
    const told = (base: typeof byTable) => {
      const input = { base, need, ...plainPatient, linesMax: 3, clock: clockOf, position };
      const advice = advise({ ...input, language: "de" });
      if (!advice.ok) throw new Error(advice.error);
      return advice.value;
    };
    const minutesIn = ({ lines }: ReturnType<typeof told>) =>
      lines.map(({ hospital, driveMinTenths }) => [hospital, driveMinTenths]);
    const close = (north: number, east: number, radiusM: number) => {
      const latE7 = (originE3.latE3 + north) * 10_000;
      const closed = closeRoads(table, [{ latE7, lonE7: (originE3.lonE3 + east) * 10_000, radiusM }]);
      closeTable(table, closed);
      return closed.changed.columns.length;
    };
    expect(told(inTraffic).source).toBe("traffic");
    const open = minutesIn(told(byTable));
    expect(close(5, 7, 100)).toBeGreaterThan(0);
    expect(minutesIn(told(byTable))).not.toEqual(open);
    expect([told(inTraffic).source, minutesIn(told(inTraffic))]).toEqual(["table", minutesIn(told(byTable))]);
    for (const { text } of told(inTraffic).lines) expect(text).toContain("ohne Verkehrslage");
    // Far from the ways to those that are wanted.
    expect(close(24, 36, 100)).toBeGreaterThan(0);
    expect(told(inTraffic).source).toBe("traffic");
    closeTable(table, null);
    expect(told(inTraffic).source).toBe("traffic");
  });

  test("on the network", () => {
    const advice = ask(originE3.latE3 + 5, originE3.lonE3 + 5);
    expect(advice.source).toBe("table");
    expect(advice.lines.map(({ text }) => text).join()).not.toContain("geschätzt");
  });

  test("too far from every road: all lines are estimated", () => {
    const advice = ask(originE3.latE3 - 40, originE3.lonE3);
    expect(advice.source).toBe("estimate");
    for (const { text } of advice.lines) expect(text).toContain(" min geschätzt");
  });
});
