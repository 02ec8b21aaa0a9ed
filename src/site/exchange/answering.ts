import type { JsonObject } from "../../basics/canonical-json.ts";
import { type Name, refKey } from "../../basics/name.ts";
import { isFactRef } from "../../region/fields.ts";
import { requestOf } from "../../region/fold.ts";
import { headingsOf } from "../../region/heading.ts";
import {
  isRunning,
  type MissionFold,
  type ProposalFact,
  type RequestFold,
  requestTakenBack,
} from "../../region/mission-fold.ts";
import { authorOf, names, type Report, reportOf } from "../../region/report.ts";
import { logOf } from "../replica.ts";
import type { Hosted, House } from "../state.ts";

const answerKind = "mission.answered/1";

/** Why a hospital's answer is not needed any more; a person is told before it is written. */
export const answerRefusals = [
  "already-answered",
  "mission-over",
  "request-taken-back",
  "driven-elsewhere",
] as const;
export type AnswerRefusal = (typeof answerRefusals)[number];

export type PostedAnswer = {
  readonly kind: string;
  readonly body: JsonObject;
  readonly request: string | undefined;
};

/**
 * Asked before somebody's answer to a request is written at this site's device. Null: it may be. The very same post
 * again is answered with its fact, whatever happened since. Whose request is not here yet, is written; so is *cannot*
 * while the mission runs, once: the more cautious word leads, and nobody is steered back to who cannot.
 */
export function answerRefusal(house: House, hosted: Hosted, post: PostedAnswer): AnswerRefusal | null {
  const { mission: named, asked, answer } = post.body;
  if (post.kind !== answerKind || !isFactRef(named) || !isFactRef(asked)) return null;
  const { fold } = house;
  const log = logOf(house, hosted.origin).id;
  if (post.request !== undefined && requestOf(fold, log, post.request) !== undefined) return null;
  const mission = fold.missions.get(refKey(named));
  const request = mission?.requests.get(refKey(asked));
  if (mission === undefined || request === undefined || mission.opened === null) return null;
  if (!isRunning(mission)) return "mission-over";
  if (isSaidAlready(request, hosted.site, post.body)) return "already-answered";
  if (answer === "cannot") return null;
  if (requestTakenBack(mission, request) !== null) return "request-taken-back";
  return isElsewhere(mission, request, hosted.site) ? "driven-elsewhere" : null;
}

/** An answer that this one does not know of says the same, or this one is *ready* beside any. */
function isSaidAlready({ answers }: RequestFold, site: Name, body: JsonObject): boolean {
  const { answer, reason = null, over } = body;
  const known = Array.isArray(over) ? over.filter(isFactRef) : [];
  return answers.heads.some((report) => {
    const { fact } = report;
    if (fact.kind !== answerKind || authorOf(report) !== site || names(known, report)) return false;
    return answer === "ready" || (fact.answer === answer && (fact.reason ?? null) === reason);
  });
}

/** A centre steered it elsewhere in knowledge of the request, and the crew drives there; no centre steers it here. */
function isElsewhere(mission: MissionFold, { asked }: RequestFold, site: Name): boolean {
  const [heading] = headingsOf(mission);
  if (heading === undefined || asked?.fact.kind !== "mission.asked/1" || heading.hospital === site)
    return false;
  const steerings = mission.proposals.heads.flatMap((report) =>
    report.fact.kind === "mission.steered/1" ? [reportOf(report, report.fact)] : [],
  );
  return (
    !steerings.some(({ fact }) => fact.hospital === site) &&
    steerings.some((steered) => steered.fact.hospital === heading.hospital && follows(steered, asked))
  );
}

/** It stands later in the same log, or names that log's word there or later. */
function follows({ log, index, fact }: Report<ProposalFact>, asked: Report): boolean {
  if (log === asked.log && index > asked.index) return true;
  return fact.over.some(([known, at]) => known === asked.log && at >= asked.index);
}
