import { type FactRef, type Name, refKey } from "../../../basics/name.ts";
import { minuteMs, secondMs } from "../../../basics/time.ts";
import { cellAt } from "../../../region/cell.ts";
import type { Answer, Channel, State, StatusReason } from "../../../region/choices.ts";
import type { TaskTopic, Voice } from "../../../region/desk-choices.ts";
import type { TaskId } from "../../../region/task.ts";
import type { TransferDecline } from "../../../region/transfer-choices.ts";
import type { CapabilityId, NeedId } from "../../../region/vocabulary.ts";
import type { CallRoundRow, TaskRow, TransferRow } from "../../../site/views/board-desk-view.ts";
import type { BoardPost, MissionRow } from "../../../site/views/board-view.ts";
import { type PatientFlag, patientFlags } from "../../../site/views/patient-flags.ts";
import type { Outbox, Slip } from "../../shell/outbox.ts";
import { type Asked, asksOf, isAsked } from "../mission-order.ts";
import type { Order } from "../orders.ts";
import type { Room } from "../sight.ts";

/** How long a slip of the hand can be taken back, from the anchor's answer. */
export const takeBackMs = 10 * secondMs;

type Fact = { readonly kind: string; readonly body: BoardPost["body"] };
type OnMission = { readonly mission: string; readonly vehicle: Name };
type OnVehicle = OnMission & { readonly hospital: Name };

/** What somebody at this desk confirmed beside decisions: as a fact, and what its words are made from. */
export type DeskOrder = Fact &
  (
    | ({ readonly what: "voice" } & VoiceReport)
    | ({ readonly what: "voice-back" } & Pick<VoiceReport, "hospital" | "capability" | "state">)
    | ({ readonly what: "opened" } & Pick<NewMission, "vehicle" | "need">)
    | { readonly what: "task-taken" | "task-released"; readonly task: TaskId }
    | ({ readonly what: "escalated" | "understood"; readonly channel: Channel } & OnVehicle)
    | ({ readonly what: "steer-back" } & OnVehicle)
    | ({ readonly what: "spoken"; readonly answer: Answer } & OnVehicle)
    | ({ readonly what: "opened-back" } & OnMission)
    | ({ readonly what: "flown"; readonly flown: boolean } & OnMission)
    /** `second`: what was asked with it, taken back after it. */
    | ({ readonly what: "word-back"; readonly second?: FactRef } & OnMission)
    | ({ readonly what: "handover" | "taken-over" | "handover-declined"; readonly centre: Name } & OnMission)
    | { readonly what: "round-call"; readonly hospital: Name; readonly answeredBy: Voice | null }
    | { readonly what: "round-call-back" | "transfer-declined-back"; readonly hospital: Name }
    | { readonly what: "transfer-declined"; readonly hospital: Name; readonly asked: FactRef }
  );

export type NewMission = {
  readonly vehicle: Name;
  readonly need: NeedId;
  readonly urgency: number;
  /** A key of `ageGroups`. */
  readonly ageGroup: string;
  readonly flags: readonly PatientFlag[];
  /** The first mission of the scene that this patient is of; null: another scene. */
  readonly scene: FactRef | null;
  /** The patient assignment code, as it was entered; null: none was. */
  readonly pzc: string | null;
  /** The hospital that sends the patient; null: an emergency. */
  readonly from: Name | null;
  /** What that hospital itself asked for; left out: nothing. */
  readonly transfer?: FactRef;
};

/** A mission at a place, called in now. */
export function openedOrder(
  { flags, scene, pzc, from, ...mission }: NewMission,
  { latE3, lonE3 }: { readonly latE3: number; readonly lonE3: number },
  callAtMs: number,
): DeskOrder {
  const { vehicle, need } = mission;
  const asked = Object.fromEntries(patientFlags.map((flag) => [flag, flags.includes(flag)]));
  const body = {
    ...mission,
    ...asked,
    ...(scene === null ? {} : { scene }),
    ...(pzc === null ? {} : { pzc }),
    ...(from === null ? {} : { from }),
    callAtMs: Math.round(callAtMs),
    cell: { ...cellAt(latE3, lonE3) },
  };
  return { what: "opened", vehicle, need, kind: "mission.opened/1", body };
}

/** The mission that a hospital asks for: its patient, at its place, called in when it was asked for. */
export function transferOrder(
  { ref: transfer, hospital: from, need, urgency, ageGroup, flags, saidMs }: TransferRow,
  vehicle: Name,
  place: { readonly latE3: number; readonly lonE3: number },
): DeskOrder {
  const patient = { need, urgency, ageGroup, flags };
  return openedOrder({ ...patient, vehicle, from, transfer, scene: null, pzc: null }, place, saidMs);
}

