import type { FactRef, Name } from "../basics/name.ts";
import { type State, type StatusReason, states } from "./choices.ts";
import type { Voice } from "./desk-choices.ts";
import type { StatusFact } from "./fold.ts";
import { compareTexts } from "./log-order.ts";
import type { CapabilityId } from "./region-data.ts";
import { authorOf, compareReports, names, type Report, refOf } from "./report.ts";
import { type Said, said } from "./said.ts";
import { ownClockMs, sinceMs, type ViewContext } from "./view-context.ts";
import { mayOpen } from "./voice-weight.ts";

/** Who says it: the hospital's staff, what someone told a control centre, or a system of the hospital. */
export type Source = "clinician" | "voice" | "feed";

/** One report in force on a cell. */
export type HeadView = {
  readonly ref: FactRef;
  readonly state: State;
  readonly reason: StatusReason | null;
  readonly source: Source;
  /** Site and role of who wrote it. */
  readonly site: Name;
  readonly by: string;
  /** Of a voice report. */
  readonly answeredBy: Voice | null;
  readonly readBack: boolean | null;
  /** When it was said, and until when it is to hold at most, by its writer's clock, UTC ms. */
  readonly atMs: number;
  readonly untilMs: number | null;
  readonly sinceMs: number;
  readonly ageMs: number;
  /** When it ends by itself (open, limited, whatever was said by voice) or is to be marked as old (own full, cannot); our clock, UTC ms. */
  readonly endsMs: number;
  /** That moment has come. */
  readonly ended: boolean;
};

/** What a hospital can take of one capability now. No value stands without its age and its source. */
export type CellView = {
  readonly capability: CapabilityId;
  readonly state: State | "unconfirmed";
  readonly reason: StatusReason | null;
  /** Null before the first word. */
  readonly source: Source | null;
  /** Since when the state shown holds: of *unconfirmed* since the last word ran out, null before the first word. */
  readonly sinceMs: number | null;
  /**
   * Since when this device knows it: that the leading word arrived here, that another was taken back, or that the one
   * that led before ended. Later than `sinceMs` where a word came late or holds again; our clock, null before the first word.
   */
  readonly knownSinceMs: number | null;
  /** Age of the word that leads, also of one that has run out; null before the first word. */
  readonly ageMs: number | null;
  /** When it will run out; null for a state that does not. */
  readonly runsOutMs: number | null;
  /** A closed state past its time: it stays closed, but somebody should ask. */
  readonly old: boolean;
  readonly ref: FactRef | null;
  /** All reports in force, the leading one first; several: the board asks for one word. */
  readonly heads: readonly HeadView[];
  /** Somebody took a word back, and nothing was said since. */
  readonly takenBack: Said | null;
  /** What a new word on this cell is made against. */
  readonly over: readonly FactRef[];
};

/** Before the first word. */
export function unsaidCell(capability: CapabilityId): CellView {
  const nothing = { reason: null, source: null, sinceMs: null, knownSinceMs: null, ageMs: null };
  const without = { runsOutMs: null, old: false, ref: null, heads: [], takenBack: null, over: [] };
  return { capability, state: "unconfirmed", ...nothing, ...without };
}

export function cellView(
  context: ViewContext,
  capability: CapabilityId,
  heads: readonly Report<StatusFact>[],
): CellView {
  const words = rankHeads(context, heads.flatMap(asWord));
  const ranked = words.map((word) => headView(context, word));
  const [lead] = ranked;
  const shared = { takenBack: takenBackOf(context, heads), over: heads.toSorted(compareReports).map(refOf) };
  if (lead === undefined) return { ...unsaidCell(capability), ...shared };
  const { source, ref } = lead;
  const common = { capability, source, ref, ageMs: lead.ageMs, heads: ranked, ...shared };
  if (lead.ended && endsByItself(lead)) {
    return {
      ...common,
      state: "unconfirmed",
      reason: null,
      sinceMs: lead.endsMs,
      knownSinceMs: lead.endsMs,
      runsOutMs: null,
      old: false,
    };
  }
  return {
    ...common,
    state: lead.state,
    reason: lead.reason,
    sinceMs: lead.sinceMs,
    knownSinceMs: knownSince(context, words, heads),
    runsOutMs: endsByItself(lead) ? lead.endsMs : null,
    old: lead.ended,
  };
}

