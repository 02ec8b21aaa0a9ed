import { afterAll, expect, test } from "vitest";
import { type PlantedCopy, plant } from "./copy.ts";
import { plants } from "./plants.ts";

const copies: PlantedCopy[] = [];
afterAll(() => {
  for (const copy of copies) copy.remove();
});

const known = plants.flatMap(({ seed, ...planted }) => (seed === null ? [] : [{ ...planted, seed }]));

test.each(known.map((planted) => [planted.checker, planted.name, planted] as const))(
  "the checker %s finds %s",
  { timeout: 60_000 },
  async (checker, _name, planted) => {
    const copy = plant(planted);
    copies.push(copy);
    expect(await copy.findings(planted.seed, 1)).toEqual([checker]);
  },
);

test("the text of each planted mistake stands in its file once, also of those whose seed is not known", () => {
  for (const planted of plants.filter(({ seed }) => seed === null)) plant(planted).remove();
});
