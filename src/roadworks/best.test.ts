import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { drawnHospitals, drawnTown, networkOf, originE3, tableOf } from "../../test/support/drawn-roads.ts";
import { seededRandom } from "../basics/random.ts";
import { bestLines, readCells } from "./best.ts";

const random = seededRandom(43);
const network = networkOf(drawnTown(12, random));
const placed = drawnHospitals(network, 5, random);
const table = tableOf(network, placed);
const sites = {
  region: "drawn",
  hospitals: placed.map((site, i) => ({ ...site, capabilities: i === 3 ? ["burns", "ct"] : ["ct"] })),
};
const cells = [
  { latE3: originE3.latE3 + 8, lonE3: originE3.lonE3 + 8, people: 120 },
  { latE3: originE3.latE3 - 90, lonE3: originE3.lonE3, people: 4 },
];

test("[ROADS33] the command prints a row a cell and capability, and counts cells off every road", () => {
  const { lines, offRoad } = bestLines(table, sites, cells, undefined);
  expect(offRoad).toBe(1);
  expect(lines).toHaveLength(3);
  expect(lines[0]).toBe("latE3,lonE3,people,capability,hospital,minutes,hospital,minutes,hospital,minutes");
  expect(lines[1]).toMatch(/^51008,7008,120,burns,h3,\d+\.\d$/);
  expect(lines[2]).toMatch(/^51008,7008,120,ct(,h[0-4],\d+\.\d){3}$/);
  expect(bestLines(table, sites, cells, "ct").lines).toHaveLength(2);
  expect(bestLines(table, sites, cells, "heart").lines).toHaveLength(1);
});

test("[ROADS33] cells are read in the form of the region's municipalities; what is no grid is a sentence", () => {
  const dir = mkdtempSync(join(tmpdir(), "holdfast-cells-"));
  const file = join(dir, "cells.json");
  const read = (text: string) => {
    writeFileSync(file, text);
    const result = readCells(dir, file);
    return result.ok ? result.value.length : result.error;
  };
  expect(read(JSON.stringify(cells))).toBe(2);
  expect(read("[]")).toContain("no cell");
  expect(read('[{"latE3":1.5,"lonE3":2,"people":3}]')).toContain("cells.json, 0.latE3");
  expect(read("x,y")).toContain("cannot be read");
  writeFileSync(join(dir, "municipalities.json"), JSON.stringify(cells));
  expect(readCells(dir, undefined)).toEqual({ ok: true, value: cells });
  rmSync(dir, { recursive: true });
});
