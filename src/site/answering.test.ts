import { expect, test } from "vitest";
import { boardHouse } from "../../test/support/board-house.ts";
import { type Logs, missionBody, nightMs, say } from "../../test/support/region.ts";
import type { FactRef, LogId } from "../basics/name.ts";
import { answerRefusal } from "./answering.ts";

const centre: LogId = "lst-d/box/1-00000001";
const box: LogId = "ukd/box/1-00000001";
const crew: LogId = "rtw-1/tablet/1-00000001";
const later = { at: nightMs + 60_000 };

function asked() {
  const logs: Logs = new Map();
  const mission = [...say(logs, centre, "mission.opened/1", missionBody)];
  const ask = { mission, hospital: "ukd", answerWithinS: 60, over: [] };
  const request = [...say(logs, centre, "mission.asked/1", ask)];
  const body = { mission, asked: request, answer: "ready" };
  const refusal = (over: readonly FactRef[] = [], retry?: string) => {
    const { house, hosted } = boardHouse(box, logs);
    if (retry !== undefined) house.fold.requests.set("ukd/box", new Map([[retry, [box, 1] as const]]));
    const post = { kind: "mission.answered/1", body: { ...body, over: over.map((ref) => [...ref]) } };
    return answerRefusal(house, hosted, { ...post, request: retry });
  };
  return { logs, mission, body, refusal };
}

test("[DOOR8] an answer is written while somebody waits for it", () => {
  const { logs, mission, refusal } = asked();
  expect(refusal()).toBeNull();
  say(logs, crew, "mission.destination/1", { mission, hospital: "ukd", over: [] }, later);
  expect(refusal()).toBeNull();
});

test("[DOOR8] accepted twice: the second is told so; the same post again, and one that knows the first, are not", () => {
  const { logs, body, refusal } = asked();
  const first = say(logs, box, "mission.answered/1", { ...body, over: [] });
  expect(refusal()).toBe("already-answered");
  expect(refusal([], "request-1")).toBeNull();
  expect(refusal([first])).toBeNull();
});

test("[DOOR8] after a re-steer: the patient goes elsewhere, unless a centre steers it here", () => {
  const { logs, mission, refusal } = asked();
  say(logs, crew, "mission.destination/1", { mission, hospital: "neuss", over: [] }, later);
  expect(refusal()).toBe("driven-elsewhere");
  say(logs, centre, "mission.steered/1", { mission, hospital: "ukd", over: [] }, later);
  expect(refusal()).toBeNull();
});

test("[DOOR8] a steering that was taken back, and a mission that has ended, wait for no answer", () => {
  const taken = asked();
  const body = { mission: taken.mission, hospital: "ukd", over: [] };
  const steer = say(taken.logs, centre, "mission.steered/1", body);
  const back = { ...body, takesBack: [...steer], asked: taken.body.asked };
  say(taken.logs, centre, "mission.steer-taken-back/1", back);
  expect(taken.refusal()).toBe("driven-elsewhere");
  const { logs, mission, refusal } = asked();
  say(logs, crew, "mission.step/1", { mission, step: "ended" });
  expect(refusal()).toBe("mission-over");
});
