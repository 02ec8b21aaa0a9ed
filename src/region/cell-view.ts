import type { FactRef, Name } from "../basics/name.ts";
import { type State, type StatusReason, states, type Voice } from "./choices.ts";
import type { StatusFact } from "./fold.ts";
import type { CapabilityId } from "./region-data.ts";
import { authorOf, compareReports, names, type Report, refOf } from "./report.ts";
import { ageMs, ownClockMs, sinceMs, type ViewContext } from "./view-context.ts";

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
  readonly sinceMs: number;
  readonly ageMs: number;
  /** When it ends by itself (open, limited) or is to be marked as old (full, cannot); our clock, UTC ms. */
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
  /** Age of the word that leads, also of one that has run out; null before the first word. */
  readonly ageMs: number | null;
  /** When it will run out; null for a state that does not. */
  readonly runsOutMs: number | null;
  /** A closed state past its time: it stays closed, but somebody should ask. */
  readonly old: boolean;
  readonly ref: FactRef | null;
  /** All reports in force, the leading one first; several: the board asks for one word. */
  readonly heads: readonly HeadView[];
};

/** Before the first word. */
export function unsaidCell(capability: CapabilityId): CellView {
  const nothing = { reason: null, source: null, sinceMs: null, ageMs: null, runsOutMs: null, ref: null };
  return { capability, state: "unconfirmed", ...nothing, old: false, heads: [] };
}

export function cellView(
  context: ViewContext,
  capability: CapabilityId,
  heads: readonly Report<StatusFact>[],
): CellView {
  const ranked = rankHeads(context, heads).map((head) => headView(context, head));
  const [lead] = ranked;
  if (lead === undefined) return unsaidCell(capability);
  const { source, ref } = lead;
  const common = { capability, source, ref, ageMs: lead.ageMs, heads: ranked };
  if (lead.ended && runsOut(lead.state)) {
    return {
      ...common,
      state: "unconfirmed",
      reason: null,
      sinceMs: lead.endsMs,
      runsOutMs: null,
      old: false,
    };
  }
  return {
    ...common,
    state: lead.state,
    reason: lead.reason,
    sinceMs: lead.sinceMs,
    runsOutMs: runsOut(lead.state) ? lead.endsMs : null,
    old: lead.ended,
  };
}

// A word that lets patients in ends by itself: the box that repeats it may stand in a hospital nobody answers for.
function runsOut(state: State): boolean {
  return state === "open" || state === "limited";
}

function rankHeads(
  context: ViewContext,
  heads: readonly Report<StatusFact>[],
): readonly Report<StatusFact>[] {
  const runOut = (head: Report<StatusFact>): boolean =>
    runsOut(head.fact.state) && endOf(context, head) <= context.nowMs;
  const inForce = heads.filter((head) => !runOut(head));
  return [...ranked(inForce), ...ranked(heads.filter(runOut))];
}

// A report made in knowledge of another one (it names it) leads over it; of the rest the more cautious one. Only a
// voice report can name one that stays in force, the hospital's own: whatever else is named is replaced.
function ranked(heads: readonly Report<StatusFact>[]): readonly Report<StatusFact>[] {
  const isKnown = (head: Report<StatusFact>): boolean =>
    heads.some((other) => other !== head && names(other.fact.over, head));
  const known = heads.filter(isKnown);
  return [...heads.filter((head) => !isKnown(head)).sort(compareCaution), ...known.sort(compareCaution)];
}

const caution = Object.keys(states);

function compareCaution(a: Report<StatusFact>, b: Report<StatusFact>): number {
  return caution.indexOf(b.fact.state) - caution.indexOf(a.fact.state) || compareReports(a, b);
}

function headView(context: ViewContext, head: Report<StatusFact>): HeadView {
  const { fact } = head;
  const own = fact.kind === "hospital.status/1";
  const endsMs = endOf(context, head);
  return {
    ref: refOf(head),
    state: fact.state,
    reason: own ? (fact.reason ?? null) : null,
    source: sourceOf(fact),
    site: authorOf(head),
    by: fact.by,
    answeredBy: own ? null : fact.answeredBy,
    readBack: own ? null : fact.readBack,
    sinceMs: sinceMs(context, head),
    ageMs: ageMs(context, head),
    endsMs,
    ended: endsMs <= context.nowMs,
  };
}

function endOf(context: ViewContext, head: Report<StatusFact>): number {
  const { fact } = head;
  const { openRunsOutMs, voiceRunsOutMs } = context.runOut;
  if (fact.kind === "voice.report/1") return sinceMs(context, head) + voiceRunsOutMs;
  const limitMs = sinceMs(context, head) + openRunsOutMs;
  return fact.untilMs === undefined ? limitMs : Math.min(limitMs, ownClockMs(context, head, fact.untilMs));
}

/** The role under which a hospital's system writes instead of a person. */
export const feedRole = "feed";

function sourceOf(fact: StatusFact): Source {
  if (fact.kind === "voice.report/1") return "voice";
  return fact.by.split("#")[0] === feedRole ? "feed" : "clinician";
}
