import { growingFloat64, growingInt32, growingUint8 } from "./growing.ts";
import { closedMs, type Legs } from "./legs.ts";
import { junctionDelayMs, roadClasses } from "./profile.ts";
import { nodeFlag, type WayRule } from "./way-rule.ts";

/** Segments between junctions, still in the numbers of the legs' points; lists over segments unless said otherwise. */
export type Chains = {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly forwardMs: Float64Array;
  readonly backwardMs: Float64Array;
  /** Rank of the road where the segment begins and where it ends: place in `roadClasses`; +16 on a roundabout. */
  readonly fromRank: Uint8Array;
  readonly toRank: Uint8Array;
  readonly pointStart: Int32Array;
  /** Points of all segments one after the other, and the milliseconds passed at each. */
  readonly points: Int32Array;
  readonly pointMs: Float64Array;
};

export const roundaboutRank = 16;

/** Draws legs together to segments: a point with two legs that are open in the same directions is only a bend. */
export function chainsOf(legs: Legs, rules: readonly WayRule[]): Chains {
  return new Walker(legs, rules).chains();
}

class Walker {
  readonly #legs: Legs;
  readonly #rules: readonly WayRule[];
  readonly #start: Int32Array;
  readonly #incident: Int32Array;
  readonly #used: Uint8Array;
  readonly #from = growingInt32();
  readonly #to = growingInt32();
  readonly #forwardMs = growingFloat64();
  readonly #backwardMs = growingFloat64();
  readonly #fromRank = growingUint8();
  readonly #toRank = growingUint8();
  readonly #pointStart = growingInt32();
  readonly #points = growingInt32();
  readonly #pointMs = growingFloat64();

  constructor(legs: Legs, rules: readonly WayRule[]) {
    this.#legs = legs;
    this.#rules = rules;
    const { start, incident } = incidenceOf(legs);
    this.#start = start;
    this.#incident = incident;
    this.#used = new Uint8Array(legs.tail.length);
  }

