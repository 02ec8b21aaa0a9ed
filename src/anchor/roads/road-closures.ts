import { Worker } from "node:worker_threads";
import { refKey } from "../../basics/name.ts";
import type { ClosureView } from "../../region/closures-view.ts";
import { type ClosedRoads, closeTable, type RoadTable } from "../../roads/table/table.ts";
import type { ClosureTask } from "./closure-child.ts";

export type ClosurePorts = {
  readonly table: RoadTable;
  readonly inForce: () => readonly ClosureView[];
  /** The minutes are others now. */
  readonly changed: () => void;
  readonly note: (code: string, about: string) => void;
};

/** A closure ends by time alone, without any event. */
const lookEveryMs = 1_000;
const againAfterMs = 30_000;
const e7OfE3 = 10_000;

/**
 * Keeps a road table as the closures in force leave it. Trees are computed in a thread of their own, from the table's
 * own memory; until they are there the minutes stay as they were, and {@link counted} tells which closures they know.
 */
export class RoadClosures {
  readonly #ports: ClosurePorts;
  readonly #ticker: NodeJS.Timeout;
  #counted: ReadonlySet<string> = new Set();
  #worker: Worker | null = null;
  #notBefore = 0;

  constructor(ports: ClosurePorts) {
    this.#ports = ports;
    this.#ticker = setInterval(() => this.look(), lookEveryMs);
  }

  /** References of the closures that the table's minutes go round. */
  counted(): ReadonlySet<string> {
    return this.#counted;
  }

  look(): void {
    if (this.#worker !== null) return;
    const inForce = this.#ports.inForce();
    const wanted = new Set(inForce.map(({ ref }) => refKey(ref)));
    if (wanted.size === this.#counted.size && [...wanted].every((ref) => this.#counted.has(ref))) return;
    if (wanted.size === 0) this.#take(null, wanted);
    else if (performance.now() >= this.#notBefore) this.#compute(inForce, wanted);
  }

  stop(): void {
    clearInterval(this.#ticker);
    void this.#worker?.terminate();
  }

  #compute(inForce: readonly ClosureView[], wanted: ReadonlySet<string>): void {
    const { info, network, hospitals, tenths } = this.#ports.table;
    const closures = inForce.map(({ latE3, lonE3, radiusM }) => ({
      latE7: latE3 * e7OfE3,
      lonE7: lonE3 * e7OfE3,
      radiusM,
    }));
    const task: ClosureTask = { parts: { info, network, hospitals, tenths }, closures };
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
      else this.#notBefore = performance.now() + againAfterMs;
    });
  }

  #take(closed: ClosedRoads | null, counted: ReadonlySet<string>): void {
    closeTable(this.#ports.table, closed);
    this.#counted = counted;
    this.#ports.changed();
    this.look();
  }
}
