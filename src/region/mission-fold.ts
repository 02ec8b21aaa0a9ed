import { type FactRef, type Name, refKey } from "../basics/name.ts";
import { steps } from "./choices.ts";
import type { Fact, FactNamed } from "./facts.ts";
import { addReport, newRegister, ownSiteOnly, type Register, type RegisterRule } from "./register.ts";
import {
  authorOf,
  compareReports,
  keysOf,
  type Newest,
  noneYet,
  type Report,
  refOf,
  reportOf,
  withNewest,
  withOneMore,
} from "./report.ts";

export type MissionFact = Extract<Fact, { readonly kind: `mission.${string}` }>;

/** What a control centre does with a mission, as far as it tells whose the mission is. */
export type ControlFact = FactNamed<
  | "mission.opened/1"
  | "mission.taken-over/1"
  | "mission.steered/1"
  | "mission.kept/1"
  | "mission.asked/1"
  | "mission.agreement-asked/1"
  | "mission.closed/1"
  | "mission.steer-taken-back/1"
>;
export type ProposalFact = FactNamed<"mission.steered/1" | "mission.kept/1">;
type SteerTakenBack = FactNamed<"mission.steer-taken-back/1">;
type WordTakenBack = FactNamed<"mission.word-taken-back/1">;
/** Where the crew drives by its own word, typed by itself or spoken and entered by a centre. */
export type DestinationFact = FactNamed<"mission.destination/1" | "mission.destination-taken-back/1">;
export type FlightFact = FactNamed<"mission.flown/1">;
export type UnderstoodFact = FactNamed<"mission.understood/1">;
type NamingFact = FactNamed<"mission.destination/1" | "mission.understood/1">;
export type AnswerFact = FactNamed<"mission.answered/1" | "mission.answer-taken-back/1">;
export type SpokenAnswerFact = FactNamed<"mission.answer-spoken/1">;
/** Asks a hospital to take the patient or, of a transfer, the sending one whether the patient is to go somewhere. */
export type AskedFact = FactNamed<"mission.asked/1" | "mission.agreement-asked/1">;

/** A request for acceptance, or for agreement, with all that came of it. Answers may arrive before their request. */
export type RequestFold = {
  asked: Report<AskedFact> | null;
  readonly answers: Register<AnswerFact>;
  /** Answers by voice, entered by a centre: they replace each other, the hospital's own never. */
  readonly spoken: Register<SpokenAnswerFact>;
  /** Every *ready* that was given, also one that was withdrawn since. */
  accepted: Newest<FactNamed<"mission.answered/1"> | SpokenAnswerFact>;
  escalations: Newest<FactNamed<"mission.escalated/1">>;
  /** It fell together with the steering it was made for, or by itself. */
  takenBack: Report<SteerTakenBack | WordTakenBack> | null;
};

/** All that was said about one mission. Facts may arrive before its opening; nothing shows until then. */
export type MissionFold = {
  /** {@link refKey} of its `mission.opened`. */
  readonly id: string;
  readonly ref: FactRef;
  opened: Report<FactNamed<"mission.opened/1">> | null;
  /** Its heads' authors are the centres that lead it: one, or several after a partition. */
  readonly control: Register<ControlFact>;
  readonly proposals: Register<ProposalFact | SteerTakenBack>;
  /** All that centres ever chose, also what was replaced or taken back. */
  choices: Report<ProposalFact>[];
  readonly destinations: Register<DestinationFact>;
  readonly understood: Register<UnderstoodFact>;
  /** Whether it flies, where that was said after its opening. */
  readonly flights: Register<FlightFact>;
  /** By {@link refKey} of a report: the sites whose own destination or answer was given in knowledge of it. */
  readonly knownTo: Map<string, Set<Name>>;
  /** By hospital: who named it as a destination last, also when another one holds by now. */
  readonly named: Map<Name, Newest<NamingFact>>;
  steps: Newest<FactNamed<"mission.step/1">>;
  positions: Newest<FactNamed<"mission.position/1">>;
  readonly requests: Map<string, RequestFold>;
  calls: Report<FactNamed<"mission.called/1">>[];
  /** What was asked of other centres last, also when it is over. */
  handovers: Newest<FactNamed<"mission.handover-asked/1">>;
  /** What centres declined to take over: only the centre that was asked can. */
  declinedHandovers: Report<FactNamed<"mission.handover-declined/1">>[];
  /** {@link refKey}s of all that a taking over was made in knowledge of: such a question is over for good. */
  knownAtTakeOver: Set<string>;
  /** {@link refKey}s of what a centre chose, entered or asked and took back, also before it arrived. */
  wordsTakenBack: Set<string>;
  closed: Report<FactNamed<"mission.closed/1">> | null;
  /** When this device first stored that a control centre closed it, UTC ms; null: none did. */
  closedStoredMs: number | null;
  /** Each tablet's newest step but *ended*, which would stand in its place. */
  stepsBeforeEnd: Newest<FactNamed<"mission.step/1">>;
  /** By ambulance: when this device first stored its *ended*, UTC ms. */
  readonly endedStoredMs: Map<Name, number>;
};

