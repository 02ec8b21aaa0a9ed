import type { Name } from "../../basics/name.ts";
import type { MissionView } from "../../region/mission-view.ts";
import type { ContestRow } from "./board-desk-view.ts";
import { secondsOf } from "./board-mission.ts";
import type { RequestRow } from "./board-site-view.ts";
import type { MissionRow } from "./board-view.ts";
import type { HospitalWords } from "./known-hospitals.ts";

/**
 * Where missions of more than one centre drive to a hospital that reports fewer free places than come, each row says so:
 * none of them goes before another, and the hospital answers. A hospital that reports no places has no last one.
 */
export function withContests(
  rows: readonly MissionRow[],
  hospitals: readonly Pick<HospitalWords, "hospital" | "beds">[],
): readonly MissionRow[] {
  const coming = Map.groupBy(rows.filter(isOnTheWay), aimOf);
  const places = new Map(hospitals.map(({ hospital, beds }) => [hospital, placesOf(beds)]));
  return rows.map((row) => {
    const hospital = aimOf(row);
    const contest = hospital === null ? null : contestAt(row, hospital, coming.get(hospital), places);
    return contest === null ? row : { ...row, contest };
  });
}

function contestAt(
  row: MissionRow,
  hospital: Name,
  coming: readonly MissionRow[] = [],
  places: ReadonlyMap<Name, Places | null>,
): ContestRow | null {
  const known = places.get(hospital) ?? null;
  if (known === null || coming.length <= known.free || !coming.includes(row)) return null;
  const others = othersOf(row, coming);
  return others.length === 0 ? null : { hospital, ...known, others };
}

/** The same as a hospital sees it, of those that concern it. */
export function contestHere(
  mission: MissionView,
  coming: readonly MissionView[],
  places: Places | null,
): Pick<RequestRow, "contest"> {
  if (places === null || coming.length <= places.free || !coming.includes(mission)) return {};
  const others = othersOf(mission, coming);
  return others.length === 0 ? {} : { contest: { ...places, others } };
}

type Led = { readonly vehicle: Name; readonly owners: readonly Name[] };

/** Those that another centre leads. */
function othersOf(mission: Led, coming: readonly Led[]): readonly Led[] {
  return coming
    .filter(({ owners }) => owners.every((owner) => !mission.owners.includes(owner)))
    .map(({ vehicle, owners }) => ({ vehicle, owners }));
}

function isOnTheWay({ step }: MissionRow): boolean {
  return step !== "arrived" && step !== "ended";
}

/** Where it is headed, or whom a centre asks while it drives nowhere yet. */
function aimOf({ steered, destination, request }: MissionRow): Name | null {
  const asked = request.step === "none" ? null : request.hospital;
  return steered?.hospital ?? destination?.hospital ?? asked;
}

type Places = Pick<ContestRow, "free" | "freeSaidMs">;

/** Null: none reported, or so long ago that nobody believes it any more. */
export function placesOf(beds: HospitalWords["beds"]): Places | null {
  const said = beds.find(({ ward }) => ward === "emergency-department");
  if (said === undefined || said.free === null) return null;
  return { free: said.free, freeSaidMs: secondsOf(said.sinceMs) };
}
