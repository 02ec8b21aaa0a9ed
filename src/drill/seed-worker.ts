import { serveSeeds } from "./seed-run.ts";
import { runSeed } from "./world.ts";

// The first line of a process that `drill seeds` starts on each core.
serveSeeds((seed) => runSeed(seed));
