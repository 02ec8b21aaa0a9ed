import { describe, expect, test } from "vitest";
import {
  drawnHospitals,
  drawnTown,
  networkOf,
  originE3,
  tableOf,
} from "../../../test/support/drawn-roads.ts";
import { seededRandom } from "../../basics/random.ts";
import { compactOf, compactRowFrom, tableRowAt } from "./compact.ts";
import { farther, rowFrom } from "./table.ts";

const random = seededRandom(21);
const network = networkOf(drawnTown(20, random));
const table = tableOf(network, drawnHospitals(network, 40, random));
const grid = {
  southE3: originE3.latE3,
  westE3: originE3.lonE3,
  stepLatE3: 5,
  stepLonE3: 8,
  rows: 8,
  columns: 8,
};
// Only the three last hospitals can do what bit 2 stands for.
const masks = Uint32Array.from(table.hospitals, (_, i) => (i >= 37 ? 3 : 1));
const { hospitals } = table;
const compact = compactOf({ grid, hospitals, rowAt: tableRowAt(table), masks, bits: [2] });
const full = new Uint16Array(40);
const small = new Uint16Array(40);

describe("[ROADS27] the compact table keeps the nearest 32 and three for each capability, in steps of 24 s", () => {
  test("on a point of the grid it is the table's time to 12 s, and the nearest are all there", () => {
    expect(rowFrom(table, (grid.southE3 + 10) * 10_000, (grid.westE3 + 16) * 10_000, full).ok).toBe(true);
    expect(compactRowFrom(compact, grid.southE3 + 10, grid.westE3 + 16, small)).toBe(true);
    const kept = [...small.keys()].filter((hospital) => small[hospital] !== farther);
    expect(kept.length).toBeGreaterThanOrEqual(32);
    expect(kept.length).toBeLessThanOrEqual(35);
    for (const hospital of kept) {
      expect(Math.abs((small[hospital] ?? 0) - (full[hospital] ?? 0))).toBeLessThanOrEqual(120);
    }
    for (const hospital of [37, 38, 39]) expect(kept).toContain(hospital);
    const order = [...full.keys()].sort((a, b) => (full[a] ?? 0) - (full[b] ?? 0));
    for (const hospital of order.slice(0, 32)) expect(kept).toContain(hospital);
  });

  test("between its points it lies between theirs", () => {
    expect(compactRowFrom(compact, grid.southE3 + 10, grid.westE3 + 16, small)).toBe(true);
    const west = small.slice();
    expect(compactRowFrom(compact, grid.southE3 + 10, grid.westE3 + 24, small)).toBe(true);
    const east = small.slice();
    expect(compactRowFrom(compact, grid.southE3 + 10, grid.westE3 + 20, small)).toBe(true);
    for (let hospital = 0; hospital < 40; hospital += 1) {
      if (west[hospital] === farther || east[hospital] === farther) continue;
      expect(small[hospital]).toBe(Math.floor(((west[hospital] ?? 0) + (east[hospital] ?? 0)) / 2 + 0.5));
    }
  });

  test("outside its grid, and for no number, it has no answer", () => {
    expect(compactRowFrom(compact, grid.southE3 - 1, grid.westE3, small)).toBe(false);
    expect(compactRowFrom(compact, grid.southE3 + 36, grid.westE3, small)).toBe(false);
    expect(compactRowFrom(compact, Number.NaN, grid.westE3, small)).toBe(false);
  });
});
