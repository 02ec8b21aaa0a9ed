import { type AdviceLine, adviseIn, adviseOn } from "../../advice/advise.ts";
import { answerWithinS } from "../../advice/announcement.ts";
import { needOfPatient, type Traits } from "../../advice/modifiers.ts";
import { adviceNeedOf, announcementPolicyOf } from "../../advice/region-base.ts";
import { chooseInTurn, expectedBy } from "../../advice/scene.ts";
import type { Need } from "../../advice/state.ts";
import type { Expected, Question, Tongue } from "../../advice/weigh.ts";
import { present } from "../../basics/assert.ts";
import type { Name } from "../../basics/name.ts";
import { minuteMs, type Now } from "../../basics/time.ts";
import { cellMiddle } from "../../region/cell.ts";
import { aloftMinMax } from "../../region/facts-decision.ts";
import type { Fold } from "../../region/fold.ts";
import { aimsOf } from "../../region/mission-aims.ts";
import { crewStep, type MissionFold } from "../../region/mission-fold.ts";
import {
  hasDeclined,
  isInDanger,
  type MissionView,
  missionView,
  turnsAway,
} from "../../region/mission-view.ts";
import type { CapabilityId, NeedId } from "../../region/region-data.ts";
import { missionsOfScene } from "../../region/scene.ts";
import type { MinutesSource } from "../../roads/roads.ts";
import { noteSeen } from "../decisions/seen.ts";
import type { BoardContext } from "./board-rows.ts";
import type { AdviceRow, NamedRow, WhereTo } from "./board-view.ts";
import { viewContext } from "./region-context.ts";

/** How many hospitals a decision is offered. */
export const linesMax = 3;

/** Whom advice is asked for. */
export type Patient = {
  readonly position: { readonly latE3: number; readonly lonE3: number };
  readonly need: NeedId;
  /** What else is told of them and may change what they need. */
  readonly traits: Omit<Traits, "urgency">;
  readonly urgency: number;
  /** See `Question` in advice/. */
  readonly danger: boolean;
  readonly flown: boolean;
  /** See `Question` in advice/. Left out: none. */
  readonly aloftMin?: number;
  readonly callAtMs: number | null;
  readonly declinedBy: readonly Name[];
  readonly inboundTo: readonly Name[];
  readonly expected: Expected;
  /** The hospital that sends the patient; left out: an emergency. */
  readonly from?: Name;
  /** Left out: of none that runs. */
  readonly mission?: string;
};

/** @param expected of the same scene, before this one */
export function patientOf(
  { missions }: Pick<Fold, "missions">,
  mission: MissionView,
  expected: Expected,
): Patient {
  const asked = [...new Set(mission.requests.map(({ hospital }) => hospital))];
  const fold = missions.get(mission.mission);
  return {
    position: cellMiddle(mission.position.cell),
    need: mission.need,
    traits: mission,
    urgency: mission.urgency,
    danger: isInDanger(mission),
    flown: mission.flown,
    aloftMin: aloftMin(mission),
    // The times aimed at are those of an emergency call.
    callAtMs: mission.from === null ? mission.callAtMs : null,
    ...(mission.from === null ? {} : { from: mission.from }),
    declinedBy: asked.filter((hospital) =>
      hasDeclined(mission, hospital, (answer) => turnsAway(mission, answer)),
    ),
    inboundTo: fold === undefined ? [] : aimsOf(fold),
    mission: mission.mission,
    expected,
  };
}

/** See `Question` in advice/; of a patient who drives none, however long on board. */
export function aloftMin({ aloftMs, flown }: Pick<MissionView, "aloftMs" | "flown">): number {
  return flown ? Math.min(aloftMinMax, Math.floor(aloftMs / minuteMs)) : 0;
}

/** A mission's patient as the region stands now. */
export function patientNow(context: BoardContext, mission: MissionView, now: Now): Patient {
  return patientOf(context.house.fold, mission, expectedFor(context, mission, now));
}

/**
 * The patients of its scene before this one who drive nowhere yet count where advice would send them from here. Those
 * with a destination are on the way there for everybody.
 */
function expectedFor(context: BoardContext, mission: MissionView, now: Now): Expected {
  if (mission.scene === null) return {};
  const { fold } = context.house;
  const all = missionsOfScene(fold, mission.mission);
  const before = all.slice(
    0,
    all.findIndex(({ id }) => id === mission.mission),
  );
  const region = viewContext(context, now);
  const questions = before.flatMap((mate) => {
    const view = isUndecided(mate) ? missionView(region, mate) : null;
    if (view === null) return [];
    const { position } = mission;
    return [questionOf(context, patientOf(fold, { ...view, position }, {}), now)];
  });
  return expectedBy(mission.urgency, chooseInTurn(questions));
}

