import { secondMs } from "../../basics/time.ts";
import type { LoadingPush } from "../../site/views/board-push.ts";
import type { Clock } from "../clock.ts";

/** One open board. */
export type Subscriber<Push> = { readonly push: (message: Push) => void };

/** What changes within this time is one push: a burst of facts must not become a burst of layouts. */
const pushEveryMs = 20;

type Alive = { readonly type: "alive"; readonly nowMs: number };
type All<View> = { readonly type: "all"; readonly nowMs: number; readonly view: View };

/** How a kind of board is told what changed. `Shown` is what is remembered of a view to find that out. */
export type HubPorts<View, Shown, Change> = {
  readonly clock: Clock;
  readonly view: () => View;
  /** How much of what is stored is folded, in percent; null: all. Left out: it always is. */
  readonly loading?: () => number | null;
  readonly shownOf: (view: View) => Shown;
  /** Null: nothing that a board shows. */
  readonly changeOf: (view: View, before: Shown, after: Shown, nowMs: number) => Change | null;
};

/** Gives the boards of one site the whole first, then what changed, and a sign of life every second. */
export class ViewHub<View, Shown, Change> {
  readonly #ports: HubPorts<View, Shown, Change>;
  readonly #subscribers = new Set<Subscriber<All<View> | Change | Alive | LoadingPush>>();
  #shown: Shown | null = null;
  #pushedMonoMs = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;
  #alive: NodeJS.Timeout | null = null;

  constructor(ports: HubPorts<View, Shown, Change>) {
    this.#ports = ports;
  }

  subscribe(subscriber: Subscriber<All<View> | Change | Alive | LoadingPush>): () => void {
    // Others get what changed since the last push; then all boards of this hub show the same.
    this.#pushChanges();
    this.#subscribers.add(subscriber);
    this.#alive ??= setInterval(() => this.#sayAlive(), secondMs);
    subscriber.push(this.#loadingPush() ?? this.#allPush());
    return () => this.#unsubscribe(subscriber);
  }

  /** Something has changed; the boards are told at once, and again after {@link pushEveryMs} at the earliest. */
  changed(): void {
    if (this.#subscribers.size === 0 || this.#timer !== null) return;
    const waitMs = this.#pushedMonoMs + pushEveryMs - this.#ports.clock().monoMs;
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        this.#pushChanges();
      },
      Math.max(0, waitMs),
    );
  }

  stop(): void {
    for (const subscriber of [...this.#subscribers]) this.#unsubscribe(subscriber);
  }

  #loadingPush(): LoadingPush | null {
    const percent = this.#ports.loading?.() ?? null;
    return percent === null ? null : { type: "loading", nowMs: this.#ports.clock().wallMs, percent };
  }

  #allPush(): All<View> {
    const view = this.#ports.view();
    this.#shown = this.#ports.shownOf(view);
    return { type: "all", nowMs: this.#ports.clock().wallMs, view };
  }

  #unsubscribe(subscriber: Subscriber<All<View> | Change | Alive | LoadingPush>): void {
    this.#subscribers.delete(subscriber);
    if (this.#subscribers.size > 0) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#alive !== null) clearInterval(this.#alive);
    this.#timer = null;
    this.#alive = null;
    this.#shown = null;
  }

  #sayAlive(): void {
    // What ends by itself (an *open* that runs out) changes a row without any event.
    this.#pushChanges();
    this.#push(this.#loadingPush() ?? { type: "alive", nowMs: this.#ports.clock().wallMs });
  }

  #pushChanges(): void {
    const before = this.#shown;
    if (before === null) return this.#pushFirst();
    this.#pushedMonoMs = this.#ports.clock().monoMs;
    const view = this.#ports.view();
    const after = this.#ports.shownOf(view);
    this.#shown = after;
    const change = this.#ports.changeOf(view, before, after, this.#ports.clock().wallMs);
    if (change !== null) this.#push(change);
  }

  /** Boards that came while the anchor was reading get the whole when it has read. */
  #pushFirst(): void {
    if (this.#subscribers.size > 0 && this.#loadingPush() === null) this.#push(this.#allPush());
  }

  #push(message: All<View> | Change | Alive | LoadingPush): void {
    for (const subscriber of this.#subscribers) subscriber.push(message);
  }
}
