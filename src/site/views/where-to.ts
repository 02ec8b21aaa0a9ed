import type { Name } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import type { MissionView } from "../../region/mission-view.ts";
import { missionViewOf } from "../../region/view.ts";
import { noteSeen } from "../decisions/seen.ts";
import { type BoardContext, currentHospitals } from "./board-rows.ts";
import type { WhereTo } from "./board-view.ts";
import {
  aloftMin,
  capabilitiesOf,
  linesFor,
  namedLine,
  needFor,
  type Patient,
  patientNow,
} from "./mission-lines.ts";
import { viewContext } from "./region-context.ts";
import { openSteer } from "./standing-choices.ts";

/** Where a patient should go: of a running mission, or one that somebody asks about on the radio. */
export type WhereToQuestion = {
  readonly patient:
    | (Pick<Patient, "position" | "need"> &
        Partial<Pick<Patient, "flown" | "from" | "urgency" | "danger">> & {
          /** As far as they are told. */
          readonly traits?: Partial<Patient["traits"]>;
        })
    | { readonly mission: string };
  /** A hospital whose line is wanted whatever its rank. */
  readonly hospital: Name | null;
};

/** The same lines as advice gives everywhere. Writes nothing. Null: no such mission is running. */
export function whereTo(context: BoardContext, now: Now, question: WhereToQuestion): WhereTo | null {
  const region = viewContext(context, now);
  currentHospitals(context, region);
  const { patient, hospital } = question;
  if (!("mission" in patient)) {
    const { source: _source, ...answer } = answerFor(
      context,
      { ...unknownPatient, ...patient, traits: { ...unknownPatient.traits, ...patient.traits } },
      now,
      null,
      hospital,
    );
    return answer;
  }
  const mission = missionViewOf(region, patient.mission);
  return mission === null || !mission.running ? null : ofMission(context, mission, now, hospital);
}

/** Of a patient about whom nothing else is said on the radio. */
const unknownPatient: Omit<Patient, "position" | "need"> = {
  traits: {
    ageGroup: "18-64",
    ...{ pregnant: false, newborn: false, ventilated: false, infectious: false, heavy: false },
  },
  urgency: 2,
  danger: false,
  flown: false,
  callAtMs: null,
  declinedBy: [],
  inboundTo: [],
  expected: {},
};

function ofMission(context: BoardContext, mission: MissionView, now: Now, hospital: Name | null): WhereTo {
  const besides = (openSteer(mission) ?? mission.destination)?.hospital ?? null;
  const patient = patientNow(context, mission, now);
  const { source, ...answer } = answerFor(context, patient, now, besides, hospital);
  const { mission: id, need, position } = mission;
  const { lines, forced, named } = answer;
  const asked = capabilitiesOf(needFor(context, mission));
  const { expected } = patient;
  const about = {
    mission: id,
    need,
    asked,
    expected,
    cell: position.cell,
    aloftMin: aloftMin(mission),
    besides,
    named,
    lines,
    forced,
    source,
  };
  return { ...answer, seen: noteSeen(context, about) };
}

function answerFor(
  context: BoardContext,
  patient: Patient,
  now: Now,
  aim: Name | null,
  hospital: Name | null,
) {
  const named = hospital === null ? null : namedLine(context, patient, now, hospital);
  return { ...linesFor(context, patient, now, aim), named };
}
