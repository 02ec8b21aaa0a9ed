import { answerWithinS } from "../../advice/announcement.ts";
import { cellClass } from "../../advice/base.ts";
import { flyWhereSooner } from "../../advice/flight.ts";
import { shownMin } from "../../advice/rank.ts";
import { announcementPolicyOf, resteerPolicyOf, stabilise } from "../../advice/region-base.ts";
import { present } from "../../basics/assert.ts";
import type { Name } from "../../basics/name.ts";
import { minuteMs, type Now, secondMs } from "../../basics/time.ts";
import { contactOf, ownContact } from "../../exchange/contact.ts";
import { cellMiddle } from "../../region/cell.ts";
import { isCentre } from "../../region/charter.ts";
import type { RequestView } from "../../region/mission-requests.ts";
import { isInDanger, lastAnswerOf, type MissionView, turnsAway } from "../../region/mission-view.ts";
import { agreesByAsking } from "../../region/transfer.ts";
import { driveFrom } from "../../roads/roads.ts";
import { dueMs } from "../exchange/delivery.ts";
import { lookedAt, proposalFor } from "../resteering.ts";
import { agreementsOf, requestsOf } from "./asked.ts";
import type { BoardContext } from "./board-rows.ts";
import type { MissionRow, RequestState } from "./board-view.ts";
import { doorCall } from "./door.ts";
import { drivesSinceMs } from "./drive-since.ts";
import { hasFactReached } from "./fact-reached.ts";
import { aloftMin, linesMax, needFor, patientNow, questionOf, seenLines } from "./mission-lines.ts";
import { shownFlags } from "./patient-flags.ts";
import { chosenApart, keptProposal, openSteer, standingForced } from "./standing-choices.ts";
import { fromOf, notAgreedSince } from "./transfer-row.ts";

type Decide = MissionRow["decide"];
type Cause = NonNullable<Decide>["cause"];

export function missionRow(context: BoardContext, mission: MissionView, now: Now): MissionRow {
  const { destination } = mission;
  const place = cellMiddle(mission.position.cell);
  const arrival = destination === null ? null : driveTo(context, mission, destination.hospital);
  const stateOf = (asked: RequestView | undefined) => requestState(context, asked, now);
  const decide = decisionOf(context, mission, arrival, now);
  const waits = mission.from !== null && decide !== null;
  return {
    mission: mission.mission,
    ref: mission.ref,
    centreOver: mission.centreOver,
    crewOver: mission.crewOver,
    vehicle: mission.vehicle,
    ...vehicleSilence(context, mission),
    need: mission.need,
    urgency: mission.urgency,
    ageGroup: mission.ageGroup,
    flags: flagsOf(mission),
    ...fromOf(mission),
    ...agreementsOf(mission, stateOf, waits),
    ...senderOf(mission),
    ...(mission.scene === null ? {} : { scene: mission.scene }),
    ...(mission.pzc === null ? {} : { pzc: mission.pzc }),
    ...asksOf(context, mission),
    step: mission.step?.step ?? null,
    callAtMs: mission.callAtMs,
    position: { ...place, saidMs: secondsOf(now.wallMs - mission.position.ageMs) },
    owners: mission.owners,
    destination:
      destination === null
        ? null
        : {
            hospital: destination.hospital,
            saidMs: secondsOf(destination.sinceMs),
            ref: destination.ref,
            ...(destination.spoken ? { spoken: true as const } : {}),
          },
    steered: steeredOf(context, mission),
    ...requestsOf(mission, stateOf, waits),
    answerWithinS: deadlineFor(context, mission, now),
    arrivalMinTenths: arrival,
    ...boardedOf(mission, now),
    decide,
    kept: keptOf(mission),
    ...apartOf(mission),
    ...forcedOf(mission),
    ...doorOf(context, mission, arrival, now),
    ...handoverOf(mission),
    ...takenBackOf(mission),
  };
}

/** What the sending hospital of a transfer said by asking for it. */
function senderOf(mission: MissionView): Pick<MissionRow, "senderAgrees" | "senderBackMs"> {
  const back = mission.sender?.takenBack ?? null;
  if (back !== null) return { senderBackMs: secondsOf(back.sinceMs) };
  return agreesByAsking(mission) ? { senderAgrees: true } : {};
}

