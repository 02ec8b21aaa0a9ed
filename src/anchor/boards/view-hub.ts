import { secondMs } from "../../basics/time.ts";
import type { LoadingPush, NothingYet } from "../../site/views/board-push.ts";
import type { Clock } from "../clock.ts";

/** One open board. */
export type Subscriber<Push> = { readonly push: (message: Push) => void };

/** What changes within this time is one push: a burst of facts must not become a burst of layouts. */
const pushEveryMs = 20;

type Alive = { readonly type: "alive"; readonly nowMs: number };
/** A board that cannot be drawn is tried again this often. */
const drawAgainMs = secondMs;

/** Of the calls that led to where drawing failed; the first may be the assertion itself. */
const callsNoted = 2;

type All<View> = { readonly type: "all"; readonly nowMs: number; readonly view: View };

/** How a kind of board is told what changed. `Shown` is what is remembered of a view to find that out. */
export type HubPorts<View, Shown, Change> = {
  readonly clock: Clock;
  readonly view: () => View;
  /** How much of what is stored is folded, in percent; null: all. Left out: it always is. */
  readonly loading?: () => number | null;
  /** Told once of each place in the program at which drawing failed. Left out: nobody is. */
  readonly undrawn?: (where: string) => void;
  /** So long a change of receipts alone waits for one of facts to be drawn with; left out: not at all. */
  readonly receiptsWaitMs?: number;
  readonly shownOf: (view: View) => Shown;
  /** Null: nothing that a board shows. */
  readonly changeOf: (view: View, before: Shown, after: Shown, nowMs: number) => Change | null;
};

/** Where it failed and not what was said there: a diary holds nothing of a patient. */
export function whereOf(error: unknown): string {
  const { name, stack = "" } = error instanceof Error ? error : new Error();
  const calls = [...stack.matchAll(/^\s+at (.*)$/gm)].slice(0, callsNoted);
  return [name, ...calls.map(([, call]) => call)].join(" < ");
}

/**
 * Gives the boards of one site the whole first, then what changed, and a sign of life every second. A view that cannot be
 * drawn ends neither the process nor another board: these boards are told so, and nothing of theirs is fresh.
 */
export class ViewHub<View, Shown, Change> {
  readonly #ports: HubPorts<View, Shown, Change>;
  readonly #subscribers = new Set<Subscriber<All<View> | Change | Alive | LoadingPush>>();
  #shown: Shown | null = null;
  #pushedMonoMs = Number.NEGATIVE_INFINITY;
  #undrawnMonoMs: number | null = null;
  readonly #failures = new Set<string>();
  /** Boards to which a push failed: they lack it, so nothing but the whole is true for them. */
  readonly #behind = new Set<Subscriber<All<View> | Change | Alive | LoadingPush>>();
  #due: { readonly timer: NodeJS.Timeout; readonly atMonoMs: number } | null = null;
  #alive: NodeJS.Timeout | null = null;

  constructor(ports: HubPorts<View, Shown, Change>) {
    this.#ports = ports;
  }

  subscribe(subscriber: Subscriber<All<View> | Change | Alive | LoadingPush>): () => void {
    // Others get what changed since the last push; then all boards of this hub show the same.
    this.#pushChanges();
    this.#subscribers.add(subscriber);
    this.#alive ??= setInterval(() => this.#sayAlive(), secondMs);
    this.#tell(subscriber, this.#nothingPush() ?? this.#wholePush());
    return () => this.#unsubscribe(subscriber);
  }

