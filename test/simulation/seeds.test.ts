import { expect, test } from "vitest";
import { failureText, summaryOf } from "../../src/drill/command.ts";
import { faultKinds } from "../../src/drill/faults.ts";
import { runSeeds } from "../../src/drill/seed-run.ts";
import { runSeed, type SeedReport } from "../../src/drill/world.ts";

const count = 300;
const reports: SeedReport[] = [];

test(`a region under faults keeps its promises and converges: seeds 1 to ${count}`, async () => {
  await runSeeds({ first: 1, count }, (report) => reports.push(report));
  console.log(JSON.stringify(summaryOf(reports)));
  expect(reports.filter(({ failure }) => failure !== null).map(failureText)).toEqual([]);
  expect(reports).toHaveLength(count);
}, 600_000);

/** Seeds that failed once, and what they found; a seed is another world now than it was then where draws have changed since. */
const kept: readonly (readonly [seed: number, found: string])[] = [
  [13, "what was on its way to the disk when its log was found forked was not said again"],
  [
    60,
    "what a proof stored as the power went put past the common part was asked for before its device had asked around",
  ],
  [90, "a centre that was set back was believed no receipt any more"],
  [373, "a process that was to crash at an effect crashed of something else before"],
  [930, "a long world with many devices in turns had more events than one may have"],
  [1_450, "the same, with a second machine"],
];

test.each(kept)("seed %i, which found once that %s", (seed) => {
  const report = reports.find((one) => one.seed === seed) ?? runSeed(seed);
  expect(failureText(report)).toBe(`seed ${seed} kept every promise`);
});

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
