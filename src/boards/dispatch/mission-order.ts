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

/** Whatever a person has to act on now. */
export function isWaiting(row: MissionRow): boolean {
  return isDeciding(row) || isAtDoor(row);
}

/**
 * Who stands at a closed door first, who would only be sooner elsewhere last; among each the most urgent, then whoever
 * is nearest to the door, then who waits longest.
 */
export function compareDeciding(a: MissionRow, b: MissionRow): number {
  return (
    Number(b.door?.arrived === true) - Number(a.door?.arrived === true) ||
    Number(a.decide?.cause === "another-sooner") - Number(b.decide?.cause === "another-sooner") ||
    a.urgency - b.urgency ||
    (a.arrivalMinTenths ?? Number.MAX_SAFE_INTEGER) - (b.arrivalMinTenths ?? Number.MAX_SAFE_INTEGER) ||
    sinceMs(a) - sinceMs(b) ||
    compareIds(a, b)
  );
}

/** By urgency, then by the time of the call: an order that does not change while a mission runs. */
export function compareRunning(a: MissionRow, b: MissionRow): number {
  return a.urgency - b.urgency || a.callAtMs - b.callAtMs || compareIds(a, b);
}

function sinceMs({ decide, door }: MissionRow): number {
  return decide?.sinceMs ?? door?.silentSinceMs ?? 0;
}

function compareIds(a: MissionRow, b: MissionRow): number {
  return a.mission < b.mission ? -1 : 1;
}
