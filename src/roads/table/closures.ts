import { assert } from "../../basics/assert.ts";
import { cosLatE7, metresPerLatE7 } from "../network/geometry.ts";
import { type Network, oneWayMs } from "../network/network.ts";
import { farther, type RoadTable, tenthsOf } from "./table.ts";

/** A place where no road can be driven for a time: flood, a bomb that is being defused. */
export type Closure = {
  readonly latE7: number;
  readonly lonE7: number;
  readonly radiusM: number;
  /** When it ends by itself, UTC milliseconds. */
  readonly endsMs: number;
};

/** Each segment 1 that comes nearer to a closure in force at `nowMs` than its radius, else 0. */
export function closedSegments(network: Network, closures: readonly Closure[], nowMs: number): Uint8Array {
  const closed = new Uint8Array(network.from.length);
  for (const closure of closures) {
    if (closure.endsMs <= nowMs) continue;
    for (let segment = 0; segment < closed.length; segment += 1) {
      if (closed[segment] === 0 && touches(network, segment, closure)) closed[segment] = 1;
    }
  }
  return closed;
}

function touches(network: Network, segment: number, { latE7, lonE7, radiusM }: Closure): boolean {
  const { pointStart, pointLatE7, pointLonE7 } = network;
  const eastScale = metresPerLatE7 * cosLatE7(latE7);
  const last = at(pointStart, segment + 1) - 1;
  for (let point = at(pointStart, segment); point < last; point += 1) {
    const aEast = (at(pointLonE7, point) - lonE7) * eastScale;
    const aNorth = (at(pointLatE7, point) - latE7) * metresPerLatE7;
    const east = (at(pointLonE7, point + 1) - lonE7) * eastScale - aEast;
    const north = (at(pointLatE7, point + 1) - latE7) * metresPerLatE7 - aNorth;
    const length2 = east * east + north * north;
    const along = length2 === 0 ? 0 : -(aEast * east + aNorth * north) / length2;
    const t = Math.max(0, Math.min(1, along));
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
export function affectedColumns(table: RoadTable, closed: Uint8Array): readonly number[] {
  const { network, tenths, hospitals } = table;
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
