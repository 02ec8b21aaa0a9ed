import { hourMs } from "../../basics/time.ts";

/** The region's wall clock as text, for UTC ms. */
export type ZoneClock = {
  /** `02:51`; on another day than `nowMs` `22.11. 02:51`. */
  readonly minute: (ms: number, nowMs: number) => string;
  /** `02:51:07`, for the clock of the board. */
  readonly second: (ms: number) => string;
};

/** In the hour that October has twice, every time carries its offset: `02:51 (UTC+2)`. */
export function zoneClock(zone: string): ZoneClock {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("de-DE", { timeZone: zone, hourCycle: "h23", ...options });
  const time = format({ hour: "2-digit", minute: "2-digit" });
  const timeWithSeconds = format({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const day = format({ day: "2-digit", month: "2-digit" });
  const dayAndTime = (ms: number) => `${day.format(ms)} ${time.format(ms)}`;
  const offset = (ms: number) => {
    const shown = dayAndTime(ms);
    const isDoubled = shown === dayAndTime(ms + hourMs) || shown === dayAndTime(ms - hourMs);
    return isDoubled ? ` (${offsetAt(zone, ms)})` : "";
  };
  return {
    minute: (ms, nowMs) => {
      const isToday = day.format(ms) === day.format(nowMs);
      return (isToday ? time.format(ms) : dayAndTime(ms)) + offset(ms);
    },
    second: (ms) => timeWithSeconds.format(ms) + offset(ms),
  };
}

function offsetAt(zone: string, ms: number): string {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "shortOffset" });
  const name = parts.formatToParts(ms).find(({ type }) => type === "timeZoneName")?.value ?? "";
  return name.replace("GMT", "UTC");
}
