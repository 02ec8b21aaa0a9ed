import type { Name } from "../basics/name.ts";
import { isForced, type MissionFold } from "./mission-fold.ts";
import { keysOf, type Report } from "./report.ts";
import { sinceMs, type ViewContext } from "./view-context.ts";

/**
 * The hospitals that centres assigned this patient to by force, each once, with when that last was, UTC ms by our clock: what
 * was not taken back, and stands or was followed. A choice that another one replaced before the crew ever named the hospital
 * burdened nobody.
 */
export function assignedTo(context: ViewContext, mission: MissionFold): ReadonlyMap<Name, number> {
  const assigned = new Map<Name, number>();
  for (const report of mission.choices) {
    if (!isForced(report) || isTakenBack(mission, report)) continue;
    const { hospital } = report.fact;
    const isBorne = mission.named.has(hospital) || mission.proposals.heads.some((head) => head === report);
    if (isBorne) assigned.set(hospital, Math.max(assigned.get(hospital) ?? 0, sinceMs(context, report)));
  }
  return assigned;
}

function isTakenBack({ wordsTakenBack }: MissionFold, report: Report): boolean {
  return keysOf(report).some((key) => wordsTakenBack.has(key));
}
