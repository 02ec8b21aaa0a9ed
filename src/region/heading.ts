import { type FactRef, type Name, refKey } from "../basics/name.ts";
import {
  type DestinationFact,
  isCrew,
  isInForce,
  type MissionFold,
  type UnderstoodFact,
} from "./mission-fold.ts";
import { compareReports, names, type Report, refOf } from "./report.ts";

/** A destination in force by the crew's word: its own, or what it said and a centre entered. */
export type Heading = {
  readonly report: Report<DestinationFact | UnderstoodFact>;
  readonly hospital: Name;
  /** When it was said, by the writer's clock; of one that holds again, when it was said first. */
  readonly atMs: number;
};

const doctorRole = "emergency-doctor";

/**
 * First the one that holds: of the crew's own words the doctor's, then one that answers a proposal. A spoken
 * "understood" stands in for the words that it was entered over, until the crew says something in knowledge of it.
 */
export function headingsOf(mission: MissionFold): readonly Heading[] {
  const spoken = spokenHeads(mission).filter(isInForce(mission));
  const own = mission.destinations.heads
    .filter((head) => isCrew(mission, head) && !spoken.some(({ fact }) => names(fact.over, head)))
    .sort((a, b) => weightOf(mission, b) - weightOf(mission, a) || compareReports(a, b));
  return [...own, ...spoken.toSorted(compareReports)].flatMap(headingOf);
}

/** What was entered as the crew's word and taken back, until the crew says something in knowledge of it. */
export function spokenTakenBack(mission: MissionFold): readonly Report<UnderstoodFact>[] {
  const counts = isInForce(mission);
  return spokenHeads(mission).filter((entered) => !counts(entered));
}

function spokenHeads(mission: MissionFold): readonly Report<UnderstoodFact>[] {
  return mission.understood.heads.filter((entered) => !isKnownToCrew(mission, refOf(entered)));
}

/** Reports of the crew, and those entered for it, that a new destination is made against. */
export function headingReports(mission: MissionFold): readonly Report[] {
  return [...mission.destinations.heads.filter((head) => isCrew(mission, head)), ...mission.understood.heads];
}

function headingOf(report: Report<DestinationFact | UnderstoodFact>): readonly Heading[] {
  const { fact } = report;
  if (fact.kind !== "mission.destination-taken-back/1") {
    return [{ report, hospital: fact.hospital, atMs: fact.at }];
  }
  const { earlier, earlierAtMs = fact.at } = fact;
  return earlier === undefined ? [] : [{ report, hospital: earlier, atMs: Math.min(earlierAtMs, fact.at) }];
}

function isKnownToCrew(mission: MissionFold, ref: FactRef): boolean {
  const vehicle = mission.opened?.fact.vehicle;
  return vehicle !== undefined && mission.knownTo.get(refKey(ref))?.has(vehicle) === true;
}

function weightOf(mission: MissionFold, report: Report<DestinationFact>): number {
  const byDoctor = report.fact.by.split("#")[0] === doctorRole;
  return (byDoctor ? 2 : 0) + (answersProposal(mission, report) ? 1 : 0);
}

function answersProposal(mission: MissionFold, report: Report<DestinationFact>): boolean {
  return mission.proposals.heads.some((proposal) => names(report.fact.over, proposal));
}
