import type { Name } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import type { CellView } from "../../region/cell-view.ts";
import { concernedByItFailure } from "../../region/it-failure.ts";
import type { RequestView } from "../../region/mission-requests.ts";
import { lastRequestOf, type MissionView } from "../../region/mission-view.ts";
import { capabilityIds } from "../../region/region-data.ts";
import { brokenOffConcerning, cellOf, type EndedMission, missionsConcerning } from "../../region/view.ts";
import type { ViewContext } from "../../region/view-context.ts";
import { isHeldByDispatch } from "../exchange/held.ts";
import { divertedShownMs } from "../limits.ts";
import { runsOutSoon, wordRows } from "./board-centre.ts";
import { acceptedOf, requestDueMs, secondsOf } from "./board-mission.ts";
import { patientRow } from "./board-patient.ts";
import { type BoardContext, beginDrawing, type Drawing, ownOf, stateCell } from "./board-rows.ts";
import type {
  CapabilityRow,
  HospitalBoardView,
  InboundRow,
  OutgoingRow,
  RequestRow,
} from "./board-site-view.ts";
import { contestHere, placesOf } from "./contests.ts";
import { hasFactReached } from "./fact-reached.ts";
import { heldFor } from "./held-for.ts";
import { type HospitalWords, knownHospital } from "./known-hospitals.ts";
import { openSteer } from "./standing-choices.ts";
import { ownTransferRows } from "./transfers-asked.ts";
import { agreementWithdrawn, withdrawnSince } from "./withdrawn.ts";

/** The board of the hospital that the context's site is. `drawing`: of this moment, where several views are drawn in it. */
export function hospitalBoardView(
  context: BoardContext,
  now: Now,
  drawing: Drawing = beginDrawing(context, now),
): HospitalBoardView {
  const { region } = drawing;
  // Who has arrived is a patient here, no longer on the way.
  const coming = missionsConcerning(region, context.site).filter(({ step }) => step?.step !== "arrived");
  const { site } = context;
  const words = knownHospital(context.known, region, site);
  const places = placesOf(words.beds);
  const aimedHere = coming.filter((mission) => aimOf(mission) === site);
  const over = brokenOffConcerning(region, site, divertedShownMs);
  return {
    own: ownOf(context, drawing),
    capabilities: capabilityRows(context, region, words),
    inbound: [
      ...coming.flatMap((mission) => inboundRow(context, mission, now.wallMs)),
      ...over.flatMap((one) => brokenOffRow(context, one, now.wallMs)),
    ].sort((a, b) => inboundRank(a) - inboundRank(b)),
    requests: [
      ...coming.flatMap((mission) => [
        ...requestRows(context, mission, contestHere(mission, aimedHere, places), now),
        ...agreementRows(context, mission, now),
      ]),
      ...over.flatMap(({ mission }) => brokenOffRequests(context, mission, now)),
    ].sort((a, b) => requestRank(a) - requestRank(b)),
    outgoing: coming
      .filter(({ from }) => from === site)
      .map((mission) => outgoingRow(context, mission, now.wallMs)),
    transfers: ownTransferRows(context, region),
  };
}

/** Where it is headed, or whom a centre asks while it drives nowhere yet. */
function aimOf(mission: MissionView): Name | null {
  return (openSteer(mission) ?? mission.destination ?? lastRequestOf(mission))?.hospital ?? null;
}

function capabilityRows(
  context: BoardContext,
  region: ViewContext,
  words: HospitalWords,
): readonly CapabilityRow[] {
  const { site, data } = context;
  const known = data.hospitals.find(({ id }) => id === site)?.capabilities;
  return capabilityIds.map((capability) => {
    const cell = cellOf(words, capability);
    return {
      capability,
      principle: known?.[capability].value ?? "unknown",
      cell: stateCell(cell),
      words: wordRows(context.house, cell),
      takenBack: takenBackOf(context, cell),
      over: cell.over,
      runsOutSoon: runsOutSoon(cell, region.runOut, region.nowMs),
      itFailure: concernedByItFailure(capability),
    };
  });
}

function takenBackOf({ house }: BoardContext, { takenBack }: CellView): CapabilityRow["takenBack"] {
  if (takenBack === null) return null;
  const { ref, site, by, sinceMs } = takenBack;
  return { ref, site, by, saidMs: secondsOf(sinceMs), heldByDispatch: isHeldByDispatch(house, ref) };
}

/** Only what the crew itself says: a proposal of the centre brings nobody yet. */
function inboundRow(context: BoardContext, mission: MissionView, nowMs: number): readonly InboundRow[] {
  const { site } = context;
  const { all, here } = destinationsOf(mission, site);
  const patient = patientRow(context, mission, site, nowMs);
  if (here === undefined) return divertedRow(mission, site, patient, nowMs);
  return [
    {
      ...patient,
      state: mission.step?.step === "patient-on-board" ? "inbound" : "announced",
      saidMs: secondsOf(here.sinceMs),
      spoken: here.spoken,
      disputed: all.length > 1,
      divertedTo: null,
      divertedMs: null,
    },
  ];
}

/** What the crew's tablets name, the one that holds first; and what of it is this hospital. */
function destinationsOf({ destination, otherDestinations }: MissionView, site: Name) {
  const all = destination === null ? [] : [destination, ...otherDestinations];
  return { all, here: all.find(({ hospital }) => hospital === site) };
}

