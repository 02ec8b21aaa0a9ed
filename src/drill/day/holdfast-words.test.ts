import { beforeEach, expect, test } from "vitest";
import { cellClass } from "../../advice/base.ts";
import { adviceBaseOf } from "../../advice/region-base.ts";
import { minuteMs } from "../../basics/time.ts";
import { Timeline } from "../timeline.ts";
import { newWords, takeLate, takeOwn, takeVoice, type Words } from "./holdfast-words.ts";
import { readDayRegion } from "./region.ts";

const region = readDayRegion();
const house = 0;
/** One that the house has in principle. */
const capability = region.base.cells.indexOf(cellClass.unconfirmed);
let timeline: Timeline;
let words: Words;

beforeEach(() => {
  timeline = new Timeline();
  words = newWords(timeline, adviceBaseOf(region.data), region.data);
});

const open = [{ capability, state: "open" }] as const;
const cannot = [{ capability, state: "cannot" }] as const;

/** What advice reads of the cell after so many minutes. */
function after(minutes: number): number | undefined {
  timeline.runUntil(timeline.nowMs + minutes * minuteMs);
  return words.base.cells[house * words.base.capabilities.length + capability];
}

test("[REGION19] what a house closed nobody opens by voice but a physician or the charge nurse, read back", () => {
  takeOwn(words, house, cannot, 0);
  takeVoice(words, house, open, false);
  expect(after(1)).toBe(cellClass.cannot);
  takeVoice(words, house, open, true);
  expect(after(1)).toBe(cellClass.open);
  expect(after(61)).toBe(cellClass.cannot);
});

test("[REGION1] an own word that comes late, and did not know what was said by voice, stands beside it: the more careful leads", () => {
  takeVoice(words, house, cannot, false);
  takeLate(words, house, open, 0);
  expect(after(1)).toBe(cellClass.cannot);
  takeOwn(words, house, open, timeline.nowMs);
  expect(after(1)).toBe(cellClass.open);
});

test("[REGION3] what was closed by voice runs out, and the older open does not hold again by that", () => {
  takeOwn(words, house, open, 0);
  takeVoice(words, house, cannot, false);
  expect(after(59)).toBe(cellClass.cannot);
  expect(after(2)).toBe(cellClass.unconfirmed);
});
