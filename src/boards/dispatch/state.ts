import type { FactRef, Name } from "../../basics/name.ts";
import type { CapabilityId, NeedId } from "../../region/vocabulary.ts";
import type { BoardPost, BoardPush } from "../../site/views/board-view.ts";
import type { Language } from "../shell/language.ts";
import { anchorNowMs, heardPush, type Link, linkState, loadingPercent, newLink } from "../shell/link.ts";
import type { Outbox } from "../shell/outbox.ts";
import { applyPush, type Rows } from "../shell/rows.ts";
import { isOnShift, type Shift, type ShiftAnswer } from "../shell/shift.ts";
import type { Moment, Places } from "../shell/sight.ts";
import type { Tools } from "./desk/tools.tsx";
import type { Order } from "./orders.ts";
import { german, type Speech } from "./speech.ts";

/** What of the rows somebody wants to see. The need also chooses the columns. */
export type Filter = {
  /** Null: the region's first one. */
  readonly need: NeedId | null;
  /** Of hospitals, and of the hospitals that missions drive to; null: all. */
  readonly town: string | null;
  /** Only what is not as it should be. */
  readonly exceptions: boolean;
  /** Only missions with this need; null: all. */
  readonly missionNeed: NeedId | null;
};

export const noFilter: Filter = { need: null, town: null, exceptions: false, missionNeed: null };

/** What is open beside the rows. A voice report may begin at a hospital or at one of its cells. */
export type Panel =
  | {
      readonly what: "voice";
      readonly hospital: Name | null;
      readonly capability: CapabilityId | null;
      /** A report in force that somebody means to correct, or to take back. */
      readonly corrects?: FactRef;
      readonly takesBack?: FactRef;
    }
  | { readonly what: "where-to" }
  | { readonly what: "shift" }
  | { readonly what: "paths" };

/** All that this board shows is made from. Replaced as a whole on every change. */
export type BoardState = {
  readonly speech: Speech;
  readonly places: Places | null;
  readonly rows: Rows | null;
  readonly link: Link;
  readonly outbox: Outbox<Order>;
  /** Who speaks at this desk; null: nobody gave a name. */
  readonly shift: Shift | null;
  readonly filter: Filter;
  readonly panel: Panel | null;
  readonly tools: Tools | null;
  readonly soundHeldBack: boolean;
};

export function newState(steadyMs: number, shift: Shift | null): BoardState {
  return {
    speech: german,
    places: null,
    rows: null,
    link: newLink(steadyMs),
    outbox: [],
    shift,
    filter: noFilter,
    panel: null,
    tools: null,
    soundHeldBack: false,
  };
}

export function pushed(state: BoardState, push: BoardPush, steadyMs: number): BoardState {
  return {
    ...state,
    link: heardPush(state.link, push, steadyMs),
    rows: applyPush(state.rows, push),
  };
}

/** How things stand at this moment; null before the first message. */
export function momentOf({ link, rows }: BoardState, steadyMs: number): Moment | null {
  const nowMs = anchorNowMs(link, steadyMs);
  if (nowMs === null || rows === null) return null;
  const gone = linkState(link, steadyMs) === "gone";
  const loading = loadingPercent(link, steadyMs);
  return { nowMs, gone, loading, cutOffSinceMs: rows.own.cutOffSinceMs, canWrite: !gone && rows.own.storing };
}

/** Role and number of whoever speaks here; before anybody gave a name, and after twelve hours, the desk's own. */
export function speakerOf(shift: Shift | null, desk: number, nowMs: number): string {
  return isOnShift(shift, nowMs) ? shift.by : `dispatcher#${desk}`;
}

/** What the parts of a board may do. */
export type Actions = {
  readonly speak: (language: Language) => void;
  /** Writes an order as a fact; *written* shows only on the anchor's answer. */
  readonly give: (order: Order) => void;
  readonly sendAgain: (post: BoardPost, order: Order) => void;
  readonly discard: (request: string) => void;
  /** Rejects when no answer of the anchor came. */
  readonly begin: (role: string, name: string) => Promise<ShiftAnswer>;
  /** Signs off, with nobody to take over. Rejects when no answer of the anchor came. */
  readonly leave: () => Promise<void>;
  readonly filter: (change: Partial<Filter>) => void;
  readonly open: (panel: Panel | null) => void;
};
