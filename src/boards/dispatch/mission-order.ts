import type { MissionRow } from "../../site/board-view.ts";

type Decide = NonNullable<MissionRow["decide"]>;
export type Deciding = MissionRow & { readonly decide: Decide };

export function isDeciding(row: MissionRow): row is Deciding {
  return row.decide !== null;
}

/** The most urgent first, then whoever is nearest to the door, then who waits longest. */
export function compareDeciding(a: Deciding, b: Deciding): number {
  return (
    a.urgency - b.urgency ||
    (a.arrivalMinTenths ?? Number.MAX_SAFE_INTEGER) - (b.arrivalMinTenths ?? Number.MAX_SAFE_INTEGER) ||
    a.decide.sinceMs - b.decide.sinceMs ||
    compareIds(a, b)
  );
}

/** By urgency, then by the time of the call: an order that does not change while a mission runs. */
export function compareRunning(a: MissionRow, b: MissionRow): number {
  return a.urgency - b.urgency || a.callAtMs - b.callAtMs || compareIds(a, b);
}

function compareIds(a: MissionRow, b: MissionRow): number {
  return a.mission < b.mission ? -1 : 1;
}
