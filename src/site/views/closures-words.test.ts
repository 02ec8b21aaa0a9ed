import { expect, test } from "vitest";
import { hourMs } from "../../basics/time.ts";
import type { ClosureView } from "../../region/closures-view.ts";
import { closuresWords } from "./closures-words.ts";

const clock = (wallMs: number) => new Date(wallMs).toISOString().slice(11, 16);
const closure = (index: number, endsMs: number): ClosureView => ({
  ref: ["lst-d/box/1-00000001", index],
  site: "lst-d",
  by: "dispatcher#3",
  sinceMs: 0,
  ageMs: 0,
  latE3: 51_000,
  lonE3: 7_000,
  radiusM: 100,
  reason: "flood",
  endsMs,
});
const [first, second] = [closure(1, 2 * hourMs), closure(2, 50 * hourMs)];
const key = (index: number) => `lst-d/box/1-00000001#${index}`;
const told = (
  inForce: readonly ClosureView[],
  counted: readonly string[] | null,
  missing: readonly string[] = [],
) => {
  const known = counted === null ? null : new Map(counted.map((ref) => [ref, !missing.includes(ref)]));
  return closuresWords({ inForce, counted: known, nowMs: 0, clock })?.de ?? null;
};

test("[ROADS30] boards say how many roads are closed, until when, and whether the minutes know", () => {
  expect(told([], [])).toBeNull();
  expect(told([], null)).toBeNull();
  expect(told([first], [])).toBe("1 Straßensperrung bis 02:00. Die Fahrzeiten kennen sie noch nicht.");
  expect(told([first], [key(1)])).toBe("1 Straßensperrung bis 02:00. Die Fahrzeiten führen außen herum.");
  expect(told([first], null)).toBe(
    "1 Straßensperrung bis 02:00. Die geschätzten Fahrzeiten kennen sie nicht.",
  );
  expect(told([first, second], [key(1), key(2)])).toBe(
    "2 Straßensperrungen, die erste endet 02:00, die letzte 02:00 (in 50 h). Die Fahrzeiten führen außen herum.",
  );
  expect(told([first], [key(1)], [key(1)])).toBe(
    "1 Straßensperrung bis 02:00. Dort ist keine Straße. Ort und Umkreis prüfen.",
  );
  expect(told([first, second], [key(1), key(2)], [key(2)])).toMatch(
    /Die Fahrzeiten führen außen herum\. 1 davon ohne Straße: Ort und Umkreis prüfen\.$/,
  );
  // One of two has ended, and the minutes still go round it.
  expect(told([second], [key(1), key(2)])).toContain("noch nicht");
  expect(told([], [key(1)])).toContain("neu berechnet");
});
