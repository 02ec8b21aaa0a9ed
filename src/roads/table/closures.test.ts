import { describe, expect, onTestFinished, test, vi } from "vitest";
import {
  drawnHospitals,
  drawnMap,
  drawnTown,
  networkOf,
  originE3,
  tableOf,
} from "../../../test/support/drawn-roads.ts";
import { seededRandom } from "../../basics/random.ts";
import { reverseGraphOf, sourcesOf, TreeFinder, type TreeSources } from "../network/trees.ts";
import { affectedColumns, closedSegments, closeRoads, sourcesAround } from "./closures.ts";
import {
  changedRow,
  closeTable,
  columnOf,
  farther,
  type RoadTable,
  rowFrom,
  rowFromHospital,
  type TableHospital,
  treeLimitMs,
} from "./table.ts";

const random = seededRandom(11);
const network = networkOf(drawnTown(20, random));
const table = tableOf(network, drawnHospitals(network, 12, random));
const closure = {
  latE7: (originE3.latE3 + 3) * 10_000,
  lonE7: (originE3.lonE3 + 5) * 10_000,
  radiusM: 250,
};
const closed = closedSegments(network, [closure]);

function columnsOf(
  of: RoadTable,
  closedNow?: Uint8Array,
  sources: (hospital: TableHospital) => TreeSources = ({ place }) => sourcesOf(network, place),
): readonly Uint16Array[] {
  const finder = new TreeFinder(reverseGraphOf(network, closedNow), treeLimitMs);
  return of.hospitals.map((hospital) => columnOf(finder.to(sources(hospital)), hospital));
}

const rowAt = (of: RoadTable, north: number, east: number): readonly number[] => {
  const row = new Uint16Array(of.hospitals.length);
  const place = [(originE3.latE3 + north) * 10_000, (originE3.lonE3 + east) * 10_000] as const;
  expect(rowFrom(of, ...place, row).ok).toBe(true);
  return [...row];
};

describe("[ROADS26] only trees that used a closed road are computed anew, and afterwards the old minutes hold", () => {
  test("it closes what lies within its radius", () => {
    const count = closed.filter((mark) => mark === 1).length;
    expect(count).toBeGreaterThan(2);
    expect(count).toBeLessThan(30);
    expect(closedSegments(network, [{ ...closure, radiusM: 0, latE7: 0 }]).includes(1)).toBe(false);
  });

  test("columns that are not named do not change; some are spared, some change", () => {
    const affected = affectedColumns(table, closed);
    const before = columnsOf(table);
    const after = columnsOf(table, closed);
    const changed = before.flatMap((column, i) => (column.every((t, j) => t === after[i]?.[j]) ? [] : [i]));
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.filter((column) => !affected.includes(column))).toEqual([]);
  });

  test("whatever is closed, the changed times are to the bit those of trees over the roads that are left", () => {
    const parts = vi.spyOn(TreeFinder.prototype, "toAmong");
    onTestFinished(() => parts.mockRestore());
    let repaired = 0;
    for (let draw = 0; draw < 12; draw += 1) {
      const closures = Array.from({ length: 1 + random.below(3) }, () => ({
        latE7: (originE3.latE3 + random.below(36)) * 10_000,
        lonE7: (originE3.lonE3 + random.below(56)) * 10_000,
        radiusM: 20 + random.below(700),
      }));
      const { changed, columns } = closeRoads(table, closures);
      repaired += columns;
      const now = closedSegments(network, closures);
      const expected = columnsOf(table, now, (hospital) => sourcesAround(network, closures, hospital).open);
      expect(columns).toBeGreaterThan(0);
      const row = new Uint16Array(table.hospitals.length);
      const wrong = Array.from(network.junctionLatE7.keys()).filter((junction) => {
        changedRow(table.tenths, junction, changed, row);
        return expected.some((column, i) => column[junction] !== row[i]);
      });
      expect(wrong).toEqual([]);
    }
    // Some trees were mended in part, some were grown anew.
    const inPart = parts.mock.calls.length;
    expect(Math.min(inPart, repaired - inPart)).toBeGreaterThan(20);
  });

  test("a closure at the end of the town spares most trees", () => {
    const far = { ...closure, latE7: (originE3.latE3 + 34) * 10_000, lonE7: (originE3.lonE3 + 56) * 10_000 };
    const affected = affectedColumns(table, closedSegments(network, [{ ...far, radiusM: 60 }]));
    expect(affected.length).toBeLessThan(table.hospitals.length);
  });

  test("every answer is that of a table made without the closed roads; opened, it is as before to the bit", () => {
    const places = Array.from({ length: 200 }, () => [random.below(36), random.below(56)] as const);
    const before = places.map(([north, east]) => rowAt(table, north, east));
    const tenths = new Uint16Array(table.tenths.length);
    for (const [column, values] of columnsOf(table, closed).entries()) {
      for (const [junction, value] of values.entries()) tenths[junction * 12 + column] = value;
    }
    const without: RoadTable = { ...table, tenths };
    closeTable(table, closeRoads(table, [closure]));
    const after = places.map(([north, east]) => rowAt(table, north, east));
    // The finder is the same one: both stand on open roads only.
    const expected = places.map(([north, east]) => rowAt({ ...without, closed: null }, north, east));
    closeTable(table, null);
    expect(after).toEqual(expected);
    expect(after).not.toEqual(before);
    expect(places.map(([north, east]) => rowAt(table, north, east))).toEqual(before);
  });

  test("nobody stands on a closed road: the next open one is found", () => {
    const row = new Uint16Array(table.hospitals.length);
    expect(rowFrom(table, closure.latE7, closure.lonE7, row).ok).toBe(true);
    const near = table.finder.offRoadM;
    closeTable(table, closeRoads(table, [closure]));
    expect(rowFrom(table, closure.latE7, closure.lonE7, row).ok).toBe(true);
    expect(table.finder.offRoadM).toBeGreaterThan(Math.max(near, closure.radiusM - 1));
    closeTable(table, null);
  });
});

