import { err, ok, type Result } from "../basics/result.ts";
import type { Position } from "../roads/plane.ts";
import { driveFrom, type MinutesSource } from "../roads/roads.ts";
import type { PositionError } from "../roads/straight.ts";
import { type AdviceBase, columnsOf } from "./base.ts";
import type { Speech } from "./line.ts";
import { type Assessment, assess, type Patient } from "./rank.ts";
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
  /** When the call came in, UTC milliseconds; null where nobody knows: no time is aimed at. */
  readonly callAtMs: number | null;
  /** Hospitals (ids) that declined this very patient; ids the region does not list are ignored. */
  readonly declinedBy: readonly string[];
  /** Hospitals (ids) among whose inbound patients this one is counted already. */
  readonly inboundTo: readonly string[];
  /** The moment of the question: words age, silences grow. UTC milliseconds. */
  readonly nowMs: number;
};

/** In which language lines are written, and how they say moments. */
export type Tongue = {
  readonly language: Language;
  /** The region's wall clock as it is shown, for UTC milliseconds: `02:51`. */
  readonly clock: (wallMs: number) => string;
};

export type AdviceError = PositionError | "no-hospital";

export type Weighed = Assessment & { readonly patient: Patient; readonly source: MinutesSource };

/** Writes drives and minutes of this question into the base. */
export function weigh(question: Question): Result<Weighed, AdviceError> {
  const { base, position, need, danger, urgency, nowMs } = question;
  const columns = columnsOf(base, need);
  if (base.hospitals.length === 0) return err("no-hospital");
  const driven = driveFrom(base.roads, position, base.driveMinTenths);
  if (!driven.ok) return driven;
  const patient: Patient = {
    need: danger ? base.stabilise : columns,
    needId: need.id,
    ...{ urgency, danger, nowMs },
    declined: indicesOf(base, question.declinedBy),
    inboundTo: indicesOf(base, question.inboundTo),
  };
  return ok({ ...assess(base, patient), patient, source: driven.value });
}

/** Everything that lines about what was weighed are made from. */
export function speechOf(question: Question & Tongue, { patient, source }: Weighed): Speech {
  const { base, language, clock } = question;
  return { base, patient, goal: goalOf(question), source, language, clock };
}

const minTenthMs = 6_000;

function goalOf({ need, danger, callAtMs, nowMs }: Question): Speech["goal"] {
  if (need.goalMin === undefined || callAtMs === null || danger) return null;
  return { aimMin: need.goalMin, goneMinTenths: Math.floor(Math.max(0, nowMs - callAtMs) / minTenthMs) };
}

const nobody: ReadonlySet<number> = new Set();

function indicesOf(base: AdviceBase, ids: readonly string[]): ReadonlySet<number> {
  if (ids.length === 0) return nobody;
  return new Set(ids.map((id) => base.hospitalIndex.get(id)).filter((index) => index !== undefined));
}
