import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { drawLogs, foldMixed } from "../../test/support/drawn-night.ts";
import {
  authorityLog,
  charterBody,
  charterLogs,
  charterOf,
  contextOf,
  entry,
  everythingOf,
  foldLogs,
  foldOne,
  type Logs,
  missionBody,
  nightMs,
  say,
  testCharter,
} from "../../test/support/region.ts";
import type { JsonObject } from "../basics/canonical-json.ts";
import type { LogId } from "../basics/name.ts";
import { seededRandom } from "../basics/random.ts";
import { addresseesOf } from "./addressee.ts";
import { foldCharter } from "./charter.ts";
import { type KindName, kindsOf, knownKinds } from "./facts.ts";
import { foldEntry, foldIsStale, leadsMission, newFold, requestOf, unusableEntries } from "./fold.ts";
import { cellOf, hospitalView } from "./view.ts";

const charter = testCharter();
const box: LogId = "ukd/box/1-00000001";
const centre: LogId = "lst-d/box/1-00000001";
const status: JsonObject = { capability: "ct", state: "open", over: [] };

describe("the merge", () => {
  test("[FACT9] logs in any interleaving, with repetitions, make the same view", () => {
    let shown = 0;
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (seed, order) => {
        const logs = drawLogs(seededRandom(seed), 120);
        const expected = everythingOf(contextOf(charter, foldLogs(charter, logs), nightMs + 600_000));
        const mixed = foldMixed(logs, seededRandom(order));
        expect(everythingOf(contextOf(charter, mixed, nightMs + 600_000))).toEqual(expected);
        shown += expected.region.hospitals[0]?.cells.length ?? 0;
        shown += expected.missions.filter((mission) => (mission?.destination ?? null) !== null).length;
      }),
      { numRuns: 200 },
    );
    // The nights were not empty.
    expect(shown).toBeGreaterThan(400);
  });

  test("[FACT9] an entry that was folded is ignored; a gap is our own fault", () => {
    const fold = newFold();
    const one = entry("hospital.status/1", status);
    expect(foldOne(fold, charter, box, 0, entry("log.start/1", { previous: null }))).toBeNull();
    expect(foldOne(fold, charter, box, 1, one)).toEqual({ what: "hospital", hospital: "ukd" });
    expect(foldOne(fold, charter, box, 1, one)).toBeNull();
    expect(() => foldOne(fold, charter, box, 3, one)).toThrow("without a gap");
  });
});

describe("entries that this version cannot use", () => {
  test("[FACT8] a future kind in the middle: all around it counts, and after an upgrade it does too", () => {
    const logs: Logs = new Map();
    say(logs, box, "hospital.status/1", { ...status, capability: "burns" });
    say(logs, box, "hospital.beds/1", { ward: "general", free: 7, over: [] });
    say(logs, box, "hospital.status/1", { ...status, state: "cannot" });
    const older = foldLogs(
      charter,
      logs,
      kindsOf([...knownKinds.values()].filter((k) => k.kind !== "hospital.beds/1")),
    );
    const before = hospitalView(contextOf(charter, older), "ukd");
    expect(before.cells.map(({ capability, state }) => [capability, state])).toEqual([
      ["burns", "open"],
      ["ct", "cannot"],
    ]);
    expect(before.beds).toEqual([]);
    expect(unusableEntries(older)).toEqual([{ log: box, entries: 1 }]);
    const upgraded = foldLogs(charter, logs);
    const after = hospitalView(contextOf(charter, upgraded), "ukd");
    expect(after.cells).toEqual(before.cells);
    expect(after.beds).toMatchObject([{ ward: "general", free: 7 }]);
    expect(unusableEntries(upgraded)).toEqual([]);
  });

  test("[FACT7] are counted for their log and change nothing else", () => {
    const logs: Logs = new Map();
    say(logs, box, "hospital.status/1", status);
    const expected = hospitalView(contextOf(charter, foldLogs(charter, logs)), "ukd");
    say(logs, box, "hospital.status/9", status);
    say(logs, box, "voice.report/1", { ...status, hospital: "neuss", answeredBy: "other", readBack: true });
    logs.get(box)?.push(null);
    const fold = foldLogs(charter, logs);
    expect(unusableEntries(fold)).toEqual([{ log: box, entries: 3 }]);
    expect(hospitalView(contextOf(charter, fold), "ukd")).toEqual(expected);
    expect(hospitalView(contextOf(charter, fold), "neuss").cells).toEqual([]);
  });
});

