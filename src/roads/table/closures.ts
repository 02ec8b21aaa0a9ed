import { assert } from "../../basics/assert.ts";
import { cosLatE7, metresPerLatE7 } from "../network/geometry.ts";
import { type Network, oneWayMs, shareMax } from "../network/network.ts";
import { reverseGraphOf, sourcesOf, TreeFinder } from "../network/trees.ts";
import {
  type ClosedRoads,
  columnOf,
  farther,
  type TableHospital,
  type TableParts,
  tenthsOf,
  treeLimitMs,
} from "./table.ts";

/** A place where no road can be driven for a time: flood, a bomb that is being defused. */
export type Closure = { readonly latE7: number; readonly lonE7: number; readonly radiusM: number };

/** What the closures change: the roads that are shut, and anew each column whose shortest ways may have led over them. */
export function closeRoads(parts: TableParts, closures: readonly Closure[]): ClosedRoads {
  const { network, hospitals } = parts;
  const closed = closedSegments(network, closures);
  const finder = new TreeFinder(reverseGraphOf(network, closed), treeLimitMs);
  const columns = affectedColumns(parts, closed).flatMap((column) => {
    const hospital = hospitals[column];
    if (hospital === undefined) return [];
    const tree = finder.to(openSources(network, closures, hospital));
    return [{ column, tenths: columnOf(tree, hospital) }];
  });
  return { segments: withCutOff(parts, closed, columns), columns };
}

/**
 * The closed segments and those from which, because of them, no hospital can be reached any more: a stub between two
 * closed pieces, or a street that leads into the closed place only. A position beside one of these would lose all its
 * minutes; whoever is there gets out by another road, on a way that the map does not know.
 */
function withCutOff(parts: TableParts, closed: Uint8Array, columns: ClosedRoads["columns"]): Uint8Array {
  const { network, hospitals } = parts;
  const reaches = reachingJunctions(parts, columns);
  const segments = closed.slice();
  const leadsOn = (junction: number) => reaches[junction] === 1;
  const hasHospital = new Set(hospitals.map(({ place }) => place.segment));
  for (let segment = 0; segment < segments.length; segment += 1) {
    const isTwoWay = at(network.backwardMs, segment) !== oneWayMs;
    const isOut = leadsOn(at(network.to, segment)) || (isTwoWay && leadsOn(at(network.from, segment)));
    if (!isOut && !hasHospital.has(segment)) segments[segment] = 1;
  }
  return segments;
}

/** Each junction 1 from which some hospital is reached, or none was without the closures either: then nothing was lost. */
function reachingJunctions(
  { tenths, hospitals, network }: TableParts,
  columns: ClosedRoads["columns"],
): Uint8Array {
  const reaches = new Uint8Array(network.junctionLatE7.length);
  const changed = new Map(columns.map(({ column, tenths: anew }) => [column, anew]));
  const now = hospitals.map((_, column) => changed.get(column) ?? null);
  for (let junction = 0; junction < reaches.length; junction += 1) {
    const row = junction * hospitals.length;
    let reached = false;
    let wasReached = false;
    for (let column = 0; column < now.length && !reached; column += 1) {
      const before = tenths[row + column] ?? farther;
      wasReached ||= before !== farther;
      reached = (now[column]?.[junction] ?? before) !== farther;
    }
    reaches[junction] = reached || !wasReached ? 1 : 0;
  }
  return reaches;
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
function openSources(network: Network, closures: readonly Closure[], { place }: TableHospital) {
  const { segment, share } = place;
  const isOpen = (begin: number, end: number) =>
    !closures.some((closure) => touches(network, segment, closure, begin, end));
  return sourcesOf(network, place).filter(([junction]) =>
    junction === at(network.from, segment) ? isOpen(0, share) : isOpen(share, shareMax),
  );
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

/** Rounding of both ends of an arc, tenths of a second. */
const slackTenths = 2;

/**
 * The columns whose shortest ways may lead over a closed segment: for all others nothing changes. A segment is used
 * where the time at its beginning is that at its end and its own together; a doubt counts as use. A hospital on a
 * closed segment is always among them.
 */
export function affectedColumns(
  { network, tenths, hospitals }: TableParts,
  closed: Uint8Array,
): readonly number[] {
  assert(closed.length === network.from.length, "a mark for every segment");
  const affected = new Uint8Array(hospitals.length);
  for (const [column, { place }] of hospitals.entries()) affected[column] = closed[place.segment] ?? 0;
  const markUsers = (tail: number, head: number, ms: number) => {
    const arcTenths = tenthsOf(ms);
    for (let column = 0; column < hospitals.length; column += 1) {
      const begin = tenths[tail * hospitals.length + column] ?? farther;
      const end = tenths[head * hospitals.length + column] ?? farther;
      if (begin !== farther && Math.abs(begin - end - arcTenths) <= slackTenths) affected[column] = 1;
    }
  };
  for (const [segment, mark] of closed.entries()) {
    if (mark === 0) continue;
    const from = at(network.from, segment);
    const to = at(network.to, segment);
    markUsers(from, to, at(network.forwardMs, segment) + (network.enterToMs[segment] ?? 0));
    const backwardMs = at(network.backwardMs, segment);
    if (backwardMs !== oneWayMs) markUsers(to, from, backwardMs + (network.enterFromMs[segment] ?? 0));
  }
  return Array.from(affected.keys()).filter((column) => affected[column] === 1);
}

function at(values: Int32Array, i: number): number {
  return values[i] ?? 0;
}
