import { describe, expect, test } from "vitest";
import {
  drawnHospitals,
  drawnMap,
  drawnTown,
  networkOf,
  originE3,
  tableOf,
} from "../../../test/support/drawn-roads.ts";
import { seededRandom } from "../../basics/random.ts";
import { metresBetween, metresPerLatE7 } from "../network/geometry.ts";
import { RoadFinder } from "./finder.ts";
import { placeHospitals } from "./hospitals.ts";
import { farther, nearestOf, type RoadTable, rowFrom, rowFromHospital, tenthsOf } from "./table.ts";

const e7 = (e3: number) => e3 * 10_000;
const at = (north: number, east: number) => [e7(originE3.latE3 + north), e7(originE3.lonE3 + east)] as const;

function rowAt(table: RoadTable, north: number, east: number): readonly number[] {
  const row = new Uint16Array(table.hospitals.length);
  expect(rowFrom(table, ...at(north, east), row).ok).toBe(true);
  return [...row];
}

// A ring road of four corners, one-way from A to B: D-C-B-A-D, and the hospital in the middle of A and B.
const street = { highway: "residential", maxspeed: "30" };
const ring = drawnMap({ A: [0, 0], B: [0, 20], C: [20, 20], D: [20, 0] }, [
  ["AB", { ...street, oneway: "yes" }],
  ["BCDA", street],
  ["AC", street],
]);
const hospital = { id: "middle", latE3: originE3.latE3, lonE3: originE3.lonE3 + 10 };
const ringTable = tableOf(networkOf(ring), [hospital]);

describe("[ROADS14] a position stands on the nearest road segment, and both ways out of it count", () => {
  test("just before the hospital on its own one-way street it is seconds, just behind it the whole way round", () => {
    const [before = 0] = rowAt(ringTable, 0, 9);
    const [behind = 0] = rowAt(ringTable, 0, 11);
    const street70M = Math.round((70 / ((30 * 0.9) / 3.6)) * 10);
    expect(before).toBeGreaterThan(street70M * 0.9);
    expect(before).toBeLessThan(street70M * 1.1);
    expect(behind).toBeGreaterThan(before * 20);
  });

  test("on a two-way street the quicker end counts", () => {
    const [nearA = 0] = rowAt(ringTable, 5, 0);
    const [nearD = 0] = rowAt(ringTable, 15, 0);
    expect(nearA).toBeLessThan(nearD);
  });

  test("the way to the road is added at 15 km/h", () => {
    const [on = 0] = rowAt(ringTable, 0, 5);
    const [beside = 0] = rowAt(ringTable, -3, 5);
    expect(beside - on).toBe(Math.floor((333 * 36) / 15 + 0.5));
  });

  test("nobody is nearer than the nearest road: the grid finds what looking at every piece finds", () => {
    const random = seededRandom(3);
    const network = networkOf(drawnTown(12, random));
    const finder = new RoadFinder(network, 2_000);
    let found = 0;
    for (let i = 0; i < 300; i += 1) {
      const [latE7, lonE7] = at(random.below(60) - 20, random.below(90) - 30);
      const least = leastM(network, latE7, lonE7);
      expect(finder.nearest(latE7, lonE7)).toBe(least < 2_000);
      if (least >= 2_000) continue;
      found += 1;
      expect(Math.abs(finder.offRoadM - least)).toBeLessThan(1);
    }
    expect(found).toBeGreaterThan(150);
  });

  test("hospitals reach each other and are 0 from themselves", () => {
    const random = seededRandom(4);
    const network = networkOf(drawnTown(10, random));
    const table = tableOf(network, drawnHospitals(network, 8, random));
    const row = new Uint16Array(8);
    for (const [column, from] of table.hospitals.entries()) {
      rowFromHospital(table, column, row);
      expect(row[column]).toBe(0);
      const same = new Uint16Array(8);
      expect(rowFrom(table, from.latE7, from.lonE7, same).ok).toBe(true);
      for (const [other, tenths] of row.entries()) if (other !== column) expect(tenths).toBe(same[other]);
    }
  });
});

function leastM(network: RoadTable["network"], latE7: number, lonE7: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let segment = 0; segment < network.from.length; segment += 1) {
    const last = (network.pointStart[segment + 1] ?? 0) - 1;
    for (let p = network.pointStart[segment] ?? 0; p < last; p += 1) {
      for (let k = 0; k <= 500; k += 1) {
        const t = k / 500;
        const lat = (network.pointLatE7[p] ?? 0) * (1 - t) + (network.pointLatE7[p + 1] ?? 0) * t;
        const lon = (network.pointLonE7[p] ?? 0) * (1 - t) + (network.pointLonE7[p + 1] ?? 0) * t;
        least = Math.min(least, metresBetween(latE7, lonE7, lat, lon));
      }
    }
  }
  return least;
}

