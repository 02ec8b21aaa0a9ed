import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Box, overlap, placeNames, placeTowns, spreadMarks, squareAround } from "./map-layout.ts";

const sheet = { width: 400, height: 400 };
const half = 10;

/** Any crowd that has room: up to 60 marks of 20 × 20 on 400 × 400, many in one place. */
const crowds = fc.array(
  fc.record({ x: fc.integer({ min: -20, max: 420 }), y: fc.integer({ min: 0, max: 400 }) }),
  { maxLength: 60 },
);

const overlaps = (boxes: readonly Box[]) =>
  boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => overlap(a, b)));
const isOnSheet = ({ x0, y0, x1, y1 }: Box) => x0 > -0.001 && y0 > -0.001 && x1 < 400.001 && y1 < 400.001;

describe("marks", () => {
  test("[BOARD40] never overlap, never leave the sheet, and stand where they did for the same input", () => {
    fc.assert(
      fc.property(crowds, (places) => {
        const spots = spreadMarks(places, { half }, sheet);
        const squares = spots.map((spot) => squareAround(spot, half));
        expect(overlaps(squares)).toEqual([]);
        expect(squares.every(isOnSheet)).toBe(true);
        expect(spreadMarks(places, { half }, sheet)).toEqual(spots);
      }),
      { numRuns: 150 },
    );
  });

  test("[BOARD40] in one place are pushed apart, each as little as the others let it", () => {
    const [a, b] = spreadMarks(
      [
        { x: 200, y: 200 },
        { x: 206, y: 200 },
      ],
      { half },
      sheet,
    );
    expect([a, b]).toEqual([
      { x: 193, y: 200 },
      { x: 213, y: 200 },
    ]);
  });

  test("that stand free stay at their true place", () => {
    const places = [
      { x: 50, y: 50 },
      { x: 200.5, y: 300 },
    ];
    expect(spreadMarks(places, { half }, sheet)).toEqual(places);
  });

  test("keep clear of what is there already", () => {
    const taken = [squareAround({ x: 200, y: 200 }, 30)];
    const [spot] = spreadMarks([{ x: 200, y: 200 }], { half }, sheet, taken);
    expect(spot && overlaps([squareAround(spot, half), ...taken])).toEqual([]);
  });
});

describe("names", () => {
  const width = fc.integer({ min: 20, max: 150 });

  test("[BOARD40] cover no mark and no other name; what finds no room is null and nothing else", () => {
    fc.assert(
      fc.property(crowds, width, (places, nameWidth) => {
        const marks = spreadMarks(places, { half }, sheet);
        const squares = marks.map((spot) => squareAround(spot, half));
        const sizes = [
          { width: nameWidth, height: 14 },
          { width: nameWidth / 2, height: 26 },
        ];
        const names = placeNames(
          marks.map((mark) => ({ mark, sizes, rank: 0 })),
          { half },
          sheet,
          squares,
        );
        const boxes = names.flatMap((name) => (name === null ? [] : [name.box]));
        expect(names).toHaveLength(marks.length);
        expect(overlaps([...squares, ...boxes])).toEqual([]);
        expect(boxes.every(isOnSheet)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("stand right of their mark where there is room, and need no line there", () => {
    const [name] = placeNames(
      [{ mark: { x: 100, y: 100 }, sizes: [{ width: 60, height: 14 }], rank: 0 }],
      { half },
      sheet,
      [squareAround({ x: 100, y: 100 }, half)],
    );
    expect(name).toEqual({ box: { x0: 110, y0: 93, x1: 170, y1: 107 }, size: 0, lineTo: null });
  });

  test("further away have a line to their mark", () => {
    const mark = { x: 200, y: 200 };
    const wall = squareAround(mark, 60);
    const [name] = placeNames([{ mark, sizes: [{ width: 60, height: 14 }], rank: 0 }], { half }, sheet, [
      wall,
    ]);
    expect(name?.lineTo).not.toBeNull();
    expect(name && overlap(name.box, wall)).toBe(false);
  });

  test("[BOARD41] give way to one that matters as much, and are not left out for one that matters less", () => {
    const mark = { x: 60, y: 30 };
    // As high as the sheet: it can only stand right of its mark, from 30 to 90.
    const high = { mark: { x: 20, y: 30 }, sizes: [{ width: 60, height: 60 }], rank: 1 };
    const placed = (width: number, rank: number, sheetWidth: number) =>
      placeNames(
        [{ mark, sizes: [{ width, height: 14 }], rank }, high],
        { half },
        { width: sheetWidth, height: 60 },
        [],
      );
    expect(placed(20, 1, 120)).not.toContain(null);
    expect(placed(35, 0, 100)[0]).not.toBeNull();
    expect(placed(35, 0, 100)[1]).toBeNull();
  });

  test("that fit in no size are null", () => {
    const naming = { mark: { x: 200, y: 200 }, sizes: [{ width: 500, height: 14 }], rank: 0 };
    expect(placeNames([naming], { half }, sheet, [])).toEqual([null]);
  });
});

test("names of towns give way: to the sheet's edge, to marks, to each other", () => {
  const town = (x: number, y: number) => ({ x, y, width: 60, height: 10 });
  const [first, second, outside, beside] = placeTowns(
    [town(200, 200), town(200, 200), town(5, 100), town(100, 300)],
    sheet,
    [squareAround({ x: 100, y: 300 }, 6)],
  );
  expect(first).toEqual({ x0: 170, y0: 195, x1: 230, y1: 205 });
  expect(second).toEqual({ x0: 170, y0: 183, x1: 230, y1: 193 });
  expect(outside).toBeNull();
  expect(beside?.y1).toBeCloseTo(293);
});
