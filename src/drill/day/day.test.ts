import { beforeAll, describe, expect, test } from "vitest";
import { drawWorld } from "./draw-world.ts";
import { armNames, runSeedDay, type SeedDay } from "./measures.ts";
import { changedNumbers, parameterNames, parameters, usualNumbers } from "./parameters.ts";
import { type DayRegion, readDayRegion } from "./region.ts";
import { summaryOf } from "./summary.ts";
import { settings } from "./sweep.ts";
import { hasNow, isSuitable, type World } from "./world.ts";

/** None of those that docs/day.md reports. */
const seed = 10_002;
let region: DayRegion;
let day: SeedDay;
let world: World;

beforeAll(() => {
  region = readDayRegion();
  world = drawWorld(region, seed, usualNumbers);
  day = runSeedDay(region, seed, usualNumbers);
});

const meanMin = (arm: (typeof armNames)[number]) => {
  const minutes = day.outcomes[arm]?.map((outcome) => outcome.minutes) ?? [];
  return minutes.reduce((sum, one) => sum + one, 0) / minutes.length;
};

describe("a region day", () => {
  test("the same seed is the same day, and another arm beside it changes nothing", () => {
    const again = runSeedDay(region, seed, usualNumbers, ["c"]);
    expect(again.kinds).toEqual(day.kinds);
    expect(again.outcomes.c).toEqual(day.outcomes.c);
  });

  test("every patient is treated under every arm, no sooner than the nearest house that has what is needed lets", () => {
    for (const arm of armNames) {
      expect(day.outcomes[arm]).toHaveLength(world.missions.length);
      for (const [i, { minutes, turnedAway, avoidedMin }] of (day.outcomes[arm] ?? []).entries()) {
        const mission = world.missions[i];
        if (mission === undefined) throw new Error("a patient nobody drew");
        const able = world.houses.flatMap((_, house) =>
          isSuitable(world, house, mission.need) ? [mission.drives[house] ?? 0] : [],
        );
        const least = (Math.min(...able) * mission.driveFactor) / 10;
        // Whoever turns on the way drives along straight lines from one estimate to another, and roads are not straight.
        expect(minutes).toBeGreaterThan(0.5 * least);
        expect(avoidedMin).toBeGreaterThanOrEqual(0);
        expect(turnedAway).toBeLessThan(6);
      }
    }
  });

  test("perfect knowledge is never worse on average, but for what each patient takes from the next", () => {
    // It puts each patient where treatment begins first, not where all are best off: a tenth is left for that.
    for (const arm of armNames) expect(meanMin("d")).toBeLessThanOrEqual(1.1 * meanMin(arm));
  });

  test("arms meet the same patients and differ", () => {
    const shown = armNames.map((arm) => meanMin(arm));
    expect(new Set(shown).size).toBe(4);
    expect(day.kinds.some(({ affected }) => affected)).toBe(true);
    expect(day.canTake).toBe(seed % 3 === 0);
  });

  test("what a house has and what is closed hangs on no other number of the world", () => {
    const other = drawWorld(region, seed, changedNumbers("missionsPercent", 0.5));
    expect(other.houses).toEqual(world.houses);
    expect(other.silences).toEqual(world.silences);
    expect(other.missions.length).toBeLessThan(world.missions.length);
    const [house] = world.houses;
    const column = house?.closings.findIndex((closings) => closings.length > 0) ?? -1;
    const closing = house?.closings[column]?.[0];
    expect(hasNow(world, 0, column, (closing?.fromMs ?? 0) + 1)).toBe(false);
  });

  test("every number has its unit, meaning and certainty, and is swept but for who is called", () => {
    for (const name of parameterNames) {
      expect(parameters[name].meaning).toMatch(/^[a-z*(].{8,}[^.]$/);
    }
    const swept = settings();
    const values = parameterNames.map((name) => swept.filter(({ parameter }) => parameter === name).length);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(1);
    expect(swept[0]?.parameter).toBe(null);
  });

  test("the summary has exactly the printed shape", () => {
    const measures = ["medianMin", "p95Min", "turnedAway", "longestQueue", "avoidedMin"];
    const summary = summaryOf([day]);
    expect(Object.keys(summary)).toEqual(["seeds", "a", "b", "c", "d", "cMinusB"]);
    for (const arm of armNames) {
      expect(Object.keys(summary[arm])).toEqual(["all", "tracers", "affected"]);
      for (const group of Object.values(summary[arm])) expect(Object.keys(group)).toEqual(measures);
    }
    expect(summary.seeds).toBe(1);
    const { affected, rest } = summary.cMinusB;
    expect([Object.keys(affected), Object.keys(rest)]).toEqual([["p95Min", "turnedAway"], ["medianMin"]]);
    // Of one seed there is nothing else to draw.
    expect(new Set(affected.p95Min).size).toBe(1);
  });
});
