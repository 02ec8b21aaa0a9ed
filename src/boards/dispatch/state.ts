import type { BoardPost, BoardPush } from "../../site/board-view.ts";
import type { Language } from "../shell/language.ts";
import { anchorNowMs, heardMessage, type Link, linkState, newLink } from "../shell/link.ts";
import type { Outbox } from "../shell/outbox.ts";
import { applyPush, type Rows } from "../shell/rows.ts";
import type { Moment, Places } from "../shell/sight.ts";
import type { Order } from "./orders.ts";
import { german, type Speech } from "./speech.ts";

/** All that this board shows is made from. Replaced as a whole on every change. */
export type BoardState = {
  readonly speech: Speech;
  readonly places: Places | null;
  readonly rows: Rows | null;
  readonly link: Link;
  readonly outbox: Outbox<Order>;
};

export function newState(steadyMs: number): BoardState {
  return { speech: german, places: null, rows: null, link: newLink(steadyMs), outbox: [] };
}

export function pushed(state: BoardState, push: BoardPush, steadyMs: number): BoardState {
  return {
    ...state,
    link: heardMessage(state.link, push.nowMs, steadyMs),
    rows: applyPush(state.rows, push),
  };
}

/** How things stand at this moment; null before the first message. */
export function momentOf({ link, rows }: BoardState, steadyMs: number): Moment | null {
  const nowMs = anchorNowMs(link, steadyMs);
  if (nowMs === null || rows === null) return null;
  const gone = linkState(link, steadyMs) === "gone";
  return { nowMs, gone, cutOffSinceMs: rows.own.cutOffSinceMs, canWrite: !gone && rows.own.storing };
}

/** What the parts of a board may do. */
export type Actions = {
  readonly speak: (language: Language) => void;
  /** Writes an order as a fact; *written* shows only on the anchor's answer. */
  readonly give: (order: Order) => void;
  readonly sendAgain: (post: BoardPost, order: Order) => void;
  readonly discard: (request: string) => void;
};
