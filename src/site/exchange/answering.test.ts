import { expect, test } from "vitest";
import { boardHouse } from "../../../test/support/board-house.ts";
import { type Logs, missionBody, nightMs, say } from "../../../test/support/region.ts";
import type { JsonObject } from "../../basics/canonical-json.ts";
import type { FactRef, LogId } from "../../basics/name.ts";
import { answerRefusal } from "./answering.ts";

const centre: LogId = "lst-d/box/1-00000001";
const box: LogId = "ukd/box/1-00000001";
const tablet: LogId = "ukd/tablet/1-00000001";
const otherCentre: LogId = "lst-w/box/1-00000001";
const crew: LogId = "rtw-1/tablet/1-00000001";
const later = { at: nightMs + 60_000 };

const cannot = { answer: "cannot", reason: "no-beds" };

type Answering = {
  readonly over?: readonly FactRef[];
  readonly retry?: string;
  readonly answer?: JsonObject;
};

function refs(over: readonly FactRef[]) {
  return over.map((ref) => [...ref]);
}

function asked() {
  const logs: Logs = new Map();
  const mission = [...say(logs, centre, "mission.opened/1", missionBody)];
  const ask = { mission, hospital: "ukd", answerWithinS: 60, over: [] };
  const request: FactRef = say(logs, centre, "mission.asked/1", ask);
  const body = { mission, asked: [...request], answer: "ready" };
  const refusal = ({ over = [], retry, answer = {} }: Answering = {}) => {
    const { house, hosted } = boardHouse(box, logs);
    if (retry !== undefined) house.fold.requests.set("ukd/box", new Map([[retry, [box, 1] as const]]));
    const post = { kind: "mission.answered/1", body: { ...body, ...answer, over: refs(over) } };
    return answerRefusal(house, hosted, { ...post, request: retry });
  };
  return { logs, mission, request, body, refusal };
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
  expect(refusal({ retry: "request-1" })).toBeNull();
  expect(refusal({ over: [first] })).toBeNull();
});

test("[DOOR8] *cannot* is written beside *ready*, not the same *cannot* again, nor *ready* beside it", () => {
  const { logs, body, refusal } = asked();
  say(logs, box, "mission.answered/1", { ...body, over: [] });
  expect(refusal({ answer: cannot })).toBeNull();
  say(logs, tablet, "mission.answered/1", { ...body, ...cannot, over: [] });
  expect(refusal({ answer: cannot })).toBe("already-answered");
  expect(refusal({ answer: { ...cannot, reason: "no-staff" } })).toBeNull();
  expect(refusal()).toBe("already-answered");
});

test("[DOOR8] after a re-steer that the crew follows: the patient goes elsewhere, unless a centre steers it here", () => {
  const { logs, mission, request, refusal } = asked();
  const to = (hospital: string, over: readonly FactRef[] = []) => ({ mission, hospital, over: refs(over) });
  say(logs, otherCentre, "mission.steered/1", to("neuss", [request]), later);
  // The crew is on its way to where it was steered first, and has said nothing of this.
  say(logs, crew, "mission.destination/1", to("barmen"), later);
  expect(refusal()).toBeNull();
  say(logs, crew, "mission.destination/1", to("neuss"), later);
  expect(refusal()).toBe("driven-elsewhere");
  expect(refusal({ answer: cannot })).toBeNull();
  say(logs, centre, "mission.steered/1", to("ukd"), later);
  expect(refusal()).toBeNull();
});

test("[DOOR8] a crew's older word that arrives late, and a steering that the request came after, refuse nothing", () => {
  const { logs, mission, refusal } = asked();
  say(logs, crew, "mission.destination/1", { mission, hospital: "neuss", over: [] }, later);
  expect(refusal()).toBeNull();
  say(logs, otherCentre, "mission.steered/1", { mission, hospital: "neuss", over: [] }, later);
  expect(refusal()).toBeNull();
});

test("[DOOR8] a request that was taken back, and a mission that has ended, wait for no answer", () => {
  const taken = asked();
  const body = { mission: taken.mission, hospital: "ukd", over: [] };
  const steer = say(taken.logs, centre, "mission.steered/1", body);
  const back = { ...body, takesBack: [...steer], asked: taken.body.asked };
  say(taken.logs, centre, "mission.steer-taken-back/1", back);
  expect(taken.refusal()).toBe("request-taken-back");
  const { logs, mission, refusal } = asked();
  say(logs, crew, "mission.step/1", { mission, step: "ended" });
  expect(refusal()).toBe("mission-over");
});
