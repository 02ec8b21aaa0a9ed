import type { Name } from "../basics/name.ts";
import { minuteMs } from "../basics/time.ts";

/** After a person's last word at a board the script leaves the site alone for so long. */
export const leftForMs = 5 * minuteMs;

/** Who plays a site by hand: the script's people keep away from it for a while. */
export class Persons {
  readonly #wroteMs = new Map<Name, number>();
  /** When a person last said where an ambulance is. */
  readonly #placedMs = new Map<Name, number>();

  /** @param kind of the fact; null: a shift began */
  wrote(site: Name, kind: string | null, nowMs: number): void {
    this.#wroteMs.set(site, nowMs);
    if (kind === "mission.position/1") this.#placedMs.set(site, nowMs);
  }

  isAt(site: Name, nowMs: number): boolean {
    return isLeft(this.#wroteMs.get(site), nowMs);
  }

  /** Whether a person also says where this ambulance is. */
  places(site: Name, nowMs: number): boolean {
    return isLeft(this.#placedMs.get(site), nowMs);
  }

  /** When a person last wrote there; undefined: never. */
  lastMs(site: Name): number | undefined {
    return this.#wroteMs.get(site);
  }

  /** Every site that is left to a person now, the last one first. */
  now(nowMs: number): readonly { readonly site: Name; readonly untilMs: number }[] {
    return [...this.#wroteMs]
      .filter(([, wroteMs]) => isLeft(wroteMs, nowMs))
      .map(([site, wroteMs]) => ({ site, untilMs: wroteMs + leftForMs }))
      .sort((a, b) => b.untilMs - a.untilMs);
  }

  clear(): void {
    this.#wroteMs.clear();
    this.#placedMs.clear();
  }
}

function isLeft(wroteMs: number | undefined, nowMs: number): boolean {
  return wroteMs !== undefined && nowMs < wroteMs + leftForMs;
}