/** A cue beside the position, no alarm: whoever drives through a dead zone is silent too. */
function vehicleSilence(
  context: BoardContext,
  { vehicle }: MissionView,
): Pick<MissionRow, "vehicleSilentMs"> {
  const silent = silentSince(context, vehicle);
  return silent === null ? {} : { vehicleSilentMs: secondsOf(silent.sinceMs) };
}

/** Only where it boarded since its last position: the arrival counts from then. */
function boardedOf(mission: MissionView, { wallMs }: Now): Pick<MissionRow, "boardedMs"> {
  const sinceMs = drivesSinceMs(mission, wallMs);
  const isLater = sinceMs !== null && sinceMs > wallMs - mission.position.ageMs;
  return isLater ? { boardedMs: secondsOf(sinceMs) } : {};
}

function takenBackOf({ steerTakenBack, destinationTakenBack }: MissionView): Pick<MissionRow, "takenBack"> {
  const takings = [
    ...(steerTakenBack === null ? [] : [{ what: "steered" as const, ...steerTakenBack }]),
    ...(destinationTakenBack === null ? [] : [{ what: "destination" as const, ...destinationTakenBack }]),
  ];
  if (takings.length === 0) return {};
  return {
    takenBack: takings.map(({ what, hospital, sinceMs }) => ({ what, hospital, saidMs: secondsOf(sinceMs) })),
  };
}

function handoverOf({
  handover,
  handoverDeclined,
}: MissionView): Pick<MissionRow, "handover" | "handoverDeclinedMs"> {
  if (handoverDeclined !== null) return { handoverDeclinedMs: secondsOf(handoverDeclined.sinceMs) };
  if (handover === null) return {};
  const { ref, site: from, to, sinceMs } = handover;
  return { handover: { ref, from, to, saidMs: secondsOf(sinceMs) } };
}

/** What this patient needs, where that is not what the need asks for anyway. */
function asksOf({ data }: BoardContext, mission: MissionView): Pick<MissionRow, "asks"> {
  const row = data.needs.find(({ id }) => id === mission.need);
  const { required, preferred } = needFor({ data }, mission);
  return required === row?.required && preferred === row.preferred ? {} : { asks: { required, preferred } };
}

export function flagsOf(mission: MissionView): MissionRow["flags"] {
  return shownFlags.filter((flag) => mission[flag]);
}

/** The newest word of a centre, as long as the crew has not answered it. */
function steeredOf(context: BoardContext, mission: MissionView): MissionRow["steered"] {
  const open = openSteer(mission);
  if (open === undefined) return null;
  const { hospital, ref, sinceMs } = open;
  const heldByCrew = hasFactReached(context, mission.vehicle, ref);
  return { hospital, saidMs: secondsOf(sinceMs), ...(heldByCrew === null ? {} : { heldByCrew }), ref };
}

export function apartOf(mission: MissionView): Pick<MissionRow, "apart"> {
  const apart = chosenApart(mission);
  if (apart.length === 0) return {};
  return {
    apart: apart.map(({ hospital, site: centre, sinceMs }) => ({
      ...{ hospital, centre },
      saidMs: secondsOf(sinceMs),
    })),
  };
}

function forcedOf(mission: MissionView): Pick<MissionRow, "forced"> {
  const standing = standingForced(mission);
  if (standing === null || standing.forced === null) return {};
  const { hospital, forced: reason, site: centre, by, sinceMs } = standing;
  return { forced: { hospital, reason, centre, by, saidMs: secondsOf(sinceMs) } };
}

function keptOf(mission: MissionView): MissionRow["kept"] {
  const kept = keptProposal(mission);
  return kept === undefined ? null : { reason: kept.reason ?? "", saidMs: secondsOf(kept.sinceMs) };
}

/** How long the hospital where it is headed would have to answer, if it were asked now. */
function deadlineFor(context: BoardContext, mission: MissionView, now: Now): number {
  const aim = openSteer(mission) ?? mission.destination;
  const drive = aim === null ? null : driveTo(context, mission, aim.hospital);
  return answerWithinS(
    mission.urgency,
    leftMinTenths(mission, drive, now),
    announcementPolicyOf(context.data),
  );
}

