import { type FactRef, type Name, refKey } from "../basics/name.ts";
import type { AssignReason } from "./assign-reasons.ts";
import { type AgeGroup, type Channel, neverStabilise, type Step } from "./choices.ts";
import type { ClosedReason, KeptReason } from "./desk-choices.ts";
import type { FactNamed } from "./facts.ts";
import type { Cell } from "./fields.ts";
import { type FlightView, flightOf } from "./flight-view.ts";
import { type Heading, headingReports, headingsOf, spokenTakenBack } from "./heading.ts";
import { compareTexts } from "./log-order.ts";
import {
  crewStep,
  isCrew,
  isInForce,
  isRunning,
  type MissionFold,
  type ProposalFact,
} from "./mission-fold.ts";
import { type AnswerView, type RequestsView, type RequestView, requestsOf } from "./mission-requests.ts";
import type { NeedId } from "./region-data.ts";
import { authorOf, compareReports, keysOf, names, type Report, refsOf, reportOf } from "./report.ts";
import { type Said, said } from "./said.ts";
import { type SenderView, senderOf } from "./transfer-view.ts";
import { ageMs, ownClockMs, sinceMs, type ViewContext } from "./view-context.ts";

export type DestinationView = Said & {
  readonly hospital: Name;
  /** The crew said it on radio or telephone, and a control centre (`site`) entered it. */
  readonly spoken: boolean;
};

/** Somebody took their word back, which had named this hospital. */
export type TakenBackView = Said & { readonly hospital: Name };

export type ProposalView = Said & {
  /** Steered elsewhere, or kept in spite of silence. */
  readonly decision: "steered" | "kept";
  readonly hospital: Name;
  readonly reason: KeptReason | null;
  /** When this device stored it, our clock: whatever came here before, its store knew. */
  readonly storedMs: number;
  /** Why it was chosen by force, since no suitable hospital was free; null: it was not. */
  readonly forced: AssignReason | null;
  /** What the crew's durable word says of it; *open*: nothing yet, and nobody may take it for agreed. */
  readonly crew: "open" | "confirmed" | "other-destination";
};

export type CallView = Said & {
  readonly hospital: Name;
  readonly channel: Channel;
  readonly reached: boolean;
};

/** A centre (`site`) wants to hand the mission over, and nobody has answered yet. */
export type HandoverView = Said & { readonly to: Name };

/** One mission as a dispatcher sees it. */
export type MissionView = RequestsView &
  FlightView & {
    readonly mission: string;
    readonly ref: FactRef;
    readonly opened: Said;
    /** The centres that lead it, by name: more than one after a partition, until one takes over. */
    readonly owners: readonly Name[];
    readonly vehicle: Name;
    readonly need: NeedId;
    readonly urgency: number;
    readonly ageGroup: AgeGroup;
    readonly doctor: boolean;
    readonly ventilated: boolean;
    readonly cpr: boolean;
    /** Airway or bleeding not controlled. */
    readonly danger: boolean;
    readonly pregnant: boolean;
    readonly infectious: boolean;
    /** Over 200 kg. */
    readonly heavy: boolean;
    /** Mother and newborn drive together. */
    readonly newborn: boolean;
    /** The patient assignment code that was entered; null: none was. */
    readonly pzc: string | null;
    /** The first mission of the same scene; null: it is the first, or the only one. */
    readonly scene: FactRef | null;
    /** The hospital that sends the patient: a transfer; null: an emergency. */
    readonly from: Name | null;
    /** What that hospital asked for itself; null: a centre opened the transfer without it. */
    readonly sender: SenderView | null;
    readonly callAtMs: number;
    /** The newest the crew said of where it is; before that where the patient is. */
    readonly position: { readonly cell: Cell; readonly ageMs: number; readonly source: "crew" | "call" };
    readonly step: (Said & { readonly step: Step }) | null;
    /** Between boarding, or the word that it flies after all, and its last position; 0 before both. */
    readonly aloftMs: number;
    /** The crew's last confirmed destination: this one holds. Null until the crew has named one. */
    readonly destination: DestinationView | null;
    /** Other destinations in force: another tablet of the crew says so. */
    readonly otherDestinations: readonly DestinationView[];
    /** Where the crew drove before, the newest word for each hospital that is no destination any more. */
    readonly formerDestinations: readonly DestinationView[];
    /** The crew, or a centre that had entered its word, took a destination back, and the crew has named none since. */
    readonly destinationTakenBack: TakenBackView | null;
    /** What the centres propose, in force; several after a partition. */
    readonly proposals: readonly ProposalView[];
    /**
     * How often a centre chose (steered, or kept) once the crew had a destination, and when one last chose at all, by our
     * clock; null: none ever did. What was taken back was never chosen.
     */
    readonly choices: { readonly count: number; readonly lastMs: number | null };
    /** A centre took its choice back, and none has chosen since. */
    readonly steerTakenBack: TakenBackView | null;
    readonly calls: readonly CallView[];
    /** Open: asked by a centre that leads it, of one that does not. */
    readonly handover: HandoverView | null;
    /** The last question of a leading centre was declined, and it has asked nobody since. */
    readonly handoverDeclined: Said | null;
    readonly closed: (Said & { readonly reason: ClosedReason }) | null;
    readonly running: boolean;
    /** What a word of a control centre, and a new destination of the crew, are made against: their `over`. */
    readonly centreOver: readonly FactRef[];
    readonly crewOver: readonly FactRef[];
  };

