import { describe, expect, test } from "vitest";
import {
  authorityLog,
  caseOf,
  charterBody,
  charterLogs,
  charterOf,
  entry,
  foldLogs,
  foldOne,
  type Logs,
  missionBody,
  say,
  testCharter,
} from "../../test/support/region.ts";
import type { JsonObject } from "../basics/canonical-json.ts";
import type { LogId } from "../basics/name.ts";
import { addresseesOf } from "./addressee.ts";
import { checkLocal } from "./border.ts";
import { isErased, readersOf } from "./case-fold.ts";
import { deviceIn } from "./charter.ts";
import { unusableEntries } from "./fold.ts";

const charter = testCharter();
const centre: LogId = "lst-d/box/1-00000001";
const ukd: LogId = "ukd/box/1-00000001";
const neuss: LogId = "neuss/box/1-00000001";
const crew: LogId = "rtw-1/tablet/1-00000001";
const id = caseOf("ukd");

function folded(build: (logs: Logs) => void) {
  const logs: Logs = new Map();
  build(logs);
  return foldLogs(charter, logs);
}

function readers(build: (logs: Logs) => void, of = id): readonly string[] {
  return [...readersOf(folded(build), of)].sort();
}

describe("[SEAL4] who may read a case", () => {
  test("its own site, and each to whom that site opens it", () => {
    expect(readers((logs) => say(logs, ukd, "case.opened/1", { case: id }))).toEqual(["ukd"]);
    const shared = (logs: Logs) => {
      say(logs, ukd, "case.opened/1", { case: id });
      say(logs, ukd, "case.shared/1", { case: id, to: "neuss" });
    };
    expect(readers(shared)).toEqual(["neuss", "ukd"]);
  });

  test("nobody whom another site names, a reader too: such a word is unusable", () => {
    const fold = folded((logs) => {
      say(logs, ukd, "case.shared/1", { case: id, to: "neuss" });
      say(logs, neuss, "case.shared/1", { case: id, to: "barmen" });
      say(logs, neuss, "case.opened/1", { case: id, mission: [centre, 1] });
    });
    expect([...readersOf(fold, id)].sort()).toEqual(["neuss", "ukd"]);
    expect(unusableEntries(fold)).toEqual([{ log: neuss, entries: 2 }]);
  });

  test("of a mission: the centre that opened it, its vehicle, each hospital that its crew drives to, and no other", () => {
    const ours = caseOf("rtw-1");
    const build = (logs: Logs) => {
      const mission = say(logs, centre, "mission.opened/1", missionBody);
      say(logs, crew, "case.opened/1", { case: ours, mission: [...mission] });
      say(logs, centre, "mission.steered/1", { mission: [...mission], hospital: "barmen", over: [] });
      say(logs, "rtw-2/tablet/1-00000001", "mission.destination/1", {
        mission: [...mission],
        hospital: "barmen",
        over: [],
      });
      const first = say(logs, crew, "mission.destination/1", {
        mission: [...mission],
        hospital: "ukd",
        over: [],
      });
      say(logs, crew, "mission.destination/1", {
        mission: [...mission],
        hospital: "neuss",
        over: [[...first]],
      });
    };
    expect(readers(build, ours)).toEqual(["lst-d", "neuss", "rtw-1", "ukd"]);
  });
});

