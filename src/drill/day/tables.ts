import type { Interval } from "./interval.ts";
import { armNames, type SeedDay } from "./measures.ts";
import { type Parameter, parameterNames, parameters } from "./parameters.ts";
import { differenceOf, type Group, groups, measuresOf, rest } from "./summary.ts";
import type { SweepRow } from "./sweep.ts";

/** The groups of the page, by the words they are called there. */
const shown: readonly (readonly [title: string, group: Group])[] = [
  ["all", groups.all],
  ["tracers", groups.tracers],
  ["urgency 1", ({ urgency }) => urgency === 1],
  ["affected", groups.affected],
  ["affected, the silent hospital cannot", ({ affected }, { canTake }) => affected && !canTake],
  ["affected, it can in truth", ({ affected }, { canTake }) => affected && canTake],
  ["rest", rest],
];

/** Each group under each arm, then (c) less (b) with 95 % intervals: tables of docs/day.md. */
export function dayTables(days: readonly SeedDay[]): string {
  const figures = shown.flatMap(([title, group]) =>
    armNames.map((arm) => {
      const { medianMin, p95Min, turnedAway, longestQueue, avoidedMin } = measuresOf(days, arm, group);
      return row([title, arm, medianMin, p95Min, turnedAway, longestQueue, avoidedMin]);
    }),
  );
  const differences = shown.map(([title, group]) =>
    row([
      `${title} (${patients(days, group)})`,
      ...(["medianMin", "p95Min", "turnedAway", "avoidedMin"] as const).map((measure) =>
        intervalText(differenceOf(days, "c", "b", group, measure)),
      ),
    ]),
  );
  return [
    row(["patients", "arm", "median min", "p95 min", "turned away a day", "longest queue", "avoided min"]),
    row(["---", "---", "---", "---", "---", "---", "---"]),
    ...figures,
    "",
    row(["(c) − (b): patients", "median min", "p95 min", "turned away a day", "avoided min"]),
    row(["---", "---", "---", "---", "---"]),
    ...differences,
  ].join("\n");
}

function patients(days: readonly SeedDay[], group: Group): number {
  return days.reduce((sum, day) => sum + day.kinds.filter((kind) => group(kind, day)).length, 0);
}

/** Every number of the world: the table of docs/day.md. */
export function parameterTable(): string {
  return [
    row(["parameter", "value", "unit", "certainty", "what it is"]),
    row(["---", "---", "---", "---", "---"]),
    ...parameterNames.map((name) => {
      const { value, unit, certainty, meaning, source }: Parameter = parameters[name];
      return row([
        `\`${name}\``,
        value,
        unit,
        certainty,
        source === undefined ? meaning : `${meaning} (${source})`,
      ]);
    }),
  ].join("\n");
}

export const sweepHead = [
  row(["parameter", "value", "affected: p95 min", "affected: turned away a day", "rest: median min"]),
  row(["---", "---", "---", "---", "---"]),
].join("\n");

export function sweepLine({ parameter, value, affected, rest: others }: SweepRow): string {
  return row([
    parameter === null ? "as it is" : `\`${parameter}\``,
    value ?? "",
    intervalText(affected.p95Min),
    intervalText(affected.turnedAway),
    intervalText(others.medianMin),
  ]);
}

/** `−3.1 (−4.2 to −2)`. */
function intervalText([low, mid, high]: Interval): string {
  return `${signed(mid)} (${signed(low)} to ${signed(high)})`;
}

function signed(value: number): string {
  return value < 0 ? `−${-value}` : `${value}`;
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(" | ")} |`;
}
