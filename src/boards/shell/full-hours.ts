import { hourMs, minuteMs } from "../../basics/time.ts";
import type { BoardSight } from "./sight.ts";

/** Every zone's offset is a multiple of it. */
const quarterMs = 15 * minuteMs;

const tomorrow = { de: "morgen", en: "tomorrow" };

/** A full hour of the region's clock, time first, so that in a list it is found by typing it. */
export type FullHour = { readonly ms: number; readonly text: string };

/** The next full hours after now, as people say *until six*. */
export function nextFullHours({ nowMs, places, language }: BoardSight, count: number): readonly FullHour[] {
  const timeOf = (ms: number) => places.clock.minute(ms, ms);
  const quarters = [1, 2, 3, 4].map((i) => (Math.floor(nowMs / quarterMs) + i) * quarterMs);
  const first = quarters.find((ms) => timeOf(ms).startsWith(":00", 2)) ?? nowMs + hourMs;
  return Array.from({ length: count }, (_, i) => {
    const ms = first + i * hourMs;
    const time = timeOf(ms);
    return { ms, text: places.clock.minute(ms, nowMs) === time ? time : `${time} (${tomorrow[language]})` };
  });
}
