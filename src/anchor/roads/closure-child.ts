// A thread that computes what closures change in a road table, and ends.

import { parentPort, workerData } from "node:worker_threads";
import { present } from "../../basics/assert.ts";
import { type Closure, closeRoads } from "../../roads/table/closures.ts";
import type { TableParts } from "../../roads/table/table.ts";

export type ClosureTask = { readonly parts: TableParts; readonly closures: readonly Closure[] };

const { parts, closures } = workerData as ClosureTask;
const closed = closeRoads(parts, closures);
present(parentPort, "a thread's port").postMessage(
  closed,
  [closed.segments, ...Object.values(closed.changed)].map(({ buffer }) => buffer as ArrayBuffer),
);
