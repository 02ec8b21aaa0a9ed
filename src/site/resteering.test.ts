import { describe, expect, test } from "vitest";
import { atMin, boardHouse } from "../../test/support/board-house.ts";
import { type Logs, missionBody, nightMs, say } from "../../test/support/region.ts";
import type { JsonObject } from "../basics/canonical-json.ts";
import { type FactRef, type LogId, refKey } from "../basics/name.ts";
import { minuteMs } from "../basics/time.ts";
import { lookedAt, newResteering } from "./resteering.ts";
import { boardView } from "./views/board-rows.ts";

const centre: LogId = "lst-d/box/1-00000001";
const other: LogId = "lst-w/box/1-00000001";
const box: LogId = "ukd/box/1-00000001";
const crew: LogId = "rtw-1/tablet/1-00000001";

const far = { latE2: 5_150, lonE2: 640 };
const at = (minute: number) => ({ at: nightMs + minute * minuteMs });

/** A crew on its way to ukd since 03:00 (minute 0), which tells where it is every minute. */
function onTheWay(cell = far, more: JsonObject = {}): { readonly logs: Logs; readonly mission: FactRef } {
  const logs: Logs = new Map();
  const mission = say(logs, centre, "mission.opened/1", { ...missionBody, urgency: 2, ...more });
  say(logs, crew, "mission.destination/1", { mission: [...mission], hospital: "ukd", over: [] });
  for (let minute = 1; minute < 9; minute += 1) {
    say(logs, crew, "mission.position/1", { mission: [...mission], cell, ageS: 0 }, at(minute));
  }
  return { logs, mission };
}

/** The other centre steers patients there, one after the other. */
function crowd(logs: Logs, hospital: string, count: number, minute: number): void {
  for (let i = 0; i < count; i += 1) {
    const opened = { ...missionBody, urgency: 2, vehicle: "rtw-2" };
    const mission = say(logs, other, "mission.opened/1", opened, at(minute));
    say(logs, other, "mission.steered/1", { mission: [...mission], hospital, over: [] }, at(minute));
  }
}

function decideAt(context: ReturnType<typeof boardHouse>, mission: FactRef, minute: number) {
  const { missions } = boardView(context, atMin(minute));
  return missions.find(({ ref }) => ref[0] === mission[0] && ref[1] === mission[1])?.decide;
}

