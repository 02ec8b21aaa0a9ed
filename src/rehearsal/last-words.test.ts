import { expect, test } from "vitest";
import { nightMs } from "../../test/support/region.ts";
import type { StateCell } from "../site/views/board-view.ts";
import { lastWordsUnmet } from "./last-words.ts";

const cell = (state: StateCell["state"], saidMs: number, untilMs: number | null): StateCell => ({
  state,
  source: "clinician",
  saidMs,
  untilMs,
  reason: null,
  disputed: false,
});
const untilMs = nightMs + 60_000;
const before = new Map([
  ["ct", cell("open", nightMs, untilMs)],
  ["psychiatry", cell("full", nightMs, null)],
]);
const full = { capability: "psychiatry", saidMs: nightMs };
const after = (ct: StateCell) => new Map([...before, ["ct", ct]]);

test("last words stand as they were said, or have run out at their end", () => {
  expect(lastWordsUnmet(before, before, full)).toEqual([]);
  expect(lastWordsUnmet(before, after(cell("unconfirmed", untilMs, null)), full)).toEqual([]);
});

test("a word that looks newer, ran out early, or is gone is said", () => {
  const ct = "the last word on ct is not shown with its age";
  expect(lastWordsUnmet(before, after(cell("open", nightMs + 2_000, untilMs)), full)).toEqual([ct]);
  expect(lastWordsUnmet(before, after(cell("unconfirmed", nightMs + 20_000, null)), full)).toEqual([ct]);
  expect(lastWordsUnmet(before, new Map([["ct", cell("open", nightMs, untilMs)]]), full)).toEqual([
    "a returned hospital's last words are not all shown",
    "the returned hospital's word that does not end is not shown with its age",
  ]);
});
