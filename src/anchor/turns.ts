/** Acts on one thing go one after the other; on different things beside each other. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Begins at once, or when what was begun before for the same thing has ended, well or not. */
  inTurn<T>(thing: string, act: () => Promise<T>): Promise<T> {
    const before = this.#last.get(thing);
    const mine = before === undefined ? act() : before.then(act, act);
    this.#last.set(thing, mine);
    const end = () => {
      if (this.#last.get(thing) === mine) this.#last.delete(thing);
    };
    mine.then(end, end);
    return mine;
  }
}
