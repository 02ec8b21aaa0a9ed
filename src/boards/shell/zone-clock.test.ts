import { expect, test } from "vitest";
import { hourMs } from "../../basics/time.ts";
import { zoneClock } from "./zone-clock.ts";

const clock = zoneClock("Europe/Berlin");

test("times are the region's, whatever the machine's zone", () => {
  const ms = Date.UTC(2020, 8, 11, 1, 4, 7);
  expect(clock.minute(ms, ms)).toBe("03:04");
  expect(clock.second(ms)).toBe("03:04:07");
});

test("a time of another day carries its day", () => {
  const evening = Date.UTC(2020, 8, 10, 16, 0);
  expect(clock.minute(evening, Date.UTC(2020, 8, 11, 1, 0))).toBe("10.09. 18:00");
});

test("in October's doubled hour every time carries its offset, before and after it none does", () => {
  const first = Date.UTC(2020, 9, 25, 0, 30);
  expect(clock.minute(first, first)).toBe("02:30 (UTC+2)");
  expect(clock.minute(first + hourMs, first)).toBe("02:30 (UTC+1)");
  expect(clock.minute(first - hourMs, first)).toBe("01:30");
  expect(clock.second(first + 2 * hourMs)).toBe("03:30:00");
});