/**
 * The least that can be left of a drive from the last position: with the patient on board it may have gone on since, in
 * whole minutes, so that a row is not pushed each second.
 */
function leftMinTenths(mission: MissionView, drive: number | null, { wallMs }: Now): number | null {
  const sinceMs = drivesSinceMs(mission, wallMs);
  if (drive === null || sinceMs === null) return drive;
  return Math.max(0, drive - Math.floor((wallMs - sinceMs) / minuteMs) * 10);
}

/** Asked, held there, answered: each only on the other side's durable word. */
export function requestState(
  context: BoardContext,
  request: RequestView | undefined,
  now: Now,
): RequestState {
  if (request === undefined) return { step: "none" };
  const { hospital, ref, answer, answerOver, answerTakenBack } = request;
  const { hadAccepted } = request;
  const accepted = hadAccepted === null ? {} : { accepted: hadAccepted.ref, ...acceptedOf(request) };
  if (answer === null) {
    const there = hasFactReached(context, hospital, ref);
    const retaken = answerTakenBack === null ? {} : { answerTakenBackMs: secondsOf(answerTakenBack.sinceMs) };
    return {
      step: "asked",
      ref,
      over: answerOver,
      hospital,
      askedMs: secondsOf(request.sinceMs),
      ...(there === null ? {} : { heldThere: there }),
      dueMs: secondsOf(requestDueMs(context, request, there, now)),
      escalated: request.escalated.map(({ channel }) => channel),
      ...retaken,
      ...accepted,
    };
  }
  const { reason, sinceMs, spoken } = answer;
  const answeredMs = secondsOf(sinceMs);
  return {
    ...{ step: "answered", asked: ref, over: answerOver, hospital },
    ...{ answer: answer.answer, reason, answeredMs, ref: answer.ref },
    ...(spoken === null ? {} : { spokenBy: spoken.answeredBy }),
    ...(request.answersDiffer ? { differs: true } : {}),
    ...accepted,
  };
}

/** When it had accepted what it accepts no more. */
export function acceptedOf({ hadAccepted }: RequestView): { readonly acceptedMs?: number } {
  return hadAccepted === null ? {} : { acceptedMs: secondsOf(hadAccepted.sinceMs) };
}

export function requestDueMs(
  { hosted, data, deliveries }: BoardContext,
  request: RequestView,
  there: boolean | null,
  now: Now,
): number {
  const held = { there, here: request.hospital === hosted.site };
  return dueMs(deliveries, request, held, now, data.policy.deliverWithinS.value);
}

function decisionOf(context: BoardContext, mission: MissionView, arrival: number | null, now: Now): Decide {
  const step = mission.step?.step;
  if (step === "arrived" || step === "ended") return null;
  const cause = causeOf(context, mission);
  if (cause === null) return soonerOf(context, mission, arrival, now);
  // Where it is headed may still be asked for: choosing it asks both hospitals.
  const besides = cause.cause === "not-agreed" ? null : cause.aim;
  const { lines, forced, seen } = seenLines(context, mission, now, besides);
  if (forced && isLost(cause.cause) && standingForced(mission) !== null) return null;
  const call =
    cause.cause === "destination-silent" && doorOf(context, mission, arrival, now).door !== undefined;
  const quiet = cause.cause === "destination-silent" && !call && isYoungSilence(context, cause.aim);
  const sinceMs = secondsOf(Math.min(cause.sinceMs, now.wallMs));
  const policy = context.base.policy.version;
  return { cause: cause.cause, sinceMs, call, ...(quiet ? { quiet } : {}), forced, lines, policy, seen };
}

/**
 * Another hospital would be so much sooner by what became known since somebody chose. Close to the door of a hospital that is silent or
 * unconfirmed nobody is turned away: somebody is called there. While we are cut off, we know of no change.
 */
