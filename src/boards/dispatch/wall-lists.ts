import { type Name, refKey } from "../../basics/name.ts";
import { assignReasons } from "../../region/assign-reasons.ts";
import { channels } from "../../region/choices.ts";
import { voices } from "../../region/desk-choices.ts";
import { capabilities, capabilityIds } from "../../region/vocabulary.ts";
import type { ForcedRow, VoiceRow } from "../../site/views/board-desk-view.ts";
import type { BoardHospital, HospitalRow, MissionRow, StateCell } from "../../site/views/board-view.ts";
import type { MarkShape } from "../shell/mark.tsx";
import type { Rows } from "../shell/rows.ts";
import { ageSince, nameOf, needName, timeText } from "../shell/sight.ts";
import { deskTexts } from "./desk/speech.ts";
import { doorText, hasLeft } from "./desk/words.ts";
import { shownCell, shownContact, stateWord, unheardRow } from "./hospital-words.ts";
import {
  type AtDoor,
  asksOf,
  compareDeciding,
  type Deciding,
  isAtDoor,
  isDeciding,
} from "./mission-order.ts";
import { arrivalOf, causeText } from "./mission-words.ts";
import { personAt, personText } from "./person.ts";
import type { Sight } from "./sight.ts";
import { wallTexts } from "./wall-texts.ts";

/** One exception: a sign, who it is about, and what is to be known in a few words. */
export type WallEntry = {
  readonly key: string;
  readonly shape: MarkShape;
  readonly title: string;
  readonly notes: readonly string[];
};

export type WallLists = {
  readonly [list in
    | "silent"
    | "decisions"
    | "forced"
    | "overdue"
    | "closed"
    | "unconfirmed"
    | "voices"
    | "noSound"]: readonly WallEntry[];
};

type Known = { readonly hospital: BoardHospital; readonly row: HospitalRow };

/**
 * Everything that is not as it should be, each list with the gravest first. While the anchor is gone or cut off the
 * signs are those of a last word.
 */
export function wallLists(rows: Rows, sight: Sight): WallLists {
  const known = sight.places.region.hospitals.map((hospital): Known => {
    return { hospital, row: rows.hospitals.get(hospital.hospital) ?? unheardRow(hospital) };
  });
  const isOld = sight.gone || sight.cutOffSinceMs !== null;
  // Who is not heard stands among the silent; a word of theirs is an old one.
  const heard = known.filter(({ row }) => !isUnheard(row));
  const lists: WallLists = {
    silent: silentEntries(known, rows, sight),
    decisions: decisionEntries(rows, sight),
    forced: forcedEntries(rows, sight),
    overdue: overdueEntries(rows, sight),
    closed: heard.toSorted(byClosed).flatMap((one) => closedEntry(one, sight)),
    unconfirmed: heard.flatMap((one) => unconfirmedEntry(one, sight)),
    voices: rows.centre.voices.map((row) => voiceEntry(row, sight)),
    noSound: rows.centre.noSound.map(({ site, sinceMs, closed }) => {
      const time = timeText(sight, sinceMs);
      const notes = [closed ? sight.texts.noBoard(time) : sight.say.since(time)];
      return { key: site, shape: "late", title: nameOf(sight, site), notes };
    }),
  };
  return isOld ? asLastWords(lists) : lists;
}

/**
 * While we are cut off: every hospital with its number and its last word on the emergency department. Those with missions
 * on their way first, the rest by name, as somebody looks for a number.
 */
export function cutOffList(rows: Rows, sight: Sight): readonly WallEntry[] {
  const order = new Intl.Collator("de").compare;
  return sight.places.region.hospitals
    .map((hospital): Known => {
      return { hospital, row: rows.hospitals.get(hospital.hospital) ?? unheardRow(hospital) };
    })
    .sort((a, b) => b.row.inbound - a.row.inbound || order(a.hospital.spokenName, b.hospital.spokenName))
    .map(({ hospital, row }) => ({
      key: hospital.hospital,
      shape: "old",
      title: hospital.spokenName,
      notes: [hospital.phone, ...lastWordNotes(row, sight), ...inboundNotes(row, sight)],
    }));
}

/** In as few signs as there are, with the time of day: it stands beside dozens like it. */
function lastWordNotes({ cells }: HospitalRow, sight: Sight): readonly string[] {
  const cell = cells["emergency-department"];
  if (cell === undefined) return [];
  const { say } = sight;
  const time = `${say.sourceLetters[cell.source]} ${timeText(sight, cell.saidMs)}`;
  // A line breaks before it, not in it.
  return [`${say.lastly(stateWord(cell.state, sight))} ${time}`.replaceAll(" ", "\u00a0")];
}

function inboundNotes({ inbound }: HospitalRow, { texts }: Sight): readonly string[] {
  return inbound > 0 ? [texts.inbound(inbound)] : [];
}