function divertedRow(
  mission: MissionView,
  site: Name,
  patient: ReturnType<typeof patientRow>,
  nowMs: number,
): readonly InboundRow[] {
  const former = mission.formerDestinations.find(({ hospital }) => hospital === site);
  const { destination, destinationTakenBack: retaken } = mission;
  const isSlip = retaken?.hospital === site;
  const since = isSlip ? retaken : destination;
  if (former === undefined || since === null || nowMs - since.sinceMs > divertedShownMs) return [];
  return [
    {
      ...patient,
      arrivalMs: null,
      state: isSlip ? "taken-back" : "diverted",
      saidMs: secondsOf(former.sinceMs),
      spoken: former.spoken,
      disputed: false,
      divertedTo: destination?.hospital ?? null,
      divertedMs: secondsOf(since.sinceMs),
    },
  ];
}

/** Who drove to us until the mission ended on the way: whoever waits for the patient has to know that nobody comes. */
function brokenOffRow(
  context: BoardContext,
  { mission, endedMs }: EndedMission,
  nowMs: number,
): readonly InboundRow[] {
  const { site } = context;
  const { all, here } = destinationsOf(mission, site);
  if (here === undefined) return [];
  return [
    {
      ...patientRow(context, mission, site, nowMs),
      arrivalMs: null,
      state: "broken-off",
      saidMs: secondsOf(here.sinceMs),
      spoken: here.spoken,
      disputed: all.length > 1,
      divertedTo: null,
      divertedMs: secondsOf(endedMs),
    },
  ];
}

/** What was still asked of us, or answered, when the mission ended. */
function brokenOffRequests(context: BoardContext, mission: MissionView, now: Now): readonly RequestRow[] {
  return mission.requests
    .filter((request) => request.hospital === context.site && withdrawnSince(mission, request) === null)
    .map((request) => ({ ...requestRow(context, mission, request, now), state: "withdrawn" as const }));
}

function inboundRank({ state, arrivalMs, saidMs }: InboundRow): number {
  if (state === "inbound") return arrivalMs ?? saidMs;
  return (state === "announced" ? 1e14 : 2e14) + saidMs;
}

function requestRows(
  context: BoardContext,
  mission: MissionView,
  contest: Pick<RequestRow, "contest">,
  now: Now,
): readonly RequestRow[] {
  const { site } = context;
  return mission.requests
    .filter(({ hospital }) => hospital === site)
    .flatMap((request) => {
      const row = requestRow(context, mission, request, now);
      const withdrawnMs = withdrawnSince(mission, request);
      if (withdrawnMs === null) return [{ ...row, ...contest }];
      return now.wallMs - withdrawnMs > divertedShownMs ? [] : [{ ...row, state: "withdrawn" as const }];
    });
}

/** Whether our own patient is to go there: asked of us as the sending hospital. */
function agreementRows(context: BoardContext, mission: MissionView, now: Now): readonly RequestRow[] {
  if (mission.from !== context.site) return [];
  return mission.agreements.flatMap((agreement) => {
    const row = { ...requestRow(context, mission, agreement, now), to: agreement.to };
    const withdrawnMs = agreementWithdrawn(mission, agreement);
    if (withdrawnMs === null) return [row];
    return now.wallMs - withdrawnMs > divertedShownMs ? [] : [{ ...row, state: "withdrawn" as const }];
  });
}

function outgoingRow(context: BoardContext, mission: MissionView, nowMs: number): OutgoingRow {
  const to = mission.destination?.hospital ?? null;
  return {
    ...patientRow(context, mission, to ?? context.site, nowMs),
    ...(to === null ? { arrivalMs: null } : {}),
    to,
  };
}

function requestRow(context: BoardContext, mission: MissionView, request: RequestView, now: Now): RequestRow {
  const { hosted, site } = context;
  const { answer, answerTakenBack } = request;
  // Drawn for it by another site's device, that may not know whether it has come.
  const there = hosted.site === site || hasFactReached(context, site, request.ref);
  return {
    ...patientRow(context, mission, site, now.wallMs),
    asked: request.ref,
    over: request.answerOver,
    centre: request.site,
    askedMs: secondsOf(request.sinceMs),
    dueMs: secondsOf(requestDueMs(context, request, there, now)),
    escalated: request.escalated.map(({ channel }) => channel),
    state: answer === null ? "open" : "answered",
    answer:
      answer === null
        ? null
        : {
            ref: answer.ref,
            answer: answer.answer,
            reason: answer.reason,
            by: answer.by,
            saidMs: secondsOf(answer.sinceMs),
            ...heldFor(context, mission, answer.ref),
            ...(answer.spoken === null ? {} : { spokenBy: answer.spoken.answeredBy }),
            ...(request.answersDiffer ? { differs: true as const } : {}),
          },
    answerTakenBackMs: answerTakenBack === null ? null : secondsOf(answerTakenBack.sinceMs),
    ...(answerTakenBack === null ? {} : { takenBackHeld: heldFor(context, mission, answerTakenBack.ref) }),
    ...acceptedOf(request),
  };
}

const requestOrder: readonly RequestRow["state"][] = ["open", "answered", "withdrawn"];

function requestRank({ state, dueMs }: RequestRow): number {
  return requestOrder.indexOf(state) * 1e14 + dueMs;
}
