import { setImmediate } from "node:timers/promises";
import type { Clock } from "../clock.ts";

/** So long something may keep the main thread before beats, sockets and boards have their turn. */
const sliceMs = 15;
/** A clock is not asked after each of thousands of small steps. */
const stepsBetweenLooks = 32;

/** Cuts long work into slices by a clock: after each step, `if (slices.isOver()) await slices.rest()`. */
export class Slices {
  readonly #clock: Clock;
  #steps = 0;
  #begunMs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#begunMs = clock().monoMs;
  }

  /** Counts one step. */
  isOver(): boolean {
    this.#steps += 1;
    return this.#steps % stepsBetweenLooks === 0 && this.#clock().monoMs - this.#begunMs >= sliceMs;
  }

  /** Lets everything else that waits have its turn, then begins the next slice. */
  async rest(): Promise<void> {
    await setImmediate();
    this.#begunMs = this.#clock().monoMs;
  }
}