function asLastWords(lists: WallLists): WallLists {
  const old = (entries: readonly WallEntry[]) =>
    entries.map((entry) => ({ ...entry, shape: "old" as const }));
  const { silent, decisions, forced, overdue, closed, unconfirmed, voices, noSound } = lists;
  return {
    silent: old(silent),
    decisions: old(decisions),
    forced: old(forced),
    overdue: old(overdue),
    closed: old(closed),
    unconfirmed: old(unconfirmed),
    voices: old(voices),
    noSound: old(noSound),
  };
}

/** Those with vehicles on their way first, then the last to fall silent; who was never heard comes after them. */
function silentEntries(known: readonly Known[], { centre }: Rows, sight: Sight): readonly WallEntry[] {
  return known
    .filter(({ row }) => isUnheard(row))
    .sort(({ row: a }, { row: b }) => b.inbound - a.inbound || lastHeard(b) - lastHeard(a))
    .map(({ hospital, row }) => {
      const { shape, word, notes } = shownContact(row.contact, sight);
      const { lastHeardMs } = row.contact;
      const since =
        lastHeardMs === null
          ? [word]
          : [sight.say.since(timeText(sight, lastHeardMs)), ageSince(sight, lastHeardMs)];
      const asked = roundNotes(hospital.hospital, centre.rounds, sight);
      return {
        key: hospital.hospital,
        shape,
        title: hospital.spokenName,
        notes: [...since, ...inboundNotes(row, sight), ...asked, ...notes],
      };
    });
}

/** Who has to call there, and what came of it. */
function roundNotes(hospital: Name, rounds: Rows["centre"]["rounds"], sight: Sight): readonly string[] {
  const round = rounds.find((one) => one.hospital === hospital);
  if (round === undefined) return [];
  const who = wallTexts[sight.language].toCall(nameOf(sight, round.centre));
  const last = round.tried.at(-1);
  if (last === undefined) return [who];
  const time = timeText(sight, Math.max(...round.tried.map(({ saidMs }) => saidMs)));
  return [who, deskTexts(sight).triedInVain(round.tried.length, time)];
}

/** Whom a centre assigned a patient to by force, why, and whose task it still is to tell them. */
function forcedEntries({ missions }: Rows, sight: Sight): readonly WallEntry[] {
  const texts = wallTexts[sight.language];
  return [...missions.values()].flatMap((row) => {
    const { forced } = row;
    if (forced === undefined) return [];
    return [
      {
        key: row.mission,
        shape: "cannot" as const,
        title: texts.asked(nameOf(sight, row.vehicle), nameOf(sight, forced.hospital)),
        notes: forcedNotes(forced, sight),
      },
    ];
  });
}

/** Why a patient was assigned by force, by whom and when, and who is to tell that hospital by voice. */
export function forcedNotes(
  { reason, centre, by, saidMs, call }: ForcedRow,
  sight: Sight,
): readonly string[] {
  const who = `${personAt(centre, by, sight)} ${timeText(sight, saidMs)}`;
  const toCall = call === undefined ? [] : [wallTexts[sight.language].toCall(nameOf(sight, call.centre))];
  return [assignReasons[reason][sight.language], who, ...toCall];
}

function isUnheard({ contact }: HospitalRow): boolean {
  return contact.verdict === "silent" || contact.verdict === "not-yet-heard";
}

function lastHeard({ contact }: HospitalRow): number {
  return contact.verdict === "silent" ? (contact.lastHeardMs ?? 0) : -1;
}

function decisionEntries({ missions, centre, own }: Rows, sight: Sight): readonly WallEntry[] {
  const texts = wallTexts[sight.language];
  const ownerOf = (topic: "decide" | "call", { mission }: MissionRow) => {
    const all = centre.tasks.find(({ task }) => task === `${topic}:${mission}`)?.owners ?? [];
    const here = all.filter((owner) => !hasLeft(owner, sight));
    const persons = (here.length > 0 ? here : all).map((owner) => personOf(owner, own, sight)).join(", ");
    if (all.length === 0) return texts.noOwner;
    return here.length === 0 ? texts.ownerLeft(persons) : texts.owner(persons);
  };
  return [...missions.values()]
    .filter((row) => isDeciding(row) || isAtDoor(row))
    .sort(compareDeciding)
    .map((row) => ({
      key: row.mission,
      shape: "silent",
      title: `${row.urgency} · ${nameOf(sight, row.vehicle)} · ${needName(sight, row.need)}`,
      notes: isDeciding(row)
        ? [...decisionNotes(row, sight), ownerOf("decide", row)]
        : [...(isAtDoor(row) ? doorNotes(row, sight) : []), ownerOf("call", row)],
    }));
}

function decisionNotes(row: Deciding, sight: Sight): readonly string[] {
  const call = row.decide.call ? [sight.texts.callNow] : [];
  return [causeText(row, sight), ...call, arrivalOf(row, sight).text];
}

/** A crew at, or about to reach, the door of a hospital that is silent or unconfirmed: somebody is called to let them in. */
function doorNotes({ door }: AtDoor, sight: Sight): readonly string[] {
  const texts = deskTexts(sight);
  const { silentSinceMs, tries, lastTryMs = silentSinceMs } = door;
  const tried = tries > 0 ? [texts.triedInVain(tries, timeText(sight, lastTryMs))] : [];
  return [doorText(door, sight), sight.texts.callNow, ...tried];
}

