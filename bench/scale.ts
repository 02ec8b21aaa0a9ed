// npm run bench -- scale [--json] [--small | --share X] [--seconds N] [--rate N] [--profile FILE]
// [--by-second FILE]: how much one machine carries. One control-centre anchor and 60
// full replicas (in one process, a socket each) are the real program; 2,000 hospital devices, which write, get receipts
// and take their site's view, and 12,000 crews, which beat and take their mission's view, are sockets with real hellos in
// two further processes. As many missions are under way as begin in the region's busiest hour. First 100 facts/s,
// then twice as many each step, until a p99 passes 1 s, a core is full, or something is lost. Everything shares this
// machine, so a core that the load takes is missing to the centre: `idleCores` says how much was left, `cores` who had how much.
// --profile measures the first stretch alone and writes where each process spent its time; --by-second FILE writes the figures
// of each second of every stretch, a line of JSON each.

import { type ChildProcess, fork, spawn } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { present } from "../src/basics/assert.ts";
import type { FactRef } from "../src/basics/name.ts";
import { LiveBoard } from "../src/rehearsal/live-board.ts";
import { freePort } from "../src/rehearsal/ports.ts";
import { wholeSeconds } from "../src/site/views/board-rows.ts";
import type { BoardPostAnswer, BoardPush } from "../src/site/views/board-view.ts";
import { centre, crewPockets, drawCalls, found, host, type Scale } from "./scale/founding.ts";
import { filesMax, idleCores, processMs, rssMb, shareOf, type Usage, usageOf } from "./scale/machine.ts";
import { profileOf } from "./scale/profile.ts";
import type { Order, Report, Sent } from "./scale/words.ts";

const isSmall = process.argv.includes("--small");
const full: Scale = { replicas: 60, hospitalDevices: 2_000, crews: 12_000 };
const small: Scale = { replicas: 6, hospitalDevices: 100, crews: 600 };
const share = Number(optionOf("--share") ?? 1);
const scale = isSmall ? small : shareOfScale(full, share);
const isWhole = !isSmall && share === 1;
const baseSeconds = Number(optionOf("--seconds") ?? (isWhole ? 60 : 10));
const stepSeconds = isWhole ? 15 : 5;
const baseFactsPerS = Number(optionOf("--rate") ?? 100);
const profileFile = optionOf("--profile");
const secondsFile = optionOf("--by-second");
const p99MsMax = 1_000;
const fullCore = 0.95;
const idleCoresMin = 0.05;
/** Of the wanted rate, what the load has to make at least. */
const madeShareMin = 0.9;
const settleMs = 5_000;
const startsWithinMs = 300_000;
/** The clock by which a board shows a word is the device's, as far as beats tell it apart from ours. */
const clockDoubtMs = 300;
/** Of each cell, as many sights as words may wait for one. */
const sightsKept = 8;

/** Of the machine's cores, how much each kind of process had, all of its threads. */
type Cores = {
  readonly centre: number;
  readonly replicas: number;
  readonly hospitalDevices: number;
  readonly crews: number;
  readonly bench: number;
};

type Figures = {
  readonly factsPerS: number;
  readonly statusToBoardP99Ms: number;
  readonly receiptP99Ms: number;
  readonly cpuShare: number;
  readonly idleCores: number;
  readonly lost: number;
  /** From a hospital device's word until its site's view shows it to that device. */
  readonly statusToViewP99Ms: number;
  readonly viewsPerS: number;
  readonly viewKbPerS: number;
  readonly cores: Cores;
};

/** One stretch at one rate: what was sent and seen in it. */
type Stretch = {
  readonly receiptMs: number[];
  readonly boardMs: number[];
  readonly viewMs: number[];
  views: number;
  viewBytes: number;
  foreignViews: number;
  sent: number;
  open: number;
  letGo: number;
};

