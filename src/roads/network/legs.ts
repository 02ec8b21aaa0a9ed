import type { Collector } from "./collector.ts";
import { metresBetween } from "./geometry.ts";
import { type Growing, growingFloat64, growingInt32, growingUint8 } from "./growing.ts";
import { driveMs, drivenKmh } from "./speed.ts";
import { Towns } from "./towns.ts";
import { nodeFlag, type WayRule } from "./way-rule.ts";

/** Stands in place of milliseconds where a direction is closed. */
export const closedMs = -1;

/** Every straight piece of every road, between points that are numbered anew; pieces run in the order of their way. */
export type Legs = {
  readonly pointLatE7: Int32Array;
  readonly pointLonE7: Int32Array;
  /** Flags of `nodeFlag`. */
  readonly pointFlags: Uint8Array;
  readonly tail: Int32Array;
  readonly head: Int32Array;
  readonly rule: Int32Array;
  readonly forwardMs: Float64Array;
  readonly backwardMs: Float64Array;
};

/**
 * Joins roads with their nodes. A node that the extract lacks cuts its road (extracts end somewhere), and so does a
 * barrier: each piece that ends there gets an end of its own.
 */
export function legsOf(collector: Collector): Legs {
  const points = new Points(collector);
  const tail = growingInt32();
  const head = growingInt32();
  const rule = growingInt32();
  const refs = collector.refs.view();
  const starts = collector.refStarts.view();
  for (const way of collector.rules.keys()) {
    let last = -1;
    const end = starts[way + 1] ?? refs.length;
    for (let ref = starts[way] ?? 0; ref < end; ref += 1) {
      const point = points.pointOf(refs[ref] ?? 0);
      if (last >= 0 && point >= 0 && last !== point) {
        tail.push(last);
        head.push(point);
        rule.push(way);
      }
      // Behind a barrier the road goes on from another end at the same place.
      last = points.isBarrier(point) ? points.pointOf(refs[ref] ?? 0) : point;
    }
  }
  return timed(collector.rules, points, tail.view(), head.view(), rule.view());
}

class Points {
  readonly latE7: Growing<Int32Array> = growingInt32();
  readonly lonE7: Growing<Int32Array> = growingInt32();
  readonly flags: Growing<Uint8Array> = growingUint8();
  readonly #collector: Collector;
  readonly #ids: Float64Array;
  /** Where the ids are not in order: their positions, sorted by id. */
  readonly #order: Int32Array | null;
  readonly #pointOf: Int32Array;

  constructor(collector: Collector) {
    this.#collector = collector;
    const ids = collector.nodeIds.view();
    this.#order = isAscending(ids) ? null : sortedBy(ids);
    this.#ids = this.#order === null ? ids : Float64Array.from(this.#order, (i) => ids[i] ?? 0);
    this.#pointOf = new Int32Array(ids.length).fill(-1);
  }

  isBarrier(point: number): boolean {
    return point >= 0 && ((this.flags.view()[point] ?? 0) & nodeFlag.barrier) !== 0;
  }

  /** −1: the extract has no such node. A barrier is a new point each time. */
  pointOf(id: number): number {
    const place = this.#find(id);
    if (place < 0) return -1;
    const known = this.#pointOf[place] ?? -1;
    const flags = known >= 0 ? 0 : (this.#collector.flags.get(id) ?? 0);
    if (known >= 0) return known;
    const node = this.#order === null ? place : (this.#order[place] ?? 0);
    this.latE7.push(this.#collector.latE7.view()[node] ?? 0);
    this.lonE7.push(this.#collector.lonE7.view()[node] ?? 0);
    this.flags.push(flags);
    const point = this.latE7.count - 1;
    if ((flags & nodeFlag.barrier) === 0) this.#pointOf[place] = point;
    return point;
  }

  #find(id: number): number {
    let low = 0;
    let high = this.#ids.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.#ids[middle] ?? 0;
      if (found === id) return middle;
      if (found < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}

function isAscending(ids: Float64Array): boolean {
  for (let i = 1; i < ids.length; i += 1) if ((ids[i] ?? 0) <= (ids[i - 1] ?? 0)) return false;
  return true;
}

function sortedBy(ids: Float64Array): Int32Array {
  return Int32Array.from(ids.keys()).sort((a, b) => (ids[a] ?? 0) - (ids[b] ?? 0));
}

function timed(
  rules: readonly WayRule[],
  points: Points,
  tail: Int32Array,
  head: Int32Array,
  rule: Int32Array,
): Legs {
  const latE7 = points.latE7.view();
  const lonE7 = points.lonE7.view();
  const at = (values: Int32Array, i: number) => values[i] ?? 0;
  const ruleOf = (leg: number) => rules[at(rule, leg)];
  const towns = new Towns();
  for (let leg = 0; leg < tail.length; leg += 1) {
    const from = at(tail, leg);
    const of = ruleOf(leg);
    if (of !== undefined) towns.count(of, at(latE7, from), at(lonE7, from));
  }
  const forwardMs = growingFloat64();
  const backwardMs = growingFloat64();
  for (let leg = 0; leg < tail.length; leg += 1) {
    const from = at(tail, leg);
    const to = at(head, leg);
    const of = ruleOf(leg);
    const lat = at(latE7, from);
    const lon = at(lonE7, from);
    const metres = metresBetween(lat, lon, at(latE7, to), at(lonE7, to));
    const inside = of?.insideTown ?? towns.isInside(lat, lon);
    forwardMs.push(of?.forward === true ? driveMs(metres, drivenKmh(of, true, inside)) : closedMs);
    backwardMs.push(of?.backward === true ? driveMs(metres, drivenKmh(of, false, inside)) : closedMs);
  }
  return {
    pointLatE7: latE7,
    pointLonE7: lonE7,
    pointFlags: points.flags.view(),
    tail,
    head,
    rule,
    forwardMs: forwardMs.view(),
    backwardMs: backwardMs.view(),
  };
}
