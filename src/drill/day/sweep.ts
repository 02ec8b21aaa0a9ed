import { present } from "../../basics/assert.ts";
import type { Interval } from "./interval.ts";
import type { SeedDay } from "./measures.ts";
import {
  changedNumbers,
  type ParameterName,
  parameters,
  sweptNames,
  usualNumbers,
  type WorldNumbers,
} from "./parameters.ts";
import { bySeed, type DayJob, runJobs, seedsFrom } from "./run.ts";
import { differenceOf, groups, rest } from "./summary.ts";

/** What (c) does better or worse than (b) in a world that is another one in one number. */
export type SweepRow = {
  /** Null: the world as it is otherwise. */
  readonly parameter: ParameterName | null;
  readonly value: number | null;
  readonly affected: { readonly p95Min: Interval; readonly turnedAway: Interval };
  readonly rest: { readonly medianMin: Interval };
};

type Setting = Pick<SweepRow, "parameter" | "value"> & { readonly numbers: WorldNumbers };

/** Half of each number, and half as much again; and (b) with calls for less urgent patients too. */
export function settings(): readonly Setting[] {
  const swept = sweptNames.flatMap((parameter) =>
    [0.5, 1.5].map((factor) => setting(parameter, changedNumbers(parameter, factor))),
  );
  const called = [2, 3].map((urgency) =>
    setting("calledUrgencyMax", { ...usualNumbers, calledUrgencyMax: urgency }),
  );
  const changed = [...swept, ...called].filter(
    ({ parameter, value }) => parameter === null || value !== parameters[parameter].value,
  );
  return [{ parameter: null, value: null, numbers: usualNumbers }, ...changed];
}

function setting(parameter: ParameterName, numbers: WorldNumbers): Setting {
  return { parameter, value: numbers[parameter], numbers };
}

/**
 * @param only names of the parameters that are changed; empty: all are
 * @param take called with each row as soon as it is there, in their order
 */
export async function sweep(
  first: number,
  count: number,
  only: readonly string[],
  take: (row: SweepRow) => void,
): Promise<void> {
  const worlds = settings().filter(
    ({ parameter }) => parameter === null || only.length === 0 || only.includes(parameter),
  );
  const jobs = worlds.flatMap(({ numbers }, world) =>
    seedsFrom(first, count).map((seed): DayJob => ({ world, seed, numbers, arms: ["b", "c"] })),
  );
  const played = worlds.map((): SeedDay[] => []);
  let next = 0;
  await runJobs(jobs, ({ world, day }) => {
    played[world]?.push(day);
    for (let days = played[next]; days?.length === count; days = played[next]) {
      take(rowOf(present(worlds[next], "a world of the sweep"), bySeed(days)));
      // Days are large, and nobody asks for these again.
      played[next] = [];
      next += 1;
    }
  });
}

function rowOf({ parameter, value }: Setting, days: readonly SeedDay[]): SweepRow {
  return {
    ...{ parameter, value },
    affected: {
      p95Min: differenceOf(days, "c", "b", groups.affected, "p95Min"),
      turnedAway: differenceOf(days, "c", "b", groups.affected, "turnedAway"),
    },
    rest: { medianMin: differenceOf(days, "c", "b", rest, "medianMin") },
  };
}
