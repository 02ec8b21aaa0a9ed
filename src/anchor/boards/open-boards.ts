import type { Json } from "../../basics/canonical-json.ts";
import { secondMs } from "../../basics/time.ts";
import type { Sound } from "../../region/choices.ts";

/** Longer than a board that has lost its connection takes to come back: it waits 16 s at most (`patienceMaxMs`). */
export const closedAfterMs = 30 * secondMs;

const lookEveryMs = secondMs;

export type OpenBoardsPorts = {
  readonly monoMs: () => number;
  /** What this device said last of its boards' sound; null: nothing, or it is not known yet. */
  readonly lastSaid: () => Sound | null;
  readonly sayClosed: () => void;
};

/**
 * Counts the open boards of one device, and says so when the last of them is gone: a board that nobody has open is
 * seen and heard by nobody, and cannot say that itself. Where none was ever open nothing is said.
 */
export class OpenBoards {
  readonly #ports: OpenBoardsPorts;
  #open = 0;
  #noneSinceMonoMs: number;
  /** What was given to the store last since this start, perhaps not durable yet. */
  #newest: Json | undefined;

  constructor(ports: OpenBoardsPorts) {
    this.#ports = ports;
    this.#noneSinceMonoMs = ports.monoMs();
  }

  /** Returns what is called when that board is gone; called again it does nothing. */
  opened(): () => void {
    let isOpen = true;
    this.#open += 1;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      this.#open -= 1;
      this.#noneSinceMonoMs = this.#ports.monoMs();
    };
  }

  /** Whether a board that says this on a new connection says nothing new: it is the last word, and no other is under way. */
  isKnown(sound: Json | undefined): boolean {
    return this.#ports.lastSaid() === sound && (this.#newest ?? sound) === sound;
  }

  /** To be told of each word of a board that is written. */
  saying(sound: Json | undefined): void {
    this.#newest = sound;
  }

  /** To be called every second or so. What could not be written is said again {@link closedAfterMs} later. */
  look(): void {
    const { monoMs, lastSaid, sayClosed } = this.#ports;
    const nowMonoMs = monoMs();
    if (this.#open > 0 || nowMonoMs - this.#noneSinceMonoMs < closedAfterMs) return;
    const said = lastSaid();
    if (said === null || said === "closed") return;
    this.#noneSinceMonoMs = nowMonoMs;
    this.#newest = "closed";
    sayClosed();
  }
}

/** Looks at them until the interval is cleared. */
export function watchBoards(sites: readonly { readonly boards: OpenBoards }[]): NodeJS.Timeout {
  return setInterval(() => {
    for (const { boards } of sites) boards.look();
  }, lookEveryMs);
}
