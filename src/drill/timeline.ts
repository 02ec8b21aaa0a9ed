import { assert, present } from "../basics/assert.ts";

type Event = { readonly atMs: number; readonly order: number; readonly run: () => void };

/** Virtual time: events happen in the order of their times, those of one moment in the order they were planned. */
export class Timeline {
  nowMs = 0;
  /** How many events have happened. */
  events = 0;
  readonly #heap: Event[] = [];
  #lastOrder = 0;

  after(delayMs: number, run: () => void): void {
    assert(delayMs >= 0, "nothing is planned for the past");
    this.#lastOrder += 1;
    this.#push({ atMs: this.nowMs + Math.round(delayMs), order: this.#lastOrder, run });
  }

  /** Lets everything happen up to and including this moment. */
  runUntil(endMs: number): void {
    for (let next = this.#heap[0]; next !== undefined && next.atMs <= endMs; next = this.#heap[0]) {
      this.#pop();
      this.nowMs = next.atMs;
      this.events += 1;
      next.run();
    }
    this.nowMs = Math.max(this.nowMs, endMs);
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let place = heap.push(event) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = present(heap[above], "a heap has no holes");
      if (!isBefore(event, parent)) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = event;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = present(heap.pop(), "something is planned");
    if (heap.length === 0) return;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const [a, b] = [heap[left], heap[left + 1]];
      if (a === undefined) break;
      const isRight = b !== undefined && isBefore(b, a);
      const child = isRight ? b : a;
      if (!isBefore(child, last)) break;
      heap[place] = child;
      place = isRight ? left + 1 : left;
    }
    heap[place] = last;
  }
}

function isBefore(a: Event, b: Event): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
