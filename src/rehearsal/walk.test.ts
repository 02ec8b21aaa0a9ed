import { describe, expect, test } from "vitest";
import { Walk, type WalkSight } from "./walk.ts";

const nothing: WalkSight = { read: false, silent: false, steer: false, answer: false, back: false };

describe("[REHEARSAL6] the walk", () => {
  test("a step is done when a board shows it, and stays done", () => {
    const walk = new Walk();
    walk.look({ ...nothing, read: true });
    walk.look(nothing);
    expect(walk.steps.map(({ state }) => state)).toEqual(["done", "open", "open", "open", "open"]);
    expect([walk.current, walk.isPast("read")]).toEqual(["read", false]);
  });

  test("the newcomer goes on from a step that is done, and skips one that is not", () => {
    const walk = new Walk();
    walk.look({ ...nothing, read: true, steer: true });
    walk.onward("read");
    walk.onward("silent");
    expect(walk.steps.slice(0, 3).map(({ state }) => state)).toEqual(["done", "skipped", "done"]);
    expect([walk.current, walk.isPast("silent"), walk.isPast("steer")]).toEqual(["steer", true, false]);
    walk.look({ ...nothing, silent: true });
    expect(walk.steps[1]?.state).toBe("skipped");
  });

  test("a second tap goes no step further", () => {
    const walk = new Walk();
    walk.onward("read");
    walk.onward("read");
    walk.onward("answer");
    expect(walk.current).toBe("silent");
  });

  test("it is under way until nobody wants it or it has come to its end", () => {
    const walk = new Walk();
    expect(walk.isUnderWay).toBe(true);
    walk.want(false);
    expect(walk.isUnderWay).toBe(false);
    walk.want(true);
    for (const step of ["read", "silent", "steer", "answer", "back"] as const) walk.onward(step);
    expect([walk.isUnderWay, walk.current]).toEqual([false, null]);
    walk.startOver();
    expect([walk.isUnderWay, walk.current]).toEqual([true, "read"]);
  });
});
