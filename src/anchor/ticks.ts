import type { Now } from "../basics/time.ts";
import { contactLimits } from "../exchange/contact-state.ts";
import type { TickPart } from "../site/effects.ts";
import { tickPartsMax } from "../site/limits.ts";
import type { Clock } from "./clock.ts";
import type { Shell } from "./shell.ts";

/**
 * Ticks a process until the interval is cleared. Each part of its devices is judged every `contactLimits.tickMs`, the
 * parts one after the other: one tick of 64 devices with their beats kept everything else waiting for tens of ms.
 */
export function startTicks(shell: Shell, clock: Clock): NodeJS.Timeout {
  const parts = Math.min(tickPartsMax, Math.max(1, shell.house.hosted.size));
  const everyMs = contactLimits.tickMs / parts;
  const turns = new TickTurns(parts, clock());
  // Judged after what waits in the sockets was read: a timer's turn comes before theirs, `setImmediate` after.
  const tick = (): void => {
    for (const part of turns.due(clock())) shell.feed({ type: "tick", part });
  };
  return setInterval(() => setImmediate(tick), everyMs);
}

/** Whose turn it is. After a stall every part is due once: nobody's silence grows more slowly for it. */
export class TickTurns {
  readonly #parts: number;
  readonly #fromMonoMs: number;
  #taken = 0;

  constructor(parts: number, from: Now) {
    this.#parts = parts;
    this.#fromMonoMs = from.monoMs;
  }

  due({ monoMs }: Now): readonly TickPart[] {
    const turns = Math.floor(((monoMs - this.#fromMonoMs) * this.#parts) / contactLimits.tickMs);
    const first = Math.max(this.#taken, turns - this.#parts);
    this.#taken = Math.max(this.#taken, turns);
    return Array.from({ length: Math.max(0, turns - first) }, (_, i) => ({
      part: (first + i) % this.#parts,
      parts: this.#parts,
    }));
  }
}
