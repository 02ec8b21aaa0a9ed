import { dayMs, hourMs, minuteMs, secondMs } from "../../basics/time.ts";
import type { ShellTexts } from "./texts.ts";

/** A position older than this is marked as old. */
export const positionOldAfterMs = 2 * minuteMs;

/** `vor 12 min`. Whole minutes, rounded down; from two days on, days. What lies in our future is new. */
export function ageText(texts: ShellTexts, ageMs: number): string {
  if (ageMs < minuteMs) return texts.ageUnderMinute;
  const minutes = Math.floor(ageMs / minuteMs);
  if (ageMs < hourMs) return texts.ageMinutes(minutes);
  if (ageMs < 2 * dayMs) return texts.ageHours(Math.floor(minutes / 60), minutes % 60);
  return texts.ageDays(Math.floor(ageMs / dayMs));
}

/** A length of time, the same in every language: `45 s`, `12 min`, `9 h`. */
export function spanText(spanMs: number): string {
  const ms = Math.abs(spanMs);
  if (ms < 2 * minuteMs) return `${Math.round(ms / secondMs)} s`;
  return ms < 2 * hourMs ? `${Math.round(ms / minuteMs)} min` : `${Math.round(ms / hourMs)} h`;
}
