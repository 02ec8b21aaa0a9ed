import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../test/support/files.ts";
import { valueIn } from "../../test/support/founded.ts";
import { readRegionData } from "../anchor/config.ts";
import { planRehearsal } from "./plan.ts";

test("no two sites of a rehearsal have one name, nor two ambulances of different centres one call sign", () => {
  const { sites } = planRehearsal(valueIn(readRegionData(join(root, "regions", "rhein-ruhr"))));
  const names = sites.map(({ name }) => name);
  expect(names.length).toBeGreaterThan(90);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});
