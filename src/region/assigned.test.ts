import { describe, expect, test } from "vitest";
import {
  contextOf,
  foldLogs,
  type Logs,
  missionBody,
  nightMs,
  say,
  testCharter,
} from "../../test/support/region.ts";
import type { FactRef, LogId } from "../basics/name.ts";
import { minuteMs } from "../basics/time.ts";
import { assignedTo } from "./assigned.ts";
import { knownKinds } from "./facts.ts";
import type { FactKind } from "./kind.ts";
import { missionViewOf } from "./view.ts";

const charter = testCharter();
const düsseldorf: LogId = "lst-d/box/1-00000001";
const wuppertal: LogId = "lst-w/box/1-00000001";
const crew: LogId = "rtw-1/tablet/1-00000001";

function night() {
  const logs: Logs = new Map();
  const mission = [...say(logs, düsseldorf, "mission.opened/1", missionBody)];
  const at = (minute: number) => ({ at: nightMs + minute * minuteMs });
  const force = (log: LogId, hospital: string, minute: number, over: readonly FactRef[] = []) =>
    say(
      logs,
      log,
      "mission.steered/1",
      { mission, hospital, forced: "its-turn", over: over.map((ref) => [...ref]) },
      at(minute),
    );
  const drive = (hospital: string, minute: number, over: readonly FactRef[] = []) =>
    say(
      logs,
      crew,
      "mission.destination/1",
      { mission, hospital, over: over.map((ref) => [...ref]) },
      at(minute),
    );
  /** The same in whatever order the logs come. */
  const assigned = () => {
    const orders = [logs, new Map([...logs].reverse())].map((of) => {
      const fold = foldLogs(charter, of);
      const known = [...fold.missions.values()][0];
      if (known === undefined) throw new Error("the mission is known");
      expect(fold.forced).toEqual(new Set([known.id]));
      const all = assignedTo(contextOf(charter, fold, nightMs + 60 * minuteMs), known);
      return Object.fromEntries([...all].map(([hospital, ms]) => [hospital, (ms - nightMs) / minuteMs]));
    });
    expect(orders[1]).toEqual(orders[0]);
    return orders[0];
  };
  return { logs, mission, at, force, drive, assigned };
}

describe("[REGION23] what counts as assigned by force", () => {
  test("one a hospital, from when it was last chosen, while it stands", () => {
    const { force, assigned } = night();
    const first = force(düsseldorf, "ukd", 1);
    expect(assigned()).toEqual({ ukd: 1 });
    const again = force(düsseldorf, "ukd", 4, [first]);
    expect(assigned()).toEqual({ ukd: 4 });
    force(wuppertal, "neuss", 5, [again]);
    // Nobody ever drove to the first one.
    expect(assigned()).toEqual({ neuss: 5 });
  });

  test("one that another replaced, once the crew has named that hospital, and also when the mission has ended", () => {
    const { logs, mission, at, force, drive, assigned } = night();
    const first = force(düsseldorf, "ukd", 1);
    drive("ukd", 2, [first]);
    force(düsseldorf, "neuss", 5, [first]);
    expect(assigned()).toEqual({ ukd: 1, neuss: 5 });
    say(logs, crew, "mission.step/1", { mission, step: "ended" }, at(9));
    expect(assigned()).toEqual({ ukd: 1, neuss: 5 });
  });

  test("none that was taken back, though the crew had set out", () => {
    const { logs, mission, at, force, drive, assigned } = night();
    const slip = force(düsseldorf, "ukd", 1);
    drive("ukd", 2, [slip]);
    const body = { mission, takesBack: [...slip], hospital: "ukd", over: [[...slip]] };
    say(logs, düsseldorf, "mission.steer-taken-back/1", body, at(3));
    expect(assigned()).toEqual({});
  });

  test("a program that does not know the word reads the choice that it is", () => {
    const { logs, mission, force } = night();
    const ref = force(düsseldorf, "ukd", 1);
    const older = new Map(
      [...knownKinds].map(([name, kind]): [string, FactKind] => {
        const fields = kind.fieldList.filter(([field]) => field !== "forced");
        return [name, { ...kind, fields: Object.fromEntries(fields), fieldList: fields }];
      }),
    );
    const fold = foldLogs(charter, logs, older);
    const view = missionViewOf(contextOf(charter, fold), `${mission[0]}#${mission[1]}`);
    expect(view?.proposals).toMatchObject([{ ref, decision: "steered", hospital: "ukd", crew: "open" }]);
    expect([...fold.logs.values()].map(({ unusable }) => unusable)).toEqual([0]);
  });

  test("a reason that is none is no choice", () => {
    const { logs, mission } = night();
    const body = { mission, hospital: "ukd", forced: "because", over: [] };
    say(logs, düsseldorf, "mission.steered/1", body);
    const fold = foldLogs(charter, logs);
    expect(fold.forced).toEqual(new Set());
    expect(fold.logs.get(düsseldorf)?.unusable).toBe(1);
  });
});
