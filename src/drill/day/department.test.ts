import { expect, test } from "vitest";
import { Timeline } from "../timeline.ts";
import { arrive, type Department, freePlaces, newDepartment, waitAt, waitingCount } from "./department.ts";

/** Who starts when: `name urgency stay`. */
function play(
  department: Department,
  guests: readonly (readonly [name: string, urgency: number, stay: number])[],
) {
  const timeline = new Timeline();
  const starts: string[] = [];
  for (const [name, urgency, stayMs] of guests) {
    const started = (nowMs: number) => starts.push(`${name} ${nowMs}`);
    arrive(timeline, department, { urgency, stayMs, started }, () => {});
  }
  return { timeline, starts };
}

test("places are given by urgency, then in order, and a resuscitation room to urgency 1 alone", () => {
  const department = newDepartment(1, 1);
  const { timeline, starts } = play(department, [
    ["first", 3, 100],
    ["resus", 1, 50],
    ["slow", 3, 10],
    ["urgent", 2, 10],
    ["second", 1, 10],
  ]);
  expect(starts).toEqual(["first 0", "resus 0"]);
  expect([waitingCount(department), freePlaces(department)]).toEqual([3, 0]);
  timeline.runUntil(1_000);
  expect(starts).toEqual(["first 0", "resus 0", "second 50", "urgent 100", "slow 110"]);
  expect([waitingCount(department), freePlaces(department)]).toEqual([0, 1]);
});

test("urgency 1 takes a place where no room is free", () => {
  const { starts } = play(newDepartment(2, 1), [
    ["one", 1, 100],
    ["two", 1, 100],
    ["three", 3, 100],
  ]);
  expect(starts).toEqual(["one 0", "two 0", "three 0"]);
});

test("who looks ahead sees the wait behind those who come before, not behind the less urgent", () => {
  const department = newDepartment(1, 1);
  play(department, [
    ["there", 3, 100],
    ["waits", 3, 40],
  ]);
  const expected = [{ atMs: 20, urgency: 2, stayMs: 30 }];
  expect(waitAt(department, 50, 3, expected)).toBe(120);
  expect(waitAt(department, 50, 2, expected)).toBe(80);
  expect(waitAt(department, 50, 1, expected)).toBe(0);
  expect(waitAt(department, 10, 2, expected)).toBe(90);
});
