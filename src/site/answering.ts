import type { JsonObject } from "../basics/canonical-json.ts";
import { type Name, refKey } from "../basics/name.ts";
import { isFactRef } from "../region/fields.ts";
import { requestOf } from "../region/fold.ts";
import { headingsOf } from "../region/heading.ts";
import { isRunning, type MissionFold, type RequestFold } from "../region/mission-fold.ts";
import { authorOf, names } from "../region/report.ts";
import { logOf } from "./replica.ts";
import type { Hosted, House } from "./state.ts";

const answerKind = "mission.answered/1";

/** Why a hospital's answer is not needed any more; a person is told before it is written. */
export type AnswerRefusal = "already-answered" | "mission-over" | "driven-elsewhere";

export type PostedAnswer = {
  readonly kind: string;
  readonly body: JsonObject;
  readonly request: string | undefined;
};

/**
 * Asked before somebody's answer to a request is written at this site's device. Null: it may be. The very same post
 * again is answered with its fact, whatever happened since. Whose request is not here yet, is written.
 */
export function answerRefusal(house: House, hosted: Hosted, post: PostedAnswer): AnswerRefusal | null {
  const { mission: named, asked, over } = post.body;
  if (post.kind !== answerKind || !isFactRef(named) || !isFactRef(asked)) return null;
  const { fold } = house;
  const log = logOf(house, hosted.origin).id;
  if (post.request !== undefined && requestOf(fold, log, post.request) !== undefined) return null;
  const mission = fold.missions.get(refKey(named));
  const request = mission?.requests.get(refKey(asked));
  if (mission === undefined || request === undefined || mission.opened === null) return null;
  if (!isRunning(mission)) return "mission-over";
  const known = Array.isArray(over) ? over.filter(isFactRef) : [];
  const answered = request.answers.heads.some(
    (report) => report.fact.kind === answerKind && authorOf(report) === hosted.site && !names(known, report),
  );
  if (answered) return "already-answered";
  return isElsewhere(mission, request, hosted.site) ? "driven-elsewhere" : null;
}

/** Taken back, or the crew named another destination since it was asked, and no centre steers it here. */
function isElsewhere(mission: MissionFold, { asked, takenBack }: RequestFold, site: Name): boolean {
  if (takenBack !== null) return true;
  const [heading] = headingsOf(mission);
  if (heading === undefined || asked === null || heading.hospital === site) return false;
  const steered = mission.proposals.heads.some(
    ({ fact }) => fact.kind === "mission.steered/1" && fact.hospital === site,
  );
  return !steered && heading.report.storedMs > asked.storedMs;
}
