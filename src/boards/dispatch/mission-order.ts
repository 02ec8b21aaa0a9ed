import { type Name, refKey } from "../../basics/name.ts";
import type { DoorRow } from "../../site/views/board-desk-view.ts";
import type { MissionRow } from "../../site/views/board-view.ts";

type Decide = NonNullable<MissionRow["decide"]>;
export type Deciding = MissionRow & { readonly decide: Decide };

export function isDeciding(row: MissionRow): row is Deciding {
  return row.decide !== null;
}

export type AtDoor = MissionRow & { readonly door: DoorRow };

export function isAtDoor(row: MissionRow): row is AtDoor {
  return row.door !== undefined;
}

/** Where the mission is headed: what was proposed last, else the crew's own word. */
export function aimOf(row: MissionRow): Name | null {
  return row.steered?.hospital ?? row.destination?.hospital ?? null;
}

/** Whatever a person has to act on now. */
export function isWaiting(row: MissionRow): boolean {
  return isDeciding(row) || isAtDoor(row);
}

/**
 * By what waiting costs (decision 0041): its band, then the most urgent, then whose patient is on board, then whoever is
 * nearest to the door, then who waits longest.
 */
export function compareDeciding(a: MissionRow, b: MissionRow): number {
  return (
    bandOf(a) - bandOf(b) ||
    a.urgency - b.urgency ||
    Number(isOnBoard(b)) - Number(isOnBoard(a)) ||
    (a.arrivalMinTenths ?? Number.MAX_SAFE_INTEGER) - (b.arrivalMinTenths ?? Number.MAX_SAFE_INTEGER) ||
    sinceMs(a) - sinceMs(b) ||
    compareIds(a, b)
  );
}

/**
 * 0: stands at a closed door; 1: drives, or is to drive, to where nobody answers or nobody will take them; 2: loses nothing
 * yet, since the patient is still where the crew found them; 3: would only be sooner elsewhere. At urgency 1 nobody is in 2.
 */
function bandOf(row: MissionRow): number {
  const cause = row.decide?.cause;
  if (row.door?.arrived === true) return 0;
  if (row.door !== undefined) return 1;
  if (cause === "another-sooner") return 3;
  const canWait = cause === "no-destination" || cause === "not-agreed" || cause === "chosen-apart";
  return canWait && row.urgency > 1 && !isOnBoard(row) ? 2 : 1;
}

function isOnBoard({ step }: MissionRow): boolean {
  return step === "patient-on-board";
}

/**
 * By urgency, then by the time of the call: an order that does not change while a mission runs. Patients of one scene stand
 * together, where the first of them would stand.
 */
export function inRunningOrder(rows: Iterable<MissionRow>): readonly MissionRow[] {
  const scenes = Map.groupBy([...rows].sort(compareRunning), sceneOf);
  return [...scenes.values()].flat();
}

/** The first mission of its scene names it. */
function sceneOf({ scene, mission }: MissionRow): string {
  return scene === undefined ? mission : refKey(scene);
}

function compareRunning(a: MissionRow, b: MissionRow): number {
  return a.urgency - b.urgency || a.callAtMs - b.callAtMs || compareIds(a, b);
}

function sinceMs({ decide, door }: MissionRow): number {
  return decide?.sinceMs ?? door?.silentSinceMs ?? 0;
}

function compareIds(a: MissionRow, b: MissionRow): number {
  return a.mission < b.mission ? -1 : 1;
}

/** A mission's row as to one of its requests, so that every tool of a request serves each of them. */
export type Ask = {
  readonly row: MissionRow;
  /** The sending hospital of a transfer was asked about this destination. */
  readonly to?: Name;
};

/** Everything that was asked for a mission and still matters, at least the last request, or that there is none. */
export function asksOf(row: MissionRow): readonly Ask[] {
  const { request: last, otherRequests = [], agreements = [] } = row;
  return [
    ...[...otherRequests, last].map((request) => ({ row: { ...row, request } })),
    ...agreements.map((request) => ({ row: { ...row, request }, to: request.to })),
  ];
}

export type Asked = MissionRow & { readonly request: { readonly step: "asked" } };

export function isAsked(row: MissionRow): row is Asked {
  return row.request.step === "asked";
}

/** A request whose deadline has passed without an answer, so that somebody must ask on the second channel. */
export function isOverdue(row: MissionRow, nowMs: number): row is Asked {
  return isAsked(row) && row.request.dueMs !== undefined && nowMs > row.request.dueMs;
}