async function main(): Promise<void> {
  const needed = scale.hospitalDevices + scale.crews + scale.replicas + 500;
  if (filesMax() < needed) {
    console.error(`This process may open ${filesMax()} files; ${needed} are needed: ulimit -n ${needed}`);
    process.exitCode = 1;
    return;
  }
  const dist = join(import.meta.dirname, "..", "dist");
  mkdirSync(dist, { recursive: true });
  const dir = mkdtempSync(join(dist, "bench-scale-"));
  const bench = new Bench(dir);
  try {
    await bench.start();
    report(await bench.measure());
  } finally {
    await bench.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

class Bench {
  readonly #dir: string;
  readonly #children: ChildProcess[] = [];
  readonly #pending = new Map<string, Sent[]>();
  /** By cell, when the board first showed each of its last words. */
  readonly #sights = new Map<string, readonly Sight[]>();
  #loads: readonly ChildProcess[] = [];
  #pid = 0;
  #replicasPid = 0;
  readonly #debuggers = new Map<string, number>();
  #stretch: Stretch = newStretch();
  #board: LiveBoard | null = null;
  #connectS = 0;
  #missions = 0;
  #centreUrl = "";
  readonly #viewless = new Map<ChildProcess, number>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  async start(): Promise<void> {
    const ports = { centre: await freePort(), others: await freePort() };
    say("founding");
    found(this.#dir, scale, ports);
    say("starting the centre");
    this.#pid = await this.#startAnchor("centre");
    say("starting the replicas");
    this.#replicasPid = await this.#startAnchor("others");
    this.#centreUrl = `http://${host}:${ports.centre}/api/${centre}`;
    this.#board = new LiveBoard(centre, this.#centreUrl);
    this.#board.listen((push, receivedMs) => this.#see(push, receivedMs));
    this.#board.open();
    say("connecting devices");
    const loadPorts = { hospitals: await this.#debugAt("hospitals"), crews: await this.#debugAt("crews") };
    this.#loads = (["hospitals", "crews"] as const).map((part) => {
      const load = fork(join(import.meta.dirname, "scale", "load-child.ts"), [part], {
        execArgv: loadPorts[part],
      });
      this.#children.push(load);
      load.on("message", (report: Report) => this.#hear(load, report));
      return load;
    });
    const connected = this.#loads.map(
      (load) =>
        new Promise<number>((resolve, reject) => {
          load.on("message", (heard: Report) => heard.type === "connected" && resolve(heard.tookMs));
          load.once("exit", () => reject(new Error("a process that makes load has ended")));
        }),
    );
    for (const load of this.#loads) order(load, { type: "connect", dir: this.#dir, port: ports.centre });
    this.#connectS = Math.max(...(await Promise.all(connected))) / 1_000;
    say("opening missions");
    await this.#openMissions();
    await pause(settleMs);
  }

  /** As a dispatcher at the centre's board does; the crews then say whither they drive. */
  async #openMissions(): Promise<void> {
    const calls = drawCalls(scale.crews);
    const missions: FactRef[] = [];
    for (const [number, call] of calls.entries()) {
      const body = { vehicle: present(crewPockets(scale)[number], "a crew").site, ...call };
      const post = { request: `scale-${number}-mission`, kind: "mission.opened/1", by: "dispatcher#7", body };
      const headers = { "content-type": "application/json" };
      const response = await fetch(`${this.#centreUrl}/facts`, {
        method: "POST",
        headers,
        body: JSON.stringify(post),
      });
      const answer = (await response.json()) as BoardPostAnswer;
      if (!answer.ok) throw new Error(answer.sentence.en);
      missions.push(answer.ref);
    }
    this.#missions = missions.length;
    order(present(this.#loads[1], "the crews"), { type: "drive", missions });
  }

  async measure(): Promise<object> {
    const base = await this.#run(baseFactsPerS, baseSeconds);
    const rss = rssMb(this.#pid);
    let limitedBy = profileFile === undefined ? limitOf(base, baseFactsPerS) : "profiled";
    let breaking = base;
    for (let rate = 2 * baseFactsPerS; limitedBy === null; rate *= 2) {
      breaking = await this.#run(rate, stepSeconds);
      limitedBy = limitOf(breaking, rate);
    }
    const { hospitalDevices, crews, replicas } = scale;
    return {
      devices: hospitalDevices + crews + replicas,
      connectS: round(this.#connectS),
      ...base,
      rssMb: rss,
      breakingFactsPerS: breaking.factsPerS,
      limitedBy,
      breaking,
      missions: this.#missions,
      viewlessDevices: this.#viewlessDevices(),
      load: loadavg().map(round),
    };
  }

  async stop(): Promise<void> {
    this.#board?.close();
    for (const load of this.#loads) if (load.connected) order(load, { type: "end" });
    for (const child of this.#children) child.kill("SIGKILL");
    await pause(100);
  }

  async #run(factsPerS: number, seconds: number): Promise<Figures> {
    this.#stretch = newStretch();
    const before = this.#spent();
    const writers = present(this.#loads[0], "the hospitals' devices");
    order(writers, { type: "rate", factsPerS });
    const profiles = [...this.#debuggers].map(([name, port]) => profileOf(name, port, seconds * 1_000));
    const past = partsOf(this.#stretch);
    await this.#watch(past, seconds, before);
    const after = this.#spent();
    order(writers, { type: "rate", factsPerS: 0 });
    if (profileFile !== undefined) writeFileSync(profileFile, (await Promise.all(profiles)).join("\n\n"));
    await this.#watch(past, settleMs / 1_000, after);
    const figures = figuresOf(this.#stretch, seconds, before, after);
    say(JSON.stringify(figures));
    return figures;
  }

  /** Lets seconds pass, and writes down what each brought where that was asked for. */
  async #watch(past: () => Stretch, seconds: number, before: Spent): Promise<void> {
    for (let second = 0, [from, to] = [before, before]; second < seconds; second += 1, from = to) {
      await pause(1_000);
      to = this.#spent();
      const line = { ...figuresOf(past(), 1, from, to), viewlessDevices: this.#viewlessDevices() };
      if (secondsFile !== undefined) appendFileSync(secondsFile, `${JSON.stringify(line)}\n`);
    }
  }

  #spent(): Spent {
    const [hospitals, crews] = this.#loads.map(({ pid }) => processMs(present(pid, "it runs")));
    return {
      ...usageOf(this.#pid),
      processesMs: {
        centre: processMs(this.#pid),
        replicas: processMs(this.#replicasPid),
        hospitalDevices: hospitals ?? 0,
        crews: crews ?? 0,
        bench: processMs(process.pid),
      },
    };
  }

  /** With which options a process of this name is to be started. */
  async #debugAt(name: string): Promise<string[]> {
    if (profileFile === undefined) return [];
    const port = await freePort();
    this.#debuggers.set(name, port);
    return [`--inspect=${host}:${port}`];
  }

  async #startAnchor(folder: string): Promise<number> {
    const diary = openSync(join(this.#dir, folder, "diary.txt"), "a");
    const cli = join(import.meta.dirname, "..", "src", "cli.ts");
    const debug = await this.#debugAt(folder);
    const child = spawn(process.execPath, [...debug, cli, "anchor", join(this.#dir, folder), "--child"], {
      stdio: ["pipe", "pipe", diary],
    });
    this.#children.push(child);
    const tooLate = setTimeout(() => child.kill("SIGKILL"), startsWithinMs);
    await new Promise<void>((resolve, reject) => {
      child.stdout?.on("data", (text: Buffer) => text.includes("listening on ") && resolve());
      child.once("exit", () => reject(new Error(`the anchor ${folder} did not start`)));
    });
    clearTimeout(tooLate);
    return present(child.pid, "a process that runs has a number");
  }

  /** A cell that shows a word as young as the one sent shows that word: the same cell is spoken of again later. */
  #see(push: BoardPush, receivedMs: number): void {
    if (push.type !== "all" && push.type !== "rows") return;
    const rows = push.type === "all" ? push.view.hospitals : push.hospitals;
    for (const { hospital, cells } of rows ?? [])
      for (const [capability, { saidMs }] of Object.entries(cells)) {
        const key = `${hospital} ${capability}`;
        const sights = this.#sights.get(key) ?? [];
        if (sights.at(-1)?.saidMs === saidMs) continue;
        this.#sights.set(key, [...sights.slice(-sightsKept), { saidMs, receivedMs }]);
        this.#match(key);
      }
  }

  /** Each word that was sent with the first sight of one as young: devices tell once a second what they sent, boards at once. */
  #match(key: string): void {
    const sights = this.#sights.get(key) ?? [];
    const waiting = this.#pending.get(key) ?? [];
    const left = waiting.filter(({ atMs }) => {
      // A board says whole seconds, the nearest: half of them are before the word that they stand for.
      const sight = sights.find(
        ({ saidMs, receivedMs }) => receivedMs >= atMs && saidMs >= wholeSeconds(atMs - clockDoubtMs),
      );
      if (sight !== undefined) this.#stretch.boardMs.push(sight.receivedMs - atMs);
      return sight === undefined;
    });
    this.#pending.set(key, left);
  }

  /** Devices that were never given a view. */
  #viewlessDevices(): number {
    return [...this.#viewless.values()].reduce((sum, count) => sum + count, 0);
  }

  #hear(load: ChildProcess, heard: Report): void {
    if (heard.type !== "second") return;
    const stretch = this.#stretch;
    this.#viewless.set(load, heard.viewless);
    stretch.viewMs.push(...heard.viewMs);
    stretch.views += heard.views;
    stretch.viewBytes += heard.viewBytes;
    stretch.foreignViews = Math.max(stretch.foreignViews, heard.foreignViews);
    stretch.letGo = Math.max(stretch.letGo, heard.letGo);
    if (heard.sent.length > 0) stretch.sent += heard.sent.length;
    stretch.receiptMs.push(...heard.receiptMs);
    if (heard.open > 0 || heard.sent.length > 0 || heard.receiptMs.length > 0) stretch.open = heard.open;
    for (const sent of heard.sent) {
      const key = `${sent.hospital} ${sent.capability}`;
      this.#pending.set(key, [...(this.#pending.get(key) ?? []), sent]);
      this.#match(key);
    }
  }
}

function newStretch(): Stretch {
  const counts = { views: 0, viewBytes: 0, foreignViews: 0, sent: 0, open: 0, letGo: 0 };
  return { receiptMs: [], boardMs: [], viewMs: [], ...counts };
}

/** Each call gives what has come into the stretch since the last. */
function partsOf(stretch: Stretch): () => Stretch {
  let last: Stretch = newStretch();
  const countsOf = (): Stretch => ({
    ...stretch,
    receiptMs: [...stretch.receiptMs],
    boardMs: [...stretch.boardMs],
    viewMs: [...stretch.viewMs],
  });
  return () => {
    const [from, to] = [last, countsOf()];
    last = to;
    return {
      ...to,
      receiptMs: to.receiptMs.slice(from.receiptMs.length),
      boardMs: to.boardMs.slice(from.boardMs.length),
      viewMs: to.viewMs.slice(from.viewMs.length),
      views: to.views - from.views,
      viewBytes: to.viewBytes - from.viewBytes,
      sent: to.sent - from.sent,
    };
  };
}

type Sight = { readonly saidMs: number; readonly receivedMs: number };

type Spent = Usage & { readonly processesMs: Cores };

function coresOf(before: Spent, after: Spent): Cores {
  const of = (kind: keyof Cores): number =>
    round((after.processesMs[kind] - before.processesMs[kind]) / (after.atMs - before.atMs));
  return {
    centre: of("centre"),
    replicas: of("replicas"),
    hospitalDevices: of("hospitalDevices"),
    crews: of("crews"),
    bench: of("bench"),
  };
}

function figuresOf(stretch: Stretch, seconds: number, before: Spent, after: Spent): Figures {
  return {
    factsPerS: Math.round(stretch.sent / seconds),
    statusToBoardP99Ms: Math.round(p99(stretch.boardMs)),
    receiptP99Ms: Math.round(p99(stretch.receiptMs)),
    cpuShare: round(shareOf(before, after)),
    idleCores: round(idleCores(before, after)),
    lost: stretch.open + stretch.letGo + stretch.foreignViews,
    statusToViewP99Ms: Math.round(p99(stretch.viewMs)),
    viewsPerS: Math.round(stretch.views / seconds),
    viewKbPerS: Math.round(stretch.viewBytes / seconds / 1_000),
    cores: coresOf(before, after),
  };
}

/** Why this rate is too much; null: it is not. Where the load took the cores that the centre lacked, that is said too. */
function limitOf(figures: Figures, factsPerS: number): string | null {
  const { cpuShare, receiptP99Ms, statusToBoardP99Ms, statusToViewP99Ms, lost } = figures;
  const isCentreFull = cpuShare >= fullCore;
  const isMade = figures.factsPerS >= factsPerS * madeShareMin;
  const isMachineFull = !isCentreFull && (figures.idleCores < idleCoresMin || !isMade);
  const reasons = [
    ...(lost > 0 ? ["loss"] : []),
    ...(receiptP99Ms > p99MsMax ? ["receipt p99"] : []),
    ...(statusToBoardP99Ms > p99MsMax ? ["board p99"] : []),
    ...(statusToViewP99Ms > p99MsMax ? ["view p99"] : []),
    ...(isCentreFull ? ["one core full"] : []),
    ...(isMachineFull ? ["the machine was full before the centre"] : []),
  ];
  return reasons.length === 0 ? null : reasons.join(", ");
}

function p99(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? Number.POSITIVE_INFINITY;
}

function report(figures: object): void {
  if (process.argv.includes("--json")) console.log(JSON.stringify(figures));
  else for (const [name, value] of Object.entries(figures)) console.log(`${name}: ${JSON.stringify(value)}`);
}

/** What follows this option on the command line; undefined: it does not stand there. */
function optionOf(name: string): string | undefined {
  const place = process.argv.indexOf(name);
  return place < 0 ? undefined : process.argv[place + 1];
}

function shareOfScale({ replicas, hospitalDevices, crews }: Scale, of: number): Scale {
  const part = (count: number): number => Math.ceil(count * of);
  return { replicas: part(replicas), hospitalDevices: part(hospitalDevices), crews: part(crews) };
}

function order(load: ChildProcess, given: Order): void {
  load.send(given);
}

/** Progress goes to the error output: what --json prints is one line. */
function say(line: string): void {
  console.error(`scale: ${line}`);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

await main();
