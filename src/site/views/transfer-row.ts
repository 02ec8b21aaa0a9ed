import type { MissionView, RequestView } from "../../region/mission-view.ts";
import { agreedDestinations } from "../../region/transfer.ts";
import type { MissionRow, RequestState } from "./board-view.ts";

export function fromOf({ from }: MissionView): Pick<MissionRow, "from"> {
  return from === null ? {} : { from };
}

/** Of a transfer: what the sending hospital was asked last, and where both have agreed to. */
export function agreementOf(
  mission: MissionView,
  stateOf: (asked: RequestView) => RequestState,
): Pick<MissionRow, "agreement" | "agreed"> {
  if (mission.from === null) return {};
  const agreed = agreedDestinations(mission);
  const last = mission.agreements.findLast(({ takenBack }) => takenBack === null);
  return last === undefined ? { agreed } : { agreed, agreement: { ...stateOf(last), to: last.to } };
}
