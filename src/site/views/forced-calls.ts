import type { Now } from "../../basics/time.ts";
import { lastAnswerOf, type MissionView } from "../../region/mission-view.ts";
import { secondsOf } from "./board-mission.ts";
import type { BoardContext } from "./board-rows.ts";
import type { MissionRow } from "./board-view.ts";
import { centreFor } from "./call-rounds.ts";
import { callsTo } from "./calls-to.ts";
import { standingForced } from "./standing-choices.ts";

/**
 * A hospital that is assigned a patient by force is told so by voice: the task of its home centre or, while that is silent, of
 * the next in charter order; until it has answered, somebody there was reached, or the patient has arrived. `running` stands in
 * the order of the rows.
 */
export function withForcedCalls(
  context: BoardContext,
  rows: readonly MissionRow[],
  running: readonly MissionView[],
  now: Now,
): readonly MissionRow[] {
  return rows.map((row, i) => {
    const mission = running[i];
    const { forced } = row;
    if (forced === undefined || mission === undefined) return row;
    const call = callFor(context, mission, now);
    return call === null ? row : { ...row, forced: { ...forced, call } };
  });
}

type ForcedCall = NonNullable<NonNullable<MissionRow["forced"]>["call"]>;

function callFor(context: BoardContext, mission: MissionView, now: Now): ForcedCall | null {
  const forced = standingForced(mission);
  if (forced === null || mission.step?.step === "arrived") return null;
  const { hospital, sinceMs, storedMs } = forced;
  const answer = lastAnswerOf(mission, hospital);
  if (answer !== null && answer.storedMs > storedMs) return null;
  const tries = callsTo(context, mission, hospital, now).filter((call) => call.sinceMs >= sinceMs);
  if (tries.some(({ reached }) => reached)) return null;
  const lastTry =
    tries.length === 0 ? {} : { lastTryMs: secondsOf(Math.max(...tries.map((call) => call.sinceMs))) };
  return { centre: centreFor(context.house, context.hosted, hospital), tries: tries.length, ...lastTry };
}
