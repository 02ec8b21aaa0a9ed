import { assert, present } from "../basics/assert.ts";
import { err, ok, type Result } from "../basics/result.ts";
import type { Position } from "../roads/plane.ts";
import { driveFrom, type MinutesSource } from "../roads/roads.ts";
import type { PositionError } from "../roads/straight.ts";
import { type AdviceBase, columnsOf, excluded } from "./base.ts";
import { type ForcedReason, firstLine, hospitalLine, type Speech } from "./line.ts";
import {
  type Assessment,
  assess,
  bestHospitals,
  driveOf,
  nearestHospitals,
  passedOver,
  totalOf,
} from "./rank.ts";
import type { Language, Need } from "./state.ts";

export type AdviceInput = {
  readonly base: AdviceBase;
  readonly position: Position;
  readonly need: Need;
  /** Hospitals (ids) that declined this very patient; ids the region does not list are ignored. */
  readonly declinedBy: readonly string[];
  /** From 1. Every line is text, so ask for what is shown. */
  readonly linesMax: number;
  readonly language: Language;
  /** The region's wall clock as it is shown, for UTC milliseconds: `02:51`. */
  readonly clock: (wallMs: number) => string;
};

export type AdviceLine = {
  readonly hospital: string;
  readonly driveMinTenths: number;
  /** The drive and what every doubt costs. */
  readonly totalMinTenths: number;
  /** One sentence, the same on the board, in the test and in the evidence. */
  readonly text: string;
};

/** Best first, never empty. */
export type Advice = {
  readonly lines: readonly AdviceLine[];
  /** Not null: no hospital fits, and the lines are forced assignments by the region's rule. */
  readonly forced: ForcedReason;
  /** Where every minute of this advice comes from. */
  readonly source: MinutesSource;
};

export type AdviceError = PositionError | "no-hospital";

/** How many hospitals are named where none is suitable: the nearest. */
export const forcedLinesMax = 3;

/**
 * Ranks the hospitals for one patient by drive plus what each doubt costs in minutes, and says why in one line each.
 * Writes no fact and decides nothing. Deterministic: the same state gives the same bytes in every runtime.
 *
 * Only *no*, *cannot* and an own refusal exclude. Where that excludes every hospital, the three nearest are named.
 */
export function advise(input: AdviceInput): Result<Advice, AdviceError> {
  const { base, linesMax } = input;
  assert(Number.isSafeInteger(linesMax) && linesMax >= 1, "at least one line is asked for");
  const weighed = weigh(input);
  if (!weighed.ok) return weighed;
  const { speech, anySuitable, anyWithRoom } = weighed.value;
  const forced: ForcedReason = !anySuitable ? "none-suitable" : anyWithRoom ? null : "all-full";
  const hospitals = anySuitable
    ? bestHospitals(base, linesMax)
    : nearestHospitals(base, Math.min(linesMax, forcedLinesMax));
  const lines = hospitals.map((hospital, rank) => lineOf(speech, hospital, rank, forced));
  return ok({ lines, forced, source: speech.source });
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
  const isExcluded = input.base.penaltyMin[index] === excluded;
  return ok({ ...otherLine(weighed.value.speech, index, null), excluded: isExcluded });
}

type Weighed = Assessment & { readonly speech: Speech };

/** Writes drives and penalties of this question into the base. */
function weigh(input: Omit<AdviceInput, "linesMax">): Result<Weighed, AdviceError> {
  const { base, position, language, clock } = input;
  const need = columnsOf(base, input.need);
  if (base.hospitals.length === 0) return err("no-hospital");
  const driven = driveFrom(base.roads, position, base.driveMinTenths);
  if (!driven.ok) return driven;
  const declined = indicesOf(base, input.declinedBy);
  const { anySuitable, anyWithRoom } = assess(base, need, declined);
  const speech: Speech = { base, need, declined, source: driven.value, language, clock };
  return ok({ speech, anySuitable, anyWithRoom });
}

function lineOf(speech: Speech, hospital: number, rank: number, forced: ForcedReason): AdviceLine {
  if (rank > 0) return otherLine(speech, hospital, forced);
  const over = passedOver(speech.base, speech.need, hospital);
  return { ...minutesOf(speech.base, hospital), text: firstLine(speech, hospital, forced, over) };
}

function otherLine(speech: Speech, hospital: number, forced: ForcedReason): AdviceLine {
  return { ...minutesOf(speech.base, hospital), text: hospitalLine(speech, hospital, forced) };
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
