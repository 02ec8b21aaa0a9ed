import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { HandBoard, plantStore } from "../../test/support/night.ts";
import {
  at,
  barmen,
  centres,
  cutOff,
  faultMs,
  first,
  firstCentreLostMs,
  type Missions,
  neuss,
  nightLogs,
  other,
  request,
  without,
  withoutKind,
} from "../../test/support/night-logs.ts";
import { type Logs, nightMs, region, say } from "../../test/support/region.ts";
import { refKey } from "../basics/name.ts";
import { figuresOf } from "./figures.ts";
import { Ledger } from "./ledger.ts";
import { Meter } from "./meter.ts";
import type { RunFigures } from "./verdict.ts";
import { Watch } from "./watch.ts";

let dir = "";
const watches: Watch[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "holdfast-figures-"));
});
afterEach(() => {
  for (const watch of watches.splice(0)) watch.stop();
  rmSync(dir, { recursive: true });
});

/** What a test plants into the night below, in place of what belongs there. */
type Plant = {
  /** Adds to the logs of every store. */
  readonly everywhere?: (logs: Logs) => void;
  /** Adds to or takes from the logs of the second store only. */
  readonly inOne?: (logs: Logs) => void;
  readonly seen?: (seen: Seen) => void;
};
type Seen = Parameters<typeof figuresOf>[0];
function seenBy({ steered, kept }: Missions): Seen {
  const board = new HandBoard("duesseldorf");
  const hospitals = { wordOn: () => undefined };
  const watch = new Watch({ centres: [], boards: [], hospitals, openRunsOutMs: 60_000 });
  watches.push(watch);
  watch.outages.push({ site: "ukd", fromMs: faultMs, toMs: nightMs + 40_000 });
  watch.outages.push({ site: "duesseldorf", fromMs: firstCentreLostMs, toMs: null });
  const meter = new Meter(board);
  meter.statusToBoardMs.push(7);
  meter.receiptMs.push(8);
  meter.givenUpMs.push(9);
  const ledger = new Ledger();
  ledger.acknowledge({ ref: [first, 9], request, kind: "contact.cut-off/1", body: { ...cutOff } });
  return {
    ledger,
    meter,
    watch,
    died: [],
    hospitals: 66,
    faultMs,
    inbound: new Map([
      [refKey(steered), { request: "asked", isNear: false }],
      [refKey(kept), { request: "ready", isNear: true }],
    ]),
    adviceMs: nightMs + 18_330,
    firstCentreLostMs,
    cutOff,
    restartedHeardMs: 1_500,
    watchedMs: 70_000,
    busyPercent: 80,
    unmet: [],
  };
}

function figures({ everywhere, inOne, seen: plantSeen }: Plant = {}): ReturnType<typeof figuresOf> {
  const { logs, missions } = nightLogs();
  everywhere?.(logs);
  plantStore(dir, "duesseldorf", logs);
  const copy: Logs = new Map([...logs].map(([log, entries]) => [log, [...entries]]));
  inOne?.(copy);
  plantStore(dir, "wuppertal", copy, 40);
  const seen = seenBy(missions);
  plantSeen?.(seen);
  const sites = [...centres].map((site) => ({ site, type: "control-centre" as const, name: site }));
  const processes = ["duesseldorf", "wuppertal"].map((id) => ({ id, hosted: [], dials: [] }));
  return figuresOf(seen, { dir, plan: { region, sites, processes }, fault: "kill", seed: 1 });
}