  /** Something has changed; the boards are told at once, and again after {@link pushEveryMs} at the earliest. */
  changed(ofReceipts = false): void {
    if (this.#subscribers.size === 0) return;
    const { monoMs } = this.#ports.clock();
    const waitMs = ofReceipts ? (this.#ports.receiptsWaitMs ?? 0) : 0;
    const atMonoMs = Math.max(monoMs + waitMs, this.#pushedMonoMs + pushEveryMs);
    if (this.#due !== null && this.#due.atMonoMs <= atMonoMs) return;
    this.#forgetDue();
    const timer = setTimeout(() => {
      this.#due = null;
      this.#pushChanges();
    }, atMonoMs - monoMs);
    this.#due = { timer, atMonoMs };
  }

  stop(): void {
    for (const subscriber of [...this.#subscribers]) this.#unsubscribe(subscriber);
  }

  /** Null: there is something to show, as far as is known. */
  #nothingPush(): LoadingPush | null {
    const percent = this.#ports.loading?.() ?? null;
    if (percent !== null) return this.#nothing(percent);
    return this.#undrawnMonoMs === null || this.#isDrawnAgain() ? null : this.#nothing("undrawn");
  }

  #isDrawnAgain(): boolean {
    return this.#ports.clock().monoMs - (this.#undrawnMonoMs ?? 0) >= drawAgainMs;
  }

  #nothing(percent: NothingYet): LoadingPush {
    return { type: "loading", nowMs: this.#ports.clock().wallMs, percent };
  }

  #wholePush(): All<View> | LoadingPush {
    return this.#drawn((view): All<View> => {
      this.#shown = this.#ports.shownOf(view);
      return { type: "all", nowMs: this.#ports.clock().wallMs, view };
    });
  }

  #drawn<Push>(pushOf: (view: View) => Push): Push | LoadingPush {
    try {
      const push = pushOf(this.#ports.view());
      this.#undrawnMonoMs = null;
      return push;
    } catch (error) {
      this.#noteUndrawn(error);
      this.#undrawnMonoMs = this.#ports.clock().monoMs;
      this.#shown = null;
      return this.#nothing("undrawn");
    }
  }

  #noteUndrawn(error: unknown): void {
    const where = whereOf(error);
    if (this.#failures.has(where)) return;
    this.#failures.add(where);
    this.#ports.undrawn?.(where);
  }

  #unsubscribe(subscriber: Subscriber<All<View> | Change | Alive | LoadingPush>): void {
    this.#subscribers.delete(subscriber);
    this.#behind.delete(subscriber);
    if (this.#subscribers.size > 0) return;
    this.#forgetDue();
    if (this.#alive !== null) clearInterval(this.#alive);
    this.#alive = null;
    this.#shown = null;
  }

  #forgetDue(): void {
    if (this.#due !== null) clearTimeout(this.#due.timer);
    this.#due = null;
  }

  #sayAlive(): void {
    // What ends by itself (an *open* that runs out) changes a row without any event.
    this.#pushChanges();
    this.#push(this.#nothingPush() ?? { type: "alive", nowMs: this.#ports.clock().wallMs });
    for (const subscriber of [...this.#behind]) {
      this.#behind.delete(subscriber);
      this.#tell(subscriber, this.#nothingPush() ?? this.#wholePush());
    }
  }

  #pushChanges(): void {
    const before = this.#shown;
    if (before === null) return this.#pushFirst();
    this.#pushedMonoMs = this.#ports.clock().monoMs;
    const change = this.#drawn((view) => {
      const after = this.#ports.shownOf(view);
      this.#shown = after;
      return this.#ports.changeOf(view, before, after, this.#ports.clock().wallMs);
    });
    if (change !== null) this.#push(change);
  }

  /** Boards that came while there was nothing to show get the whole when there is. */
  #pushFirst(): void {
    if (this.#subscribers.size > 0 && this.#nothingPush() === null) this.#push(this.#wholePush());
  }

  #push(message: All<View> | Change | Alive | LoadingPush): void {
    for (const subscriber of this.#subscribers)
      if (!this.#behind.has(subscriber)) this.#tell(subscriber, message);
  }

  /** What a board is given beside the view is made as it is pushed. */
  #tell(
    subscriber: Subscriber<All<View> | Change | Alive | LoadingPush>,
    message: All<View> | Change | Alive | LoadingPush,
  ): void {
    try {
      subscriber.push(message);
    } catch (error) {
      this.#noteUndrawn(error);
      this.#behind.add(subscriber);
      subscriber.push(this.#nothing("undrawn"));
    }
  }
}
