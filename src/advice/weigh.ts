import { err, ok, type Result } from "../basics/result.ts";
import type { Position } from "../roads/plane.ts";
import { driveFrom, driveWithoutTraffic, type MinutesSource, noWayMinTenths } from "../roads/roads.ts";
import type { PositionError } from "../roads/straight.ts";
import { type AdviceBase, columnsOf } from "./base.ts";
import { flyWhereSooner } from "./flight.ts";
import type { Speech } from "./line.ts";
import { type Assessment, assess, bestHospitals, forcedHospitals, type Patient, passedOver } from "./rank.ts";
import type { Language, Need } from "./state.ts";

/** One patient at a place and a moment, as every answer is asked for them. */
export type Question = {
  readonly base: AdviceBase;
  readonly position: Position;
  readonly need: Need;
  /** 1 to 3; 1 is the most urgent. */
  readonly urgency: number;
  /** CPR, an airway or a bleeding that is not under control: the nearest hospital that can stabilise. */
  readonly danger: boolean;
  /** A helicopter is there, and day and weather allow it: by air where that is sooner and a landing place is known. Left out: by road. */
  readonly flown?: boolean;
  /** Whole minutes that had gone by since boarding when it was at this position. Left out: none. */
  readonly aloftMin?: number;
  /** When the call came in, UTC milliseconds; null where nobody knows: no time is aimed at. */
  readonly callAtMs: number | null;
  /** Hospitals (ids) that declined this very patient; ids the region does not list are ignored. */
  readonly declinedBy: readonly string[];
  /** Hospitals (ids) among whose inbound patients this one is counted already. */
  readonly inboundTo: readonly string[];
  /** The mission that it is asked for, as loads name those assigned by force: its own burdens nobody. Left out: none. */
  readonly mission?: string;
  /**
   * By hospital (id): patients of the same scene who have no destination yet and would go there (scene.ts), as far as
   * they compete with this one.
   */
  readonly expected: Expected;
  /** The hospital (id) that sends the patient: a transfer, which never goes there nor anywhere by force. Left out: none. */
  readonly from?: string;
  /** The moment of the question: words age, silences grow. UTC milliseconds. */
  readonly nowMs: number;
};

/** In which language lines are written, and how they say moments. */
export type Tongue = {
  readonly language: Language;
  /** The region's wall clock as it is shown, for UTC milliseconds: `02:51`. */
  readonly clock: (wallMs: number) => string;
};

export type Expected = { readonly [hospital: string]: number };

export type AdviceError = PositionError | "no-hospital";

export type Weighed = Assessment & { readonly patient: Patient; readonly source: MinutesSource };

/** What is wanted of an answer, for where a live service knows no way to a hospital. */
export type Wanted = {
  /** So many of the best are looked at. */
  readonly lines: number;
  /** A hospital (its index) that is looked at whatever its rank. */
  readonly named?: number | undefined;
  /** A hospital (its index) that gets no line and is looked at all the same: where nothing else is suitable, the lines are forced ones. */
  readonly besides?: number | undefined;
  /** False: the minutes of traffic are not used. */
  readonly traffic?: boolean;
};

/**
 * What an advice beside a destination wants, and whatever else is said beside its lines: the same for both, so that both have one source.
 * One more line than is shown: the destination may be among the best.
 */
export function wantedBesides(lines: number, besides: number | undefined): Wanted {
  return { lines: lines + 1, besides };
}

/**
 * Writes drives and minutes of this question into the base. All have one source. Traffic is one that may not know a way to some
 * hospitals: it counts where, by the second source, none of them is wanted.
 */
export function weigh(question: Question, wanted: Wanted): Result<Weighed, AdviceError> {
  const { base, need, danger, urgency, nowMs } = question;
  const columns = columnsOf(base, need);
  if (base.hospitals.length === 0) return err("no-hospital");
  const patient: Patient = {
    need: danger ? base.stabilise : columns,
    needId: need.id,
    ...{ urgency, danger, nowMs },
    declined: indicesOf(base, question.declinedBy),
    inboundTo: indicesOf(base, question.inboundTo),
    sender: senderOf(question),
    mission: question.mission ?? null,
    expected: countsOf(base, question.expected),
  };
  if (wanted.traffic === false) return weighWithoutTraffic(question, patient);
  const inTraffic = weighAny(question, patient);
  if (!inTraffic.ok || inTraffic.value.source !== "traffic") return inTraffic;
  const noWay = hospitalsWithoutWay(base);
  if (noWay.size === 0) return inTraffic;
  const without = weighWithoutTraffic(question, patient);
  if (!without.ok || isAnyWanted(base, without.value, noWay, wanted)) return without;
  // It weighs the hospitals for another question: all are weighed again after it.
  if (isStabiliserWanted(question, patient, noWay)) return weighWithoutTraffic(question, patient);
  return weighAny(question, patient);
}