describe("[ADVICE14] [BOARD98] a mission on its way", () => {
  test("is proposed to turn when what is known has changed: with what it saves and the lines of the others", () => {
    const { logs, mission } = onTheWay();
    const before = boardHouse(centre, logs);
    expect(decideAt(before, mission, 1)).toBeNull();
    crowd(logs, "ukd", 4, 2);
    const context = boardHouse(centre, logs);
    const decide = decideAt(context, mission, 2);
    expect(decide).toMatchObject({ cause: "another-sooner", sinceMs: nightMs + 2 * minuteMs, call: false });
    expect(decide?.savedMin).toBeGreaterThanOrEqual(8);
    expect(decide?.lines.map(({ hospital }) => hospital)).not.toContain("ukd");
    expect(decide?.lines[0]?.text.de).toMatch(/^→ /);
    // It stands while it is looked at again, and says since when.
    expect(decideAt(context, mission, 5)?.sinceMs).toBe(decide?.sinceMs);
    // A board that begins now sees it as well: it comes from facts.
    expect(decideAt(boardHouse(centre, logs), mission, 5)).toMatchObject({ cause: "another-sooner" });
  });

  test("[TRANSFER3] is turned by no minutes when it is a transfer: both hospitals have agreed to that destination", () => {
    const { logs, mission } = onTheWay(far, { from: "barmen" });
    const about = { mission: [...mission], over: [] };
    const agree = (site: string, kind: string, asks: JsonObject) => {
      const asked = [...say(logs, centre, kind, { ...about, ...asks, hospital: site, answerWithinS: 60 })];
      const by = { by: "physician#7" };
      say(logs, `${site}/box/1-00000001`, "mission.answered/1", { ...about, asked, answer: "ready" }, by);
    };
    agree("ukd", "mission.asked/1", {});
    agree("barmen", "mission.agreement-asked/1", { to: "ukd" });
    crowd(logs, "ukd", 4, 2);
    expect(decideAt(boardHouse(centre, logs), mission, 2)).toBeNull();
  });

  test("is left alone once somebody has chosen to stay, and never turned from an old place", () => {
    const { logs, mission } = onTheWay();
    crowd(logs, "ukd", 4, 2);
    const kept = { mission: [...mission], hospital: "ukd", reason: "not-worth-turning", over: [] };
    say(logs, centre, "mission.kept/1", kept, at(3));
    const context = boardHouse(centre, logs);
    for (const minute of [3, 4, 7]) expect(decideAt(context, mission, minute)).toBeNull();
    const old = onTheWay();
    crowd(old.logs, "ukd", 4, 9);
    expect(decideAt(boardHouse(centre, old.logs), old.mission, 10)).toBeNull();
  });

  test("is proposed again once the choice that ended it was taken back, which counts for nothing", () => {
    const { logs, mission } = onTheWay();
    crowd(logs, "ukd", 4, 2);
    const context = boardHouse(centre, logs);
    const look = (minute: number) =>
      decideAt({ ...context, house: boardHouse(centre, logs).house }, mission, minute);
    const proposed = look(2);
    expect(proposed).toMatchObject({ cause: "another-sooner" });
    const hospital = "ukd";
    const kept = { mission: [...mission], hospital, reason: "not-worth-turning", over: [] };
    for (const minute of [3, 4]) {
      const takesBack = [...say(logs, centre, "mission.kept/1", kept, at(minute))];
      expect(look(minute)).toBeNull();
      const back = { mission: [...mission], takesBack, hospital, over: [takesBack] };
      say(logs, centre, "mission.steer-taken-back/1", back, at(minute));
      expect(look(minute + 0.5)).toEqual(proposed);
    }
    // Whoever begins to look now sees it too: nobody has chosen.
    expect(decideAt(boardHouse(centre, logs), mission, 5)).toMatchObject({ cause: "another-sooner" });
  });

  test("is lost when somebody says for the hospital that it cannot, however often was chosen before", () => {
    const { logs, mission } = onTheWay();
    for (const minute of [1, 2, 3]) {
      const kept = { mission: [...mission], hospital: "ukd", reason: "crew-decided", over: [] };
      say(logs, centre, "mission.kept/1", kept, at(minute));
    }
    const cannot = { hospital: "ukd", capability: "emergency-department", state: "cannot", over: [] };
    say(logs, centre, "voice.report/1", { ...cannot, answeredBy: "physician", readBack: true }, at(4));
    expect(decideAt(boardHouse(centre, logs), mission, 4)).toMatchObject({ cause: "destination-cannot" });
  });

  test("is not turned by a word that only says again what was known: the first time it was said counts", () => {
    const { logs, mission } = onTheWay();
    const full = { capability: "emergency-department", state: "full", over: [] };
    say(logs, box, "hospital.status/1", full, at(-5));
    const kept = { mission: [...mission], hospital: "ukd", reason: "not-worth-turning", over: [] };
    say(logs, centre, "mission.kept/1", kept, at(0));
    const context = boardHouse(centre, logs);
    expect(decideAt(context, mission, 1)).toBeNull();
    const look = (minute: number) =>
      decideAt({ ...context, house: boardHouse(centre, logs).house }, mission, minute);
    say(logs, box, "hospital.status/1", full, at(4));
    expect(look(4)).toBeNull();
    say(logs, box, "hospital.status/1", { ...full, state: "open" }, at(5));
    expect(look(5)).toBeNull();
    say(logs, box, "hospital.status/1", full, at(6));
    expect(look(6)).toMatchObject({ cause: "another-sooner" });
  });

  test("has no proposal left when it runs no more", () => {
    const { logs, mission } = onTheWay();
    crowd(logs, "ukd", 4, 2);
    const context = boardHouse(centre, logs);
    decideAt(context, mission, 2);
    expect(context.resteering.proposals.size).toBe(1);
    say(logs, crew, "mission.step/1", { mission: [...mission], step: "ended" }, at(3));
    const ended = { ...boardHouse(centre, logs), resteering: context.resteering };
    decideAt(ended, mission, 3);
    expect(context.resteering.proposals.size).toBe(0);
    expect([...context.resteering.looks.keys()]).not.toContain(refKey(mission));
  });

  test("is looked at again once a second, at once when its destination changes or a centre has chosen", () => {
    const resteering = newResteering();
    const mission = { mission: "lst/box/1-00000001#1", choices: { count: 0, lastMs: null } };
    const aim = { hospital: "ukd", sinceMs: 5 };
    let looks = 0;
    const lookAt = (monoMs: number, more: object = {}, where = aim) => {
      lookedAt(resteering, { ...mission, ...more }, where, { wallMs: 0, monoMs }, () => {
        looks += 1;
        return null;
      });
      return looks;
    };
    expect([lookAt(0), lookAt(500), lookAt(999), lookAt(1_000), lookAt(1_500)]).toEqual([1, 1, 1, 2, 2]);
    expect(lookAt(1_501, {}, { ...aim, hospital: "ratingen-marien" })).toBe(3);
    expect(lookAt(1_502, { choices: { count: 1, lastMs: 1 } }, { ...aim, hospital: "ratingen-marien" })).toBe(
      4,
    );
  });
});
