import type { Name } from "../../../basics/name.ts";
import type { MissionRow } from "../../../site/views/board-view.ts";
import { nameOf, needName } from "../../shell/sight.ts";
import { type Ask, asksOf, isOverdue } from "../mission-order.ts";
import { mayGo } from "../mission-words.ts";
import { type Order, onMission } from "../orders.ts";
import type { Sight } from "../sight.ts";
import { deskTexts } from "./speech.ts";

/** Who is asked: the hospital whether it takes the patient; of a transfer, the sending one whether it agrees. */
type Side = "asked" | "agreement-asked";

/**
 * Who has not been asked yet whether the patient goes there, has let the deadline pass, or refused. Of a transfer nobody
 * is asked again who has agreed, unless both have and it still does not count.
 */
export function unaskedOf(row: MissionRow, hospital: Name, nowMs: number): readonly Side[] {
  const asks = asksOf(row);
  const receiver = asks.findLast(({ row: { request }, to }) => to === undefined && isTo(request, hospital));
  if (row.from === undefined) return isSettled(receiver, nowMs) ? [] : ["asked"];
  if (mayGo(row, hospital)) return [];
  const sender = asks.findLast((ask) => ask.to === hospital && !isTakenBack(ask));
  // It asked for the transfer itself, and was asked nothing about this destination.
  const hasAsked = sender === undefined && row.senderAgrees === true;
  if (isReady(receiver) && hasAsked) return ["asked"];
  if (isReady(receiver) && isReady(sender)) return ["asked", "agreement-asked"];
  return [
    ...(isSettled(receiver, nowMs) ? [] : (["asked"] as const)),
    ...(hasAsked || isSettled(sender, nowMs) ? [] : (["agreement-asked"] as const)),
  ];
}

/** The sending hospital said it before it took its request back: that ended it. */
function isTakenBack({ row: { request, senderBackMs } }: Ask): boolean {
  return request.step === "answered" && senderBackMs !== undefined && request.answeredMs <= senderBackMs;
}

/** Whether somebody was asked that before. */
export function wasAsked(row: MissionRow, hospital: Name, side: Side): boolean {
  return asksOf(row).some(({ row: { request }, to }) =>
    side === "asked" ? to === undefined && isTo(request, hospital) : to === hospital,
  );
}

function isTo(request: MissionRow["request"], hospital: Name): boolean {
  return request.step !== "none" && request.hospital === hospital;
}

/** Asked within its deadline, or accepted: nothing to ask. */
function isSettled(ask: Ask | undefined, nowMs: number): boolean {
  if (ask === undefined) return false;
  return isReady(ask) || (ask.row.request.step === "asked" && !isOverdue(ask.row, nowMs));
}

function isReady(ask: Ask | undefined): boolean {
  return ask?.row.request.step === "answered" && ask.row.request.answer === "ready";
}

/**
 * Asks a hospital and, of a transfer, the sending one; who has agreed already, or is being asked, is not asked again. Null:
 * that is all of them.
 */
export function askOrder(
  row: MissionRow,
  hospital: Name,
  answerWithinS: number,
  nowMs: number,
): Order | null {
  const [side, other] = unaskedOf(row, hospital, nowMs);
  if (side === undefined) return null;
  const order = { ...onMission(row, hospital), answerWithinS };
  if (side === "agreement-asked") return { ...order, what: side };
  return { ...order, what: side, ...(other === undefined ? { isAlone: true as const } : {}) };
}

/** What is about to be asked, in words, and the button that does; of a transfer whether anybody is left to be asked. */
export function askWords(
  row: MissionRow,
  hospital: Name,
  sight: Sight,
): { readonly sentence: string; readonly button: string; readonly isReady?: boolean } {
  const texts = deskTexts(sight);
  const [vehicle, need, to] = [
    nameOf(sight, row.vehicle),
    needName(sight, row.need),
    nameOf(sight, hospital),
  ];
  if (row.from === undefined)
    return { sentence: texts.confirmAsk(vehicle, need, to), button: texts.confirmAskButton(to) };
  const from = nameOf(sight, row.from);
  const [side, other] = unaskedOf(row, hospital, sight.nowMs);
  if (side === undefined || other !== undefined) {
    const isReady = side !== undefined;
    const sentence = isReady ? texts.confirmAskBoth : texts.bothAreAsked;
    return { sentence: sentence(vehicle, need, to, from), button: texts.confirmAskBothButton, isReady };
  }
  const sentence = side === "asked" ? texts.confirmAskReceiver : texts.confirmAskSender;
  return {
    sentence: sentence(vehicle, need, to, from),
    button: texts.confirmAskButton(side === "asked" ? to : from),
  };
}