/** Where a time is aimed at, the nearest that can stabilise may stand beside the lines. */
function isStabiliserWanted(question: Question, patient: Patient, hospitals: ReadonlySet<number>): boolean {
  if (goalOf(question) === null) return false;
  const { base } = question;
  const without = weighWithoutTraffic(question, { ...patient, need: base.stabilise, danger: true });
  return without.ok && isAnyWanted(base, without.value, hospitals, { lines: 1 });
}

/** By the best source that has an answer, whether or not it knows a way to all. */
function weighAny(question: Question, patient: Patient): Result<Weighed, AdviceError> {
  const { base, position } = question;
  return weighDriven(
    question,
    patient,
    driveFrom(base.roads, position, base.driveMinTenths, () => false),
  );
}

function weighWithoutTraffic(question: Question, patient: Patient): Result<Weighed, AdviceError> {
  const { base, position } = question;
  return weighDriven(question, patient, driveWithoutTraffic(base.roads, position, base.driveMinTenths));
}

function weighDriven(
  { base, position, flown = false, aloftMin = 0 }: Question,
  patient: Patient,
  driven: Result<MinutesSource, PositionError>,
): Result<Weighed, AdviceError> {
  if (!driven.ok) return driven;
  if (flown) flyWhereSooner(base, position, aloftMin);
  return ok({ ...assess(base, patient, driven.value), patient, source: driven.value });
}

function hospitalsWithoutWay({ hospitals, driveMinTenths }: AdviceBase): ReadonlySet<number> {
  return new Set([...hospitals.keys()].filter((hospital) => driveMinTenths[hospital] === noWayMinTenths));
}

/** As weighed now: among the best, the nearer one that the best is compared with, or asked about by name. */
function isAnyWanted(
  base: AdviceBase,
  { patient, anySuitable }: Weighed,
  hospitals: ReadonlySet<number>,
  { lines, named, besides }: Wanted,
): boolean {
  if ([named, besides].some((one) => one !== undefined && hospitals.has(one))) return true;
  const best = anySuitable ? bestHospitals(base, patient, lines) : [];
  if (best.every((hospital) => hospital === besides)) {
    // The lines are without `besides`; which of them leads is judged with it.
    const forced = [undefined, besides].flatMap((out) => forcedHospitals(base, patient, lines, out));
    return forced.some((hospital) => hospitals.has(hospital));
  }
  const over = best[0] === undefined ? null : passedOver(base, patient, best[0]);
  return best.some((hospital) => hospitals.has(hospital)) || (over !== null && hospitals.has(over));
}

/** Everything that lines about what was weighed are made from. */
export function speechOf(question: Question & Tongue, { patient, source }: Weighed): Speech {
  const { base, language, clock, flown = false } = question;
  return { base, patient, goal: goalOf(question), source, flown, language, clock };
}

const minTenthMs = 6_000;

function goalOf({ need, danger, callAtMs, nowMs }: Question): Speech["goal"] {
  if (need.goalMin === undefined || callAtMs === null || danger) return null;
  return { aimMin: need.goalMin, goneMinTenths: Math.floor(Math.max(0, nowMs - callAtMs) / minTenthMs) };
}

const nothing: ReadonlyMap<number, number> = new Map();

function countsOf(base: AdviceBase, expected: Expected): ReadonlyMap<number, number> {
  const all = Object.entries(expected);
  if (all.length === 0) return nothing;
  return new Map(all.map(([id, count]) => [base.hospitalIndex.get(id) ?? -1, count]));
}

/** One that the region does not list sends all the same. */
const unlisted = -1;

function senderOf({ base, from }: Question): number | null {
  return from === undefined ? null : (base.hospitalIndex.get(from) ?? unlisted);
}

const nobody: ReadonlySet<number> = new Set();

function indicesOf(base: AdviceBase, ids: readonly string[]): ReadonlySet<number> {
  if (ids.length === 0) return nobody;
  return new Set(ids.map((id) => base.hospitalIndex.get(id)).filter((index) => index !== undefined));
}
