import { describe, expect, test } from "vitest";
import { driveMinTenthsOf } from "./estimate.ts";
import { buildRoads, driveFrom } from "./roads.ts";
import { checkPosition, outsideRegionM, wayTo } from "./straight.ts";

// 100 m each way a thousandth, so that the numbers below can be checked by eye.
const projection = { metresPerLatE3: 100, metresPerLonE3: 100 };
const river = [
  { latE3: 51_000, lonE3: 6_800 },
  { latE3: 51_400, lonE3: 6_800 },
];
const south = { latE3: 51_100, lonE3: 6_800 };
const north = { latE3: 51_300, lonE3: 6_800 };
const west = { latE3: 51_200, lonE3: 6_770 };
const east = { latE3: 51_200, lonE3: 6_830 };
const roads = buildRoads({ hospitals: [west, east], river, bridges: [south, north], projection });

function minTenthsFrom(latE3: number, lonE3: number): readonly number[] {
  const minTenths = new Uint16Array(2);
  expect(driveFrom(roads, { latE3, lonE3 }, minTenths)).toEqual({ ok: true, value: "estimate" });
  return [...minTenths];
}

describe("driveFrom", () => {
  test("[ROADS2] on the same bank the way is the straight line", () => {
    expect(wayTo(roads, { latE3: 51_240, lonE3: 6_800 }, 1)).toEqual({
      ok: true,
      value: { distanceM: 5_000, bridge: null },
    });
    expect(minTenthsFrom(51_240, 6_800)[1]).toBe(driveMinTenthsOf(5_000));
  });

  test("[ROADS2] over the river the way is the shortest over one bridge", () => {
    expect(wayTo(roads, { latE3: 51_260, lonE3: 6_770 }, 1)).toEqual({
      ok: true,
      value: { distanceM: 5_000 + 10_440, bridge: 1 },
    });
    expect(wayTo(roads, { latE3: 51_140, lonE3: 6_770 }, 1)).toMatchObject({ value: { bridge: 0 } });
    expect(wayTo(roads, { latE3: 51_200, lonE3: 6_790 }, 1)).toMatchObject({ value: { bridge: 0 } });
  });

  test("[ROADS2] 2 km away over the water is farther than 4 km away on this bank", () => {
    const [toWest = 0, toEast = 0] = minTenthsFrom(51_200, 6_810);
    expect(toEast).toBe(driveMinTenthsOf(2_000));
    expect(toWest).toBeGreaterThan(toEast * 2);
    const [mirrorWest, mirrorEast] = minTenthsFrom(51_200, 6_790);
    expect(mirrorWest).toBe(toEast);
    expect(mirrorEast).toBe(toWest);
  });

  test("[ROADS5] a position that is no number or far outside is refused, and nothing is written", () => {
    const minTenths = new Uint16Array([7, 7]);
    for (const latE3 of [Number.NaN, 51_200.5, Number.POSITIVE_INFINITY]) {
      const refused = { ok: false, error: "position-not-whole-thousandths" };
      expect(driveFrom(roads, { latE3, lonE3: 6_800 }, minTenths)).toEqual(refused);
      expect(wayTo(roads, { latE3: 51_200, lonE3: latE3 }, 0)).toEqual(refused);
    }
    const outside = { ok: false, error: "position-outside-region" };
    expect(driveFrom(roads, { latE3: 0, lonE3: 0 }, minTenths)).toEqual(outside);
    expect(driveFrom(roads, { latE3: Number.MAX_SAFE_INTEGER, lonE3: 6_800 }, minTenths)).toEqual(outside);
    expect([...minTenths]).toEqual([7, 7]);
  });

  test("[ROADS5] the border of the region is 100 km past its hospitals, both sides", () => {
    const edge = west.lonE3 - outsideRegionM / projection.metresPerLonE3;
    expect(checkPosition(roads, { latE3: 51_200, lonE3: edge }).ok).toBe(true);
    expect(checkPosition(roads, { latE3: 51_200, lonE3: edge - 1 }).ok).toBe(false);
  });

  test("no river needs no bridge; no hospital is no region", () => {
    const plain = buildRoads({ hospitals: [west, east], river: [], bridges: [], projection });
    expect(wayTo(plain, west, 1)).toEqual({ ok: true, value: { distanceM: 6_000, bridge: null } });
    const empty = buildRoads({ hospitals: [], river, bridges: [south], projection });
    expect(driveFrom(empty, west, new Uint16Array(0))).toEqual({
      ok: false,
      error: "position-outside-region",
    });
  });

  test("data that cannot be are refused at once", () => {
    expect(() => buildRoads({ hospitals: [], river, bridges: [], projection })).toThrow(
      "at least one bridge",
    );
    const half = { latE3: 51_200.5, lonE3: 6_800 };
    expect(() => buildRoads({ hospitals: [half], river, bridges: [south], projection })).toThrow(
      "thousandths",
    );
    const flat = { metresPerLatE3: 111, metresPerLonE3: 0.5 };
    expect(() => buildRoads({ hospitals: [west], river, bridges: [south], projection: flat })).toThrow(
      "scale",
    );
    expect(() => driveFrom(roads, west, new Uint16Array(1))).toThrow("room");
  });
});
