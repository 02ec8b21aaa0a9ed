import { err, ok, type Result } from "../../basics/result.ts";
import { type Chains, chainsOf, roundaboutRank } from "./chains.ts";
import type { Collector } from "./collector.ts";
import { largestStrongPart, rowsOf } from "./components.ts";
import { hilbertOrder } from "./hilbert.ts";
import { closedMs, type Legs, legsOf } from "./legs.ts";
import { type Network, oneWayMs, shareMax } from "./network.ts";
import { junctionDelayMs, type Profile } from "./profile.ts";
import { keptPoints } from "./simplify.ts";
import { nodeFlag } from "./way-rule.ts";

export type NetworkError = "no-roads" | "no-connected-roads";

/** The least that can be called a network; an extract with less has no town in it. */
const junctionsMin = 3;

/** The roads of an extract, in the times of `profile`. */
export function buildNetwork(collector: Collector, profile: Profile): Result<Network, NetworkError> {
  if (collector.rules.length === 0) return err("no-roads");
  const legs = legsOf(collector);
  const chains = chainsOf(legs, collector.rules);
  const kept = stronglyConnected(legs, chains);
  const network = assemble(legs, chains, kept, profile);
  return network.junctionLatE7.length < junctionsMin ? err("no-connected-roads") : ok(network);
}

/** The segments of which both ends lie in the largest part where everything reaches everything. */
function stronglyConnected(legs: Legs, chains: Chains): Int32Array {
  const tails: number[] = [];
  const heads: number[] = [];
  for (let i = 0; i < chains.from.length; i += 1) {
    tails.push(at(chains.from, i));
    heads.push(at(chains.to, i));
    if (chains.backwardMs[i] === closedMs) continue;
    tails.push(at(chains.to, i));
    heads.push(at(chains.from, i));
  }
  const count = legs.pointLatE7.length;
  const inPart = largestStrongPart(count, rowsOf(count, Int32Array.from(tails), Int32Array.from(heads)));
  return Int32Array.from(chains.from.keys()).filter(
    (i) => inPart[at(chains.from, i)] === 1 && inPart[at(chains.to, i)] === 1,
  );
}

function assemble(legs: Legs, chains: Chains, kept: Int32Array, profile: Profile): Network {
  const junctionOf = numberJunctions(legs, chains, kept);
  const place = (point: number) => junctionOf.get(point) ?? 0;
  const sorted = kept
    .slice()
    .sort(
      (a, b) =>
        place(at(chains.from, a)) - place(at(chains.from, b)) ||
        place(at(chains.to, a)) - place(at(chains.to, b)) ||
        a - b,
    );
  const points = [...junctionOf.keys()];
  const delays = new Delays(legs, chains, sorted, profile);
  const each = (of: (chain: number) => number) => Int32Array.from(sorted, of);
  const scaled = (ms: number) => Math.max(1, Math.round((ms * profile.timeE3) / 1_000));
  return {
    junctionLatE7: Int32Array.from(points, (point) => at(legs.pointLatE7, point)),
    junctionLonE7: Int32Array.from(points, (point) => at(legs.pointLonE7, point)),
    from: each((chain) => place(at(chains.from, chain))),
    to: each((chain) => place(at(chains.to, chain))),
    forwardMs: each((chain) => scaled(chains.forwardMs[chain] ?? 0)),
    backwardMs: each((chain) => {
      const ms = chains.backwardMs[chain] ?? closedMs;
      return ms === closedMs ? oneWayMs : scaled(ms);
    }),
    enterToMs: Uint16Array.from(sorted, (chain) =>
      delays.at(at(chains.to, chain), chains.toRank[chain] ?? 0),
    ),
    enterFromMs: Uint16Array.from(sorted, (chain) =>
      delays.at(at(chains.from, chain), chains.fromRank[chain] ?? 0),
    ),
    ...shapesOf(legs, chains, sorted),
  };
}

/** New numbers of the points that are junctions, in the order of the space-filling curve. */
function numberJunctions(legs: Legs, chains: Chains, kept: Int32Array): ReadonlyMap<number, number> {
  const seen = new Set<number>();
  for (const chain of kept) seen.add(at(chains.from, chain)).add(at(chains.to, chain));
  const points = Int32Array.from(seen).sort();
  const order = hilbertOrder(
    points.map((point) => at(legs.pointLatE7, point)),
    points.map((point) => at(legs.pointLonE7, point)),
  );
  return new Map(Array.from(order, (index, junction) => [at(points, index), junction]));
}

/** What a junction takes whoever comes to it: lights for all, else giving way to more important roads. */
class Delays {
  readonly #legs: Legs;
  readonly #timeE3: number;
  /** Of each junction: ranks of its arms. */
  readonly #arms = new Map<number, number[]>();

  constructor(legs: Legs, chains: Chains, kept: Int32Array, { timeE3 }: Profile) {
    this.#legs = legs;
    this.#timeE3 = timeE3;
    for (const chain of kept) {
      this.#arm(at(chains.from, chain), chains.fromRank[chain] ?? 0);
      this.#arm(at(chains.to, chain), chains.toRank[chain] ?? 0);
    }
  }

  #arm(point: number, rank: number): void {
    const arms = this.#arms.get(point);
    if (arms === undefined) this.#arms.set(point, [rank]);
    else arms.push(rank);
  }

  at(point: number, rank: number): number {
    return Math.round((this.#normalMs(point, rank) * this.#timeE3) / 1_000);
  }

  #normalMs(point: number, rank: number): number {
    const { signal, giveWay, crossing } = junctionDelayMs.value;
    const lights = nodeFlag.signal | nodeFlag.signalForward | nodeFlag.signalBackward;
    if (((this.#legs.pointFlags[point] ?? 0) & lights) !== 0) return signal;
    const arms = this.#arms.get(point) ?? [];
    if (arms.length < 3) return 0;
    const onRing = rank >= roundaboutRank;
    if (!onRing && arms.some((arm) => arm >= roundaboutRank)) return giveWay;
    if (onRing) return 0;
    if (arms.some((arm) => arm < rank)) return giveWay;
    return arms.filter((arm) => arm === rank).length >= 3 ? crossing : 0;
  }
}

type Shapes = Pick<Network, "pointStart" | "pointLatE7" | "pointLonE7" | "pointShare">;

function shapesOf(legs: Legs, chains: Chains, kept: Int32Array): Shapes {
  const start = [0];
  const latE7: number[] = [];
  const lonE7: number[] = [];
  const share: number[] = [];
  for (const chain of kept) {
    const first = at(chains.pointStart, chain);
    const points = chains.points.subarray(first, at(chains.pointStart, chain + 1));
    const totalMs = chains.forwardMs[chain] ?? 0;
    const shape = keptPoints(
      Array.from(points, (point) => at(legs.pointLatE7, point)),
      Array.from(points, (point) => at(legs.pointLonE7, point)),
    );
    for (const i of shape) {
      latE7.push(at(legs.pointLatE7, at(points, i)));
      lonE7.push(at(legs.pointLonE7, at(points, i)));
      const passed = totalMs === 0 ? 0 : (chains.pointMs[first + i] ?? 0) / totalMs;
      share.push(i === points.length - 1 ? shareMax : Math.min(shareMax, Math.round(passed * shareMax)));
    }
    start.push(latE7.length);
  }
  return {
    pointStart: Int32Array.from(start),
    pointLatE7: Int32Array.from(latE7),
    pointLonE7: Int32Array.from(lonE7),
    pointShare: Uint16Array.from(share),
  };
}

function at(values: Int32Array, i: number): number {
  return values[i] ?? 0;
}
