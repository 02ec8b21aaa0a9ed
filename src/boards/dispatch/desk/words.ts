import { answers, channels, type State, states } from "../../../region/choices.ts";
import { type TaskTopic, taskTopics, voices } from "../../../region/desk-choices.ts";
import { type TaskId, taskAbout } from "../../../region/task.ts";
import { type CapabilityId, capabilities } from "../../../region/vocabulary.ts";
import type { DoorRow, TaskRow } from "../../../site/views/board-desk-view.ts";
import type { WordRow } from "../../../site/views/board-view.ts";
import { reasonText } from "../../shell/fact-words.ts";
import type { MarkShape } from "../../shell/mark.tsx";
import { ageSince, nameOf, needName, timeText } from "../../shell/sight.ts";
import { personAt } from "../person.ts";
import type { Sight } from "../sight.ts";
import type { DeskOrder } from "./orders.ts";
import { deskTexts } from "./speech.ts";

/** `CT voll`. */
export function capabilityState(capability: CapabilityId, state: State, { language }: Sight): string {
  return `${capabilities[capability][language]} ${states[state][language]}`;
}

/** The sign of one word: with the anchor gone or cut off a last word; past its end *unconfirmed* where it let patients in or was said by voice, else old. */
export function wordShape(
  word: Pick<WordRow, "state" | "endsMs" | "answeredBy"> & { readonly ended?: boolean },
  { gone, cutOffSinceMs, nowMs }: Sight,
): MarkShape {
  if (gone || cutOffSinceMs !== null) return "old";
  const { state, endsMs, answeredBy, ended = false } = word;
  if (!ended && endsMs > nowMs) return state;
  return answeredBy !== null || state === "open" || state === "limited" ? "unconfirmed" : "old";
}

/** Where a crew stands or is close, and why somebody has to be called there. */
export function doorText({ hospital, silentSinceMs, arrived, unconfirmed }: DoorRow, sight: Sight): string {
  const texts = deskTexts(sight);
  const name = nameOf(sight, hospital);
  if (unconfirmed) return texts.nearUnconfirmed(name);
  return (arrived ? texts.atDoor : texts.nearDoor)(name, timeText(sight, silentSinceMs));
}

/** `Ziel entscheiden: RTW 7`. */
export function taskText(task: TaskId, sight: Sight): string {
  return deskTexts(sight).taskAbout(taskTopics[topicOf(task)][sight.language], aboutText(task, sight));
}

/** The vehicle or the hospital that a task is about. */
export function aboutText(task: TaskId, sight: Sight): string {
  const about = taskAbout(task);
  return nameOf(sight, sight.room.missions.get(about)?.vehicle ?? about);
}

export function radioText(group: string, sight: Sight): string {
  return deskTexts(sight).radioGroup(group);
}

export function topicOf(task: TaskId): TaskTopic {
  // A task's id begins with one of the topics: the anchor shows no other.
  return task.slice(0, task.indexOf(":")) as TaskTopic;
}

export function orderText(order: DeskOrder, sight: Sight): string {
  const texts = deskTexts(sight);
  if ("task" in order) {
    const text = taskText(order.task, sight);
    return order.what === "task-taken" ? texts.slipTask(text) : texts.slipTaskFree(text);
  }
  if (order.what === "opened") {
    return texts.slipOpened(nameOf(sight, order.vehicle), needName(sight, order.need));
  }
  if (!("hospital" in order)) return missionWordText(order, sight);
  const hospital = nameOf(sight, order.hospital);
  switch (order.what) {
    case "voice":
      return texts.slipVoice(hospital, capabilityState(order.capability, order.state, sight));
    case "voice-back":
      return texts.slipVoiceBack(hospital, capabilityState(order.capability, order.state, sight));
    case "steer-back":
      return texts.slipSteerBack(nameOf(sight, order.vehicle), hospital);
    case "spoken": {
      const answer = answers[order.answer][sight.language];
      return texts.slipSpoken(nameOf(sight, order.vehicle), hospital, answer);
    }
    case "round-call": {
      const { answeredBy } = order;
      return texts.slipRoundCall(hospital, answeredBy === null ? null : voices[answeredBy][sight.language]);
    }
    case "transfer-declined":
      return texts.slipTransferDeclined(hospital);
    case "round-call-back":
    case "transfer-declined-back":
      return texts.slipWordBack(hospital);
    case "escalated":
    case "understood": {
      const channel = channels[order.channel][sight.language];
      const text = order.what === "escalated" ? texts.slipEscalated : texts.slipUnderstood;
      return text(nameOf(sight, order.vehicle), hospital, channel);
    }
  }
}

function missionWordText(
  order: Exclude<
    DeskOrder,
    { readonly hospital: string } | { readonly task: TaskId } | { readonly need: string }
  >,
  sight: Sight,
): string {
  const texts = deskTexts(sight);
  const vehicle = nameOf(sight, order.vehicle);
  if (order.what === "flown") return `${vehicle}: ${flightText(order.flown, sight)}`;
  if (!("centre" in order)) {
    return (order.what === "word-back" ? texts.slipWordBack : texts.slipOpenedBack)(vehicle);
  }
  return texts.slipHandover[order.what](vehicle, nameOf(sight, order.centre));
}

export function flightText(flown: boolean, sight: Sight): string {
  const { toAir, toGround } = deskTexts(sight);
  return flown ? toAir : toGround;
}

export type Owner = TaskRow["owners"][number];

export function isMine({ centre, by }: Owner, { places, room }: Sight): boolean {
  return centre === places.region.site && by === room.by;
}

/** Whose shift here is over: nobody has the task. Of another centre's people nothing is known here. */
export function hasLeft({ centre, by }: Owner, { places, room, nowMs }: Sight): boolean {
  if (centre !== places.region.site || by === room.by) return false;
  const person = room.people.find((one) => one.by === by);
  return person === undefined ? by === room.deskBy : person.shiftEndsMs <= nowMs;
}

/** `Kim (seit 03:05), Leitstelle Wuppertal, Disposition 104 (seit 03:06)`. */
export function ownersText(owners: readonly Owner[], sight: Sight): string {
  const texts = deskTexts(sight);
  const named = owners.map(({ centre, by, sinceMs }) =>
    texts.ownerSince(personAt(centre, by, sight), timeText(sight, sinceMs)),
  );
  return named.join(", ");
}

/** Who said a word, how long ago, and until when it holds: everything but the state itself. */
export function wordNotes(word: WordRow, sight: Sight): readonly string[] {
  const texts = deskTexts(sight);
  const { say, language } = sight;
  const { source, answeredBy, readBack, reason, ended, endsMs } = word;
  const person = personAt(word.site, word.by, sight);
  const speaker =
    answeredBy === null
      ? person
      : `${texts.saidBy(voices[answeredBy][language])}, ${texts.writtenBy(person)}`;
  return [
    `${say.sourceLetters[source]} ${say.sourceNames[source]}`,
    speaker,
    ...(readBack === null ? [] : [readBack ? texts.isReadBack : texts.notReadBack]),
    ...(reason === null ? [] : [reasonText(reason, language)]),
    ageSince(sight, word.saidMs),
    ended ? texts.ended : say.until(timeText(sight, endsMs)),
  ];
}
