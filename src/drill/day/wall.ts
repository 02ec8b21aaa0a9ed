import { dayMs } from "../../basics/time.ts";

/** The wall clock of a simulated day, UTC milliseconds: the day before must be there too. */
export function wallMs(atMs: number): number {
  return dayMs + Math.round(atMs);
}
