import { expect, test } from "vitest";
import { heldRows } from "./held-rows.ts";

test("[BOARD64] a list that nobody is in follows its order", () => {
  expect(heldRows(["a", "b"], ["a", "b"], ["b", "c"], false)).toEqual({ order: ["b", "c"], freshCount: 0 });
});

test("[BOARD64] under hand or focus nothing moves up: what is gone keeps its place, new rows are counted at the end", () => {
  const held = heldRows(["a", "b", "c"], ["a", "b", "c"], ["d", "c", "a"], true);
  expect(held).toEqual({ order: ["a", "b", "c", "d"], freshCount: 1 });
  const later = heldRows(held.order, ["a", "b", "c"], ["e", "d", "c", "a"], true);
  expect(later).toEqual({ order: ["a", "b", "c", "d", "e"], freshCount: 2 });
});
