import type { StateCell } from "../../site/views/board-view.ts";

/** A word that has run out is unconfirmed, also in the second before the anchor says so, and when it says nothing any more. */
export function stateNow({ state, untilMs }: StateCell, nowMs: number): StateCell["state"] {
  return untilMs !== null && untilMs <= nowMs ? "unconfirmed" : state;
}
