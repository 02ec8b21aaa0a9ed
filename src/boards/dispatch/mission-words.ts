import type { Name } from "../../basics/name.ts";
import { minuteMs } from "../../basics/time.ts";
import { steps } from "../../region/choices.ts";
import { keptReasons } from "../../region/desk-choices.ts";
import type { MissionRow, RequestState } from "../../site/views/board-view.ts";
import { positionOldAfterMs } from "../shell/age.ts";
import { reasonText } from "../shell/fact-words.ts";
import type { MarkShape } from "../shell/mark.tsx";
import { ageSince, nameOf, timeText } from "../shell/sight.ts";
import { aimOf, type Deciding } from "./mission-order.ts";
import { missionTexts } from "./mission-words-texts.ts";
import type { Sight } from "./sight.ts";

/** The first estimate of driving times is right to ± 30 %. */
const marginShare = 0.3;

/** Why a person must decide, in one line. */
export function causeText(row: Deciding, sight: Sight): string {
  const { texts } = sight;
  const aim = aimOf(row);
  if (row.decide.cause === "chosen-apart") return apartText(row, sight);
  const time = timeText(sight, row.decide.sinceMs);
  if (aim === null) return texts.whyNoDestination;
  const hospital = nameOf(sight, aim);
  switch (row.decide.cause) {
    case "destination-silent":
      return texts.whySilent(hospital, time);
    case "destination-cannot":
      return texts.whyCannot(hospital, time);
    case "declined":
      return texts.whyDeclined(hospital, time);
    case "not-agreed":
      return texts.whyNotAgreed(hospital, time);
    case "another-sooner":
      return soonerText(row, hospital, sight);
    case "no-destination":
      return texts.whyNoDestination;
  }
}

/** What each centre said, both as they stand. */
function apartText({ apart = [] }: MissionRow, sight: Sight): string {
  const said = apart.map(({ hospital, centre, saidMs }) =>
    sight.texts.chose(nameOf(sight, centre), nameOf(sight, hospital), timeText(sight, saidMs)),
  );
  return sight.texts.whyApart(said.join(", "));
}

/** Whether it may be steered there: an emergency anywhere, a transfer where both hospitals' physicians agreed. */
export function mayGo({ from, agreed = [] }: MissionRow, hospital: Name): boolean {
  return from === undefined || agreed.includes(hospital);
}

function soonerText({ decide }: Deciding, hospital: string, sight: Sight): string {
  const [line] = decide.lines;
  const other = line === undefined ? "" : nameOf(sight, line.hospital);
  return sight.texts.whySooner(hospital, other, decide.savedMin ?? 0);
}

export function stepText(row: MissionRow, { texts, language }: Sight): string {
  return row.step === null ? texts.noStep : steps[row.step][language];
}

export function keptText(row: MissionRow, { texts, language }: Sight): string | null {
  if (row.kept === null) return null;
  const { reason } = row.kept;
  const words = reason in keptReasons ? keptReasons[reason as keyof typeof keptReasons][language] : reason;
  return texts.kept(words);
}

export type RequestShown = {
  readonly shape: MarkShape;
  readonly word: string;
  readonly notes: readonly string[];
};

/**
 * How far the request came, never further than the other side's durable word. An acceptance by a hospital that is not
 * heard any more is its last word.
 */
export function shownRequest(request: RequestState, isHospitalFresh: boolean, sight: Sight): RequestShown {
  const { texts } = sight;
  switch (request.step) {
    case "none":
      return { shape: "absent", word: texts.notAsked, notes: [] };
    case "asked": {
      const word = texts.asked(nameOf(sight, request.hospital), ageSince(sight, request.askedMs));
      const notes = hadAccepted(request.acceptedMs, sight);
      if (request.heldThere === undefined) return { shape: "late", word, notes };
      const held = request.heldThere ? texts.askedHeld : texts.askedNotThere;
      return { shape: "late", word, notes: [held, ...notes] };
    }
    case "answered":
      return shownAnswer(request, isHospitalFresh, sight);
  }
}

/** The same of a mission. Of a transfer: whether both hospitals agree to where it goes; the other's word alone is no yes. */
export function shownRequestOf(row: MissionRow, isHospitalFresh: boolean, sight: Sight): RequestShown {
  const { from, request } = row;
  const shown = shownRequest(request, isHospitalFresh, sight);
  const to = aimOf(row) ?? (request.step === "none" ? null : request.hospital);
  if (from === undefined || to === null) return shown;
  const { agreedByBoth, notAgreedByBoth } = missionTexts[sight.language];
  const isAgreed = mayGo(row, to);
  const note = (isAgreed ? agreedByBoth : notAgreedByBoth)(nameOf(sight, to));
  const shape = !isAgreed && shown.shape === "accepted" ? "late" : shown.shape;
  return { ...shown, shape, notes: [...shown.notes, note] };
}

type Answered = RequestState & { readonly step: "answered" };

function shownAnswer(request: Answered, isHospitalFresh: boolean, sight: Sight): RequestShown {
  const { texts, language } = sight;
  const hospital = nameOf(sight, request.hospital);
  const time = timeText(sight, request.answeredMs);
  if (request.answer === "cannot") {
    const reason = request.reason === null ? "" : reasonText(request.reason, language);
    const word = texts.cannotTake(hospital, reason);
    const notes = hadAccepted(request.acceptedMs, sight);
    return isHospitalFresh
      ? { shape: "cannot", word, notes }
      : { shape: "old", word: `${sight.say.lastly(word)}, ${time}`, notes };
  }
  return isHospitalFresh
    ? { shape: "accepted", word: texts.ready(hospital, time), notes: [] }
    : { shape: "old", word: texts.wasReady(hospital, time), notes: [] };
}

function hadAccepted(acceptedMs: number | undefined, sight: Sight): readonly string[] {
  return acceptedMs === undefined
    ? []
    : [missionTexts[sight.language].hadAccepted(timeText(sight, acceptedMs))];
}

export type Arrival = { readonly text: string; readonly position: string; readonly isOld: boolean };

/**
 * When it arrives, as a time of the clock, only with the patient on board: before that, how long the drive would be.
 * Always with the age of the position it was counted from, and since when the vehicle itself is not heard.
 */
export function arrivalOf(row: MissionRow, sight: Sight): Arrival {
  const { texts } = sight;
  const { saidMs } = row.position;
  const isOld = sight.gone || sight.nowMs - saidMs > positionOldAfterMs;
  const age = ageSince(sight, saidMs);
  const at = isOld ? texts.positionOld(age) : texts.positionAge(age);
  const silentMs = row.vehicleSilentMs;
  const position = silentMs === undefined ? at : `${at}, ${texts.vehicleSilent(timeText(sight, silentMs))}`;
  return { text: arrivalText(row, sight), position, isOld };
}

function arrivalText(row: MissionRow, sight: Sight): string {
  const { arrivalMinTenths, boardedMs, position, step } = row;
  const { texts } = sight;
  if (step === "arrived" || step === "ended") return texts.arrived;
  if (arrivalMinTenths === null) return texts.arrivalUnknown;
  const margin = Math.max(1, Math.round((arrivalMinTenths * marginShare) / 10));
  if (step !== "patient-on-board") return texts.arrivalFromScene(Math.round(arrivalMinTenths / 10), margin);
  return texts.arrival(
    timeText(sight, (boardedMs ?? position.saidMs) + (arrivalMinTenths * minuteMs) / 10),
    margin,
  );
}