export function transferDeclinedOrder(
  { ref: asked, hospital }: TransferRow,
  reason: TransferDecline,
): DeskOrder {
  return { what: "transfer-declined", hospital, asked, kind: "transfer.declined/1", body: { asked, reason } };
}

/** What somebody said for a hospital. */
export type VoiceReport = {
  readonly hospital: Name;
  readonly capability: CapabilityId;
  readonly state: State;
  readonly answeredBy: Voice;
  readonly readBack: boolean;
  readonly reason?: StatusReason;
  readonly untilMs?: number;
};

/** A report is made in knowledge of every word in force on its cell: `over`. */
export function voiceOrder(report: VoiceReport, over: readonly FactRef[]): DeskOrder {
  return { ...report, what: "voice", kind: "voice.report/1", body: { ...report, over } };
}

/** A report that was taken down wrongly holds no longer; a word that it had replaced does not come back. */
export function voiceBackOrder(
  { hospital, capability, state }: Pick<VoiceReport, "hospital" | "capability" | "state">,
  ref: FactRef,
): DeskOrder {
  const body = { hospital, capability, takesBack: ref, over: [ref] };
  return { what: "voice-back", hospital, capability, state, kind: "voice.report-taken-back/1", body };
}

export function taskOf(topic: TaskTopic, about: string): TaskId {
  return `${topic}:${about}`;
}

export function taskOrder(what: "task-taken" | "task-released", task: TaskId, row?: TaskRow): DeskOrder {
  const kind = what === "task-taken" ? "task.taken/1" : "task.released/1";
  return { what, task, kind, body: { task, over: row?.over ?? [] } };
}

/** A request without an answer, taken on to the second channel. */
export function escalatedOrder(row: Asked, channel: Channel): DeskOrder {
  const { hospital, ref: asked } = row.request;
  const body = { mission: row.ref, asked, channel };
  return { ...onVehicle(row, hospital), what: "escalated", channel, kind: "mission.escalated/1", body };
}

/** The crew's spoken *understood* makes the proposal its destination. */
export function understoodOrder(row: MissionRow, hospital: Name, channel: Channel): DeskOrder {
  const body = { mission: row.ref, hospital, channel, over: row.crewOver };
  return { ...onVehicle(row, hospital), what: "understood", channel, kind: "mission.understood/1", body };
}

/** A request of which a desk may enter an answer: it was asked, and perhaps answered already. */
export type Requested = {
  readonly hospital: Name;
  readonly asked: FactRef;
  readonly over: readonly FactRef[];
  /** The answer that leads so far. */
  readonly answer: (MissionRow["request"] & { readonly step: "answered" }) | null;
};

/** The request that runs; an answer to it can be another one than before until the patient is there. */
export function requestedOf({ request, step }: MissionRow): Requested | null {
  if (request.step === "none") return null;
  const { hospital, over } = request;
  if (request.step === "asked") return { hospital, asked: request.ref, over, answer: null };
  if (step === "arrived" || step === "ended") return null;
  return { hospital, asked: request.asked, over, answer: request };
}

/** That very request, as long as it is the one that runs. */
export function stillRequested(row: MissionRow, asked: FactRef): Requested | null {
  const requested = requestedOf(row);
  return requested !== null && isSameRef(requested.asked, asked) ? requested : null;
}

/** What is said of a hospital's answer on telephone or radio. */
type SpokenAnswer = {
  readonly answer: Answer;
  readonly answeredBy: Voice;
  readonly readBack: boolean;
  readonly channel: Channel;
};

export function spokenOrder(
  row: MissionRow,
  { hospital, asked, over }: Requested,
  said: SpokenAnswer,
): DeskOrder {
  const body = { mission: row.ref, asked, ...said, over };
  const { answer } = said;
  return { ...onVehicle(row, hospital), what: "spoken", answer, kind: "mission.answer-spoken/1", body };
}

export function handoverOrder(row: MissionRow, to: Name): DeskOrder {
  const { mission, vehicle, ref } = row;
  const kind = "mission.handover-asked/1";
  return { what: "handover", mission, vehicle, centre: to, kind, body: { mission: ref, to } };
}

