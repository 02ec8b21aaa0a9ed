import { Worker } from "node:worker_threads";
import { err, ok, type Result } from "../basics/result.ts";
import type { Network } from "../roads/network/network.ts";
import { type ReverseGraph, reverseGraphOf, sourcesOf } from "../roads/network/trees.ts";
import type { TableHospital } from "../roads/table/table.ts";
import type { ColumnDone, ColumnTask } from "./columns-child.ts";

export type ColumnsWanted = {
  readonly network: Network;
  /** Segments marked 1 are closed. */
  readonly closed?: Uint8Array;
  readonly hospitals: readonly TableHospital[];
  /** At most so many at a time. */
  readonly threads: number;
  /** Where each column is kept; without it columns are sent back. */
  readonly fileOf?: (hospital: TableHospital) => string;
  readonly progress?: (done: number, all: number) => void;
};

/** The hospitals' columns, in their order; null for those that went into a file. Fails when a thread does. */
export function growColumns(wanted: ColumnsWanted): Promise<Result<readonly (Uint16Array | null)[], string>> {
  const { network, hospitals, fileOf, progress } = wanted;
  const columns: (Uint16Array | null)[] = hospitals.map(() => null);
  if (hospitals.length === 0) return Promise.resolve(ok(columns));
  const graph = shared(reverseGraphOf(network, wanted.closed));
  const workers: Worker[] = [];
  let next = 0;
  let done = 0;
  return new Promise((resolve) => {
    const end = (result: Result<readonly (Uint16Array | null)[], string>): void => {
      for (const worker of workers) worker.terminate().catch(() => undefined);
      resolve(result);
    };
    const give = (worker: Worker): void => {
      const hospital = hospitals[next];
      if (hospital === undefined) return;
      const task: ColumnTask = {
        place: next,
        hospital,
        sources: sourcesOf(network, hospital.place),
        file: fileOf?.(hospital) ?? null,
      };
      next += 1;
      worker.postMessage(task);
    };
    for (let i = 0; i < Math.min(wanted.threads, hospitals.length); i += 1) {
      const worker = new Worker(new URL("./columns-child.ts", import.meta.url), { workerData: graph });
      workers.push(worker);
      worker.on("error", (error) => end(err(`a thread that grows trees ended: ${error}`)));
      worker.on("message", ({ place, column }: ColumnDone) => {
        columns[place] = column;
        done += 1;
        progress?.(done, hospitals.length);
        if (done === hospitals.length) end(ok(columns));
        else give(worker);
      });
      give(worker);
    }
  });
}

/** All threads read one graph. */
function shared({ start, tail, ms }: ReverseGraph): ReverseGraph {
  return { start: sharedInt32(start), tail: sharedInt32(tail), ms: sharedInt32(ms) };
}

function sharedInt32(values: Int32Array): Int32Array {
  const copy = new Int32Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}
