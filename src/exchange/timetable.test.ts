import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { newTimetable } from "./timetable.ts";

describe("a timetable", () => {
  test("names a thing in the slot of its time, once, and never late", () => {
    const table = newTimetable<string>();
    table.plan("a", 2_400);
    table.plan("b", 900);
    expect(table.take(899)).toEqual(["b"]);
    expect(table.take(1_999)).toEqual([]);
    expect(table.take(2_000)).toEqual(["a"]);
    expect(table.take(9_000)).toEqual([]);
  });

  test("keeps the last plan of each thing, in the slot that has begun too", () => {
    const table = newTimetable<string>();
    table.plan("a", 5_000);
    table.plan("a", 1_000);
    table.plan("b", 1_000);
    table.plan("b", null);
    table.plan("c", 1_500);
    table.plan("c", 3_000);
    expect(table.take(1_100)).toEqual(["a"]);
    table.plan("a", 1_900);
    table.plan("b", 200);
    expect(table.take(1_200)).toEqual(["a", "b"]);
    expect(table.take(3_000)).toEqual(["c"]);
  });

  test("whatever is planned when, nothing due is missed and nothing comes more than a slot early", () => {
    const plans = fc.array(fc.tuple(fc.nat(9), fc.nat(20_000), fc.nat(700)), { maxLength: 60 });
    fc.assert(
      fc.property(plans, (steps) => {
        const table = newTimetable<number>();
        const due = new Map<number, number>();
        let nowMs = 0;
        for (const [thing, inMs, goesMs] of steps) {
          table.plan(thing, nowMs + inMs);
          due.set(thing, nowMs + inMs);
          nowMs += goesMs;
          for (const one of table.take(nowMs)) {
            expect(due.get(one) ?? Number.POSITIVE_INFINITY).toBeLessThan(nowMs + 1_000);
            due.delete(one);
          }
          expect([...due.values()].filter((atMs) => atMs <= nowMs)).toEqual([]);
        }
      }),
      { numRuns: 200 },
    );
  });
});
