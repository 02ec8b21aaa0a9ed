import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const everyTest = "{src,test,regions,scripts}/**/*.test.{ts,tsx}";
/**
 * Of the house's inner rooms: they start no process, and put back what they change of their own world (clocks, globals,
 * spies); the few of the rehearsal that listen close what they opened.
 */
const pure = "src/{basics,log,exchange,region,roads,advice,site,boards,drill,rehearsal}/**/*.test.{ts,tsx}";
/** It holds limits of time with six processes: it has its own turn, after everything else. */
const night = "test/night.test.ts";
/** A bar within 5 s of the anchor's last message: it shares the cores with nothing either. */
const timed = "test/boards.test.ts";

export default defineConfig({
  test: {
    reporters: [["default", { summary: false }], "./test/reporter.ts"],
    // Unit tests are pure and short; a test that starts processes or a browser states its own time.
    testTimeout: 20_000,
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
          exclude: [night, timed, pure],
          sequence: { groupOrder: 0 },
        },
      },
      // A fresh world for each file costs three times what is tested in it.
      {
        extends: true,
        test: { name: "pure", include: [pure], isolate: false, sequence: { groupOrder: 0 } },
      },
      { extends: true, test: { name: "timed", include: [timed], sequence: { groupOrder: 1 } } },
      { extends: true, test: { name: "alone", include: [night], sequence: { groupOrder: 2 } } },
    ],
  },
});
