import { describe, expect, test } from "vitest";
import { contextOf, foldLogs, type Logs, nightMs, say, testCharter } from "../../test/support/region.ts";
import { type FactRef, type LogId, siteOf } from "../basics/name.ts";
import { hourMs, minuteMs } from "../basics/time.ts";
import type { CellView } from "./cell-view.ts";
import type { State } from "./choices.ts";
import { cellOf, hospitalView, regionView } from "./view.ts";
import type { ViewContext } from "./view-context.ts";

const charter = testCharter();
const logOf: Readonly<Record<string, LogId>> = {
  box: "ukd/box/1-00000001",
  tablet: "ukd/tablet/1-00000001",
  "tablet again": "ukd/tablet/2-00000002",
  düsseldorf: "lst-d/box/1-00000001",
  wuppertal: "lst-w/box/1-00000001",
};

/** Who says what of the University Hospital's CT, over which earlier lines (counted from 0). */
type Line = readonly [who: string, state: State, over?: readonly number[], at?: number];

function told(lines: readonly Line[]): { logs: Logs; refs: FactRef[] } {
  const logs: Logs = new Map();
  const refs: FactRef[] = [];
  for (const [who, state, over = [], atMin = 0] of lines) {
    const log = logOf[who] ?? who;
    const named = over.map((line) => [...(refs[line] ?? [log, 999])]);
    const own = siteOf(log) === "ukd";
    const voice = { hospital: "ukd", answeredBy: "charge-nurse", readBack: true };
    refs.push(
      say(
        logs,
        log,
        own ? "hospital.status/1" : "voice.report/1",
        { capability: "ct", state, over: named, ...(own ? {} : voice) },
        { at: nightMs + atMin * minuteMs },
      ),
    );
  }
  return { logs, refs };
}

function cellAfter(logs: Logs, nowMs = nightMs, more: Partial<ViewContext> = {}): CellView {
  // The logs backwards: what replaces arrives before what it replaces.
  const fold = foldLogs(charter, new Map([...logs].reverse()));
  return cellOf(hospitalView(contextOf(charter, fold, nowMs, more), "ukd"), "ct");
}

type Scenario = [name: string, lines: readonly Line[], leads: number, inForce: number];

const scenarios: Scenario[] = [
  ["one word", [["box", "open"]], 0, 1],
  [
    "the same tablet again, without naming anything",
    [
      ["box", "open"],
      ["box", "cannot"],
    ],
    1,
    1,
  ],
  [
    "two tablets that do not know of each other: the more cautious leads",
    [
      ["box", "cannot"],
      ["tablet", "open"],
    ],
    0,
    2,
  ],
  [
    "two tablets, then one word over both",
    [
      ["box", "cannot"],
      ["tablet", "open"],
      ["tablet", "limited", [0, 1]],
    ],
    2,
    1,
  ],
  [
    "a tablet restored from a backup names its old word",
    [
      ["tablet", "cannot"],
      ["tablet again", "open", [0]],
    ],
    1,
    1,
  ],
  [
    "a voice report beside the hospital's own word: the more cautious leads",
    [
      ["box", "limited"],
      ["düsseldorf", "open"],
    ],
    0,
    2,
  ],
  [
    "a more cautious voice report leads over the own word",
    [
      ["box", "limited"],
      ["düsseldorf", "full"],
    ],
    1,
    2,
  ],
  [
    "a voice report in knowledge of the own word leads, and the own word stays",
    [
      ["box", "cannot"],
      ["düsseldorf", "open", [0]],
    ],
    1,
    2,
  ],
  [
    "the hospital's word after the voice report replaces it",
    [
      ["box", "cannot"],
      ["düsseldorf", "open", [0]],
      ["box", "limited", [0, 1]],
    ],
    2,
    1,
  ],
  [
    "the hospital's word that does not know the voice report stands beside it",
    [
      ["box", "full"],
      ["düsseldorf", "limited", [0]],
      ["box", "open", [0]],
    ],
    1,
    2,
  ],
  [
    "another control centre replaces a voice report",
    [
      ["düsseldorf", "cannot"],
      ["wuppertal", "open", [0]],
    ],
    1,
    1,
  ],
  [
    "two control centres that do not know of each other",
    [
      ["düsseldorf", "full"],
      ["wuppertal", "limited"],
    ],
    0,
    2,
  ],
  [
    "a chain: the last one leads though it names only the one before",
    [
      ["box", "cannot"],
      ["tablet", "full", [0]],
      ["box", "open", [1]],
    ],
    2,
    1,
  ],
];

