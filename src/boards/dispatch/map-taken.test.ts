import fc from "fast-check";
import { expect, test } from "vitest";
import { type Box, overlap, Taken } from "./map-taken.ts";

const at = fc.double({ min: -60, max: 900, noNaN: true });
const length = fc.double({ min: 1, max: 200, noNaN: true });
const boxes = fc
  .tuple(at, at, length, length)
  .map(([x0, y0, width, height]): Box => ({ x0, y0, x1: x0 + width, y1: y0 + height }));

test("the grid finds a box under another exactly where looking at all of them does", () => {
  fc.assert(
    fc.property(fc.array(boxes, { maxLength: 12 }), boxes, (there, asked) => {
      expect(new Taken(there).covers(asked)).toBe(there.some((box) => overlap(box, asked)));
    }),
  );
});
