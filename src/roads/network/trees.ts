import { assert } from "../../basics/assert.ts";
import { type Network, oneWayMs, type RoadPlace, shareMax } from "./network.ts";

/** Arcs by their head: into `v` lead the arcs `start[v]` … `start[v + 1] - 1`, from `tail`, in `ms` with the junction. */
export type ReverseGraph = { readonly start: Int32Array; readonly tail: Int32Array; readonly ms: Int32Array };

/** The same arcs by their tail: out of `v` lead those to `head`. */
export type ForwardGraph = { readonly start: Int32Array; readonly head: Int32Array; readonly ms: Int32Array };

/** Stands where nothing leads to. */
export const unreachedMs = 0x7fff_ffff;

/** The network turned round; segments marked in `closed` (1) are left out. */
export function reverseGraphOf(network: Network, closed?: Uint8Array): ReverseGraph {
  const { start, other, ms } = sortedArcs(network, closed, (tell) => (tail, head, arcMs) => {
    tell(head, tail, arcMs);
  });
  return { start, tail: other, ms };
}

/** The network as it is driven; segments marked in `closed` (1) are left out. */
export function forwardGraphOf(network: Network, closed?: Uint8Array): ForwardGraph {
  const { start, other, ms } = sortedArcs(network, closed, (tell) => tell);
  return { start, head: other, ms };
}

type TellArc = (tail: number, head: number, ms: number) => void;

/** Each way along each segment that is meant, with what the junction at its end takes. */
export function eachArc(network: Network, isMeant: (segment: number) => boolean, tell: TellArc): void {
  const { from, to, forwardMs, backwardMs, enterToMs, enterFromMs } = network;
  for (let segment = 0; segment < from.length; segment += 1) {
    if (!isMeant(segment)) continue;
    const [begin, end] = [at(from, segment), at(to, segment)];
    tell(begin, end, at(forwardMs, segment) + (enterToMs[segment] ?? 0));
    if (at(backwardMs, segment) === oneWayMs) continue;
    tell(end, begin, at(backwardMs, segment) + (enterFromMs[segment] ?? 0));
  }
}

function sortedArcs(
  network: Network,
  closed: Uint8Array | undefined,
  turn: (tell: (by: number, other: number, ms: number) => void) => TellArc,
) {
  const start = new Int32Array(network.junctionLatE7.length + 1);
  const isOpen = (segment: number) => closed === undefined || closed[segment] !== 1;
  const count = turn((by) => {
    start[by + 1] = at(start, by + 1) + 1;
  });
  eachArc(network, isOpen, count);
  for (let i = 1; i < start.length; i += 1) start[i] = at(start, i) + at(start, i - 1);
  const next = start.slice();
  const other = new Int32Array(at(start, start.length - 1));
  const ms = new Int32Array(other.length);
  const put = turn((by, otherEnd, arcMs) => {
    const arc = at(next, by);
    next[by] = arc + 1;
    other[arc] = otherEnd;
    ms[arc] = arcMs;
  });
  eachArc(network, isOpen, put);
  return { start, other, ms };
}

// Buckets of 512 ms: about as many as there are arcs in a second of driving; a power of two, so that a shift finds one.
const bucketShift = 9;
/** In place of a junction's predecessor: it is in no bucket any more. */
const takenOut = -2;
/** In place of its time: nearer than anything, so it is never reached. */
const shutOutMs = -1;

/** The junctions from which a place is reached directly, and in what time. */
export type TreeSources = readonly (readonly [junction: number, ms: number])[];

/** Shortest times from every junction to one place, found backwards. Keeps its arrays from tree to tree. */
export class TreeFinder {
  readonly #graph: ReverseGraph;
  readonly #limitMs: number;
  readonly #bucketHead: Int32Array;
  /** Doubly linked lists of the junctions in each bucket; −1 ends them. */
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  readonly #ms: Int32Array;

  /** Nothing above `limitMs` is looked for. */
  constructor(graph: ReverseGraph, limitMs: number) {
    assert(limitMs > 0 && limitMs < unreachedMs, "a limit in milliseconds");
    const count = graph.start.length - 1;
    this.#graph = graph;
    this.#limitMs = limitMs;
    this.#bucketHead = new Int32Array((limitMs >> bucketShift) + 1);
    this.#next = new Int32Array(count);
    this.#previous = new Int32Array(count);
    this.#ms = new Int32Array(count);
  }

  /**
   * Milliseconds from each junction, or `unreachedMs`; the array is overwritten by the next call. A bucket is done
   * when none of its junctions gets nearer any more: exact, whatever the width of a bucket.
   */
  to(sources: TreeSources): Int32Array {
    this.#ms.fill(unreachedMs);
    return this.#grow(sources);
  }

  /** The same over these junctions alone: where a shortest way of each keeps to them it is the whole tree's time, for all others −1. */
  toAmong(sources: TreeSources, junctions: Iterable<number>): Int32Array {
    this.#ms.fill(shutOutMs);
    for (const junction of junctions) this.#ms[junction] = unreachedMs;
    return this.#grow(sources);
  }

  #grow(sources: TreeSources): Int32Array {
    this.#bucketHead.fill(-1);
    for (const [junction, ms] of sources) this.#reach(junction, ms);
    const { start, tail, ms: arcMs } = this.#graph;
    for (let bucket = 0; bucket < this.#bucketHead.length; bucket += 1) {
      for (let head = at(this.#bucketHead, bucket); head >= 0; head = at(this.#bucketHead, bucket)) {
        this.#unlink(head, bucket);
        const headMs = at(this.#ms, head);
        const end = at(start, head + 1);
        for (let arc = at(start, head); arc < end; arc += 1) {
          this.#reach(at(tail, arc), headMs + at(arcMs, arc));
        }
      }
    }
    return this.#ms;
  }

  #reach(junction: number, ms: number): void {
    const known = at(this.#ms, junction);
    if (ms >= known || ms > this.#limitMs) return;
    const bucket = ms >> bucketShift;
    this.#ms[junction] = ms;
    if (known !== unreachedMs) {
      const old = known >> bucketShift;
      if (old === bucket && this.#previous[junction] !== takenOut) return;
      if (old !== bucket) this.#unlink(junction, old);
    }
    this.#link(junction, bucket);
  }

  #link(junction: number, bucket: number): void {
    const head = at(this.#bucketHead, bucket);
    this.#next[junction] = head;
    this.#previous[junction] = -1;
    if (head >= 0) this.#previous[head] = junction;
    this.#bucketHead[bucket] = junction;
  }

  #unlink(junction: number, bucket: number): void {
    const previous = at(this.#previous, junction);
    const next = at(this.#next, junction);
    if (previous >= 0) this.#next[previous] = next;
    else this.#bucketHead[bucket] = next;
    if (next >= 0) this.#previous[next] = previous;
    this.#previous[junction] = takenOut;
  }
}

/** How the junctions at both ends of its segment reach a place: the sources of its tree. */
export function sourcesOf(network: Network, { segment, share }: RoadPlace): TreeSources {
  const sources: (readonly [number, number])[] = [
    [at(network.from, segment), Math.round((at(network.forwardMs, segment) * share) / shareMax)],
  ];
  const backwardMs = at(network.backwardMs, segment);
  if (backwardMs !== oneWayMs) {
    sources.push([at(network.to, segment), Math.round((backwardMs * (shareMax - share)) / shareMax)]);
  }
  return sources;
}

function at(values: Int32Array, i: number): number {
  return values[i] ?? 0;
}