/** Null while the mission's opening is not here. */
export function missionView(context: ViewContext, mission: MissionFold): MissionView | null {
  const { opened } = mission;
  if (opened === null) return null;
  const headings = headingsOf(mission);
  const [destination = null, ...others] = headings.map((heading) => destinationView(context, heading));
  const { vehicle, need, urgency, ageGroup, doctor, ventilated, cpr, pregnant, infectious, callAtMs } =
    opened.fact;
  const [position, step] = [positionOf(context, mission, opened), stepOf(context, mission)];
  const flight = flightOf(context, mission, opened);
  return {
    mission: mission.id,
    ref: mission.ref,
    opened: said(context, opened),
    owners: ownersOf(mission),
    ...{ vehicle, need, urgency, ageGroup, doctor, ventilated, cpr, pregnant, infectious, callAtMs },
    danger: opened.fact.danger === true,
    heavy: opened.fact.heavy === true,
    newborn: opened.fact.newborn === true,
    ...flight,
    scene: opened.fact.scene ?? null,
    from: opened.fact.from ?? null,
    sender: senderOf(context, opened.fact),
    pzc: opened.fact.pzc ?? null,
    position,
    step,
    aloftMs: aloftMs(position, step, flight, context.nowMs),
    destination,
    otherDestinations: others,
    formerDestinations: formerDestinations(context, mission, headings),
    destinationTakenBack: destinationTakenBack(context, mission),
    proposals: proposalsOf(context, mission, headings),
    choices: choicesOf(context, mission),
    steerTakenBack: steerTakenBack(context, mission),
    ...requestsOf(context, mission),
    calls: callsOf(context, mission),
    ...handoverOf(context, mission),
    closed: closedOf(context, mission),
    running: isRunning(mission),
    centreOver: refsOf([
      ...mission.control.heads,
      ...mission.proposals.heads,
      ...mission.flights.heads,
      ...openQuestions(mission),
    ]),
    crewOver: refsOf([...headingReports(mission), ...mission.proposals.heads]),
  };
}

/** One switch: whoever is in immediate danger is driven to where they can be stabilised soonest; who lies in a hospital is there. */
export function isInDanger({ cpr, danger, from }: Pick<MissionView, "cpr" | "danger" | "from">): boolean {
  return from === null && (cpr || danger);
}

/** The request that runs: the last one that was not taken back. */
export function lastRequestOf({ requests }: Pick<MissionView, "requests">): RequestView | undefined {
  return requests.findLast(({ takenBack }) => takenBack === null);
}

/** What a hospital last answered for this patient, whatever it was asked since; a request that was taken back is none. */
export function lastAnswerOf({ requests }: Pick<MissionView, "requests">, hospital: Name): AnswerView | null {
  const answered = requests.findLast(
    (request) => request.hospital === hospital && request.takenBack === null && request.answer !== null,
  );
  return answered?.answer ?? null;
}

/**
 * Whether a hospital's last answer for this patient is *cannot*: by the place of its request in each centre's log, never by
 * a clock, so that the same facts say the same everywhere; of several centres' requests the more cautious leads.
 */
