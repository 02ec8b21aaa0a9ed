import type { FactRef } from "../../basics/name.ts";
import type { Words } from "../../region/words.ts";
import type { BoardPost } from "../../site/views/board-view.ts";

/** How long a board tries by itself to get an answer. Later a person must say whether it still holds. */
export const giveUpAfterMs = 30_000;
/** Pause before a try whose answer was lost is made again, under the same request id. */
export const tryAgainAfterMs = 2_000;
/** How long *written here* stays on view. */
export const writtenShownMs = 120_000;

/** What somebody confirmed at this board, on its way into the anchor's store. */
export type Slip<Order> = {
  readonly post: BoardPost;
  /** What was decided, for showing it in words. */
  readonly order: Order;
  readonly state: SlipState;
};

export type SlipState =
  | { readonly step: "writing" }
  /** Durable in the anchor's store, at this moment of the anchor's clock: only its own answer says so. */
  | { readonly step: "written"; readonly ref: FactRef; readonly atMs: number }
  | { readonly step: "refused"; readonly sentence: Words }
  /** No answer came: it may have been written or not. */
  | { readonly step: "unsure" };

export type Outbox<Order> = readonly Slip<Order>[];

/** Adds a slip, or sets one that is there back to *writing* (sent again under its own id). */
export function sending<Order>(outbox: Outbox<Order>, post: BoardPost, order: Order): Outbox<Order> {
  return [...discarded(outbox, post.request), { post, order, state: { step: "writing" } }];
}

export function withState<Order>(outbox: Outbox<Order>, request: string, state: SlipState): Outbox<Order> {
  return outbox.map((slip) => (slip.post.request === request ? { ...slip, state } : slip));
}

export function discarded<Order>(outbox: Outbox<Order>, request: string): Outbox<Order> {
  return outbox.filter((slip) => slip.post.request !== request);
}

/** What is still worth showing: everything unfinished, and what was written a moment ago. */
export function current<Order>(outbox: Outbox<Order>, nowMs: number): Outbox<Order> {
  return outbox.filter(({ state }) => state.step !== "written" || nowMs - state.atMs < writtenShownMs);
}
