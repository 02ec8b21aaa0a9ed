import { expect, test } from "vitest";
import { heldOrder } from "./held-order.ts";

test("[BOARD7] a list that nobody is in follows its order", () => {
  expect(heldOrder(["a", "b"], ["b", "c", "a"], false)).toEqual(["b", "c", "a"]);
});

test("[BOARD7] under pointer or focus nothing moves: what is gone leaves, what is new comes last", () => {
  expect(heldOrder(["a", "b", "c"], ["d", "c", "a"], true)).toEqual(["a", "c", "d"]);
});
