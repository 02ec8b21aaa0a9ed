// A process of the scale bench that plays devices: `load-child.ts hospitals` or `load-child.ts crews`.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { assert, present } from "../../src/basics/assert.ts";
import type { FactRef, Name } from "../../src/basics/name.ts";
import { capabilityIds } from "../../src/region/vocabulary.ts";
import { Device } from "./device.ts";
import { crewPockets, hospitalPockets, hospitalSites, type Scale } from "./founding.ts";
import type { Order, Report, Sent } from "./words.ts";

const connectingAtOnce = 64;
const beatEveryMs = 5_000;
const turnMs = 10;
const part = process.argv[2] === "crews" ? "crews" : "hospitals";
const devices: Device[] = [];
/** Of each device the facts that wait for a receipt: size of its log, and when it was sent. */
const waiting = new Map<Device, { readonly size: number; readonly sentMs: number }[]>();
/** Of each device its last word, as a view names it, and when it was sent. */
const unseen = new Map<Device, { readonly ref: string; readonly sentMs: number }>();
const shown = new Set<Device>();
let views = 0;
let viewBytes = 0;
let foreignViews = 0;
let viewMs: number[] = [];
let sent: Sent[] = [];
let receiptMs: number[] = [];
let factsPerS = 0;
let owed = 0;
let wroteMs = 0;
let turn = 0;
let beatAt = 0;
let sites = 1;
let isConnected = false;
let scale: Scale = { replicas: 0, hospitalDevices: 0, crews: 0 };
let timers: NodeJS.Timeout[] = [];

function tell(report: Report): void {
  process.send?.(report);
}

async function connect({ dir, port }: Extract<Order, { readonly type: "connect" }>): Promise<void> {
  scale = JSON.parse(readFileSync(join(dir, "scale.json"), "utf8"));
  sites = scale.replicas;
  const pockets = part === "crews" ? crewPockets(scale) : hospitalPockets(scale);
  for (const pocket of pockets) devices.push(new Device(pocket, { receipt: received, view: seen }));
  const startMs = performance.now();
  const queue = [...devices];
  const connectNext = async (): Promise<void> => {
    for (let device = queue.pop(); device !== undefined; device = queue.pop()) {
      // As every dialer does: who is let go in the crowd comes again.
      await device.connect(port).catch(() => queue.unshift(device));
    }
  };
  timers = [setInterval(beatSome, turnMs), setInterval(writeSome, turnMs), setInterval(tellSecond, 1_000)];
  await Promise.all(Array.from({ length: connectingAtOnce }, connectNext));
  isConnected = true;
  tell({ type: "connected", devices: devices.length, tookMs: performance.now() - startMs });
}

function received(device: Device, size: number): void {
  const open = waiting.get(device) ?? [];
  const nowMs = performance.now();
  while (open[0] !== undefined && open[0].size <= size)
    receiptMs.push(nowMs - (open.shift()?.sentMs ?? nowMs));
}

function seen(device: Device, site: Name, bytes: Buffer): void {
  views += 1;
  viewBytes += bytes.length;
  if (site !== device.pocket.site) foreignViews += 1;
  shown.add(device);
  const word = unseen.get(device);
  if (word === undefined || !bytes.includes(word.ref)) return;
  viewMs.push(performance.now() - word.sentMs);
  unseen.delete(device);
}

/** Each device once in five seconds, one after the other: never all in the same moment. */
function beatSome(): void {
  const upTo = Math.floor((performance.now() / beatEveryMs) * devices.length);
  if (beatAt === 0) beatAt = upTo;
  for (; beatAt < upTo; beatAt += 1) devices[beatAt % devices.length]?.beat();
}

/**
 * The devices in turn. Two of them speak about one cell, each in knowledge of the other's word: then the later one
 * leads, and a board shows every fact.
 */
function writeSome(): void {
  const nowMs = performance.now();
  owed = Math.min(owed + (factsPerS * (nowMs - wroteMs)) / 1_000, factsPerS);
  wroteMs = nowMs;
  for (; owed >= 1; owed -= 1) {
    const device = present(devices[turn % devices.length], "a device");
    const round = Math.floor(turn / devices.length);
    turn += 1;
    if (device.isOpen) write(device, round);
  }
}

const lastWords = new Map<string, readonly [string, number]>();

function write(device: Device, round: number): void {
  const { site, number } = device.pocket;
  const capability = present(
    capabilityIds[Math.floor(number / sites) % capabilityIds.length],
    "a capability",
  );
  const key = `${site} ${capability}`;
  const last = lastWords.get(key);
  const over = last === undefined || last[0] === device.next[0] ? [] : [[...last]];
  const atMs = Date.now();
  const next = device.next;
  lastWords.set(key, next);
  unseen.set(device, { ref: JSON.stringify(next), sentMs: performance.now() });
  const said = { capability, state: round % 2 === 0 ? "open" : "full", over };
  const size = device.write(atMs, { ...said, kind: "hospital.status/1", by: "nurse#7" });
  const open = waiting.get(device) ?? [];
  open.push({ size, sentMs: performance.now() });
  waiting.set(device, open);
  sent.push({ hospital: site, capability, atMs });
}

/** The first crews say whither they drive, to one hospital after the other. */
function drive(missions: readonly FactRef[]): void {
  const to = hospitalSites(scale);
  for (const [i, mission] of missions.entries()) {
    const hospital = present(to[i % to.length], "a hospital");
    const said = { mission: [...mission], hospital, over: [] };
    devices[i]?.write(Date.now(), { ...said, kind: "mission.destination/1", by: "paramedic#7" });
  }
}

function tellSecond(): void {
  const open = [...waiting.values()].reduce((sum, { length }) => sum + length, 0);
  const letGo = isConnected ? devices.filter((device) => !device.isOpen).length : 0;
  const viewless = devices.length - shown.size;
  const viewed = { views, viewBytes, viewMs, viewless, foreignViews };
  tell({ type: "second", sent, receiptMs, open, letGo, ...viewed });
  [sent, receiptMs, viewMs] = [[], [], []];
  [views, viewBytes] = [0, 0];
}

process.on("message", (order: Order) => {
  if (order.type === "rate") factsPerS = order.factsPerS;
  else if (order.type === "drive") drive(order.missions);
  else if (order.type === "end") {
    for (const timer of timers) clearInterval(timer);
    for (const device of devices) device.end();
    process.exit();
  } else void connect(order);
});
assert(process.send !== undefined, "a process of the bench is told what to do by the bench");
