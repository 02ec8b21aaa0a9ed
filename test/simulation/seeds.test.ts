import { afterAll, describe, expect, test } from "vitest";
import { failureText, summaryOf } from "../../src/drill/command.ts";
import { faultKinds } from "../../src/drill/faults.ts";
import { runSeed, type SeedReport } from "../../src/drill/world.ts";

const seeds = 200;
const seedsInTest = 10;
const reports: SeedReport[] = [];

describe("a region under faults keeps its promises and converges", () => {
  for (let first = 1; first <= seeds; first += seedsInTest) {
    test(`seeds ${first} to ${first + seedsInTest - 1}`, { timeout: 60_000 }, () => {
      const failures: string[] = [];
      for (let seed = first; seed < first + seedsInTest; seed += 1) {
        const report = runSeed(seed);
        reports.push(report);
        if (report.failure !== null) failures.push(failureText(report));
      }
      expect(failures).toEqual([]);
    });
  }
});

test("every kind of fault happened in at least ten seeds", () => {
  const seedsWith = (kind: (typeof faultKinds)[number]): number =>
    reports.filter(({ faults }) => (faults[kind] ?? 0) > 0).length;
  expect(faultKinds.filter((kind) => seedsWith(kind) < 10)).toEqual([]);
});

test("one seed is one run: the same seed again comes to the same report", () => {
  expect(runSeed(7)).toEqual(reports[6]);
});

afterAll(() => {
  console.log(JSON.stringify(summaryOf(reports)));
});
