import { afterAll, expect, test } from "vitest";
import { type PlantedCopy, plant } from "./copy.ts";
import { plants } from "./plants.ts";

const copies: PlantedCopy[] = [];
afterAll(() => {
  for (const copy of copies) copy.remove();
});

test.each(plants.map((planted) => [planted.checker, planted.name, planted] as const))(
  "the checker %s finds %s",
  { timeout: 60_000 },
  async (checker, _name, planted) => {
    const copy = plant(planted);
    copies.push(copy);
    expect(await copy.findings(planted.seed, 1)).toEqual([checker]);
  },
);
