import { type FactRef, type Name, refKey } from "../../basics/name.ts";
import { secondMs } from "../../basics/time.ts";
import type { Answer, State, StatusReason } from "../../region/choices.ts";
import type { CapabilityId, NeedId } from "../../region/vocabulary.ts";
import type { CapabilityRow, HospitalBoardView, RequestRow } from "../../site/views/board-site-view.ts";
import type { BoardPost, WordRow } from "../../site/views/board-view.ts";
import type { Outbox, Slip } from "../shell/outbox.ts";

/** How long a confirmed word can be taken back, by the board's clock since the anchor's answer. */
export const takeBackMs = 10 * secondMs;

/** Our own word that held before. */
type Earlier = Pick<WordRow, "state" | "reason" | "endsMs" | "saidMs">;

type OnCapability = {
  readonly capability: CapabilityId;
  readonly state: State;
  readonly over: readonly FactRef[];
  readonly earlier: Earlier | null;
};

type OnRequest = {
  readonly mission: FactRef;
  readonly asked: FactRef;
  readonly vehicle: Name;
  readonly need: NeedId;
  readonly answer: Answer;
  /** Of the agreement to a transfer of our own patient, which has words of its own. */
  readonly isAgreement: boolean;
  readonly over: readonly FactRef[];
};

/** What somebody at this board confirmed. */
export type Order =
  | (OnCapability & {
      readonly what: "state";
      readonly reason: StatusReason | null;
      /** UTC ms; null: until further notice, or as long as the region's policy lets an *open* last. */
      readonly untilMs: number | null;
    })
  | (OnCapability & { readonly what: "state-taken-back"; readonly takesBack: FactRef })
  | (OnRequest & { readonly what: "answer"; readonly reason: StatusReason | null })
  | (OnRequest & { readonly what: "answer-taken-back"; readonly takesBack: FactRef })
  | (OnTransfer & { readonly what: "transfer-asked"; readonly body: BoardPost["body"] })
  | (OnTransfer & { readonly what: "transfer-back"; readonly asked: FactRef });

/** Of a transfer that we ask for; it is made against no other word. */
type OnTransfer = { readonly need: NeedId; readonly over: readonly [] };

export type StateChoice = {
  readonly state: State;
  readonly reason: StatusReason | null;
  readonly untilMs: number | null;
};

export function stateOrder(row: CapabilityRow, own: Name, choice: StateChoice): Order {
  const earlier = row.words.find(({ site }) => site === own) ?? null;
  return { what: "state", capability: row.capability, over: row.over, earlier, ...choice };
}

export function answerOrder(row: RequestRow, answer: Answer, reason: StatusReason | null): Order {
  const { ref: mission, asked, vehicle, need, over } = row;
  const isAgreement = row.to !== undefined;
  return { what: "answer", mission, asked, vehicle, need, over, answer, reason, isAgreement };
}

/**
 * What an *IT failure* sets: all that relies on IT and is known to be there or said to be. What is closed stays closed,
 * what is being checked stays so; of what nobody knows, *limited* would be a promise.
 */
export function itFailureRows(rows: readonly CapabilityRow[]): readonly CapabilityRow[] {
  return rows.filter(({ itFailure, principle, cell }) => {
    const isClosed = cell?.state === "full" || cell?.state === "cannot";
    const isThere =
      principle === "yes" || (principle !== "no" && cell !== null && cell.state !== "unconfirmed");
    return itFailure && isThere && !isClosed && cell?.reason !== "it-check";
  });
}

export function itFailureOrders(rows: readonly CapabilityRow[], own: Name): readonly Order[] {
  const checked = { state: "limited", reason: "it-check", untilMs: null } as const;
  return itFailureRows(rows).map((row) => stateOrder(row, own, checked));
}

/** What somebody must say again: first what an IT failure left to be checked, then what will soon end. */
export function asksOf(rows: readonly CapabilityRow[]): readonly CapabilityRow[] {
  const there = rows.filter(({ principle }) => principle !== "no");
  const toCheck = there.filter(({ cell }) => cell?.state === "limited" && cell.reason === "it-check");
  return [...toCheck, ...there.filter((row) => row.runsOutSoon && !toCheck.includes(row))];
}

