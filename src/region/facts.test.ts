import { describe, expect, test } from "vitest";
import { entry, missionBody, nightMs } from "../../test/support/region.ts";
import type { JsonObject } from "../basics/canonical-json.ts";
import { cellAt, cellMiddle } from "./cell.ts";
import { factKinds, factOf, type KindName, knownKinds } from "./facts.ts";
import { faultOfBody } from "./kind.ts";
import { capabilities, needs } from "./region-data.ts";

const ref = ["lst-d/box/1-00000001", 1] as const;
const status: JsonObject = { capability: "ct", state: "open", over: [] };

function use(kind: KindName, body: JsonObject) {
  return factOf(knownKinds, entry(kind, body)) !== undefined;
}

describe("the list of facts", () => {
  test("[FACT1] each kind stands in it once, with its meaning and its fields in both languages", () => {
    expect(new Set(factKinds.map(({ kind }) => kind)).size).toBe(factKinds.length);
    for (const { meaning, fields } of factKinds) {
      const words = [meaning, ...Object.values(fields).flatMap(({ doc, shape }) => [doc, shape])];
      for (const { de, en } of words) expect(de.length > 0 && en.length > 0).toBe(true);
    }
  });

  test("[FACT2] no field takes free text: text is chosen from a list, a short name, or names a place or a key", () => {
    const texts = factKinds.flatMap(({ kind, fields }) =>
      Object.entries(fields).flatMap(([name, { schema }]) =>
        schema["~run"]({ value: "Frau Müller, 57, Aortenriss" }, {}).issues === undefined
          ? [`${kind} ${name}`]
          : [],
      ),
    );
    expect(texts).toEqual(["charter.start/1 name", "charter.site/1 name", "charter.site/1 town"]);
  });
});

describe("a body", () => {
  test("[FACT3] with unknown fields is used, and the fact keeps them", () => {
    const fact = factOf(
      knownKinds,
      entry("hospital.status/1", { ...status, moreThisVersionKnows: { a: [1] } }),
    );
    expect(fact).toMatchObject({ kind: "hospital.status/1", moreThisVersionKnows: { a: [1] } });
  });

  const long = Array.from({ length: 33 }, () => [...ref]);
  test.each<[string, KindName, JsonObject]>([
    ["a missing field", "hospital.status/1", { capability: "ct", state: "open" }],
    ["an unknown capability", "hospital.status/1", { ...status, capability: "telepathy" }],
    ["an unknown state", "hospital.status/1", { ...status, state: "perhaps" }],
    ["a state inherited from every object", "hospital.status/1", { ...status, state: "toString" }],
    ["an optional field out of range", "hospital.status/1", { ...status, untilMs: -1 }],
    ["an over that is no list", "hospital.status/1", { ...status, over: "none" }],
    ["an over with a broken log", "hospital.status/1", { ...status, over: [["ukd/box", 1]] }],
    ["an over with a negative index", "hospital.status/1", { ...status, over: [["ukd/box/1-00000001", -1]] }],
    ["an over of 33", "hospital.status/1", { ...status, over: long }],
    ["negative beds", "hospital.beds/1", { ward: "general", free: -1, over: [] }],
    ["an unknown need", "mission.opened/1", { ...missionBody, need: "hunger" }],
    ["urgency 4", "mission.opened/1", { ...missionBody, urgency: 4 }],
    [
      "a position finer than a cell",
      "mission.opened/1",
      { ...missionBody, cell: { latE3: 51200, lonE3: 6800 } },
    ],
    ["a cell off the earth", "mission.opened/1", { ...missionBody, cell: { latE2: 9_001, lonE2: 0 } }],
    ["null for a flag", "mission.opened/1", { ...missionBody, doctor: null }],
    ["a previous without root", "log.start/1", { previous: { epoch: "1-00000001", size: 3 } }],
  ])("[FACT4] with %s is not used", (_name, kind, body) => {
    expect(use(kind, body)).toBe(false);
  });

  test.each<[KindName, JsonObject]>([
    ["log.start/1", { previous: { epoch: "1-00000001", size: 3, root: "a".repeat(64) } }],
    ["hospital.status/1", { ...status, reason: "it-failure", untilMs: nightMs, over: [[...ref]] }],
    ["hospital.beds/1", { ward: "intensive-care", free: 0, total: 12, over: [] }],
    [
      "voice.report/1",
      {
        hospital: "ukd",
        capability: "ct",
        state: "cannot",
        answeredBy: "physician",
        readBack: true,
        over: [],
      },
    ],
    ["contact.lost/1", { site: "ukd", lastHeardMs: nightMs, flaps: 0, inbound: [[...ref]] }],
    ["mission.opened/1", missionBody],
    ["mission.asked/1", { mission: [...ref], hospital: "neuss", answerWithinS: 90, over: [[...ref]] }],
  ])("[FACT4] %s in its full form is used", (kind, body) => {
    const spec = knownKinds.get(kind);
    expect(spec && faultOfBody(spec, entry(kind, body))).toBeNull();
  });

  test("[FACT4] every capability and every need of the region's data can be said", () => {
    for (const capability of Object.keys(capabilities)) {
      expect(use("hospital.status/1", { ...status, capability })).toBe(true);
    }
    for (const need of Object.keys(needs))
      expect(use("mission.opened/1", { ...missionBody, need })).toBe(true);
  });
});

test("[FACT5] a cell is named by its south-west corner; minutes are counted from its middle", () => {
  expect(cellAt(51_199, 6_800)).toEqual({ latE2: 5_119, lonE2: 680 });
  expect(cellAt(-1, -10)).toEqual({ latE2: -1, lonE2: -1 });
  for (const [latE3, lonE3] of [
    [51_199, 6_809],
    [-1, -1],
  ] as const) {
    const middle = cellMiddle(cellAt(latE3, lonE3));
    expect(Math.abs(middle.latE3 - latE3) <= 5 && Math.abs(middle.lonE3 - lonE3) <= 5).toBe(true);
  }
});
