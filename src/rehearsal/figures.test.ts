import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { HandBoard, plantedStore, plantStore } from "../../test/support/night.ts";
import { type Logs, missionBody, nightMs, region, say } from "../../test/support/region.ts";
import { type FactRef, refKey } from "../basics/name.ts";
import { figuresOf } from "./figures.ts";
import { Ledger } from "./ledger.ts";
import { Meter } from "./meter.ts";
import { Outcome } from "./outcome.ts";
import type { RunFigures } from "./verdict.ts";
import { Watch } from "./watch.ts";

const first = "duesseldorf/anchor/1-00000001";
const other = "wuppertal/anchor/1-00000002";
const [crewOne, crewTwo] = ["rtw-duesseldorf-1/tablet/1-00000003", "rtw-duesseldorf-2/tablet/1-00000004"];
const [neuss, barmen] = ["neuss/box/1-00000005", "barmen/box/1-00000006"];

const faultMs = nightMs + 10_000;
const firstCentreLostMs = nightMs + 60_000;
const cutOff = { fromMs: nightMs + 90_000, toMs: nightMs + 100_000 };
const at = (seconds: number) => ({ at: nightMs + seconds * 1_000 });

const request = "s_request-1";

let planted = 0;
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
type Missions = { readonly steered: FactRef; readonly kept: FactRef };

/** A night of two missions under way: one steered after a hospital declined, one kept. Everything went well. */
function nightLogs(): { readonly logs: Logs; readonly missions: Missions } {
  const logs: Logs = new Map();
  const steered = say(logs, first, "mission.opened/1", missionBody);
  const kept = say(logs, first, "mission.opened/1", { ...missionBody, vehicle: "rtw-duesseldorf-2" });
  say(logs, crewOne, "mission.destination/1", { mission: steered, hospital: "ukd", over: [] });
  say(logs, crewTwo, "mission.destination/1", { mission: kept, hospital: "ukd", over: [] });
  const lost = { site: "ukd", lastHeardMs: faultMs + 200, flaps: 0 };
  say(logs, first, "contact.lost/1", lost, at(18.3));
  say(logs, other, "contact.lost/1", lost, at(18.2));
  const toNeuss = say(logs, first, "mission.steered/1", { mission: steered, hospital: "neuss", over: [] });
  for (const [log, answer] of [
    [barmen, "cannot"],
    [neuss, "ready"],
  ] as const) {
    const asked = say(logs, first, "mission.asked/1", {
      ...{ mission: steered, hospital: log.split("/")[0] ?? "", answerWithinS: 60, over: [] },
    });
    say(logs, log, "mission.answered/1", { mission: steered, asked, answer, over: [] });
  }
  say(logs, crewOne, "mission.destination/1", { mission: steered, hospital: "neuss", over: [toNeuss] });
  say(logs, first, "mission.kept/1", { mission: kept, hospital: "ukd", reason: "at-the-door", over: [] });
  say(
    logs,
    other,
    "contact.lost/1",
    { ...lost, site: "duesseldorf", lastHeardMs: firstCentreLostMs },
    at(68),
  );
  say(logs, other, "mission.taken-over/1", { mission: kept, from: "duesseldorf", over: [] }, at(70));
  say(logs, other, "mission.steered/1", { mission: kept, hospital: "neuss", over: [] }, at(71));
  const ended = { ...at(101), request };
  say(logs, first, "contact.cut-off/1", { fromMs: cutOff.fromMs, toMs: cutOff.toMs }, ended);
  return { logs, missions: { steered, kept } };
}

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
  ledger.acknowledge({ ref: [first, 8], request, kind: "contact.cut-off/1", body: { ...cutOff } });
  return {
    ledger,
    meter,
    watch,
    died: [],
    hospitals: 66,
    faultMs,
    inbound: new Set([refKey(steered), refKey(kept)]),
    adviceMs: nightMs + 18_330,
    firstCentreLostMs,
    cutOff,
    restartedHeardMs: 1_500,
    watchedMs: 70_000,
    unmet: [],
  };
}

function figures({ everywhere, inOne, seen: plantSeen }: Plant = {}): RunFigures {
  const { logs, missions } = nightLogs();
  everywhere?.(logs);
  plantStore(dir, "duesseldorf", logs);
  const copy: Logs = new Map([...logs].map(([log, entries]) => [log, [...entries]]));
  inOne?.(copy);
  plantStore(dir, "wuppertal", copy, 40);
  const seen = seenBy(missions);
  plantSeen?.(seen);
  const processes = ["duesseldorf", "wuppertal"].map((id) => ({ id, hosted: [], dials: [] }));
  return figuresOf(seen, { dir, plan: { region, sites: [], processes }, fault: "kill", seed: 1 });
}

/** Takes what one log ends with out of it. */
function without(log: string): (logs: Logs) => void {
  return (logs) => void logs.get(log)?.pop();
}

/** Makes every fact of this kind in a log one of a kind that this version does not know. */
function withoutKind(log: string, kind: string): (logs: Logs) => void {
  return (logs) =>
    void logs.set(
      log,
      (logs.get(log) ?? []).map((entry) =>
        entry?.kind === kind ? { ...entry, kind: "log.future/9" } : entry,
      ),
    );
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
      `missing in a store: contact.cut-off/1 ${first}#8`,
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
      { seen: ({ watch }) => void watch.shownOpen.add("duesseldorf ukd ct 0") },
      { unconfirmedShownOpen: 1 },
      "shown as open: duesseldorf ukd ct 0",
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

describe("what became of a mission", () => {
  test.each<[string, (logs: Logs) => void, object]>([
    ["steered and accepted", () => undefined, { resteered: true, kept: false, accepted: true, declined: 1 }],
    [
      "steered, and the new hospital has not answered",
      without(neuss),
      { resteered: true, kept: false, accepted: false, declined: 1 },
    ],
    [
      "steered, and the crew does not go there",
      without(crewOne),
      { resteered: false, kept: false, accepted: false, declined: 1 },
    ],
    [
      "with a crew that goes elsewhere without the proposal",
      (logs) => {
        without(crewOne)(logs);
        const mission: FactRef = [first, 1];
        say(logs, crewOne, "mission.destination/1", { mission, hospital: "neuss", over: [] });
      },
      { resteered: false, kept: false, accepted: false, declined: 1 },
    ],
  ])("%s", (_, plant, end) => {
    expect(endOf("steered", plant)).toEqual(end);
  });

  test("kept first and steered after all: it counts once", () => {
    const keep = (logs: Logs): void => {
      const mission: FactRef = [first, 1];
      say(logs, first, "mission.kept/1", { mission, hospital: "ukd", reason: "at-the-door", over: [] });
    };
    expect(endOf("steered", keep)).toMatchObject({ resteered: true, kept: false });
  });

  test("kept, with a dispatcher's fact and not without", () => {
    expect(endOf("kept", () => undefined)).toMatchObject({ resteered: false, kept: true, accepted: false });
    expect(endOf("kept", withoutKind(first, "mission.kept/1"))).toMatchObject({
      resteered: false,
      kept: false,
    });
  });

  function endOf(mission: keyof Missions, plant: (logs: Logs) => void): object {
    const { logs, missions } = nightLogs();
    plant(logs);
    planted += 1;
    const store = plantedStore(dir, `process-${planted}`, logs);
    return new Outcome([store]).missionEnd(refKey(missions[mission]), "ukd");
  }
});
