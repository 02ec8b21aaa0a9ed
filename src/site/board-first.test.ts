import { describe, expect, test } from "vitest";
import { calmOwn, hospitalRow, sampleRegion } from "../../test/support/board-sample.ts";
import { firstColumns, firstRegion, inTwo } from "./board-first.ts";

const region = sampleRegion();
const nowMs = Date.UTC(2020, 8, 11, 1, 7);

describe("[BOARD35] what the first rows need comes first", () => {
  test("a control centre gets its hospitals without full names, and the names of all others", () => {
    const first = firstRegion({ ...region, names: { ...region.names, ukd: "ukd" } }, true);
    expect(first.hospitals.map(({ hospital }) => hospital)).toEqual(
      region.hospitals.map(({ hospital }) => hospital),
    );
    expect(first.hospitals.every((hospital) => !("name" in hospital))).toBe(true);
    expect(first.names).toEqual(region.names);
    expect([first.towns, first.river, first.motorways]).toEqual([[], [], []]);
  });

  test("every other board gets what hospitals are called", () => {
    const first = firstRegion(region, false);
    expect(first.hospitals).toEqual([]);
    for (const { hospital, spokenName } of region.hospitals) expect(first.names?.[hospital]).toBe(spokenName);
  });

  test("a whole view comes as two messages which together say the same", () => {
    const rows = [hospitalRow("ukd", nowMs), hospitalRow("neuss-lukas", nowMs, { cells: {} })];
    const push = {
      type: "all" as const,
      nowMs,
      view: { own: calmOwn, hospitals: rows, missions: [] },
    };
    const columns = firstColumns([{ required: [["ct"], ["stroke-unit"]], preferred: ["neurosurgery"] }]);
    expect(columns).toEqual(["ct", "stroke-unit", "neurosurgery"]);
    const [first, second] = inTwo(push, columns);
    expect(first?.type === "all" && first.view.hospitals).toMatchObject([
      { hospital: "ukd", partial: true, cells: { "stroke-unit": { state: "open" } } },
      { hospital: "neuss-lukas", cells: {} },
    ]);
    expect(first?.type === "all" && Object.keys(first.view.hospitals[0]?.cells ?? {})).toEqual([
      "stroke-unit",
    ]);
    expect(second).toEqual({ type: "rows", nowMs, hospitals: [rows[0]] });
  });

  test("later messages go as they are", () => {
    const push = { type: "alive" as const, nowMs };
    expect(inTwo(push, ["ct"])).toEqual([push]);
  });
});