describe("[ROADS15] positions that cannot be answered are refused, and nothing is written", () => {
  const row = new Uint16Array([7]);

  test.each([
    ["no number", Number.NaN, e7(7_000), "position-is-no-number"],
    ["half a unit", 510_000_000.5, e7(7_000), "position-is-no-number"],
    ["another continent", -339_000_000, e7(18_000), "position-off-road"],
    ["latitude and longitude exchanged", e7(originE3.lonE3), e7(originE3.latE3), "position-off-road"],
    ["over 2 km from every road", e7(originE3.latE3 - 19), e7(originE3.lonE3), "position-off-road"],
  ])("%s", (_name, latE7, lonE7, error) => {
    expect(rowFrom(ringTable, latE7, lonE7, row)).toEqual({ ok: false, error });
    expect([...row]).toEqual([7]);
  });

  test("in a lake: over 2 km from its shore refused, nearer with the way to the shore; the island's own street is none", () => {
    const corners = { A: [0, 0], B: [0, 80], C: [50, 80], D: [50, 0] } as const;
    const lake = drawnMap({ ...corners, E: [25, 39], F: [25, 41], G: [-10, 0], H: [60, 80] }, [
      ["ABCDA", street],
      ["GA", street],
      ["CH", street],
      ["EF", street],
    ]);
    const lakeTable = tableOf(networkOf(lake), [hospital]);
    expect(rowFrom(lakeTable, ...at(25, 40), row)).toEqual({ ok: false, error: "position-off-road" });
    expect([...row]).toEqual([7]);
    const shore = rowAt(lakeTable, 0, 40)[0] ?? 0;
    const swimmer = rowAt(lakeTable, 10, 40)[0] ?? 0;
    expect(Math.abs(swimmer - shore - (1_112 * 36) / 15)).toBeLessThanOrEqual(3);
  });

  test("the border is at 2,000 m, both sides", () => {
    const south = e7(originE3.latE3);
    const far = Math.floor(2_000 / metresPerLatE7);
    expect(rowFrom(ringTable, south - far + 10, e7(originE3.lonE3 + 5), row).ok).toBe(true);
    expect(rowFrom(ringTable, south - far - 10, e7(originE3.lonE3 + 5), row).ok).toBe(false);
  });

  test("hospitals over 1 km from every road are named, and those whose coordinates look exchanged", () => {
    const network = networkOf(ring);
    const lost = { id: "lost", latE3: originE3.latE3 - 11, lonE3: originE3.lonE3 };
    const swapped = { id: "swapped", latE3: originE3.lonE3, lonE3: originE3.latE3 };
    expect(placeHospitals(network, [hospital, lost, swapped], [])).toEqual({
      ok: false,
      error: [
        { id: "lost", swapped: false },
        { id: "swapped", swapped: true },
      ],
    });
  });

  test("a hospital is entered at its mapped ambulance entrance, if one is near", () => {
    const network = networkOf(ring);
    const [latE7, lonE7] = at(0.5, 12);
    const placed = placeHospitals(network, [hospital], [{ latE7, lonE7 }]);
    expect(placed).toMatchObject({ ok: true, value: [{ id: "middle", latE7, lonE7 }] });
    const [farLat, farLon] = at(10, 12);
    const own = placeHospitals(network, [hospital], [{ latE7: farLat, lonE7: farLon }]);
    expect(own).toMatchObject({ ok: true, value: [{ latE7: e7(hospital.latE3) }] });
  });
});

describe("[ROADS16] what is farther than 6,553.4 s stays farther", () => {
  test("whatever is added to it", () => {
    const table = { ...ringTable, tenths: ringTable.tenths.map(() => farther) };
    expect(rowAt(table, 15, 0)).toEqual([farther]);
    expect(rowAt({ ...ringTable, tenths: ringTable.tenths.map(() => farther - 1) }, 15, 0)).toEqual([
      farther,
    ]);
  });

  test("tenths are rounded to the nearest", () => {
    expect([49, 50, 149, 150].map(tenthsOf)).toEqual([0, 1, 1, 2]);
  });
});

describe("[ROADS17] the nearest k with a capability mask", () => {
  const row = Uint16Array.from([50, 20, 20, farther, 10, 30]);
  const masks = Uint32Array.from([1, 3, 1, 1, 2, 0x8000_0001]);

  test("nearest first, of equal ones the first, unreached ones never", () => {
    expect(nearestOf(row, masks, 1, 3)).toEqual([1, 2, 5]);
    expect(nearestOf(row, masks, 1, 9)).toEqual([1, 2, 5, 0]);
  });

  test("every bit that is wanted must be there, the highest too", () => {
    expect(nearestOf(row, masks, 3, 3)).toEqual([1]);
    expect(nearestOf(row, masks, 0x8000_0000, 3)).toEqual([5]);
    expect(nearestOf(row, masks, 4, 3)).toEqual([]);
  });
});
