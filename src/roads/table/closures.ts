import { assert, present } from "../../basics/assert.ts";
import { cosLatE7, metresPerLatE7 } from "../network/geometry.ts";
import { type Network, oneWayMs, shareMax } from "../network/network.ts";
import { eachArc, sourcesOf, type TreeSources } from "../network/trees.ts";
import { type ColumnChanges, ColumnRepair, isMarked, isOnWay } from "./repair.ts";
import {
  type ChangedTimes,
  type ClosedRoads,
  changedRow,
  farther,
  type TableHospital,
  type TableParts,
} from "./table.ts";

/** A place where no road can be driven for a time: flood, a bomb that is being defused. */
export type Closure = { readonly latE7: number; readonly lonE7: number; readonly radiusM: number };

/**
 * What the closures change: the roads that are shut, and each time whose shortest way led over them. Equal to the bit to
 * what trees over the roads that are left say.
 */
export function closeRoads(parts: TableParts, closures: readonly Closure[]): ClosedRoads {
  const { network, hospitals } = parts;
  const closed = closedSegments(network, closures);
  const affected = affectedColumns(parts, closed);
  const repair = new ColumnRepair(parts, closed);
  const changes = new Map(
    affected.map((column) => {
      const hospital = present(hospitals[column], "a hospital of the column");
      const { open, lost } = sourcesAround(network, closures, hospital);
      return [column, repair.changesOf(column, open, lost)] as const;
    }),
  );
  const changed = byJunction(changes, network.junctionLatE7.length);
  const meets = closures.map((closure) => meetsRoad(network, closure));
  return { segments: withCutOff(parts, closed, changed), meets, columns: affected.length, changed };
}

/** Sorted by junction: that is how they are asked for. */
function byJunction(changes: ReadonlyMap<number, ColumnChanges>, junctions: number): ChangedTimes {
  const start = new Int32Array(junctions + 1);
  for (const one of changes.values()) {
    for (const junction of one.junctions) start[junction + 1] = at(start, junction + 1) + 1;
  }
  for (let i = 1; i < start.length; i += 1) start[i] = at(start, i) + at(start, i - 1);
  const next = start.slice();
  const columns = new Uint16Array(at(start, junctions));
  const tenths = new Uint16Array(columns.length);
  for (const [column, one] of changes) {
    for (const [i, junction] of one.junctions.entries()) {
      const place = at(next, junction);
      next[junction] = place + 1;
      columns[place] = column;
      tenths[place] = one.tenths[i] ?? farther;
    }
  }
  return { start, columns, tenths };
}

/**
 * The closed segments and those from which, because of them, no hospital can be reached any more: a stub between two
 * closed pieces, or a street that leads into the closed place only. A position beside one of these would lose all its
 * minutes; whoever is there gets out by another road, on a way that the map does not know.
 */
function withCutOff(parts: TableParts, closed: Uint8Array, changed: ChangedTimes): Uint8Array {
  const { network, hospitals } = parts;
  const isCutOff = cutOffJunctions(parts, changed);
  const segments = closed.slice();
  const leadsOn = (junction: number) => isCutOff[junction] === 0;
  const hasHospital = new Set(hospitals.map(({ place }) => place.segment));
  for (let segment = 0; segment < segments.length; segment += 1) {
    const isTwoWay = at(network.backwardMs, segment) !== oneWayMs;
    const isOut = leadsOn(at(network.to, segment)) || (isTwoWay && leadsOn(at(network.from, segment)));
    if (!isOut && !hasHospital.has(segment)) segments[segment] = 1;
  }
  return segments;
}

/** Each junction 1 from which some hospital was reached, and none is with the closures. */
function cutOffJunctions({ hospitals, network, tenths }: TableParts, changed: ChangedTimes): Uint8Array {
  const width = hospitals.length;
  const isCutOff = new Uint8Array(network.junctionLatE7.length);
  const row = new Uint16Array(width);
  for (let junction = 0; junction < isCutOff.length; junction += 1) {
    if (at(changed.start, junction) === at(changed.start, junction + 1)) continue;
    changedRow(tenths, junction, changed, row);
    if (row.every((time) => time === farther)) isCutOff[junction] = 1;
  }
  return isCutOff;
}