export function postOf(order: Order, request: string, by: string): BoardPost {
  const { over } = order;
  const common = { request, by };
  switch (order.what) {
    case "state": {
      const { capability, state, reason, untilMs } = order;
      const more = { ...(reason === null ? {} : { reason }), ...(untilMs === null ? {} : { untilMs }) };
      return { ...common, kind: "hospital.status/1", body: { capability, state, ...more, over } };
    }
    case "state-taken-back": {
      const { capability, takesBack, earlier } = order;
      const body = { capability, takesBack, ...earlierFields(earlier), over };
      return { ...common, kind: "hospital.status-taken-back/1", body };
    }
    case "answer": {
      const { mission, asked, answer, reason } = order;
      const body = { mission, asked, answer, ...(reason === null ? {} : { reason }), over };
      return { ...common, kind: "mission.answered/1", body };
    }
    case "answer-taken-back": {
      const { mission, asked, takesBack } = order;
      return { ...common, kind: "mission.answer-taken-back/1", body: { mission, asked, takesBack, over } };
    }
    case "transfer-asked":
      return { ...common, kind: "transfer.asked/1", body: order.body };
    case "transfer-back":
      return { ...common, kind: "transfer.taken-back/1", body: { asked: order.asked } };
  }
}

function earlierFields(earlier: Earlier | null): BoardPost["body"] {
  if (earlier === null) return {};
  const { state, reason, endsMs, saidMs } = earlier;
  return {
    earlierState: state,
    ...(reason === null ? {} : { earlierReason: reason }),
    earlierUntilMs: endsMs,
    earlierAtMs: saidMs,
  };
}

/** Taking this slip back, while the board still shows that very word and its ten seconds last; otherwise null. */
export function takingBack(slip: Slip<Order>, view: HospitalBoardView, nowMs: number): Order | null {
  const { order, state } = slip;
  if (state.step !== "written" || nowMs - state.atMs >= takeBackMs) return null;
  const takesBack = state.ref;
  if (order.what === "state") {
    const row = view.capabilities.find(({ capability }) => capability === order.capability);
    const isShown = row?.words.some(({ ref }) => refKey(ref) === refKey(takesBack)) === true;
    if (row === undefined || !isShown) return null;
    const { capability, earlier } = order;
    return { what: "state-taken-back", capability, state: order.state, earlier, takesBack, over: row.over };
  }
  if (order.what !== "answer") return null;
  const row = view.requests.find(({ asked }) => refKey(asked) === refKey(order.asked));
  if (row === undefined || row.answer === null || refKey(row.answer.ref) !== refKey(takesBack)) return null;
  return { ...order, what: "answer-taken-back", takesBack, over: row.over };
}

export type ItFailureBack = { readonly orders: readonly Order[]; readonly leftMs: number };

/**
 * What takes an *IT failure* back as a whole, once the anchor has answered to all of it; null: nothing of it can be. What
 * was said of a row since then stays.
 */
export function itFailureBack(
  given: readonly string[],
  outbox: Outbox<Order>,
  view: HospitalBoardView,
  nowMs: number,
): ItFailureBack | null {
  const slips = given.flatMap((capability) => slipOf(outbox, capability) ?? []).filter(isItCheck);
  if (slips.some(isUnderWay)) return null;
  const orders = slips.flatMap((slip) => takingBack(slip, view, nowMs) ?? []);
  const writtenMs = slips.flatMap(({ state }) => (state.step === "written" ? state.atMs : []));
  return orders.length === 0 ? null : { orders, leftMs: Math.max(...writtenMs) + takeBackMs - nowMs };
}

function isItCheck({ order }: Slip<Order>): boolean {
  return order.what === "state" && order.reason === "it-check";
}

/** The last slip about a capability or a request: what its row shows beside it. */
export function slipOf(outbox: Outbox<Order>, key: string): Slip<Order> | null {
  return outbox.findLast(({ order }) => orderKey(order) === key) ?? null;
}

function orderKey(order: Order): string {
  // Of those several show (askedSlips).
  if (order.what === "transfer-asked") return "transfer";
  return "capability" in order ? order.capability : refKey(order.asked);
}

/** What was said about a capability is on its way, or written and not in its row yet: it is not asked again meanwhile. */
export function isAnswered(slip: Slip<Order> | null, { over }: CapabilityRow): boolean {
  if (slip?.state.step !== "written") return isUnderWay(slip);
  const keys = (refs: readonly FactRef[]) => refs.map(refKey).join();
  return keys(slip.order.over) === keys(over);
}

/** Something about it is on its way: nobody confirms it a second time meanwhile. */
export function isUnderWay(slip: Slip<Order> | null): boolean {
  return slip?.state.step === "writing";
}
