const formats = new Map<string, Intl.DateTimeFormat>();

/** No calendar knows a moment further from 1970, ms (ECMA-262, time values). */
const calendarMs = 8_640_000_000_000_000;

/** A moment, UTC ms, as a region's boards and lines say it: `02:51`; `?` where no calendar knows it. */
export function clockText(zone: string, wallMs: number): string {
  if (!(Math.abs(wallMs) <= calendarMs)) return "?";
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat("de-DE", {
      timeZone: zone,
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
  formats.set(zone, format);
  return format.format(wallMs);
}

/** The same with the day, the second and the zone: for who reads it later. `11.09.2020, 02:51:07 MESZ`. */
export function momentText(zone: string, wallMs: number): string {
  const parts = { timeZone: zone, hourCycle: "h23", timeZoneName: "short" } as const;
  const day = { day: "2-digit", month: "2-digit", year: "numeric" } as const;
  const time = { hour: "2-digit", minute: "2-digit", second: "2-digit" } as const;
  return new Date(wallMs).toLocaleString("de-DE", { ...parts, ...day, ...time });
}
