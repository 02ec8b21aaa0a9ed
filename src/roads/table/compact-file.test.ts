import { describe, expect, test } from "vitest";
import {
  drawnHospitals,
  drawnTown,
  networkOf,
  originE3,
  tableOf,
} from "../../../test/support/drawn-roads.ts";
import { seededRandom } from "../../basics/random.ts";
import { buildStraight, estimateFrom } from "../straight.ts";
import { compactOf, compactRowFrom, gridOfCells, straightRowAt, tableRowAt } from "./compact.ts";
import { decodeCompact, encodeCompact, readCompact } from "./compact-file.ts";
import { rowFrom } from "./table.ts";

const random = seededRandom(22);
const network = networkOf(drawnTown(30, random));
const table = tableOf(network, drawnHospitals(network, 20, random), "here");
const hospitals = table.hospitals.map(({ id, latE3, lonE3 }) => ({ id, latE3, lonE3 }));
const grid = gridOfCells(hospitals, 1, network);
const masks = new Uint32Array(20).fill(1);
const compact = compactOf({ grid, hospitals, rowAt: tableRowAt(table), masks, bits: [1] });
const info = { region: "here", source: { de: "Straßennetz", en: "road network" } };
const file = encodeCompact({ info, compact });

describe("[ROADS35] the grid lies on the middles of the cells that facts name: there it is the table's time to 12 s", () => {
  test("every cell of the town", () => {
    expect(grid).toEqual({
      ...{ southE3: originE3.latE3 + 5, westE3: originE3.lonE3 + 5, stepLatE3: 10, stepLonE3: 10 },
      ...{ rows: 6, columns: 9 },
    });
    const full = new Uint16Array(20);
    const small = new Uint16Array(20);
    for (let cell = 0; cell < grid.rows * grid.columns; cell += 1) {
      const latE3 = grid.southE3 + 10 * Math.floor(cell / grid.columns);
      const lonE3 = grid.westE3 + 10 * (cell % grid.columns);
      expect(rowFrom(table, latE3 * 10_000, lonE3 * 10_000, full).ok).toBe(true);
      expect(compactRowFrom(compact, latE3, lonE3, small)).toBe(true);
      for (let i = 0; i < 20; i += 1) {
        expect(Math.abs((small[i] ?? 0) - (full[i] ?? 0))).toBeLessThanOrEqual(120);
      }
    }
  });
});

describe("[ROADS35] a region without a table has the estimate's minutes on those middles", () => {
  test("to 12 s, 14 to 22 km round its hospitals", () => {
    const projection = { metresPerLatE3: 111, metresPerLonE3: 70 };
    const straight = buildStraight({ hospitals, river: [], bridges: [], projection });
    const around = gridOfCells(hospitals, 1);
    expect([around.rows, around.columns]).toEqual([45, 48]);
    const told = compactOf({ grid: around, hospitals, rowAt: straightRowAt(straight), masks, bits: [1] });
    const [small, minTenths] = [new Uint16Array(20), new Uint16Array(20)];
    const here = { latE3: around.southE3 + 200, lonE3: around.westE3 + 300 };
    expect(compactRowFrom(told, here.latE3, here.lonE3, small)).toBe(true);
    expect(estimateFrom(straight, here, minTenths).ok).toBe(true);
    for (let i = 0; i < 20; i += 1) {
      expect(Math.abs((small[i] ?? 0) - 60 * (minTenths[i] ?? 0))).toBeLessThanOrEqual(120);
    }
  });
});

describe("[ROADS36] a compact table is read as it was written, or refused with a reason", () => {
  test("what was written is read, with its region and source", () => {
    expect(decodeCompact(file)).toEqual({ ok: true, value: { info, compact } });
    expect(readCompact(file, "here", table.hospitals)).toMatchObject({ ok: true });
  });

  const changed = (at: number) => file.map((byte, i) => (i === at ? byte ^ 1 : byte));
  const moved = table.hospitals.map((one, i) => (i === 3 ? { ...one, latE3: one.latE3 + 1 } : one));
  test.each([
    ["nothing", new Uint8Array(0), "here", table.hospitals, "no-table"],
    ["a page", new TextEncoder().encode("<!doctype html><html lang=de>"), "here", [], "no-table"],
    ["another version", changed(8), "here", [], "other-version"],
    ["cut", file.slice(0, -1), "here", [], "cut"],
    ["cut in its head", file.slice(0, 40), "here", [], "cut"],
    ["longer", new Uint8Array([...file, 0]), "here", [], "damaged"],
    ["one bit in its head", changed(60), "here", [], "damaged"],
    ["one bit in its last byte", changed(file.length - 1), "here", [], "damaged"],
    ["another region's", file, "there", table.hospitals, "other-region"],
    ["a hospital moved", file, "here", moved, "other-hospitals"],
    ["a hospital new", file, "here", [{ id: "new", latE3: 0, lonE3: 0 }], "other-hospitals"],
  ] as const)("%s", (_what, bytes, region, hospitals, error) => {
    expect(readCompact(bytes, region, hospitals)).toEqual({ ok: false, error });
  });
});