export function hasDeclined(
  { requests }: Pick<MissionView, "requests">,
  hospital: Name,
  isRefusal: (answer: AnswerView) => boolean = ({ answer }) => answer === "cannot",
): boolean {
  const answered = requests
    .filter(({ hospital: asked, takenBack, answer }) => asked === hospital && takenBack === null && answer)
    .toSorted(({ ref: [, a] }, { ref: [, b] }) => a - b);
  const last = new Map(answered.map(({ ref: [log], answer }) => [log, answer]));
  return [...last.values()].some((answer) => answer !== null && isRefusal(answer));
}

/** Whether an answer turns this patient away: in immediate danger only one whose reason keeps the hospital from stabilising anybody. */
export function turnsAway(
  mission: Pick<MissionView, "cpr" | "danger" | "from">,
  { answer, reason }: Pick<AnswerView, "answer" | "reason">,
): boolean {
  return answer === "cannot" && (!isInDanger(mission) || (reason !== null && neverStabilise.has(reason)));
}

/** Where the crew drives, by its own word: the hospital, or null until it has named one. */
export function destinationOf(mission: MissionFold): Name | null {
  return headingsOf(mission)[0]?.hospital ?? null;
}

/** The centres that lead a mission, in the order of their names. */
export function ownersOf(mission: MissionFold): readonly Name[] {
  return [...new Set(mission.control.heads.map(authorOf))].sort(compareTexts);
}

function positionOf(
  context: ViewContext,
  mission: MissionFold,
  opened: Report<FactNamed<"mission.opened/1">>,
): MissionView["position"] {
  const ages = mission.positions
    .filter((report) => isCrew(mission, report))
    .map((report) => ({ report, ageMs: ageMs(context, report) + report.fact.ageS * 1_000 }))
    .sort((a, b) => a.ageMs - b.ageMs || compareReports(a.report, b.report));
  const [newest] = ages;
  if (newest === undefined) return { cell: opened.fact.cell, ageMs: ageMs(context, opened), source: "call" };
  return { cell: newest.report.fact.cell, ageMs: newest.ageMs, source: "crew" };
}

function stepOf(context: ViewContext, mission: MissionFold): MissionView["step"] {
  const report = crewStep(mission);
  return report === null ? null : { ...said(context, report), step: report.fact.step };
}

function aloftMs(
  { ageMs, source }: MissionView["position"],
  step: MissionView["step"],
  { flightChangedMs }: FlightView,
  nowMs: number,
): number {
  const isAboard = step?.step === "patient-on-board" && source === "crew";
  return isAboard ? Math.max(0, nowMs - ageMs - Math.max(step.sinceMs, flightChangedMs ?? 0)) : 0;
}

function destinationView(context: ViewContext, { report, hospital, atMs }: Heading): DestinationView {
  const spoken = report.fact.kind === "mission.understood/1";
  const since = Math.min(sinceMs(context, report), ownClockMs(context, report, atMs));
  return { ...said(context, report), sinceMs: since, ageMs: context.nowMs - since, hospital, spoken };
}

function formerDestinations(
  context: ViewContext,
  mission: MissionFold,
  headings: readonly Heading[],
): readonly DestinationView[] {
  const inForce = new Set(headings.map(({ hospital }) => hospital));
  return [...mission.named]
    .filter(([hospital]) => !inForce.has(hospital))
    .flatMap(([hospital, reports]) => {
      const [newest] = reports
        .filter((report) => report.fact.kind === "mission.understood/1" || isCrew(mission, report))
        .map((report) => destinationView(context, { report, hospital, atMs: report.fact.at }))
        .sort((a, b) => b.sinceMs - a.sinceMs || compareTexts(a.ref[0], b.ref[0]));
      return newest === undefined ? [] : [newest];
    })
    .sort((a, b) => compareTexts(a.hospital, b.hospital));
}

function destinationTakenBack(context: ViewContext, mission: MissionFold): TakenBackView | null {
  const takings = mission.destinations.heads
    .filter((head) => isCrew(mission, head))
    .filter(({ fact }) => fact.kind === "mission.destination-taken-back/1");
  return newestTakenBack(
    [...takings, ...spokenTakenBack(mission)].map((report) => ({
      ...said(context, report),
      hospital: report.fact.hospital,
    })),
  );
}

