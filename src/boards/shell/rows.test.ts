import { describe, expect, test } from "vitest";
import { hospitalRow, missionRow, sampleRegion, sampleView } from "../../../test/support/board-sample.ts";
import { nightMs } from "../../../test/support/board-sight.ts";
import { applyPush, parsePush, type Rows } from "./rows.ts";

const view = sampleView(sampleRegion(), nightMs, {
  missions: [missionRow(1, nightMs), missionRow(2, nightMs)],
});

function allRows(): Rows {
  const rows = applyPush(null, { type: "all", nowMs: nightMs, view });
  if (rows === null) throw new Error("a whole view gives rows");
  return rows;
}

describe("what a push does to the rows", () => {
  test("changed rows replace theirs, missions that are gone leave, the rest is the same object", () => {
    const before = allRows();
    const ukd = hospitalRow("ukd", nightMs, { inbound: 7 });
    const one = missionRow(1, nightMs);
    const after = applyPush(before, {
      type: "rows",
      nowMs: nightMs,
      hospitals: [ukd],
      missions: [missionRow(3, nightMs)],
      gone: [one.mission],
    });
    expect(after?.hospitals.get("ukd")).toBe(ukd);
    expect(after?.hospitals.get("neuss-lukas")).toBe(before.hospitals.get("neuss-lukas"));
    expect(after?.own).toBe(before.own);
    expect([...(after?.missions.values() ?? [])].map(({ vehicle }) => vehicle)).toEqual([
      "rtw-duesseldorf-2",
      "rtw-duesseldorf-3",
    ]);
    expect(before.missions.size).toBe(2);
  });

  test("a whole view replaces everything: what the anchor no longer knows does not stay", () => {
    const after = applyPush(allRows(), { type: "all", nowMs: nightMs, view: { ...view, missions: [] } });
    expect(after?.missions.size).toBe(0);
  });

  test("a sign of life changes nothing, and changes before the whole view mean nothing", () => {
    const before = allRows();
    expect(applyPush(before, { type: "alive", nowMs: nightMs })).toBe(before);
    expect(applyPush(null, { type: "rows", nowMs: nightMs, missions: [missionRow(1, nightMs)] })).toBeNull();
  });
});

test("a text that is no message of an anchor is not taken for a sign of life", () => {
  expect(parsePush(`{"type":"alive","nowMs":5}`)).toEqual({ type: "alive", nowMs: 5 });
  for (const text of ["", "{", "null", "7", `{"type":"alive"}`, `{"type":"other","nowMs":5}`]) {
    expect(parsePush(text)).toBeNull();
  }
});
