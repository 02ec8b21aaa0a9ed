import { dayMs, secondMs } from "../basics/time.ts";

/** How fast new entries are taken from the device that writes them (design: slower, never refused). */
export type PullRate = { readonly entriesPerSecondMax: number; readonly bytesPerDayMax: number };

export const pullRateDefault: PullRate = { entriesPerSecondMax: 50, bytesPerDayMax: 20_000_000 };

// A box that was alone for a while brings what it wrote; ten seconds of its rate may come at once. A batch of 256
// must pass, or the largest batch would never be taken.
const burstSeconds = 10;

/** A store of allowances that refills with time; one for each connection to an author. */
export type PullLimit = {
  /** 0 when a run of this size may be taken now (and it is counted), otherwise how long to wait. */
  readonly waitMs: (entries: number, bytes: number, monoMs: number) => number;
};

export function newPullLimit(rate: PullRate, monoMs: number): PullLimit {
  const entries = newBucket(
    rate.entriesPerSecondMax / secondMs,
    rate.entriesPerSecondMax * burstSeconds,
    monoMs,
  );
  const bytes = newBucket(rate.bytesPerDayMax / dayMs, rate.bytesPerDayMax, monoMs);
  return {
    waitMs: (entryCount, byteCount, atMs) => {
      const wait = Math.max(entries.missingMs(entryCount, atMs), bytes.missingMs(byteCount, atMs));
      if (wait > 0) return wait;
      entries.take(entryCount);
      bytes.take(byteCount);
      return 0;
    },
  };
}

function newBucket(perMs: number, capacity: number, startMs: number) {
  let level = capacity;
  let lastMs = startMs;
  return {
    missingMs: (amount: number, atMs: number): number => {
      level = Math.min(capacity, level + Math.max(0, atMs - lastMs) * perMs);
      lastMs = atMs;
      // More than a full store holds is taken when the store is full: a large batch waits, it is not shut out.
      return Math.ceil(Math.max(0, Math.min(amount, capacity) - level) / perMs);
    },
    take: (amount: number): void => {
      level -= amount;
    },
  };
}