function choicesOf(context: ViewContext, mission: MissionFold): MissionView["choices"] {
  const { choices, named } = mission;
  const choseMs = choices.filter(isInForce(mission)).map((report) => sinceMs(context, report));
  const namedMs = [...named.values()].flat().map((report) => sinceMs(context, report));
  const firstMs = Math.min(...namedMs);
  return {
    count: choseMs.filter((chosenMs) => chosenMs > firstMs).length,
    lastMs: choseMs.length === 0 ? null : Math.max(...choseMs),
  };
}

function steerTakenBack(context: ViewContext, mission: MissionFold): TakenBackView | null {
  return newestTakenBack(
    mission.proposals.heads.flatMap((report) => {
      const { fact } = report;
      if (fact.kind !== "mission.steer-taken-back/1") return [];
      return [{ ...said(context, report), hospital: fact.hospital }];
    }),
  );
}

function newestTakenBack(takings: readonly TakenBackView[]): TakenBackView | null {
  const [newest] = takings.toSorted((a, b) => b.sinceMs - a.sinceMs || compareTexts(a.ref[0], b.ref[0]));
  return newest ?? null;
}

function proposalsOf(
  context: ViewContext,
  mission: MissionFold,
  headings: readonly Heading[],
): readonly ProposalView[] {
  return mission.proposals.heads.toSorted(compareReports).flatMap((report) => {
    const { fact } = report;
    if (fact.kind === "mission.steer-taken-back/1") return [];
    return [
      {
        ...said(context, report),
        decision: fact.kind === "mission.kept/1" ? ("kept" as const) : ("steered" as const),
        hospital: fact.hospital,
        reason: fact.kind === "mission.kept/1" ? fact.reason : null,
        storedMs: report.storedMs,
        forced: fact.forced ?? null,
        crew: crewOn(reportOf(report, fact), headings),
      },
    ];
  });
}

// Only the crew's word counts: that it drives there, or that it knows the proposal and drives elsewhere.
export function crewOn(proposal: Report<ProposalFact>, [holds]: readonly Heading[]): ProposalView["crew"] {
  if (holds === undefined) return "open";
  const { fact } = holds.report;
  // Who takes a slip back has not answered the proposal by that, nor has who named the same hospital before it.
  if (fact.kind === "mission.destination-taken-back/1" || !names(fact.over, proposal)) return "open";
  return holds.hospital === proposal.fact.hospital ? "confirmed" : "other-destination";
}

function callsOf(context: ViewContext, mission: MissionFold): readonly CallView[] {
  return mission.calls
    .filter(isInForce(mission))
    .sort(compareReports)
    .map((report) => {
      const { hospital, channel, reached } = report.fact;
      return { ...said(context, report), hospital, channel, reached };
    });
}

function handoverOf(
  context: ViewContext,
  mission: MissionFold,
): Pick<MissionView, "handover" | "handoverDeclined"> {
  const owners = ownersOf(mission);
  const [last] = openQuestions(mission)
    .filter((report) => owners.includes(authorOf(report)) && !owners.includes(report.fact.to))
    .map((report) => ({ report, view: { ...said(context, report), to: report.fact.to } }))
    .sort((a, b) => b.view.sinceMs - a.view.sinceMs || compareReports(a.report, b.report));
  if (last === undefined) return { handover: null, handoverDeclined: null };
  const question = keysOf(last.report);
  const [declined] = mission.declinedHandovers
    .filter(isInForce(mission))
    .filter((report) => authorOf(report) === last.view.to && question.includes(refKey(report.fact.asked)))
    .sort(compareReports);
  if (declined === undefined) return { handover: last.view, handoverDeclined: null };
  return { handover: null, handoverDeclined: said(context, declined) };
}

/** Nobody took the mission over in knowledge of them. */
function openQuestions(mission: MissionFold): MissionFold["handovers"] {
  const isOver = (report: Report) => keysOf(report).some((key) => mission.knownAtTakeOver.has(key));
  return mission.handovers.filter(isInForce(mission)).filter((report) => !isOver(report));
}

function closedOf(context: ViewContext, mission: MissionFold): MissionView["closed"] {
  const { closed } = mission;
  return closed === null ? null : { ...said(context, closed), reason: closed.fact.reason };
}

// A report may be a head in two registers.
