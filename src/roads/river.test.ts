import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildRiver, crosses, sideOf } from "./river.ts";

// Flows north with one loop to the east:   |
//                                       +--+--
//                                       |
//                                       +-----+
//                                             |
//                                       +-----+
//                                       |
const course = [
  { latE3: 0, lonE3: 0 },
  { latE3: 10, lonE3: 0 },
  { latE3: 11, lonE3: 30 },
  { latE3: 20, lonE3: 30 },
  { latE3: 21, lonE3: 0 },
  { latE3: 40, lonE3: 0 },
];
const river = buildRiver(course);
type Point = readonly [lat: number, lon: number];

function crossesBetween(from: Point, to: Point): boolean {
  return crosses(river, sideOf(river, ...from), ...from, sideOf(river, ...to), ...to);
}

/** The definition itself: proper crossings of the line with each leg. For lines that touch no vertex. */
function crossingsCounted(from: Point, to: Point): number {
  let count = 0;
  for (let i = 0; i + 1 < course.length; i += 1) {
    const a: Point = [course[i]?.latE3 ?? 0, course[i]?.lonE3 ?? 0];
    const b: Point = [course[i + 1]?.latE3 ?? 0, course[i + 1]?.lonE3 ?? 0];
    const split = Math.sign(turn(from, to, a)) * Math.sign(turn(from, to, b)) < 0;
    if (split && Math.sign(turn(a, b, from)) * Math.sign(turn(a, b, to)) < 0) count += 1;
  }
  return count;
}

function turn([aLat, aLon]: Point, [bLat, bLon]: Point, [lat, lon]: Point): number {
  return (bLon - aLon) * (lat - aLat) - (lon - aLon) * (bLat - aLat);
}

describe("[ROADS3] the line crosses the river when it meets it an odd number of times", () => {
  test("west to east is a crossing, in both directions", () => {
    expect(crossesBetween([5, -5], [5, 5])).toBe(true);
    expect(crossesBetween([5, 5], [5, -5])).toBe(true);
  });

  test("on one bank is none", () => {
    expect(crossesBetween([5, 5], [30, 5])).toBe(false);
    expect(crossesBetween([5, -5], [15, 20])).toBe(false);
  });

  test("straight over a loop and back is none: same bank", () => {
    expect(crossesBetween([5, 20], [30, 20])).toBe(false);
  });

  test("three times over is one", () => {
    expect(crossingsCounted([2, -10], [36, 45])).toBe(3);
    expect(crossesBetween([2, -10], [36, 45])).toBe(true);
  });

  test("past its ends there is no river", () => {
    expect(crossesBetween([-10, -5], [-10, 5])).toBe(false);
    expect(crossesBetween([50, -5], [50, 5])).toBe(false);
    expect(crossesBetween([-10, -5], [60, 5])).toBe(crossingsCounted([-10, -5], [60, 5]) % 2 === 1);
    expect(crossesBetween([-1, -30], [5, 5])).toBe(true);
    expect(crossesBetween([-30, -1], [5, 5])).toBe(false);
  });

  test("equals counting leg by leg, wherever both ends lie", () => {
    let crossed = 0;
    const point = fc.tuple(fc.integer({ min: -30, max: 70 }), fc.integer({ min: -40, max: 60 }));
    fc.assert(
      fc.property(point, point, (from, to) => {
        const touches = course.some(({ latE3, lonE3 }) => turn(from, to, [latE3, lonE3]) === 0);
        const onRiver = [from, to].some((end) => nearlyOn(end));
        fc.pre(!touches && !onRiver);
        const odd = crossingsCounted(from, to) % 2 === 1;
        if (odd) crossed += 1;
        expect(crossesBetween(from, to)).toBe(odd);
        expect(crossesBetween(to, from)).toBe(odd);
      }),
      { numRuns: 5_000, seed: 1 },
    );
    expect(crossed).toBeGreaterThan(500);
  });

  test("no river, no crossing", () => {
    const none = buildRiver([]);
    expect(sideOf(none, 5, 5)).toBe(0);
    expect(crosses(none, 0, 5, -5, 0, 5, 5)).toBe(false);
  });
});

describe("[ROADS4] a position on the river's line has one bank, always the same", () => {
  test("it is the bank of the points just east of it", () => {
    expect(sideOf(river, 5, 0)).toBe(sideOf(river, 5, 1));
    expect(sideOf(river, 5, 0)).not.toBe(sideOf(river, 5, -1));
  });

  test("one cell to either side decides", () => {
    expect(crossesBetween([5, -1], [5, 0])).toBe(true);
    expect(crossesBetween([5, 0], [5, 1])).toBe(false);
  });
});

function nearlyOn(point: Point): boolean {
  for (let i = 0; i + 1 < course.length; i += 1) {
    const a: Point = [course[i]?.latE3 ?? 0, course[i]?.lonE3 ?? 0];
    const b: Point = [course[i + 1]?.latE3 ?? 0, course[i + 1]?.lonE3 ?? 0];
    if (turn(a, b, point) === 0) return true;
  }
  return false;
}
