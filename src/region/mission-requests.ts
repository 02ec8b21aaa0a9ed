import type { FactRef, Name } from "../basics/name.ts";
import {
  acceptances,
  answersInForce,
  type GivenAnswer,
  isContested,
  ownAnswers,
  spokenAnswers,
} from "./answers.ts";
import type { Answer, Channel, StatusReason } from "./choices.ts";
import { compareTexts } from "./log-order.ts";
import {
  type AskedFact,
  isInForce,
  type MissionFold,
  type RequestFold,
  requestTakenBack,
} from "./mission-fold.ts";
import { compareReports, type Report, refsOf } from "./report.ts";
import { type Said, said } from "./said.ts";
import type { ViewContext } from "./view-context.ts";
import type { Spoken } from "./voice-weight.ts";

export type AnswerView = Said & {
  readonly answer: Answer;
  readonly reason: StatusReason | null;
  /** When this device stored it, our clock. */
  readonly storedMs: number;
  /** Who said it by voice, entered by a centre (`site`); null: the hospital's own word. */
  readonly spoken: Spoken | null;
};

export type RequestView = Said & {
  readonly hospital: Name;
  /** How long the hospital has once it holds the request. */
  readonly answerWithinMs: number;
  /** When this device stored the request, our clock. */
  readonly storedMs: number;
  /** The hospital's answer, its own or by voice; of several in force the leading one (answers.ts). */
  readonly answer: AnswerView | null;
  /** Others in force say otherwise. */
  readonly answersDiffer: boolean;
  /**
   * It had accepted, last then, and no more: the answer is *cannot*, and none stands beside it but what was known to whoever
   * entered it, or there is none since that was taken back. Also an earlier request's, where it was asked anew since and has
   * not accepted again.
   */
  readonly hadAccepted: Said | null;
  /** Second channels that were taken because nobody answered. */
  readonly escalated: readonly (Said & { readonly channel: Channel })[];
  /** The hospital took its answer back and has given no other. */
  readonly answerTakenBack: Said | null;
  /** The centre took it back, or the steering that it was asked for. */
  readonly takenBack: Said | null;
  /** What a new answer is made against. */
  readonly answerOver: readonly FactRef[];
};

/** Of a transfer: the sending hospital (`hospital`) is asked whether the patient is to go there. */
export type AgreementView = RequestView & { readonly to: Name };

/** All that was asked about a mission, each in the order in which it was asked. */
export type RequestsView = {
  readonly requests: readonly RequestView[];
  /** The same of a transfer's sending hospital. */
  readonly agreements: readonly AgreementView[];
};

export function requestsOf(context: ViewContext, mission: MissionFold): RequestsView {
  const all: { view: RequestView; asked: Report<AskedFact> }[] = [];
  for (const request of mission.requests.values()) {
    const { asked } = request;
    if (asked !== null) all.push({ view: requestView(context, mission, request, asked), asked });
  }
  all.sort((a, b) => a.view.sinceMs - b.view.sinceMs || compareReports(a.asked, b.asked));
  const requests: RequestView[] = [];
  const agreements: AgreementView[] = [];
  for (const { view, asked } of all) {
    if (asked.fact.kind === "mission.asked/1") requests.push(view);
    else agreements.push({ ...view, to: asked.fact.to });
  }
  return {
    requests: withEarlier(requests, ({ hospital }) => hospital),
    agreements: withEarlier(agreements, ({ to }) => to),
  };
}

/** An acceptance by an earlier request: one that holds, or one that holds no more. */
type Earlier = { readonly ready: Said | null; readonly hadAccepted: Said | null };

/**
 * Who is asked anew has still accepted once, and whoever drove there relies on it: said is that no more holds what had
 * ended before, and what held until *cannot* was the answer to the new request.
 */
function withEarlier<View extends RequestView>(
  views: readonly View[],
  aboutOf: (view: View) => Name,
): readonly View[] {
  const earlier = new Map<Name, Earlier>();
  return views.map((view) => {
    if (view.takenBack !== null) return view;
    const about = aboutOf(view);
    const before = earlier.get(about) ?? { ready: null, hadAccepted: null };
    const hadAccepted = view.hadAccepted ?? acceptedBefore(view, before);
    earlier.set(about, { ready: readyBy(view, before), hadAccepted });
    return hadAccepted === view.hadAccepted ? view : { ...view, hadAccepted };
  });
}

function acceptedBefore(
  { answer, answersDiffer }: RequestView,
  { ready, hadAccepted }: Earlier,
): Said | null {
  if (answer?.answer === "ready" || answersDiffer) return null;
  return answer?.answer === "cannot" ? (ready ?? hadAccepted) : hadAccepted;
}

function readyBy({ answer }: RequestView, { ready }: Earlier): Said | null {
  if (answer === null) return ready;
  return answer.answer === "ready" ? answer : null;
}

function requestView(
  context: ViewContext,
  mission: MissionFold,
  request: RequestFold,
  asked: Report<AskedFact>,
): RequestView {
  const { hospital, answerWithinS } = asked.fact;
  const answers = ownAnswers(request);
  const inForce = answersInForce(mission, request);
  const [lead] = inForce;
  const [retaken] = answers
    .filter(({ fact: { kind } }) => kind === "mission.answer-taken-back/1")
    .sort(compareReports);
  const escalations = request.escalations.filter(isInForce(mission)).toSorted(compareReports);
  const takenBack = requestTakenBack(mission, request);
  // Without an answer also what a desk entered by mistake counts: for a while it stood there as accepted.
  const given = lead === undefined ? nothingTakenBack : mission;
  const mayAccept = lead?.fact.answer === "ready" || isContested(inForce);
  return {
    ...said(context, asked),
    hospital,
    answerWithinMs: answerWithinS * 1_000,
    storedMs: Math.min(asked.storedMs, context.nowMs),
    answer: lead === undefined ? null : answerView(context, lead),
    answersDiffer: inForce.some(({ fact }) => fact.answer !== lead?.fact.answer),
    hadAccepted: mayAccept ? null : acceptedLast(context, request, given),
    escalated: escalations.map((report) => ({ ...said(context, report), channel: report.fact.channel })),
    answerTakenBack: retaken === undefined ? null : said(context, retaken),
    takenBack: takenBack === null ? null : said(context, takenBack),
    answerOver: refsOf([...answers, ...spokenAnswers(mission, request)]),
  };
}

const nothingTakenBack: Pick<MissionFold, "wordsTakenBack"> = { wordsTakenBack: new Set() };

function acceptedLast(
  context: ViewContext,
  request: RequestFold,
  mission: Pick<MissionFold, "wordsTakenBack">,
): Said | null {
  const all = acceptances(mission, request).map((report) => said(context, report));
  return all.sort((a, b) => b.sinceMs - a.sinceMs || compareTexts(a.ref[0], b.ref[0]))[0] ?? null;
}

function answerView(context: ViewContext, report: Report<GivenAnswer>): AnswerView {
  const { fact } = report;
  const spoken =
    fact.kind === "mission.answered/1" ? null : { answeredBy: fact.answeredBy, readBack: fact.readBack };
  const { answer, reason = null } = fact;
  return { ...said(context, report), answer, reason, storedMs: report.storedMs, spoken };
}
