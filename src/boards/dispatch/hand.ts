import type { BoardPost } from "../../site/views/board-view.ts";
import { deskAt } from "../shell/desk-number.ts";
import { current, sending, withState } from "../shell/outbox.ts";
import { endShift, relieving } from "../shell/relief.ts";
import { factSender, newRequestId } from "../shell/sender.ts";
import { type Shift, type ShiftAnswer, startShift, storeShift } from "../shell/shift.ts";
import { followingOrder, type Order, postOf } from "./orders.ts";
import { type BoardState, speakerOf } from "./state.ts";

/** The board that a hand writes at. */
export type HandPorts = {
  readonly state: () => BoardState;
  readonly change: (next: BoardState) => void;
  readonly api: (path: string) => string;
  readonly site: string;
  readonly desk: number;
  readonly steadyMs: () => number;
  /** The anchor's clock, UTC ms. */
  readonly nowMs: () => number;
};

/** What a desk writes with, of no use before its rows: loaded after them. */
export type Hand = {
  readonly give: (order: Order) => void;
  /** Sends a post, again under the same request id where it is one that was sent before. */
  readonly write: (post: BoardPost, order: Order) => void;
  /** Whoever is on shift at this desk is relieved. */
  readonly begin: (role: string, name: string) => Promise<ShiftAnswer>;
  /** Ends the shift at this desk. */
  readonly leave: () => Promise<void>;
};

/** Waits until the desk has a number; before that nothing can be written in its name. */
export async function handAt(ports: Omit<HandPorts, "desk">, isHere: (desk: number) => void): Promise<Hand> {
  const desk = await deskAt(ports.site);
  isHere(desk);
  return newHand({ ...ports, desk });
}

function newHand({ state, change, api, site, desk, steadyMs, nowMs }: HandPorts): Hand {
  const send = factSender(api("facts"), steadyMs, nowMs);
  const speaker = () => speakerOf(state().shift, desk, nowMs());
  const give = (order: Order) => write(postOf(order, newRequestId(), speaker()), order);
  function write(post: BoardPost, order: Order): void {
    change({ ...state(), outbox: sending(current(state().outbox, nowMs()), post, order) });
    void send(post).then((reached) => {
      change({ ...state(), outbox: withState(state().outbox, post.request, reached) });
      const next = reached.step === "written" ? followingOrder(order, reached.ref) : null;
      if (next !== null) give(next);
    });
  }
  async function begin(role: string, name: string): Promise<ShiftAnswer> {
    const { shift } = state();
    const answer = await startShift(api("shift"), role, name, relieving(shift, nowMs()));
    if (answer.ok) keepShift(answer.shift);
    return answer;
  }
  async function leave(): Promise<void> {
    const { shift } = state();
    if (shift !== null) await endShift(api("shift"), shift);
    keepShift(null);
  }
  function keepShift(shift: Shift | null): void {
    storeShift(site, shift);
    change({ ...state(), shift });
  }
  return { give, write, begin, leave };
}
