import { refKey } from "../basics/name.ts";
import type { FactNamed } from "./facts.ts";
import type { AnswerFact, MissionFold, RequestFold, SpokenAnswerFact } from "./mission-fold.ts";
import { authorOf, compareReports, names, type Report, refOf, reportOf } from "./report.ts";
import { mayOpen } from "./voice-weight.ts";

/** The hospital's own answer, or what it said by voice. */
export type GivenAnswer = FactNamed<"mission.answered/1"> | SpokenAnswerFact;

type InForce = Pick<MissionFold, "knownTo" | "wordsTakenBack">;

/**
 * The answers in force to a request, the leading one first. A spoken one stands beside the hospital's own until that
 * hospital says something in knowledge of it; entered in knowledge of the other it leads, but for a *ready* over the
 * hospital's *cannot* that nobody who may open has read back; else the more cautious leads.
 */
export function answersInForce(mission: InForce, request: RequestFold): readonly Report<GivenAnswer>[] {
  const all: readonly Report<GivenAnswer>[] = [
    ...ownAnswers(request).flatMap(given),
    ...spokenAnswers(mission, request),
  ];
  const isLed = (answer: Report<GivenAnswer>) => all.some((other) => leadsOver(other, answer));
  const [leading, led] = [all.filter((answer) => !isLed(answer)), all.filter(isLed)];
  return [...leading.sort(compareAnswers), ...led.sort(compareAnswers)];
}

/** The hospital's own words in force, its taking back among them. */
export function ownAnswers({ asked, answers }: RequestFold): readonly Report<AnswerFact>[] {
  return answers.heads.filter((report) => authorOf(report) === asked?.fact.hospital);
}

/** What was said by voice, not taken back, and not known to the hospital when it last answered. */
export function spokenAnswers(
  { knownTo, wordsTakenBack }: InForce,
  { asked, spoken }: RequestFold,
): readonly Report<SpokenAnswerFact>[] {
  const hospital = asked?.fact.hospital;
  if (hospital === undefined) return [];
  return spoken.heads.filter((report) => {
    const key = refKey(refOf(report));
    return !wordsTakenBack.has(key) && knownTo.get(key)?.has(hospital) !== true;
  });
}

function given(report: Report<AnswerFact>): readonly Report<GivenAnswer>[] {
  const { fact } = report;
  return fact.kind === "mission.answered/1" ? [reportOf(report, fact)] : [];
}

function leadsOver({ fact: other }: Report<GivenAnswer>, answer: Report<GivenAnswer>): boolean {
  if (other.kind !== "mission.answer-spoken/1" || !names(other.over, answer)) return false;
  return other.answer === "cannot" || answer.fact.answer === "ready" || mayOpen(other);
}

function compareAnswers(a: Report<GivenAnswer>, b: Report<GivenAnswer>): number {
  return Number(b.fact.answer === "cannot") - Number(a.fact.answer === "cannot") || compareReports(a, b);
}
