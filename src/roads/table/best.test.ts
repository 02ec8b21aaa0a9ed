import { expect, test } from "vitest";
import {
  drawnHospitals,
  drawnTown,
  networkOf,
  originE3,
  tableOf,
} from "../../../test/support/drawn-roads.ts";
import { seededRandom } from "../../basics/random.ts";
import { bestOfCell } from "./best.ts";
import { farther, rowFrom } from "./table.ts";

const random = seededRandom(41);
const network = networkOf(drawnTown(16, random));
const table = tableOf(network, drawnHospitals(network, 9, random));
const masks = Uint32Array.from([1, 1, 3, 1, 1, 1, 3, 1, 1]);

test("[ROADS33] for each cell where people live: the best hospitals for each capability, by their minutes", () => {
  const cell = { latE3: originE3.latE3 + 12, lonE3: originE3.lonE3 + 20, people: 300 };
  const row = new Uint16Array(9);
  expect(rowFrom(table, cell.latE3 * 10_000, cell.lonE3 * 10_000, row).ok).toBe(true);
  const byTime = [...row.keys()].sort((a, b) => (row[a] ?? farther) - (row[b] ?? farther) || a - b);
  const [all, few, none] = bestOfCell(table, cell, masks, [1, 2, 4], 3) ?? [];
  expect(all?.map(({ column }) => column)).toEqual(byTime.slice(0, 3));
  expect(few?.map(({ column }) => column)).toEqual(byTime.filter((column) => column === 2 || column === 6));
  expect(few?.map(({ tenths, column }) => tenths === row[column])).toEqual([true, true]);
  expect(none).toEqual([]);
  expect(bestOfCell(table, { ...cell, latE3: originE3.latE3 - 40 }, masks, [1], 3)).toBeNull();
});
