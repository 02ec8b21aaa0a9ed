import { createHash } from "node:crypto";
import { present } from "../../src/basics/assert.ts";
import type { Json, JsonObject } from "../../src/basics/canonical-json.ts";
import { type DeviceId, type FactRef, type LogId, type Name, refKey, siteOf } from "../../src/basics/name.ts";
import type { Entry } from "../../src/log/entry.ts";
import type { CaseId } from "../../src/log/sealed.ts";
import { formatVkey, holderKeyName, logKeyName, makeVkey, type Vkey } from "../../src/log/vkey.ts";
import { isErased, readersOf } from "../../src/region/case-fold.ts";
import { type Charter, foldCharter, newCharter } from "../../src/region/charter.ts";
import type { SiteType } from "../../src/region/choices.ts";
import { closuresInForce } from "../../src/region/closures-view.ts";
import { soundlessSites, takenTasks } from "../../src/region/desk-view.ts";
import type { KindName, Kinds } from "../../src/region/facts.ts";
import { type Fold, foldEntry, newFold } from "../../src/region/fold.ts";
import { missionView } from "../../src/region/mission-view.ts";
import { regionView } from "../../src/region/view.ts";
import type { ViewContext } from "../../src/region/view-context.ts";

export const region = "rehearsal-test";
/** The moment at which every test night begins. */
export const nightMs = Date.UTC(2020, 8, 11, 1, 0, 0);

export const authorityLog: LogId = "land/desk/1-00000001";
export const recoveryLog: LogId = "land/recovery/1-000000ff";

export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha256").update(bytes).digest());
}

/** A key that signs nothing: the charter only reads and compares it. */
export function logKey(device: DeviceId, variant = 1): Vkey {
  const [site = "", name = ""] = device.split("/");
  return makeVkey(sha256, "log", logKeyName(region, site, name), new Uint8Array(32).fill(variant));
}

export function holderKeyOf(device: DeviceId, variant = 1): Vkey {
  const [site = "", name = ""] = device.split("/");
  return makeVkey(sha256, "holder", holderKeyName(region, site, name), new Uint8Array(32).fill(variant));
}

/** The bodies of charter facts, with what most tests leave alone filled in. */
export const charterBody = {
  start: (recovery: Vkey | null = logKey("land/recovery")): JsonObject => ({
    previous: null,
    recovery: formatVkey(recovery ?? logKey("land/recovery")),
    zone: "Europe/Berlin",
    name: "Testregion",
  }),
  site: (site: string, type: SiteType): JsonObject => ({
    ...{ site, type },
    ...(type === "hospital" ? { homeCentre: site === "barmen" ? "lst-w" : "lst-d" } : {}),
  }),
  device: (device: DeviceId, variant = 1): JsonObject => ({
    site: siteOf(device),
    device: device.slice(device.indexOf("/") + 1),
    key: formatVkey(logKey(device, variant)),
    holder: formatVkey(holderKeyOf(device, variant)),
    roles: ["anchor"],
  }),
  ended: (device: DeviceId, log: LogId | null, size: number): JsonObject => ({
    site: siteOf(device),
    device: device.slice(device.indexOf("/") + 1),
    log,
    size,
    root: "0".repeat(64),
  }),
  next: (key: Vkey, log: LogId, size: number): JsonObject => ({
    key: formatVkey(key),
    last: { log, size, root: "0".repeat(64) },
  }),
};

export function entry(
  kind: string,
  body: JsonObject,
  more: Partial<Record<"at" | "by" | "request", Json>> = {},
): Entry {
  return { at: nightMs, by: "test", ...body, ...more, kind } as Entry;
}

/** Logs as they would lie in a store. `storedMs` of an entry is its `at` unless a test says otherwise. */
export type Logs = Map<LogId, (Entry | null)[]>;

/** When an entry was stored, where a test says so. */
const storedAt = new WeakMap<Entry, number>();

/** Appends to a log, beginning it with `log.start` where it is new. */
export function say(
  logs: Logs,
  log: LogId,
  kind: KindName | (string & {}),
  body: JsonObject,
  { storedMs, ...more }: Partial<Record<"at" | "by" | "request", Json>> & { readonly storedMs?: number } = {},
): FactRef {
  const entries =
    logs.get(log) ?? (kind === "charter.start/1" ? [] : [entry("log.start/1", { previous: null })]);
  const said = entry(kind, body, more);
  if (storedMs !== undefined) storedAt.set(said, storedMs);
  entries.push(said);
  logs.set(log, entries);
  return [log, entries.length - 1];
}

