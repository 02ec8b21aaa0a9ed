// A thread that draws one picture of minutes, and ends.

import { parentPort, workerData } from "node:worker_threads";
import { present } from "../../basics/assert.ts";
import { type ClosedRoads, closeTable, openTable, type TableParts } from "../../roads/table/table.ts";
import { type MapOptions, minutesMap } from "./minutes-map.ts";

export type MapTask = Omit<MapOptions, "table"> & {
  readonly parts: TableParts;
  readonly closed: ClosedRoads | null;
};

const { parts, closed, ...options } = workerData as MapTask;
const table = openTable(parts);
closeTable(table, closed);
present(parentPort, "a thread's port").postMessage(minutesMap({ ...options, table }));
