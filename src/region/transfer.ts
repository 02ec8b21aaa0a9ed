import type { Name } from "../basics/name.ts";
import type { AnswerView } from "./mission-requests.ts";
import { hasDeclined, lastAnswerOf, type MissionView } from "./mission-view.ts";
import type { Spoken } from "./voice-weight.ts";

const physicianRole = "physician";

/** Whether a word is a physician's: written in that role or, by voice, a physician's that was read back. */
export function isByPhysician(by: string, spoken: Spoken | null): boolean {
  if (spoken !== null) return spoken.readBack && spoken.answeredBy === "physician";
  return by.split("#")[0] === physicianRole;
}

/**
 * Where a transfer may go: a physician there is ready to take the patient, and one of the sending hospital agrees to
 * that very destination. Silence is no yes, whatever the urgency. Empty for an emergency: there nobody waits for it.
 */
export function agreedDestinations({
  from,
  requests,
  agreements,
}: Pick<MissionView, "from" | "requests" | "agreements">): readonly Name[] {
  if (from === null) return [];
  const asked = [...new Set(agreements.map(({ to }) => to))];
  return asked.filter((to) => {
    const about = agreements.filter((agreement) => agreement.to === to);
    return says({ requests }, to) && says({ requests: about }, from);
  });
}

function says(asked: Pick<MissionView, "requests">, hospital: Name): boolean {
  return !hasDeclined(asked, hospital) && isAgreement(lastAnswerOf(asked, hospital));
}

/** Whether an answer agrees to a transfer: a physician's *ready*. */
export function isAgreement(answer: AnswerView | null): boolean {
  return answer?.answer === "ready" && isByPhysician(answer.by, answer.spoken);
}
