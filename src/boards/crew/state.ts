import { refKey } from "../../basics/name.ts";
import type { Role } from "../../region/choices.ts";
import type { Words } from "../../region/words.ts";
import type { CrewBoardView, CrewDestination } from "../../site/views/board-site-view.ts";
import type { BoardPost } from "../../site/views/board-view.ts";
import type { Language } from "../shell/language.ts";
import type { Link } from "../shell/link.ts";
import type { Outbox } from "../shell/outbox.ts";
import type { Shift } from "../shell/shift.ts";
import type { Places } from "../shell/sight.ts";
import type { Order } from "./orders.ts";
import type { Speech } from "./speech.ts";

/** All that this board shows is made from. Replaced as a whole on every change. */
export type BoardState = {
  readonly speech: Speech;
  readonly places: Places | null;
  readonly view: CrewBoardView | null;
  readonly link: Link;
  readonly outbox: Outbox<Order>;
  /** Who speaks at this board. */
  readonly shift: Shift | null;
  readonly soundHeld: boolean;
};

/** What the parts of a board may do. */
export type Actions = {
  readonly speak: (language: Language) => void;
  /** Writes an order as a fact; *written* shows only on the anchor's answer. */
  readonly give: (order: Order) => void;
  readonly sendAgain: (post: BoardPost, order: Order) => void;
  readonly discard: (request: string) => void;
  /** A sentence when it was refused; rejects when no answer came. */
  readonly begin: (role: Role, name: string) => Promise<Words | null>;
};

/**
 * What calls for the crew's eyes, under a name of its own: every mission, every re-steer, what centres chose apart, and that
 * the hospital they drive to accepts no more.
 */
export function callsOf(view: CrewBoardView): readonly string[] {
  return view.missions.flatMap(({ mission, destination, resteer, apart = [] }) => [
    mission,
    ...noMoreOf(mission, destination),
    ...(resteer === null ? [] : [refKey(resteer.ref)]),
    ...apart.map(({ centre, hospital }) => `${mission} ${centre} ${hospital}`),
  ]);
}

function noMoreOf(mission: string, destination: CrewDestination | null): readonly string[] {
  const request = destination?.request;
  if (request === undefined || request.step === "none" || request.accepted === undefined) return [];
  return [`${mission} ${refKey(request.accepted)}`];
}