type Owner = { readonly centre: Name; readonly by: string };

/** Names stay at their site: somebody at another centre shows by role and number. */
function personOf({ centre, by }: Owner, own: Rows["own"], sight: Sight): string {
  if (centre === own.site) return personText(by, own.people ?? [], sight.language);
  return `${nameOf(sight, centre)}, ${personText(by, [], sight.language)}`;
}

/** Requests past their time without an answer, the longest first. */
function overdueEntries({ missions }: Rows, sight: Sight): readonly WallEntry[] {
  const texts = wallTexts[sight.language];
  const late = [...missions.values()].flatMap(asksOf).flatMap(({ row: { vehicle, request } }) => {
    if (request.step !== "asked" || request.dueMs === undefined || request.dueMs > sight.nowMs) return [];
    return [{ vehicle, request, dueMs: request.dueMs }];
  });
  return late
    .sort((a, b) => a.dueMs - b.dueMs)
    .map(({ vehicle, request, dueMs }) => {
      const due = request.heldThere === false ? sight.texts.askedNotThere : texts.due(timeText(sight, dueMs));
      const others = (request.escalated ?? []).map((channel) => channels[channel][sight.language]);
      return {
        key: refKey(request.ref),
        shape: "late",
        title: texts.asked(nameOf(sight, vehicle), nameOf(sight, request.hospital)),
        notes: [due, ...(others.length > 0 ? [texts.escalated(others.join(", "))] : [])],
      };
    });
}

const closedStates = ["full", "cannot"] as const;

/** What a hospital said it cannot take, by state: `voll: CT, Schockraum K 02:51, Stroke Unit S 03:02`. */
function closedEntry({ hospital, row }: Known, sight: Sight): readonly WallEntry[] {
  const said = closedStates.flatMap((state) => {
    const parts = partsBy(state, row, sight);
    return parts === "" ? [] : [{ state, note: `${stateWord(state, sight)}: ${parts}` }];
  });
  const [first] = said;
  if (first === undefined) return [];
  const notes = said.map(({ note }) => note);
  return [{ key: hospital.hospital, shape: first.state, title: hospital.spokenName, notes }];
}

/** What was said in the same minute by the same kind of source shares its letter and time. */
function partsBy(state: StateCell["state"], { cells }: HospitalRow, sight: Sight): string {
  const said = capabilityIds.flatMap((capability) => {
    const cell = cells[capability];
    if (cell?.state !== state) return [];
    const time = `${sight.say.sourceLetters[cell.source]} ${timeText(sight, cell.saidMs)}`;
    return [{ name: capabilities[capability][sight.language], time }];
  });
  const byTime = Map.groupBy(said, ({ time }) => time);
  return [...byTime].map(([time, some]) => `${some.map(({ name }) => name).join(", ")} ${time}`).join(", ");
}

/** A closed emergency department first, then whoever can take least. */
function byClosed({ row: a }: Known, { row: b }: Known): number {
  const isShut = (row: HospitalRow) => Number(isClosed(row.cells["emergency-department"]));
  const count = (row: HospitalRow) => Object.values(row.cells).filter(isClosed).length;
  return isShut(b) - isShut(a) || count(b) - count(a);
}

function isClosed(cell: StateCell | undefined): boolean {
  return cell?.state === "full" || cell?.state === "cannot";
}

/** What was said by voice: who said it and when, until when, and what speaks against it. */
function voiceEntry(row: VoiceRow, sight: Sight): WallEntry {
  const texts = wallTexts[sight.language];
  const { capability, state, answeredBy, saidMs, endsMs } = row;
  const name = nameOf(sight, row.hospital);
  return {
    key: refKey(row.ref),
    shape: state,
    title: `${name}, ${capabilities[capability][sight.language]}: ${stateWord(state, sight)}`,
    notes: [
      `${voices[answeredBy][sight.language]} ${timeText(sight, saidMs)}`,
      sight.say.until(timeText(sight, endsMs)),
      ...(row.readBack ? [] : [texts.notReadBack]),
      ...(row.leads ? [] : [texts.beside]),
    ],
  };
}

/** A hospital whose emergency department has no word that holds now; one that has no such department is none. */
function unconfirmedEntry({ hospital, row }: Known, sight: Sight): readonly WallEntry[] {
  const cell = row.cells["emergency-department"];
  const lives = { ...sight, gone: false, cutOffSinceMs: null };
  const { shape } = shownCell(hospital, "emergency-department", row, lives);
  if (shape !== "unconfirmed") return [];
  const since = cell === undefined ? null : (cell.untilMs ?? cell.saidMs);
  const notes = since === null ? [] : [sight.say.since(timeText(sight, since))];
  return [{ key: hospital.hospital, shape: "unconfirmed", title: hospital.spokenName, notes }];
}