function soonerOf(context: BoardContext, mission: MissionView, arrival: number | null, now: Now): Decide {
  const aim = openSteer(mission) ?? mission.destination;
  const { house, hosted, site, resteering } = context;
  // A crew's board shows no proposal before a centre confirmed it; minutes alone turn no transfer.
  if (aim === null || mission.from !== null || !isCentre(house.charter, site)) return null;
  if (ownContact(hosted.contact).cutOff !== null) return null;
  if (doorOf(context, mission, arrival, now).door !== undefined) return null;
  return lookedAt(resteering, mission, aim, now, () => soonerThanAt(context, mission, aim, now));
}

function soonerThanAt(
  context: BoardContext,
  mission: MissionView,
  aim: { readonly hospital: Name; readonly sinceMs: number },
  now: Now,
): Decide {
  const { data, resteering } = context;
  const question = { ...questionOf(context, patientNow(context, mission, now), now), linesMax };
  const open = proposalFor(resteering, mission, aim, question, resteerPolicyOf(data));
  if (open === null) return null;
  const { lines, forced, seen } = seenLines(context, mission, now, aim.hospital);
  const savedMin = shownMin(open.savedMinTenths);
  const sinceMs = secondsOf(open.sinceMs);
  const policy = context.base.policy.version;
  return { cause: "another-sooner", sinceMs, savedMin, call: false, forced, lines, policy, seen };
}

/** A hospital that is assigned by force may say *cannot*: as long as no other is suitable, that turns nobody away. */
function isLost(cause: Cause): boolean {
  return cause === "declined" || cause === "destination-cannot";
}

/** Found silent less than the region's `silentSoundsAfterS` ago. */
function isYoungSilence({ hosted, data }: BoardContext, hospital: Name | null): boolean {
  if (hospital === null) return false;
  const { foundSilentForMs } = contactOf(hosted.contact, hospital);
  return foundSilentForMs !== null && foundSilentForMs < data.policy.silentSoundsAfterS.value * secondMs;
}

function doorOf(
  context: BoardContext,
  mission: MissionView,
  arrival: number | null,
  now: Now,
): Pick<MissionRow, "door"> {
  const { destination } = mission;
  const silent = destination === null ? null : silentSince(context, destination.hospital);
  const sight = {
    silentSinceMs: silent?.sinceMs ?? null,
    leftMinTenths: leftMinTenths(mission, arrival, now),
  };
  const door = doorCall(context, mission, sight, now);
  if (door === null) return {};
  const { silentSinceMs, lastTryMs } = door;
  const tried = lastTryMs === undefined ? {} : { lastTryMs: secondsOf(lastTryMs) };
  return { door: { ...door, silentSinceMs: secondsOf(silentSinceMs), ...tried } };
}

/** Why a person has to decide. While we are cut off ourselves nobody is called silent. */
function causeOf(
  context: BoardContext,
  mission: MissionView,
): { readonly cause: Cause; readonly sinceMs: number; readonly aim: Name | null } | null {
  const aim = openSteer(mission) ?? mission.destination;
  const apart = chosenApart(mission);
  if (apart.length > 0) {
    const sinceMs = Math.max(...apart.map((choice) => choice.sinceMs));
    return { cause: "chosen-apart", sinceMs, aim: aim?.hospital ?? null };
  }
  if (aim === null)
    return onScene(mission) || mission.from !== null
      ? { cause: "no-destination", sinceMs: mission.opened.sinceMs, aim: null }
      : null;
  const { hospital } = aim;
  const refused = refusalOf(mission, hospital);
  if (refused !== null) return { cause: "declined", sinceMs: refused, aim: hospital };
  const notAgreed = notAgreedSince(mission, aim);
  if (notAgreed !== null) return { cause: "not-agreed", sinceMs: notAgreed, aim: hospital };
  // Whoever is in immediate danger is driven to be stabilised: nothing else is asked of the hospital.
  const need = isInDanger(mission) ? stabilise : needFor(context, mission);
  const cannot = cannotSince(context, need, hospital);
  if (cannot !== null && !isChosenSince(mission, hospital, cannot.knownMs))
    return { cause: "destination-cannot", sinceMs: cannot.saidMs, aim: hospital };
  const silent = silentSince(context, hospital);
  if (silent === null || isChosenInSilence(mission, hospital, silent)) return null;
  return { cause: "destination-silent", sinceMs: silent.sinceMs, aim: hospital };
}

