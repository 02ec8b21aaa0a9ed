import { assert } from "../basics/assert.ts";
import { dayMs } from "../basics/time.ts";
import { type Fold, forgetMission } from "./fold.ts";
import { firstEndedMs } from "./mission-fold.ts";

/*
 * A mission leaves the fold 30 days after this device first stored a word that ended it. It stays in the logs. What is
 * said of it later is stored, passed on and confirmed like everything else, and means nothing here any more, whenever
 * that was said: a fold depends on its facts and on the newest moment for which missions have left, not on the order of
 * the facts nor on how often missions left before.
 */

export const endedKeptMs = 30 * dayMs;

/**
 * Takes out of the fold what ended longer ago than {@link endedKeptMs}.
 * @param nowMs our wall clock, UTC ms; one that was set back lets nobody leave and brings nobody back
 */
export function leaveEnded(fold: Fold, nowMs: number): void {
  assert(Number.isSafeInteger(nowMs), "now is a whole number of milliseconds");
  fold.leftMs = Math.max(fold.leftMs, nowMs);
  for (const mission of fold.missions.values()) {
    const endedMs = firstEndedMs(mission);
    if (endedMs !== null && fold.leftMs - endedMs > endedKeptMs) forgetMission(fold, mission.id);
  }
}