/** Made against all that centres said of the mission: afterwards we lead it alone. */
export function takenOverOrder(row: MissionRow, from: Name): DeskOrder {
  const { mission, vehicle, ref, centreOver: over } = row;
  const body = { mission: ref, from, over };
  return { what: "taken-over", mission, vehicle, centre: from, kind: "mission.taken-over/1", body };
}

/** Whether it flies, other than was said before. */
export function flownOrder(
  { mission, vehicle, ref, centreOver: over }: MissionRow,
  flown: boolean,
): DeskOrder {
  const body = { mission: ref, flown, over };
  return { what: "flown", flown, mission, vehicle, kind: "mission.flown/1", body };
}

export function handoverDeclinedOrder(
  row: MissionRow,
  { ref: asked, from: centre }: NonNullable<MissionRow["handover"]>,
): DeskOrder {
  const { mission, vehicle, ref } = row;
  const kind = "mission.handover-declined/1";
  return { what: "handover-declined", mission, vehicle, centre, kind, body: { mission: ref, asked } };
}

/** One silence of one hospital: what was typed for it belongs to it alone. */
export function roundKey({ hospital, silentSinceMs }: CallRoundRow): string {
  return `${hospital} ${silentSinceMs}`;
}

/** How long what somebody began to type of a call may still be written as said now (certainty C). */
export const roundDraftMaxMs = 10 * minuteMs;

/** @param lines the ways there are, as a call names them; the first that was not tried, else the first. */
export function nextLine({ tried }: Pick<CallRoundRow, "tried">, lines: readonly number[]): number {
  return lines.find((line) => !tried.some((one) => one.line === line)) ?? lines[0] ?? 0;
}

/** One call of a call-round: by which number (from 1; 0: the radio group), and who answered. */
export function roundCallOrder(hospital: Name, line: number, answeredBy: Voice | null): DeskOrder {
  const body = { hospital, line, ...(answeredBy === null ? {} : { answeredBy }) };
  return { what: "round-call", hospital, answeredBy, kind: "voice.called/1", body };
}

function onVehicle({ mission, vehicle }: MissionRow, hospital: Name): OnVehicle {
  return { mission, vehicle, hospital };
}

export type TakeBack = { readonly order: DeskOrder; readonly leftMs: number };

/** The way back from a slip, as long as the board still shows that very word. */
export function takeBackOf({ order, state }: Slip<Order>, room: Room, nowMs: number): TakeBack | null {
  if (state.step !== "written") return null;
  const leftMs = state.atMs + takeBackMs - nowMs;
  if (leftMs <= 0) return null;
  const back =
    voiceBack(order, state.ref, room) ??
    steerBack(order, state.ref, room) ??
    wordBack(order, state.ref, room, nowMs);
  return back === null || isUnderWay(room.outbox, back) ? null : { order: back, leftMs };
}

function voiceBack(order: Order, ref: FactRef, { centre }: Room): DeskOrder | null {
  if (order.what !== "voice" || !centre.voices.some((voice) => isSameRef(voice.ref, ref))) return null;
  return voiceBackOrder(order, ref);
}

function steerBack(order: Order, ref: FactRef, { missions, outbox }: Room): DeskOrder | null {
  if (order.what !== "steered" && order.what !== "kept") return null;
  const row = missions.get(order.mission);
  const isShown =
    row?.receipts?.some((receipt) => receipt.what === order.what && isSameRef(receipt.ref, ref)) === true ||
    (row?.steered?.ref !== undefined && isSameRef(row.steered.ref, ref));
  if (row === undefined || !isShown) return null;
  // Only the request that this choice made: one that stood before it goes on.
  const asked = outbox.findLast(({ order: next }) => next.what === "asked" && isMadeBy(next, ref));
  if (asked?.state.step === "writing") return null;
  const withAsked = asked?.state.step === "written" ? { asked: asked.state.ref } : {};
  const { hospital } = order;
  // Names nothing else: what another centre chose without knowing of it would fall with it.
  const body = { mission: row.ref, takesBack: ref, hospital, ...withAsked, over: [] };
  return { ...onVehicle(row, hospital), what: "steer-back", kind: "mission.steer-taken-back/1", body };
}

