import { assert, present } from "../basics/assert.ts";
import { err, ok, type Result } from "../basics/result.ts";
import type { Position } from "../roads/plane.ts";
import { driveFrom, type MinutesSource } from "../roads/roads.ts";
import type { PositionError } from "../roads/straight.ts";
import { type AdviceBase, columnsOf } from "./base.ts";
import { type ForcedReason, firstLine, hospitalLine, isLate, type Speech, type Standing } from "./line.ts";
import {
  type Assessment,
  assess,
  bestHospitals,
  driveOf,
  forcedHospitals,
  type Patient,
  passedOver,
  totalOf,
} from "./rank.ts";
import { readOut } from "./read-out.ts";
import type { Language, Need } from "./state.ts";

export type AdviceInput = {
  readonly base: AdviceBase;
  readonly position: Position;
  readonly need: Need;
  /** 1 to 3; 1 is the most urgent. */
  readonly urgency: number;
  /** CPR, an airway or a bleeding that is not under control: the nearest hospital that can stabilise. */
  readonly danger: boolean;
  /** When the call came in, UTC milliseconds; null where nobody knows: no time is aimed at. */
  readonly callAtMs: number | null;
  /** Hospitals (ids) that declined this very patient; ids the region does not list are ignored. */
  readonly declinedBy: readonly string[];
  /** Hospitals (ids) among whose inbound patients this one is counted already. */
  readonly inboundTo: readonly string[];
  /** From 1. Every line is text, so ask for what is shown. */
  readonly linesMax: number;
  readonly language: Language;
  /** The region's wall clock as it is shown, for UTC milliseconds: `02:51`. */
  readonly clock: (wallMs: number) => string;
  /** The moment of the question: words age, silences grow. UTC milliseconds. */
  readonly nowMs: number;
};

export type AdviceLine = {
  readonly hospital: string;
  readonly driveMinTenths: number;
  /** The drive, the wait, what being turned away costs as often as it is likely, and what is missing of the preferred. */
  readonly totalMinTenths: number;
  /** One sentence, the same on the board, in the test and in the evidence. */
  readonly text: string;
};

/** Best first, never empty. */
export type Advice = {
  readonly lines: readonly AdviceLine[];
  /** Not null: no hospital fits, and the lines are forced assignments by the region's rule. */
  readonly forced: ForcedReason;
  /**
   * Where the first line misses the time that is aimed at: the nearest hospital that can stabilise, to stand beside it.
   * Null: in time, or the first line is that hospital, or none can.
   */
  readonly stabilise: AdviceLine | null;
  /** The first line as it is read out: at most 22 words and 150 characters. */
  readonly readOut: string;
  /** Where every minute of this advice comes from. */
  readonly source: MinutesSource;
  /** The version of the region's policy by which it was weighed. */
  readonly policy: string;
};

export type AdviceError = PositionError | "no-hospital";

/** How many hospitals are named where none is suitable. */
export const forcedLinesMax = 3;

/**
 * Ranks the hospitals for one patient by minutes and says why in one line each. Writes no fact and decides nothing.
 * Deterministic: the same state gives the same bytes in every runtime.
 *
 * Only *no*, *cannot* and an own refusal exclude. Where that excludes every hospital, three are named all the same.
 */
export function advise(input: AdviceInput): Result<Advice, AdviceError> {
  const { base, linesMax } = input;
  assert(Number.isSafeInteger(linesMax) && linesMax >= 1, "at least one line is asked for");
  const weighed = weigh(input);
  if (!weighed.ok) return weighed;
  const { speech, anySuitable, anyWithRoom } = weighed.value;
  const { patient, source } = speech;
  const forced: ForcedReason = !anySuitable ? "none-suitable" : anyWithRoom ? null : "all-full";
  const hospitals = anySuitable
    ? bestHospitals(base, patient, linesMax)
    : forcedHospitals(base, patient, Math.min(linesMax, forcedLinesMax));
  const best = present(hospitals[0], "an advice is never empty");
  const over = forced === null ? passedOver(base, patient.need, best) : null;
  const lines = hospitals.map((hospital, rank) =>
    rank === 0
      ? { ...minutesOf(base, hospital), text: firstLine(speech, hospital, forced, over) }
      : otherLine(speech, hospital, forced),
  );
  const spoken = readOut(speech, best, forced, over);
  // Last: it weighs the hospitals for another question.
  const stabilise = stabiliser(input, speech, best);
  return ok({ lines, forced, stabilise, readOut: spoken, source, policy: base.policy.version });
}