describe("the figures of a night", () => {
  test("in which everything went well", () => {
    expect(figures()).toEqual({
      fault: "kill",
      seed: 1,
      hospitals: 66,
      processes: 2,
      facts: nightFacts(),
      // To the second store that had it, from the fault: the last beat came after it.
      silentAfterMs: 8_340,
      // From the first store that had it.
      adviceAfterMs: 20,
      inboundAtLoss: 2,
      nearAtLoss: 1,
      // The one that was asked stands for the decline.
      askedAtLoss: 0,
      acceptedAtLoss: 0,
      resteered: 1,
      kept: 1,
      declined: 1,
      accepted: 1,
      falseSilences: 0,
      watchedMs: 70_000,
      unconfirmedShownOpen: 0,
      statusToBoardMs: [7],
      receiptMs: [8],
      givenUpMs: [9],
      restartedHeardMs: 1_500,
      converged: true,
      lostFacts: 0,
      busyPercent: 80,
      unmet: [],
    });
  });

  test.each<[string, Plant, Partial<RunFigures>, string]>([
    [
      "a store that ends earlier",
      { inOne: without(neuss) },
      { converged: false, lostFacts: 0 },
      `holdfast/1/rehearsal-test/${neuss}: duesseldorf 2, wuppertal 1`,
    ],
    [
      "a fact that was acknowledged and is missing in one store",
      {
        inOne: without(first),
      },
      { lostFacts: 1, converged: false },
      `missing in a store: contact.cut-off/1 ${first}#9`,
    ],
    [
      "a site without a fault that a centre wrote down as lost",
      {
        everywhere: (logs) =>
          say(logs, other, "contact.lost/1", { site: "neuss", lastHeardMs: nightMs, flaps: 0 }, at(30)),
      },
      { falseSilences: 1 },
      "wuppertal wrote that neuss was lost",
    ],
    [
      "a site that was written down as lost after its outage",
      {
        everywhere: (logs) =>
          say(logs, other, "contact.lost/1", { site: "ukd", lastHeardMs: nightMs, flaps: 0 }, at(41)),
      },
      { falseSilences: 1 },
      "wuppertal wrote that ukd was lost",
    ],
    [
      "a board that called a site silent without a fault",
      { seen: ({ watch }) => void watch.falseSilences.push("duesseldorf neuss") },
      { falseSilences: 1 },
      "shown as silent: duesseldorf neuss",
    ],
    [
      "a state that was shown as open past its end",
      { seen: ({ watch }) => void watch.shownOpen.set("duesseldorf ukd ct 0", "at 3") },
      { unconfirmedShownOpen: 1 },
      "shown as open: duesseldorf ukd ct 0 at 3",
    ],
    [
      "a centre that took nothing over",
      { everywhere: withoutKind(other, "mission.taken-over/1") },
      {},
      "wuppertal took over no mission",
    ],
    [
      "a cut-off centre that wrote nothing of it",
      { everywhere: withoutKind(first, "contact.cut-off/1") },
      {},
      "0 facts say when duesseldorf was cut off, not 1",
    ],
    [
      "a refusal",
      { seen: ({ ledger }) => void ledger.refused.push("hospital.beds/1 at ukd: no") },
      {},
      "refused: hospital.beds/1 at ukd: no",
    ],
    [
      "a process that ended by itself",
      { seen: (seen) => Object.assign(seen, { died: ["hospitals"] }) },
      {},
      "processes ended by themselves: hospitals",
    ],
  ])("with %s", (_, plant, expected, sentence) => {
    const run = figures(plant);
    expect(run).toMatchObject(expected);
    expect(run.unmet).toContain(sentence);
  });

  test("with a cut-off centre that accused others", () => {
    const accused = figures({
      everywhere: (logs) =>
        say(logs, first, "contact.lost/1", { site: "ukd", lastHeardMs: nightMs, flaps: 0 }, at(95)),
    });
    expect(accused.unmet).toContain("duesseldorf accused 1 sites while it was cut off itself");
    expect(accused.falseSilences).toBe(1);
  });

  test.each<[string, Plant]>([
    ["that one centre never wrote", { everywhere: withoutKind(other, "contact.lost/1") }],
    // An author's own store does not say when the commit ended.
    [
      "that no other store has",
      { inOne: (logs) => void logs.set(first, logs.get(first)?.slice(0, 3) ?? []) },
    ],
  ])("with a silence %s", (_, plant) => {
    expect(figures(plant).silentAfterMs).toBe(Number.POSITIVE_INFINITY);
  });
});

function nightFacts(): number {
  return [...nightLogs().logs.values()].reduce((sum, entries) => sum + entries.length, 0);
}

test("a mission under way at the loss counts once: near before asked and accepted, and not where it was declined", () => {
  const run = figures({
    everywhere: withoutKind(barmen, "mission.answered/1"),
    seen: (seen) => {
      const [one = "", two = ""] = [...seen.inbound.keys()];
      seen.inbound = new Map([
        [one, { request: "asked", isNear: false }],
        [two, { request: "ready", isNear: false }],
        ["#1", { request: "ready", isNear: true }],
        ["#2", { request: "cannot", isNear: false }],
      ]);
    },
  });
  expect(run).toMatchObject({
    inboundAtLoss: 4,
    nearAtLoss: 1,
    askedAtLoss: 1,
    acceptedAtLoss: 1,
    declined: 0,
  });
});
