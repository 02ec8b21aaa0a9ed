import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { err, ok, type Result } from "../basics/result.ts";
import { bestOfCell, type PeopleCell } from "../roads/table/best.ts";
import type { RoadTable } from "../roads/table/table.ts";
import type { RegionSites } from "./region-hospitals.ts";

const whole = v.pipe(v.number(), v.integer());
const cellsSchema = v.pipe(
  v.array(v.object({ latE3: whole, lonE3: whole, people: v.pipe(whole, v.minValue(0)) })),
  v.minLength(1, "no cell"),
);
/** Hospitals named for each cell and capability. */
const named = 3;
const tenthsOfMinute = 60;

/** Where people live: a grid in the form of the region's municipalities, or, where none is named, these. */
export function readCells(
  regionDir: string,
  file: string | undefined,
): Result<readonly PeopleCell[], string> {
  const path = file ?? join(regionDir, "municipalities.json");
  try {
    const parsed = v.safeParse(cellsSchema, JSON.parse(readFileSync(path, "utf8")));
    if (parsed.success) return ok(parsed.output);
    const [issue] = parsed.issues;
    return err(`${path}, ${v.getDotPath(issue) ?? ""}: ${issue.message}`);
  } catch (error) {
    return err(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export type BestLines = {
  /** A row a cell and capability, comma separated, a head first. */
  readonly lines: readonly string[];
  readonly offRoad: number;
};

/** The best hospitals for each capability that any hospital of the region has, or for one of them. */
export function bestLines(
  table: RoadTable,
  { hospitals }: RegionSites,
  cells: readonly PeopleCell[],
  capability: string | undefined,
): BestLines {
  const known = new Set(hospitals.flatMap(({ capabilities }) => capabilities));
  const wanted = [...known].filter((one) => capability === undefined || one === capability).sort();
  const has = new Map(hospitals.map(({ id, capabilities }) => [id, new Set(capabilities)]));
  const masks = Uint32Array.from(table.hospitals, ({ id }) =>
    wanted.reduce((mask, one, i) => mask + (has.get(id)?.has(one) === true ? 2 ** i : 0), 0),
  );
  const lines = [`latE3,lonE3,people,capability${",hospital,minutes".repeat(named)}`];
  let offRoad = 0;
  for (const cell of cells) {
    const best = bestOfCell(
      table,
      cell,
      masks,
      wanted.map((_, i) => 2 ** i),
      named,
    );
    if (best === null) offRoad += 1;
    for (const [i, nearest] of (best ?? []).entries()) {
      const columns = nearest.flatMap(({ column, tenths }) => [
        table.hospitals[column]?.id ?? "",
        (Math.round(tenths / tenthsOfMinute) / 10).toFixed(1),
      ]);
      lines.push([cell.latE3, cell.lonE3, cell.people, wanted[i], ...columns].join(","));
    }
  }
  return { lines, offRoad };
}
