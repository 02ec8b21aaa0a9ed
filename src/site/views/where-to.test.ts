import { describe, expect, test } from "vitest";
import { atMin, boardHouse } from "../../../test/support/board-house.ts";
import { idOf, type Logs, missionBody, nightMs, say } from "../../../test/support/region.ts";
import { present } from "../../basics/assert.ts";
import type { LogId } from "../../basics/name.ts";
import { boardView } from "./board-rows.ts";
import { whereTo } from "./where-to.ts";

const centre: LogId = "lst-d/box/1-00000001";
const crew: LogId = "rtw-1/tablet/1-00000001";

describe("[VIEW10] where to", () => {
  const now = atMin(1);
  const place = { need: "stroke", position: { latE3: 51_200, lonE3: 6_800 } } as const;

  test("for a need at a place: the lines of advice, and the line of any hospital by name; nothing is written", () => {
    const context = boardHouse(centre, new Map());
    const answer = whereTo(context, now, { patient: place, hospital: "barmen" });
    expect(answer?.lines).toHaveLength(3);
    expect(answer?.lines[0]?.text).toMatchObject({ de: expect.stringMatching(/^→ /), en: expect.anything() });
    expect(answer?.spoken).toMatchObject({
      readOut: { de: expect.stringMatching(/ Minuten, /), en: expect.stringMatching(/ minutes, /) },
      policy: "rhein-ruhr-5",
    });
    expect(answer?.named).toMatchObject({ hospital: "barmen", excluded: expect.any(Boolean) });
    expect(whereTo(context, now, { patient: place, hospital: null })?.named).toBeNull();
    const nowhere = { ...place, position: { latE3: 0, lonE3: 0 } };
    expect(whereTo(context, now, { patient: nowhere, hospital: "ukd" })).toEqual({
      ...{ lines: [], forced: false, spoken: null, named: null },
    });
  });

  test("[ADVICE9] for a patient whose airway is not controlled: where they can be stabilised, said so in each line", () => {
    const logs: Logs = new Map();
    const mission = say(logs, centre, "mission.opened/1", { ...missionBody, danger: true });
    const answer = whereTo(boardHouse(centre, logs), now, {
      patient: { mission: idOf(mission) },
      hospital: null,
    });
    const first = answer?.lines[0];
    expect(first?.text.de).toContain("unmittelbare Gefahr: stabilisieren, dann verlegen");
    expect(first?.totalMinTenths).toBe(first?.driveMinTenths);
    expect(boardView(boardHouse(centre, logs), now).missions[0]?.flags).toContain("danger");
  });

  test("[TRANSFER9] for a patient who lies in a hospital: not there, and by nobody's force", () => {
    const context = boardHouse(centre, new Map());
    const place = present(
      context.data.hospitals.find(({ id }) => id === "ukd"),
      "ukd",
    );
    const patient = { need: "stroke", position: { latE3: place.latE3, lonE3: place.lonE3 } } as const;
    const there = whereTo(context, now, { patient, hospital: null });
    expect(there?.lines[0]?.hospital).toBe("ukd");
    const elsewhere = whereTo(context, now, { patient: { ...patient, from: "ukd" }, hospital: null });
    expect(elsewhere?.lines.map(({ hospital }) => hospital).sort()).toEqual(["barmen", "neuss"]);
    expect(elsewhere?.forced).toBe(false);
  });

  test("[ADVICE3] what is told of the patient changes what is needed there, as with a mission", () => {
    const context = boardHouse(centre, new Map());
    const place = { need: "general-medical", position: { latE3: 51_170, lonE3: 6_930 } } as const;
    const textOf = (more: object) =>
      whereTo(context, now, { patient: { ...place, ...more }, hospital: null })?.lines[0]?.text.de;
    const plain = textOf({});
    const told = [
      { traits: { ageGroup: "6-17" } },
      { traits: { ageGroup: "18-64", ventilated: true } },
      { traits: { pregnant: true } },
    ].map(textOf);
    for (const text of told) expect(text).not.toBe(plain);
    expect(textOf({ danger: true })).toContain("unmittelbare Gefahr");
  });

  test("[ADVICE17] by helicopter: each line says by air or by road, and a landing place that no register names is asked about", () => {
    const logs: Logs = new Map();
    const far = { latE2: 5_150, lonE2: 640 };
    const mission = say(logs, centre, "mission.opened/1", { ...missionBody, cell: far, flown: true });
    const context = boardHouse(centre, logs);
    const asked = whereTo(context, now, { patient: { mission: idOf(mission) }, hospital: "neuss" });
    // Under this name stands one of which OpenStreetMap knows a landing place.
    expect(asked?.named?.text.de).toMatch(/ min im Flug.*\(Landeplatz erfragen; /);
    expect(asked?.named?.text.en).toMatch(/ min by air.*\(ask for the landing place; /);
    for (const { text } of asked?.lines ?? []) expect(text.de).toMatch(/ min (im Flug|am Boden)/);
    expect(boardView(context, now).missions[0]?.flags).toContain("flown");
    const patient = { need: "stroke", position: { latE3: 51_505, lonE3: 6_405 } } as const;
    const [driven, flown] = [{}, { flown: true }].map((air) =>
      whereTo(context, now, { patient: { ...patient, ...air }, hospital: "neuss" }),
    );
    expect(driven?.named?.text.de).not.toMatch(/im Flug|am Boden/);
    expect(flown?.named?.driveMinTenths).toBeLessThan(driven?.named?.driveMinTenths ?? 0);
  });

  test("[ADVICE17] in the air loading and start are over: what has gone by between boarding and the last position is not counted again", () => {
    const logs: Logs = new Map();
    const cell = { latE2: 5_150, lonE2: 640 };
    const mission = say(logs, centre, "mission.opened/1", { ...missionBody, cell, flown: true });
    const of = { mission: [...mission] };
    const minTenths = (): number => {
      const question = { patient: { mission: idOf(mission) }, hospital: "neuss" };
      return whereTo(boardHouse(centre, logs), atMin(20), question)?.named?.driveMinTenths ?? 0;
    };
    const atMinute = (minute: number) => ({ at: nightMs + minute * 60_000 });
    say(logs, crew, "mission.position/1", { ...of, cell, ageS: 0 }, atMinute(1));
    const atScene = minTenths();
    say(logs, crew, "mission.step/1", { ...of, step: "patient-on-board" }, atMinute(2));
    expect(minTenths()).toBe(atScene);
    say(logs, crew, "mission.position/1", { ...of, cell, ageS: 0 }, atMinute(6));
    expect(minTenths()).toBe(atScene - 40);
    say(logs, crew, "mission.position/1", { ...of, cell, ageS: 0 }, atMinute(19));
    expect(minTenths()).toBe(atScene - 100);
  });

  test("for a running mission: besides where it is headed, who declined is excluded; none once it has ended", () => {
    const logs: Logs = new Map();
    const mission = say(logs, centre, "mission.opened/1", missionBody);
    const named = [...mission];
    const neuss: LogId = "neuss/box/1-00000001";
    say(logs, crew, "mission.destination/1", { mission: named, hospital: "ukd", over: [] });
    const ask = { mission: named, hospital: "neuss", answerWithinS: 60, over: [] };
    const asked = [...say(logs, centre, "mission.asked/1", ask)];
    say(logs, neuss, "mission.answered/1", { mission: named, asked, answer: "cannot", over: [] });
    const question = { patient: { mission: idOf(mission) }, hospital: "neuss" };
    const answer = whereTo(boardHouse(centre, logs), now, question);
    expect(answer?.lines.map(({ hospital }) => hospital)).toEqual(["barmen"]);
    expect(answer?.named).toMatchObject({
      excluded: true,
      text: { de: expect.stringContaining("hat abgelehnt"), en: expect.stringContaining("has declined") },
    });
    say(logs, crew, "mission.step/1", { mission: named, step: "ended" });
    expect(whereTo(boardHouse(centre, logs), now, question)).toBeNull();
  });
});
