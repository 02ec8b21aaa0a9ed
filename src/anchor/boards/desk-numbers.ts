import type { Name } from "../../basics/name.ts";
import type { NumberKeeper } from "./people.ts";

/** People get numbers from 100 on (people.ts). */
const deskMax = 99;

/**
 * Numbers for desks at which nobody has given a name, one for each page that asks: two desks of a centre must be told
 * apart. Kept by the store, so that a restart gives none anew; after {@link deskMax} they begin again.
 */
export class DeskNumbers {
  readonly #numbers: NumberKeeper;
  /** Numbers are given one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(numbers: NumberKeeper) {
    this.#numbers = numbers;
  }

  /** Null: no number could be kept, the store takes nothing now. */
  next(site: Name): Promise<number | null> {
    const given = this.#turn.then(() => this.#next(site));
    this.#turn = given.catch(() => undefined);
    return given;
  }

  async #next(site: Name): Promise<number | null> {
    const key = `desk:${site}`;
    const last = await this.#numbers.readMeta(key);
    if (!last.ok) return null;
    const number = (Number(last.value ?? 0) % deskMax) + 1;
    const kept = await this.#numbers.writeMeta(key, String(number));
    return kept.ok ? number : null;
  }
}
