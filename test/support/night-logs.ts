import type { FactRef } from "../../src/basics/name.ts";
import { type Logs, missionBody, nightMs, say } from "./region.ts";

export const first = "duesseldorf/anchor/1-00000001";
export const other = "wuppertal/anchor/1-00000002";
export const [crewOne, crewTwo] = [
  "rtw-duesseldorf-1/tablet/1-00000003",
  "rtw-duesseldorf-2/tablet/1-00000004",
];
export const [neuss, barmen] = ["neuss/box/1-00000005", "barmen/box/1-00000006"];

export const centres = new Set(["duesseldorf", "wuppertal"]);
export const faultMs = nightMs + 10_000;
export const firstCentreLostMs = nightMs + 60_000;
export const cutOff = { fromMs: nightMs + 90_000, toMs: nightMs + 100_000 };
export const at = (seconds: number) => ({ at: nightMs + seconds * 1_000 });

/** The request of the fact that the first centre wrote of its own isolation. */
export const request = "s_request-1";

export type Missions = { readonly steered: FactRef; readonly kept: FactRef };

/** A night of two missions under way: one steered after a hospital declined, one kept. Everything went well. */
export function nightLogs(): { readonly logs: Logs; readonly missions: Missions } {
  const logs: Logs = new Map();
  const steered = say(logs, first, "mission.opened/1", missionBody);
  const kept = say(logs, first, "mission.opened/1", { ...missionBody, vehicle: "rtw-duesseldorf-2" });
  say(logs, crewOne, "mission.destination/1", { mission: steered, hospital: "ukd", over: [] });
  say(logs, crewTwo, "mission.destination/1", { mission: kept, hospital: "ukd", over: [] });
  const lost = { site: "ukd", lastHeardMs: faultMs + 200, flaps: 0 };
  say(logs, first, "contact.lost/1", lost, at(18.3));
  say(logs, other, "contact.lost/1", lost, at(18.2));
  const steer = (hospital: string, seconds: number) =>
    say(logs, first, "mission.steered/1", { mission: steered, hospital, over: [] }, at(seconds));
  steer("barmen", 19);
  const toNeuss = steer("neuss", 21);
  for (const [log, answer] of [
    [barmen, "cannot"],
    [neuss, "ready"],
  ] as const) {
    const hospital = log.split("/")[0] ?? "";
    const asked = say(
      logs,
      first,
      "mission.asked/1",
      { mission: steered, hospital, answerWithinS: 60, over: [] },
      at(20),
    );
    say(logs, log, "mission.answered/1", { mission: steered, asked, answer, over: [] }, at(22));
  }
  const confirmed = { mission: steered, hospital: "neuss", over: [toNeuss] };
  say(logs, crewOne, "mission.destination/1", confirmed, at(23));
  say(logs, first, "mission.kept/1", keptBody(kept), { ...at(24), by: "dispatcher#1" });
  say(
    logs,
    other,
    "contact.lost/1",
    { ...lost, site: "duesseldorf", lastHeardMs: firstCentreLostMs },
    at(68),
  );
  say(logs, other, "mission.taken-over/1", { mission: kept, from: "duesseldorf", over: [] }, at(70));
  say(logs, other, "mission.steered/1", { mission: kept, hospital: "neuss", over: [] }, at(71));
  const ended = { ...at(101), request };
  say(logs, first, "contact.cut-off/1", { fromMs: cutOff.fromMs, toMs: cutOff.toMs }, ended);
  return { logs, missions: { steered, kept } };
}

export function keptBody(mission: FactRef) {
  return { mission, hospital: "ukd", reason: "at-the-door", over: [] };
}

/** Takes what one log ends with out of it. */
export function without(log: string): (logs: Logs) => void {
  return (logs) => void logs.get(log)?.pop();
}

/** Makes every fact of this kind in a log one of a kind that this version does not know. */
export function withoutKind(log: string, kind: string): (logs: Logs) => void {
  return (logs) =>
    void logs.set(
      log,
      (logs.get(log) ?? []).map((entry) =>
        entry?.kind === kind ? { ...entry, kind: "log.future/9" } : entry,
      ),
    );
}
