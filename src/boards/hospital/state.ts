import { refKey } from "../../basics/name.ts";
import type {
  HospitalBoardView,
  OwnTransferRow,
  RequestRow,
  SitePush,
} from "../../site/views/board-site-view.ts";
import type { BoardPost } from "../../site/views/board-view.ts";
import type { Language } from "../shell/language.ts";
import { anchorNowMs, heardPush, type Link, linkState, loadingPercent, newLink } from "../shell/link.ts";
import type { Outbox } from "../shell/outbox.ts";
import { isOnShift, type Shift, type ShiftAnswer } from "../shell/shift.ts";
import type { Moment, Places } from "../shell/sight.ts";
import { applySitePush, hospitalRowKeys } from "../shell/site-push.ts";
import type { Order } from "./orders.ts";
import { german, type Speech } from "./speech.ts";

/** All that this board shows is made from. Replaced as a whole on every change. */
export type BoardState = {
  readonly speech: Speech;
  readonly places: Places | null;
  readonly view: HospitalBoardView | null;
  readonly link: Link;
  readonly outbox: Outbox<Order>;
  readonly shift: Shift | null;
  /** Calls that somebody at this board has seen. */
  readonly seen: ReadonlySet<string>;
  readonly soundHeldBack: boolean;
};

export function newState(steadyMs: number, shift: Shift | null): BoardState {
  return {
    speech: german,
    places: null,
    view: null,
    link: newLink(steadyMs),
    outbox: [],
    shift,
    seen: new Set(),
    soundHeldBack: false,
  };
}

export function pushed(state: BoardState, push: SitePush<HospitalBoardView>, steadyMs: number): BoardState {
  const view = applySitePush(state.view, push, hospitalRowKeys);
  const calls = view === null ? [] : callsOf(view);
  // What calls no more may call again.
  const seen = new Set([...state.seen].filter((call) => calls.includes(call)));
  return { ...state, link: heardPush(state.link, push, steadyMs), view, seen };
}

/** That something will soon end by itself: one call, however many there are. */
export const asksCall = "asks";

/** An answer that others entered for us: whoever takes the patient in has to know of it. Null: there is none. */
export function spokenCall({ state, answer }: Pick<RequestRow, "state" | "answer">): string | null {
  return state === "answered" && answer?.spokenBy !== undefined ? refKey(answer.ref) : null;
}

/** A transfer that we asked for is declined, or its mission ended without transport, or on the way. Null: none of it. */
export function declinedCall({ ref, state, declined, brokenOff }: OwnTransferRow): string | null {
  if (state === "not-driven") return `${refKey(ref)} ${state}`;
  const word = brokenOff ?? declined;
  return word === undefined ? null : refKey(word.ref);
}

/** What sounds until it is seen: that something is asked again, each answer that was entered for us, each transfer that nobody drives. */
export function callsOf({ capabilities, requests, transfers }: HospitalBoardView): readonly string[] {
  const asks = capabilities.some(({ runsOutSoon }) => runsOutSoon) ? [asksCall] : [];
  const told = [...requests.map(spokenCall), ...transfers.map(declinedCall)];
  return [...asks, ...told.flatMap((call) => call ?? [])];
}

/** An open request sounds until it is answered, from half its time on *loud*; what is only to be seen, until then. */
export function soundOf({ view, seen }: BoardState, nowMs: number): "off" | "on" | "loud" {
  if (view === null) return "off";
  const open = view.requests.filter(({ state }) => state === "open");
  if (open.some(({ askedMs, dueMs }) => nowMs >= (askedMs + dueMs) / 2)) return "loud";
  return open.length > 0 || callsOf(view).some((call) => !seen.has(call)) ? "on" : "off";
}

/** How things stand at this moment; null before the first message. Without a shift nobody can write. */
export function momentOf({ link, view, shift }: BoardState, steadyMs: number): Moment | null {
  const nowMs = anchorNowMs(link, steadyMs);
  if (nowMs === null || view === null) return null;
  const gone = linkState(link, steadyMs) === "gone";
  const canWrite = !gone && view.own.storing && isOnShift(shift, nowMs);
  const loading = loadingPercent(link, steadyMs);
  return { nowMs, gone, loading, cutOffSinceMs: view.own.cutOffSinceMs, canWrite };
}

/** What the parts of a board may do. */
export type Actions = {
  readonly speak: (language: Language) => void;
  /** Writes orders as facts; *written* shows only on the anchor's answer. */
  readonly give: (orders: readonly Order[]) => void;
  readonly sendAgain: (post: BoardPost, order: Order) => void;
  readonly discard: (request: string) => void;
  readonly begin: (role: string, name: string) => Promise<ShiftAnswer>;
  /** Ends the sound of one call. */
  readonly see: (call: string) => void;
  readonly allowSound: () => void;
};
