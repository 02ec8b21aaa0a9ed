import type { MissionView } from "../../region/mission-view.ts";

/** With the patient on board: from when its drive counts, its last position or, where that was later, the boarding. */
export function drivesSinceMs({ position, step }: MissionView, nowMs: number): number | null {
  if (step?.step !== "patient-on-board") return null;
  return Math.max(nowMs - position.ageMs, Math.min(step.sinceMs, nowMs));
}