describe("[SEAL5] who may say what of a case", () => {
  const body: JsonObject = { case: id };
  test.each([
    ["its site opens it", "ukd/box", "case.opened/1", body, null],
    ["another site opens it", "neuss/box", "case.opened/1", body, "not-yours-to-say"],
    ["its site opens it to another", "ukd/box", "case.shared/1", { ...body, to: "neuss" }, null],
    ["to a site that is none", "ukd/box", "case.shared/1", { ...body, to: "nowhere" }, "unknown-site"],
    ["another site does", "lst-d/box", "case.shared/1", { ...body, to: "neuss" }, "not-yours-to-say"],
    ["any carer adds a note", "neuss/box", "case.note/1", { ...body, sealed: "A".repeat(60) }, null],
    [
      "a note in the clear",
      "ukd/box",
      "case.note/1",
      { ...body, sealed: "Ada Probe, born 1900" },
      "bad-field",
    ],
    [
      "a note with more",
      "ukd/box",
      "case.note/1",
      { ...body, sealed: "A".repeat(60), name: "Ada" },
      "unknown-field",
    ],
    ["its site erases it", "ukd/tablet", "case.erased/1", body, null],
    ["another site does", "neuss/box", "case.erased/1", body, "not-yours-to-say"],
    ["a case that is none", "ukd/box", "case.erased/1", { case: "ukd/1" }, "bad-field"],
  ] as const)("%s", (_what, device, kind, said, code) => {
    const checked = checkLocal(charter, device, entry(kind, said));
    expect(checked.ok ? null : checked.error.code).toBe(code);
  });

  test("an authority's device erases what its own site cannot; the charter's own log says nothing of cases", () => {
    const logs = charterLogs();
    say(logs, authorityLog, "charter.device/1", charterBody.device("land/office"));
    say(logs, authorityLog, "case.erased/1", { case: caseOf("ukd", "b") });
    const named = charterOf(logs);
    const fold = foldLogs(named, logs);
    expect(isErased(fold, caseOf("ukd", "b"))).toBe(false);
    foldOne(fold, named, "land/office/1-00000001", 0, entry("log.start/1", { previous: null }));
    foldOne(fold, named, "land/office/1-00000001", 1, entry("case.erased/1", { case: id }));
    expect(isErased(fold, id)).toBe(true);
  });
});

test("[ERASE1] erased is erased, whatever comes after it", () => {
  const fold = folded((logs) => {
    say(logs, ukd, "case.erased/1", { case: id });
    say(logs, ukd, "case.opened/1", { case: id });
    say(logs, ukd, "case.shared/1", { case: id, to: "neuss" });
    say(logs, ukd, "case.note/1", { case: id, sealed: "A".repeat(60) });
  });
  expect(isErased(fold, id)).toBe(true);
});

test("[ERASE2] an erasure speaks to every reader, a note too", () => {
  const fold = folded((logs) => say(logs, ukd, "case.shared/1", { case: id, to: "neuss" }));
  const said = (kind: string) =>
    [...addresseesOf(fold, entry(kind, { case: id, sealed: "A".repeat(60) }))].sort();
  expect(said("case.erased/1")).toEqual(["neuss", "ukd"]);
  expect(said("case.note/1")).toEqual(["neuss", "ukd"]);
});

describe("[SEAL6] a device's recipient", () => {
  const recipient = `age1${"q".repeat(58)}`;
  const other = `age1${"p".repeat(58)}`;
  const saying = (...recipients: readonly (string | undefined)[]) => {
    const logs = charterLogs();
    for (const one of recipients) {
      const more = one === undefined ? {} : { recipient: one };
      say(logs, authorityLog, "charter.device/1", { ...charterBody.device("ukd/box"), ...more });
    }
    return charterOf(logs);
  };

  test.each([
    ["none was named", [], undefined],
    ["is named with the device or later", [undefined, recipient], recipient],
    ["stays when a later word leaves it out", [recipient, undefined], recipient],
    ["is never replaced", [recipient, other], recipient],
  ] as const)("%s", (_what, recipients, named) => {
    expect(deviceIn(saying(...recipients), "ukd/box")?.recipient).toBe(named);
  });

  test("another one is refused before it is written", () => {
    const body = { ...charterBody.device("ukd/box"), recipient: other };
    expect(checkLocal(saying(recipient), "land/desk", entry("charter.device/1", body))).toMatchObject({
      error: { code: "key-fixed" },
    });
    const wrong = { ...charterBody.device("ukd/box"), recipient: "age1pq1abc" };
    expect(checkLocal(saying(), "land/desk", entry("charter.device/1", wrong))).toMatchObject({
      error: { code: "bad-field" },
    });
  });
});

test("[ERASE3] whoever an erasure names had the key, and is asked to confirm it like every reader", () => {
  const logs: Logs = new Map();
  say(logs, ukd, "case.opened/1", { case: id });
  say(logs, ukd, "case.erased/1", { case: id, given: ["rtw-1/tablet"] });
  const fold = foldLogs(charter, logs);
  expect([...readersOf(fold, id)].sort()).toEqual(["rtw-1", "ukd"]);
});
