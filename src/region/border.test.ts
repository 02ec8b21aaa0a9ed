import { describe, expect, test } from "vitest";
import {
  authorityLog,
  charterBody,
  charterLogs,
  charterOf,
  emptyCharter,
  entry,
  logKey,
  missionBody,
  nightMs,
  recoveryLog,
  say,
  testCharter,
} from "../../test/support/region.ts";
import type { JsonObject } from "../basics/canonical-json.ts";
import { type DeviceId, deviceOf } from "../basics/name.ts";
import { formatVkey } from "../log/vkey.ts";
import { checkLocal, factBy, usable } from "./border.ts";
import { kindsOf, knownKinds } from "./facts.ts";
import { type FactRefusalCode, refusalText } from "./refusals.ts";

const charter = testCharter();
const mission = ["lst-d/box/1-00000001", 1];
const status: JsonObject = { capability: "ct", state: "open", over: [] };
const voice: JsonObject = {
  hospital: "ukd",
  capability: "ct",
  state: "cannot",
  answeredBy: "physician",
  readBack: true,
  over: [],
};
const spokenYes: JsonObject = {
  ...{ mission, asked: mission, answer: "ready", answeredBy: "physician", readBack: true },
  ...{ channel: "telephone", over: [] },
};
const authority = deviceOf(authorityLog);
const recovery = deviceOf(recoveryLog);

type Row = [what: string, device: DeviceId, kind: string, body: JsonObject, code: FactRefusalCode | null];

const rows: Row[] = [
  ["a hospital its status", "ukd/box", "hospital.status/1", status, null],
  ["a device that is not enrolled yet", "new/box", "hospital.status/1", status, null],
  ["a kind nobody knows", "ukd/box", "hospital.mood/1", status, "unknown-kind"],
  ["a later version", "ukd/box", "hospital.status/2", status, "unknown-version"],
  ["a missing field", "ukd/box", "hospital.status/1", { capability: "ct", state: "open" }, "missing-field"],
  ["a value out of its list", "ukd/box", "hospital.status/1", { ...status, state: "perhaps" }, "bad-field"],
  ["a malformed log in over", "ukd/box", "hospital.status/1", { ...status, over: [["ukd", 0]] }, "bad-field"],
  ["a field too many", "ukd/box", "hospital.status/1", { ...status, note: "x" }, "unknown-field"],
  [
    "an unknown capability",
    "ukd/box",
    "hospital.status/1",
    { ...status, capability: "x" },
    "unknown-capability",
  ],
  ["an unknown need", "lst-d/box", "mission.opened/1", { ...missionBody, need: "x" }, "unknown-need"],
  [
    "a vehicle that is none",
    "lst-d/box",
    "mission.opened/1",
    { ...missionBody, vehicle: "ukd" },
    "unknown-ambulance",
  ],
  ["an unknown hospital", "lst-d/box", "voice.report/1", { ...voice, hospital: "x" }, "unknown-hospital"],
  [
    "a centre for a hospital",
    "lst-d/box",
    "voice.report/1",
    { ...voice, hospital: "lst-w" },
    "unknown-hospital",
  ],
  [
    "contact with an unknown site",
    "lst-d/box",
    "contact.lost/1",
    { site: "x", lastHeardMs: nightMs, flaps: 0 },
    "unknown-site",
  ],
  [
    "a takeover from a hospital",
    "lst-w/box",
    "mission.taken-over/1",
    { mission, from: "ukd", over: [] },
    "unknown-centre",
  ],
  ["a spoken yes", "lst-d/box", "mission.answer-spoken/1", spokenYes, null],
  [
    "a spoken yes with a reason of a refusal",
    "lst-d/box",
    "mission.answer-spoken/1",
    { ...spokenYes, reason: "no-staff" },
    "unknown-field",
  ],
  ["a mission to another", "lst-d/box", "mission.handover-asked/1", { mission, to: "lst-w" }, null],
  ["a mission to oneself", "lst-d/box", "mission.handover-asked/1", { mission, to: "lst-d" }, "bad-field"],
  ["a status said by a centre", "lst-d/box", "hospital.status/1", status, "not-yours-to-say"],
  ["a voice report by a hospital", "ukd/box", "voice.report/1", voice, "not-yours-to-say"],
  ["a destination said by a centre", "lst-d/box", "mission.destination/1", {}, "not-yours-to-say"],
  ["log.start from outside", "ukd/box", "log.start/1", { previous: null }, "not-yours-to-say"],
  [
    "a charter fact by a hospital",
    "ukd/box",
    "charter.site/1",
    charterBody.site("x", "hospital"),
    "not-yours-to-say",
  ],
  ["the authority a site", authority, "charter.site/1", charterBody.site("x", "hospital"), null],
  [
    "the recovery key a site",
    recovery,
    "charter.site/1",
    charterBody.site("x", "hospital"),
    "not-yours-to-say",
  ],
  [
    "a site with another type",
    authority,
    "charter.site/1",
    charterBody.site("ukd", "authority"),
    "site-type-fixed",
  ],
  ["a new device", authority, "charter.device/1", charterBody.device("ukd/new"), null],
  ["a known device once more", authority, "charter.device/1", charterBody.device("ukd/box"), null],
  [
    "a known device with another key",
    authority,
    "charter.device/1",
    charterBody.device("ukd/box", 2),
    "key-fixed",
  ],
  ["a device of no site", authority, "charter.device/1", charterBody.device("x/box"), "unknown-site"],
  [
    "a device with another's key",
    authority,
    "charter.device/1",
    { ...charterBody.device("ukd/box"), device: "other" },
    "key-not-of-device",
  ],
  [
    "the authority's device with another key",
    authority,
    "charter.device/1",
    charterBody.device(authority, 2),
    "key-fixed",
  ],
  ["the end of a device", authority, "charter.device-ended/1", charterBody.ended("ukd/box", null, 0), null],
  [
    "the end of nobody",
    authority,
    "charter.device-ended/1",
    charterBody.ended("ukd/x", null, 0),
    "unknown-device",
  ],
  [
    "the end of a device with another's log",
    authority,
    "charter.device-ended/1",
    charterBody.ended("ukd/box", "ukd/tablet/1-00000001", 0),
    "log-not-of-device",
  ],
  [
    "a new authority",
    authority,
    "charter.authority-next/1",
    charterBody.next(logKey("land/desk-2"), authorityLog, 3),
    null,
  ],
  [
    "a new authority by the recovery key",
    recovery,
    "charter.authority-next/1",
    charterBody.next(logKey("land/desk-2"), authorityLog, 3),
    null,
  ],
  [
    "a new authority that is enrolled",
    authority,
    "charter.authority-next/1",
    charterBody.next(logKey("ukd/box"), authorityLog, 3),
    "authority-not-new",
  ],
  [
    "a new authority after somebody else's log",
    authority,
    "charter.authority-next/1",
    charterBody.next(logKey("land/desk-2"), "ukd/box/1-00000001", 3),
    "log-not-of-device",
  ],
  [
    "a neighbour with a key of our own region",
    authority,
    "charter.neighbour/1",
    { region: "rehearsal-test", key: formatVkey(logKey("land/desk")) },
    "key-not-of-neighbour",
  ],
  [
    "a neighbour by the recovery key",
    recovery,
    "charter.neighbour-ended/1",
    { region: "rehearsal-other" },
    "not-yours-to-say",
  ],
  [
    "the end of a neighbour that was not named",
    authority,
    "charter.neighbour-ended/1",
    { region: "rehearsal-other" },
    "unknown-neighbour",
  ],
];

