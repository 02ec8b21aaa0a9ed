import { describe, expect, test } from "vitest";
import { sampleSight } from "../../../test/support/board-sight.ts";
import { hourMs } from "../../basics/time.ts";
import { nextFullHours } from "./full-hours.ts";
import { zoneClock } from "./zone-clock.ts";

function textsAt(nowMs: number, zone = "Europe/Berlin", inEnglish = false): readonly string[] {
  const sight = sampleSight({ nowMs, inEnglish });
  const hours = nextFullHours({ ...sight, places: { ...sight.places, clock: zoneClock(zone) } }, 3);
  expect(hours.every(({ ms }, i) => ms > nowMs + i * hourMs && ms <= nowMs + (i + 1) * hourMs)).toBe(true);
  return hours.map(({ text }) => text);
}

describe("[BOARD122] the next full hours of the region's clock", () => {
  test("begin after now; past midnight they say that they are tomorrow's, time first", () => {
    expect(textsAt(Date.UTC(2020, 8, 11, 1, 7))).toEqual(["04:00", "05:00", "06:00"]);
    expect(textsAt(Date.UTC(2020, 8, 11, 2, 0))).toEqual(["05:00", "06:00", "07:00"]);
    const late = Date.UTC(2020, 8, 11, 20, 40);
    expect(textsAt(late)).toEqual(["23:00", "00:00 (morgen)", "01:00 (morgen)"]);
    expect(textsAt(late, "Europe/Berlin", true)[1]).toBe("00:00 (tomorrow)");
  });

  test("go through the hour that October has twice, and are whole in zones half an hour off", () => {
    expect(textsAt(Date.UTC(2020, 9, 24, 23, 30))).toEqual(["02:00 (UTC+2)", "02:00 (UTC+1)", "03:00"]);
    expect(textsAt(Date.UTC(2020, 8, 11, 1, 7), "Asia/Kathmandu")).toEqual(["07:00", "08:00", "09:00"]);
  });
});
