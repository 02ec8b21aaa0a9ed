import { assert, present } from "../../basics/assert.ts";
import {
  eachArc,
  type ForwardGraph,
  forwardGraphOf,
  type ReverseGraph,
  reverseGraphOf,
  TreeFinder,
  type TreeSources,
} from "../network/trees.ts";
import {
  arrivalTenths,
  farther,
  offRoadTenths,
  type TableHospital,
  type TableParts,
  treeLimitMs,
} from "./table.ts";

/** Times of one hospital that are others now. */
export type ColumnChanges = { readonly junctions: Int32Array; readonly tenths: Uint16Array };

/** Where more of the junctions than this are hurt, the whole tree is quicker than its parts (docs/decisions/0028). */
const hurtShareMax = 1 / 16;

/** Both ends' times are rounded to a tenth of a second: together they are off by less. */
const slackMs = 100;

/** What a junction is to the column that is being repaired. */
const role = { none: 0, hurt: 1, onWay: 2 } as const;

/**
 * Computes what a tree changes where roads are closed, without the rest of the tree. *Hurt* are the junctions whose
 * shortest way may have led over a closed road; from their edge the shortest ways on to the hospital are unchanged. A tree over
 * hurt junctions and those ways alone has the times of the whole tree. Times are kept in tenths of a second, so whether
 * an arc is on a shortest way is known but for {@link slackMs}: every doubt counts as yes, and costs time only.
 * Where much is hurt the whole tree is grown.
 */
export class ColumnRepair {
  readonly #into: ReverseGraph;
  readonly #onward: ForwardGraph;
  readonly #finder: TreeFinder;
  readonly #rows: Uint16Array;
  readonly #hospitals: readonly TableHospital[];
  readonly #roles: Uint8Array;
  readonly #all: Int32Array;
  /** Tail, head and milliseconds of each closed arc. */
  readonly #closedArcs: Int32Array;
  #column = 0;

  /** `closed`: 1 for each segment that is; keeps its arrays from column to column. */
  constructor({ network, tenths, hospitals }: TableParts, closed: Uint8Array) {
    assert(closed.length === network.from.length, "a mark for every segment");
    this.#into = reverseGraphOf(network, closed);
    this.#onward = forwardGraphOf(network, closed);
    this.#finder = new TreeFinder(this.#into, treeLimitMs);
    this.#rows = tenths;
    this.#hospitals = hospitals;
    this.#roles = new Uint8Array(network.junctionLatE7.length);
    this.#all = Int32Array.from(this.#roles.keys());
    const arcs: number[] = [];
    eachArc(network, isMarked(closed), (...arc) => arcs.push(...arc));
    this.#closedArcs = Int32Array.from(arcs);
  }

  /** `open`: the sources of the column's tree that are left; `lost`: those that a closure took. */
  changesOf(column: number, open: TreeSources, lost: TreeSources): ColumnChanges {
    this.#column = column;
    const extra = offRoadTenths(present(this.#hospitals[column], "a column of the table").place.offRoadM);
    const hurt = this.#firstHurt(extra, lost);
    const isPart = this.#spreadHurt(hurt);
    const tree = isPart
      ? this.#finder.toAmong(open, [...hurt, ...this.#waysOn(hurt)])
      : this.#finder.to(open);
    this.#roles.fill(role.none);
    const now = (junction: number) => arrivalTenths(at(tree, junction), extra);
    const perhaps = isPart ? Int32Array.from(hurt) : this.#all;
    const junctions = perhaps.filter((junction) => now(junction) !== this.#before(junction));
    const tenths = new Uint16Array(junctions.length);
    for (const [i, junction] of junctions.entries()) tenths[i] = now(junction);
    return { junctions, tenths };
  }

  /** The time from a junction with all roads open. */
  #before(junction: number): number {
    return this.#rows[junction * this.#hospitals.length + this.#column] ?? farther;
  }

  #firstHurt(extra: number, lost: TreeSources): number[] {
    const hurt: number[] = [];
    const arcs = this.#closedArcs;
    for (let arc = 0; arc < arcs.length; arc += 3) {
      const tail = at(arcs, arc);
      if (isOnWay(this.#before(tail), this.#before(at(arcs, arc + 1)), at(arcs, arc + 2)))
        this.#mark(tail, role.hurt, hurt);
    }
    for (const [junction, ms] of lost) {
      if (isOnWay(this.#before(junction), extra, ms)) this.#mark(junction, role.hurt, hurt);
    }
    return hurt;
  }

  /** Whose way may lead on to a hurt junction is hurt. False: they are too many, and not all of them were found. */
  #spreadHurt(hurt: number[]): boolean {
    const { start, tail, ms } = this.#into;
    const countMax = this.#all.length * hurtShareMax;
    for (let i = 0; i < hurt.length; i += 1) {
      if (hurt.length > countMax) return false;
      const head = hurt[i] ?? 0;
      const headTime = this.#before(head);
      const end = at(start, head + 1);
      for (let arc = at(start, head); arc < end; arc += 1) {
        if (isOnWay(this.#before(at(tail, arc)), headTime, at(ms, arc)))
          this.#mark(at(tail, arc), role.hurt, hurt);
      }
    }
    return true;
  }

  /** From each neighbour of a hurt junction all that may lie on its shortest ways to the hospital. */
  #waysOn(hurt: readonly number[]): readonly number[] {
    const { start, head, ms } = this.#onward;
    const onWay: number[] = [];
    for (const tail of hurt) {
      const end = at(start, tail + 1);
      for (let arc = at(start, tail); arc < end; arc += 1) this.#mark(at(head, arc), role.onWay, onWay);
    }
    for (let i = 0; i < onWay.length; i += 1) {
      const tail = onWay[i] ?? 0;
      const tailTime = this.#before(tail);
      const end = at(start, tail + 1);
      for (let arc = at(start, tail); arc < end; arc += 1) {
        if (isOnWay(tailTime, this.#before(at(head, arc)), at(ms, arc)))
          this.#mark(at(head, arc), role.onWay, onWay);
      }
    }
    return onWay;
  }

  #mark(junction: number, as: number, list: number[]): void {
    if (this.#roles[junction] !== role.none) return;
    this.#roles[junction] = as;
    list.push(junction);
  }
}

/** Whether an arc may lie on a shortest way: by the times (tenths of a second) at its tail and head, and its own. */
export function isOnWay(tailTenths: number, headTenths: number, ms: number): boolean {
  return tailTenths !== farther && Math.abs(100 * (tailTenths - headTenths) - ms) <= slackMs;
}

/** Segments marked 1. */
export function isMarked(marks: Uint8Array): (segment: number) => boolean {
  return (segment) => marks[segment] === 1;
}

function at(values: Int32Array, i: number): number {
  return values[i] ?? 0;
}
