import { type FactRef, refKey } from "../basics/name.ts";
import type { AgeGroup } from "./choices.ts";
import type { ClosedReason } from "./desk-choices.ts";
import type { FactNamed } from "./facts.ts";
import { compareTexts } from "./log-order.ts";
import { crewStep, hasArrived } from "./mission-fold.ts";
import type { NeedId } from "./region-data.ts";
import { authorOf, firstPlaceOf, keysOf, type Report } from "./report.ts";
import { type Said, said } from "./said.ts";
import type { TransferDecline } from "./transfer-choices.ts";
import type { TransferAsked, TransferFold } from "./transfer-fold.ts";
import type { ViewContext } from "./view-context.ts";
import { isByPhysician } from "./voice-weight.ts";

/** What the sending hospital said by itself of a mission's transfer. */
export type SenderView = { readonly asked: Said; readonly takenBack: Said | null };

/** Null: no hospital asked for it, or the one that did is not the one that sends the patient. */
export function senderOf(
  context: ViewContext,
  { transfer, from }: Pick<FactNamed<"mission.opened/1">, "transfer" | "from">,
): SenderView | null {
  const known = transfer === undefined ? undefined : context.fold.transfers.get(refKey(transfer));
  const { asked = null, takenBack = null } = known ?? {};
  if (asked === null || authorOf(asked) !== from) return null;
  return { asked: said(context, asked), takenBack: takenBack === null ? null : said(context, takenBack) };
}

export type TransferView = Said & {
  readonly need: NeedId;
  readonly urgency: number;
  readonly ageGroup: AgeGroup;
  readonly doctor: boolean;
  readonly ventilated: boolean;
  readonly pregnant: boolean;
  readonly infectious: boolean;
  readonly heavy: boolean;
  readonly newborn: boolean;
  /** A physician asks: the hospital agrees to any destination. */
  readonly agrees: boolean;
  /** When it runs out by itself, as an *open* does, our clock; not sooner than `keptMs` after a crew broke its mission off. */
  readonly endsMs: number;
  readonly takenBack: Said | null;
  /** The newest that no mission was opened after. */
  readonly declined: (Said & { readonly reason: TransferDecline }) | null;
  /** Whether a mission that was opened from it runs, or how the last one ended; null: none was, or only such as served nobody. */
  readonly mission: "runs" | MissionEnd | null;
  /** A crew ended the last one without having arrived, and no control centre said why: nobody may take the patient for moved. */
  readonly brokenOff: BrokenOff | null;
};

/** The crew's *ended*, and since when, our clock; `knownMs`: since when here, eight hours later at most. */
export type BrokenOff = { readonly ref: FactRef; readonly sinceMs: number; readonly knownMs: number };

/** Since when, our clock; `reason` null: its crew ended it, and no control centre has said why. */
export type MissionEnd = {
  /** The word that ended it; null: of one that left the fold. */
  readonly ref: FactRef | null;
  readonly sinceMs: number;
  readonly knownMs: number;
  readonly reason: ClosedReason | null;
  /** Its crew had arrived ({@link hasArrived}). */
  readonly hasArrived: boolean;
};

/** Every transfer that hospitals ask for, until it has been over for `keptMs`; the first asked for first. */
export function transferViews(context: ViewContext, keptMs: number): readonly TransferView[] {
  const views = [...context.fold.transfers.values()].flatMap((transfer) => {
    const view = transfer.asked === null ? null : viewOf(context, transfer, transfer.asked, keptMs);
    return view !== null && isKept(view, context.nowMs - keptMs) ? [view] : [];
  });
  return views.sort((a, b) => a.sinceMs - b.sinceMs || compareTexts(refKey(a.ref), refKey(b.ref)));
}

function isKept({ endsMs, mission }: TransferView, sinceMs: number): boolean {
  return mission === "runs" || sinceMs < Math.max(endsMs, mission?.sinceMs ?? 0);
}

function viewOf(
  context: ViewContext,
  { takenBack, declined, declinesBack, missions }: TransferFold,
  asked: Report<TransferAsked>,
  keptMs: number,
): TransferView {
  const { need, urgency, ageGroup, doctor, ventilated, pregnant, infectious, heavy, newborn, by } =
    asked.fact;
  const word = said(context, asked);
  const driven = missionOf(context, missions);
  const waitsMs = driven.brokenOff === null ? 0 : driven.brokenOff.knownMs + keptMs;
  const openedMs = [...missions].flatMap((id) => {
    const opened = context.fold.missions.get(id)?.opened ?? null;
    return opened === null ? [] : [said(context, opened).sinceMs];
  });
  const [newest] = declined
    .filter((report) => keysOf(report).every((key) => !declinesBack.has(key)))
    .map((report) => ({ ...said(context, report), reason: report.fact.reason }))
    .filter(({ sinceMs }) => openedMs.every((ms) => ms < sinceMs))
    .sort((a, b) => b.sinceMs - a.sinceMs || compareTexts(refKey(a.ref), refKey(b.ref)));
  return {
    ...word,
    ref: firstPlaceOf(asked),
    ...{ need, urgency, ageGroup, doctor, ventilated, pregnant, infectious },
    heavy: heavy === true,
    newborn: newborn === true,
    agrees: isByPhysician(by, null),
    endsMs: Math.max(word.sinceMs + context.runOut.openRunsOutMs, waitsMs),
    takenBack: takenBack === null ? null : said(context, takenBack),
    declined: newest ?? null,
    ...driven,
  };
}

/** One that was opened by mistake serves nobody, nor does one that its crew ended on the way: the request waits again. */
function missionOf(
  context: ViewContext,
  missions: ReadonlySet<string>,
): Pick<TransferView, "mission" | "brokenOff"> {
  const { fold } = context;
  if ([...missions].some((id) => fold.running.has(id))) return { mission: "runs", brokenOff: null };
  const ends = [...missions].map((id) => endOf(context, id)).sort((a, b) => b.sinceMs - a.sinceMs);
  const last = ends.find((end) => !isByMistake(end) && !isBrokenOff(end));
  if (last !== undefined) return { mission: last, brokenOff: null };
  return { mission: null, brokenOff: ends.find(isBrokenOff) ?? null };
}

function isByMistake({ reason }: MissionEnd): boolean {
  return reason === "cancelled" || reason === "duplicate";
}

function isBrokenOff(end: MissionEnd): end is MissionEnd & BrokenOff {
  return end.ref !== null && end.reason === null && !end.hasArrived;
}

/** Of one that left the fold: long ago. */
function endOf(context: ViewContext, id: string): MissionEnd {
  const mission = context.fold.missions.get(id);
  const report = mission === undefined ? null : (mission.closed ?? crewStep(mission));
  if (mission === undefined || report === null)
    return { ref: null, sinceMs: 0, knownMs: 0, reason: null, hasArrived: true };
  const { ref, sinceMs } = said(context, report);
  // A store that is new knows all of old from now on: that is no news.
  const knownMs = Math.min(report.storedMs, context.nowMs, sinceMs + context.runOut.openRunsOutMs);
  const { fact } = report;
  const reason = fact.kind === "mission.closed/1" ? fact.reason : null;
  return { ref, sinceMs, knownMs, reason, hasArrived: hasArrived(mission) };
}
