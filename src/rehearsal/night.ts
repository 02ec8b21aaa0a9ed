import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readRegionData } from "../anchor/config.ts";
import type { RegionData } from "../region/region-data.ts";
import { figuresOf } from "./figures.ts";
import { playNight } from "./one-night.ts";
import { paces } from "./pace.ts";
import { planRehearsal } from "./plan.ts";
import {
  type Fault,
  failuresOf,
  faults,
  type Limits,
  latencyLine,
  loadedLimits,
  quietLimits,
  type RunFigures,
  resultOf,
  watchedMs,
} from "./verdict.ts";

type NightArgs = {
  readonly faults: readonly Fault[];
  readonly seeds: readonly number[];
  readonly short: boolean;
  readonly loaded: boolean;
  readonly keep: boolean;
  readonly json: boolean;
};

/**
 * The night of 10 September with real processes, once for each fault and seed. Returns the exit code: 0 only if every
 * condition of every run holds.
 */
export async function runNight(args: readonly string[], root: string): Promise<number> {
  const parsed = parseNightArgs(args);
  if (typeof parsed === "string") return fail(parsed);
  const regionData = join(root, "regions", "rhein-ruhr");
  const data = readRegionData(regionData);
  if (!data.ok) return fail(data.error);
  const runs: RunFigures[] = [];
  for (const fault of parsed.faults) {
    for (const seed of parsed.seeds) {
      const run = await runOnce(parsed, fault, seed, { root, regionData, data: data.value });
      if (typeof run === "string") return fail(run);
      runs.push(run);
    }
  }
  const failures = runs.flatMap((run) => failuresOf(run, limitsOf(parsed)));
  for (const sentence of failures) console.error(`holdfast: ${sentence}`);
  const result = resultOf(runs);
  console.log(parsed.json ? JSON.stringify(result) : JSON.stringify(result, null, 2));
  return failures.length === 0 ? 0 : 1;
}

function parseNightArgs(args: readonly string[]): NightArgs | string {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: "boolean", default: false },
      fault: { type: "string", multiple: true },
      seed: { type: "string", multiple: true },
      seeds: { type: "string" },
      /** The form of the CI: as short as it can be. */
      short: { type: "boolean", default: false },
      /** Another process loads a core: the wider limits hold. */
      loaded: { type: "boolean", default: false },
      /** Leaves stores and diaries behind. */
      keep: { type: "boolean", default: false },
    },
  });
  const wanted = values.fault ?? (values.short ? ["kill"] : [...faults]);
  const known = faults.filter((fault) => wanted.includes(fault));
  if (known.length !== new Set(wanted).size) return `--fault is one of ${faults.join(", ")}.`;
  const seeds = [...(values.seed ?? []), ...(values.seeds?.split(",") ?? [])].map(Number);
  if (!seeds.every((seed) => Number.isSafeInteger(seed) && seed >= 0)) return "--seed is a whole number.";
  const { json, short, loaded, keep } = values;
  return { faults: known, seeds: seeds.length > 0 ? seeds : [1], json, short, loaded, keep };
}

function limitsOf({ short, loaded }: NightArgs): Limits {
  const percentiles = loaded ? loadedLimits : quietLimits;
  return { ...percentiles, watchedMs: short ? watchedMs.short : watchedMs.full };
}

type Place = { readonly root: string; readonly regionData: string; readonly data: RegionData };

/** The figures of one run, or why it did not come to its end. */
async function runOnce(
  args: NightArgs,
  fault: Fault,
  seed: number,
  place: Place,
): Promise<RunFigures | string> {
  const dir = mkdtempSync(join(tmpdir(), "holdfast-night-"));
  const plan = planRehearsal(place.data);
  const pace = args.short ? paces.short : paces.full;
  let keep = args.keep;
  try {
    const seen = await playNight({
      ...place,
      dir,
      plan,
      fault,
      seed,
      pace,
      say: (line) => console.error(line),
    });
    const run = figuresOf(seen, { dir, plan, fault, seed });
    console.error(latencyLine(run));
    keep ||= failuresOf(run, limitsOf(args)).length > 0;
    return run;
  } catch (error) {
    keep = true;
    return `${fault}, seed ${seed}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  } finally {
    if (keep) console.error(`stores and diaries: ${dir}`);
    else rmSync(dir, { recursive: true, force: true });
  }
}

function fail(sentence: string): number {
  console.error(`holdfast: ${sentence}`);
  return 1;
}
