import { expect, test } from "vitest";
import { atMin, boardHouse } from "../../../test/support/board-house.ts";
import { type Logs, missionBody, say } from "../../../test/support/region.ts";
import type { LogId } from "../../basics/name.ts";
import { crewBoardView } from "./board-crew.ts";
import { hospitalBoardView } from "./board-hospital.ts";
import { type BoardContext, beginDrawing } from "./board-rows.ts";

const centre: LogId = "lst-d/box/1-00000001";
const ukd: LogId = "ukd/box/1-00000001";
const crew: LogId = "rtw-1/tablet/1-00000001";

/** A hospital that has said something, waits for a patient, was asked to take it, and asks for a transfer itself. */
function night(): Logs {
  const logs: Logs = new Map();
  say(logs, ukd, "hospital.status/1", { capability: "ct", state: "full", over: [] });
  const mission = [...say(logs, centre, "mission.opened/1", missionBody)];
  say(logs, centre, "mission.proposed/1", { mission, hospital: "ukd", over: [] });
  say(logs, centre, "mission.asked/1", { mission, hospital: "ukd", answerWithinS: 60, over: [] });
  say(logs, crew, "mission.destination/1", { mission, hospital: "ukd", over: [] });
  const { need, urgency, ageGroup, doctor, ventilated, pregnant, infectious } = missionBody;
  const patient = { need, urgency, ageGroup, doctor, ventilated, pregnant, infectious };
  say(logs, ukd, "transfer.asked/1", patient as Parameters<typeof say>[3]);
  return logs;
}

/** What stands for the same on whoever's board it was drawn: not what had come to hand there, nor how a board names advice. */
const own = new Set(["own", "dueMs", "heldThere", "seen"]);
function words(view: object): unknown {
  return JSON.parse(JSON.stringify(view, (key, value) => (own.has(key) ? undefined : value)));
}

function atCentre(site: string): BoardContext {
  return { ...boardHouse(centre, night()), site };
}

test("[POCKET3] a centre draws a hospital's and a crew's board as these draw them themselves", () => {
  const now = atMin(1);
  const hospital = hospitalBoardView(boardHouse(ukd, night()), now);
  expect([hospital.inbound.length, hospital.requests.length, hospital.transfers.length]).toEqual([1, 1, 1]);
  expect(words(hospitalBoardView(atCentre("ukd"), now))).toEqual(words(hospital));
  const tablet = crewBoardView(boardHouse(crew, night()), now);
  expect(tablet.missions[0]?.lines.length).toBe(3);
  expect(words(crewBoardView(atCentre("rtw-1"), now))).toEqual(words(tablet));
});

test("what several views of one moment share is said of each site", () => {
  const now = atMin(1);
  const drawing = beginDrawing(atCentre("ukd"), now);
  const [first, second] = [
    hospitalBoardView(atCentre("ukd"), now, drawing),
    crewBoardView(atCentre("rtw-1"), now, drawing),
  ];
  expect([first.own.site, second.own.site]).toEqual(["ukd", "rtw-1"]);
  expect({ ...first.own, site: "" }).toEqual({ ...second.own, site: "" });
  expect([first.own.heldByDispatch, "people" in first.own]).toEqual([null, false]);
});
