import type { Name } from "../../basics/name.ts";
import type { BoardBuild } from "../../site/views/board-push.ts";
import type { BoardPush, CentreRow, HospitalRow, MissionRow, OwnRow } from "../../site/views/board-view.ts";

/** What the anchor last said, by row. */
export type Rows = {
  readonly own: OwnRow;
  readonly hospitals: ReadonlyMap<Name, HospitalRow>;
  readonly missions: ReadonlyMap<string, MissionRow>;
  readonly centre: CentreRow;
  /** Missions are not known yet. */
  readonly partial?: true;
};

/** What a control centre sees beside hospitals and missions, before it has been said. */
export const emptyCentre: CentreRow = {
  voices: [],
  noSound: [],
  tasks: [],
  runsOut: [],
  rounds: [],
  transfers: [],
  paths: { heard: 0, rows: [] },
};

/** Rows after a message. Changes before the first whole view mean nothing yet; a row that did not change is kept. */
export function applyPush(rows: Rows | null, push: BoardPush): Rows | null {
  switch (push.type) {
    case "alive":
    case "loading":
      return rows;
    case "all": {
      const { own, hospitals, missions, centre } = push.view;
      return {
        own,
        hospitals: withRows(new Map(), hospitals, (row) => row.hospital),
        missions: withRows(new Map(), missions, (row) => row.mission),
        centre: centre ?? emptyCentre,
        ...(push.partial === true ? { partial: true } : {}),
      };
    }
    case "rows":
      return rows === null ? null : changed(rows, push);
  }
}

function changed(rows: Rows, push: BoardPush & { readonly type: "rows" }): Rows {
  const missions = withRows(rows.missions, push.missions ?? [], (row) => row.mission);
  for (const mission of push.gone ?? []) missions.delete(mission);
  return {
    ...rows,
    own: push.own ?? rows.own,
    hospitals: withRows(rows.hospitals, push.hospitals ?? [], (row) => row.hospital),
    missions,
    centre: push.centreChanges === undefined ? rows.centre : { ...rows.centre, ...push.centreChanges },
  };
}

function withRows<R>(
  known: ReadonlyMap<string, R>,
  rows: readonly R[],
  keyOf: (row: R) => string,
): Map<string, R> {
  const all = new Map(known);
  for (const row of rows) all.set(keyOf(row), row);
  return all;
}

/** What every message of an anchor to a board has. */
export type AnyPush = {
  readonly type: "all" | "rows" | "alive" | "loading";
  readonly nowMs: number;
  readonly build?: BoardBuild;
};

/** A message of the anchor, or null where a text is none of ours. */
export function parsePush<Push extends AnyPush>(text: string): Push | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const { type, nowMs } = value as { readonly type?: unknown; readonly nowMs?: unknown };
  const isKnown = type === "all" || type === "rows" || type === "alive" || type === "loading";
  if (typeof nowMs !== "number" || !isKnown) return null;
  // Of another build the rows may have another shape: then a bar says so (build.ts).
  return value as Push;
}
