import { secondMs } from "../../basics/time.ts";
import type { Sound } from "../../region/choices.ts";

/** Of three words that a board says of its sound (`sayAgainMs`) none came: nobody has it open, or it sleeps. */
export const closedAfterMs = 60 * secondMs;

/** So long a board counts whose page said that it goes: a reload is back by then. */
export const leftAfterMs = 10 * secondMs;

const lookEveryMs = secondMs;

export type OpenBoardsPorts = {
  readonly monoMs: () => number;
  /** What this device said last of its boards' sound; null: nothing, or it is not known yet. */
  readonly lastSaid: () => Sound | null;
  readonly say: (sound: Sound) => void;
};

/** Whether a board can be heard, by its own word. */
export type BoardSound = Exclude<Sound, "closed">;

type Heard = { readonly sound: BoardSound; readonly untilMonoMs: number };

/**
 * Whether one of the boards of a device can be heard, as each says again and again of itself: one that is silent cannot
 * say that nobody looks at it any more, and a stream stays open to a computer that sleeps. What shows only (a wall, a
 * program that listens) says nothing and counts for nothing. Where no board ever spoke nothing is said.
 */
export class OpenBoards {
  readonly #ports: OpenBoardsPorts;
  readonly #boards = new Map<string, Heard>();
  readonly #startedMonoMs: number;
  /** What was given to the store last since this start, perhaps not durable yet. */
  #given: { readonly sound: Sound; readonly monoMs: number } | null = null;

  constructor(ports: OpenBoardsPorts) {
    this.#ports = ports;
    this.#startedMonoMs = ports.monoMs();
  }

  /** Takes a board's word. Returns what is now to be written of the device; null: it is the last word already. */
  heard(board: string, sound: BoardSound): Sound | null {
    const { monoMs, lastSaid } = this.#ports;
    this.#boards.set(board, { sound, untilMonoMs: monoMs() + closedAfterMs });
    const now = this.#now();
    if (lastSaid() === now && (this.#given?.sound ?? now) === now) return null;
    this.#given = { sound: now, monoMs: monoMs() };
    return now;
  }

  /** A board's page goes, to come back at once or never. */
  left(board: string): void {
    const heard = this.#boards.get(board);
    if (heard === undefined) return;
    const untilMonoMs = Math.min(heard.untilMonoMs, this.#ports.monoMs() + leftAfterMs);
    this.#boards.set(board, { ...heard, untilMonoMs });
  }

  /** To be called every second or so. What could not be written is said again {@link closedAfterMs} later. */
  look(): void {
    const { monoMs, lastSaid, say } = this.#ports;
    const nowMonoMs = monoMs();
    for (const [board, heard] of this.#boards) {
      if (nowMonoMs >= heard.untilMonoMs) this.#boards.delete(board);
    }
    const [now, said] = [this.#now(), lastSaid()];
    if (nowMonoMs - this.#startedMonoMs < closedAfterMs || said === null || said === now) return;
    if (this.#given?.sound === now && nowMonoMs - this.#given.monoMs < closedAfterMs) return;
    this.#given = { sound: now, monoMs: nowMonoMs };
    say(now);
  }

  /** One that can be heard is enough. */
  #now(): Sound {
    const sounds = new Set([...this.#boards.values()].map(({ sound }) => sound));
    if (sounds.has("on")) return "on";
    return sounds.has("held-back") ? "held-back" : "closed";
  }
}

/** Looks at them until the interval is cleared. */
export function watchBoards(sites: readonly { readonly boards: OpenBoards }[]): NodeJS.Timeout {
  return setInterval(() => {
    for (const { boards } of sites) boards.look();
  }, lookEveryMs);
}
