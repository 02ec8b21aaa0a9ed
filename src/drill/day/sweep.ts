import type { Interval } from "./interval.ts";
import {
  changedNumbers,
  type ParameterName,
  parameters,
  sweptNames,
  usualNumbers,
  type WorldNumbers,
} from "./parameters.ts";
import { runDays, seedsFrom } from "./run.ts";
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

/** @param take called with each row as it is there: all of them take long */
export async function sweep(first: number, count: number, take: (row: SweepRow) => void): Promise<void> {
  for (const { parameter, value, numbers } of settings()) {
    const jobs = seedsFrom(first, count).map((seed) => ({ seed, numbers, arms: ["b", "c"] as const }));
    const days = await runDays(jobs);
    take({
      ...{ parameter, value },
      affected: {
        p95Min: differenceOf(days, "c", "b", groups.affected, "p95Min"),
        turnedAway: differenceOf(days, "c", "b", groups.affected, "turnedAway"),
      },
      rest: { medianMin: differenceOf(days, "c", "b", rest, "medianMin") },
    });
  }
}
