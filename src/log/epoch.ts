import { assert } from "../basics/assert.ts";
import { toHex } from "../basics/bytes.ts";
import { isEpoch } from "../basics/name.ts";

/**
 * The name of a log's next incarnation: the previous counter + 1 (1 for the first) and four random bytes, which
 * tell apart two incarnations that a restored backup numbered alike.
 */
export function nextEpoch(previous: string | null, random4: Uint8Array): string {
  assert(random4.length === 4, "an epoch has four random bytes");
  const counter = previous === null ? 1 : epochCounter(previous) + 1;
  const epoch = `${counter}-${toHex(random4)}`;
  assert(isEpoch(epoch), "a counter that an epoch can hold");
  return epoch;
}

/** The epoch with the highest counter; null for none. */
export function newestOf(epochs: readonly string[]): string | null {
  return epochs.reduce<string | null>(
    (newest, epoch) => (newest === null || epochCounter(epoch) > epochCounter(newest) ? epoch : newest),
    null,
  );
}

/**
 * Order of two incarnations of one log: by their counters, ties by their random digits. Negative when `a` is earlier, 0
 * only for one and the same.
 */
export function compareEpochs(a: string, b: string): number {
  const byCounter = epochCounter(a) - epochCounter(b);
  if (byCounter !== 0) return byCounter;
  return a < b ? -1 : Number(a > b);
}

/** The number of an incarnation, from 1. Throws when `epoch` is none (see `isEpoch`). */
export function epochCounter(epoch: string): number {
  assert(isEpoch(epoch), "an epoch");
  return Number(epoch.slice(0, epoch.indexOf("-")));
}
