import { secondMs } from "../../basics/time.ts";

/**
 * A clock in ms that only grows. A computer that was suspended may have stopped `performance.now()`: then the wall
 * clock counts, since a board that slept for an hour must not take its rows for fresh.
 */
export function steadyClock(): () => number {
  let totalMs = 0;
  let lastPerformance = performance.now();
  let lastWall = Date.now();
  return () => {
    const nowPerformance = performance.now();
    const nowWall = Date.now();
    const ran = nowPerformance - lastPerformance;
    const passed = nowWall - lastWall;
    totalMs += passed - ran > secondMs ? passed : ran;
    lastPerformance = nowPerformance;
    lastWall = nowWall;
    return totalMs;
  };
}
