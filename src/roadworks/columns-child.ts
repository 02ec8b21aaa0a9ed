// A thread that grows trees: it is given hospitals one after the other and answers with the place of each in the queue.

import { parentPort, workerData } from "node:worker_threads";
import { present } from "../basics/assert.ts";
import { type ReverseGraph, TreeFinder } from "../roads/network/trees.ts";
import { columnOf, type TableHospital, treeLimitMs } from "../roads/table/table.ts";
import { writeColumn } from "./work-folder.ts";

export type ColumnTask = {
  readonly place: number;
  readonly hospital: TableHospital;
  readonly sources: readonly (readonly [junction: number, ms: number])[];
  /** Where the column is kept; null: it is sent back. */
  readonly file: string | null;
};

export type ColumnDone = { readonly place: number; readonly column: Uint16Array | null };

const port = present(parentPort, "a thread's port");
const finder = new TreeFinder(workerData as ReverseGraph, treeLimitMs);

port.on("message", ({ place, hospital, sources, file }: ColumnTask) => {
  const column = columnOf(finder.to(sources), hospital);
  if (file !== null) writeColumn(file, column);
  const done: ColumnDone = { place, column: file === null ? column : null };
  port.postMessage(done, file === null ? [column.buffer as ArrayBuffer] : []);
});
