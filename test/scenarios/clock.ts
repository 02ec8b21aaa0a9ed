/** The clock of tests: hours and minutes of UTC, the day left out. */
export function clockOf(wallMs: number): string {
  const minutes = Math.floor(wallMs / 60_000) % 1_440;
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
