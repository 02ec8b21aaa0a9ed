import { cellClass } from "../../advice/base.ts";
import { stabilise } from "../../advice/region-base.ts";
import { present } from "../../basics/assert.ts";
import type { Name } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import { isInDanger, lastAnswerOf, type MissionView } from "../../region/mission-view.ts";
import type { BoardContext } from "./board-rows.ts";
import type { MissionRow } from "./board-view.ts";
import { callsTo } from "./calls-to.ts";
import { needFor } from "./mission-lines.ts";

/** So near the door the centre is asked to call at once (certainty C). */
const callWithinMinTenths = 100;

/** When the destination was last heard, where it is silent, ms; and how much of the drive is left at least, tenths of a minute, null where nobody knows. */
export type DoorSight = { readonly silentSinceMs: number | null; readonly leftMinTenths: number | null };

type Door = NonNullable<MissionRow["door"]>;

/**
 * Somebody must be called to the door: the hospital is silent and the crew stands there or is close; or the crew is close, nobody there has said that
 * it takes what the patient needs, and nobody was asked. Until somebody there was reached, or the hospital is heard again, or has said it; whether the
 * destination was kept meanwhile makes no difference. Times are exact here. Null: nobody need be called.
 */
export function doorCall(
  context: BoardContext,
  mission: MissionView,
  { silentSinceMs, leftMinTenths }: DoorSight,
  now: Now,
): Door | null {
  const { destination } = mission;
  if (destination === null) return null;
  const { hospital } = destination;
  const arrived = mission.step?.step === "arrived";
  const isNear = leftMinTenths !== null && leftMinTenths <= callWithinMinTenths;
  if (!(arrived || isNear)) return null;
  const isUnsaid = silentSinceMs === null && !arrived && isUnconfirmed(context, mission, hospital);
  if (silentSinceMs === null && !isUnsaid) return null;
  const sinceMs = silentSinceMs ?? mission.opened.sinceMs;
  const tries = callsTo(context, mission, hospital, now).filter((call) => call.sinceMs >= sinceMs);
  if (tries.some(({ reached }) => reached)) return null;
  const lastTryMs = Math.max(...tries.map((call) => call.sinceMs));
  return {
    ...{ hospital, silentSinceMs: sinceMs, arrived, tries: tries.length },
    ...(tries.length === 0 ? {} : { lastTryMs }),
    ...(isUnsaid ? { unconfirmed: true as const } : {}),
  };
}

/**
 * Of something that this patient requires nobody has said whether the hospital takes it now, nor has it said so of this very patient; nor was it asked: an
 * answer that fails to come is a task of its own (BOARD100).
 */
function isUnconfirmed(context: BoardContext, mission: MissionView, hospital: Name): boolean {
  const { base } = context;
  const row = base.hospitalIndex.get(hospital);
  if (row === undefined || lastAnswerOf(mission, hospital)?.answer === "ready") return false;
  const isAsked = (request: MissionView["requests"][number]) =>
    request.hospital === hospital && request.takenBack === null && request.answer === null;
  if (mission.requests.some(isAsked)) return false;
  const { required } = isInDanger(mission) ? stabilise : needFor(context, mission);
  return required.some((group) => {
    const classes = group.map((id) => base.cells[row * base.capabilities.length + columnOf(base, id)] ?? -1);
    const isSaid = classes.some((code) => code >= 0 && code <= cellClass.limited);
    return !isSaid && classes.some((code) => code === cellClass.unconfirmed || code === cellClass.unknown);
  });
}

function columnOf({ capabilityIndex }: BoardContext["base"], id: string): number {
  return present(capabilityIndex.get(id), `capability ${id}`);
}