/** Shared by the many missions that never have any: never added to. */
const noKeys = new Set<string>();

export function newMission(ref: FactRef): MissionFold {
  return {
    id: refKey(ref),
    ref,
    opened: null,
    control: newRegister(),
    proposals: newRegister(),
    choices: noneYet,
    destinations: newRegister(),
    understood: newRegister(),
    flights: newRegister(),
    knownTo: new Map(),
    named: new Map(),
    steps: noneYet,
    positions: noneYet,
    requests: new Map(),
    calls: noneYet,
    handovers: noneYet,
    declinedHandovers: noneYet,
    knownAtTakeOver: noKeys,
    wordsTakenBack: noKeys,
    closed: null,
    closedStoredMs: null,
    stepsBeforeEnd: noneYet,
    endedStoredMs: new Map(),
  };
}

/** The mission that a fact speaks of: its own position for the one that opens it. */
export function missionRefOf(report: Report<MissionFact>): FactRef {
  return report.fact.kind === "mission.opened/1" ? refOf(report) : report.fact.mission;
}

type IsFolded = RegisterRule["isFolded"];

const noRefs: readonly FactRef[] = [];

/** Takes one fact of this mission, by whatever site: whether it is this mission's crew or hospital, the view asks. */
export function foldMission(mission: MissionFold, report: Report<MissionFact>, isFolded: IsFolded): void {
  const { fact } = report;
  switch (fact.kind) {
    case "mission.position/1":
      mission.positions = withNewest(mission.positions, reportOf(report, fact));
      return;
    case "mission.step/1":
      if (fact.step === "ended") noteEnded(mission, report);
      else mission.stepsBeforeEnd = withNewest(mission.stepsBeforeEnd, reportOf(report, fact));
      mission.steps = withNewest(mission.steps, reportOf(report, fact));
      return;
    case "mission.destination/1":
      keepNamed(mission, reportOf(report, fact));
      return foldDestination(mission, reportOf(report, fact), fact.over, isFolded);
    case "mission.destination-taken-back/1":
      return foldDestination(mission, reportOf(report, fact), [fact.takesBack, ...fact.over], isFolded);
    case "mission.understood/1":
      keepNamed(mission, reportOf(report, fact));
      return addReport(mission.understood, reportOf(report, fact), fact.over, anyCentreRule(isFolded));
    case "mission.flown/1":
      return addReport(mission.flights, reportOf(report, fact), fact.over, anyCentreRule(isFolded));
    case "mission.answered/1":
      return foldAnswer(mission, reportOf(report, fact), fact.over, isFolded);
    case "mission.answer-taken-back/1":
      return foldAnswer(mission, reportOf(report, fact), [fact.takesBack, ...fact.over], isFolded);
    case "mission.answer-spoken/1": {
      const request = requestIn(mission, fact.asked);
      if (fact.answer === "ready") request.accepted = withNewest(request.accepted, reportOf(report, fact));
      return addReport(request.spoken, reportOf(report, fact), fact.over, anyCentreRule(isFolded));
    }
    case "mission.escalated/1": {
      const request = requestIn(mission, fact.asked);
      request.escalations = withNewest(request.escalations, reportOf(report, fact));
      return;
    }
    case "mission.called/1":
      mission.calls = withOneMore(mission.calls, reportOf(report, fact));
      return;
    case "mission.handover-asked/1":
      mission.handovers = withNewest(mission.handovers, reportOf(report, fact));
      return;
    case "mission.handover-declined/1":
      mission.declinedHandovers = withOneMore(mission.declinedHandovers, reportOf(report, fact));
      return;
    case "mission.word-taken-back/1":
      mission.wordsTakenBack = withKeys(mission.wordsTakenBack, [refKey(fact.takesBack)]);
      return foldRequestTakenBack(mission, fact.takesBack, reportOf(report, fact));
    default:
      foldControl(mission, reportOf(report, fact), isFolded);
  }
}

function foldDestination(
  mission: MissionFold,
  report: Report<DestinationFact>,
  over: readonly FactRef[],
  isFolded: IsFolded,
): void {
  for (const ref of over) knowersOf(mission, ref).add(authorOf(report));
  addReport(mission.destinations, report, over, ownRule(isFolded));
}

