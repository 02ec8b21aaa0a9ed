import { serveJobs } from "../cores.ts";
import { runSeedDay } from "./measures.ts";
import { readDayRegion } from "./region.ts";
import type { DayJob } from "./run.ts";

// The first line of a process that `drill day` starts on each core.
const region = readDayRegion();
serveJobs(({ seed, numbers, arms }: DayJob) => runSeedDay(region, seed, numbers, arms));
