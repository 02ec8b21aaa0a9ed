import { assert } from "../basics/assert.ts";
import { ok, type Result } from "../basics/result.ts";
import type { Position } from "./plane.ts";
import {
  buildStraight,
  estimateFrom,
  isWhole,
  type PositionError,
  type Straight,
  type StraightInput,
} from "./straight.ts";
import { farther, openRowFrom, type RoadTable, rowFrom, rowFromHospital } from "./table/table.ts";

/** What a region says about its roads. The order of `hospitals` and `bridges` is the order of every answer. */
export type RoadsInput = StraightInput & {
  /** Real driving times. Its columns and `tableColumns` name every hospital; absent: minutes are estimated. */
  readonly table?: RoadTable;
  /** For each hospital its column in the table. */
  readonly tableColumns?: readonly number[];
  readonly live?: LiveMinutes | undefined;
};

/** Where the minutes of one answer come from: all of them from one source. */
export type MinutesSource = "traffic" | "table" | "estimate";

/** Minutes in the traffic of now, where a region has them. */
export type LiveMinutes = {
  /**
   * Writes all hospitals' tenths of a minute in their order, {@link noWayMinTenths} where the service knows no way, or
   * nothing: false. Never waits.
   */
  readonly rowFrom: (position: Position, minTenths: Uint16Array) => boolean;
};

/** Everything that does not depend on where the ambulance is. Made once a region; only `toBridgeM`, `tableRow` and `openRow` are written again. */
export type Roads = Straight & {
  /** Null: every answer is an estimate. */
  readonly table: RoadTable | null;
  readonly tableColumns: Int32Array;
  /** Room for one answer: the table's row, and what it were without closures. */
  readonly tableRow: Uint16Array;
  readonly openRow: Uint16Array;
  readonly live: LiveMinutes | null;
  /** Minutes that once were an answer, in place of all sources. Null: minutes are of now. */
  readonly recorded: RecordedMinutes | null;
};

/** An answer as it was written down: tenths of a minute to each hospital, where they came from, and what else there was. */
export type RecordedMinutes = {
  readonly minTenths: Uint16Array;
  readonly source: MinutesSource;
  readonly hasTable: boolean;
  readonly hasTraffic: boolean;
};

/** Stands in a row of live traffic for "the service knows no way there". */
export const noWayMinTenths = 65_535;

/** Stands for "farther than the table knows", tenths of a minute: it knows up to 109.2 minutes. */
export const tableMinTenthsMax = 1_093;

/** Throws where the region's own data are not whole thousandths or a river has no bridge. */
export function buildRoads(input: RoadsInput): Roads {
  return { ...buildStraight(input), ...tableOf(input), live: input.live ?? null, recorded: null };
}

/** Which better sources than the estimate there are. */
export function sourcesOf({
  table,
  live,
  recorded,
}: Pick<Roads, "table" | "live" | "recorded">): Pick<RecordedMinutes, "hasTable" | "hasTraffic"> {
  return recorded ?? { hasTable: table !== null, hasTraffic: live !== null };
}

function tableOf({ table, tableColumns = [], hospitals }: RoadsInput) {
  if (table === undefined) {
    const none = new Uint16Array(0);
    return { table: null, tableColumns: new Int32Array(0), tableRow: none, openRow: none };
  }
  const width = table.hospitals.length;
  assert(tableColumns.length === hospitals.length, "a column of the table for every hospital");
  assert(
    tableColumns.every((column) => column >= 0 && column < width),
    "columns of the table",
  );
  const [tableRow, openRow] = [new Uint16Array(width), new Uint16Array(width)];
  return { table, tableColumns: Int32Array.from(tableColumns), tableRow, openRow };
}

/**
 * Writes the minutes from `position` to every hospital into `minTenths` (tenths of a minute, in the hospitals'
 * order; at least as long as there are hospitals), and says where they come from: all of them from live traffic, if its
 * answer is here and knows a way to each hospital that is needed; else from the road table, or, where there is none or
 * the position lies too far from its roads, from the estimate. On an error nothing is written.
 *
 * @param isNeeded by hospital; of one that is not, {@link noWayMinTenths} may be written
 */
