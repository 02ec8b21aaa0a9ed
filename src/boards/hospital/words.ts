import { type Answer, type Role, roles, states } from "../../region/choices.ts";
import { capabilities } from "../../region/vocabulary.ts";
import type { CapabilityRow, InboundRow, RequestRow } from "../../site/views/board-site-view.ts";
import type { OwnRow, StateCell, WordRow } from "../../site/views/board-view.ts";
import { reasonText } from "../shell/fact-words.ts";
import type { MarkShape } from "../shell/mark.tsx";
import { ageSince, nameOf, needName, timeText } from "../shell/sight.ts";
import { stateNow } from "../shell/state-now.ts";
import type { Order } from "./orders.ts";
import type { Sight } from "./speech.ts";

/** A value as it stands: its shape, its word, and what belongs to it in small. */
export type Shown = {
  readonly shape: MarkShape;
  readonly word: string;
  readonly notes: readonly string[];
  /** Whether a control centre holds what is shown; null: there is no word to hold. */
  readonly held: boolean | null;
};

export function answerWords(isAgreement: boolean, { texts }: Sight): { readonly [answer in Answer]: string } {
  return isAgreement ? texts.agreedWords : texts.answered;
}

export function capabilityName(row: Pick<CapabilityRow, "capability">, { language }: Sight): string {
  const name = capabilities[row.capability][language];
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** What we can take of it, by our own last word; *unconfirmed* before the first one and after the last one ended. */
export function shownCapability(row: CapabilityRow, own: OwnRow, sight: Sight): Shown {
  const { cell, words } = row;
  const { say } = sight;
  if (cell === null) return unsaid(row, own, sight);
  const state = stateNow(cell, sight.nowMs);
  const leading = words[0];
  const who = leading === undefined ? [] : [whoSaid(leading, own, sight)];
  const word = state === "unconfirmed" ? say.unconfirmed : states[state][sight.language];
  const notes = [...cellNotes(cell, state, sight), ...who, ...besides(row, own, sight)];
  const held = row.takenBack?.heldByDispatch ?? leading?.heldByDispatch ?? null;
  const shown = { notes: [...notes, ...takenBackNotes(row, own, sight)], held };
  if (sight.gone)
    return { ...shown, shape: "old", word: say.lastly(word), held: held === false ? false : null };
  return {
    ...shown,
    shape: cell.old === true ? "old" : state,
    word: cell.old === true ? say.lastly(word) : word,
  };
}

function unsaid(row: CapabilityRow, own: OwnRow, sight: Sight): Shown {
  const { say } = sight;
  return {
    shape: sight.gone ? "old" : "unconfirmed",
    word: say.unconfirmed,
    notes: takenBackNotes(row, own, sight),
    held: row.takenBack?.heldByDispatch ?? null,
  };
}

function cellNotes(cell: StateCell, state: StateCell["state"], sight: Sight): readonly string[] {
  const { say } = sight;
  if (state === "unconfirmed") {
    const ranOut = cell.state === "unconfirmed" ? cell.saidMs : (cell.untilMs ?? cell.saidMs);
    return [say.since(timeText(sight, ranOut))];
  }
  const reason = cell.reason === null ? [] : [reasonText(cell.reason, sight.language)];
  const until = cell.untilMs === null ? [] : [say.until(timeText(sight, cell.untilMs))];
  return [...reason, ageSince(sight, cell.saidMs), ...until];
}

function besides({ words }: CapabilityRow, own: OwnRow, sight: Sight): readonly string[] {
  return words
    .slice(1)
    .filter(({ ended }) => !ended)
    .map((word) => sight.texts.alsoSaid(whoSaid(word, own, sight), states[word.state][sight.language]));
}

function takenBackNotes({ takenBack }: CapabilityRow, own: OwnRow, sight: Sight): readonly string[] {
  if (takenBack === null) return [];
  return [sight.texts.takenBack(timeText(sight, takenBack.saidMs), whoSaid(takenBack, own, sight))];
}

/** A colleague by name, another site by its own. */
export function whoSaid({ site, by }: Pick<WordRow, "site" | "by">, own: OwnRow, sight: Sight): string {
  return site === own.site ? personName(by, own, sight) : nameOf(sight, site);
}

/** The name from our own table; role and number where it was erased or never given. */
export function personName(by: string, { people = [] }: OwnRow, sight: Sight): string {
  const person = people.find((one) => one.by === by);
  const [role = "", number = ""] = by.split("#");
  return person?.name ?? `${roleName(role, sight)} ${number}`;
}

export function roleName(role: string, { language }: Sight): string {
  return role in roles ? roles[role as Role][language] : role;
}

/** Arrival as a clock time, or why there is none. A state that only a later build of the anchor knows is *unconfirmed*. */
export function arrivalText(row: InboundRow, sight: Sight): string {
  const { texts } = sight;
  if (row.state === "taken-back")
    return texts.takenBackArrival(timeText(sight, row.divertedMs ?? row.saidMs));
  if (row.state === "broken-off") return texts.brokenOff(timeText(sight, row.divertedMs ?? row.saidMs));
  if (row.state === "diverted") {
    const time = timeText(sight, row.divertedMs ?? row.saidMs);
    return row.divertedTo === null
      ? texts.divertedNowhere(time)
      : texts.diverted(nameOf(sight, row.divertedTo), time);
  }
  if (row.state === "announced") return texts.announced;
  if (row.state !== "inbound") return sight.say.unconfirmed;
  return row.arrivalMs === null ? texts.arrivalUnknown : texts.arrives(timeText(sight, row.arrivalMs));
}

/** Who comes last first; what is not among them, after all. */
const inboundOrder: readonly InboundRow["state"][] = [
  "broken-off",
  "taken-back",
  "diverted",
  "announced",
  "inbound",
];

export function compareInbound(a: InboundRow, b: InboundRow): number {
  return (
    inboundOrder.indexOf(b.state) - inboundOrder.indexOf(a.state) ||
    (a.arrivalMs ?? a.saidMs) - (b.arrivalMs ?? b.saidMs) ||
    (a.mission < b.mission ? -1 : 1)
  );
}

/** Open requests by their deadline, then the others. */
export function compareRequests(a: RequestRow, b: RequestRow): number {
  return Number(a.state !== "open") - Number(b.state !== "open") || a.dueMs - b.dueMs;
}

export function orderText(order: Order, sight: Sight): string {
  const { texts, language } = sight;
  if ("capability" in order) {
    const said = `${capabilityName(order, sight)}: ${states[order.state][language]}`;
    return order.what === "state" ? said : texts.slipTakenBack(said);
  }
  if (order.what === "transfer-asked" || order.what === "transfer-back") {
    const patient = needName(sight, order.need);
    return order.what === "transfer-asked" ? texts.slipTransfer(patient) : texts.slipTakenBack(patient);
  }
  const said = texts.slipAnswer(
    nameOf(sight, order.vehicle),
    answerWords(order.isAgreement, sight)[order.answer],
  );
  return order.what === "answer" ? said : texts.slipTakenBack(said);
}