/**
 * A word that lets patients in ends by itself: the box that repeats it may stand in a hospital nobody answers for. So does whatever was said by voice:
 * nobody of the hospital can see it standing there, and take it back.
 */
export function endsByItself({ state, source }: Pick<HeadView, "state" | "source">): boolean {
  return source === "voice" || letsIn(state);
}

function letsIn(state: State): boolean {
  return state === "open" || state === "limited";
}

/** A report that says a state; taking the first word of all back leaves none. */
type Word = {
  readonly head: Report<StatusFact>;
  readonly state: State;
  readonly reason: StatusReason | null;
  /** By the writer's clock: when it was said, and until when it holds at most. */
  readonly atMs: number;
  readonly untilMs: number | null;
};

function asWord(head: Report<StatusFact>): readonly Word[] {
  const { fact } = head;
  switch (fact.kind) {
    case "hospital.status/1":
    case "voice.report/1": {
      const { state, reason = null, untilMs = null, at: atMs } = fact;
      return [{ head, state, reason, atMs, untilMs }];
    }
    case "hospital.status-taken-back/1":
      return earlierWord(head, fact);
    case "voice.report-taken-back/1":
      return [];
  }
}

// What holds again is as old as it was: taking back must not make an old word look fresh.
function earlierWord(
  head: Report<StatusFact>,
  fact: Extract<StatusFact, { readonly kind: "hospital.status-taken-back/1" }>,
): readonly Word[] {
  const { earlierState, earlierReason = null, earlierUntilMs = null, earlierAtMs = fact.at } = fact;
  if (earlierState === undefined) return [];
  return [
    {
      head,
      state: earlierState,
      reason: earlierReason,
      atMs: Math.min(earlierAtMs, fact.at),
      untilMs: earlierUntilMs,
    },
  ];
}

function takenBackOf(context: ViewContext, heads: readonly Report<StatusFact>[]): Said | null {
  const [newest] = heads
    .filter(isTakingBack)
    .map((report) => said(context, report))
    .sort((a, b) => b.sinceMs - a.sinceMs || compareRefs(a.ref, b.ref));
  return newest ?? null;
}

function isTakingBack({ fact: { kind } }: Report<StatusFact>): boolean {
  return kind === "hospital.status-taken-back/1" || kind === "voice.report-taken-back/1";
}

function compareRefs([logA, indexA]: FactRef, [logB, indexB]: FactRef): number {
  return compareTexts(logA, logB) || indexA - indexB;
}

function rankHeads(context: ViewContext, words: readonly Word[]): readonly Word[] {
  return rankedWhere(context, words, (endMs) => endMs <= context.nowMs);
}

/**
 * The leading word first; what has ended stands behind what holds, and last what a voice report had closed when that ended: nobody has said
 * since that it is open again.
 * @param isOver whether a word of this end no longer holds
 */
function rankedWhere(
  context: ViewContext,
  words: readonly Word[],
  isOver: (endMs: number) => boolean,
): readonly Word[] {
  const over = words.filter((word) => ends(word) && isOver(endOf(context, word)));
  const isShut = (word: Word): boolean => over.some((voice) => leavesShut(context, voice, word));
  const holding = words.filter((word) => !over.includes(word));
  return [
    ...ranked(holding.filter((word) => !isShut(word))),
    ...ranked(over),
    ...ranked(holding.filter(isShut)),
  ];
}

function ends({ head, state }: Word): boolean {
  return endsByItself({ state, source: sourceOf(head.fact) });
}

/** Whether a word that lets patients in had been said before somebody was told by voice that they are let in less, or not at all. */
function leavesShut(context: ViewContext, voice: Word, word: Word): boolean {
  if (!isVoice(voice) || !letsIn(word.state) || !isLessCautious(word.state, voice.state)) return false;
  return wordSinceMs(context, word) <= wordSinceMs(context, voice);
}

function isVoice({ head }: Word): boolean {
  return head.fact.kind === "voice.report/1";
}

