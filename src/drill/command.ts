import { parseArgs } from "node:util";
import type { FaultKind } from "./faults.ts";
import { runSeed, type SeedReport } from "./world.ts";

const usage = `usage: node src/cli.ts drill seeds [--seed N] [--count N] [--json]
  --seed   the first seed (1)
  --count  how many seeds, one after the other (1 with --seed, otherwise 200)
  --json   one line at the end: {"seeds", "failed", "events", "faults"}`;
const countDefault = 200;

/**
 * `drill seeds`: runs simulated regions and prints what failed, each with the command that replays it.
 * @param args what follows the word `drill`
 * @returns the exit code: 0 when every promise was kept, 1 when not, 2 for arguments that mean nothing
 */
export async function runDrill(args: readonly string[]): Promise<number> {
  const plan = planOf(args);
  if (plan === null) {
    console.error(usage);
    return 2;
  }
  const reports: SeedReport[] = [];
  for (let seed = plan.first; seed < plan.first + plan.count; seed += 1) {
    const report = runSeed(seed);
    reports.push(report);
    if (report.failure !== null) console.error(failureText(report));
    else if (!plan.json) console.log(`seed ${seed}: ${report.facts} facts, ${report.events} events`);
  }
  const failed = reports.filter(({ failure }) => failure !== null).length;
  if (plan.json) console.log(JSON.stringify(summaryOf(reports)));
  else console.log(`${reports.length} seeds, ${failed} failed`);
  return failed === 0 ? 0 : 1;
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
    const isPlan = Number.isSafeInteger(first) && Number.isSafeInteger(count) && first >= 1 && count >= 1;
    return isPlan ? { first, count, json: values.json } : null;
  } catch {
    // parseArgs throws at an option that it does not know.
    return null;
  }
}
