import type { FactNamed } from "./facts.ts";
import {
  type AnswerFact,
  askedToTake,
  type MissionFold,
  type RequestFold,
  type SpokenAnswerFact,
} from "./mission-fold.ts";
import { authorOf, compareReports, keysOf, names, type Report, reportOf } from "./report.ts";
import { mayOpen } from "./voice-weight.ts";

/** The hospital's own answer, or what it said by voice. */
export type GivenAnswer = FactNamed<"mission.answered/1"> | SpokenAnswerFact;

type InForce = Pick<MissionFold, "knownTo" | "wordsTakenBack" | "requests">;

/**
 * The answers in force to a request, the leading one first. A spoken one stands beside the hospital's own until that
 * hospital says something in knowledge of it; entered in knowledge of the other it leads, but for a *ready* over the
 * hospital's *cannot* that nobody who may open has read back; else the more cautious leads. Asking again does not go
 * round such a *cannot*: the one that leads another request to that hospital leads here too.
 */
export function answersInForce(mission: InForce, request: RequestFold): readonly Report<GivenAnswer>[] {
  const answers = answersTo(mission, request);
  const isMereVoice = answers[0]?.fact.answer === "ready" && answers.every(({ fact }) => opensNothing(fact));
  return isMereVoice ? [...cannotsElsewhere(mission, request), ...answers] : answers;
}

function answersTo(mission: InForce, request: RequestFold): readonly Report<GivenAnswer>[] {
  const all: readonly Report<GivenAnswer>[] = [
    ...ownAnswers(request).flatMap(given),
    ...spokenAnswers(mission, request),
  ];
  const isUnder = (answer: Report<GivenAnswer>) => isLed(answer, all);
  const [leading, led] = [all.filter((answer) => !isUnder(answer)), all.filter(isUnder)];
  return [...leading.sort(compareAnswers), ...led.sort(compareAnswers)];
}

/** Whether an answer in force says otherwise than the leading one and none leads over it: nobody can tell which holds. */
export function isContested(inForce: readonly Report<GivenAnswer>[]): boolean {
  const lead = inForce[0]?.fact.answer;
  return inForce.some((answer) => answer.fact.answer !== lead && !isLed(answer, inForce));
}

function isLed(answer: Report<GivenAnswer>, all: readonly Report<GivenAnswer>[]): boolean {
  return all.some((other) => leadsOver(other, answer));
}

function opensNothing(fact: GivenAnswer): boolean {
  return fact.kind === "mission.answer-spoken/1" && !mayOpen(fact);
}

/** The hospital's own *cannot* where it leads another request of this mission. */
function cannotsElsewhere(mission: InForce, request: RequestFold): readonly Report<GivenAnswer>[] {
  const hospital = askedToTake(request);
  if (hospital === null) return [];
  return [...mission.requests.values()]
    .filter((other) => other !== request && askedToTake(other) === hospital)
    .flatMap((other) => answersTo(mission, other).slice(0, 1))
    .filter(({ fact }) => fact.kind === "mission.answered/1" && fact.answer === "cannot")
    .sort(compareReports);
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
    const keys = keysOf(report);
    return !keys.some((key) => wordsTakenBack.has(key) || knownTo.get(key)?.has(hospital) === true);
  });
}

/** Each device's last *ready* for this hospital, its own or by voice, whatever was said since. */
export function acceptances(
  { wordsTakenBack }: Pick<MissionFold, "wordsTakenBack">,
  { asked, accepted }: RequestFold,
): readonly Report<GivenAnswer>[] {
  return accepted.filter(
    (report) =>
      (report.fact.kind === "mission.answer-spoken/1" || authorOf(report) === asked?.fact.hospital) &&
      !keysOf(report).some((key) => wordsTakenBack.has(key)),
  );
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
