import { describe, expect, test } from "vitest";
import {
  contextOf,
  foldLogs,
  idOf,
  type Logs,
  missionBody,
  nightMs,
  say,
  testCharter,
} from "../../test/support/region.ts";
import { present } from "../basics/assert.ts";
import type { FactRef, LogId } from "../basics/name.ts";
import { minuteMs } from "../basics/time.ts";
import { missionViewOf } from "./view.ts";

const charter = testCharter();
const düsseldorf: LogId = "lst-d/box/1-00000001";
const wuppertal: LogId = "lst-w/box/1-00000001";
const tablet: LogId = "rtw-1/tablet/1-00000001";

/** A mission that was opened as flown, or not, and what is said of that since. */
function night(flown?: boolean) {
  const logs: Logs = new Map();
  const body = { ...missionBody, ...(flown === undefined ? {} : { flown }) };
  const mission = say(logs, düsseldorf, "mission.opened/1", body);
  const at = (minute: number) => ({ at: nightMs + minute * minuteMs });
  return {
    of: (log: LogId, kind: string, more: object, minute: number) =>
      say(logs, log, kind, { mission: [...mission], ...more }, at(minute)),
    flies: (log: LogId, isFlown: boolean, minute: number, over: readonly FactRef[] = []) =>
      say(
        logs,
        log,
        "mission.flown/1",
        { mission: [...mission], flown: isFlown, over: over.map((ref) => [...ref]) },
        at(minute),
      ),
    view: (minute = 20) => {
      const views = [logs, new Map([...logs].reverse())].map((order) =>
        missionViewOf(contextOf(charter, foldLogs(charter, order), at(minute).at), idOf(mission)),
      );
      expect(views[1]).toEqual(views[0]);
      return present(views[0], "the mission");
    },
  };
}

describe("[REGION24] whether a mission flies", () => {
  test("is what its opening said, until a centre says otherwise, any one, and says so again", () => {
    expect(night().view()).toMatchObject({ flown: false, grounded: false, flightChangedMs: null });
    expect(night(true).view()).toMatchObject({ flown: true, grounded: false, flightChangedMs: null });
    const { flies, view } = night(true);
    const first = flies(wuppertal, false, 5);
    expect(view()).toMatchObject({ flown: false, grounded: true, flightChangedMs: nightMs + 5 * minuteMs });
    flies(düsseldorf, true, 7, [first]);
    expect(view()).toMatchObject({ flown: true, grounded: false, flightChangedMs: nightMs + 7 * minuteMs });
  });

  test("who opened it without a helicopter has one that flies after all", () => {
    const { flies, view } = night();
    flies(düsseldorf, true, 5);
    expect(view()).toMatchObject({ flown: true, grounded: false });
  });

  test("of two words that do not know of each other it goes by road, whatever their clocks say", () => {
    for (const [air, road] of [
      [5, 7],
      [7, 5],
    ] as const) {
      const { flies, view } = night(true);
      flies(düsseldorf, true, air);
      flies(wuppertal, false, road);
      expect(view()).toMatchObject({
        flown: false,
        grounded: true,
        flightChangedMs: nightMs + road * minuteMs,
      });
    }
  });

  test("is no word of its crew or of a hospital, takes the mission from nobody, and is known to the next word", () => {
    const { flies, view } = night(true);
    flies(tablet, false, 5);
    expect(view()).toMatchObject({ flown: true, owners: ["lst-d"] });
    const word = flies(wuppertal, false, 6);
    expect(view()).toMatchObject({ flown: false, owners: ["lst-d"] });
    expect(view().centreOver).toContainEqual(word);
  });

  test("[ADVICE17] time aloft counts from boarding, or from when it was said that it flies after all", () => {
    const { of, flies, view } = night();
    of(tablet, "mission.step/1", { step: "patient-on-board" }, 2);
    flies(düsseldorf, true, 6);
    of(tablet, "mission.position/1", { cell: { latE2: 5_121, lonE2: 680 }, ageS: 0 }, 9);
    expect(view().aloftMs).toBe(3 * minuteMs);
    const other = night(true);
    other.of(tablet, "mission.step/1", { step: "patient-on-board" }, 2);
    other.of(tablet, "mission.position/1", { cell: { latE2: 5_121, lonE2: 680 }, ageS: 0 }, 9);
    expect(other.view().aloftMs).toBe(7 * minuteMs);
  });
});
