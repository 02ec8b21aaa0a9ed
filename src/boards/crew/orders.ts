import type { FactRef, Name } from "../../basics/name.ts";
import { secondMs } from "../../basics/time.ts";
import { cellAt } from "../../region/cell.ts";
import type { Step } from "../../region/choices.ts";
import type { CrewMissionRow } from "../../site/views/board-site-view.ts";
import type { BoardPost, OwnRow } from "../../site/views/board-view.ts";
import type { Outbox, Slip } from "../shell/outbox.ts";

/** How long a slip of the hand can be taken back, from the anchor's answer. */
export const takeBackWithinMs = 10 * secondMs;

type Town = { readonly name: string; readonly latE3: number; readonly lonE3: number };
type Earlier = { readonly hospital: Name; readonly saidMs: number };

type OnMission = { readonly mission: string; readonly ref: FactRef };

/** What a crew decided at this board. */
export type Order = OnMission &
  (
    | { readonly what: "step"; readonly step: Step }
    | { readonly what: "position"; readonly town: Town; readonly seenMs: number }
    | {
        readonly what: "destination";
        readonly hospital: Name;
        readonly over: readonly FactRef[];
        /** Where we drove before, by our own word. */
        readonly earlier: Earlier | null;
        /** The advice that stood there when it was confirmed. */
        readonly seen?: string | undefined;
      }
    | {
        readonly what: "taken-back";
        readonly hospital: Name;
        readonly takesBack: FactRef;
        readonly over: readonly FactRef[];
        readonly earlier: Earlier | null;
      }
  );

export type CrewSlip = Slip<Order>;

export function stepOrder({ mission, ref }: CrewMissionRow, step: Step): Order {
  return { mission, ref, what: "step", step };
}

/** @param seenMs when the crew said where it is, by the anchor's clock */
export function positionOrder({ mission, ref }: CrewMissionRow, town: Town, seenMs: number): Order {
  return { mission, ref, what: "position", town, seenMs };
}

/** *Understood* is this too: the row's `over` names the centre's word, which is thereby confirmed. */
export function destinationOrder(row: CrewMissionRow, hospital: Name): Order {
  const { mission, ref, over, destination, seen } = row;
  const earlier =
    destination === null ? null : { hospital: destination.hospital, saidMs: destination.saidMs };
  return { mission, ref, what: "destination", hospital, over, earlier, seen };
}

/** The fact of an order, as `mission.*` has its fields. */
export function postOf(order: Order, request: string, by: string, nowMs: number): BoardPost {
  const { ref: mission } = order;
  const post = (kind: string, body: BoardPost["body"]) => ({
    request,
    kind,
    by,
    body: { mission, ...body },
  });
  switch (order.what) {
    case "step":
      return post("mission.step/1", { step: order.step });
    case "position": {
      const { latE3, lonE3 } = order.town;
      const ageS = Math.max(0, Math.round((nowMs - order.seenMs) / secondMs));
      return post("mission.position/1", { cell: cellAt(latE3, lonE3), ageS });
    }
    case "destination":
      return {
        ...post("mission.destination/1", { hospital: order.hospital, over: order.over }),
        seen: order.seen,
      };
    case "taken-back": {
      const { takesBack, hospital, over, earlier } = order;
      const before = earlier === null ? {} : { earlier: earlier.hospital, earlierAtMs: earlier.saidMs };
      return post("mission.destination-taken-back/1", { takesBack, hospital, ...before, over });
    }
  }
}

export type TakeBack = { readonly order: Order; readonly leftMs: number };

/** The destination just written here, as long as the mission still shows that very word. */
export function takeBackOf(outbox: Outbox<Order>, row: CrewMissionRow, nowMs: number): TakeBack | null {
  const shown = row.destination?.ref;
  if (shown === undefined) return null;
  for (const { order, state } of outbox) {
    if (order.what !== "destination" || state.step !== "written" || !isSameRef(state.ref, shown)) continue;
    const leftMs = state.atMs + takeBackWithinMs - nowMs;
    if (leftMs <= 0 || isTakingBack(outbox, shown)) return null;
    const { mission, ref, hospital, earlier } = order;
    const { over } = row;
    return { order: { mission, ref, what: "taken-back", hospital, takesBack: shown, over, earlier }, leftMs };
  }
  return null;
}

function isTakingBack(outbox: Outbox<Order>, ref: FactRef): boolean {
  return outbox.some(({ order }) => order.what === "taken-back" && isSameRef(order.takesBack, ref));
}

/** A destination of this mission on its way into the anchor's store: no second one meanwhile. */
export function isDestinationUnderWay(outbox: Outbox<Order>, mission: string): boolean {
  return outbox.some(
    ({ order, state }) =>
      order.mission === mission &&
      (order.what === "destination" || order.what === "taken-back") &&
      state.step === "writing",
  );
}

/** Whether a control centre has confirmed to hold what was written here. */
export function isHeld({ state }: CrewSlip, { heldByDispatch }: OwnRow): boolean {
  if (state.step !== "written" || heldByDispatch === null) return false;
  const [log, index] = state.ref;
  return log === heldByDispatch.log && index < heldByDispatch.size;
}

/** What the crew still has to know: everything unfinished, what no centre holds yet, and what was just written. */
export function shownSlips(outbox: Outbox<Order>, own: OwnRow, nowMs: number): Outbox<Order> {
  return outbox.filter(
    (slip) =>
      slip.state.step !== "written" || !isHeld(slip, own) || nowMs - slip.state.atMs < takeBackWithinMs,
  );
}

function isSameRef(a: readonly [string, number], b: readonly [string, number]): boolean {
  return a[0] === b[0] && a[1] === b[1];
}
