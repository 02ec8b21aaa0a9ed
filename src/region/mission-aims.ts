import type { Name } from "../basics/name.ts";
import { answersInForce } from "./answers.ts";
import { headingsOf } from "./heading.ts";
import {
  askedToTake,
  crewStep,
  type MissionFold,
  type RequestFold,
  requestTakenBack,
} from "./mission-fold.ts";
import { crewOn } from "./mission-view.ts";
import { reportOf } from "./report.ts";
import { sinceMs, type ViewContext } from "./view-context.ts";

/**
 * The hospitals that have to reckon with a mission: where its crew drives, where a centre steers it, and whom a centre
 * asks and has no answer from while the crew drives to nobody else. None once it has arrived.
 */
export function aimsOf(mission: MissionFold): readonly Name[] {
  const step = crewStep(mission)?.fact.step;
  if (step === "arrived" || step === "ended") return [];
  const headings = headingsOf(mission);
  const [destination] = headings;
  const steered = mission.proposals.heads.flatMap((report) => {
    const { fact } = report;
    const isSteered = fact.kind === "mission.steered/1";
    return isSteered && crewOn(reportOf(report, fact), headings) === "open" ? [fact.hospital] : [];
  });
  const asked = [...mission.requests.values()]
    .flatMap((request) => openTo(mission, request))
    // Whose crew drives elsewhere by now, nobody waits for there, whether or not it was ever answered.
    .filter((hospital) => destination === undefined || destination.hospital === hospital);
  return [...new Set([...(destination === undefined ? [] : [destination.hospital]), ...steered, ...asked])];
}

/** Whom this request asks, as long as nobody there has answered and the centre has not taken it back. */
function openTo(mission: MissionFold, request: RequestFold): readonly Name[] {
  const hospital = askedToTake(request);
  if (hospital === null || requestTakenBack(mission, request) !== null) return [];
  return answersInForce(mission, request).length > 0 ? [] : [hospital];
}

/**
 * Who declines this patient, and since when: by the answer that leads its last request there, by its place in each
 * centre's log; an acceptance of a request that was taken back lifts nothing. Who has no bed
 * for another hospital's patient has not turned an emergency away: of a transfer nobody declines.
 */
export function refusalsOf(
  context: ViewContext,
  mission: MissionFold,
): readonly { readonly hospital: Name; readonly sinceMs: number }[] {
  if (mission.opened?.fact.from !== undefined) return [];
  const answered = [...mission.requests.values()].flatMap((request) => {
    const { asked } = request;
    const [lead] = answersInForce(mission, request);
    if (asked?.fact.kind !== "mission.asked/1" || lead === undefined) return [];
    const isRefusal = lead.fact.answer === "cannot";
    return isRefusal || requestTakenBack(mission, request) === null ? [{ asked, lead, isRefusal }] : [];
  });
  const inOrder = answered.sort(({ asked: a }, { asked: b }) => a.index - b.index);
  const last = new Map(inOrder.map((one) => [`${one.asked.fact.hospital} ${one.asked.log}`, one]));
  return [...last.values()]
    .filter(({ isRefusal }) => isRefusal)
    .map(({ asked, lead }) => ({ hospital: asked.fact.hospital, sinceMs: sinceMs(context, lead) }));
}