/** One hospital's line that somebody asked for by name, whatever its rank. */
export type NamedLine = AdviceLine & {
  /** It cannot be the destination by what is known; the line says why. */
  readonly excluded: boolean;
};

/** Null: the region does not list that hospital. */
export function adviseOn(
  input: Omit<AdviceInput, "linesMax">,
  hospital: string,
): Result<NamedLine | null, AdviceError> {
  const weighed = weigh(input);
  if (!weighed.ok) return weighed;
  const index = input.base.hospitalIndex.get(hospital);
  if (index === undefined) return ok(null);
  const isExcluded = input.base.isExcluded[index] === 1;
  return ok({ ...otherLine(weighed.value.speech, index, null), excluded: isExcluded });
}

type Weighed = Assessment & { readonly speech: Speech };

/** Writes drives and minutes of this question into the base. */
function weigh(input: Omit<AdviceInput, "linesMax">): Result<Weighed, AdviceError> {
  const { base, position, language, clock, need, danger, urgency, nowMs } = input;
  const columns = columnsOf(base, need);
  if (base.hospitals.length === 0) return err("no-hospital");
  const driven = driveFrom(base.roads, position, base.driveMinTenths);
  if (!driven.ok) return driven;
  const patient: Patient = {
    need: danger ? base.stabilise : columns,
    needId: need.id,
    ...{ urgency, danger, nowMs },
    declined: indicesOf(base, input.declinedBy),
    inboundTo: indicesOf(base, input.inboundTo),
  };
  const { anySuitable, anyWithRoom } = assess(base, patient);
  const speech: Speech = { base, patient, goal: goalOf(input), source: driven.value, language, clock };
  return ok({ speech, anySuitable, anyWithRoom });
}

const minTenthMs = 6_000;

function goalOf({ need, danger, callAtMs, nowMs }: Omit<AdviceInput, "linesMax">): Speech["goal"] {
  if (need.goalMin === undefined || callAtMs === null || danger) return null;
  return { aimMin: need.goalMin, goneMinTenths: Math.floor(Math.max(0, nowMs - callAtMs) / minTenthMs) };
}

/** The nearest hospital that can stabilise, where the best one misses the time that is aimed at. */
function stabiliser(input: AdviceInput, speech: Speech, best: number): AdviceLine | null {
  if (!isLate(speech, best)) return null;
  const weighed = weigh({ ...input, danger: true });
  if (!weighed.ok || !weighed.value.anySuitable) return null;
  const { base, patient } = weighed.value.speech;
  const [nearest] = bestHospitals(base, patient, 1);
  if (nearest === undefined || nearest === best) return null;
  return otherLine(weighed.value.speech, nearest, "stabilise");
}

function otherLine(speech: Speech, hospital: number, standing: Standing): AdviceLine {
  return { ...minutesOf(speech.base, hospital), text: hospitalLine(speech, hospital, standing) };
}

function minutesOf(base: AdviceBase, hospital: number): Omit<AdviceLine, "text"> {
  return {
    hospital: present(base.hospitals[hospital], "a ranked hospital").id,
    driveMinTenths: driveOf(base, hospital),
    totalMinTenths: totalOf(base, hospital),
  };
}

const nobody: ReadonlySet<number> = new Set();

function indicesOf(base: AdviceBase, ids: readonly string[]): ReadonlySet<number> {
  if (ids.length === 0) return nobody;
  return new Set(ids.map((id) => base.hospitalIndex.get(id)).filter((index) => index !== undefined));
}
