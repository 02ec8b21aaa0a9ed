import { expect, test } from "vitest";
import type { Plant } from "../../src/drill/process.ts";
import { runSeed } from "../../src/drill/world.ts";
import {
  epochReused,
  growingRumour,
  keptToOneself,
  nothingSaidAgain,
  ownHistoryTold,
  proofKeptToOneself,
  proofsWithoutEnd,
  receiptBeforeCommit,
  rememberedCursors,
} from "./plants.ts";

const seedsMax = 12;

/** The checkers that found it, seed by seed, up to the one that must. */
function findings(plant: () => Plant, checker: string, seeds: readonly number[]): readonly string[] {
  const found: string[] = [];
  for (const seed of seeds) {
    if (found.includes(checker)) break;
    const { failure } = runSeed(seed, plant());
    if (failure !== null) found.push(failure.checker);
  }
  return found;
}

const firstSeeds = Array.from({ length: seedsMax }, (_, at) => at + 1);
/** Worlds in which a store is put back from a backup. */
const restoredSeeds = [1, 2, 4, 6, 32, 36];
/** Worlds in which a log is signed in two ways. */
const forkedSeeds = [12, 15, 18, 26, 42, 52, 64];

test.each([
  ["a receipt before the commit", receiptBeforeCommit, "nothing-early"],
  ["remembered cursors", rememberedCursors, "convergence"],
  ["a rumour that keeps a dead site alive", growingRumour, "contact"],
  ["hearsay that is kept to oneself", keptToOneself, "contact"],
])("the checkers find %s", { timeout: 60_000 }, (_name, plant, checker) => {
  expect(findings(plant, checker, firstSeeds)).toContain(checker);
});

test.each([
  ["an epoch that is used again after a store was put back", epochReused, "epoch", restoredSeeds],
  ["a proof of a fork that is kept to oneself", proofKeptToOneself, "convergence", forkedSeeds],
  ["a vector that tells each its own history of a forked log", ownHistoryTold, "vector", forkedSeeds],
  ["proofs that are sent without end", proofsWithoutEnd, "still", forkedSeeds],
  ["a device that says nothing again", nothingSaidAgain, "acknowledged", forkedSeeds],
])("the checkers find %s", { timeout: 60_000 }, (_name, plant, checker, seeds) => {
  expect(findings(plant, checker, seeds)).toContain(checker);
});
