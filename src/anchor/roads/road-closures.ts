import { Worker } from "node:worker_threads";
import { refKey } from "../../basics/name.ts";
import type { ClosureView, CountedClosures } from "../../region/closures-view.ts";
import { type Closure, meetsRoad } from "../../roads/table/closures.ts";
import { type ClosedRoads, closeTable, type RoadTable } from "../../roads/table/table.ts";
import type { ClosureTask } from "./closure-child.ts";

type ClosedCircle = Pick<ClosureView, "latE3" | "lonE3" | "radiusM">;

export type ClosurePorts = {
  readonly table: RoadTable;
  readonly inForce: () => readonly ClosureView[];
  /** The minutes are others now. */
  readonly changed: () => void;
  readonly note: (code: string, about: string) => void;
};

/** A closure ends by time alone, without any event. */
const lookEveryMs = 1_000;
/** Doubled each time that it fails again: what does not fit into memory fits no better half a minute later. */
const againAfterMs = 30_000;
const againAfterMsMax = 30 * 60_000;
const e7OfE3 = 10_000;

/** Closures that could not be computed together, how often in a row, and until when they are left. */
type Failed = { readonly wanted: string; readonly times: number; readonly notBefore: number };

/**
 * Keeps a road table as the closures in force leave it. Trees are computed in a thread of their own, from the table's
 * own memory; until they are there the minutes stay as they were, and {@link counted} tells which closures they know.
 */
export class RoadClosures {
  readonly #ports: ClosurePorts;
  readonly #ticker: NodeJS.Timeout;
  #counted: CountedClosures = new Map();
  #worker: Worker | null = null;
  #failed: Failed | null = null;

  constructor(ports: ClosurePorts) {
    this.#ports = ports;
    this.#ticker = setInterval(() => this.look(), lookEveryMs);
  }

  /** The closures that the table's minutes go round. */
  counted(): CountedClosures {
    return this.#counted;
  }

  /** Whether a closure there would close any road. */
  meetsRoad(place: ClosedCircle): boolean {
    return meetsRoad(this.#ports.table.network, circleOf(place));
  }

  look(): void {
    if (this.#worker !== null) return;
    const inForce = this.#ports.inForce();
    const wanted = inForce.map(({ ref }) => refKey(ref));
    if (wanted.length === this.#counted.size && wanted.every((ref) => this.#counted.has(ref))) return;
    if (wanted.length === 0) this.#take(null, wanted);
    else if (this.#mayCompute(wanted)) this.#compute(inForce, wanted);
  }

  /** What failed is left for a while; other closures than those may well be computed. */
  #mayCompute(wanted: readonly string[]): boolean {
    const failed = this.#failed;
    return failed === null || failed.wanted !== wanted.join() || performance.now() >= failed.notBefore;
  }

  stop(): void {
    clearInterval(this.#ticker);
    void this.#worker?.terminate();
  }

  #compute(inForce: readonly ClosureView[], wanted: readonly string[]): void {
    const { info, network, hospitals, tenths } = this.#ports.table;
    const task: ClosureTask = {
      parts: { info, network, hospitals, tenths },
      closures: inForce.map(circleOf),
    };
    const worker = new Worker(new URL("./closure-child.ts", import.meta.url), {
      workerData: task,
      execArgv: [],
    });
    this.#worker = worker;
    let closed: ClosedRoads | null = null;
    worker.on("message", (message: ClosedRoads) => {
      closed = message;
    });
    worker.on("error", (error) => this.#ports.note("road-closures-failed", String(error)));
    worker.on("exit", () => {
      this.#worker = null;
      if (closed !== null) this.#take(closed, wanted);
      else this.#wait(wanted.join());
    });
  }

  #wait(wanted: string): void {
    const times = this.#failed?.wanted === wanted ? this.#failed.times : 0;
    this.#failed = { wanted, times: times + 1, notBefore: performance.now() + waitAfterFailureMs(times) };
  }

  #take(closed: ClosedRoads | null, wanted: readonly string[]): void {
    this.#failed = null;
    closeTable(this.#ports.table, closed);
    this.#counted = new Map(wanted.map((ref, i) => [ref, closed?.meets[i] === true]));
    this.#ports.changed();
    this.look();
  }
}

/** @param before how often in a row it had failed before this failure */
function waitAfterFailureMs(before: number): number {
  return Math.min(againAfterMs * 2 ** before, againAfterMsMax);
}

/** As the table has it. */
export function circleOf({ latE3, lonE3, radiusM }: ClosedCircle): Closure {
  return { latE7: latE3 * e7OfE3, lonE7: lonE3 * e7OfE3, radiusM };
}
