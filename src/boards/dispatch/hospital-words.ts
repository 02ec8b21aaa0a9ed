import type { Name } from "../../basics/name.ts";
import { states } from "../../region/choices.ts";
import type { CapabilityId } from "../../region/vocabulary.ts";
import type {
  BoardHospital,
  BoardNeed,
  ContactCell,
  HospitalRow,
  StateCell,
} from "../../site/views/board-view.ts";
import { spanText } from "../shell/age.ts";
import { reasonText } from "../shell/fact-words.ts";
import type { MarkShape } from "../shell/mark.tsx";
import { ageSince, nameOf, timeText } from "../shell/sight.ts";
import { stateNow } from "../shell/state-now.ts";
import type { Sight } from "./sight.ts";

/** The form in which a state is drawn. *Old* is for any value that must not be taken for today's. */
export type Shape = "open" | "limited" | "full" | "cannot" | "unconfirmed" | "silent" | "absent" | "old";

/** A state in words, and its shape. */
export type Shown = { readonly shape: Shape; readonly word: string; readonly notes: readonly string[] };

/** Whether a hospital's last word may be shown as what holds now. */
export function isFresh(contact: ContactCell, sight: Sight): boolean {
  const isHeard = contact.verdict === "heard" || contact.verdict === "late";
  return isHeard && !sight.gone && sight.cutOffSinceMs === null;
}

/**
 * One capability of one hospital as it counts now. Without a word from today it is *unconfirmed*, whatever the
 * hospital has in principle; from a hospital that is not heard it is its last word, drawn as old.
 */
export function shownCell(
  hospital: BoardHospital,
  capability: CapabilityId,
  row: HospitalRow,
  sight: Sight,
): Shown {
  const { say, cutOffSinceMs } = sight;
  const cell = row.cells[capability];
  const sinceText = cutOffSinceMs === null ? null : say.notKnownSince(timeText(sight, cutOffSinceMs));
  if (cell === undefined) {
    if (row.partial) return { shape: "absent", word: say.cellLoading, notes: [] };
    if (hospital.has[capability] === false) return { shape: "absent", word: say.absent, notes: [] };
    const notes = hospital.has[capability] === undefined ? [say.presenceUnknown] : [];
    return { shape: "unconfirmed", word: sinceText ?? say.unconfirmed, notes };
  }
  const state = stateNow(cell, sight.nowMs);
  // What was entered by voice since we were cut off is known: as a last word, with its age.
  const isVoice = state !== "unconfirmed" && cell.source === "voice";
  const isTold = cutOffSinceMs !== null && isVoice && cell.saidMs >= cutOffSinceMs;
  const notKnown = isTold ? null : sinceText;
  const notes = cellNotes(cell, state, sight);
  const word = stateWord(state, sight);
  if (notKnown !== null) return { shape: "old", word: notKnown, notes: [say.lastly(word), ...notes] };
  if (isFresh(row.contact, sight)) return { shape: state, word, notes };
  return { shape: "old", word: say.lastly(word), notes };
}

export function stateWord(state: StateCell["state"], { say, language }: Sight): string {
  return state === "unconfirmed" ? say.unconfirmed : states[state][language];
}

function cellNotes(cell: StateCell, state: StateCell["state"], sight: Sight): readonly string[] {
  const { say, language } = sight;
  const letter = say.sourceLetters[cell.source];
  const saidMs = state === cell.state ? cell.saidMs : (cell.untilMs ?? cell.saidMs);
  const age = state === "unconfirmed" ? say.since(timeText(sight, saidMs)) : ageSince(sight, saidMs);
  const notes = [`${age} · ${letter}`];
  if (cell.takenBackMs !== undefined)
    notes.push(sight.texts.wordTakenBack(timeText(sight, cell.takenBackMs)));
  if (state === "unconfirmed") return notes;
  if (cell.reason !== null) notes.push(reasonText(cell.reason, language));
  if (cell.untilMs !== null) notes.push(say.until(timeText(sight, cell.untilMs)));
  if (cell.disputed) notes.push(say.disputed);
  if (cell.old) notes.push(sight.texts.wordOld);
  return notes;
}

export type ContactShown = {
  readonly shape: "heard" | "late" | "silent" | "unheard" | "old";
  readonly word: string;
  readonly notes: readonly string[];
};

