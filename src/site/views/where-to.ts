import type { Name } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import { missionViewOf } from "../../region/view.ts";
import { linesFor, namedLine, openSteer, type Patient, patientOf } from "./board-mission.ts";
import { type BoardContext, currentHospitals, viewContext } from "./board-rows.ts";
import type { WhereTo } from "./board-view.ts";

/** Where a patient should go: of a running mission, or one that somebody asks about on the radio. */
export type WhereToQuestion = {
  readonly patient: Pick<Patient, "position" | "need"> | { readonly mission: string };
  /** A hospital whose line is wanted whatever its rank. */
  readonly hospital: Name | null;
};

/** The same lines as advice gives everywhere. Writes nothing. Null: no such mission is running. */
export function whereTo(context: BoardContext, now: Now, question: WhereToQuestion): WhereTo | null {
  const region = viewContext(context, now);
  currentHospitals(context, region);
  const { patient, hospital } = question;
  if (!("mission" in patient)) return answer(context, { ...unknownPatient, ...patient }, now, null, hospital);
  const mission = missionViewOf(region, patient.mission);
  if (mission === null || !mission.running) return null;
  const aim = openSteer(mission) ?? mission.destination;
  return answer(context, patientOf(context, mission), now, aim?.hospital ?? null, hospital);
}

/** Of a patient about whom nothing else is said on the radio. */
const unknownPatient: Omit<Patient, "position" | "need"> = {
  urgency: 2,
  danger: false,
  callAtMs: null,
  declinedBy: [],
  inboundTo: [],
};

function answer(
  context: BoardContext,
  patient: Patient,
  now: Now,
  aim: Name | null,
  hospital: Name | null,
): WhereTo {
  const named = hospital === null ? null : namedLine(context, patient, now, hospital);
  return { ...linesFor(context, patient, now, aim), named };
}
