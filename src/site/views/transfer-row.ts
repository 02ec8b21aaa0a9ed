import type { Name } from "../../basics/name.ts";
import type { MissionView } from "../../region/mission-view.ts";
import { agreedDestinations, isAgreement } from "../../region/transfer.ts";
import type { MissionRow } from "./board-view.ts";

export function fromOf({ from }: MissionView): Pick<MissionRow, "from"> {
  return from === null ? {} : { from };
}

/**
 * Since when a transfer is headed where not both have agreed, or no longer. Null: both have, it is an emergency, or a
 * centre kept it after the last word against it.
 */
export function notAgreedSince(
  mission: MissionView,
  aim: { readonly hospital: Name; readonly sinceMs: number },
): number | null {
  const { hospital } = aim;
  if (mission.from === null || agreedDestinations(mission).includes(hospital)) return null;
  const asked = [
    ...mission.requests.filter((request) => request.hospital === hospital),
    ...mission.agreements.filter(({ to }) => to === hospital),
  ];
  const refusals = asked.flatMap(({ answer }) => (answer === null || isAgreement(answer) ? [] : [answer]));
  const retaken = asked.flatMap(({ answerTakenBack, takenBack }) => [
    ...(answerTakenBack === null ? [] : [answerTakenBack]),
    ...(takenBack === null ? [] : [takenBack]),
  ]);
  const back = mission.sender?.takenBack;
  if (back) retaken.push(back);
  const isKept = mission.proposals.some(
    (one) =>
      one.decision === "kept" &&
      one.hospital === hospital &&
      refusals.every(({ storedMs }) => storedMs < one.storedMs) &&
      retaken.every(({ sinceMs }) => sinceMs < one.sinceMs),
  );
  if (isKept) return null;
  return Math.max(aim.sinceMs, ...[...refusals, ...retaken].map(({ sinceMs }) => sinceMs));
}