describe("a cell", () => {
  test.each(scenarios)("[REGION1] %s", (_name, lines, leads, inForce) => {
    const { logs, refs } = told(lines);
    const cell = cellAfter(logs);
    expect(cell.ref).toEqual(refs[leads]);
    expect(cell.state).toBe(lines[leads]?.[1]);
    expect(cell.heads).toHaveLength(inForce);
    expect(cell.heads[0]?.ref).toEqual(cell.ref);
    expect(cellAfter(new Map([...logs].reverse()))).toEqual(cell);
  });

  test("[REGION1] nobody replaces the word of another hospital", () => {
    const { logs, refs } = told([["box", "cannot"]]);
    say(logs, "neuss/box/1-00000001", "hospital.status/1", {
      capability: "ct",
      state: "open",
      over: [[...(refs[0] ?? [])]],
    });
    expect(cellAfter(logs).state).toBe("cannot");
  });

  test("[REGION1] reports that name each other, which no honest writers can, leave nothing confirmed", () => {
    const logs: Logs = new Map();
    const [box, tablet] = ["ukd/box/1-00000001", "ukd/tablet/1-00000001"];
    say(logs, box, "hospital.status/1", { capability: "ct", state: "open", over: [[tablet, 1]] });
    say(logs, tablet, "hospital.status/1", { capability: "ct", state: "full", over: [[box, 1]] });
    expect(cellAfter(logs)).toMatchObject({ state: "unconfirmed", heads: [] });
  });

  test("[REGION2] before the first word it is unconfirmed, without age or source", () => {
    expect(cellAfter(new Map())).toEqual({
      capability: "ct",
      state: "unconfirmed",
      reason: null,
      source: null,
      sinceMs: null,
      knownSinceMs: null,
      ageMs: null,
      runsOutMs: null,
      old: false,
      ref: null,
      heads: [],
      takenBack: null,
      over: [],
    });
  });

  test("[REGION2] shows value, reason, source and age", () => {
    const logs: Logs = new Map();
    const body = { capability: "ct", state: "cannot", reason: "it-failure", over: [] };
    say(logs, "ukd/box/1-00000001", "hospital.status/1", body, { by: "nurse#7" });
    const cell = cellAfter(logs, nightMs + 5 * minuteMs);
    expect(cell).toMatchObject({
      state: "cannot",
      reason: "it-failure",
      source: "clinician",
      ageMs: 5 * minuteMs,
    });
    expect(cell.heads).toMatchObject([{ site: "ukd", by: "nurse#7", answeredBy: null, sinceMs: nightMs }]);
    say(logs, "ukd/box/1-00000001", "hospital.status/1", body, { by: "feed" });
    expect(cellAfter(logs).source).toBe("feed");
    const { logs: spoken } = told([["düsseldorf", "cannot"]]);
    expect(cellAfter(spoken)).toMatchObject({
      source: "voice",
      heads: [{ answeredBy: "charge-nurse", readBack: true }],
    });
  });
});

describe("every open ends by itself", () => {
  const lastMoment = nightMs + 8 * hourMs - 1;

  test.each<State>(["open", "limited"])(
    "[REGION3] %s is unconfirmed after eight hours, since then",
    (state) => {
      const { logs } = told([["box", state]]);
      expect(cellAfter(logs, lastMoment)).toMatchObject({ state, runsOutMs: lastMoment + 1 });
      expect(cellAfter(logs, lastMoment + 1 + minuteMs)).toMatchObject({
        state: "unconfirmed",
        sinceMs: lastMoment + 1,
        ageMs: 8 * hourMs + minuteMs,
        source: "clinician",
        heads: [{ state, ended: true }],
      });
    },
  );

  test.each<State>(["full", "cannot"])("[REGION3] %s stays, and is marked as old", (state) => {
    const { logs } = told([["box", state]]);
    expect(cellAfter(logs, lastMoment)).toMatchObject({ state, old: false, runsOutMs: null });
    expect(cellAfter(logs, lastMoment + 1)).toMatchObject({
      state,
      old: true,
      runsOutMs: null,
      sinceMs: nightMs,
    });
  });

  test("[REGION3] the hospital may end it sooner, never later", () => {
    for (const [untilMin, lastMin] of [
      [30, 30],
      [600, 480],
    ] as const) {
      const logs: Logs = new Map();
      const untilMs = nightMs + untilMin * minuteMs;
      say(logs, "ukd/box/1-00000001", "hospital.status/1", {
        capability: "ct",
        state: "open",
        untilMs,
        over: [],
      });
      expect(cellAfter(logs, nightMs + lastMin * minuteMs - 1).state).toBe("open");
      expect(cellAfter(logs, nightMs + lastMin * minuteMs).state).toBe("unconfirmed");
    }
  });

  test("[REGION3] a voice report ends after an hour, and the hospital's own closed word leads again", () => {
    const { logs } = told([
      ["box", "cannot"],
      ["düsseldorf", "open", [0]],
    ]);
    expect(cellAfter(logs, nightMs + hourMs - 1)).toMatchObject({ state: "open", source: "voice" });
    expect(cellAfter(logs, nightMs + hourMs)).toMatchObject({ state: "cannot", source: "clinician" });
  });

  test("[REGION3] a word that ran out does not hide one that has not", () => {
    const { logs } = told([
      ["tablet", "limited", [], 0],
      ["box", "open", [], 60],
    ]);
    expect(cellAfter(logs, lastMoment)).toMatchObject({ state: "limited" });
    expect(cellAfter(logs, lastMoment + 1)).toMatchObject({ state: "open", heads: [{}, {}] });
  });

  test("[REGION3] a beat or a bed count keeps nothing open", () => {
    const { logs } = told([["box", "open"]]);
    say(
      logs,
      "ukd/box/1-00000001",
      "hospital.beds/1",
      { ward: "general", free: 3, over: [] },
      { at: lastMoment },
    );
    expect(cellAfter(logs, lastMoment + 1).state).toBe("unconfirmed");
  });
});

