import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { plantedStore } from "../../test/support/night.ts";
import {
  at,
  barmen,
  centres,
  crewOne,
  crewTwo,
  faultMs,
  first,
  keptBody,
  type Missions,
  neuss,
  nightLogs,
  without,
  withoutKind,
} from "../../test/support/night-logs.ts";
import { type Logs, say } from "../../test/support/region.ts";
import { type FactRef, refKey } from "../basics/name.ts";
import type { Entry } from "../log/entry.ts";
import { type MissionEnd, Outcome } from "./outcome.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "holdfast-outcome-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe("what became of a mission", () => {
  const steeredEnd = { resteered: true, kept: false, accepted: true, declinedFirst: true };
  const mission: FactRef = [first, 1];

  test.each<[string, (logs: Logs) => void, Partial<MissionEnd>]>([
    ["declined by the first new hospital, steered on and accepted", () => undefined, {}],
    ["steered, and the new hospital has not answered", without(neuss), { accepted: false }],
    [
      "steered, and the new hospital took its yes back with a no",
      answers(neuss, "cannot", 25),
      { accepted: false },
    ],
    [
      "steered, and the new hospital's yes answers a request made of another one",
      (logs) => {
        const toBarmen = logs
          .get(first)
          ?.findIndex((entry) => entry?.["hospital"] === "barmen" && "answerWithinS" in entry);
        logs.set(
          neuss,
          (logs.get(neuss) ?? []).map((entry) => entry && { ...entry, asked: [first, toBarmen ?? 0] }),
        );
      },
      { accepted: false },
    ],
    ["steered, and the crew does not go there", without(crewOne), { resteered: false, accepted: false }],
    [
      "with a crew that goes elsewhere without the proposal",
      (logs) => {
        without(crewOne)(logs);
        say(logs, crewOne, "mission.destination/1", { mission, hospital: "neuss", over: [] }, at(23));
      },
      { resteered: false, accepted: false },
    ],
    [
      "steered before the loss",
      earlier("mission.steered/1"),
      { resteered: false, accepted: false, declinedFirst: false },
    ],
    [
      "declined by no one but the second hospital",
      (logs) => {
        const steering = logs
          .get(first)
          ?.find((entry) => entry?.["hospital"] === "barmen" && entry.at === at(19).at);
        Object.assign(steering ?? {}, at(22));
      },
      { declinedFirst: false },
    ],
    [
      "first accepted and then declined by the first new hospital",
      answers(barmen, "ready", 21),
      { declinedFirst: false },
    ],
    [
      "kept first and steered after all: it counts once",
      (logs) => void say(logs, first, "mission.kept/1", keptBody(mission), { ...at(24), by: "dispatcher#1" }),
      {},
    ],
  ])("%s", (_, plant, end) => {
    expect(endOf("steered", plant)).toEqual({ ...steeredEnd, ...end });
  });

  test("kept", () => {
    expect(endOf("kept", () => undefined)).toEqual({
      ...{ resteered: false, kept: true, accepted: false, declinedFirst: false },
    });
  });

  test.each<[string, Partial<Entry>]>([
    ["of another hospital", { hospital: "neuss" }],
    ["that no dispatcher wrote", { by: "feed" }],
    ["without a reason", { reason: null }],
    ["with a reason that nobody knows", { reason: "because" }],
    ["from before the loss", { at: faultMs - 1 }],
  ])("a word *kept* %s keeps nothing", (_, change) => {
    const plant = (logs: Logs): void =>
      void logs.set(
        first,
        (logs.get(first) ?? []).map((entry) =>
          entry?.kind === "mission.kept/1" ? ({ ...entry, ...change } as Entry) : entry,
        ),
      );
    expect(endOf("kept", plant)).toMatchObject({ kept: false });
  });

  test("a word *kept* that another site than a control centre wrote keeps nothing", () => {
    const plant = (logs: Logs): void => {
      const kept = (logs.get(first) ?? []).find((entry) => entry?.kind === "mission.kept/1");
      withoutKind(first, "mission.kept/1")(logs);
      logs.get(neuss)?.push(kept ?? null);
    };
    expect(endOf("kept", plant)).toMatchObject({ kept: false });
  });

  test("kept, and the crew drives elsewhere all the same: it is neither kept nor steered", () => {
    const plant = (logs: Logs): void =>
      void say(
        logs,
        crewTwo,
        "mission.destination/1",
        { mission: [first, 2], hospital: "neuss", over: [] },
        at(26),
      );
    expect(endOf("kept", plant)).toMatchObject({ kept: false, resteered: false });
  });

  /** Another answer of this hospital to the request that it has answered. */
  function answers(log: string, answer: string, seconds: number): (logs: Logs) => void {
    return (logs) => {
      const answered = logs.get(log)?.at(-1);
      logs.get(log)?.push({ ...answered, answer, ...at(seconds) } as Entry);
    };
  }

  function earlier(kind: string): (logs: Logs) => void {
    return (logs) =>
      void logs.set(
        first,
        (logs.get(first) ?? []).map((entry) =>
          entry?.kind === kind ? { ...entry, at: faultMs - 1 } : entry,
        ),
      );
  }

  function endOf(which: keyof Missions, plant: (logs: Logs) => void): MissionEnd {
    const { logs, missions } = nightLogs();
    plant(logs);
    const store = plantedStore(dir, "process", logs);
    const loss = { hospital: "ukd", lostMs: faultMs, centres };
    return new Outcome([store]).missionEnd(refKey(missions[which]), loss);
  }
});
