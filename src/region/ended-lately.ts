import { hourMs } from "../basics/time.ts";
import { closingReports, isRunning, type MissionFold } from "./mission-fold.ts";
import { ownClockMs, sinceMs, type ViewContext } from "./view-context.ts";

/**
 * By mission: when this device first stored a word that ends it and stands, UTC ms. Of the last hour all; what is older leaves now and
 * then, and nobody may ask for it.
 */
export type EndedLately = Map<string, number>;

/** So many more, and the old ones leave. */
const forgetEvery = 512;

/** Older than this, an ending is no news to a device that has never seen the mission run. */
const toldMs = hourMs;

/** To be called whenever a mission may have ended, or runs again. */
export function noteEnded(lately: EndedLately, mission: MissionFold): void {
  if (mission.opened === null || isRunning(mission)) {
    lately.delete(mission.id);
    return;
  }
  lately.set(mission.id, Math.min(...closingReports(mission).map(({ storedMs }) => storedMs)));
  if (lately.size % forgetEvery === 0) forgetOld(lately);
}

function forgetOld(lately: EndedLately): void {
  let newestMs = 0;
  for (const endedMs of lately.values()) newestMs = Math.max(newestMs, endedMs);
  for (const [mission, endedMs] of lately) if (endedMs < newestMs - hourMs) lately.delete(mission);
}

/**
 * When it ended by the word of who ended it, our clock; null where that is no news any more: this device has known it for
 * longer than `withinMs`, or it came with the mission itself and was said over an hour ago: a store that is new. When it was
 * stored tells nothing of a clock that was ahead then.
 * @param storedMs when this device stored that, as noted
 */
export function endedNews(
  context: ViewContext,
  mission: MissionFold,
  storedMs: number,
  withinMs: number,
): number | null {
  const { nowMs } = context;
  const { opened } = mission;
  const said = closingReports(mission).map((report) => ownClockMs(context, report, report.fact.at));
  // Nothing ends before it begins, whatever a crew's clock says.
  const openedMs = opened === null ? 0 : sinceMs(context, opened);
  const endedMs = Math.min(Math.max(Math.min(...said), openedMs), storedMs);
  const knownMs = storedMs > nowMs ? endedMs : storedMs;
  const isNews = nowMs - endedMs <= toldMs || storedMs - (opened?.storedMs ?? storedMs) > withinMs;
  return nowMs - knownMs > withinMs || !isNews ? null : Math.min(endedMs, nowMs);
}
