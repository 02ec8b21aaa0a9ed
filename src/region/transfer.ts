import type { Name } from "../basics/name.ts";
import type { AgreementView, AnswerView } from "./mission-requests.ts";
import { hasDeclined, lastAnswerOf, type MissionView } from "./mission-view.ts";
import type { Said } from "./said.ts";
import { isByPhysician } from "./voice-weight.ts";

type Agreeing = Pick<MissionView, "from" | "sender" | "requests" | "agreements">;

/**
 * Where a transfer may go: a physician there is ready to take the patient, and one of the sending hospital agrees, to
 * that very destination or by having asked for the transfer. Silence is no yes, whatever the urgency. Empty for an emergency: there
 * nobody waits for it.
 */
export function agreedDestinations(mission: Agreeing): readonly Name[] {
  if (mission.from === null) return [];
  const { requests } = mission;
  const asked = [...new Set(requests.map(({ hospital }) => hospital))];
  return asked.filter((to) => says({ requests }, to) && senderAgrees(mission, to));
}

/** What it answered about that destination comes before its own request; taking that back ends what it had agreed to. */
export function senderAgrees(mission: Omit<Agreeing, "requests">, to: Name): boolean {
  const { from, agreements, sender } = mission;
  const back = sender?.takenBack ?? null;
  const requests = agreements.filter((one) => one.to === to && (back === null || isSaidAfter(one, back)));
  if (from === null) return false;
  const isAnswered = lastAnswerOf({ requests }, from) !== null;
  return isAnswered ? says({ requests }, from) : agreesByAsking(mission);
}

/** By their places in one log, else by our clock; at the same moment it is not. */
function isSaidAfter({ answer }: AgreementView, { ref: [backLog, backIndex], sinceMs }: Said): boolean {
  if (answer === null) return false;
  const [log, index] = answer.ref;
  return log === backLog ? index > backIndex : answer.sinceMs > sinceMs;
}

/** A physician of the sending hospital asked for the transfer, and that stands. */
export function agreesByAsking({ sender }: Pick<MissionView, "sender">): boolean {
  return sender !== null && sender.takenBack === null && isByPhysician(sender.asked.by, null);
}

function says(asked: Pick<MissionView, "requests">, hospital: Name): boolean {
  return !hasDeclined(asked, hospital) && isAgreement(lastAnswerOf(asked, hospital));
}

/** Whether an answer agrees to a transfer: a physician's *ready*. */
export function isAgreement(answer: AnswerView | null): boolean {
  return answer?.answer === "ready" && isByPhysician(answer.by, answer.spoken);
}
