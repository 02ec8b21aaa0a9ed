import type { Name } from "../../basics/name.ts";
import type { MissionView, ProposalView } from "../../region/mission-view.ts";

// Which of the centres' choices of a destination stand, and which of them leads.

/** What a centre steered it to, as long as the crew has not answered that; none while centres say different things. */
export function openSteer(mission: MissionView): ProposalView | undefined {
  if (chosenApart(mission).length > 0) return undefined;
  return mission.proposals.find(({ decision, crew }) => decision === "steered" && crew === "open");
}

/**
 * Centres chose without knowing of each other, different hospitals, and the crew has not answered all of it: these
 * choices stand and none of them leads, though the crew may have confirmed one before the other reached it. Empty: there
 * is no such conflict.
 */
export function chosenApart({ proposals }: MissionView): readonly ProposalView[] {
  const standing = proposals.filter(({ crew }) => crew !== "other-destination");
  const isOpen = standing.some(({ decision, crew }) => decision === "steered" && crew === "open");
  return isOpen && new Set(standing.map(({ hospital }) => hospital)).size > 1 ? standing : [];
}

/** The choice in force of the hospital where it is headed, if it was made though none was suitable. */
export function standingForced(mission: MissionView): ProposalView | null {
  const aim = openSteer(mission) ?? mission.destination;
  return aim === null ? null : forcedTo(mission, aim.hospital);
}

/** A centre assigned this patient to the hospital by force, and the crew has not said that it drives elsewhere. */
export function forcedTo({ proposals }: MissionView, hospital: Name): ProposalView | null {
  const isForced = (one: ProposalView) => one.forced !== null && one.crew !== "other-destination";
  return proposals.find((one) => one.hospital === hospital && isForced(one)) ?? null;
}

export function keptProposal({ proposals, destination }: MissionView): ProposalView | undefined {
  return proposals.find(
    ({ decision, hospital }) => decision === "kept" && hospital === destination?.hospital,
  );
}
