import { describe, expect, test } from "vitest";
import { atMin, boardHouse } from "../../../test/support/board-house.ts";
import { entry, type Logs, missionBody, nightMs, say } from "../../../test/support/region.ts";
import { present } from "../../basics/assert.ts";
import type { FactRef, LogId } from "../../basics/name.ts";
import { minuteMs } from "../../basics/time.ts";
import { addresseesOf } from "../../region/addressee.ts";
import { crewBoardView } from "./board-crew.ts";
import { hospitalBoardView } from "./board-hospital.ts";
import { boardView } from "./board-rows.ts";

const centre: LogId = "lst-d/box/1-00000001";
const crew: LogId = "rtw-1/tablet/1-00000001";
// Far in the south: to Neuss, where a helicopter lands, it flies sooner than it drives to the UKD, which lies nearer.
const cell = { latE2: 5_090, lonE2: 680 };

/** Towards a hospital since 03:01 (minute 1); it says every minute where it is. */
function onTheWay(hospital: string, flown: boolean) {
  const logs: Logs = new Map();
  const mission = say(logs, centre, "mission.opened/1", { ...missionBody, urgency: 2, flown, cell });
  const at = (minute: number) => ({ at: nightMs + minute * minuteMs });
  const of = (log: LogId, kind: string, body: object, minute: number): FactRef =>
    say(logs, log, kind, { mission: [...mission], ...body }, at(minute));
  of(crew, "mission.destination/1", { hospital, over: [] }, 1);
  of(crew, "mission.step/1", { step: "patient-on-board" }, 1);
  for (let minute = 1; minute < 9; minute += 1) of(crew, "mission.position/1", { cell, ageS: 0 }, minute);
  const row = (minute: number) =>
    present(boardView(boardHouse(centre, logs), atMin(minute)).missions[0], "the mission");
  return { logs, mission, of, row };
}

describe("[REGION24] a mission that drives after all", () => {
  test("[ADVICE14] is proposed to turn where another hospital is sooner by road: that word is the cause", () => {
    const { of, row } = onTheWay("neuss", true);
    expect(row(4)).toMatchObject({ decide: null, flags: expect.arrayContaining(["flown"]) });
    const flying = present(row(4).arrivalMinTenths, "a way");
    of(centre, "mission.flown/1", { flown: false, over: [] }, 5);
    const { decide, flags, arrivalMinTenths } = row(6);
    expect(flags).toContain("grounded");
    expect(flags).not.toContain("flown");
    expect(arrivalMinTenths).toBeGreaterThan(flying);
    expect(decide).toMatchObject({ cause: "another-sooner" });
    expect(decide?.lines[0]).toMatchObject({ hospital: "ukd" });
    expect(decide?.lines[0]?.text.de).not.toMatch(/im Flug|am Boden/);
  });

  test("is read by crew and hospital with the patient, and the crew's device is waited for", () => {
    const { logs, mission, of } = onTheWay("neuss", true);
    const word = { mission: [...mission], flown: false, over: [] };
    of(centre, "mission.flown/1", word, 5);
    const [own] = crewBoardView(boardHouse(crew, logs), atMin(6)).missions;
    expect(own?.flags).toContain("grounded");
    expect(own?.radio.de).toContain("doch am Boden");
    const [inbound] = hospitalBoardView(boardHouse("neuss/box/1-00000001", logs), atMin(6)).inbound;
    expect(inbound?.flags).toContain("grounded");
    const { fold } = boardHouse(centre, logs).house;
    expect(addresseesOf(fold, entry("mission.flown/1", word))).toEqual(["rtw-1"]);
  });

  test("one that flies after all is weighed by the flight", () => {
    const { of, row } = onTheWay("ukd", false);
    const driven = present(row(4).arrivalMinTenths, "a way");
    expect(row(4).decide).toBeNull();
    of(centre, "mission.flown/1", { flown: true, over: [] }, 5);
    expect(row(6)).toMatchObject({ decide: { cause: "another-sooner" }, arrivalMinTenths: driven });
    expect(row(6).flags).toContain("flown");
    expect(row(6).decide?.lines[0]?.text.de).toMatch(/im Flug.*\(Landeplatz erfragen/);
  });
});
