import { parseArgs } from "node:util";
import { hourMs } from "../basics/time.ts";
import { dayUsage, runDayCommand } from "./day/command.ts";
import { type FaultKind, faultKinds } from "./faults.ts";
import { runSeeds } from "./seed-run.ts";
import { runLossyHours, runSeed, type SeedReport } from "./world.ts";

/** As many days under loss as a release is to be shown with. */
const lossyCountDefault = 5;

const usage = `usage: node src/cli.ts drill seeds [--seed N] [--count N] [--json]
  --seed   the first seed (1)
  --count  how many seeds, on all cores (1 with --seed, otherwise 200)
  --json   one line at the end: {"seeds", "failed", "events", "faults"}
       node src/cli.ts drill lossy-hours [--seed N] [--count N] [--hours N]
  so many virtual hours (24) of eight anchors over a network that loses one segment in twenty, as TCP shows it: nobody
  may be taken for silent; one line of JSON for each seed
  --seed   the first seed (1)
  --count  how many seeds, one after the other (1 with --seed, otherwise ${lossyCountDefault})
  --hours  as many in place of 24
${dayUsage}`;
const countDefault = 200;
/** A virtual hour costs about twelve seconds of work. */
const lossyHoursMax = 240;
/** From so many seeds on each kind of fault must have happened in one of them. */
const everyFaultFrom = 100;

/**
 * `drill seeds`: runs simulated regions and prints what failed, each with the command that replays it.
 * @param args what follows the word `drill`
 * @returns the exit code: 0 when every promise was kept, 1 when not, 2 for arguments that mean nothing
 */
export async function runDrill(args: readonly string[]): Promise<number> {
  if (args[0] === "lossy-hours") return runLossy(args.slice(1));
  if (args[0] === "day") return runDayCommand(args.slice(1));
  const plan = planOf(args);
  if (plan === null) {
    console.error(usage);
    return 2;
  }
  const reports: SeedReport[] = [];
  const take = (report: SeedReport): void => {
    reports.push(report);
    const { seed, facts, events, failure } = report;
    if (failure !== null) console.error(failureText(report));
    else if (!plan.json) console.log(`seed ${seed}: ${facts} facts, ${events} events`);
  };
  if (plan.count === 1) take(runSeed(plan.first));
  else await runSeeds(plan, take);
  const summary = summaryOf(reports);
  if (plan.json) console.log(JSON.stringify(summary));
  else console.log(`${summary.seeds} seeds, ${summary.failed} failed`);
  const missing = missingFaults(summary);
  if (missing.length > 0) console.error(`Never happened in ${summary.seeds} seeds: ${missing.join(", ")}`);
  return summary.failed === 0 && missing.length === 0 ? 0 : 1;
}

/** Kinds of fault that a run of many seeds did not show: it shows nothing of them. */
function missingFaults({ seeds, faults }: ReturnType<typeof summaryOf>): readonly FaultKind[] {
  return seeds < everyFaultFrom ? [] : faultKinds.filter((kind) => faults[kind] === undefined);
}

/** One sentence, and the command that shows it again. */
export function failureText({ seed, failure }: SeedReport): string {
  if (failure === null) return `seed ${seed} kept every promise`;
  const { checker, atMs, message } = failure;
  return `seed ${seed} at ${atMs} ms, ${checker}: ${message}\n  node src/cli.ts drill seeds --seed ${seed}`;
}

/** What all seeds together came to. */
export function summaryOf(reports: readonly SeedReport[]) {
  const faults: Partial<Record<FaultKind, number>> = {};
  for (const report of reports) {
    for (const [kind, count] of Object.entries(report.faults) as [FaultKind, number][]) {
      faults[kind] = (faults[kind] ?? 0) + count;
    }
  }
  return {
    seeds: reports.length,
    failed: reports.filter(({ failure }) => failure !== null).length,
    events: reports.reduce((sum, { events }) => sum + events, 0),
    faults,
  };
}

function runLossy(args: readonly string[]): number {
  const plan = lossyPlanOf(args);
  if (plan === null) {
    console.error(usage);
    return 2;
  }
  let failed = 0;
  for (let at = 0; at < plan.count; at += 1) {
    const { seed, events, virtualMs, facts, failure } = runLossyHours(plan.first + at, plan.hours);
    console.log(JSON.stringify({ seed, virtualHours: virtualMs / hourMs, events, facts, failure }));
    if (failure !== null) failed += 1;
  }
  return failed === 0 ? 0 : 1;
}

function lossyPlanOf(args: readonly string[]): { first: number; count: number; hours: number } | null {
  const options = { seed: { type: "string" }, count: { type: "string" }, hours: number("24") } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    const first = Number(values.seed ?? 1);
    const count = Number(values.count ?? (values.seed === undefined ? lossyCountDefault : 1));
    const hours = Number(values.hours);
    return isSeeds(first, count) && hours > 0 && hours <= lossyHoursMax ? { first, count, hours } : null;
  } catch {
    // parseArgs throws at an option that it does not know.
    return null;
  }
}

function number<Text extends string>(otherwise: Text) {
  return { type: "string", default: otherwise } as const;
}

function isSeeds(first: number, count: number): boolean {
  return Number.isSafeInteger(first) && Number.isSafeInteger(count) && first >= 1 && count >= 1;
}

type Plan = { readonly first: number; readonly count: number; readonly json: boolean };

function planOf(args: readonly string[]): Plan | null {
  const [verb, ...rest] = args;
  if (verb !== "seeds") return null;
  const options = {
    seed: { type: "string" },
    count: { type: "string" },
    json: { type: "boolean", default: false },
  } as const;
  try {
    const { values } = parseArgs({ args: rest, options });
    const first = Number(values.seed ?? 1);
    const count = Number(values.count ?? (values.seed === undefined ? countDefault : 1));
    return isSeeds(first, count) ? { first, count, json: values.json } : null;
  } catch {
    // parseArgs throws at an option that it does not know.
    return null;
  }
}
