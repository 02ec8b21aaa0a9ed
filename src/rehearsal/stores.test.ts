import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { plantedStore } from "../../test/support/night.ts";
import { type Logs, nightMs, say } from "../../test/support/region.ts";
import { openStore } from "../anchor/store/store-sqlite.ts";
import type { FactRef } from "../basics/name.ts";
import type { Acknowledged, Shown, ShownReceipt } from "./ledger.ts";
import {
  areEqual,
  differences,
  lostLines,
  readStore,
  type StoreContent,
  unprovedReceipts,
} from "./stores.ts";

let dir = "";
let planted = 0;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "holdfast-stores-"));
});
afterEach(() => rmSync(dir, { recursive: true }));

const ukd = "ukd/box/1-00000001";
const neuss = "neuss/box/1-00000002";
const mission: FactRef = ["duesseldorf/anchor/1-00000003", 1];
const asked: FactRef = ["duesseldorf/anchor/1-00000003", 2];
const full = { capability: "ct", state: "full", over: [] };
const ready = { mission, asked, answer: "ready", over: [] };

type Fault = {
  readonly state?: string;
  readonly request?: string;
  readonly answer?: string;
  readonly without?: string;
};

/** A hospital's word and another one's answer, as they lie in one store; with a fault, not quite so. */
function store({
  state = "full",
  request = "s_request-1",
  answer = "ready",
  without,
}: Fault = {}): StoreContent {
  const logs: Logs = new Map();
  say(logs, ukd, "hospital.status/1", { ...full, state }, { request });
  say(logs, neuss, "mission.answered/1", { ...ready, answer });
  if (without !== undefined) logs.set(without, (logs.get(without) ?? []).slice(0, 1));
  planted += 1;
  return plantedStore(dir, `process-${planted}`, logs);
}

const acknowledged: Acknowledged = {
  ref: [ukd, 1],
  request: "s_request-1",
  kind: "hospital.status/1",
  body: full,
};
const shown: Shown = { site: "neuss", kind: "mission.answered/1", body: { mission, answer: "ready" } };

describe("what people were shown against what lies in the stores", () => {
  test("nothing is lost when every store has every line", () => {
    expect(lostLines([store(), store()], [acknowledged], [shown])).toEqual([]);
  });

  test.each<[string, Fault]>([
    ["lacks an acknowledged fact", { without: ukd }],
    ["has another entry at an acknowledged place", { state: "open" }],
    ["has somebody else's request at an acknowledged place", { request: "s_request-2" }],
  ])("one store of two %s", (_, fault) => {
    const lost = [`hospital.status/1 ${ukd}#1`];
    expect(lostLines([store(), store(fault)], [acknowledged], [shown])).toEqual(lost);
    expect(lostLines([store(fault), store()], [acknowledged], [shown])).toEqual(lost);
  });

  test.each<[string, Fault]>([
    ["was never stored", { without: neuss }],
    ["was stored as another one", { answer: "cannot" }],
  ])("an answer that was shown %s in one store of two", (_, fault) => {
    const lost = lostLines([store(), store(fault)], [acknowledged], [shown]);
    expect(lost).toEqual([`mission.answered/1 of neuss ${JSON.stringify(shown.body)}`]);
  });

  test("the answer of another site about the same mission does not stand for it", () => {
    expect(lostLines([store()], [], [{ ...shown, site: "ukd" }])).toHaveLength(1);
  });

  test("a line that is missing in several stores is one lost fact; two lines are two", () => {
    const empty = store({ without: ukd });
    expect(lostLines([empty, empty, store()], [acknowledged], [])).toHaveLength(1);
    expect(lostLines([empty], [acknowledged, { ...acknowledged, ref: [ukd, 2] }], [])).toHaveLength(2);
  });
});

describe("receipts that boards showed against those in the stores", () => {
  const holding = (size: number): StoreContent => ({
    ...store(),
    held: new Map([[`wuppertal ${ukd}`, size]]),
  });
  const centres = new Set(["wuppertal", "duesseldorf"]);

  test.each<[string, ShownReceipt, number]>([
    ["of the site that confirmed it", { holder: "wuppertal", ref: [ukd, 1] }, 0],
    ["of any control centre", { holder: null, ref: [ukd, 1] }, 0],
    ["of a site that confirmed less", { holder: "wuppertal", ref: [ukd, 2] }, 1],
    ["of another site", { holder: "neuss", ref: [ukd, 1] }, 1],
    ["of another log", { holder: null, ref: [neuss, 1] }, 1],
  ])("%s", (_, receipt, lost) => {
    expect(unprovedReceipts([store(), holding(2)], [receipt], centres)).toHaveLength(lost);
  });

  test("are read from what each process's store keeps", () => {
    const path = join(dir, `process-${planted + 1}`, "store.db");
    store();
    const opened = openStore(path);
    if (!opened.ok) throw new Error(opened.error.detail);
    const origin = `holdfast/1/rehearsal-test/${ukd}`;
    const nothing = { root: new Uint8Array(32), signature: new Uint8Array(64), timeS: 1 };
    const holder = "holdfast/1/rehearsal-test/wuppertal/anchor/holder";
    opened.value.commit({
      ...{ id: 9, storedMs: nightMs, appends: [], forks: [] },
      cosignatures: [{ origin, holder, size: 2, ...nothing }],
    });
    opened.value.close();
    const read = readStore(dir, `process-${planted}`);
    expect(read.ok && read.value.held.get(`wuppertal ${ukd}`)).toBe(2);
  });
});

describe("whether all stores hold the same", () => {
  test("equal logs are equal", () => {
    const stores = [store(), store()];
    expect(areEqual(stores)).toBe(true);
    expect(differences(stores)).toEqual([]);
  });

  test.each<[string, Fault, string]>([
    ["ends earlier", { without: ukd }, `${ukd}: process-A 2, process-B 1`],
    ["has another entry at the same size", { state: "open" }, `${ukd}: process-A 2, process-B 2`],
    ["has another last log", { answer: "cannot" }, `${neuss}: process-A 2, process-B 2`],
  ])("a store that %s is not", (_, fault, line) => {
    const stores = [
      { ...store(), process: "process-A" },
      { ...store(fault), process: "process-B" },
    ];
    expect(areEqual(stores)).toBe(false);
    expect(differences(stores)).toEqual([`holdfast/1/rehearsal-test/${line}`]);
  });

  test("a store without one of the logs is not, and nobody's stores are not", () => {
    const [one, other] = [store(), store()];
    const logs = new Map([...other.logs].slice(0, 1));
    expect(areEqual([one, { ...other, logs }])).toBe(false);
    expect(differences([one, { ...other, logs }])).toHaveLength(1);
    expect(areEqual([])).toBe(false);
  });
});

describe("a process's store on disk", () => {
  test("is read whole, each fact with its place, its author and when it was stored there", () => {
    const content = store();
    expect([...content.facts.keys()]).toEqual([`${ukd}#0`, `${ukd}#1`, `${neuss}#0`, `${neuss}#1`]);
    expect(content.facts.get(`${ukd}#1`)).toMatchObject({
      log: ukd,
      index: 1,
      site: "ukd",
      storedMs: nightMs + 10,
      entry: { kind: "hospital.status/1", state: "full", request: "s_request-1" },
    });
  });

  test("that is not there is a sentence with its name", () => {
    const read = readStore(join(dir, "nowhere"), "night");
    expect(read).toMatchObject({ ok: false, error: expect.stringContaining("night: ") });
  });
});
