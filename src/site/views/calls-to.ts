import type { Name } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import { callViews } from "../../region/call-fold.ts";
import type { MissionView } from "../../region/mission-view.ts";
import type { BoardContext } from "./board-rows.ts";
import { viewContext } from "./region-context.ts";

type Try = { readonly reached: boolean; readonly sinceMs: number };

/** Calls to a hospital about this mission and in call-rounds: who was reached in either was reached. */
export function callsTo(
  context: BoardContext,
  mission: Pick<MissionView, "calls">,
  hospital: Name,
  now: Now,
): readonly Try[] {
  const rounds = context.house.fold.hospitals.get(hospital)?.calls;
  const inRounds = rounds === undefined ? [] : callViews(viewContext(context, now), rounds);
  return [
    ...mission.calls.filter((call) => call.hospital === hospital),
    ...inRounds.map(({ answeredBy, sinceMs }) => ({ reached: answeredBy !== undefined, sinceMs })),
  ];
}
