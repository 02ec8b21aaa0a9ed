import { describe, expect, test } from "vitest";
import { goodRun } from "../../test/support/night.ts";
import {
  failuresOf,
  latencyLine,
  lengthLimits,
  loadedLimits,
  p99,
  quietLimits,
  type RunFigures,
  resultOf,
} from "./verdict.ts";

const quiet = { ...quietLimits, ...lengthLimits.full };
const loaded = { ...loadedLimits, ...lengthLimits.short };
const none = Number.POSITIVE_INFINITY;

/** 198 of 200 samples are quick: one more slow one is more than one in a hundred. */
function samples(slow: number, slowMs: number): readonly number[] {
  return [...new Array(200 - slow).fill(5), ...new Array(slow).fill(slowMs)];
}

describe("the conditions of a run", () => {
  test("a run within all of them stands", () => {
    expect(failuresOf(goodRun, quiet)).toEqual([]);
    expect(failuresOf(goodRun, loaded)).toEqual([]);
  });

  test.each<[Partial<RunFigures>, Partial<RunFigures>, string]>([
    [{ hospitals: 55 }, { hospitals: 54 }, "54 hospitals, not 55"],
    [{ processes: 5 }, { processes: 4 }, "4 processes, not 5"],
    [{ falseSilences: 0 }, { falseSilences: 1 }, "1 sites were called silent without a fault"],
    [
      { unconfirmedShownOpen: 0 },
      { unconfirmedShownOpen: 2 },
      "2 states were shown as open after they had run out",
    ],
    [
      { inboundAtLoss: 4, resteered: 3, kept: 1 },
      { inboundAtLoss: 3, resteered: 3, kept: 0 },
      "3 missions under way to the lost hospital, not 4",
    ],
    [{ kept: 2 }, { kept: 1 }, "3 steered and 1 kept of 5 missions under way to the lost hospital"],
    [{ kept: 2 }, { kept: 3 }, "3 steered and 3 kept of 5 missions under way to the lost hospital"],
    [{ accepted: 3 }, { accepted: 2 }, "2 of 3 steered missions were accepted"],
    [{ declined: 1 }, { declined: 0 }, "no mission's first new hospital declined"],
    [
      { askedAtLoss: 1 },
      { askedAtLoss: 0 },
      "no mission had been asked for at the lost hospital and not answered",
    ],
    [{ acceptedAtLoss: 1 }, { acceptedAtLoss: 0 }, "no mission had been accepted by the lost hospital"],
    [{ nearAtLoss: 1 }, { nearAtLoss: 0 }, "no mission was within 4 minutes of the lost hospital's door"],
    [{ busyPercent: 50 }, { busyPercent: 0 }, "the process that was to load a core ended by itself"],
    [
      { busyPercent: null },
      { busyPercent: 49 },
      "the process that was to load a core had 49 % of one, not 50 %",
    ],
    [{ runMs: 300_000 }, { runMs: 300_001 }, "the run took 300001 ms, not 300000"],
    [{ silentAfterMs: 10_000 }, { silentAfterMs: 10_001 }, "silence was recorded after 10001 ms, not 10000"],
    [{}, { silentAfterMs: none }, "silence was recorded after Infinity ms, not 10000"],
    [{}, { silentAfterMs: Number.NaN }, "silence was recorded after NaN ms, not 10000"],
    [{ adviceAfterMs: 1_000 }, { adviceAfterMs: 1_001 }, "advice stood after 1001 ms, not 1000"],
    [{ watchedMs: 120_000 }, { watchedMs: 119_999 }, "watched for 119999 ms, not 120000"],
    [{}, { statusToBoardMs: new Array(199).fill(5) }, "199 states timed, not 200"],
    [{}, { receiptMs: new Array(199).fill(5) }, "199 receipts timed, not 200"],
    [
      { statusToBoardMs: samples(2, 9_000) },
      { statusToBoardMs: samples(3, 101) },
      "p99 from state to board 101 ms, not 100",
    ],
    [
      { statusToBoardMs: samples(3, 100) },
      { statusToBoardMs: samples(9, 101) },
      "p99 from state to board 101 ms, not 100",
    ],
    [{ receiptMs: samples(3, 300) }, { receiptMs: samples(3, 301) }, "p99 of receipts 301 ms, not 300"],
    [{ converged: true }, { converged: false }, "not every store holds the same logs"],
    [{ lostFacts: 0 }, { lostFacts: 1 }, "1 facts that people were shown are missing in a store"],
    [{ unmet: [] }, { unmet: ["nobody came"] }, "nobody came"],
  ])("%j stands, %j gives its sentence", (within, over, sentence) => {
    expect(failuresOf({ ...goodRun, ...within }, quiet)).toEqual([]);
    expect(failuresOf({ ...goodRun, ...over }, quiet)).toEqual([`kill, seed 1: ${sentence}.`]);
  });

  test("the short form may take two minutes", () => {
    expect(failuresOf({ ...goodRun, runMs: 120_000 }, loaded)).toEqual([]);
    expect(failuresOf({ ...goodRun, runMs: 120_001 }, loaded)).toEqual([
      "kill, seed 1: the run took 120001 ms, not 120000.",
    ]);
  });

  test("a state that was given up after more than the limit was too slow; one before it says nothing", () => {
    const shown = samples(2, 100);
    expect(failuresOf({ ...goodRun, statusToBoardMs: shown, givenUpMs: [100, 90, 80] }, quiet)).toEqual([]);
    expect(failuresOf({ ...goodRun, statusToBoardMs: shown, givenUpMs: [101, 102, 812] }, quiet)).toEqual([
      "kill, seed 1: p99 from state to board 101 ms, not 100.",
    ]);
  });

  test("without a sample no limit holds", () => {
    expect(p99([])).toBe(none);
    expect(failuresOf({ ...goodRun, receiptMs: [] }, loaded)).toEqual([
      "kill, seed 1: 0 receipts timed, not 200.",
      "kill, seed 1: p99 of receipts Infinity ms, not 1200.",
    ]);
  });

  test("on a loaded machine the two latencies have limits as well", () => {
    const within = { ...goodRun, statusToBoardMs: samples(3, 400), receiptMs: samples(3, 1_200) };
    const over = { ...goodRun, statusToBoardMs: samples(3, 401), receiptMs: samples(3, 1_201) };
    expect(failuresOf(within, quiet)).toHaveLength(2);
    expect(failuresOf(within, loaded)).toEqual([]);
    expect(failuresOf(over, loaded)).toHaveLength(2);
  });
});

