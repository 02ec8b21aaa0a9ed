import { describe, expect, test } from "vitest";
import { boardHouse } from "../../../test/support/board-house.ts";
import { type Logs, missionBody, nightMs, say } from "../../../test/support/region.ts";
import type { LogId } from "../../basics/name.ts";
import { boardView } from "./board-rows.ts";

const box: LogId = "ukd/box/1-00000001";
const centre: LogId = "lst-d/box/1-00000001";
const crew: LogId = "rtw-1/tablet/1-00000001";

describe("[BOARD82] close to a hospital that is heard, and has not said that it takes what the patient needs", () => {
  const now = { wallMs: nightMs + 10_000, monoMs: 10_000 };
  const near = { latE2: 5_121, lonE2: 677 };
  const rowWhen = (more: (logs: Logs, mission: [LogId, number]) => void, cell = near) => {
    const logs: Logs = new Map();
    const mission: [LogId, number] = [...say(logs, centre, "mission.opened/1", missionBody)];
    say(logs, crew, "mission.destination/1", { mission, hospital: "ukd", over: [] });
    say(logs, crew, "mission.position/1", { mission, cell, ageS: 0 });
    more(logs, mission);
    return boardView(boardHouse(centre, logs), now).missions[0];
  };
  const doorWhen = (...all: Parameters<typeof rowWhen>) => rowWhen(...all)?.door ?? null;
  const unconfirmed = {
    ...{ hospital: "ukd", silentSinceMs: nightMs, arrived: false, tries: 0 },
    unconfirmed: true,
  };
  const required = ["emergency-department", "vascular-surgery", "cardiac-surgery"];
  const sayAll = (logs: Logs, state: string) => {
    for (const capability of required) say(logs, box, "hospital.status/1", { capability, state, over: [] });
  };

  test("somebody is to be called, and none is turned away; farther off nobody is", () => {
    expect(rowWhen(() => undefined)).toMatchObject({ door: unconfirmed, decide: null });
    expect(doorWhen(() => undefined, { latE2: 5_150, lonE2: 640 })).toBeNull();
  });

  test("until it says what it takes, be it full", () => {
    for (const state of ["open", "limited", "full"])
      expect(
        doorWhen((logs) => sayAll(logs, state)),
        state,
      ).toBeNull();
    const partly = doorWhen((logs) =>
      say(logs, box, "hospital.status/1", { capability: "emergency-department", state: "open", over: [] }),
    );
    expect(partly).toEqual(unconfirmed);
  });

  test("until somebody there was reached, about this patient or in a call-round", () => {
    const called = (reached: boolean) =>
      doorWhen((logs, mission) =>
        say(
          logs,
          centre,
          "mission.called/1",
          { mission, hospital: "ukd", channel: "telephone", reached },
          { at: nightMs + 9_000 },
        ),
      );
    expect(called(false)).toEqual({ ...unconfirmed, tries: 1, lastTryMs: nightMs + 9_000 });
    expect(called(true)).toBeNull();
  });

  test("not while it is asked, which is a task of its own, nor once it is ready, nor when the patient is there", () => {
    const ask = (logs: Logs, mission: [LogId, number]) =>
      say(logs, centre, "mission.asked/1", { mission, hospital: "ukd", answerWithinS: 60, over: [] });
    expect(doorWhen(ask)).toBeNull();
    const answer = (logs: Logs, mission: [LogId, number]) => {
      const asked = [...ask(logs, mission)];
      say(logs, box, "mission.answered/1", { mission, asked, answer: "ready", over: [] });
    };
    expect(doorWhen(answer)).toBeNull();
    expect(
      doorWhen((logs, mission) => say(logs, crew, "mission.step/1", { mission, step: "arrived" })),
    ).toBeNull();
  });
});
