import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawLogs, foldMixed } from "../../test/support/drawn-night.ts";
import {
  contextOf,
  everythingOf,
  foldLogs,
  foldOne,
  type Logs,
  missionBody,
  nightMs,
  say,
  testCharter,
} from "../../test/support/region.ts";
import type { FactRef, LogId } from "../basics/name.ts";
import { refKey } from "../basics/name.ts";
import { seededRandom } from "../basics/random.ts";
import type { Fold } from "./fold.ts";
import { endedKeptMs, leaveEnded } from "./leaving.ts";
import { runningMissions } from "./view.ts";

const charter = testCharter();
const centre: LogId = "lst-d/box/1-00000001";
const crew: LogId = "rtw-1/tablet/1-00000001";
const other: LogId = "rtw-2/tablet/1-00000001";

function sayOf(logs: Logs, mission: FactRef, log: LogId, step: string, at: number): void {
  say(logs, log, "mission.step/1", { mission: [...mission], step }, { at });
}

function isThere(fold: Fold, mission: FactRef): boolean {
  return fold.missions.has(refKey(mission));
}

describe("[OPEN3] a mission that ended leaves the fold", () => {
  test("30 days after its end was stored, with its tasks, and not before", () => {
    const logs: Logs = new Map();
    const mission = say(logs, centre, "mission.opened/1", missionBody);
    say(logs, centre, "task.taken/1", { task: `decide:${refKey(mission)}`, over: [] });
    sayOf(logs, mission, crew, "ended", nightMs + 1_000);
    sayOf(logs, mission, crew, "ended", nightMs + 9_000);
    const fold = foldLogs(charter, logs);
    leaveEnded(fold, nightMs + 1_000 + endedKeptMs);
    expect([isThere(fold, mission), fold.tasks.size]).toEqual([true, 1]);
    leaveEnded(fold, nightMs + 1_001 + endedKeptMs);
    expect([isThere(fold, mission), fold.tasks.size]).toEqual([false, 0]);
  });

  test("whoever of crew and centre ended it first; the word of another ambulance ends nothing", () => {
    const logs: Logs = new Map();
    const opened = () => say(logs, centre, "mission.opened/1", missionBody);
    const [running, closed, strange] = [opened(), opened(), opened()];
    say(logs, centre, "mission.closed/1", { mission: [...closed], reason: "cancelled", over: [] });
    sayOf(logs, closed, crew, "ended", nightMs + 9_000);
    sayOf(logs, strange, other, "ended", nightMs);
    const fold = foldLogs(charter, logs);
    leaveEnded(fold, nightMs + 1 + endedKeptMs);
    expect([running, closed, strange].map((mission) => isThere(fold, mission))).toEqual([true, false, true]);
    expect(runningMissions(contextOf(charter, fold)).map(({ ref }) => refKey(ref))).toEqual(
      [running, strange].map(refKey),
    );
  });

  test("what is said of it later means nothing, and is folded all the same", () => {
    const logs: Logs = new Map();
    const mission = say(logs, centre, "mission.opened/1", missionBody);
    sayOf(logs, mission, crew, "ended", nightMs);
    const fold = foldLogs(charter, logs);
    leaveEnded(fold, nightMs + 1 + endedKeptMs);
    for (const [step, at] of [
      ["on-scene", nightMs + 5],
      ["arrived", nightMs + 6],
    ] as const)
      sayOf(logs, mission, crew, step, at);
    say(logs, "ukd/box/1-00000001", "mission.answered/1", {
      mission: [...mission],
      asked: [...mission],
      answer: "ready",
      over: [],
    });
    for (const [log, entries] of logs)
      for (const [index, one] of entries.entries())
        expect(foldOne(fold, charter, log, index, one)).toBeNull();
    expect([fold.missions.size, fold.running.size, fold.awaited.size]).toEqual([0, 0, 0]);
    expect(fold.logs.get(crew)).toMatchObject({ size: 4, unusable: 0 });
  });

  test("in any order of facts, however often missions leave in between, the same is left", () => {
    let left = 0;
    let stayed = 0;
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (seed, order) => {
        const lastMs = nightMs + endedKeptMs + 300_000;
        const logs = drawLogs(seededRandom(seed), 120);
        const expected = foldLogs(charter, logs);
        const before = expected.missions.size;
        leaveEnded(expected, lastMs);
        const random = seededRandom(order);
        const mixed = foldMixed(logs, random, (fold) => {
          if (random.oneIn(3)) leaveEnded(fold, lastMs - random.below(300_000));
          return fold;
        });
        leaveEnded(mixed, lastMs);
        const seen = (fold: Fold) => everythingOf(contextOf(charter, fold, lastMs));
        expect(seen(mixed)).toEqual(seen(expected));
        expect([...mixed.missions.keys()].sort()).toEqual([...expected.missions.keys()].sort());
        left += before - expected.missions.size;
        stayed += expected.missions.size;
      }),
      { numRuns: 150 },
    );
    expect(Math.min(left, stayed)).toBeGreaterThan(50);
  });
});
