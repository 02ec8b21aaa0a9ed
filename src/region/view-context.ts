import { assert } from "../basics/assert.ts";
import { type DeviceId, deviceOf } from "../basics/name.ts";
import type { Charter } from "./charter.ts";
import type { Fold } from "./fold.ts";
import type { Report } from "./report.ts";

/** After how long a word that lets patients in ends by itself; the region sets both (its policy). */
export type RunOut = {
  /** A hospital's own word, ms. */
  readonly openRunsOutMs: number;
  /** What someone said on telephone or radio, ms. */
  readonly voiceRunsOutMs: number;
};

/** What a view is computed from, besides whom it is about. */
export type ViewContext = {
  readonly fold: Fold;
  readonly charter: Charter;
  /** Our wall clock, UTC ms. */
  readonly nowMs: number;
  readonly runOut: RunOut;
  /** By how much that device's clock is ahead of ours, ms, measured from its beats; 0 where it was never measured. */
  readonly clockOffsetMs: (device: DeviceId) => number;
  /**
   * How another device took a report once, where that is known (site/decisions/): it goes before clocks and storing
   * times of our own. Left out: nobody's view but ours.
   */
  readonly taken?: (report: Report) => Taken | undefined;
  /** By how much a clock that counts as right may be behind ours all the same, ms; left out: 0 of all. */
  readonly perhapsBehindMs?: (device: DeviceId) => number;
};

/** When a report counted as said and, of a word, when it ends; UTC ms by the clock of the device that took it so. */
export type Taken = { readonly sinceMs: number; readonly endsMs?: number };

export function assertContext({ nowMs, runOut }: ViewContext): void {
  assert(Number.isSafeInteger(nowMs), "now is a whole number of milliseconds");
  assert(runOut.openRunsOutMs > 0 && runOut.voiceRunsOutMs > 0, "every open ends by itself");
}

/**
 * Since when this was known, by our clock: the earlier of when its writer said it and when we stored it, so that
 * neither a clock that is ahead nor a copy that came late makes a word look newer than it is.
 */
export function sinceMs(context: ViewContext, report: Report): number {
  const taken = context.taken?.(report);
  if (taken !== undefined) return taken.sinceMs;
  const saidMs = ownClockMs(context, report, report.fact.at);
  return Math.min(saidMs, report.storedMs, context.nowMs);
}

/** How old it is, ms: the larger of the time since it was said and the time since we stored it. Never below 0. */
export function ageMs(context: ViewContext, report: Report): number {
  return context.nowMs - sinceMs(context, report);
}

/** A moment by the writer's clock, put on ours. */
export function ownClockMs(context: ViewContext, report: Report, momentMs: number): number {
  return momentMs - context.clockOffsetMs(deviceOf(report.log));
}
