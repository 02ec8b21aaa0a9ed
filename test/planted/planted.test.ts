import { afterAll, expect, test } from "vitest";
import { PlantedCopy } from "./copy.ts";
import { plants } from "./plants.ts";

const copy = new PlantedCopy();
afterAll(() => copy.remove());

test.each(plants.map((planted) => [planted.checker, planted.name, planted] as const))(
  "the checker %s finds %s",
  { timeout: 60_000 },
  async (checker, _name, planted) => {
    expect(await copy.findings(planted, planted.seed, 1)).toMatchObject([{ checker }]);
  },
);
