import { assert } from "../../basics/assert.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import { type Network, oneWayMs, type RoadPlace, shareMax } from "../network/network.ts";
import { offRoadKmh, type ProfileId } from "../network/profile.ts";
import { unreachedMs } from "../network/trees.ts";
import { RoadFinder } from "./finder.ts";

/** What stands in a row for "farther than 6,553.4 s (109 min), or not at all". */
export const farther = 65_535;
/** The farthest that trees are followed: what rounds to 65,534 tenths of a second. */
export const treeLimitMs = 6_553_449;

/** A position farther than this from every road is refused, metres: without a limit, a place off the map looks near. */
export const positionOffRoadMMax = 2_000;
/** A hospital must lie nearer: its way in is on the map, or the extract is the wrong one. */
export const hospitalOffRoadMMax = 1_000;

/** Where a hospital's ambulances drive up. */
export type TableHospital = {
  readonly id: string;
  /** As the region's files have it, thousandths of a degree: by this a moved hospital is known. */
  readonly latE3: number;
  readonly lonE3: number;
  readonly latE7: number;
  readonly lonE7: number;
  /** Its place on the road; `offRoadM` is part of every minute to it. */
  readonly place: RoadPlace;
};

/** What a table is about. */
export type TableInfo = {
  readonly region: string;
  readonly profile: ProfileId;
  /** State of the OpenStreetMap data, UTC milliseconds; null where the extract did not say. */
  readonly osmAtMs: number | null;
};

/** Driving times from every junction to every hospital, and what it takes to stand between junctions. */
export type RoadTable = {
  readonly info: TableInfo;
  readonly network: Network;
  readonly hospitals: readonly TableHospital[];
  /** Row a junction, column a hospital: tenths of a second, or {@link farther}. */
  readonly tenths: Uint16Array;
  readonly finder: RoadFinder;
  /** What a position's minutes need of its segment, {@link legSize} numbers side by side. */
  readonly legs: Int32Array;
  /** Hospitals (columns) by the segment they lie on. */
  readonly onSegment: ReadonlyMap<number, readonly number[]>;
  /** Room for both ends of a segment, as closures leave them. */
  readonly closedRows: readonly [Uint16Array, Uint16Array];
  /** Roads that are closed now; null: none. Set by {@link closeTable}. */
  closed: ClosedRoads | null;
};

/** What closures change in a table: its own numbers stay as they are, and hold again when the closures have ended. */
export type ClosedRoads = {
  /** For each segment 1 if nobody can set out on it: it is closed, or cut off from every hospital by what is closed; else 0. */
  readonly segments: Uint8Array;
  /** For each closure whether it closes any road. */
  readonly meets: readonly boolean[];
  /** Hospitals whose shortest ways may have led over a closed road. */
  readonly columns: number;
  readonly changed: ChangedTimes;
};

/** Times that closures change: of junction `j` the columns and their tenths at `start[j]` … `start[j + 1] - 1`. */
export type ChangedTimes = {
  readonly start: Int32Array;
  readonly columns: Uint16Array;
  readonly tenths: Uint16Array;
};

export type TableParts = Pick<RoadTable, "info" | "network" | "hospitals" | "tenths">;

/** From, to, milliseconds forward and backward, and those that the junctions at `to` and at `from` take. */
const legSize = 6;

/** One read of far memory instead of six. */
function legsOf(network: Network): Int32Array {
  const { from, to, forwardMs, backwardMs, enterToMs, enterFromMs } = network;
  const legs = new Int32Array(legSize * from.length);
  for (let segment = 0; segment < from.length; segment += 1) {
    const leg = segment * legSize;
    legs[leg] = at(from, segment);
    legs[leg + 1] = at(to, segment);
    legs[leg + 2] = at(forwardMs, segment);
    legs[leg + 3] = at(backwardMs, segment);
    legs[leg + 4] = enterToMs[segment] ?? 0;
    legs[leg + 5] = enterFromMs[segment] ?? 0;
  }
  return legs;
}

