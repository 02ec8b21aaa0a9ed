import { expect, test } from "vitest";
import type { Sound } from "../../region/choices.ts";
import { closedAfterMs, OpenBoards } from "./open-boards.ts";

test("[BOARD115] half a minute without an open board is said once; a board that comes back is heard again", () => {
  let monoMs = 0;
  let last: Sound | null = null;
  let said = 0;
  const boards = new OpenBoards({ monoMs: () => monoMs, lastSaid: () => last, sayClosed: () => (said += 1) });
  const later = (ms: number): number => {
    monoMs += ms;
    boards.look();
    return said;
  };
  // None was ever open here.
  expect(later(closedAfterMs)).toBe(0);
  const [first, second] = [boards.opened(), boards.opened()];
  last = "on";
  expect(later(closedAfterMs)).toBe(0);
  first();
  first();
  expect(later(closedAfterMs)).toBe(0);
  second();
  expect(later(closedAfterMs - 1)).toBe(0);
  expect(later(1)).toBe(1);
  // It could not be written: said again, not at each look.
  expect(later(closedAfterMs - 1)).toBe(1);
  expect(later(1)).toBe(2);
  last = "closed";
  expect(later(closedAfterMs)).toBe(2);
  last = "held-back";
  expect(later(1)).toBe(3);
});

test("[BOARD115] after a start boards have the same time to come back", () => {
  let monoMs = 1_000_000;
  let said = 0;
  const boards = new OpenBoards({ monoMs: () => monoMs, lastSaid: () => "on", sayClosed: () => (said += 1) });
  monoMs += closedAfterMs - 1;
  boards.look();
  expect(said).toBe(0);
  monoMs += 1;
  boards.look();
  expect(said).toBe(1);
});

test("[BOARD115] the last word said again is no news, unless that none is open is under way meanwhile", () => {
  let monoMs = 0;
  let last: Sound = "on";
  const boards = new OpenBoards({ monoMs: () => monoMs, lastSaid: () => last, sayClosed: () => undefined });
  expect([boards.isKnown("on"), boards.isKnown("held-back")]).toEqual([true, false]);
  monoMs += closedAfterMs;
  boards.look();
  // Not durable yet: a board that comes back now has to say it, or *closed* would stand.
  expect(boards.isKnown("on")).toBe(false);
  boards.saying("on");
  expect(boards.isKnown("on")).toBe(true);
  last = "closed";
  expect(boards.isKnown("on")).toBe(false);
});
