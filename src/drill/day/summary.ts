import { present } from "../../basics/assert.ts";
import type { Outcome } from "./day.ts";
import { type Interval, intervalOf, quantileOf, type Sorted, sortedOf } from "./interval.ts";
import type { ArmName, Kind, SeedDay } from "./measures.ts";

/** What is measured of a group of patients under one arm. */
export type Measures = {
  /** Minutes from leaving the scene to the start of treatment, over the patients of all seeds. */
  readonly medianMin: number;
  readonly p95Min: number;
  /** Arrivals turned away on a day, on average. */
  readonly turnedAway: number;
  /** The most who waited at a house when one of the group came to it, on any day. */
  readonly longestQueue: number;
  /** Minutes a patient lost by avoiding a house that would have taken them, on average. */
  readonly avoidedMin: number;
};

/** Chooses patients of a day. */
export type Group = (kind: Kind, day: SeedDay) => boolean;

export const groups = {
  all: () => true,
  tracers: ({ tracer }) => tracer,
  affected: ({ affected }) => affected,
} as const satisfies { readonly [name: string]: Group };

export const rest: Group = ({ affected }) => !affected;

type GroupName = keyof typeof groups;
export type ArmSummary = { readonly [name in GroupName]: Measures };

/** The line that `drill day --json` prints. */
export type DaySummary = {
  readonly seeds: number;
  readonly a: ArmSummary;
  readonly b: ArmSummary;
  readonly c: ArmSummary;
  readonly d: ArmSummary;
  readonly cMinusB: {
    readonly affected: { readonly p95Min: Interval; readonly turnedAway: Interval };
    readonly rest: { readonly medianMin: Interval };
  };
};

export function summaryOf(days: readonly SeedDay[]): DaySummary {
  const of = (arm: ArmName): ArmSummary => ({
    all: measuresOf(days, arm, groups.all),
    tracers: measuresOf(days, arm, groups.tracers),
    affected: measuresOf(days, arm, groups.affected),
  });
  return {
    seeds: days.length,
    ...{ a: of("a"), b: of("b"), c: of("c"), d: of("d") },
    cMinusB: {
      affected: {
        p95Min: differenceOf(days, "c", "b", groups.affected, "p95Min"),
        turnedAway: differenceOf(days, "c", "b", groups.affected, "turnedAway"),
      },
      rest: { medianMin: differenceOf(days, "c", "b", rest, "medianMin") },
    },
  };
}

export function measuresOf(days: readonly SeedDay[], arm: ArmName, group: Group): Measures {
  const outcomes = days.map((day) => chosen(day, arm, group));
  const all = outcomes.flat();
  const sorted = sortedOf(outcomes.map((some) => some.map(({ minutes }) => minutes)));
  const once = new Uint16Array(days.length).fill(1);
  return {
    medianMin: hundredths(quantileOf(sorted, 0.5, once)),
    p95Min: hundredths(quantileOf(sorted, 0.95, once)),
    turnedAway: hundredths(sum(all.map(({ turnedAway }) => turnedAway)) / days.length),
    longestQueue: all.reduce((most, { queueMet }) => Math.max(most, queueMet), 0),
    avoidedMin: hundredths(sum(all.map(({ avoidedMin }) => avoidedMin)) / Math.max(1, all.length)),
  };
}

/** What one arm's figure is more than the other's, for the same patients of the same seeds. */
export function differenceOf(
  days: readonly SeedDay[],
  arm: ArmName,
  other: ArmName,
  group: Group,
  measure: "medianMin" | "p95Min" | "turnedAway" | "avoidedMin",
): Interval {
  const figures = [figureOf(days, arm, group, measure), figureOf(days, other, group, measure)] as const;
  const [low, mid, high] = intervalOf(days.length, (weights) => figures[0](weights) - figures[1](weights));
  return [hundredths(low), hundredths(mid), hundredths(high)];
}

type Figure = (weights: Uint16Array) => number;

function figureOf(
  days: readonly SeedDay[],
  arm: ArmName,
  group: Group,
  measure: "medianMin" | "p95Min" | "turnedAway" | "avoidedMin",
): Figure {
  const outcomes = days.map((day) => chosen(day, arm, group));
  if (measure === "turnedAway" || measure === "avoidedMin") {
    const sums = outcomes.map((some) => sum(some.map((one) => one[measure])));
    const counts = outcomes.map((some) => (measure === "turnedAway" ? 1 : some.length));
    return (weights) => weighted(sums, weights) / Math.max(1, weighted(counts, weights));
  }
  const sorted: Sorted = sortedOf(outcomes.map((some) => some.map(({ minutes }) => minutes)));
  const share = measure === "medianMin" ? 0.5 : 0.95;
  return (weights) => quantileOf(sorted, share, weights);
}

function chosen(day: SeedDay, arm: ArmName, group: Group): readonly Outcome[] {
  const outcomes = present(day.outcomes[arm], "an arm that was played");
  return outcomes.filter((_, i) => group(present(day.kinds[i], "a kind for every patient"), day));
}

function weighted(values: readonly number[], weights: Uint16Array): number {
  return values.reduce((total, value, i) => total + value * (weights[i] ?? 0), 0);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
