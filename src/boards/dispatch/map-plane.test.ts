import { describe, expect, test } from "vitest";
import { sampleRegion } from "../../../test/support/board-sample.ts";
import { isPlaced, neighbourOf, sheetAround } from "./map-plane.ts";

const places = sampleRegion().hospitals.filter(isPlaced);
const sheet = sheetAround(places, 1_000);

describe("the sheet", () => {
  test.each([
    ["as high as it comes out", places, 1_000, null],
    ["wider than the region", places, 900, 300],
    ["higher than the region", places, 320, 900],
    ["around one place", places.slice(0, 1), 400, null],
  ] as const)("holds every place, north up and east to the right: %s", (_, around, wide, high) => {
    const { spot, width, height } = sheetAround(around, wide, high);
    for (const { latE3, lonE3 } of around) {
      const { x, y } = spot(latE3, lonE3);
      expect(x > 0 && x < width && y > 0 && y < height).toBe(true);
    }
    const krefeld = spot(51_333, 6_564);
    const solingen = spot(51_171, 7_083);
    expect(krefeld.x).toBeLessThan(solingen.x);
    expect(krefeld.y).toBeLessThan(solingen.y);
  });

  test("is true to scale: a kilometre north is as long as a kilometre east", () => {
    const at = sheet.spot(51_300, 6_800);
    const north = at.y - sheet.spot(51_309, 6_800).y;
    const east = sheet.spot(51_300, 6_814.4).x - at.x;
    expect(north / east).toBeGreaterThan(0.97);
    expect(north / east).toBeLessThan(1.03);
  });
});

test("arrow keys reach every hospital from every other", () => {
  const spots = places.map(({ latE3, lonE3 }) => sheet.spot(latE3, lonE3));
  const [first] = spots;
  if (first === undefined) throw new Error("the region has hospitals");
  const reached = new Set([first]);
  const queue = [first];
  for (let from = queue.pop(); from !== undefined; from = queue.pop()) {
    for (const direction of ["left", "right", "up", "down"] as const) {
      const to = neighbourOf(spots, from, direction);
      if (to !== null && !reached.has(to)) {
        reached.add(to);
        queue.push(to);
      }
    }
  }
  expect(reached.size).toBe(spots.length);
});