/** Of what leaves nothing behind when it is taken back. */
function wordBack(order: Order, takesBack: FactRef, room: Room, nowMs: number): DeskOrder | null {
  if (order.what === "round-call") {
    const { hospital } = order;
    const body = { hospital, takesBack };
    return { what: "round-call-back", hospital, kind: "voice.call-taken-back/1", body };
  }
  if (order.what === "transfer-declined") return declinedBack(order, takesBack, room);
  if (order.what === "opened") return openedBack(takesBack, room);
  if (!("mission" in order)) return null;
  const row = room.missions.get(order.mission);
  if (row === undefined || !isShown(order, takesBack, row)) return null;
  if (order.what === "asked" && hasChoiceBack(order, room.outbox, nowMs)) return null;
  if (order.what === "agreement-asked" && hasAskedBack(order, row, room.outbox, nowMs)) return null;
  const following = room.outbox.findLast(
    ({ order: next }) => next.what === "agreement-asked" && isMadeBy(next, takesBack),
  );
  if (following?.state.step === "writing") return null;
  const { mission, vehicle, ref } = row;
  const kind = "mission.word-taken-back/1";
  const back = { what: "word-back" as const, mission, vehicle, kind, body: { mission: ref, takesBack } };
  const isSecond = following?.state.step === "written" && isShown(following.order, following.state.ref, row);
  return isSecond ? { ...back, second: following.state.ref } : back;
}

/** A transfer that was declined by mistake waits again: its hospital sees that. */
function declinedBack(
  { hospital, asked }: DeskOrder & { readonly what: "transfer-declined" },
  takesBack: FactRef,
  { centre }: Room,
): DeskOrder | null {
  const isStanding = centre.transfers.some(({ declined }) => declined && isSameRef(declined.ref, takesBack));
  if (!isStanding) return null;
  const body = { asked, takesBack };
  return { what: "transfer-declined-back", hospital, kind: "transfer.decline-taken-back/1", body };
}

/** A mission opened by mistake ends: its crew and its hospitals see that. */
function openedBack(opened: FactRef, { missions }: Room): DeskOrder | null {
  const row = missions.get(refKey(opened));
  if (row === undefined) return null;
  const { mission, vehicle, ref, centreOver: over } = row;
  const body = { mission: ref, reason: "cancelled", over };
  return { what: "opened-back", mission, vehicle, kind: "mission.closed/1", body };
}

/** Whether the board still shows what this word said. */
function isShown(order: Order, written: FactRef, row: MissionRow): boolean {
  switch (order.what) {
    case "called":
    case "spoken":
    case "handover":
    case "handover-declined":
    case "escalated":
      return true;
    case "asked":
    case "agreement-asked":
      return asksOf(row).some((one) => isAsked(one.row) && isSameRef(one.row.request.ref, written));
    case "understood":
      return row.destination?.ref !== undefined && isSameRef(row.destination.ref, written);
    default:
      return false;
  }
}

type Asking = { readonly over: readonly FactRef[] };

/** Whether this request was made with that choice: it is said in knowledge of it. */
function isMadeBy({ over }: Asking, choice: FactRef): boolean {
  return over.some((made) => isSameRef(made, choice));
}

/** The choice that it was asked with can still be taken back, and the request with it: one way back is enough. */
function hasChoiceBack(asked: Asking, outbox: Outbox<Order>, nowMs: number): boolean {
  return outbox.some(
    ({ order, state }) =>
      (order.what === "steered" || order.what === "kept") &&
      state.step === "written" &&
      isMadeBy(asked, state.ref) &&
      nowMs < state.atMs + takeBackMs,
  );
}

/** The same of what the sending hospital of a transfer was asked with it. */
function hasAskedBack(agreement: Asking, row: MissionRow, outbox: Outbox<Order>, nowMs: number): boolean {
  return outbox.some(
    ({ order, state }) =>
      order.what === "asked" &&
      state.step === "written" &&
      isMadeBy(agreement, state.ref) &&
      isShown(order, state.ref, row) &&
      nowMs < state.atMs + takeBackMs,
  );
}

function isUnderWay(outbox: Outbox<Order>, { kind, body }: DeskOrder): boolean {
  const ref = JSON.stringify(body["takesBack"] ?? body["mission"]);
  return outbox.some(
    ({ order }) =>
      "kind" in order &&
      order.kind === kind &&
      JSON.stringify(order.body["takesBack"] ?? order.body["mission"]) === ref,
  );
}

/** Whether this desk is just writing something about that task or mission, or of a call-round to that hospital. */
export function isWriting(outbox: Outbox<Order>, about: string): boolean {
  return outbox.some(({ order, state }) => {
    if (state.step !== "writing") return false;
    if (order.what === "round-call") return order.hospital === about;
    return "task" in order ? order.task === about : "mission" in order && order.mission === about;
  });
}

export function isSameRef(a: FactRef, b: FactRef): boolean {
  return a[0] === b[0] && a[1] === b[1];
}
