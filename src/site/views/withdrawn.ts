import { refKey } from "../../basics/name.ts";
import type { AgreementView, RequestView } from "../../region/mission-requests.ts";
import type { MissionView } from "../../region/mission-view.ts";
import { agreedDestinations } from "../../region/transfer.ts";
import { chosenApart, openSteer } from "./standing-choices.ts";

/**
 * Since when nobody waits for an answer: taken back, asked elsewhere or anew, or the crew drives elsewhere. Of a
 * transfer several are asked side by side, and where it is agreed a centre may steer at any time.
 */
export function withdrawnSince(mission: MissionView, request: RequestView): number | null {
  const { hospital: site } = request;
  if (request.takenBack !== null) return request.takenBack.sinceMs;
  // Two centres asked for the same patient: as long as neither has given way, both requests stand.
  const isApart = chosenApart(mission).some(({ hospital }) => hospital === site);
  const key = refKey(request.ref);
  const at = mission.requests.findIndex(({ ref }) => refKey(ref) === key);
  const isBeside = isApart || mission.from !== null;
  const later = mission.requests
    .slice(at + 1)
    .find(({ takenBack, hospital }) => takenBack === null && (!isBeside || hospital === site));
  if (later !== undefined) return later.sinceMs;
  if (agreedDestinations(mission).includes(site)) return null;
  const { destination } = mission;
  const isAimedHere = isApart || destination?.hospital === site || openSteer(mission)?.hospital === site;
  if (destination === null || isAimedHere) return null;
  return destination.sinceMs > request.sinceMs ? destination.sinceMs : null;
}

/**
 * Since when nobody waits for it: taken back, asked anew about that destination, or the crew drives elsewhere. What is
 * agreed stands: a centre may steer there.
 */
export function agreementWithdrawn(mission: MissionView, agreement: AgreementView): number | null {
  const { agreements, destination } = mission;
  const { to, takenBack, sinceMs } = agreement;
  if (takenBack !== null) return takenBack.sinceMs;
  const later = agreements
    .slice(agreements.indexOf(agreement) + 1)
    .find((other) => other.to === to && other.takenBack === null);
  if (later !== undefined) return later.sinceMs;
  if (agreedDestinations(mission).includes(to)) return null;
  const isElsewhere = destination !== null && destination.hospital !== to && destination.sinceMs > sinceMs;
  return isElsewhere ? destination.sinceMs : null;
}
