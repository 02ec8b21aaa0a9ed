import { expect, test } from "vitest";
import { nightMs } from "../../test/support/region.ts";
import type { StateCell } from "../site/views/board-view.ts";
import type { Word } from "./hospitals.ts";
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
const written = (sentMs: number) => ({ ref: ["ukd/box/1-00000001", 1], sentMs, answeredMs: sentMs }) as const;
const words = new Map<string, Pick<Word, "state" | "written">>([
  ["ct", { state: "open", written: written(nightMs) }],
  ["psychiatry", { state: "full", written: written(nightMs) }],
]);
const people = {
  backMs: nightMs + 10_000,
  full: "psychiatry",
  wordOn: (name: string) => words.get(name),
} as const;
const after = (ct: StateCell) => new Map([...before, ["ct", ct]]);

test("last words stand as they were said, or have run out at their end", () => {
  expect(lastWordsUnmet(before, before, people)).toEqual([]);
  expect(lastWordsUnmet(before, after(cell("unconfirmed", untilMs, null)), people)).toEqual([]);
});

test("a word that looks newer, ran out early, or is gone is said", () => {
  const ct = "the last word on ct is not shown with its age";
  expect(lastWordsUnmet(before, after(cell("open", nightMs + 2_000, untilMs)), people)).toEqual([ct]);
  expect(lastWordsUnmet(before, after(cell("unconfirmed", nightMs + 20_000, null)), people)).toEqual([ct]);
  expect(lastWordsUnmet(before, new Map([["ct", cell("open", nightMs, untilMs)]]), people)).toEqual([
    "a returned hospital's last words are not all shown",
    "the returned hospital's word that does not end is not shown with its age",
  ]);
});

test("what its people have said since it is back stands too, and no other word than theirs", () => {
  const said = { state: "limited", written: written(nightMs + 30_000) } as const;
  const wordOn = (name: string) => (name === "ct" ? said : words.get(name));
  const ct = (state: StateCell["state"], saidMs: number) =>
    lastWordsUnmet(before, after(cell(state, saidMs, null)), { ...people, wordOn });
  expect(ct("limited", nightMs + 30_000)).toEqual([]);
  expect([ct("open", nightMs + 30_000), ct("limited", nightMs + 33_000)].map((one) => one.length)).toEqual([
    1, 1,
  ]);
});
