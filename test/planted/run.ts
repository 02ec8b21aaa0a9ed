// npm run planted [-- WORD]: looks for seeds in which each planted mistake, or those whose name has the word, is found by its
// checker, and names of the first few the one that finds it after the fewest events. Fails when one is not found within 500.

import { availableParallelism } from "node:os";
import process from "node:process";
import { PlantedCopy } from "./copy.ts";
import { type Planted, plants } from "./plants.ts";

const seedsMax = 500;
const seedsAtOnce = 16;

async function cheapestSeed(copy: PlantedCopy, planted: Planted): Promise<string> {
  const others = new Set<string>();
  for (let first = 1; first <= seedsMax; first += seedsAtOnce) {
    const found = await copy.findings(planted, first, seedsAtOnce);
    const [cheapest] = found
      .filter(({ checker }) => checker === planted.checker)
      .sort((a, b) => a.events - b.events);
    if (cheapest !== undefined) return `by seed ${cheapest.seed} after ${cheapest.events} events`;
    for (const { checker } of found) others.add(checker);
  }
  process.exitCode = 1;
  return `NOT within ${seedsMax} seeds (others: ${[...others].join(", ")})`;
}

/** One core: plants from those that are left, one after the other. */
async function work(left: Planted[]): Promise<void> {
  const copy = new PlantedCopy();
  for (let planted = left.shift(); planted !== undefined; planted = left.shift())
    console.log(`${planted.name}: found by ${planted.checker} ${await cheapestSeed(copy, planted)}`);
  copy.remove();
}

const [word = ""] = process.argv.slice(2);
const left = plants.filter(({ name }) => name.includes(word));
await Promise.all(Array.from({ length: availableParallelism() }, () => work(left)));