/** Whether any road comes nearer to the closure than its radius: if none does, place or radius are perhaps mistaken. */
export function meetsRoad(network: Network, closure: Closure): boolean {
  return closedSegments(network, [closure]).includes(1);
}

/** Each segment 1 that comes nearer to a closure than its radius, else 0. */
export function closedSegments(network: Network, closures: readonly Closure[]): Uint8Array {
  const closed = new Uint8Array(network.from.length);
  for (const closure of closures) {
    for (let segment = 0; segment < closed.length; segment += 1) {
      if (closed[segment] === 0 && touches(network, segment, closure, 0, shareMax)) closed[segment] = 1;
    }
  }
  return closed;
}

/** A hospital on a closed segment is reached from those of its ends between which and the door nothing is closed. */
export function sourcesAround(network: Network, closures: readonly Closure[], { place }: TableHospital) {
  const { segment, share } = place;
  const isOpen = ([junction]: TreeSources[number]) => {
    const [begin, end] = junction === at(network.from, segment) ? [0, share] : [share, shareMax];
    return !closures.some((closure) => touches(network, segment, closure, begin, end));
  };
  const sources = sourcesOf(network, place);
  return { open: sources.filter(isOpen), lost: sources.filter((source) => !isOpen(source)) };
}

/** Whether the segment comes nearer than the radius between two of its shares. */
function touches(
  network: Network,
  segment: number,
  { latE7, lonE7, radiusM }: Closure,
  beginShare: number,
  endShare: number,
): boolean {
  const { pointStart, pointLatE7, pointLonE7, pointShare } = network;
  const eastScale = metresPerLatE7 * cosLatE7(latE7);
  const last = at(pointStart, segment + 1) - 1;
  for (let point = at(pointStart, segment); point < last; point += 1) {
    const share = pointShare[point] ?? 0;
    const length = Math.max(1, (pointShare[point + 1] ?? 0) - share);
    const least = (beginShare - share) / length;
    const most = (endShare - share) / length;
    if (most < 0 || least > 1) continue;
    const aEast = (at(pointLonE7, point) - lonE7) * eastScale;
    const aNorth = (at(pointLatE7, point) - latE7) * metresPerLatE7;
    const east = (at(pointLonE7, point + 1) - lonE7) * eastScale - aEast;
    const north = (at(pointLatE7, point + 1) - latE7) * metresPerLatE7 - aNorth;
    const length2 = east * east + north * north;
    const along = length2 === 0 ? 0 : -(aEast * east + aNorth * north) / length2;
    const t = Math.max(0, least, Math.min(1, most, along));
    const offEast = aEast + t * east;
    const offNorth = aNorth + t * north;
    if (offEast * offEast + offNorth * offNorth <= radiusM * radiusM) return true;
  }
  return false;
}

/**
 * The columns whose shortest ways may lead over a closed segment: for all others nothing changes. A hospital on a closed
 * segment is always among them.
 */
export function affectedColumns(
  { network, tenths, hospitals }: TableParts,
  closed: Uint8Array,
): readonly number[] {
  assert(closed.length === network.from.length, "a mark for every segment");
  const affected = new Uint8Array(hospitals.length);
  for (const [column, { place }] of hospitals.entries()) affected[column] = closed[place.segment] ?? 0;
  const width = hospitals.length;
  eachArc(network, isMarked(closed), (tail, head, ms) => {
    for (let column = 0; column < width; column += 1) {
      const begin = tenths[tail * width + column] ?? farther;
      if (isOnWay(begin, tenths[head * width + column] ?? farther, ms)) affected[column] = 1;
    }
  });
  return Array.from(affected.keys()).filter((column) => affected[column] === 1);
}

function at(values: Int32Array, i: number): number {
  return values[i] ?? 0;
}
