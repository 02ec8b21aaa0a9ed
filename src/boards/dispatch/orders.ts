import type { FactRef, Name } from "../../basics/name.ts";
import type { AssignReason } from "../../region/assign-reasons.ts";
import type { Channel } from "../../region/choices.ts";
import type { KeptReason } from "../../region/desk-choices.ts";
import type { BoardPost, MissionRow } from "../../site/views/board-view.ts";
import type { Outbox, Slip } from "../shell/outbox.ts";
import type { DeskOrder } from "./desk/orders.ts";

type OnMission = {
  /** Id and reference of the mission, and what this word on it is made against. */
  readonly mission: string;
  readonly ref: FactRef;
  readonly over: readonly FactRef[];
  readonly vehicle: Name;
  readonly hospital: Name;
  /** A transfer: the hospital that sends the patient. */
  readonly from?: Name | undefined;
  /** The advice that stood there when it was confirmed. */
  readonly seen?: string | undefined;
};

/** What a dispatcher decided on a mission that waits for it, once confirmed. */
export type MissionOrder = OnMission &
  (
    | { readonly what: "steered"; readonly answerWithinS: number; readonly forced?: AssignReason | undefined }
    | {
        readonly what: "kept";
        readonly reason: KeptReason;
        readonly answerWithinS: number;
        readonly forced?: AssignReason | undefined;
      }
    | { readonly what: "called"; readonly reached: boolean; readonly channel: Channel }
    | {
        readonly what: "asked";
        readonly answerWithinS: number;
        /** The sending hospital of a transfer has agreed already, or is being asked. */
        readonly isAlone?: true;
      }
    | { readonly what: "agreement-asked"; readonly answerWithinS: number }
  );

export type Order = MissionOrder | DeskOrder;

export function onMission(row: MissionRow, hospital: Name): OnMission {
  const { mission, ref, centreOver: over, vehicle, from } = row;
  return { mission, ref, over, vehicle, hospital, from };
}

/** The fact of an order, as `mission.*` has its fields. */
export function postOf(order: Order, request: string, by: string): BoardPost {
  const common = { request, by };
  if ("kind" in order) return { ...common, kind: order.kind, body: order.body };
  const { ref: mission, hospital, over, seen } = order;
  switch (order.what) {
    case "steered":
      return {
        ...common,
        kind: "mission.steered/1",
        body: { mission, hospital, ...forcedIn(order), over },
        seen,
      };
    case "kept":
      return {
        ...common,
        kind: "mission.kept/1",
        body: { mission, hospital, reason: order.reason, ...forcedIn(order), over },
        seen,
      };
    case "called": {
      const { channel, reached } = order;
      return { ...common, kind: "mission.called/1", body: { mission, hospital, channel, reached } };
    }
    case "asked":
      return {
        ...common,
        kind: "mission.asked/1",
        body: { mission, hospital, answerWithinS: order.answerWithinS, over },
      };
    case "agreement-asked": {
      const { answerWithinS, from: sender = hospital } = order;
      const body = { mission, hospital: sender, to: hospital, answerWithinS, over };
      return { ...common, kind: "mission.agreement-asked/1", body };
    }
  }
}

function forcedIn({ forced }: { readonly forced?: AssignReason | undefined }): { forced?: AssignReason } {
  return forced === undefined ? {} : { forced };
}

/**
 * A new destination is confirmed together with asking it: the request is made in knowledge of the proposal. So is one that is
 * kept by force: its hospital hears of it. Who sends a patient is asked after whom the patient is to go to: a transfer is
 * steered once both have agreed. Both questions of a transfer are taken back together.
 */
export function followingOrder(order: Order, written: FactRef): Order | null {
  if ("kind" in order) return order.what === "word-back" ? secondBack(order) : null;
  if (order.from !== undefined)
    return order.what === "asked" && order.isAlone !== true
      ? { ...order, what: "agreement-asked", over: [...order.over, written] }
      : null;
  const asks = order.what === "steered" || (order.what === "kept" && order.forced !== undefined);
  return asks ? { ...order, what: "asked", over: [...order.over, written] } : null;
}

function secondBack({ second, ...order }: DeskOrder & { readonly what: "word-back" }): Order | null {
  return second === undefined ? null : { ...order, body: { ...order.body, takesBack: second } };
}

/**
 * The decision on this mission that is under way at this desk. Once it is written it stands until the mission's row
 * shows it, so that nobody decides a second time in between.
 */
export function decisionUnderWay(outbox: Outbox<Order>, row: MissionRow): Slip<Order> | null {
  const found = outbox.findLast(({ order, state }) => {
    if (
      "kind" in order ||
      order.mission !== row.mission ||
      (order.what !== "steered" && order.what !== "kept")
    )
      return false;
    return state.step !== "written" || sameRefs(order.over, row.centreOver);
  });
  return found ?? null;
}

function sameRefs(a: readonly FactRef[], b: readonly FactRef[]): boolean {
  return a.length === b.length && a.every(([log, index], i) => b[i]?.[0] === log && b[i]?.[1] === index);
}