  chains(): Chains {
    for (let point = 0; point + 1 < this.#start.length; point += 1) {
      if (this.#isBend(point)) continue;
      for (let i = at(this.#start, point); i < at(this.#start, point + 1); i += 1) {
        const leg = at(this.#incident, i);
        if (this.#used[leg] === 0) this.#walk(point, leg);
      }
    }
    this.#pointStart.push(this.#points.count);
    return {
      from: this.#from.view(),
      to: this.#to.view(),
      forwardMs: this.#forwardMs.view(),
      backwardMs: this.#backwardMs.view(),
      fromRank: this.#fromRank.view(),
      toRank: this.#toRank.view(),
      pointStart: this.#pointStart.view(),
      points: this.#points.view(),
      pointMs: this.#pointMs.view(),
    };
  }

  #isBend(point: number): boolean {
    const first = at(this.#start, point);
    if (at(this.#start, point + 1) - first !== 2) return false;
    const a = at(this.#incident, first);
    const b = at(this.#incident, first + 1);
    if (a === b || this.#far(a, point) === point || this.#far(b, point) === point) return false;
    return this.#into(a, point) >= 0 === this.#outOf(b, point) >= 0
      ? this.#into(b, point) >= 0 === this.#outOf(a, point) >= 0
      : false;
  }

  #far(leg: number, point: number): number {
    const tail = at(this.#legs.tail, leg);
    return tail === point ? at(this.#legs.head, leg) : tail;
  }

  #outOf(leg: number, point: number): number {
    const { tail, forwardMs, backwardMs } = this.#legs;
    return (at(tail, leg) === point ? forwardMs[leg] : backwardMs[leg]) ?? closedMs;
  }

  #into(leg: number, point: number): number {
    const { tail, forwardMs, backwardMs } = this.#legs;
    return (at(tail, leg) === point ? backwardMs[leg] : forwardMs[leg]) ?? closedMs;
  }

  /** Signals that stand before a junction, for who drives over `leg` into `point`. */
  #signalMs(leg: number, point: number): number {
    const withWay = at(this.#legs.head, leg) === point;
    const mask = nodeFlag.signal | (withWay ? nodeFlag.signalForward : nodeFlag.signalBackward);
    return ((this.#legs.pointFlags[point] ?? 0) & mask) !== 0 ? junctionDelayMs.value.signal : 0;
  }

  #rank(leg: number): number {
    const rule = this.#rules[at(this.#legs.rule, leg)];
    if (rule === undefined) return 0;
    return roadClasses.indexOf(rule.road) + (rule.roundabout ? roundaboutRank : 0);
  }

  #walk(begin: number, firstLeg: number): void {
    const trail: number[] = [begin];
    const passedMs: number[] = [0];
    const legs: number[] = [];
    let forward = 0;
    let backward = 0;
    let point = begin;
    let leg = firstLeg;
    for (;;) {
      this.#used[leg] = 1;
      legs.push(leg);
      const next = this.#far(leg, point);
      forward = add(forward, this.#outOf(leg, point));
      backward = add(backward, this.#into(leg, point));
      trail.push(next);
      const bend = next !== begin && this.#isBend(next);
      const nextLeg = bend ? this.#other(leg, next) : leg;
      if (bend) {
        forward = add(forward, this.#signalMs(leg, next));
        backward = add(backward, this.#signalMs(nextLeg, next));
      }
      passedMs.push(forward === closedMs ? backward : forward);
      point = next;
      if (!bend) break;
      leg = nextLeg;
    }
    this.#add(trail, passedMs, [forward, backward], [this.#rank(firstLeg), this.#rank(leg)]);
  }

  #other(leg: number, point: number): number {
    const first = at(this.#start, point);
    const one = at(this.#incident, first);
    return one === leg ? at(this.#incident, first + 1) : one;
  }

  /** Every segment can be driven forward: one that is open against the walk alone is turned round. */
  #add(
    trail: readonly number[],
    passedMs: readonly number[],
    [forward, backward]: readonly [number, number],
    [firstRank, lastRank]: readonly [number, number],
  ): void {
    const turned = forward === closedMs;
    const count = trail.length;
    this.#pointStart.push(this.#points.count);
    for (let i = 0; i < count; i += 1) {
      const from = turned ? count - 1 - i : i;
      this.#points.push(trail[from] ?? 0);
      this.#pointMs.push(turned ? backward - (passedMs[from] ?? 0) : (passedMs[from] ?? 0));
    }
    this.#from.push((turned ? trail.at(-1) : trail[0]) ?? 0);
    this.#to.push((turned ? trail[0] : trail.at(-1)) ?? 0);
    this.#forwardMs.push(turned ? backward : forward);
    this.#backwardMs.push(turned ? forward : backward);
    this.#fromRank.push(turned ? lastRank : firstRank);
    this.#toRank.push(turned ? firstRank : lastRank);
  }
}

function add(sumMs: number, ms: number): number {
  return sumMs === closedMs || ms === closedMs ? closedMs : sumMs + ms;
}

function incidenceOf({ pointLatE7, tail, head }: Legs): { start: Int32Array; incident: Int32Array } {
  const start = new Int32Array(pointLatE7.length + 1);
  for (let leg = 0; leg < tail.length; leg += 1) {
    start[at(tail, leg) + 1] = at(start, at(tail, leg) + 1) + 1;
    start[at(head, leg) + 1] = at(start, at(head, leg) + 1) + 1;
  }
  for (let point = 1; point < start.length; point += 1)
    start[point] = at(start, point) + at(start, point - 1);
  const next = start.slice();
  const incident = new Int32Array(2 * tail.length);
  for (let leg = 0; leg < tail.length; leg += 1) {
    for (const point of [at(tail, leg), at(head, leg)]) {
      incident[at(next, point)] = leg;
      next[point] = at(next, point) + 1;
    }
  }
  return { start, incident };
}

function at(values: Int32Array, i: number): number {
  return values[i] ?? 0;
}
