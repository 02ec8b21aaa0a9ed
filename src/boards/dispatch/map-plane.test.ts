import { describe, expect, test } from "vitest";
import { sampleRegion } from "../../../test/support/board-sample.ts";
import { neighbourOf, roomyLabels, sheetAround } from "./map-plane.ts";

const region = sampleRegion();
const sheet = sheetAround(region.hospitals);

describe("the sheet", () => {
  test("holds every hospital, north up and east to the right", () => {
    for (const { latE3, lonE3 } of region.hospitals) {
      const { x, y } = sheet.spot(latE3, lonE3);
      expect(x > 0 && x < sheet.width && y > 0 && y < sheet.height).toBe(true);
    }
    const krefeld = sheet.spot(51_333, 6_564);
    const solingen = sheet.spot(51_171, 7_083);
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
  const spots = region.hospitals.map(({ latE3, lonE3 }) => sheet.spot(latE3, lonE3));
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

test("names of towns leave the sheet, the marks and each other free", () => {
  const label = (name: string, x: number, y: number) => ({ name, x, y });
  const shown = roomyLabels(
    [label("Neuss", 500, 500), label("Neuss", 500, 500), label("Kerken", 2, 500), label("Haan", 200, 200)],
    [{ x: 200, y: 196 }],
    10,
    { width: 1_000, height: 1_000 },
  );
  expect(shown).toEqual([label("Neuss", 500, 500), label("Neuss", 500, 476), label("Haan", 200, 176)]);
});
