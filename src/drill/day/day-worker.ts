import { serveJobs } from "../cores.ts";
import { runSeedDay } from "./measures.ts";
import { readDayRegion } from "./region.ts";
import type { DayJob, DayReport } from "./run.ts";

// The first line of a process that `drill day` starts on each core.
const region = readDayRegion();
serveJobs(
  ({ world, seed, numbers, arms }: DayJob): DayReport => ({
    world,
    day: runSeedDay(region, seed, numbers, arms),
  }),
);
