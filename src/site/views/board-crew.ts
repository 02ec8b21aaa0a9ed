import type { Name } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import type { DestinationView, MissionView, ProposalView } from "../../region/mission-view.ts";
import { missionsOf } from "../../region/view.ts";
import { forgetSeen } from "../decisions/seen.ts";
import { heldBy, isHeldByDispatch } from "../exchange/held.ts";
import { apartOf, missionRow, requestState, secondsOf, silentSince } from "./board-mission.ts";
import { arrivalMs, driveMinTenths } from "./board-patient.ts";
import { type BoardContext, beginDrawing, type Drawing, ownOf } from "./board-rows.ts";
import type { CrewBoardView, CrewDestination, CrewLine, CrewMissionRow, Resteer } from "./board-site-view.ts";
import type { RequestState } from "./board-view.ts";
import { heldFor } from "./held-for.ts";
import { seenLines } from "./mission-lines.ts";
import { radioLine, understoodLine } from "./radio-line.ts";
import { chosenApart, forcedTo, openSteer } from "./standing-choices.ts";
import { fromOf } from "./transfer-row.ts";

/** The board of the crew that the context's site is. `drawing`: of this moment, where several views are drawn in it. */
export function crewBoardView(
  context: BoardContext,
  now: Now,
  drawing: Drawing = beginDrawing(context, now),
): CrewBoardView {
  const missions = missionsOf(drawing.region, context.site);
  forgetSeen(context.sights, missions);
  if (missions.length > 0) context.sights.now = drawing.sight();
  return {
    own: ownOf(context, drawing),
    missions: missions.map((mission) => crewMissionRow(context, mission, now)),
  };
}

function crewMissionRow(context: BoardContext, mission: MissionView, now: Now): CrewMissionRow {
  const row = missionRow(context, mission, now);
  const { ref, vehicle, need, urgency, ageGroup, flags, step, callAtMs, position, owners, takenBack } = row;
  const { lines, forced, seen } = seenLines(context, mission, now);
  const destination = destinationOf(context, mission, now);
  return {
    mission: row.mission,
    ...{ ref, vehicle, need, urgency, ageGroup, flags, step, callAtMs, position, owners },
    ...fromOf(mission),
    ...(takenBack === undefined ? {} : { takenBack }),
    over: mission.crewOver,
    lines: lines.map((line): CrewLine => ({ ...line, confirmed: isConfirmed(mission, line.hospital) })),
    forced,
    seen,
    destination,
    otherDestinations: mission.otherDestinations.map(({ hospital }) => hospital),
    resteer: resteerOf(context, mission, now),
    ...apartOf(mission),
    radio: radioLine(context, mission, destination),
  };
}

/** A centre's word in force names this hospital for this patient, and no other centre's another one. */
function isConfirmed(mission: MissionView, hospital: Name): boolean {
  if (chosenApart(mission).length > 0) return false;
  return mission.proposals.some((proposal) => proposal.hospital === hospital);
}

function destinationOf(context: BoardContext, mission: MissionView, now: Now): CrewDestination | null {
  const { destination } = mission;
  return destination === null ? null : announced(context, mission, destination, now);
}

function announced(
  context: BoardContext,
  mission: MissionView,
  { hospital, ref, sinceMs, spoken }: DestinationView,
  now: Now,
): CrewDestination {
  const silent = silentSince(context, hospital);
  return {
    hospital,
    ref,
    ...(silent === null ? {} : { silentSinceMs: secondsOf(silent.sinceMs) }),
    ...(forcedTo(mission, hospital) === null ? {} : { forced: true }),
    saidMs: secondsOf(sinceMs),
    spoken,
    driveMinTenths: driveMinTenths(context, mission, hospital),
    arrivalMs: arrivalMs(context, mission, hospital, now.wallMs),
    heldByDispatch: isHeldByDispatch(context.house, ref),
    heldThere: heldBy(context.house, hospital, ref),
    request: requestTo(context, mission, hospital, now),
  };
}

function requestTo(context: BoardContext, mission: MissionView, hospital: Name, now: Now): RequestState {
  const asked = mission.requests.findLast(
    (request) => request.hospital === hospital && request.takenBack === null,
  );
  const state = requestState(context, asked, now);
  if (state.step !== "answered" || !asked?.answer) return state;
  const { heldAt } = heldFor(context, mission, asked.answer.ref);
  return heldAt === undefined ? state : { ...state, heldAt };
}

/** Only what a centre selected and confirmed, as long as the crew has not answered it. */
function resteerOf(context: BoardContext, mission: MissionView, now: Now): Resteer | null {
  const open = openSteer(mission);
  return open === undefined ? null : resteer(context, mission, open, now);
}

function resteer(context: BoardContext, mission: MissionView, open: ProposalView, now: Now): Resteer {
  const old = mission.destination?.hospital ?? null;
  const silent = silentSince(context, open.hospital);
  const to = (hospital: Name) => ({
    hospital,
    driveMinTenths: driveMinTenths(context, mission, hospital),
  });
  return {
    ref: open.ref,
    centre: open.site,
    by: open.by,
    saidMs: secondsOf(open.sinceMs),
    old: old === null ? null : to(old),
    new: to(open.hospital),
    ...(open.forced === null ? {} : { forced: true }),
    ...(silent === null ? {} : { newSilentSinceMs: secondsOf(silent.sinceMs) }),
    request: requestTo(context, mission, open.hospital, now),
    radio: understoodLine(context, mission, open.hospital),
  };
}