/** @param words ranked, the leading one first */
function knownSince(
  context: ViewContext,
  words: readonly Word[],
  heads: readonly Report<StatusFact>[],
): number {
  const [lead] = words;
  const endsMs = words.map((word) => endOf(context, word)).filter((endMs) => endMs <= context.nowMs);
  const ledBefore = (endMs: number): Word | undefined =>
    rankedWhere(context, words, (overMs) => overMs < endMs)[0];
  const endedMs = endsMs.filter((endMs) => ledBefore(endMs) !== lead);
  const takenBack = heads.filter(isTakingBack);
  return Math.max(...[lead?.head, ...takenBack].flatMap((head) => head?.storedMs ?? []), ...endedMs);
}

// A report made in knowledge of another one (it names it) leads over it; of the rest the more cautious one. Only a
// voice report can name one that stays in force, the hospital's own: whatever else is named is replaced.
function ranked(words: readonly Word[]): readonly Word[] {
  const isKnown = (word: Word): boolean =>
    words.some((other) => other !== word && names(other.head.fact.over, word.head) && mayLead(other, word));
  const known = words.filter(isKnown);
  return [...words.filter((word) => !isKnown(word)).sort(compareCaution), ...known.sort(compareCaution)];
}

/** A closed state of the hospital's own word gives way only to who may open; closing counts at once from anyone. */
function mayLead(other: Word, own: Word): boolean {
  const { fact } = other.head;
  if (fact.kind !== "voice.report/1" || !isClosed(own.state)) return true;
  return !isLessCautious(other.state, own.state) || mayOpen(fact);
}

/**
 * Whether a voice report would let in what a hospital's own word keeps out, and does not lead over it: nobody who may
 * open said it, or it does not name that word. Somebody must ask.
 * @param voice one of the heads
 */
export function opensInVain({ heads }: Pick<CellView, "heads">, voice: HeadView): boolean {
  if (voice.source !== "voice" || voice.ended) return false;
  return heads
    .slice(0, heads.indexOf(voice))
    .some((own) => own.source !== "voice" && isClosed(own.state) && isLessCautious(voice.state, own.state));
}

function isClosed(state: State): boolean {
  return state === "full" || state === "cannot";
}

const caution = Object.keys(states);

function isLessCautious(a: State, b: State): boolean {
  return caution.indexOf(a) < caution.indexOf(b);
}

function compareCaution(a: Word, b: Word): number {
  return caution.indexOf(b.state) - caution.indexOf(a.state) || compareReports(a.head, b.head);
}

function headView(context: ViewContext, word: Word): HeadView {
  const { head, state, reason } = word;
  const { fact } = head;
  const voice = fact.kind === "voice.report/1" ? fact : null;
  const endsMs = endOf(context, word);
  const since = wordSinceMs(context, word);
  return {
    ref: refOf(head),
    state,
    reason,
    source: sourceOf(fact),
    site: authorOf(head),
    by: fact.by,
    answeredBy: voice?.answeredBy ?? null,
    readBack: voice?.readBack ?? null,
    atMs: word.atMs,
    untilMs: word.untilMs,
    sinceMs: since,
    ageMs: context.nowMs - since,
    endsMs,
    ended: endsMs <= context.nowMs,
  };
}

function wordSinceMs(context: ViewContext, { head, atMs }: Word): number {
  const taken = context.taken?.(head);
  if (taken !== undefined) return taken.sinceMs;
  return Math.min(sinceMs(context, head), ownClockMs(context, head, atMs));
}

function endOf(context: ViewContext, word: Word): number {
  const { head, untilMs } = word;
  const taken = context.taken?.(head);
  if (taken?.endsMs !== undefined) return taken.endsMs;
  const { openRunsOutMs, voiceRunsOutMs } = context.runOut;
  const limitMs =
    wordSinceMs(context, word) + (head.fact.kind === "voice.report/1" ? voiceRunsOutMs : openRunsOutMs);
  return untilMs === null ? limitMs : Math.min(limitMs, ownClockMs(context, head, untilMs));
}

/** The role under which a hospital's system writes instead of a person. */
export const feedRole = "feed";

function sourceOf(fact: StatusFact): Source {
  if (fact.kind === "voice.report/1") return "voice";
  return fact.by.split("#")[0] === feedRole ? "feed" : "clinician";
}
