import { expect, test } from "vitest";
import type { Plant } from "../../src/drill/process.ts";
import { runSeed } from "../../src/drill/world.ts";
import { growingRumour, keptToOneself, receiptBeforeCommit, rememberedCursors } from "./plants.ts";

const seedsMax = 12;

/** The checkers that found it, seed by seed, up to the one that must. */
function findings(plant: () => Plant, checker: string): readonly string[] {
  const found: string[] = [];
  for (let seed = 1; seed <= seedsMax && !found.includes(checker); seed += 1) {
    const { failure } = runSeed(seed, plant());
    if (failure !== null) found.push(failure.checker);
  }
  return found;
}

test.each([
  ["a receipt before the commit", receiptBeforeCommit, "nothing-early"],
  ["remembered cursors", rememberedCursors, "convergence"],
  ["a rumour that keeps a dead site alive", growingRumour, "contact"],
  ["hearsay that is kept to oneself", keptToOneself, "contact"],
])("the checkers find %s", { timeout: 60_000 }, (_name, plant, checker) => {
  expect(findings(plant, checker)).toContain(checker);
});
