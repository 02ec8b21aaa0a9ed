import { describe, expect, test } from "vitest";
import { watching } from "../../../test/scenarios/watching.ts";
import { boardHouse } from "../../../test/support/board-house.ts";
import { type Logs, missionBody, nightMs, say } from "../../../test/support/region.ts";
import type { JsonObject } from "../../basics/canonical-json.ts";
import type { FactRef, LogId } from "../../basics/name.ts";
import { crewBoardView } from "./board-crew.ts";
import { hospitalBoardView } from "./board-hospital.ts";
import { boardView } from "./board-rows.ts";

const düsseldorf: LogId = "lst-d/box/1-00000001";
const barmen: LogId = "barmen/box/1-00000001";
const crew: LogId = "rtw-1/tablet/1-00000001";
const untilS = 100;
const now = { wallMs: nightMs + untilS * 1_000, monoMs: untilS * 1_000 };
const plain = (refs: readonly FactRef[]) => refs.map((ref) => [...ref]);

/** No emergency department can take anybody, and Düsseldorf chose Barmen, whose home centre is Wuppertal. */
function night() {
  const logs: Logs = new Map();
  const at = (second: number) => ({ at: nightMs + second * 1_000, by: "dispatcher#104" });
  for (const hospital of ["ukd", "neuss", "barmen"])
    say(logs, `${hospital}/box/1-00000001`, "hospital.status/1", {
      ...{ capability: "emergency-department", state: "cannot", over: [] },
    });
  const mission = [...say(logs, düsseldorf, "mission.opened/1", missionBody)];
  say(logs, crew, "mission.step/1", { mission, step: "on-scene" }, at(1));
  const centre = (kind: string, body: JsonObject, second: number) =>
    say(logs, düsseldorf, kind, { mission, ...body }, at(second));
  const steered = centre("mission.steered/1", { hospital: "barmen", forced: "its-turn", over: [] }, 10);
  const asked = centre(
    "mission.asked/1",
    { hospital: "barmen", answerWithinS: 60, over: plain([steered]) },
    11,
  );
  const row = (silentFromS: { readonly [site: string]: number } = {}) =>
    boardView(watching({ logs, untilS, silentFromS }), now).missions[0];
  const answer = (second: number, body: JsonObject) =>
    say(logs, barmen, "mission.answered/1", { mission, asked: [...asked], over: [], ...body }, at(second));
  return { logs, mission, at, centre, steered, row, answer };
}

describe("[BOARD109] a forced assignment on the boards", () => {
  test("the centre's names hospital, reason and person, and whose task it is to tell them", () => {
    const { row } = night();
    const forced = {
      ...{ hospital: "barmen", reason: "its-turn", centre: "lst-d", by: "dispatcher#104" },
      saidMs: nightMs + 10_000,
    };
    expect(row()?.forced).toEqual({ ...forced, call: { centre: "lst-w", tries: 0 } });
    // Its home centre silent, the next one has the task.
    expect(row({ "lst-w": 20 })?.forced).toEqual({ ...forced, call: { centre: "lst-d", tries: 0 } });
  });

  test("calls in vain count, and nobody has to call once somebody was reached, or the hospital has answered", () => {
    const { centre, row } = night();
    centre("mission.called/1", { hospital: "barmen", channel: "telephone", reached: false }, 20);
    expect(row()?.forced?.call).toEqual({ centre: "lst-w", tries: 1, lastTryMs: nightMs + 20_000 });
    centre("mission.called/1", { hospital: "barmen", channel: "radio", reached: true }, 30);
    expect(row()?.forced).toBeDefined();
    expect(row()?.forced?.call).toBeUndefined();
    const other = night();
    other.answer(20, { answer: "ready" });
    expect(other.row()?.forced?.call).toBeUndefined();
  });

  test("*cannot* is recorded and turns nobody away, until another hospital can", () => {
    const { logs, mission, at, row, steered, answer } = night();
    say(logs, crew, "mission.destination/1", { mission, hospital: "barmen", over: plain([steered]) }, at(15));
    answer(20, { answer: "cannot", reason: "no-beds" });
    expect(row()).toMatchObject({
      decide: null,
      forced: { hospital: "barmen" },
      destination: { hospital: "barmen" },
      request: { step: "answered", answer: "cannot" },
    });
    const open = { capability: "emergency-department", state: "open", over: [] };
    say(logs, "neuss/box/1-00000001", "hospital.status/1", open, at(40));
    expect(row()).toMatchObject({
      decide: { cause: "declined", forced: false, lines: [{ hospital: "neuss" }] },
    });
  });

  test("taken back it is gone, and what it had ended is asked again", () => {
    const { centre, row, steered } = night();
    expect(row()?.decide).toBeNull();
    const body = { takesBack: [...steered], hospital: "barmen", over: plain([steered]) };
    centre("mission.steer-taken-back/1", body, 15);
    expect(row()?.forced).toBeUndefined();
    expect(row()?.decide).toMatchObject({ cause: "no-destination", forced: true });
  });

  test("the hospital's says why and by whom, the crew's marks it; both until the crew drives elsewhere", () => {
    const { logs, mission, at, steered } = night();
    const forced = {
      ...{ reason: "its-turn", centre: "lst-d", by: "dispatcher#104" },
      saidMs: nightMs + 10_000,
    };
    const atHospital = () => hospitalBoardView(boardHouse(barmen, logs), now);
    const atCrew = () => crewBoardView(boardHouse(crew, logs), now).missions[0];
    expect(atHospital().requests).toMatchObject([{ state: "open", forced }]);
    expect(atCrew()?.resteer).toMatchObject({ forced: true });
    say(logs, crew, "mission.destination/1", { mission, hospital: "barmen", over: plain([steered]) }, at(20));
    expect(atHospital().inbound).toMatchObject([{ state: "announced", forced }]);
    expect(atCrew()?.destination).toMatchObject({ hospital: "barmen", forced: true });
    const over = atCrew()?.over ?? [];
    say(logs, crew, "mission.destination/1", { mission, hospital: "neuss", over: plain(over) }, at(30));
    expect(atHospital().inbound[0]).toMatchObject({ state: "diverted" });
    expect(atHospital().inbound[0]?.forced).toBeUndefined();
    expect(atCrew()?.destination?.forced).toBeUndefined();
  });
});
