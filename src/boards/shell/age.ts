import { dayMs, hourMs, minuteMs } from "../../basics/time.ts";
import type { ShellTexts } from "./texts.ts";

/** `vor 12 min`. Whole minutes, rounded down; from two days on, days. What lies in our future is new. */
export function ageText(texts: ShellTexts, ageMs: number): string {
  if (ageMs < minuteMs) return texts.ageUnderMinute;
  const minutes = Math.floor(ageMs / minuteMs);
  if (ageMs < hourMs) return texts.ageMinutes(minutes);
  if (ageMs < 2 * dayMs) return texts.ageHours(Math.floor(minutes / 60), minutes % 60);
  return texts.ageDays(Math.floor(ageMs / dayMs));
}
