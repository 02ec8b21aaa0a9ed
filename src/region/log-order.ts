import type { LogId } from "../basics/name.ts";
import { compareEpochs, epochCounter } from "../log/epoch.ts";

/** Up to where a device's word counts: entries from `size` on in `log`, and every later log of the device, do not. */
export type LogEnd = {
  /** Null: none of the device's logs counts. */
  readonly log: LogId | null;
  readonly size: number;
};

/**
 * Order of two logs of one device: by the counter of their epochs, ties by their text. Negative when `a` is earlier,
 * 0 only for one and the same log.
 */
export function compareLogs(a: LogId, b: LogId): number {
  return compareEpochs(epochIn(a), epochIn(b));
}

/** By UTF-16 code units, the same in every runtime and language. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** How many entries of `log` count under `end`; undefined: all of them. Both are of the same device. */
export function countedUnder(end: LogEnd, log: LogId): number | undefined {
  if (end.log === null) return 0;
  if (end.log === log) return end.size;
  // Of two logs with one counter at most one can be the one that was meant.
  return counterOf(log) < counterOf(end.log) ? undefined : 0;
}

function counterOf(log: LogId): number {
  return epochCounter(epochIn(log));
}

function epochIn(log: LogId): string {
  return log.slice(log.lastIndexOf("/") + 1);
}
