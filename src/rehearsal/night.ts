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
  lengthLimits,
  loadedLimits,
  quietLimits,
  type RunFigures,
  resultOf,
} from "./verdict.ts";

type NightArgs = {
  readonly faults: readonly Fault[];
  readonly seeds: readonly number[];
  readonly short: boolean;
  readonly load: Load;
  readonly keep: boolean;
  readonly json: boolean;
};

/** What else this machine does. Only `one-core` is made here; `shared` says that others work beside it. */
type Load = "none" | "one-core" | "shared";

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
  let broken = 0;
  for (const fault of parsed.faults) {
    for (const seed of parsed.seeds) {
      const run = await runOnce(parsed, fault, seed, { root, regionData, data: data.value });
      if (typeof run !== "string") runs.push(run);
      else {
        complain(run);
        broken += 1;
      }
    }
  }
  const failures = runs.flatMap((run) => failuresOf(run, limitsOf(parsed)));
  for (const sentence of failures) complain(sentence);
  const { faults: fault, seeds, load } = parsed;
  const result = { fault: fault.join(","), seeds, broken, ...resultOf(runs, limitsOf(parsed)), load };
  console.log(parsed.json ? JSON.stringify(result) : JSON.stringify(result, null, 2));
  return failures.length + broken === 0 ? 0 : 1;
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
      /** A process of its own keeps one core busy: the wider limits hold. */
      loaded: { type: "boolean", default: false },
      /** Others use this machine too: the wider limits hold, and nothing more is loaded. */
      shared: { type: "boolean", default: false },
      /** Leaves stores and diaries behind. */
      keep: { type: "boolean", default: false },
    },
  });
  const wanted = values.fault ?? (values.short ? ["kill"] : [...faults]);
  const known = faults.filter((fault) => wanted.includes(fault));
  if (known.length !== new Set(wanted).size) return `--fault is one of ${faults.join(", ")}.`;
  const seeds = [...(values.seed ?? []), ...(values.seeds?.split(",") ?? [])].map(Number);
  if (!seeds.every((seed) => Number.isSafeInteger(seed) && seed >= 0)) return "--seed is a whole number.";
  const { json, short, loaded, shared, keep } = values;
  if (loaded && shared) return "--loaded loads a core itself, --shared says that others do: one of the two.";
  const load = loaded ? "one-core" : shared ? "shared" : "none";
  return { faults: known, seeds: seeds.length > 0 ? seeds : [1], json, short, load, keep };
}

function limitsOf({ short, load }: NightArgs): Limits {
  const percentiles = load === "none" ? quietLimits : loadedLimits;
  return { ...percentiles, ...(short ? lengthLimits.short : lengthLimits.full) };
}

type Place = { readonly root: string; readonly regionData: string; readonly data: RegionData };

/** The figures of one run, or why it did not come to its end. */
async function runOnce(
  args: NightArgs,
  fault: Fault,
  seed: number,
  place: Place,
): Promise<RunFigures | string> {
  const beganMs = performance.now();
  const plan = planRehearsal(place.data);
  const pace = args.short ? paces.short : paces.full;
  let dir: string | null = null;
  let keep = args.keep;
  try {
    dir = mkdtempSync(join(tmpdir(), "holdfast-night-"));
    const say = (line: string): void => console.error(line);
    const loadCore = args.load === "one-core";
    const seen = await playNight({ ...place, dir, plan, fault, seed, pace, loadCore, say });
    const figures = figuresOf(seen, { dir, plan, fault, seed });
    const run = { ...figures, runMs: Math.round(performance.now() - beganMs) };
    console.error(latencyLine(run));
    keep ||= failuresOf(run, limitsOf(args)).length > 0;
    return run;
  } catch (error) {
    keep = true;
    return `${fault}, seed ${seed}, broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  } finally {
    if (dir !== null && keep) console.error(`stores and diaries: ${dir}`);
    else if (dir !== null) rmSync(dir, { recursive: true, force: true });
  }
}

function fail(sentence: string): number {
  complain(sentence);
  return 1;
}

function complain(sentence: string): void {
  console.error(`holdfast: ${sentence}`);
}
