import { type FactRef, type Name, refKey, siteOf } from "../basics/name.ts";
import type { Entry } from "../log/entry.ts";
import { readersOf } from "./case-fold.ts";
import { type Fact, factOf } from "./facts.ts";
import type { Fold } from "./fold.ts";
import type { MissionFact } from "./mission-fold.ts";
import { names, type Report } from "./report.ts";

/**
 * The sites that a fact speaks to, and whose receipt its writer therefore waits for; the control centres confirm
 * every log and are not listed for that alone. Empty for what this version cannot use.
 */
export function addresseesOf(fold: Fold, entry: Entry): readonly Name[] {
  const fact = factOf(fold.kinds, entry);
  return fact === undefined ? [] : sitesSpokenTo(fold, fact);
}

function sitesSpokenTo(fold: Fold, fact: Fact): readonly Name[] {
  switch (fact.kind) {
    case "voice.report/1":
    case "voice.report-taken-back/1":
    case "voice.called/1":
    case "voice.call-taken-back/1":
    case "mission.destination/1":
      return [fact.hospital];
    case "mission.destination-taken-back/1":
      return fact.earlier === undefined ? [fact.hospital] : [fact.hospital, fact.earlier];
    case "mission.opened/1":
      return fact.from === undefined ? [fact.vehicle] : [fact.vehicle, fact.from];
    case "mission.steered/1":
    case "mission.kept/1":
    case "mission.asked/1":
    case "mission.agreement-asked/1":
    case "mission.called/1":
    case "mission.understood/1":
    case "mission.steer-taken-back/1":
      return [fact.hospital, ...vehicleOf(fold, fact.mission)];
    case "mission.answer-spoken/1":
      return [...askedHospital(fold, fact.mission, fact.asked), ...vehicleOf(fold, fact.mission)];
    case "mission.handover-asked/1":
      return [fact.to];
    case "mission.word-taken-back/1":
      return toldBefore(fold, fact.mission, fact.takesBack);
    case "mission.answered/1":
    case "mission.answer-taken-back/1":
    case "mission.closed/1":
    case "mission.flown/1":
      return vehicleOf(fold, fact.mission);
    case "mission.taken-over/1":
      return [fact.from, ...vehicleOf(fold, fact.mission)];
    case "transfer.declined/1":
    case "transfer.decline-taken-back/1":
      return [siteOf(fact.asked[0])];
    case "case.shared/1":
      return [fact.to];
    case "case.key-carried/1":
      return [siteOf(fact.to)];
    case "case.note/1":
    case "case.erased/1":
      return [...readersOf(fold, fact.case)];
    default:
      return [];
  }
}

/** Whom a request, a spoken word, a call or the question of a hand-over spoke to. */
function toldBefore(fold: Fold, mission: FactRef, takesBack: FactRef): readonly Name[] {
  const known = fold.missions.get(refKey(mission));
  if (known === undefined) return [];
  const requests = [...known.requests.values()].flatMap(
    ({ asked, spoken }): readonly Report<MissionFact>[] =>
      asked === null ? spoken.heads : [asked, ...spoken.heads],
  );
  return [...known.calls, ...known.handovers, ...known.understood.heads, ...requests]
    .filter((report) => names([takesBack], report))
    .flatMap(({ fact }) => sitesSpokenTo(fold, fact));
}

function askedHospital(fold: Fold, mission: FactRef, asked: FactRef): readonly Name[] {
  const hospital = fold.missions.get(refKey(mission))?.requests.get(refKey(asked))?.asked?.fact.hospital;
  return hospital === undefined ? [] : [hospital];
}

function vehicleOf(fold: Fold, mission: FactRef): readonly Name[] {
  const vehicle = fold.missions.get(refKey(mission))?.opened?.fact.vehicle;
  return vehicle === undefined ? [] : [vehicle];
}
