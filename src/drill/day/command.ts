import { parseArgs } from "node:util";
import { armNames } from "./measures.ts";
import { parameterNames, usualNumbers } from "./parameters.ts";
import { runDays, seedsFrom } from "./run.ts";
import { summaryOf } from "./summary.ts";
import { sweep } from "./sweep.ts";
import { dayTables, parameterTable, sweepHead, sweepLine } from "./tables.ts";

export const dayUsage = `       node src/cli.ts drill day [--seed N] [--count N] [--json] [--sweep [--only NAME]... | --parameters]
  a day of the shipped region under four ways to steer it (docs/day.md): tables, or one line of JSON
  --seed        the first seed (1; of a sweep 20001)
  --count       how many seeds, on all cores (200; of a sweep 12)
  --sweep       (c) less (b) with each number of the world halved, and half as much again
  --only        of these numbers alone
  --parameters  every number of the world`;

/** From 1 on: what the page reports. */
const firstReported = 1;
/** Seeds of the sweep are none of those. Seeds from 10001 on were looked at while the world was written. */
const firstSwept = 20_001;

type Plan = {
  readonly first: number;
  readonly count: number;
  readonly json: boolean;
  /** Of a sweep: these parameters alone; empty: all. */
  readonly only: readonly string[];
  readonly what: "days" | "sweep" | "parameters";
};

/**
 * `drill day`.
 * @param args what follows the word `day`
 * @returns the exit code: 0, or 2 for arguments that mean nothing
 */
export async function runDayCommand(args: readonly string[]): Promise<number> {
  const plan = planOf(args);
  if (plan === null) {
    console.error(dayUsage);
    return 2;
  }
  if (plan.what === "parameters") console.log(parameterTable());
  else if (plan.what === "sweep") await printSweep(plan);
  else await printDays(plan);
  return 0;
}

async function printDays({ first, count, json }: Plan): Promise<void> {
  const days = await runDays(seedsFrom(first, count), usualNumbers, armNames);
  console.log(json ? JSON.stringify(summaryOf(days)) : dayTables(days));
}

async function printSweep({ first, count, only, json }: Plan): Promise<void> {
  if (!json) console.log(sweepHead);
  await sweep(first, count, only, (row) => console.log(json ? JSON.stringify(row) : sweepLine(row)));
}

function isParameter(name: string): boolean {
  return parameterNames.some((known) => known === name);
}

function planOf(args: readonly string[]): Plan | null {
  const options = {
    seed: { type: "string" },
    count: { type: "string" },
    json: { type: "boolean", default: false },
    sweep: { type: "boolean", default: false },
    only: { type: "string", multiple: true },
    parameters: { type: "boolean", default: false },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    const { seed, count, json, only = [], sweep: isSweep, parameters } = values;
    if ((isSweep && parameters) || !only.every(isParameter) || (only.length > 0 && !isSweep)) return null;
    const what = isSweep ? "sweep" : parameters ? "parameters" : "days";
    const first = Number(seed ?? (isSweep ? firstSwept : firstReported));
    const many = Number(count ?? (isSweep ? 12 : 200));
    const isMeant = [first, many].every((number) => Number.isSafeInteger(number) && number >= 1);
    return isMeant && many <= 10_000 ? { first, count: many, only, json, what } : null;
  } catch {
    // parseArgs throws at an option that it does not know.
    return null;
  }
}
