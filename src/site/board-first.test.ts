import { describe, expect, test } from "vitest";
import { calmOwn, hospitalRow, sampleRegion } from "../../test/support/board-sample.ts";
import { firstColumns, firstRegion, firstView } from "./board-first.ts";

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

  test("of each hospital only the first columns come, and a row in which cells are missing says so", () => {
    const rows = [hospitalRow("ukd", nowMs), hospitalRow("neuss-lukas", nowMs, { cells: {} })];
    const columns = firstColumns([{ required: [["ct"], ["stroke-unit"]], preferred: ["neurosurgery"] }]);
    expect(columns).toEqual(["ct", "stroke-unit", "neurosurgery"]);
    const first = firstView({ own: calmOwn, hospitals: rows, missions: [] }, columns);
    expect(first.hospitals).toMatchObject([
      { hospital: "ukd", partial: true, cells: { "stroke-unit": { state: "open" } } },
      { hospital: "neuss-lukas", cells: {} },
    ]);
    expect(Object.keys(first.hospitals[0]?.cells ?? {})).toEqual(["stroke-unit"]);
    expect(first.hospitals[1]).not.toHaveProperty("partial");
  });
});