export function driveFrom(
  roads: Roads,
  position: Position,
  minTenths: Uint16Array,
  isNeeded: (hospital: number) => boolean = () => true,
): Result<MinutesSource, PositionError> {
  assert(minTenths.length >= roads.hospitalCount, "room for every hospital");
  if (driveInTraffic(roads, position, minTenths, isNeeded)) return ok("traffic");
  return driveWithoutTraffic(roads, position, minTenths);
}

/** The same from the road table or the estimate, or as it was recorded. */
export function driveWithoutTraffic(
  roads: Roads,
  position: Position,
  minTenths: Uint16Array,
): Result<MinutesSource, PositionError> {
  if (roads.recorded !== null) {
    minTenths.set(roads.recorded.minTenths);
    return ok(roads.recorded.source);
  }
  if (driveByTable(roads, position, minTenths)) return ok("table");
  const estimated = estimateFrom(roads, position, minTenths);
  return estimated.ok ? ok("estimate") : estimated;
}

function driveInTraffic(
  roads: Roads,
  position: Position,
  minTenths: Uint16Array,
  isNeeded: (hospital: number) => boolean,
): boolean {
  const { live, hospitalCount } = roads;
  if (live === null || !isWhole(position) || !live.rowFrom(position, minTenths)) return false;
  forgetClosedWays(roads, position, minTenths);
  for (let hospital = 0; hospital < hospitalCount; hospital += 1) {
    if (minTenths[hospital] === noWayMinTenths && isNeeded(hospital)) return false;
  }
  return true;
}

/** Nobody tells a service what a centre has closed: where the way to a hospital is another one because of it, its minutes are not believed. */
function forgetClosedWays(
  { table, tableRow, openRow, tableColumns }: Roads,
  { latE3, lonE3 }: Position,
  minTenths: Uint16Array,
): void {
  if (table === null || table.closed === null) return;
  const place = [latE3 * e7OfE3, lonE3 * e7OfE3] as const;
  if (!openRowFrom(table, ...place, openRow).ok) return;
  if (!rowFrom(table, ...place, tableRow).ok) tableRow.fill(farther);
  for (const [hospital, column] of tableColumns.entries()) {
    if (tableRow[column] !== openRow[column]) minTenths[hospital] = noWayMinTenths;
  }
}

/**
 * The same from one hospital (its index) to every other, for who is turned away: by the table from its own way in, where there is
 * one, else estimated. To itself it is 0 by the table.
 */
export function driveFromHospital(
  roads: Roads,
  hospital: number,
  minTenths: Uint16Array,
): Exclude<MinutesSource, "traffic"> {
  const { table, tableColumns, tableRow } = roads;
  if (table !== null) {
    rowFromHospital(table, at(tableColumns, hospital), tableRow);
    takeRow(roads, minTenths);
    return "table";
  }
  const place = { latE3: at(roads.hospitalLatE3, hospital), lonE3: at(roads.hospitalLonE3, hospital) };
  assert(estimateFrom(roads, place, minTenths).ok, "a hospital lies in its own region");
  return "estimate";
}

const e7OfE3 = 10_000;
/** Tenths of a second in a tenth of a minute. */
const secondTenthsOfMinTenth = 60;

/** False: the table has no answer for this position; nothing is written. */
function driveByTable(roads: Roads, position: Position, minTenths: Uint16Array): boolean {
  const { table, tableRow } = roads;
  if (table === null || !isWhole(position)) return false;
  if (!rowFrom(table, position.latE3 * e7OfE3, position.lonE3 * e7OfE3, tableRow).ok) return false;
  takeRow(roads, minTenths);
  return true;
}

/** The table's row in the hospitals' order and in tenths of a minute. */
function takeRow({ tableRow, tableColumns }: Roads, minTenths: Uint16Array): void {
  for (let hospital = 0; hospital < tableColumns.length; hospital += 1) {
    const tenths = tableRow[at(tableColumns, hospital)] ?? farther;
    minTenths[hospital] =
      tenths === farther ? tableMinTenthsMax : Math.floor(tenths / secondTenthsOfMinTenth + 0.5);
  }
}

function at(values: Int32Array, i: number): number {
  return values[i] ?? 0;
}
