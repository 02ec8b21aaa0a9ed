import { availableParallelism } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { defineConfig } from "vitest/config";
import { useOwnTemporary } from "./test/support/temporary.ts";

const everyTest = "{src,test,regions,scripts}/**/*.test.{ts,tsx}";
/**
 * Of the house's inner rooms: they start no process, and put back what they change of their own world (clocks, globals,
 * spies); the few of the rehearsal that listen close what they opened.
 */
const pure = "src/{basics,log,exchange,region,roads,advice,site,boards,drill,rehearsal}/**/*.test.{ts,tsx}";
/** It holds limits of time with six processes: it has its own turn, after everything else. */
const night = "test/night.test.ts";
/** A bar within 5 s of the anchor's last message: it shares the cores with nothing either. */
const timed = "test/boards-timed.test.ts";
/** Of anchors and of boards, but for the one with a whole region's anchors: they end what they start, and put back what they change; boards share a Chromium as well. */
const oneWorld = ["src/{anchor,roadworks}/**/*.test.ts", "test/{boards,boards-!(wire),pictures}.test.ts"];
/** It puts something in the place of a module, which has to be done before anybody has loaded it. */
const ownWorld = "src/anchor/roads/road-closures.test.ts";

// What Node made of the TypeScript is kept for every process and thread that a test starts, where the rehearsal keeps its
// own.
process.env["NODE_COMPILE_CACHE"] ??= join(import.meta.dirname, ".holdfast", "compiled");
useOwnTemporary();

export default defineConfig({
  test: {
    reporters: [["default", { summary: false }], "./test/reporter.ts"],
    // Unit tests are pure and short; a test that starts processes or a browser states its own time. What takes a second alone
    // took over twenty on a machine that ran ten times as much as it can: a limit is here for what never ends.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A browser shows what it is told within a tick; on a busy machine that is more than the second given otherwise.
    expect: { poll: { timeout: 5_000 } },
    // Half of a run's time its processes wait for each other: three at a time on two cores, measured. With a single one the
    // night would have its turn first.
    maxWorkers: Math.max(3, availableParallelism()),
    projects: [
      {
        extends: true,
        test: {
          name: "side by side",
          include: [everyTest],
          exclude: [night, timed, pure, ...oneWorld],
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: "own world", include: [ownWorld], sequence: { groupOrder: 0 } } },
      // A fresh world for each file costs three times what is tested in the pure ones, and as much as what is tested in anchors.
      {
        extends: true,
        test: { name: "pure", include: [pure], isolate: false, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: {
          name: "one world",
          include: oneWorld,
          exclude: [timed, ownWorld],
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: "timed", include: [timed], sequence: { groupOrder: 1 } } },
      { extends: true, test: { name: "alone", include: [night], sequence: { groupOrder: 2 } } },
    ],
  },
});