describe("local input", () => {
  test.each(rows)("[FACT6] %s", (_what, device, kind, body, code) => {
    const checked = checkLocal(charter, device, entry(kind, body));
    expect(checked.ok ? null : checked.error.code).toBe(code);
  });

  test("[FACT6] an ended device writes nothing more", () => {
    const logs = charterLogs();
    say(logs, authorityLog, "charter.device-ended/1", charterBody.ended("ukd/box", null, 0));
    const checked = checkLocal(charterOf(logs), "ukd/box", entry("hospital.status/1", status));
    expect(checked).toEqual({ ok: false, error: { code: "device-ended", detail: "ukd/box" } });
    expect(
      checkLocal(charterOf(logs), authority, entry("charter.device/1", charterBody.device("ukd/box"))),
    ).toEqual({
      ok: false,
      error: { code: "device-ended", detail: "ukd/box" },
    });
  });

  test("[FACT6] the authority begins its charter before it is a site", () => {
    const start = checkLocal(emptyCharter(), authority, entry("charter.start/1", charterBody.start()));
    expect(start.ok).toBe(true);
  });

  test("[FACT6] a refusal is a sentence in both languages that says what it is about", () => {
    expect(refusalText({ code: "unknown-hospital", detail: "mond" })).toEqual({
      de: "In der Region gibt es kein Krankenhaus „mond“.",
      en: "The region has no hospital “mond”.",
    });
  });
});

describe("a replicated entry", () => {
  const log = "ukd/box/1-00000001";

  test("[FACT7] of a known kind, by the site whose turn it is, is used", () => {
    expect(usable(charter, log, 3, entry("hospital.status/1", { ...status, later: 1 }))).toBe(true);
    expect(
      usable(charter, "lst-d/box/1-00000001", 1, entry("voice.report/1", { ...voice, hospital: "x" })),
    ).toBe(true);
    expect(usable(charter, authorityLog, 0, entry("charter.start/1", charterBody.start()))).toBe(true);
  });

  test.each<[string, string, number, string, JsonObject]>([
    ["an unknown kind", log, 1, "hospital.mood/1", status],
    ["an unknown version", log, 1, "hospital.status/2", status],
    ["an unknown capability", log, 1, "hospital.status/1", { ...status, capability: "x" }],
    ["a site out of turn", log, 1, "voice.report/1", voice],
    ["a site that the charter does not name", "x/box/1-00000001", 1, "hospital.status/1", status],
    [
      "a device of a known site that the charter does not name",
      "ukd/x/1-00000001",
      1,
      "hospital.status/1",
      status,
    ],
    ["a charter fact outside the charter", log, 1, "charter.site/1", charterBody.site("x", "hospital")],
    ["a second log.start", log, 1, "log.start/1", { previous: null }],
    ["a second charter.start", authorityLog, 1, "charter.start/1", charterBody.start()],
  ])("[FACT7] %s is folded to nothing", (_what, at, index, kind, body) => {
    expect(usable(charter, at, index, entry(kind, body))).toBe(false);
  });

  test("[FACT7] past its device's end is folded to nothing", () => {
    const logs = charterLogs();
    say(logs, authorityLog, "charter.device-ended/1", charterBody.ended("ukd/box", log, 3));
    const ended = charterOf(logs);
    const one = entry("hospital.status/1", status);
    expect([2, 3].map((index) => usable(ended, log, index, one))).toEqual([true, false]);
  });

  test("[FACT8] counts once the version knows its kind", () => {
    const older = kindsOf([...knownKinds.values()].filter(({ kind }) => kind !== "hospital.status/1"));
    const one = entry("hospital.status/1", status);
    expect(factBy("hospital", log, 1, one, older)).toBeUndefined();
    expect(factBy("hospital", log, 1, one, knownKinds)).toBe(one);
  });
});
