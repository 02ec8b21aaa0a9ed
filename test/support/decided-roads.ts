// A road table under the hospitals of the decided nights, and closures on it that come and go.

import { adviceBaseOf } from "../../src/advice/region-base.ts";
import type { AdviceFiles } from "../../src/anchor/explain/explain.ts";
import { roadsWith } from "../../src/anchor/explain/roads-then.ts";
import { circleOf } from "../../src/anchor/roads/road-closures.ts";
import { refKey } from "../../src/basics/name.ts";
import type { Random } from "../../src/basics/random.ts";
import { ok } from "../../src/basics/result.ts";
import { type ClosureView, closuresInForce } from "../../src/region/closures-view.ts";
import type { LiveMinutes } from "../../src/roads/roads.ts";
import { closeRoads } from "../../src/roads/table/closures.ts";
import { closeTable, openTable, type RoadTable } from "../../src/roads/table/table.ts";
import type { BoardContext } from "../../src/site/views/board-rows.ts";
import { viewContext } from "../../src/site/views/region-context.ts";
import { centreLog, eveningMs } from "./decided-night.ts";
import { networkOf, tableOf } from "./drawn-roads.ts";
import { type Logs, nightMs, say } from "./region.ts";

const south = 51.1;
const west = 6.66;
const rows = 23;
const columns = 24;
const latStep = 0.01;
const lonStep = 0.015;

/** Streets at right angles, a kilometre apart, from south of the missions' places to north of the hospitals. */
export function decidedTable({ data }: BoardContext): RoadTable {
  const id = (row: number, column: number) => row * columns + column + 1;
  const nodes = Array.from({ length: rows * columns }, (_, i) => ({
    id: i + 1,
    lat: south + latStep * Math.floor(i / columns),
    lon: west + lonStep * (i % columns),
    tags: undefined,
  }));
  const along = (count: number, at: (i: number) => number) => Array.from({ length: count }, (_, i) => at(i));
  const tags = { highway: "secondary", maxspeed: "50" };
  const ways = [
    ...along(rows, (row) => row).map((row) => along(columns, (column) => id(row, column))),
    ...along(columns, (column) => column).map((column) => along(rows, (row) => id(row, column))),
  ].map((refs, i) => ({ id: i + 1, refs, tags }));
  return tableOf(networkOf({ nodes, ways }), data.hospitals, data.region.id);
}

/** Some closures of the night, most of them in force in the evening, one of them lifted by then. */
export function drawClosures(logs: Logs, random: Random): void {
  const count = random.below(5);
  for (let i = 0; i < count; i += 1) {
    const place = { latE3: 51_180 + random.below(130), lonE3: 6_740 + random.below(120) };
    const endsMs = eveningMs + 3_600_000 - (random.oneIn(4) ? 4_000_000 : 0);
    const body = { ...place, radiusM: 700 + random.below(2_500), reason: "flood", endsMs };
    const closed = say(logs, centreLog, "road.closed/1", body, { at: nightMs + random.below(3_600_000) });
    if (i === 3) say(logs, centreLog, "road.opened/1", { closed: [...closed] }, { at: eveningMs - 60_000 });
  }
}

/** After the decisions: everything that was closed is open again, and something else is closed. */
export function liftClosures(logs: Logs, counted: readonly ClosureView[]): Logs {
  const later = new Map([...logs].map(([log, entries]) => [log, [...entries]]));
  const at = eveningMs + 600_000;
  for (const { ref } of counted) say(later, centreLog, "road.opened/1", { closed: [...ref] }, { at });
  const other = { latE3: 51_240, lonE3: 6_790, radiusM: 3_000, reason: "bomb", endsMs: at + 3_600_000 };
  say(later, centreLog, "road.closed/1", other, { at });
  return later;
}

/** Of a service whose drives nobody can ask for afterwards. */
const traffic: LiveMinutes = {
  rowFrom: ({ latE3, lonE3 }, minTenths) => {
    for (const [i] of minTenths.entries()) minTenths[i] = 60 + ((latE3 + 7 * lonE3 + 31 * i) % 200);
    return true;
  },
};

/**
 * The same board with this table, closed by what is in force and known to it.
 * @param isLate a closure is said and its minutes are not computed yet
 */
export function withRoads(
  context: BoardContext,
  parts: RoadTable,
  { isLate, hasTraffic }: { readonly isLate: boolean; readonly hasTraffic: boolean },
): { readonly context: BoardContext; readonly counted: readonly ClosureView[] } {
  const now = { wallMs: eveningMs, monoMs: 1_200_000 };
  const inForce = closuresInForce(viewContext(context, now));
  const counted = isLate ? inForce.slice(1) : inForce;
  const table = openTable(parts);
  closeTable(table, counted.length === 0 ? null : closeRoads(table, counted.map(circleOf)));
  const base = adviceBaseOf(context.data, table, hasTraffic ? traffic : undefined);
  const known = new Map(counted.map(({ ref }) => [refKey(ref), true]));
  return { context: { ...context, base, countedClosures: () => known }, counted };
}

/** What whoever explains has: the table as it is closed now, by something else. */
export function filesWithRoads({ data }: BoardContext, parts: RoadTable): AdviceFiles {
  const table = openTable(parts);
  closeTable(table, closeRoads(table, [{ latE7: 512_400_000, lonE7: 67_900_000, radiusM: 3_000 }]));
  return { data, base: adviceBaseOf(data, table), roadsWith: async (task) => ok(roadsWith(task)) };
}
