import { describe, expect, test } from "vitest";
import { assert, present, unreachable } from "./assert.ts";

describe("broken invariants throw", () => {
  test("assert says which", () => {
    expect(() => assert(false, "two is two")).toThrow("invariant broken: two is two");
    expect(() => assert(true, "never said")).not.toThrow();
  });

  test("present takes 0, an empty text and false as there", () => {
    expect([present(0, "n"), present("", "t"), present(false, "b")]).toEqual([0, "", false]);
    expect(() => present(null, "the log's tree")).toThrow("invariant broken: the log's tree");
    expect(() => present(undefined, "the log's tree")).toThrow("invariant broken");
  });

  test("unreachable names the value", () => {
    expect(() => unreachable("later" as never)).toThrow("unexpected later");
  });
});