function knowersOf(mission: MissionFold, ref: FactRef): Set<Name> {
  const known = mission.knownTo.get(refKey(ref)) ?? new Set();
  mission.knownTo.set(refKey(ref), known);
  return known;
}

function keepNamed(mission: MissionFold, report: Report<NamingFact>): void {
  const { hospital } = report.fact;
  mission.named.set(hospital, withNewest(mission.named.get(hospital) ?? noneYet, report));
}

function foldAnswer(
  mission: MissionFold,
  report: Report<AnswerFact>,
  over: readonly FactRef[],
  isFolded: IsFolded,
): void {
  for (const ref of over) knowersOf(mission, ref).add(authorOf(report));
  const request = requestIn(mission, report.fact.asked);
  const { fact } = report;
  if (fact.kind === "mission.answered/1" && fact.answer === "ready")
    request.accepted = withNewest(request.accepted, reportOf(report, fact));
  addReport(request.answers, report, over, ownRule(isFolded));
}

function foldControl(mission: MissionFold, report: Report<ControlFact>, isFolded: IsFolded): void {
  const { fact } = report;
  const over = overOf(fact);
  addReport(mission.control, report, over, { mayReplace: mayTakeControl, isFolded });
  if (fact.kind === "mission.opened/1") mission.opened = reportOf(report, fact);
  else if (fact.kind === "mission.asked/1" || fact.kind === "mission.agreement-asked/1")
    requestIn(mission, refOf(report)).asked = reportOf(report, fact);
  else if (fact.kind === "mission.closed/1") {
    mission.closed = earlierOf(mission.closed, reportOf(report, fact));
    mission.closedStoredMs = Math.min(mission.closedStoredMs ?? report.storedMs, report.storedMs);
  } else if (fact.kind === "mission.taken-over/1") {
    mission.knownAtTakeOver = withKeys(mission.knownAtTakeOver, fact.over.map(refKey));
  } else {
    if (fact.kind === "mission.steer-taken-back/1") foldSteerTakenBack(mission, reportOf(report, fact));
    if (fact.kind === "mission.steered/1" || fact.kind === "mission.kept/1") {
      mission.choices = withOneMore(mission.choices, reportOf(report, fact));
    }
    addReport(mission.proposals, reportOf(report, fact), over, anyCentreRule(isFolded));
  }
}

function noteEnded({ endedStoredMs }: MissionFold, report: Report): void {
  const site = authorOf(report);
  endedStoredMs.set(site, Math.min(endedStoredMs.get(site) ?? report.storedMs, report.storedMs));
}

/** What is known once these keys are too: the same set, unless it was the empty one. */
function withKeys(known: Set<string>, keys: readonly string[]): Set<string> {
  if (known.size === 0) return keys.length === 0 ? noKeys : new Set(keys);
  for (const key of keys) known.add(key);
  return known;
}

/** A mission's words that are seldom said, as a snapshot of the fold has them. */
export function seldomSaid(
  knownAtTakeOver: readonly string[],
  wordsTakenBack: readonly string[],
): Pick<MissionFold, "knownAtTakeOver" | "wordsTakenBack"> {
  return {
    knownAtTakeOver: withKeys(noKeys, knownAtTakeOver),
    wordsTakenBack: withKeys(noKeys, wordsTakenBack),
  };
}

function overOf(fact: ControlFact): readonly FactRef[] {
  if (fact.kind === "mission.opened/1") return noRefs;
  return fact.kind === "mission.steer-taken-back/1" ? [fact.takesBack, ...fact.over] : fact.over;
}

function foldSteerTakenBack(mission: MissionFold, report: Report<SteerTakenBack>): void {
  const { asked, takesBack } = report.fact;
  mission.wordsTakenBack = withKeys(mission.wordsTakenBack, [refKey(takesBack)]);
  if (asked !== undefined) foldRequestTakenBack(mission, asked, report);
}

/** @param asked of a word that is none, nothing is ever asked: its request stays empty */
function foldRequestTakenBack(
  mission: MissionFold,
  asked: FactRef,
  report: Report<SteerTakenBack | WordTakenBack>,
): void {
  const request = requestIn(mission, asked);
  request.takenBack = earlierOf(request.takenBack, report);
}

// Whoever acts on a mission has it until another centre says that it takes over: acting alone takes it from nobody.
function mayTakeControl(report: Report, site: Name): boolean {
  return report.fact.kind === "mission.taken-over/1" || authorOf(report) === site;
}

function anyCentreRule(isFolded: IsFolded): RegisterRule {
  return { mayReplace: () => true, isFolded };
}

