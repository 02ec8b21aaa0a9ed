import fc from "fast-check";
import { expect, test } from "vitest";
import { compareTurns, noTurn, turnOf } from "./turn.ts";

const minuteMs = 60_000;

test("[ADVICE16] what counts of a hospital's turn: others, of late, the last of them", () => {
  const assigned = new Map([
    ["a#1", 10 * minuteMs],
    ["b#1", 50 * minuteMs],
    ["own#1", 70 * minuteMs],
  ]);
  expect(turnOf(assigned, "own#1", 0)).toEqual({ count: 2, lastMs: 50 * minuteMs });
  expect(turnOf(assigned, "own#1", 11 * minuteMs)).toEqual({ count: 1, lastMs: 50 * minuteMs });
  expect(turnOf(assigned, null, 60 * minuteMs)).toEqual({ count: 1, lastMs: 70 * minuteMs });
  expect(turnOf(assigned, "own#1", 51 * minuteMs)).toEqual(noTurn);
});

test("[ADVICE16] whatever happened before: who is next had no more than any other, and of as many none had its last one earlier", () => {
  const history = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 4 });
  fc.assert(
    fc.property(fc.array(history, { minLength: 2, maxLength: 6 }), (histories) => {
      const turns = histories.map((minutes) =>
        turnOf(new Map(minutes.map((minute, i) => [`m#${i}`, minute * minuteMs])), null, 0),
      );
      const [next] = turns.toSorted(compareTurns);
      for (const turn of turns) {
        expect(next?.count).toBeLessThanOrEqual(turn.count);
        if (turn.count === next?.count) expect(next.lastMs ?? 0).toBeLessThanOrEqual(turn.lastMs ?? 0);
      }
    }),
  );
});

test("[ADVICE16] equals that take turns get as many, but for one, and none gets two before each got one", () => {
  const hospitals = fc.integer({ min: 1, max: 6 });
  const gaps = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(hospitals, gaps, (count, minutes) => {
      const assigned = Array.from({ length: count }, () => new Map<string, number>());
      const order: number[] = [];
      let nowMs = 0;
      for (const [i, gap] of minutes.entries()) {
        nowMs += gap * minuteMs;
        const turns = assigned.map((one, hospital) => ({ hospital, turn: turnOf(one, `m#${i}`, 0) }));
        const [next] = turns.sort((a, b) => compareTurns(a.turn, b.turn) || a.hospital - b.hospital);
        assigned[next?.hospital ?? 0]?.set(`m#${i}`, nowMs);
        order.push(next?.hospital ?? 0);
      }
      const sizes = assigned.map((one) => one.size);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      for (let from = 0; from + count <= order.length; from += 1)
        expect(new Set(order.slice(from, from + count)).size).toBe(count);
    }),
  );
});