describe("the charter's word on what is folded", () => {
  const logs: Logs = new Map();
  say(logs, box, "hospital.status/1", status);
  say(logs, box, "hospital.status/1", { ...status, state: "cannot" });
  const stateIn = (ended: ReturnType<typeof charterOf>) =>
    cellOf(hospitalView(contextOf(ended, foldLogs(ended, logs)), "ukd"), "ct").state;
  const endedFrom = (size: number) => {
    const charters = charterLogs();
    say(charters, authorityLog, "charter.device-ended/1", charterBody.ended("ukd/box", box, size));
    return charterOf(charters);
  };

  test.each([
    [3, "cannot"],
    [2, "open"],
    [1, "unconfirmed"],
  ])("[CHARTER6] of a device that ended at %i later entries are folded to nothing", (size, state) => {
    expect(stateIn(endedFrom(size))).toBe(state);
    expect(unusableEntries(foldLogs(endedFrom(size), logs))).toEqual([]);
  });

  test("[FACT10] a fold whose entries mean something else by now is stale", () => {
    const growing = testCharter();
    const end = (index: number, size: number) =>
      foldCharter(
        growing,
        authorityLog,
        index,
        entry("charter.device-ended/1", charterBody.ended("ukd/box", box, size)),
      );
    const fold = foldLogs(growing, logs);
    expect(foldIsStale(fold, growing)).toBe(false);
    end(100, 3);
    expect(foldIsStale(fold, growing)).toBe(false);
    end(101, 2);
    expect(foldIsStale(fold, growing)).toBe(true);
    expect(foldIsStale(foldLogs(growing, logs), growing)).toBe(false);
  });

  test("[FACT10] a log that was folded before its site was known is stale, too", () => {
    const early = foldLogs(charterOf(new Map()), logs);
    expect(unusableEntries(early)).toEqual([{ log: box, entries: 2 }]);
    expect(foldIsStale(early, charter)).toBe(true);
  });
});

describe("requests", () => {
  test("[FACT11] of our own devices are remembered across their logs, those of others are not", () => {
    const fold = newFold();
    const one = entry("hospital.status/1", status, { request: "request-1" });
    const foldLocal = (log: LogId, index: number, local: boolean, made = one) =>
      foldEntry(fold, charter, { log, index, entry: made, storedMs: nightMs, local });
    foldLocal(box, 0, true);
    foldLocal("neuss/box/1-00000001", 0, false);
    expect(requestOf(fold, "ukd/box/2-00000002", "request-1")).toEqual([box, 0]);
    expect(requestOf(fold, "neuss/box/1-00000001", "request-1")).toBeUndefined();
    expect(requestOf(fold, box, "request-2")).toBeUndefined();
    foldLocal(box, 1, true);
    expect(requestOf(fold, box, "request-1")).toEqual([box, 0]);
  });
});

describe("whom a fact speaks to", () => {
  const logs: Logs = new Map();
  const mission = say(logs, centre, "mission.opened/1", missionBody);
  const named = { mission: [...mission] };
  const call = { ...named, hospital: "ukd", channel: "radio", reached: true };
  const called = say(logs, centre, "mission.called/1", call);
  const question = say(logs, centre, "mission.handover-asked/1", { ...named, to: "lst-w" });
  const request = { hospital: "ukd", answerWithinS: 60, over: [] };
  const requested = say(logs, centre, "mission.asked/1", { ...named, ...request });
  const understood = { ...named, hospital: "ukd", channel: "radio", over: [] };
  const entered = say(logs, centre, "mission.understood/1", understood);
  const fold = foldLogs(charter, logs);

  test.each<[KindName, JsonObject, string[]]>([
    ["mission.word-taken-back/1", { ...named, takesBack: [...requested] }, ["ukd", "rtw-1"]],
    ["mission.word-taken-back/1", { ...named, takesBack: [...entered] }, ["ukd", "rtw-1"]],
    ["mission.word-taken-back/1", { ...named, takesBack: [...called] }, ["ukd", "rtw-1"]],
    ["mission.word-taken-back/1", { ...named, takesBack: [...question] }, ["lst-w"]],
    ["voice.call-taken-back/1", { hospital: "ukd", takesBack: [...called] }, ["ukd"]],
    ["mission.opened/1", missionBody, ["rtw-1"]],
    [
      "mission.asked/1",
      { mission: [...mission], hospital: "ukd", answerWithinS: 60, over: [] },
      ["ukd", "rtw-1"],
    ],
    [
      "mission.answered/1",
      { mission: [...mission], asked: [...mission], answer: "ready", over: [] },
      ["rtw-1"],
    ],
    ["mission.destination/1", { mission: [...mission], hospital: "ukd", over: [] }, ["ukd"]],
    ["mission.taken-over/1", { mission: [...mission], from: "lst-d", over: [] }, ["lst-d", "rtw-1"]],
    ["mission.closed/1", { mission: [centre, 99], reason: "cancelled", over: [] }, []],
    ["hospital.status/1", status, []],
    ["hospital.status/1", {}, []],
  ])("%s %o", (kind, body, addressed) => {
    expect(addresseesOf(fold, entry(kind, body))).toEqual(addressed);
  });

  test("a mission is led by the centre that opened it", () => {
    expect(["lst-d", "lst-w"].map((site) => leadsMission(fold, mission, site))).toEqual([true, false]);
  });
});