export const sites: Readonly<Record<string, SiteType>> = {
  land: "authority",
  "lst-d": "control-centre",
  "lst-w": "control-centre",
  ukd: "hospital",
  neuss: "hospital",
  barmen: "hospital",
  "rtw-1": "ambulance",
  "rtw-2": "ambulance",
};

/** One anchor a site, and tablets for a hospital and an ambulance. */
export const enrolled: readonly DeviceId[] = [
  "lst-d/box",
  "lst-w/box",
  "ukd/box",
  "ukd/tablet",
  "neuss/box",
  "neuss/tablet",
  "barmen/box",
  "rtw-1/tablet",
  "rtw-1/phone",
  "rtw-2/tablet",
];

/** The authority's log with every site and device above. */
export function charterLogs(): Logs {
  const logs: Logs = new Map();
  say(logs, authorityLog, "charter.start/1", charterBody.start());
  for (const [site, type] of Object.entries(sites)) {
    say(logs, authorityLog, "charter.site/1", charterBody.site(site, type));
  }
  for (const device of enrolled) say(logs, authorityLog, "charter.device/1", charterBody.device(device));
  return logs;
}

export function emptyCharter(): Charter {
  return newCharter(region, logKey("land/desk"), sha256);
}

export function charterOf(logs: Logs): Charter {
  const charter = emptyCharter();
  for (const [log, entries] of logs) {
    for (const [index, one] of entries.entries()) foldCharter(charter, log, index, one);
  }
  return charter;
}

/** The charter of the test region; nobody changes it. */
export function testCharter(): Charter {
  return charterOf(charterLogs());
}

/** Folds whole logs, one after the other. */
export function foldLogs(charter: Charter, logs: Logs, kinds?: Kinds): Fold {
  const fold = newFold(kinds);
  for (const [log, entries] of logs) {
    for (const [index, one] of entries.entries()) foldOne(fold, charter, log, index, one);
  }
  return fold;
}

export function foldOne(fold: Fold, charter: Charter, log: LogId, index: number, one: Entry | null) {
  const storedMs = one === null ? nightMs : (storedAt.get(one) ?? one.at);
  return foldEntry(fold, charter, { log, index, entry: one, storedMs, local: false });
}

export function contextOf(
  charter: Charter,
  fold: Fold,
  nowMs = nightMs,
  more: Partial<ViewContext> = {},
): ViewContext {
  const runOut = { openRunsOutMs: 8 * 3_600_000, voiceRunsOutMs: 3_600_000 };
  return { fold, charter, nowMs, runOut, clockOffsetMs: () => 0, ...more };
}

/** The region and every mission, ended ones included: all that a fold can show. */
export function everythingOf(context: ViewContext) {
  const ids = [...context.fold.missions.keys()].sort();
  const missions = ids.map((id) => missionView(context, present(context.fold.missions.get(id), "a mission")));
  return {
    region: regionView(context),
    missions,
    tasks: takenTasks(context),
    soundless: soundlessSites(context),
    closures: closuresInForce(context),
    cases: [...context.fold.cases.keys()].sort().map((id) => caseShown(context.fold, id)),
  };
}

function caseShown(fold: Fold, id: CaseId) {
  const notes = [...(fold.cases.get(id)?.notes.keys() ?? [])].sort();
  return { id, notes, erased: isErased(fold, id), readers: [...readersOf(fold, id)].sort() };
}

/** A case of this site; nobody has its key. */
export function caseOf(site: Name, digit = "a"): CaseId {
  return `${site}/${digit.repeat(64)}`;
}

export const missionBody: JsonObject = {
  vehicle: "rtw-1",
  need: "aortic-emergency",
  urgency: 1,
  ageGroup: "65-79",
  doctor: true,
  ventilated: false,
  cpr: false,
  pregnant: false,
  infectious: false,
  callAtMs: nightMs,
  cell: { latE2: 5120, lonE2: 680 },
};

export function idOf(ref: FactRef): string {
  return refKey(ref);
}
