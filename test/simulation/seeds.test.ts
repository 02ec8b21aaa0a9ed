import { expect, test } from "vitest";
import { failureText, summaryOf } from "../../src/drill/command.ts";
import { faultKinds } from "../../src/drill/faults.ts";
import { runSeeds } from "../../src/drill/seed-run.ts";
import { runSeed, type SeedReport } from "../../src/drill/world.ts";

const count = 200;
const reports: SeedReport[] = [];

test(`a region under faults keeps its promises and converges: seeds 1 to ${count}`, async () => {
  await runSeeds({ first: 1, count }, (report) => reports.push(report));
  console.log(JSON.stringify(summaryOf(reports)));
  expect(reports.filter(({ failure }) => failure !== null).map(failureText)).toEqual([]);
  expect(reports).toHaveLength(count);
}, 600_000);

test("every kind of fault happened in at least three seeds", () => {
  const seedsWith = (kind: (typeof faultKinds)[number]): number =>
    reports.filter(({ faults }) => (faults[kind] ?? 0) > 0).length;
  expect(faultKinds.filter((kind) => seedsWith(kind) < 3)).toEqual([]);
});

test("in most stores a snapshot was opened and came to the same fold", () => {
  const stores = reports.reduce((sum, { processes }) => sum + processes, 0);
  const opened = reports.reduce((sum, { snapshots }) => sum + snapshots, 0);
  expect(opened).toBeGreaterThan(stores / 2);
});

test("one seed is one run: the same seed again comes to the same report", () => {
  expect(runSeed(7)).toEqual(reports.find(({ seed }) => seed === 7));
});