describe("the one object of a night", () => {
  test("has the worst times, the sums of counts and the smallest region", () => {
    const worse: RunFigures = {
      ...goodRun,
      fault: "cut",
      seed: 2,
      hospitals: 60,
      processes: 7,
      silentAfterMs: 9_000,
      adviceAfterMs: 10,
      falseSilences: 1,
      unconfirmedShownOpen: 2,
      statusToBoardMs: samples(3, 90),
      receiptMs: samples(3, 20),
      restartedHeardMs: 1_600,
      runMs: 110_000,
      busyPercent: 70,
      givenUpMs: [9, 450],
      converged: false,
      lostFacts: 3,
    };
    expect(resultOf([goodRun, worse, goodRun], quiet)).toEqual({
      hospitals: 60,
      processes: 6,
      facts: 6_000,
      silentAfterMs: 9_000,
      adviceAfterMs: 20,
      inboundAtLoss: 15,
      nearAtLoss: 3,
      askedAtLoss: 3,
      acceptedAtLoss: 6,
      resteered: 9,
      kept: 6,
      declined: 3,
      accepted: 9,
      falseSilences: 1,
      unconfirmedShownOpen: 2,
      statusToBoardP99Ms: 90,
      statesNotTimed: {
        count: 1,
        longestMs: 9,
        why: "the centre on whose board they were awaited was lost or cut off",
      },
      receiptP99Ms: 80,
      restartedHeardMs: 1_600,
      converged: false,
      lostFacts: 3,
      runMs: 110_000,
      busyPercent: 70,
    });
  });
});

test("when no run came to its end there are no times, and nothing is called good", () => {
  const nothing = resultOf([], quiet);
  expect(nothing).toMatchObject({ hospitals: null, silentAfterMs: null, statusToBoardP99Ms: null });
  expect(nothing).toMatchObject({ facts: 0, converged: false, busyPercent: null });
});

test("who watches a run reads its latencies and how many states nobody timed", () => {
  expect(latencyLine(goodRun)).toBe("states p99 20 ms of 200, receipts p99 80 ms of 200");
  expect(latencyLine({ ...goodRun, givenUpMs: [3, 812] })).toBe(
    "states p99 20 ms of 200, receipts p99 80 ms of 200, " +
      "2 states not timed, under way for up to 812 ms when the centre was lost or cut off",
  );
});