/**
 * What a centre chose after the silence was found was chosen knowing it, and so was what it kept since the last beat. A
 * crew may name a hospital without knowing that nobody hears it.
 */
function isChosenInSilence(mission: MissionView, hospital: Name, silent: Silence): boolean {
  const kept = keptProposal(mission);
  if (kept !== undefined && kept.sinceMs >= silent.sinceMs) return true;
  return mission.proposals.some((one) => one.hospital === hospital && one.sinceMs > silent.foundMs);
}

function onScene(mission: MissionView): boolean {
  return mission.step?.step === "on-scene" || mission.step?.step === "patient-on-board";
}

/** When the hospital turned this patient away, unless a centre chose it knowing that. */
function refusalOf(mission: MissionView, hospital: Name): number | null {
  const answer = lastAnswerOf(mission, hospital);
  if (answer === null || !turnsAway(mission, answer)) return null;
  if (isChosenSince(mission, hospital, answer.storedMs)) return null;
  return answer.sinceMs;
}

/** A centre's choice of this hospital stands that was stored here after `knownMs`: what was known then was known to it. */
function isChosenSince({ proposals }: MissionView, hospital: Name, knownMs: number): boolean {
  return proposals.some((proposal) => proposal.hospital === hospital && proposal.storedMs > knownMs);
}

/**
 * Since when the hospital says for all that it has of a group of alternatives that it cannot, and since when that is known
 * here; of several groups that which became known last. What it never had (*no*) is no way out of the group.
 */
function cannotSince(
  context: BoardContext,
  need: { readonly required: readonly (readonly string[])[] },
  hospital: Name,
): { readonly saidMs: number; readonly knownMs: number } | null {
  const row = context.base.hospitalIndex.get(hospital);
  // The charter, or anybody's fact, may name one that this anchor's region files lack.
  if (row === undefined) return null;
  const { cells, cellSinceMs, cellChangedMs, capabilities, capabilityIndex } = context.base;
  const lost = need.required
    .map((group) => group.map((id) => row * capabilities.length + present(capabilityIndex.get(id), id)))
    .filter((group) =>
      group.every((cell) => cells[cell] === cellClass.cannot || cells[cell] === cellClass.no),
    )
    .map((group) => group.filter((cell) => cells[cell] === cellClass.cannot))
    .filter((said) => said.length > 0)
    .map((group) => ({
      saidMs: Math.max(...group.map((cell) => cellSinceMs[cell] ?? 0)),
      knownMs: Math.max(...group.map((cell) => cellChangedMs[cell] ?? 0)),
    }));
  return lost.sort((a, b) => b.knownMs - a.knownMs)[0] ?? null;
}

/** When a hospital was last heard, and when it was found silent, our clock, UTC ms. */
type Silence = { readonly sinceMs: number; readonly foundMs: number };

/** Null while it is heard, or while we hear nobody ourselves. */
export function silentSince(context: BoardContext, hospital: Name): Silence | null {
  if (ownContact(context.hosted.contact).cutOff !== null) return null;
  const { lastHeardWallMs, foundSilentWallMs } = contactOf(context.hosted.contact, hospital);
  if (lastHeardWallMs === null || foundSilentWallMs === null) return null;
  return { sinceMs: lastHeardWallMs, foundMs: foundSilentWallMs };
}

/** Minutes from the last position, in tenths, by air where advice counts so; null where unknown. */
export function driveTo({ base }: BoardContext, mission: MissionView, hospital: Name): number | null {
  const place = cellMiddle(mission.position.cell);
  const row = base.hospitalIndex.get(hospital);
  const { roads, driveMinTenths } = base;
  const driven = driveFrom(roads, place, driveMinTenths, (one) => one === row);
  if (row === undefined || !driven.ok) return null;
  if (mission.flown) flyWhereSooner(base, place, aloftMin(mission));
  return driveMinTenths[row] ?? null;
}

// Times on a wire are whole seconds, so that a row is pushed only when it says something else.
export function secondsOf(ms: number): number {
  return Math.round(ms / 1_000) * 1_000;
}
