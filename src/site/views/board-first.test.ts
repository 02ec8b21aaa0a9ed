import { describe, expect, test } from "vitest";
import { calmOwn, hospitalRow, sampleRegion } from "../../../test/support/board-sample.ts";
import { firstColumns, firstRegion, firstView } from "./board-first.ts";

const region = sampleRegion();
const nowMs = Date.UTC(2020, 8, 11, 1, 7);

describe("[BOARD35] what the first rows need comes first", () => {
  test("a control centre gets its hospitals without full names and places, and what its view speaks of", () => {
    const said = { missions: [{ vehicle: "nef-1", need: "sepsis" }] };
    const names = { "nef-1": "NEF 1", "nef-2": "NEF 2", ukd: "ukd" };
    const first = firstRegion({ ...region, names }, true, said);
    expect(first.hospitals.map(({ hospital }) => hospital)).toEqual(
      region.hospitals.map(({ hospital }) => hospital),
    );
    expect(first.hospitals.every((hospital) => !("name" in hospital || "latE3" in hospital))).toBe(true);
    expect(first.names).toEqual({ "nef-1": "NEF 1" });
    expect(first.needs.map(({ need }) => need)).toEqual([region.needs[0]?.need, "sepsis"]);
    expect([first.towns, first.river, first.motorways]).toEqual([[], [], []]);
  });

  test("every other board gets what those hospitals and needs are called that its view speaks of", () => {
    const first = firstRegion(region, false, { missions: [{ hospital: "ukd", need: "stroke" }] });
    expect(first.hospitals).toEqual([]);
    expect(first.names).toEqual({ ukd: "Uniklinik Düsseldorf" });
    expect(first.needs).toMatchObject([{ need: "stroke", required: [] }]);
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
