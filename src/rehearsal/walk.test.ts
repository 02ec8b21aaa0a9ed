import { describe, expect, test } from "vitest";
import { Walk, type WalkSight } from "./walk.ts";

const nothing: WalkSight = { read: false, silent: false, steer: false, answer: false, back: false };

describe("[REHEARSAL6] the walk", () => {
  test("a step is done when a board shows it, and stays done", () => {
    const walk = new Walk();
    walk.look({ ...nothing, read: true });
    walk.look(nothing);
    expect(walk.steps.map(({ state }) => state)).toEqual(["done", "open", "open", "open", "open"]);
    expect([walk.isPast("read"), walk.isPast("silent")]).toEqual([true, false]);
  });

  test("steps may happen out of order; the night waits for the first that is open", () => {
    const walk = new Walk();
    walk.look({ ...nothing, answer: true });
    expect(walk.isPast("answer")).toBe(false);
    for (const step of ["read", "silent", "steer"] as const) walk.skip(step);
    expect(walk.isPast("answer")).toBe(true);
  });

  test("a skipped step stays skipped, a done one cannot be skipped", () => {
    const walk = new Walk();
    walk.skip("read");
    walk.look({ ...nothing, read: true, silent: true });
    walk.skip("silent");
    expect(walk.steps.slice(0, 2).map(({ state }) => state)).toEqual(["skipped", "done"]);
  });

  test("it is under way until nobody wants it or it has come to its end", () => {
    const walk = new Walk();
    expect(walk.isUnderWay).toBe(true);
    walk.want(false);
    expect(walk.isUnderWay).toBe(false);
    walk.want(true);
    walk.look({ read: true, silent: true, steer: true, answer: true, back: true });
    expect(walk.isUnderWay).toBe(false);
    walk.startOver();
    expect(walk.isUnderWay).toBe(true);
  });
});