describe("[ROADS26] what is cut off by a closure is no place to set out from", () => {
  //  D---C   L
  //  H---B===E---K     the only way out of E-K and E-L leads over B-E, which is closed
  const street = { highway: "residential", maxspeed: "30" };
  const spur = networkOf(
    drawnMap({ A: [0, 0], B: [0, 20], C: [20, 20], D: [20, 0], E: [0, 30], K: [0, 40], L: [10, 30] }, [
      ["ABCDA", street],
      ["BE", street],
      ["EK", street],
      ["EL", street],
    ]),
  );
  const small = tableOf(spur, [{ id: "h", latE3: originE3.latE3, lonE3: originE3.lonE3 + 4 }]);
  const middle = { latE7: originE3.latE3 * 10_000, lonE7: (originE3.lonE3 + 25) * 10_000, radiusM: 100 };

  test("who stands there is taken to the nearest road from which a hospital is reached, and has minutes", () => {
    const [open = farther] = rowAt(small, 0, 36);
    expect(open).toBeLessThan(farther);
    closeTable(small, closeRoads(small, [middle]));
    const [closedNow = farther] = rowAt(small, 0, 36);
    expect(closedNow).toBeLessThan(farther);
    expect(small.finder.offRoadM).toBeGreaterThan(900);
    closeTable(small, null);
    expect(rowAt(small, 0, 36)[0]).toBe(open);
  });
});

describe("[ROADS26] a hospital beside a closed place is reached from the side that is open", () => {
  //  D---------C     the hospital H lies on A-B, near A
  //  A-H-------B
  const street = { highway: "residential", maxspeed: "30" };
  const ring = networkOf(
    drawnMap({ A: [0, 0], B: [0, 20], C: [20, 20], D: [20, 0], E: [0, 30], F: [20, -10], G: [0, -10] }, [
      ["ABCDA", street],
      ["BE", street],
      ["DF", street],
      ["GA", street],
    ]),
  );
  const sites = [
    { id: "h", latE3: originE3.latE3, lonE3: originE3.lonE3 + 4 },
    { id: "c", latE3: originE3.latE3 + 20, lonE3: originE3.lonE3 + 18 },
  ];
  const place = (east: number, radiusM = 60) => ({
    latE7: originE3.latE3 * 10_000,
    lonE7: (originE3.lonE3 + east) * 10_000,
    radiusM,
  });

  test("closed towards B: from B it is the way round over A; closed on both sides: nobody gets there", () => {
    const small = tableOf(ring, sites);
    const [direct = 0] = rowAt(small, 1, 20);
    const [near = 0] = rowAt(small, 0, 0);
    closeTable(small, closeRoads(small, [place(12)]));
    const [round = 0] = rowAt(small, 1, 20);
    expect(round).toBeGreaterThan(direct * 1.5);
    expect(Math.abs((rowAt(small, 0, 0)[0] ?? 0) - near)).toBeLessThanOrEqual(80);
    closeTable(small, closeRoads(small, [place(12), place(2)]));
    expect(rowAt(small, 1, 20)[0]).toBe(farther);
    closeTable(small, null);
    expect(rowAt(small, 1, 20)[0]).toBe(direct);
  });

  test("who sets out from there does so on the nearest open road", () => {
    const small = tableOf(ring, sites);
    closeTable(small, closeRoads(small, [place(12)]));
    const row = new Uint16Array(2);
    rowFromHospital(small, 0, row);
    expect(row[0]).toBe(0);
    expect(row[1]).toBe(rowAt(small, 0, 4)[1]);
  });
});