export function openTable(parts: TableParts): RoadTable {
  const { network, hospitals, tenths } = parts;
  assert(tenths.length === network.junctionLatE7.length * hospitals.length, "a row for every junction");
  const onSegment = new Map<number, number[]>();
  for (const [column, { place }] of hospitals.entries()) {
    onSegment.set(place.segment, [...(onSegment.get(place.segment) ?? []), column]);
  }
  const finder = new RoadFinder(network, positionOffRoadMMax);
  const room = () => new Uint16Array(hospitals.length);
  const closedRows = [room(), room()] as const;
  return { ...parts, finder, legs: legsOf(network), onSegment, closedRows, closed: null };
}

/** From now on every answer is that of the roads that are left; null: all are open again. */
export function closeTable(table: RoadTable, closed: ClosedRoads | null): void {
  assert(closed === null || closed.segments.length === table.network.from.length, "closures of this table");
  table.closed = closed;
  table.finder.close(closed === null ? null : closed.segments);
}

export type PlaceError = "position-is-no-number" | "position-off-road";

/**
 * Tenths of a second from a position (ten-millionths of a degree) to every hospital, into `row` in the table's order;
 * the answer is how far the position lies from the road, metres. Both ways out of the road's segment count, only one
 * where it is one-way. On an error nothing is written.
 */
export function rowFrom(
  table: RoadTable,
  latE7: number,
  lonE7: number,
  row: Uint16Array,
): Result<number, PlaceError> {
  if (!Number.isSafeInteger(latE7) || !Number.isSafeInteger(lonE7)) return err("position-is-no-number");
  const { finder } = table;
  if (!finder.nearest(latE7, lonE7)) return err("position-off-road");
  rowAt(table, finder.segment, finder.share, offRoadTenths(finder.offRoadM), row);
  return ok(finder.offRoadM);
}

/** The same as it were if no road was closed. */
export function openRowFrom(
  table: RoadTable,
  latE7: number,
  lonE7: number,
  row: Uint16Array,
): Result<number, PlaceError> {
  const { closed } = table;
  closeTable(table, null);
  const found = rowFrom(table, latE7, lonE7, row);
  closeTable(table, closed);
  return found;
}

/** Tenths of a second from one hospital (its column) to every other, into `row`: for redirects. */
export function rowFromHospital(table: RoadTable, column: number, row: Uint16Array): void {
  const hospital = table.hospitals[column];
  assert(hospital !== undefined, "a hospital of the table");
  const { segment, share, offRoadM } = hospital.place;
  // Nobody sets out on a closed road.
  if (table.closed?.segments[segment] === 1) {
    if (!rowFrom(table, hospital.latE7, hospital.lonE7, row).ok) row.fill(farther);
  } else rowAt(table, segment, share, offRoadTenths(offRoadM), row);
  row[column] = 0;
}

function rowAt(
  table: RoadTable,
  segment: number,
  share: number,
  startTenths: number,
  row: Uint16Array,
): void {
  const { legs, closed, tenths, onSegment } = table;
  const count = table.hospitals.length;
  assert(row.length >= count, "room for every hospital");
  const leg = segment * legSize;
  const [fromJunction, toJunction] = [at(legs, leg), at(legs, leg + 1)];
  const toMs = (at(legs, leg + 2) * (shareMax - share)) / shareMax + at(legs, leg + 4);
  const to = startTenths + tenthsOf(toMs);
  const backwardMs = at(legs, leg + 3);
  const isOneWay = backwardMs === oneWayMs;
  const fromMs = isOneWay ? 0 : (backwardMs * share) / shareMax + at(legs, leg + 5);
  // One way: the row at its end stands for both.
  const from = isOneWay ? to : startTenths + tenthsOf(fromMs);
  const back = isOneWay ? toJunction : fromJunction;
  if (closed === null) lesser(tenths, toJunction * count, to, tenths, back * count, from, row, count);
  else {
    const [ahead, behind] = table.closedRows;
    changedRow(tenths, toJunction, closed.changed, ahead);
    changedRow(tenths, back, closed.changed, behind);
    lesser(ahead, 0, to, behind, 0, from, row, count);
  }
  const here = onSegment.get(segment);
  if (here !== undefined) alongSegment(table, here, segment, share, startTenths, row);
}