describe("age", () => {
  const { logs } = told([["box", "open"]]);

  test("[REGION4] is the larger of the time since it was said and the time since we stored it", () => {
    const nowMs = nightMs + 20 * minuteMs;
    expect(cellAfter(logs, nowMs).ageMs).toBe(20 * minuteMs);
    // Stored when its clock said so: an hour ahead of ours does not make it younger.
    const ahead = { clockOffsetMs: () => hourMs };
    expect(cellAfter(logs, nowMs, ahead).ageMs).toBe(80 * minuteMs);
    const behind = { clockOffsetMs: () => -hourMs };
    expect(cellAfter(logs, nowMs, behind).ageMs).toBe(20 * minuteMs);
  });

  test("[REGION4] of a word from a clock ahead of ours is never below 0", () => {
    expect(cellAfter(logs, nightMs - hourMs)).toMatchObject({ ageMs: 0, sinceMs: nightMs - hourMs });
  });

  test("[REGION4] an end by the writer's clock is put on ours", () => {
    const until: Logs = new Map();
    const body = { capability: "ct", state: "open", untilMs: nightMs + hourMs, over: [] };
    say(until, "ukd/box/1-00000001", "hospital.status/1", body);
    const ahead = { clockOffsetMs: (device: string) => (device === "ukd/box" ? 10 * minuteMs : 0) };
    expect(cellAfter(until, nightMs, ahead).runsOutMs).toBe(nightMs + 50 * minuteMs);
  });
});

describe("the region", () => {
  test("[REGION5] shows every hospital of the charter, also one that never said a word", () => {
    const { logs } = told([["box", "open"]]);
    say(logs, "neuss/box/1-00000001", "hospital.beds/1", {
      ward: "intensive-care",
      free: 2,
      total: 12,
      over: [],
    });
    say(logs, "lst-d/box/1-00000001", "contact.lost/1", { site: "ukd", lastHeardMs: nightMs, flaps: 0 });
    say(logs, "lst-d/box/1-00000001", "contact.cut-off/1", { fromMs: nightMs, toMs: nightMs + 9 });
    say(logs, "lst-w/box/1-00000001", "contact.lost/1", { site: "ukd", lastHeardMs: nightMs, flaps: 0 });
    say(logs, "lst-w/box/1-00000001", "contact.regained/1", { site: "ukd", silentForMs: 9_000, flaps: 0 });
    const view = regionView(contextOf(charter, foldLogs(charter, logs)));
    expect(view.hospitals.map(({ hospital }) => hospital)).toEqual(["ukd", "neuss", "barmen"]);
    expect(view.hospitals[2]).toEqual({ hospital: "barmen", cells: [], beds: [], contacts: [], calls: [] });
    expect(view.hospitals[1]?.beds).toMatchObject([{ ward: "intensive-care", free: 2, total: 12, ageMs: 0 }]);
    expect(view.hospitals[0]?.contacts).toMatchObject([
      { observer: "lst-d", contact: "lost" },
      { observer: "lst-w", contact: "regained" },
    ]);
    expect(view.cutOffs).toMatchObject([{ observer: "lst-d", fromMs: nightMs, toMs: nightMs + 9 }]);
  });

  test("[REGION5] of two bed counts the smaller one shows, and an old one not at all", () => {
    const logs: Logs = new Map();
    const beds = (log: LogId, free: number) =>
      say(logs, log, "hospital.beds/1", { ward: "general", free, over: [] });
    beds("ukd/box/1-00000001", 5);
    beds("ukd/tablet/1-00000001", 3);
    const fold = foldLogs(charter, logs);
    const shown = (nowMs: number) => hospitalView(contextOf(charter, fold, nowMs), "ukd").beds;
    expect(shown(nightMs)).toMatchObject([{ free: 3, over: [{}, {}] }]);
    expect(shown(nightMs + 8 * hourMs)).toMatchObject([{ free: null, ageMs: 8 * hourMs }]);
  });

  test("a policy that never ends an open is our own fault", () => {
    const runOut = { openRunsOutMs: 0, voiceRunsOutMs: 1 };
    const context = { ...contextOf(charter, foldLogs(charter, new Map())), runOut };
    expect(() => regionView(context)).toThrow("ends by itself");
  });
});
