import { Worker } from "node:worker_threads";
import type { AdviceBase } from "../../advice/base.ts";
import { type Neighbours, neighboursIn } from "../../advice/next.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import type { Position } from "../../roads/plane.ts";
import { driveWithoutTraffic, type Roads } from "../../roads/roads.ts";
import { type Closure, closeRoads } from "../../roads/table/closures.ts";
import { closeTable, openTable, type TableParts } from "../../roads/table/table.ts";

/** What roads say while certain closures count. */
export type RoadsThen = {
  readonly neighbours: Neighbours;
  /** From the place that was asked about, tenths of a minute to every hospital; null: it lies in no region. */
  readonly minTenths: Uint16Array | null;
};

export type RoadsTask = {
  /** Null: the minutes are estimated. */
  readonly table: TableParts | null;
  readonly closures: readonly Closure[];
  readonly roads: Omit<Roads, "table" | "live" | "recorded">;
  readonly position: Position;
  readonly reachMinTenths: number;
};

/** @param isByTable false: minutes were estimated, whatever table there is */
export function roadsTask(
  { roads, policy }: AdviceBase,
  isByTable: boolean,
  closures: readonly Closure[],
  position: Position,
): RoadsTask {
  const { table, live: _live, recorded: _recorded, ...rest } = roads;
  const reachMinTenths = 10 * policy.noNextMin;
  if (!isByTable || table === null)
    return { table: null, closures: [], roads: rest, position, reachMinTenths };
  const { info, network, hospitals, tenths } = table;
  return { table: { info, network, hospitals, tenths }, closures, roads: rest, position, reachMinTenths };
}

/** Takes as long as a table takes to be opened and closed: a second or more where it is a state's. */
export function roadsWith({ table: parts, closures, roads, position, reachMinTenths }: RoadsTask): RoadsThen {
  const table = parts === null ? null : openTable(parts);
  if (table !== null && closures.length > 0) closeTable(table, closeRoads(table, closures));
  const then: Roads = { ...roads, table, live: null, recorded: null };
  const minTenths = new Uint16Array(then.hospitalCount);
  const driven = driveWithoutTraffic(then, position, minTenths);
  return { neighbours: neighboursIn(then, reachMinTenths), minTenths: driven.ok ? minTenths : null };
}

/** The same in a thread of its own, from the table's own memory; an error is a sentence. */
export function roadsInThread(task: RoadsTask): Promise<Result<RoadsThen, string>> {
  const worker = new Worker(new URL("./roads-then-child.ts", import.meta.url), {
    workerData: task,
    execArgv: [],
  });
  return new Promise((resolve) => {
    worker.once("message", (then: RoadsThen) => resolve(ok(then)));
    worker.once("error", (error) => resolve(err(`The roads of then cannot be computed: ${String(error)}`)));
    worker.once("exit", (code) => resolve(err(`The roads of then cannot be computed: ${code}`)));
  });
}
