import { type AdviceBase, setHospitalState } from "../../advice/base.ts";
import type { Report } from "../../advice/state.ts";
import { assert, present } from "../../basics/assert.ts";
import { minuteMs } from "../../basics/time.ts";
import type { RegionData } from "../../region/region-data.ts";
import type { Timeline } from "../timeline.ts";
import type { Word } from "./arm.ts";
import { wallMs } from "./wall.ts";

type Spoken = { readonly state: Word["state"]; readonly atMs: number };

type Voice = Spoken & {
  /** Whoever spoke may open what the house closed. */
  readonly mayOpen: boolean;
};

/** What stands of one capability of one house: its own last word, and what was said by voice, and whether either knows of the other. */
type Cell = { own: Spoken | null; voice: Voice | null; voiceKnowsOwn: boolean };

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
  const houses = base.hospitals.map(() =>
    base.capabilities.map((): Cell => ({ own: null, voice: null, voiceKnowsOwn: false })),
  );
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

/** A house's own word that it said while nothing came from it: it did not know what was said by voice, and stands beside that. */
export function takeLate(words: Words, house: number, said: readonly Word[], atMs: number): void {
  for (const { capability, state } of said) {
    const cell = cellOf(words, house, capability);
    cell.own = { state, atMs };
    cell.voiceKnowsOwn = false;
  }
  show(words, house);
  showLater(words, house, words.openRunsOutMs);
}

/** What a dispatcher wrote down, seeing the house's word. */
export function takeVoice(words: Words, house: number, said: readonly Word[], mayOpen: boolean): void {
  const atMs = words.timeline.nowMs;
  for (const { capability, state } of said) {
    const cell = cellOf(words, house, capability);
    cell.voice = { state, atMs, mayOpen };
    cell.voiceKnowsOwn = true;
  }
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

/** What ends by itself does a moment after its last one. */
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

/** As the program ranks them (SPEC, REGION1, REGION3, REGION19). */
function reportOf({ timeline, openRunsOutMs, voiceRunsOutMs }: Words, cell: Cell): Report | null {
  const { own, voice } = cell;
  const { nowMs } = timeline;
  const ownEndMs = own === null ? 0 : own.state === "open" ? own.atMs + openRunsOutMs : nowMs;
  const voiceEndMs = voice === null ? 0 : voice.atMs + voiceRunsOutMs;
  const holds = own !== null && nowMs <= ownEndMs ? own : null;
  if (voice !== null && nowMs <= voiceEndMs)
    return holds === null || leads(voice, holds, cell) ? said(voice, true) : said(holds, false);
  if (holds !== null && !(voice !== null && leavesShut(voice, holds))) return said(holds, false);
  if (voice === null && own === null) return null;
  const sinceMs = holds === null ? Math.max(ownEndMs, voiceEndMs) : voiceEndMs;
  return { state: "unconfirmed", sinceMs: wallMs(sinceMs), voice: voice !== null };
}

const caution = { open: 0, full: 1, cannot: 2 } as const;

function leads(voice: Voice, own: Spoken, { voiceKnowsOwn }: Cell): boolean {
  if (caution[voice.state] >= caution[own.state]) return true;
  return voiceKnowsOwn && (own.state === "open" || voice.mayOpen);
}

/** What somebody closed by voice has run out: the house's older *open* does not hold again by that. */
function leavesShut(voice: Voice, own: Spoken): boolean {
  return own.state === "open" && voice.state !== "open" && own.atMs <= voice.atMs;
}

function said({ state, atMs }: Spoken, voice: boolean): Report {
  return { state, sinceMs: wallMs(atMs), voice };
}
