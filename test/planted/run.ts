// npm run planted [-- WORD]: looks for the first seeds in which each planted mistake, or those whose name has the word, is
// found by its checker. Fails when one is not found within 500 seeds.

import process from "node:process";
import { plant } from "./copy.ts";
import { plants } from "./plants.ts";

const seedsMax = 500;
const seedsAtOnce = 8;

async function firstSeeds(planted: (typeof plants)[number]): Promise<string> {
  const copy = plant(planted);
  const others = new Set<string>();
  try {
    for (let first = 1; first <= seedsMax; first += seedsAtOnce) {
      const found = await copy.findings(first, seedsAtOnce);
      if (found.includes(planted.checker)) return `within ${first + seedsAtOnce - 1} seeds`;
      for (const checker of found) others.add(checker);
    }
    process.exitCode = 1;
    return `NOT within ${seedsMax} seeds (others: ${[...others].join(", ")})`;
  } finally {
    copy.remove();
  }
}

const [word = ""] = process.argv.slice(2);
for (const planted of plants.filter(({ name }) => name.includes(word)))
  console.log(`${planted.name}: found by ${planted.checker} ${await firstSeeds(planted)}`);