/** Whether a site's device is heard: of the people there it says nothing. */
export function shownContact(contact: ContactCell, sight: Sight): ContactShown {
  const { say, cutOffSinceMs, gone } = sight;
  const notes = contactNotes(contact, sight);
  if (cutOffSinceMs !== null) {
    return { shape: "old", word: say.notKnownSince(timeText(sight, cutOffSinceMs)), notes };
  }
  const shown = verdictShown(contact, sight);
  return gone ? { shape: "old", word: say.lastly(shown.word), notes } : { ...shown, notes };
}

function verdictShown(contact: ContactCell, sight: Sight): Omit<ContactShown, "notes"> {
  const { say } = sight;
  switch (contact.verdict) {
    case "heard":
      return { shape: "heard", word: say.heard };
    case "late":
      return { shape: "late", word: say.late };
    case "not-yet-heard":
      return { shape: "unheard", word: say.notYetHeard };
    case "silent":
      return { shape: "silent", word: say.silentSince(silentTime(contact, sight)) };
  }
}

function silentTime({ lastHeardMs }: ContactCell, sight: Sight): string {
  return lastHeardMs === null ? "?" : timeText(sight, lastHeardMs);
}

/** What is wrong with a site's contact beside its verdict: path, store, clock, flapping. */
export function contactNotes(contact: ContactCell, sight: Sight): readonly string[] {
  const { say } = sight;
  const notes: string[] = [];
  if (contact.via !== null) notes.push(say.via(nameOf(sight, contact.via)));
  if (contact.storing === false) notes.push(say.cannotRecord);
  if (contact.backByMs !== null) notes.push(say.backBy(timeText(sight, contact.backByMs)));
  if (contact.clockOffMs !== null) {
    const span = spanText(contact.clockOffMs);
    notes.push(contact.clockOffMs > 0 ? say.clockAhead(span) : say.clockBehind(span));
  }
  if (contact.flaps !== undefined) notes.push(sight.texts.flapping(contact.flaps));
  return notes;
}

/** That nobody would hear a request at this site's boards. */
export function soundNotes(site: Name, sight: Sight): readonly string[] {
  const mute = sight.room.centre.noSound.find((one) => one.site === site);
  if (mute === undefined) return [];
  const { noBoard, noSound } = sight.texts;
  return [(mute.closed ? noBoard : noSound)(timeText(sight, mute.sinceMs))];
}

/** What the table and the map show for a need. */
export type Column = {
  readonly capability: CapabilityId;
  readonly demand: "required" | "requiredAny" | "preferred";
};

/** Each capability once: required ones in the need's order, then what is only preferred. */
export function columnsOf(need: BoardNeed): readonly Column[] {
  const columns = new Map<CapabilityId, Column>();
  for (const group of need.required) {
    for (const capability of group) {
      columns.set(capability, { capability, demand: group.length > 1 ? "requiredAny" : "required" });
    }
  }
  for (const capability of need.preferred) {
    if (!columns.has(capability)) columns.set(capability, { capability, demand: "preferred" });
  }
  return [...columns.values()];
}

/** From what lets a patient in, over what is not known, to what does not. */
const shapeOrder: readonly MarkShape[] = [
  "open",
  "limited",
  "unconfirmed",
  "old",
  "full",
  "cannot",
  "absent",
];

/** A hospital in one shape for a need: of alternatives the best one, of all that is required the worst. */
export function shownForNeed(
  hospital: BoardHospital,
  need: Pick<BoardNeed, "required">,
  row: HospitalRow,
  sight: Sight,
): Shown {
  if (row.contact.verdict === "silent" && !sight.gone && sight.cutOffSinceMs === null) {
    return { shape: "silent", word: sight.say.silentSince(silentTime(row.contact, sight)), notes: [] };
  }
  // The region is still on its way: what the need requires is not known here.
  if (need.required.length === 0) return { shape: "absent", word: sight.say.cellLoading, notes: [] };
  const ranked = need.required.map((group) => {
    const cells = group.map((capability) => shownCell(hospital, capability, row, sight));
    return cells.reduce((best, cell) => (rank(cell) < rank(best) ? cell : best));
  });
  return ranked.reduce((worst, cell) => (rank(cell) > rank(worst) ? cell : worst));
}

/** Its place in that order. */
export function rank({ shape }: { readonly shape: MarkShape }): number {
  return shapeOrder.indexOf(shape);
}

/** Before the anchor has said anything of a hospital. */
export function unheardRow(hospital: BoardHospital): HospitalRow {
  const contact = { lastHeardMs: null, via: null, storing: null, backByMs: null, clockOffMs: null };
  return {
    hospital: hospital.hospital,
    contact: { verdict: "not-yet-heard", ...contact },
    cells: {},
    inbound: 0,
  };
}
