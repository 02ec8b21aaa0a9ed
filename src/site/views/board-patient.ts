import type { Name } from "../../basics/name.ts";
import { minuteMs } from "../../basics/time.ts";
import type { Fold } from "../../region/fold.ts";
import type { MissionView } from "../../region/mission-view.ts";
import { missionsOfScene } from "../../region/scene.ts";
import { positionOldAfterMs } from "../limits.ts";
import { driveTo, flagsOf, secondsOf } from "./board-mission.ts";
import type { BoardContext } from "./board-rows.ts";
import type { InboundRow } from "./board-site-view.ts";
import type { MissionRow } from "./board-view.ts";
import { drivesSinceMs } from "./drive-since.ts";
import { forcedTo } from "./standing-choices.ts";
import { fromOf } from "./transfer-row.ts";

const tenthMs = minuteMs / 10;

type PatientRow = Pick<
  InboundRow,
  | "mission"
  | "ref"
  | "vehicle"
  | "need"
  | "urgency"
  | "ageGroup"
  | "flags"
  | "from"
  | "mates"
  | "step"
  | "arrivalMs"
  | "positionSaidMs"
  | "positionOld"
  | "forced"
>;

/** What a hospital is told of a patient who is, or may be, on the way to it. */
export function patientRow(
  context: BoardContext,
  mission: MissionView,
  hospital: Name,
  nowMs: number,
): PatientRow {
  const { ref, vehicle, need, urgency, ageGroup, position } = mission;
  return {
    mission: mission.mission,
    ...{ ref, vehicle, need, urgency, ageGroup },
    flags: flagsOf(mission),
    ...fromOf(mission),
    ...matesOf(context.house.fold, mission),
    step: mission.step?.step ?? null,
    arrivalMs: arrivalMs(context, mission, hospital, nowMs),
    positionSaidMs: secondsOf(nowMs - position.ageMs),
    positionOld: position.ageMs > positionOldAfterMs,
    ...forcedNote(mission, hospital),
  };
}

function forcedNote(mission: MissionView, hospital: Name): Pick<InboundRow, "forced"> {
  const forced = forcedTo(mission, hospital);
  if (forced === null || forced.forced === null) return {};
  const { forced: reason, site: centre, by, sinceMs } = forced;
  return { forced: { reason, centre, by, saidMs: secondsOf(sinceMs) } };
}

/** Driving minutes from the last position, in tenths; null where unknown. */
export function driveMinTenths(context: BoardContext, mission: MissionView, hospital: Name): number | null {
  return driveTo(context, mission, hospital);
}

/**
 * When it would be at the door, to the minute, counted from when it was at its last position, or boarded there since:
 * while nothing new is heard the time stands still, and may lie in the past. Null before the patient is on board.
 */
export function arrivalMs(
  context: BoardContext,
  mission: MissionView,
  hospital: Name,
  nowMs: number,
): number | null {
  const fromMs = drivesSinceMs(mission, nowMs);
  const driveTenths = fromMs === null ? null : driveMinTenths(context, mission, hospital);
  if (fromMs === null || driveTenths === null) return null;
  return Math.round((fromMs + driveTenths * tenthMs) / minuteMs) * minuteMs;
}

/** The vehicles of other patients of the same scene. */
export function matesOf(fold: Fold, { mission }: MissionView): Pick<MissionRow, "mates"> {
  const mates = missionsOfScene(fold, mission).flatMap(({ id, opened }) =>
    id === mission || opened === null ? [] : [opened.fact.vehicle],
  );
  return mates.length === 0 ? {} : { mates };
}
