import { assert, present } from "../basics/assert.ts";
import { err, ok, type Result } from "../basics/result.ts";
import type { Position } from "../roads/plane.ts";
import { driveFrom, type MinutesSource, type PositionError } from "../roads/roads.ts";
import { type AdviceBase, columnsOf } from "./base.ts";
import { type ForcedReason, firstLine, hospitalLine, type Speech } from "./line.ts";
import { assess, bestHospitals, driveOf, nearestHospitals, passedOver, totalOf } from "./rank.ts";
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
  const { base, position, linesMax } = input;
  assert(Number.isSafeInteger(linesMax) && linesMax >= 1, "at least one line is asked for");
  const need = columnsOf(base, input.need);
  if (base.hospitals.length === 0) return err("no-hospital");
  const driven = driveFrom(base.roads, position, base.driveMinTenths);
  if (!driven.ok) return driven;
  const declined = indicesOf(base, input.declinedBy);
  const { anySuitable, anyWithRoom } = assess(base, need, declined);
  const forced: ForcedReason = !anySuitable ? "none-suitable" : anyWithRoom ? null : "all-full";
  const hospitals = anySuitable
    ? bestHospitals(base, linesMax)
    : nearestHospitals(base, Math.min(linesMax, forcedLinesMax));
  const source = driven.value;
  const speech: Speech = { base, need, declined, source, language: input.language, clock: input.clock };
  const lines = hospitals.map((hospital, rank) => lineOf(speech, hospital, rank, forced));
  return ok({ lines, forced, source });
}

function lineOf(speech: Speech, hospital: number, rank: number, forced: ForcedReason): AdviceLine {
  const { base, need } = speech;
  const text =
    rank > 0
      ? hospitalLine(speech, hospital, forced)
      : firstLine(speech, hospital, forced, passedOver(base, need, hospital));
  return {
    hospital: present(base.hospitals[hospital], "a ranked hospital").id,
    driveMinTenths: driveOf(base, hospital),
    totalMinTenths: totalOf(base, hospital),
    text,
  };
}

const nobody: ReadonlySet<number> = new Set();

function indicesOf(base: AdviceBase, ids: readonly string[]): ReadonlySet<number> {
  if (ids.length === 0) return nobody;
  return new Set(ids.map((id) => base.hospitalIndex.get(id)).filter((index) => index !== undefined));
}
