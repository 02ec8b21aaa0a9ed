import type { Name } from "../basics/name.ts";
import type { MissionRow, StateCell } from "../site/views/board-view.ts";
import { keepWithinMinTenths } from "./dispatcher.ts";
import type { LiveBoard } from "./live-board.ts";
import { nightHospital } from "./plan.ts";
import { closingHospital } from "./prepared.ts";
import type { AtLoss } from "./seen.ts";

/* What the script of the night looks for on boards. */

export function isUnderWayTo(hospital: Name): (row: MissionRow) => boolean {
  return ({ destination, step }) =>
    destination?.hospital === hospital && step !== "arrived" && step !== "ended";
}

/** How a mission under way to the hospital of the night stands on a board. */
export function atLossOf({ request, arrivalMinTenths }: MissionRow): AtLoss {
  const isThere = request.step !== "none" && request.hospital === nightHospital;
  return {
    request: !isThere ? "none" : request.step === "asked" ? "asked" : request.answer,
    isNear: arrivalMinTenths !== null && arrivalMinTenths <= keepWithinMinTenths,
  };
}

/** So many hospitals a person can choose from at once. */
const proposedMin = 3;

export function isDecided({ decide, destination, steered }: MissionRow): boolean {
  if (steered !== null || destination?.hospital !== nightHospital) return true;
  return decide !== null && decide.cause !== "another-sooner" && decide.lines.length >= proposedMin;
}

export function isAcceptedElsewhere(row: MissionRow | undefined): boolean {
  if (row === undefined || row.request.step !== "answered" || row.request.answer !== "ready") return false;
  return row.destination?.hospital !== closingHospital && row.request.hospital === row.destination?.hospital;
}

export function centreIs(centre: Name, verdict: string): (board: LiveBoard) => boolean {
  return ({ own }) =>
    own?.centres.some(({ site, contact }) => site === centre && contact.verdict === verdict) ?? false;
}

export function heardBy({ hospitals }: LiveBoard): number {
  return [...hospitals.values()].filter(({ contact }) => contact.verdict === "heard").length;
}

export function verdictAt({ hospitals }: LiveBoard, hospital: Name): string | undefined {
  return hospitals.get(hospital)?.contact.verdict;
}

export function cellsAt({ hospitals }: LiveBoard, hospital: Name): ReadonlyMap<string, StateCell> {
  return new Map(Object.entries(hospitals.get(hospital)?.cells ?? {}));
}
