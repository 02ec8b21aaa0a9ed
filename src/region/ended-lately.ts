import { hourMs } from "../basics/time.ts";
import { firstEndedMs, isRunning, type MissionFold } from "./mission-fold.ts";

/**
 * By mission: when this device first stored a word that ended it, UTC ms. Of the last hour all; what is older leaves now and
 * then, and nobody may ask for it.
 */
export type EndedLately = Map<string, number>;

/** So many more, and the old ones leave. */
const forgetEvery = 512;

/** To be called whenever a mission may have ended, or runs again. */
export function noteEnded(lately: EndedLately, mission: MissionFold): void {
  const endedMs = isRunning(mission) ? null : firstEndedMs(mission);
  if (endedMs === null) {
    lately.delete(mission.id);
    return;
  }
  lately.set(mission.id, endedMs);
  if (lately.size % forgetEvery === 0) forgetOld(lately);
}

function forgetOld(lately: EndedLately): void {
  let newestMs = 0;
  for (const endedMs of lately.values()) newestMs = Math.max(newestMs, endedMs);
  for (const [mission, endedMs] of lately) if (endedMs < newestMs - hourMs) lately.delete(mission);
}
