import type { RequestView } from "../../region/mission-requests.ts";
import { lastRequestOf, type MissionView } from "../../region/mission-view.ts";
import { agreedDestinations } from "../../region/transfer.ts";
import type { MissionRow, RequestState } from "./board-view.ts";
import { agreementWithdrawn, withdrawnSince } from "./withdrawn.ts";

type StateOf = (request: RequestView | undefined) => RequestState;

/**
 * The request that was made last, and earlier ones of other hospitals on whose answer something still depends. `waits`: as
 * long as a transfer has to be decided on, who refused it is news.
 */
export function requestsOf(
  mission: MissionView,
  stateOf: StateOf,
  waits: boolean,
): Pick<MissionRow, "request" | "otherRequests"> {
  const last = lastRequestOf(mission);
  const others = mission.requests.filter(
    (request) =>
      request !== last && withdrawnSince(mission, request) === null && (waits || !isRefused(request)),
  );
  return {
    request: stateOf(last),
    ...(others.length === 0 ? {} : { otherRequests: others.map(stateOf) }),
  };
}

/** The same of what a transfer's sending hospital was asked, by destination; and where both have agreed to. */
export function agreementsOf(
  mission: MissionView,
  stateOf: StateOf,
  waits: boolean,
): Pick<MissionRow, "agreements" | "agreed"> {
  if (mission.from === null) return {};
  const agreed = agreedDestinations(mission);
  const last = mission.agreements.findLast(({ takenBack }) => takenBack === null);
  const standing = mission.agreements.filter(
    (one) => one === last || (agreementWithdrawn(mission, one) === null && (waits || !isRefused(one))),
  );
  if (standing.length === 0) return { agreed };
  return { agreed, agreements: standing.map((one) => ({ ...stateOf(one), to: one.to })) };
}

/** Something else was asked since; where another answer stands against the refusal, it is still open. */
function isRefused({ answer, answersDiffer }: RequestView): boolean {
  return answer?.answer === "cannot" && !answersDiffer;
}
