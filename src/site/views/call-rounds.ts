import type { Name } from "../../basics/name.ts";
import { secondMs } from "../../basics/time.ts";
import { contactOf, ownContact } from "../../exchange/contact.ts";
import { centres, siteIn } from "../../region/charter.ts";
import type { MissionView } from "../../region/mission-view.ts";
import type { Hosted, House } from "../state.ts";
import type { CallRoundRow } from "./board-desk-view.ts";
import { secondsOf, silentSince } from "./board-mission.ts";
import type { BoardContext } from "./board-rows.ts";
import type { MissionRow } from "./board-view.ts";
import type { HospitalWords } from "./known-hospitals.ts";

/**
 * The hospitals that have to be called: silent for as long as the region's `silentSoundsAfterS`, at once where a crew
 * stands at the door or is close, until somebody there answered, be it about a mission, and again when what was said has run out. None while we
 * are cut off. Those that patients drive to first, then whoever has been silent longest.
 */
export function callRounds(
  context: BoardContext,
  hospitals: readonly HospitalWords[],
  missions: readonly MissionRow[],
  running: readonly MissionView[],
  nowMs: number,
): readonly CallRoundRow[] {
  if (ownContact(context.hosted.contact).cutOff !== null) return [];
  const doors = new Set(missions.flatMap(({ door }) => (door === undefined ? [] : [door.hospital])));
  const inbound = Map.groupBy(missions, ({ destination }) => destination?.hospital);
  const reached = running.flatMap(({ calls }) => calls.filter((call) => call.reached));
  const weight = ({ hospital }: CallRoundRow) => inbound.get(hospital)?.length ?? 0;
  return hospitals
    .flatMap((words) => roundOf(context, words, { isUrgent: doors.has(words.hospital), reached }, nowMs))
    .sort((a, b) => weight(b) - weight(a) || a.silentSinceMs - b.silentSinceMs);
}

function roundOf(
  context: BoardContext,
  { hospital, calls }: HospitalWords,
  { isUrgent, reached }: { readonly isUrgent: boolean; readonly reached: MissionView["calls"] },
  nowMs: number,
): readonly CallRoundRow[] {
  const silent = silentSince(context, hospital);
  if (silent === null || !(isUrgent || isFoundLongAgo(context, hospital))) return [];
  const countsFromMs = Math.max(silent.sinceMs, nowMs - context.runOut.voiceRunsOutMs);
  const since = calls.filter(({ sinceMs }) => sinceMs >= countsFromMs);
  if (since.some(({ answeredBy }) => answeredBy !== undefined)) return [];
  if (reached.some((call) => call.hospital === hospital && call.sinceMs >= countsFromMs)) return [];
  return [
    {
      hospital,
      silentSinceMs: secondsOf(silent.sinceMs),
      centre: centreFor(context.house, context.hosted, hospital),
      ...(isUrgent ? { urgent: true as const } : {}),
      tried: since.map(({ line, sinceMs }) => ({ line, saidMs: secondsOf(sinceMs) })),
    },
  ];
}

function isFoundLongAgo({ hosted, data }: BoardContext, hospital: Name): boolean {
  const { foundSilentForMs } = contactOf(hosted.contact, hospital);
  return foundSilentForMs !== null && foundSilentForMs >= data.policy.silentSoundsAfterS.value * secondMs;
}

/** Whose task a hospital is: its home centre's or, while we do not hear that one, the next in charter order that we do. */
export function centreFor({ charter }: House, { site, contact }: Hosted, hospital: Name): Name {
  const listed = centres(charter);
  const home = siteIn(charter, hospital)?.homeCentre;
  const order = home === undefined ? listed : [home, ...listed.filter((centre) => centre !== home)];
  const isThere = (centre: Name) => {
    const { verdict } = contactOf(contact, centre);
    return centre === site || verdict === "heard" || verdict === "late";
  };
  return order.find(isThere) ?? site;
}
