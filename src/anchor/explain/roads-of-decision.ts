import { refKey } from "../../basics/name.ts";
import { ok, type Result } from "../../basics/result.ts";
import { cellMiddle } from "../../region/cell.ts";
import { closuresInForce } from "../../region/closures-view.ts";
import type { Closure } from "../../roads/table/closures.ts";
import { dataHash } from "../../site/decisions/decided.ts";
import { type DecisionFact, regionThen } from "../../site/decisions/rebuild.ts";
import { nodeCrypto } from "../crypto-node.ts";
import { circleOf } from "../roads/road-closures.ts";
import type { AdviceFiles } from "./explain.ts";
import type { KnownThen } from "./known-then.ts";
import { type RoadsTask, type RoadsThen, roadsTask, roadsWith } from "./roads-then.ts";

/** The roads as they counted for a decision. */
export type RoadsOfDecision = RoadsThen & {
  /** So many roads were closed on the table. */
  readonly closures: number;
};

/**
 * The minutes between hospitals by which a decision was made: of the table here, with the closures that counted then. The hash that
 * the decision has of them is the judge; null: by none of what may have counted does it come out.
 */
export async function roadsOf(
  files: AdviceFiles,
  then: KnownThen,
  fact: DecisionFact,
): Promise<Result<RoadsOfDecision | null, string>> {
  const isByTable = fact.hasTable && fact.source !== "estimate";
  for (const closures of isByTable ? perhapsClosed(then, fact) : [[]]) {
    const task = roadsTask(files.base, isByTable, closures, cellMiddle(fact.cell));
    const roads = await answered(files, task);
    if (!roads.ok) return roads;
    const { neighbours } = roads.value;
    if (dataHash(nodeCrypto, files.data, neighbours) === fact.data)
      return ok({ ...roads.value, closures: closures.length });
  }
  return ok(null);
}

async function answered(files: AdviceFiles, task: RoadsTask): Promise<Result<RoadsThen, string>> {
  return task.table === null ? ok(roadsWith(task)) : files.roadsWith(task);
}

/** What the decision says; of one that says nothing, from before closures were written down, none or all in force. */
function perhapsClosed({ fold, charter }: KnownThen, fact: DecisionFact): readonly (readonly Closure[])[] {
  if (fact.closed === undefined) {
    const inForce = closuresInForce(regionThen(fold, charter, fact)).map(circleOf);
    return inForce.length === 0 ? [[]] : [[], inForce];
  }
  const reports = fact.closed.flatMap((ref) => fold.closures.get(refKey(ref))?.closed ?? []);
  return reports.length === fact.closed.length ? [reports.map((report) => circleOf(report.fact))] : [];
}
