import { type AdviceBase, setHospitalState } from "../../advice/base.ts";
import type { Report } from "../../advice/state.ts";
import { assert, present } from "../../basics/assert.ts";
import { minuteMs } from "../../basics/time.ts";
import type { RegionData } from "../../region/region-data.ts";
import type { Timeline } from "../timeline.ts";
import type { Word } from "./arm.ts";
import { wallMs } from "./wall.ts";

type Spoken = { readonly state: Word["state"]; readonly atMs: number };

/** What stands of one capability of one house: its own last word, and what was said by voice since then. */
type Cell = { own: Spoken | null; voice: Spoken | null };

/** What Holdfast knows of the houses' words and of their contact; advice's base is kept equal to it. */
export type Words = {
  readonly timeline: Timeline;
  readonly base: AdviceBase;
  readonly openRunsOutMs: number;
  readonly voiceRunsOutMs: number;
  /** By house and capability. */
  readonly cells: readonly (readonly Cell[])[];
  /** By house: since when it is silent; null: it is heard. */
  readonly silentSinceMs: (number | null)[];
  /** By house: since when it is heard again; null: it always was. */
  readonly againSinceMs: (number | null)[];
};

export function newWords(timeline: Timeline, base: AdviceBase, { policy }: RegionData): Words {
  const houses = base.hospitals.map(() => base.capabilities.map((): Cell => ({ own: null, voice: null })));
  return {
    ...{ timeline, base, cells: houses },
    openRunsOutMs: policy.openRunsOutMin.value * minuteMs,
    voiceRunsOutMs: policy.voiceRunsOutMin.value * minuteMs,
    silentSinceMs: base.hospitals.map(() => null),
    againSinceMs: base.hospitals.map(() => null),
  };
}

/** A house's own word replaces all that was said before. */
export function takeOwn(words: Words, house: number, said: readonly Word[], atMs: number): void {
  for (const { capability, state } of said) {
    const cell = cellOf(words, house, capability);
    cell.own = { state, atMs };
    cell.voice = null;
  }
  show(words, house);
  showLater(words, house, words.openRunsOutMs);
}

/** What a dispatcher wrote down stands before the house's older word. */
export function takeVoice(words: Words, house: number, said: readonly Word[]): void {
  const atMs = words.timeline.nowMs;
  for (const { capability, state } of said) cellOf(words, house, capability).voice = { state, atMs };
  show(words, house);
  showLater(words, house, words.voiceRunsOutMs);
}

export function fallSilent(words: Words, house: number, sinceMs: number): void {
  words.silentSinceMs[house] = sinceMs;
  show(words, house);
}

export function hearAgain(words: Words, house: number): void {
  words.silentSinceMs[house] = null;
  words.againSinceMs[house] = words.timeline.nowMs;
  show(words, house);
}

/** The board shows full or cannot. */
export function isShownClosed(words: Words, house: number, capability: number): boolean {
  const { state } = reportOf(words, cellOf(words, house, capability)) ?? { state: "open" };
  return state === "full" || state === "cannot";
}

function cellOf({ cells }: Words, house: number, capability: number): Cell {
  return present(cells[house]?.[capability], "a cell of the board");
}

/** A word that lets patients in ends by itself, a moment after its last one. */
function showLater(words: Words, house: number, afterMs: number): void {
  words.timeline.after(afterMs + 1, () => show(words, house));
}

function show(words: Words, house: number): void {
  const { base, silentSinceMs, againSinceMs } = words;
  const hospital = present(base.hospitals[house], "a house of the region").id;
  const reported: { [capability: string]: Report } = {};
  for (const [column, { id }] of base.capabilities.entries()) {
    const report = reportOf(words, cellOf(words, house, column));
    if (report !== null) reported[id] = report;
  }
  const silent = silentSinceMs[house] ?? null;
  const since = silent ?? againSinceMs[house] ?? null;
  const contact = silent === null ? "heard" : "silent";
  const contactSinceMs = since === null ? null : wallMs(since);
  assert(setHospitalState(base, { hospital, contact, contactSinceMs, reported }).ok, "it is listed");
}

function reportOf({ timeline, openRunsOutMs, voiceRunsOutMs }: Words, cell: Cell): Report | null {
  const { own, voice } = cell;
  const ownEndMs = own === null ? 0 : endOf(own, openRunsOutMs);
  const voiceEndMs = voice === null ? 0 : endOf(voice, voiceRunsOutMs);
  if (voice !== null && timeline.nowMs <= voiceEndMs) return said(voice, true);
  if (own !== null && timeline.nowMs <= ownEndMs) return said(own, false);
  if (voice === null && own === null) return null;
  return { state: "unconfirmed", sinceMs: wallMs(Math.max(ownEndMs, voiceEndMs)), voice: voice !== null };
}

function endOf({ state, atMs }: Spoken, runsOutMs: number): number {
  return state === "open" ? atMs + runsOutMs : Number.POSITIVE_INFINITY;
}

function said({ state, atMs }: Spoken, voice: boolean): Report {
  return { state, sinceMs: wallMs(atMs), voice };
}