/** Each hospital's time over one junction or over another, whichever is less. */
function lesser(
  rows: Uint16Array,
  begin: number,
  plus: number,
  others: Uint16Array,
  otherBegin: number,
  otherPlus: number,
  row: Uint16Array,
  count: number,
): void {
  // Whole numbers for the machine, too: the lesser of two floating ones takes longer.
  const [wholePlus, otherWholePlus] = [plus | 0, otherPlus | 0];
  for (let column = 0; column < count; column += 1) {
    const over = (rows[begin + column] ?? 0) + wholePlus;
    const otherwise = (others[otherBegin + column] ?? 0) + otherWholePlus;
    // Without a branch: which way is less cannot be foretold, and wrong guesses cost more than all the adding.
    row[column] = Math.min(over, otherwise, farther);
  }
}

/** A junction's row as closures leave it, into `row`. */
export function changedRow(
  rows: Uint16Array,
  junction: number,
  { start, columns, tenths }: ChangedTimes,
  row: Uint16Array,
): void {
  row.set(rows.subarray(junction * row.length, (junction + 1) * row.length));
  const end = at(start, junction + 1);
  for (let i = at(start, junction); i < end; i += 1) row[columns[i] ?? 0] = tenths[i] ?? farther;
}

/** Hospitals on the position's own segment: straight along it, where that is allowed and shorter. */
function alongSegment(
  { network, hospitals }: RoadTable,
  columns: readonly number[],
  segment: number,
  share: number,
  startTenths: number,
  row: Uint16Array,
): void {
  for (const column of columns) {
    const place = hospitals[column]?.place;
    if (place === undefined) continue;
    const ahead = place.share - share;
    const wholeMs = at(ahead >= 0 ? network.forwardMs : network.backwardMs, segment);
    if (wholeMs === oneWayMs) continue;
    const ms = (wholeMs * Math.abs(ahead)) / shareMax;
    const sum = startTenths + tenthsOf(ms) + offRoadTenths(place.offRoadM);
    row[column] = Math.min(row[column] ?? farther, sum);
  }
}

/** A column of the table from a hospital's tree. */
export function columnOf(treeMs: Int32Array, { place }: TableHospital): Uint16Array {
  const extra = offRoadTenths(place.offRoadM);
  const tenths = new Uint16Array(treeMs.length);
  // Uint16Array.from with a function takes three times as long as the tree itself.
  for (let junction = 0; junction < tenths.length; junction += 1) {
    tenths[junction] = arrivalTenths(at(treeMs, junction), extra);
  }
  return tenths;
}

/** What stands in a table for `ms` of a tree, with `extra` tenths of a second from the road to the door. */
export function arrivalTenths(ms: number, extra: number): number {
  return ms === unreachedMs ? farther : Math.min(farther, tenthsOf(ms) + extra);
}

export function tenthsOf(ms: number): number {
  return Math.floor(ms / 100 + 0.5);
}

/** On foot or over a yard to the road, or from it. */
export function offRoadTenths(metres: number): number {
  return Math.floor((metres * 36) / offRoadKmh.value + 0.5);
}

/**
 * The `k` nearest columns of a row that have every bit of `wanted`, nearest first, of equal ones the first; what is
 * farther than the table knows is left out. `masks` has one number of up to 32 bits a column.
 */
export function nearestOf(
  row: Uint16Array,
  masks: Uint32Array,
  wanted: number,
  k: number,
): readonly number[] {
  const best: number[] = [];
  let worst = farther;
  for (let column = 0; column < masks.length; column += 1) {
    const tenths = row[column] ?? farther;
    if (tenths >= worst || ((masks[column] ?? 0) & wanted) >>> 0 !== wanted >>> 0) continue;
    let place = best.length;
    while (place > 0 && (row[best[place - 1] ?? 0] ?? 0) > tenths) place -= 1;
    best.splice(place, 0, column);
    if (best.length > k) best.pop();
    if (best.length === k) worst = row[best[k - 1] ?? 0] ?? farther;
  }
  return best;
}

function at(values: Int32Array, i: number): number {
  return values[i] ?? 0;
}