function ownRule(isFolded: IsFolded): RegisterRule {
  return { mayReplace: ownSiteOnly, isFolded };
}

// Two closings mean the same; which one is shown must only not hang on the order of arrival.
function earlierOf<F extends Fact>(known: Report<F> | null, report: Report<F>): Report<F> {
  return known === null || compareReports(report, known) < 0 ? report : known;
}

function requestIn(mission: MissionFold, asked: FactRef): RequestFold {
  const key = refKey(asked);
  const known = mission.requests.get(key);
  if (known !== undefined) return known;
  const request: RequestFold = {
    asked: null,
    answers: newRegister(),
    spoken: newRegister(),
    accepted: noneYet,
    escalations: noneYet,
    takenBack: null,
  };
  mission.requests.set(key, request);
  return request;
}

const stepOrder = Object.keys(steps);

/** The crew's furthest step: each tablet's newest word, and of several tablets the one that is furthest. */
export function crewStep(mission: MissionFold): Report<FactNamed<"mission.step/1">> | null {
  let furthest: Report<FactNamed<"mission.step/1">> | null = null;
  for (const report of mission.steps) {
    if (!isCrew(mission, report)) continue;
    if (furthest === null || isFurther(report, furthest)) furthest = report;
  }
  return furthest;
}

function isFurther(a: Report<FactNamed<"mission.step/1">>, b: Report<FactNamed<"mission.step/1">>): boolean {
  const difference = stepOrder.indexOf(a.fact.step) - stepOrder.indexOf(b.fact.step);
  return difference === 0 ? compareReports(a, b) > 0 : difference > 0;
}

/** Whether the report is by the ambulance that this mission was given to. */
export function isCrew(mission: MissionFold, report: Report): boolean {
  return mission.opened !== null && mission.opened.fact.vehicle === authorOf(report);
}

/** Its crew said last, but for *ended*, that it is where it drove to: a tablet that went on from there or was corrected counts no more. */
export function hasArrived(mission: MissionFold): boolean {
  return mission.stepsBeforeEnd.some((report) => isCrew(mission, report) && report.fact.step === "arrived");
}

/** Whether a fact of this kind can change {@link isRunning}. */
export function bearsOnRunning({ kind }: MissionFact): boolean {
  return kind === "mission.opened/1" || kind === "mission.step/1" || kind === "mission.closed/1";
}

/** Whether this fact chooses a hospital by force: its centre names the reason. */
export function isForced({ fact }: Report<MissionFact>): boolean {
  const isChoice = fact.kind === "mission.steered/1" || fact.kind === "mission.kept/1";
  return isChoice && fact.forced !== undefined;
}

/** Whether what a centre entered or asked still counts: it was not taken back. */
export function isInForce({ wordsTakenBack }: MissionFold): (report: Report) => boolean {
  return (report) => !keysOf(report).some((key) => wordsTakenBack.has(key));
}

/** What took this request back, under whichever of its places it was named; null: it stands. */
export function requestTakenBack(
  { requests }: Pick<MissionFold, "requests">,
  { asked }: RequestFold,
): RequestFold["takenBack"] {
  const named = asked === null ? [] : keysOf(asked).flatMap((key) => requests.get(key)?.takenBack ?? []);
  return named[0] ?? null;
}

/** The hospital that a request asks to take the patient; null: it asks for agreement, or is not here yet. */
export function askedToTake({ asked }: RequestFold): Name | null {
  return asked?.fact.kind === "mission.asked/1" ? asked.fact.hospital : null;
}

/** Opened, and ended neither by its crew nor by a control centre. */
export function isRunning(mission: MissionFold): boolean {
  return mission.opened !== null && mission.closed === null && crewStep(mission)?.fact.step !== "ended";
}

/** The words that ended it and stand; none: it runs. */
export function closingReports(mission: MissionFold): readonly Report[] {
  const ended = mission.steps.filter((report) => isCrew(mission, report) && report.fact.step === "ended");
  return mission.closed === null ? ended : [...ended, mission.closed];
}

/**
 * When this device first stored a word that ended the mission, by its crew or a control centre, UTC ms; null: none did.
 * A later word may have taken that back. More facts only ever make it earlier, in whatever order they come.
 */
export function firstEndedMs({ opened, closedStoredMs, endedStoredMs }: MissionFold): number | null {
  if (opened === null) return null;
  const byCrew = endedStoredMs.get(opened.fact.vehicle) ?? null;
  if (byCrew === null || closedStoredMs === null) return byCrew ?? closedStoredMs;
  return Math.min(byCrew, closedStoredMs);
}
