import { describe, expect, test } from "vitest";
import { sampleRegion } from "../../../test/support/board-sample.ts";
import { type Box, overlap, squareAround } from "./map-layout.ts";
import { isPlaced, sheetAround } from "./map-plane.ts";
import { markRadiusEm, nameEm, type Scene, sceneOf, vehicleRadiusEm } from "./map-scene.ts";

const { hospitals: all, towns } = sampleRegion();
const hospitals = all.filter(isPlaced);
const emPx = 16;
/** Wider than the bold letters of any face that boards are drawn in. */
const widthOf = (text: string) => text.length * nameEm * emPx * 0.6;

/** The map's column, by the width of the board. */
const widths = { "1366 × 768": 557, "1920 × 1080": 498, "360 px": 326 };

const mixedShapes = ["open", "silent", "unconfirmed", "full", "open", "limited", "cannot", "open"];
const words: { readonly [shape: string]: string } = {
  silent: "schweigt seit 03:04",
  full: "voll",
  cannot: "kann nicht",
  limited: "eingeschränkt",
};
const states: { readonly [name: string]: (i: number) => string } = {
  "all open": () => "open",
  "all silent": () => "silent",
  "all unconfirmed": () => "unconfirmed",
  mixed: (i) => mixedShapes[i % mixedShapes.length] ?? "open",
};

function scene(width: number, shapeOf: (i: number) => string): Scene {
  const sheet = sheetAround(hospitals, width);
  return sceneOf({
    sheet,
    hospitals: hospitals.map(({ hospital, latE3, lonE3, spokenName }, i) => ({
      key: hospital,
      spot: sheet.spot(latE3, lonE3),
      shape: shapeOf(i),
      name: spokenName,
      word: words[shapeOf(i)] ?? "",
    })),
    // Two vehicles in the same kilometre, one where a hospital is, one outside the region.
    vehicles: [
      sheet.spot(51_205, 6_805),
      sheet.spot(51_205, 6_805),
      sheet.spot(51_195, 6_790),
      { x: -40, y: 10 },
    ],
    towns: towns.map(({ name, latE3, lonE3 }) => ({ name, ...sheet.spot(latE3, lonE3) })),
    emPx,
    widthOf,
  });
}

function boxesOf({ hospitals: marks, vehicles }: Scene): readonly Box[] {
  return [
    ...marks.map(({ spot }) => squareAround(spot, markRadiusEm * emPx)),
    ...vehicles.map(({ spot }) => squareAround(spot, vehicleRadiusEm * emPx)),
    ...marks.flatMap(({ name }) => (name === null ? [] : [name.box])),
  ];
}

const overlaps = (boxes: readonly Box[]) =>
  boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => overlap(a, b)));

const cases = Object.entries(widths).flatMap(([board, width]) =>
  Object.entries(states).map(([state, shapeOf]) => ({ board, state, width, shapeOf })),
);

describe("the 66 hospitals of Rhein-Ruhr", () => {
  test.each(cases)("[BOARD40] no mark covers another, $state at $board", ({ width, shapeOf }) => {
    expect(overlaps(boxesOf(scene(width, shapeOf)))).toEqual([]);
  });

  test.each(cases)(
    "[BOARD41] who is not open is named or counted, $state at $board",
    ({ width, shapeOf, board }) => {
      const { hospitals: marks, unnamed } = scene(width, shapeOf);
      const wanted = hospitals.filter((_, i) => shapeOf(i) !== "open").length;
      expect(marks.filter(({ name }) => name !== null).length + unnamed.length).toBe(wanted);
      if (board === "1366 × 768") expect(unnamed).toEqual([]);
    },
  );

  test("[BOARD40] a mark pushed aside stays within a few kilometres of its true place", () => {
    const pxPerKm = 557 / 62;
    const shifts = scene(557, () => "open").hospitals.map(({ at, spot }) =>
      Math.hypot(at.x - spot.x, at.y - spot.y),
    );
    expect(Math.max(...shifts) / pxPerKm).toBeLessThan(2.5);
    expect(shifts.filter((shift) => shift > 0).length).toBeGreaterThan(20);
  });

  test("[BOARD40] hospitals stand still whatever they say and wherever vehicles are", () => {
    const spots = (shapeOf: (i: number) => string) => scene(557, shapeOf).hospitals.map(({ spot }) => spot);
    expect(spots(() => "silent")).toEqual(spots((i) => (i % 2 === 0 ? "open" : "full")));
  });
});

test("[BOARD41] a few that are silent are named with their state in words", () => {
  const few = scene(557, (i) => (i === 9 ? "silent" : "open"));
  expect(few.hospitals[9]?.name?.lines).toEqual(["Uniklinik Düsseldorf", "schweigt seit 03:04"]);
});

test("[BOARD41] where not all fit, the gravest are named", () => {
  const { hospitals: marks } = scene(326, (i) => (i % 11 === 0 ? "silent" : "unconfirmed"));
  expect(marks.filter(({ name }, i) => i % 11 === 0 && name === null)).toEqual([]);
});

test("names of towns cover nothing", () => {
  const made = scene(557, (i) => (i % 9 === 0 ? "silent" : "open"));
  const marks = made.hospitals.map(({ spot }) => squareAround(spot, markRadiusEm * emPx));
  const names = made.hospitals.flatMap(({ name }) => (name === null ? [] : [name.box]));
  expect(made.towns.length).toBeGreaterThan(5);
  expect(overlaps([...marks, ...names, ...made.towns.map(({ box }) => box)])).toEqual([]);
});
