import type { Name } from "../basics/name.ts";
import { minuteMs } from "../basics/time.ts";

/** After a person's last word at a board the script leaves the site alone for so long. */
export const leftForMs = 5 * minuteMs;

/** Who plays a site by hand: the script's people keep away from it for a while. */
export class Persons {
  readonly #wroteMs = new Map<Name, number>();

  wrote(site: Name, nowMs: number): void {
    this.#wroteMs.set(site, nowMs);
  }

  isAt(site: Name, nowMs: number): boolean {
    return nowMs < this.#untilMs(site);
  }

  /** When a person last wrote there; undefined: never. */
  lastMs(site: Name): number | undefined {
    return this.#wroteMs.get(site);
  }

  /** Every site that is left to a person now, the last one first. */
  now(nowMs: number): readonly { readonly site: Name; readonly untilMs: number }[] {
    return [...this.#wroteMs.keys()]
      .filter((site) => this.isAt(site, nowMs))
      .map((site) => ({ site, untilMs: this.#untilMs(site) }))
      .sort((a, b) => b.untilMs - a.untilMs);
  }

  clear(): void {
    this.#wroteMs.clear();
  }

  #untilMs(site: Name): number {
    return (this.#wroteMs.get(site) ?? Number.NEGATIVE_INFINITY) + leftForMs;
  }
}
