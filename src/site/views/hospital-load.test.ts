import { expect, test } from "vitest";
import { atMin, boardHouse } from "../../../test/support/board-house.ts";
import { idOf, type Logs, missionBody, nightMs, say } from "../../../test/support/region.ts";
import type { FactRef, LogId } from "../../basics/name.ts";
import { type BoardContext, currentHospitals } from "./board-rows.ts";
import { viewContext } from "./region-context.ts";
import { whereTo } from "./where-to.ts";

const centre: LogId = "lst-d/box/1-00000001";
const other: LogId = "lst-w/box/1-00000001";
const crew: LogId = "rtw-1/tablet/1-00000001";
const neuss: LogId = "neuss/box/1-00000001";

function loadOf(context: BoardContext, hospital: string) {
  currentHospitals(context, viewContext(context, atMin(1)));
  const index = context.base.hospitalIndex.get(hospital) ?? -1;
  return {
    inbound: context.base.inbound[index],
    urgent: context.base.inboundUrgent[index],
    places: context.base.freePlaces[index],
    declines: [...(context.base.declines[index] ?? [])],
  };
}

function asked(hospital: string, mission: FactRef) {
  return { mission: [...mission], hospital, answerWithinS: 60, over: [] };
}

test("[ADVICE10] on the way to a hospital: whoever drives, is steered or asked for there, of every centre, until arrival", () => {
  const logs: Logs = new Map();
  const driving = say(logs, centre, "mission.opened/1", { ...missionBody, urgency: 1 });
  say(logs, crew, "mission.destination/1", { mission: [...driving], hospital: "ukd", over: [] });
  // The other centre's: its crew drives nowhere yet, and it is steered and asked for there.
  const others = say(logs, other, "mission.opened/1", { ...missionBody, urgency: 2, vehicle: "rtw-2" });
  say(logs, other, "mission.steered/1", { mission: [...others], hospital: "neuss", over: [] });
  const ask = say(logs, other, "mission.asked/1", asked("ukd", others));
  expect(loadOf(boardHouse(centre, logs), "ukd")).toMatchObject({ inbound: 2, urgent: 1, declines: [] });
  expect(loadOf(boardHouse(centre, logs), "neuss")).toMatchObject({ inbound: 1, urgent: 0, places: -1 });

  const answer = { mission: [...others], asked: [...ask], answer: "cannot", reason: "no-beds", over: [] };
  say(logs, "ukd/box/1-00000001", "mission.answered/1", answer);
  say(logs, crew, "mission.step/1", { mission: [...driving], step: "arrived" });
  say(logs, neuss, "hospital.beds/1", { ward: "emergency-department", free: 3, over: [] });
  say(logs, neuss, "hospital.beds/1", { ward: "general", free: 9, over: [] });
  const later = boardHouse(centre, logs);
  expect(loadOf(later, "ukd")).toMatchObject({
    inbound: 0,
    urgent: 0,
    declines: [["aortic-emergency", nightMs]],
  });
  expect(loadOf(later, "neuss")).toMatchObject({ inbound: 1, places: 3 });
});

test("[ADVICE10] whose crew drives elsewhere, nobody waits for at a hospital that never answered", () => {
  const logs: Logs = new Map();
  const mission = say(logs, centre, "mission.opened/1", { ...missionBody, urgency: 2 });
  say(logs, centre, "mission.asked/1", asked("ukd", mission));
  expect(loadOf(boardHouse(centre, logs), "ukd")).toMatchObject({ inbound: 1 });
  say(logs, crew, "mission.destination/1", { mission: [...mission], hospital: "neuss", over: [] });
  expect(loadOf(boardHouse(centre, logs), "ukd")).toMatchObject({ inbound: 0 });
  expect(loadOf(boardHouse(centre, logs), "neuss")).toMatchObject({ inbound: 1 });
});

test("[ADVICE10] a mission is not counted against itself, a refusal of a like patient is", () => {
  const logs: Logs = new Map();
  const mission = say(logs, centre, "mission.opened/1", { ...missionBody, urgency: 2 });
  say(logs, crew, "mission.destination/1", { mission: [...mission], hospital: "ukd", over: [] });
  const line = (question: Parameters<typeof whereTo>[2]) =>
    whereTo(boardHouse(centre, logs), atMin(1), question)?.named?.text.de;
  const own = { patient: { mission: idOf(mission) }, hospital: "ukd" };
  const patient = { need: "aortic-emergency", position: { latE3: 51_205, lonE3: 6_805 } } as const;
  const stranger = { patient, hospital: "ukd" };
  expect(line(own)).not.toContain("unterwegs dorthin");
  expect(line(stranger)).toContain("1 unterwegs dorthin, Plätze nicht gemeldet: +5");
  const ask = say(logs, centre, "mission.asked/1", asked("ukd", mission));
  const answer = { mission: [...mission], asked: [...ask], answer: "cannot", reason: "no-beds", over: [] };
  say(logs, "ukd/box/1-00000001", "mission.answered/1", answer);
  expect(line(own)).toContain("hat abgelehnt");
  expect(line(stranger)).toContain("hat eben einen solchen abgelehnt");
  const over = [["ukd/box/1-00000001", 1]];
  const opened = { answer: "ready", answeredBy: "physician", readBack: true, channel: "telephone", over };
  say(logs, other, "mission.answer-spoken/1", { mission: [...mission], asked: [...ask], ...opened });
  expect(line(stranger)).not.toContain("hat eben einen solchen abgelehnt");
});

test("[ADVICE10] a refusal counts also once the patient was taken elsewhere and the mission has ended", () => {
  const logs: Logs = new Map();
  const mission = say(logs, centre, "mission.opened/1", { ...missionBody, urgency: 2 });
  const ask = say(logs, centre, "mission.asked/1", asked("ukd", mission));
  const answer = { mission: [...mission], asked: [...ask], answer: "cannot", reason: "no-beds", over: [] };
  say(logs, "ukd/box/1-00000001", "mission.answered/1", answer);
  say(logs, crew, "mission.destination/1", { mission: [...mission], hospital: "neuss", over: [] });
  say(logs, crew, "mission.step/1", { mission: [...mission], step: "arrived" });
  say(logs, crew, "mission.step/1", { mission: [...mission], step: "ended" });
  const house = boardHouse(centre, logs);
  expect(house.house.fold.running.size).toBe(0);
  expect(loadOf(house, "ukd").declines).toEqual([["aortic-emergency", nightMs]]);
});

test("[ADVICE10] a refusal that was followed by an acceptance is none, until that request is taken back", () => {
  const logs: Logs = new Map();
  const mission = say(logs, centre, "mission.opened/1", { ...missionBody, urgency: 2 });
  const answer = (ask: FactRef, said: string) => {
    const body = { mission: [...mission], asked: [...ask], answer: said, over: [] };
    return say(logs, "ukd/box/1-00000001", "mission.answered/1", body);
  };
  const declines = () => loadOf(boardHouse(centre, logs), "ukd").declines;
  answer(say(logs, centre, "mission.asked/1", asked("ukd", mission)), "cannot");
  expect(declines()).toHaveLength(1);
  const again = say(logs, centre, "mission.asked/1", asked("ukd", mission));
  answer(again, "ready");
  expect(declines()).toEqual([]);
  say(logs, centre, "mission.word-taken-back/1", { mission: [...mission], takesBack: [...again] });
  expect(declines()).toHaveLength(1);
});
