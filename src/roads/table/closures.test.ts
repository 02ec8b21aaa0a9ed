import { describe, expect, test } from "vitest";
import {
  drawnHospitals,
  drawnTown,
  networkOf,
  originE3,
  tableOf,
} from "../../../test/support/drawn-roads.ts";
import { seededRandom } from "../../basics/random.ts";
import { reverseGraphOf, sourcesOf, TreeFinder } from "../network/trees.ts";
import { affectedColumns, closedSegments } from "./closures.ts";
import { columnOf, type RoadTable, rowFrom, treeLimitMs } from "./table.ts";

const random = seededRandom(11);
const network = networkOf(drawnTown(20, random));
const table = tableOf(network, drawnHospitals(network, 12, random));
const closure = {
  latE7: (originE3.latE3 + 3) * 10_000,
  lonE7: (originE3.lonE3 + 5) * 10_000,
  radiusM: 250,
  endsMs: 2_000,
};
const closed = closedSegments(network, [closure], 1_000);

function columnsOf(of: RoadTable, closedNow?: Uint8Array): readonly Uint16Array[] {
  const finder = new TreeFinder(reverseGraphOf(network, closedNow), treeLimitMs);
  return of.hospitals.map((hospital) => columnOf(finder.to(sourcesOf(network, hospital.place)), hospital));
}

describe("[ROADS26] a closure ends by itself, and only trees that used a closed road are computed anew", () => {
  test("it closes what lies within its radius, until its end", () => {
    const count = closed.filter((mark) => mark === 1).length;
    expect(count).toBeGreaterThan(2);
    expect(count).toBeLessThan(30);
    expect(closedSegments(network, [closure], 2_000).some((mark) => mark === 1)).toBe(false);
    expect(
      closedSegments(network, [{ ...closure, radiusM: 0, latE7: 0 }], 0).some((mark) => mark === 1),
    ).toBe(false);
  });

  test("columns that are not named do not change; some are spared, some change", () => {
    const affected = affectedColumns(table, closed);
    const before = columnsOf(table);
    const after = columnsOf(table, closed);
    const changed = before.flatMap((column, i) => (column.every((t, j) => t === after[i]?.[j]) ? [] : [i]));
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.filter((column) => !affected.includes(column))).toEqual([]);
  });

  test("a closure at the end of the town spares most trees", () => {
    const far = { ...closure, latE7: (originE3.latE3 + 34) * 10_000, lonE7: (originE3.lonE3 + 56) * 10_000 };
    const affected = affectedColumns(table, closedSegments(network, [{ ...far, radiusM: 60 }], 0));
    expect(affected.length).toBeLessThan(table.hospitals.length);
  });

  test("nobody stands on a closed road: the next open one is found", () => {
    const row = new Uint16Array(table.hospitals.length);
    expect(rowFrom(table, closure.latE7, closure.lonE7, row).ok).toBe(true);
    const near = table.finder.offRoadM;
    table.finder.close(closed);
    expect(rowFrom(table, closure.latE7, closure.lonE7, row).ok).toBe(true);
    expect(table.finder.offRoadM).toBeGreaterThan(Math.max(near, closure.radiusM - 1));
    table.finder.close(null);
  });
});
