// The region of the benches of a full store: 275 hospitals, four control centres of which one has had five epochs, 316
// ambulances and their authority: 600 logs. Every fact is drawn from a seed and names what an honest writer would know.

import { createHash } from "node:crypto";
import { nodeCrypto, nodeSigner } from "../../src/anchor/crypto-node.ts";
import type { SqliteStore } from "../../src/anchor/store/store-sqlite.ts";
import { present } from "../../src/basics/assert.ts";
import type { Json, JsonObject } from "../../src/basics/canonical-json.ts";
import { type DeviceId, type FactRef, type LogId, originOf } from "../../src/basics/name.ts";
import type { Random } from "../../src/basics/random.ts";
import { signCheckpoint } from "../../src/log/checkpoint.ts";
import type { Signer } from "../../src/log/crypto.ts";
import { type Entry, encodeEntry, leafHash } from "../../src/log/entry.ts";
import { appendLeaves, type CompactRange, emptyRange, rootOf } from "../../src/log/tree.ts";
import { formatVkey, holderKeyName, logKeyName } from "../../src/log/vkey.ts";
import { type State, type Step, states } from "../../src/region/choices.ts";
import { capabilityIds, needIds } from "../../src/region/region-data.ts";
import type { LogAppend } from "../../src/site/effects.ts";

export const region = "rehearsal-million";
export const authority: DeviceId = "land/desk";
export const centre: DeviceId = "centre-1/box";
const epochsOfCentre = 5;
export const hospitals = numbered("hospital", 275);
const ambulances = numbered("rtw", 316);
const centres = numbered("centre", 4);

/** Missions under way at once, as on a busy evening. */
const runningMax = 120;
const batchEntries = 64;
const commitAppends = 32;

function numbered(name: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `${name}-${i + 1}`);
}

function seedOf(what: string): Uint8Array {
  return new Uint8Array(createHash("sha256").update(`holdfast bench ${what}`).digest());
}

/** The seeds of a device's two keys. */
export function seedsOf(device: DeviceId): { readonly log: Uint8Array; readonly holder: Uint8Array } {
  return { log: seedOf(`${device} log`), holder: seedOf(`${device} holder`) };
}

export function signerOf(device: DeviceId): Signer {
  const [site = "", name = ""] = device.split("/");
  return nodeSigner(seedsOf(device).log, logKeyName(region, site, name), "log");
}

function holderOf(device: DeviceId): Signer {
  const [site = "", name = ""] = device.split("/");
  return nodeSigner(seedsOf(device).holder, holderKeyName(region, site, name), "holder");
}

type LogEnd = { range: CompactRange; readonly waiting: Uint8Array[]; said: number; lastMs: number };

/** Writes logs straight into a store, signed and hashed like any, in commits of many logs. */
export class RegionWriter {
  #store: SqliteStore;
  readonly #signers = new Map<DeviceId, Signer>();
  readonly #logs = new Map<LogId, LogEnd>();
  readonly #full = new Set<LogId>();
  readonly #batchEntries: number;
  entries = 0;

  constructor(store: SqliteStore, batch = batchEntries) {
    this.#store = store;
    this.#batchEntries = batch;
  }