function isUndecided(mission: MissionFold): boolean {
  const step = crewStep(mission)?.fact.step;
  return step !== "arrived" && step !== "ended" && aimsOf(mission).length === 0;
}

/** What lines are made from besides the patient. */
export type AdviceContext = Pick<BoardContext, "base" | "clock" | "data">;

export type ShownLines = Omit<WhereTo, "named" | "seen"> & { readonly source: MinutesSource };

/** @param besides what needs no line: a patient is not steered to where the crew drives already; that is *kept* */
export function linesFor(
  context: AdviceContext,
  patient: Patient,
  now: Pick<Now, "wallMs">,
  besides: Name | null = null,
): ShownLines {
  const input = { ...questionOf(context, patient, now), besides, linesMax };
  const advice = adviseIn(["de", "en"], input);
  const [german, english] = advice.ok ? advice.value : [];
  if (german === undefined || english === undefined) {
    return { lines: [], forced: false, spoken: null, source: "estimate" };
  }
  const { stabilise: nearest, readOut: de, policy, source } = german;
  const row = rowsFor(context, patient);
  const lines = german.lines.map((line, i) => row(line, english.lines[i]));
  return {
    lines: withStabiliser(lines, nearest === null ? null : row(nearest, english.stabilise)),
    forced: german.forced !== null,
    spoken: de === null || english.readOut === null ? null : { readOut: { de, en: english.readOut }, policy },
    source,
  };
}

/** The lines for a mission as they go to the board, and how the board names them when somebody acts on them. */
export function seenLines(
  context: BoardContext,
  mission: MissionView,
  now: Now,
  besides: Name | null = null,
): ShownLines & { readonly seen: string } {
  const patient = patientNow(context, mission, now);
  const shown = linesFor(context, patient, now, besides);
  const { mission: id, need, position } = mission;
  const asked = capabilitiesOf(needFor(context, mission));
  const { expected } = patient;
  const about = {
    ...{ mission: id, need, asked, expected, cell: position.cell, besides, named: null },
    aloftMin: aloftMin(mission),
  };
  return { ...shown, seen: noteSeen(context, { ...about, ...shown }) };
}

type RowOf = (german: AdviceLine, english: AdviceLine | null | undefined) => AdviceRow;

/** Each with how long that hospital would have to answer. */
function rowsFor({ data }: AdviceContext, { urgency }: Patient): RowOf {
  const policy = announcementPolicyOf(data);
  return ({ text, ...line }, english) => ({
    ...line,
    answerWithinS: answerWithinS(urgency, line.driveMinTenths, policy),
    text: { de: text, en: english?.text ?? text },
  });
}

/** Where the best misses the time that is aimed at, the nearest that can stabilise stands beside it, last. */
function withStabiliser(lines: readonly AdviceRow[], nearest: AdviceRow | null): readonly AdviceRow[] {
  if (nearest === null) return lines;
  return [...lines.filter(({ hospital }) => hospital !== nearest.hospital), nearest];
}

/** The line of one hospital, whatever its rank; null where there is none. */
export function namedLine(
  context: AdviceContext,
  patient: Patient,
  now: Pick<Now, "wallMs">,
  hospital: Name,
): NamedRow | null {
  const question = questionOf(context, patient, now);
  const german = adviseOn({ ...question, language: "de" }, hospital);
  const english = adviseOn({ ...question, language: "en" }, hospital);
  if (!german.ok || !english.ok || german.value === null || english.value === null) return null;
  const { excluded, ...line } = german.value;
  return { ...rowsFor(context, patient)(line, english.value), excluded };
}

export function questionOf(
  context: AdviceContext,
  { need: id, traits, ...patient }: Patient,
  now: Pick<Now, "wallMs">,
): Question & Pick<Tongue, "clock"> {
  const { base, clock } = context;
  const need = needFor(context, { need: id, ...traits, urgency: patient.urgency });
  return { ...patient, base, need, clock, nowMs: now.wallMs };
}

export function capabilitiesOf({ required, preferred }: Need): readonly string[] {
  return [...required.flat(), ...preferred];
}

/** What the region's catalogue asks of a hospital for this patient. */
export function needFor(
  { data }: Pick<BoardContext, "data">,
  patient: Traits & { readonly need: NeedId },
): Need<CapabilityId> {
  const row = data.needs.find(({ id }) => id === patient.need);
  const need = adviceNeedOf(present(row, "every need of the vocabulary is in the region's catalogue"));
  return needOfPatient(need, data.modifiers, patient);
}
