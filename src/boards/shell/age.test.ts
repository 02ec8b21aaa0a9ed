import { expect, test } from "vitest";
import { dayMs, hourMs, minuteMs } from "../../basics/time.ts";
import { ageText, spanText } from "./age.ts";
import { germanShell } from "./texts.ts";
import { englishShell } from "./texts-en.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

test.each([
  [-5_000, "vor < 1 min", "< 1 min ago"],
  [59_999, "vor < 1 min", "< 1 min ago"],
  [minuteMs, "vor 1 min", "1 min ago"],
  [59 * minuteMs + 59_999, "vor 59 min", "59 min ago"],
  [hourMs, "vor 1 h 0 min", "1 h 0 min ago"],
  [47 * hourMs + 59 * minuteMs, "vor 47 h 59 min", "47 h 59 min ago"],
  [2 * dayMs, "vor 2 Tagen", "2 days ago"],
])("an age of %i ms reads %s", (ageMs, german, english) => {
  expect(plain(ageText(germanShell, ageMs))).toBe(german);
  expect(plain(ageText(englishShell, ageMs))).toBe(english);
});

test("a length of time reads the same in both languages", () => {
  expect([45_000, -119_000, 120_000, 2 * hourMs, -9 * hourMs].map(spanText)).toEqual([
    "45 s",
    "119 s",
    "2 min",
    "2 h",
    "9 h",
  ]);
});