  say(log: LogId, kind: string, body: { readonly [name: string]: Json }, atMs: number): FactRef {
    const bytes = encodeEntry({ at: atMs, by: "bench", ...body, kind } as Entry);
    if (!bytes.ok) throw new Error(`the bench wrote no entry: ${bytes.error}`);
    const end = this.#logs.get(log) ?? { range: emptyRange, waiting: [], said: 0, lastMs: atMs };
    this.#logs.set(log, end);
    end.waiting.push(bytes.value);
    end.lastMs = atMs;
    end.said += 1;
    this.entries += 1;
    if (end.waiting.length >= this.#batchEntries) this.#full.add(log);
    if (this.#full.size >= commitAppends) this.#commit([...this.#full]);
    return [log, end.said - 1];
  }

  /** The same store, opened again. */
  goOnIn(store: SqliteStore): void {
    this.#store = store;
  }

  isNew(log: LogId): boolean {
    return !this.#logs.has(log);
  }

  /** Everything that was said is stored. */
  flush(): void {
    const logs = [...this.#logs].filter(([, { waiting }]) => waiting.length > 0).map(([log]) => log);
    for (let at = 0; at < logs.length; at += commitAppends) this.#commit(logs.slice(at, at + commitAppends));
  }

  #commit(logs: readonly LogId[]): void {
    this.#full.clear();
    const storedMs = Math.max(...logs.map((log) => present(this.#logs.get(log), log).lastMs));
    const appends = logs.map((log) => this.#append(log));
    const commit = { id: this.entries, storedMs, appends, cosignatures: [], forks: [] };
    const stored = this.#store.commit(commit);
    if (!stored.ok) throw new Error(stored.error.detail);
  }

  #append(log: LogId): LogAppend {
    const end = present(this.#logs.get(log), log);
    const { sha256 } = nodeCrypto;
    const items = end.waiting.splice(0);
    const from = end.range.size;
    const leaves = items.map((bytes) => leafHash(sha256, bytes));
    end.range = appendLeaves(sha256, end.range, leaves);
    const origin = originOf(region, log);
    const root = rootOf(sha256, end.range);
    const checkpoint = signCheckpoint(this.#signerOf(log), { origin, size: end.range.size, root });
    return { origin, from, items, checkpoint, range: end.range };
  }

  #signerOf(log: LogId): Signer {
    const device = log.slice(0, log.lastIndexOf("/"));
    const signer = this.#signers.get(device) ?? signerOf(device);
    this.#signers.set(device, signer);
    return signer;
  }
}

/** The authority's log: every site and its one device. */
export function writeCharter(writer: RegionWriter, atMs: number): void {
  const log = `${authority}/1-00000001`;
  const recovery = formatVkey(signerOf("land/recovery").vkey);
  writer.say(
    log,
    "charter.start/1",
    { previous: null, recovery, zone: "Europe/Berlin", name: "Bench" },
    atMs,
  );
  const sites = { hospital: hospitals, ambulance: ambulances, "control-centre": centres };
  for (const [type, names] of Object.entries(sites)) {
    for (const site of names) {
      const device = `${site}/box`;
      const [key, holder] = [signerOf(device), holderOf(device)].map(({ vkey }) => formatVkey(vkey));
      writer.say(log, "charter.site/1", { site, type }, atMs);
      const keys = { key: key ?? "", holder: holder ?? "" };
      writer.say(log, "charter.device/1", { site, device: "box", ...keys, roles: ["anchor"] }, atMs);
    }
  }
}

export type HistoryPlan = {
  readonly facts: number;
  readonly missions: number;
  readonly fromMs: number;
  readonly toMs: number;
};

type Running = {
  readonly ref: FactRef;
  readonly vehicle: string;
  readonly centre: string;
  readonly hospital: string;
  steered: FactRef | null;
  asked: FactRef | null;
  next: number;
};

/** What is said of one mission, in its order. */
const script = [
  "steered",
  "on-the-way",
  "destination",
  "asked",
  "answered",
  "position",
  "on-scene",
  "position",
  "patient-on-board",
  "position",
  "arrived",
  "ended",
] as const;

/** Days of a region: hospitals say what they can take, missions are opened, steered, asked for, driven and ended. */
export class History {
  readonly #writer: RegionWriter;
  readonly #random: Random;
  readonly #plan: HistoryPlan;
  readonly #heads = new Map<string, FactRef>();
  readonly #running: Running[] = [];
  #opened = 0;
  #said = 0;

  constructor(writer: RegionWriter, random: Random, plan: HistoryPlan) {
    this.#writer = writer;
    this.#random = random;
    this.#plan = plan;
  }

  write(): void {
    const { facts, missions } = this.#plan;
    while (this.#said < facts) {
      const isOpening = this.#opened * facts < missions * this.#said;
      if (this.#random.below(1_000) < this.#statusShareE3()) this.#sayState();
      else if (isOpening && this.#running.length < runningMax) this.#open();
      else if (this.#running.length > 0) this.#advance();
      else this.#sayState();
    }
    this.#writer.flush();
  }

  #statusShareE3(): number {
    const { facts, missions } = this.#plan;
    return Math.max(20, Math.round((1_000 * (facts - missions * (script.length + 1))) / facts));
  }

  #now(): number {
    const { fromMs, toMs, facts } = this.#plan;
    return Math.round(fromMs + ((toMs - fromMs) * this.#said) / facts);
  }

  /** A centre's newest epoch is the one that belongs to this moment. */
  #logOf(site: string): LogId {
    if (`${site}/box` !== centre) return `${site}/box/1-00000001`;
    const epoch =
      1 + Math.min(epochsOfCentre - 1, Math.floor((epochsOfCentre * this.#said) / this.#plan.facts));
    return `${site}/box/${epoch}-0000000${epoch}`;
  }

  #say(site: string, kind: string, body: { readonly [name: string]: Json }): FactRef {
    const log = this.#logOf(site);
    const atMs = this.#now();
    if (this.#writer.isNew(log)) this.#writer.say(log, "log.start/1", { previous: null }, atMs);
    this.#said += 1;
    return this.#writer.say(log, kind, body, atMs);
  }

  #sayState(): void {
    const hospital = this.#random.pick(hospitals);
    const capability = this.#random.pick(capabilityIds);
    const key = `${hospital} ${capability}`;
    const head = this.#heads.get(key);
    const state = this.#random.pick(Object.keys(states) as State[]);
    const body = { capability, state, over: head === undefined ? [] : [[...head]] };
    this.#heads.set(key, this.#say(hospital, "hospital.status/1", body));
  }

  #open(): void {
    const vehicle = this.#random.pick(ambulances);
    const site = this.#random.pick(centres);
    const ref = this.#say(site, "mission.opened/1", missionBody(this.#random, vehicle, this.#now()));
    const hospital = this.#random.pick(hospitals);
    this.#running.push({ ref, vehicle, centre: site, hospital, steered: null, asked: null, next: 0 });
    this.#opened += 1;
  }

  #advance(): void {
    const at = this.#random.below(this.#running.length);
    const mission = present(this.#running[at], "a running mission");
    this.#sayNext(mission, present(script[mission.next], "a step of the script"));
    mission.next += 1;
    if (mission.next < script.length) return;
    const last = present(this.#running.pop(), "a running mission");
    if (last !== mission) this.#running[at] = last;
  }

  #sayNext(mission: Running, what: (typeof script)[number]): void {
    const named = { mission: [...mission.ref] };
    const { vehicle, hospital } = mission;
    switch (what) {
      case "steered":
        mission.steered = this.#say(mission.centre, "mission.steered/1", { ...named, hospital, over: [] });
        return;
      case "destination": {
        const over = mission.steered === null ? [] : [[...mission.steered]];
        this.#say(vehicle, "mission.destination/1", { ...named, hospital, over });
        return;
      }
      case "asked": {
        const body = { ...named, hospital, answerWithinS: 90, over: [] };
        mission.asked = this.#say(mission.centre, "mission.asked/1", body);
        return;
      }
      case "answered": {
        const asked = [...present(mission.asked, "it was asked before")];
        this.#say(hospital, "mission.answered/1", { ...named, asked, answer: "ready", over: [] });
        return;
      }
      case "position": {
        const cell = { latE2: 5_100 + this.#random.below(60), lonE2: 640 + this.#random.below(80) };
        this.#say(vehicle, "mission.position/1", { ...named, cell, ageS: this.#random.below(30) });
        return;
      }
      default:
        this.#say(vehicle, "mission.step/1", { ...named, step: what satisfies Step });
    }
  }
}

function missionBody(random: Random, vehicle: string, callAtMs: number): JsonObject {
  return {
    vehicle,
    need: random.pick(needIds),
    urgency: 1 + random.below(3),
    ageGroup: "65-79",
    doctor: random.oneIn(3),
    ventilated: random.oneIn(20),
    cpr: random.oneIn(30),
    pregnant: random.oneIn(50),
    infectious: random.oneIn(20),
    callAtMs,
    cell: { latE2: 5_100 + random.below(60), lonE2: 640 + random.below(80) },
  };
}

/** One hospital whose systems tell every change of a capability: the log that a snapshot is far behind of. */
export function writeFeed(writer: RegionWriter, random: Random, entries: number, atMs: number): void {
  const site = present(hospitals.at(-1), "a hospital");
  for (let i = 0; i < entries; i += 1) {
    const state = random.pick(Object.keys(states) as State[]);
    const body = { capability: random.pick(capabilityIds), state, over: [] };
    writer.say(`${site}/box/1-00000001`, "hospital.status/1", body, atMs + i);
  }
  writer.flush();
}
