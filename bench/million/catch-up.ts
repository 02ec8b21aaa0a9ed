// Two anchors in processes of their own, over a WebSocket on loopback: one holds 400 logs, half of them committed entry by
// entry and half in batches of 256, the other holds nothing but the charter.

import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { writeConfig } from "../../src/anchor/config.ts";
import { openStore } from "../../src/anchor/store/store-sqlite.ts";
import { toHex } from "../../src/basics/bytes.ts";
import { type Random, seededRandom } from "../../src/basics/random.ts";
import { formatVkey } from "../../src/log/vkey.ts";
import { capabilityIds } from "../../src/region/region-data.ts";
import { authority, hospitals, RegionWriter, region, seedsOf, signerOf, writeCharter } from "./region.ts";

const logs = 400;
const entriesALog = 300;
const holder = "centre-1/box";
const newcomer = "centre-2/box";
const epochs = 2;

export type CatchUp = { readonly entries: number; readonly perS: number };

export async function measureCatchUp(folder: string, seed: number): Promise<CatchUp> {
  const full = join(folder, "catch-up-full");
  const empty = join(folder, "catch-up-empty");
  const entries = fill(full, seededRandom(seed));
  fillCharter(empty);
  writeSettings(full, holder, null);
  const server = start(full);
  const port = (await server.line(({ port }) => port !== undefined)).port ?? 0;
  writeSettings(empty, newcomer, port);
  const client = start(empty);
  const first = await client.line(({ held = 0 }) => held > charterEntries());
  const last = await client.line(({ held = 0 }) => held >= entries);
  for (const child of [client, server]) await child.stop();
  for (const dir of [full, empty]) rmSync(dir, { recursive: true });
  const seconds = ((last.atMs ?? 0) - (first.atMs ?? 0)) / 1_000;
  const moved = (last.held ?? 0) - (first.held ?? 0);
  return { entries: moved, perS: moved / seconds };
}

function charterEntries(): number {
  return charterSize;
}

let charterSize = 0;

function fill(dir: string, random: Random): number {
  mkdirSync(join(dir, "keys"), { recursive: true });
  const store = openStore(join(dir, "store.db"));
  if (!store.ok) throw new Error(store.error.detail);
  let entries = 0;
  for (const batch of [1, 256]) {
    const writer = new RegionWriter(store.value, batch);
    if (batch === 1) writeCharterOf(writer);
    for (const log of logsOf(batch)) {
      for (let index = 0; index < entriesALog; index += 1) {
        const body = {
          capability: random.pick(capabilityIds),
          state: "open",
          over: [],
          request: toHex(random.bytes(10)),
        };
        writer.say(log, "hospital.status/1", body, nowMs + index);
      }
    }
    writer.flush();
    entries += writer.entries;
  }
  store.value.close();
  return entries;
}

const nowMs = Date.UTC(2020, 8, 11);

function writeCharterOf(writer: RegionWriter): void {
  writeCharter(writer, nowMs);
  writer.flush();
  charterSize = writer.entries;
}

/** Half of the logs: each hospital has one of every kind, in an epoch of its own. */
function logsOf(batch: number): readonly string[] {
  const epoch = batch === 1 ? "1-00000001" : "2-00000002";
  return hospitals.slice(0, logs / epochs).map((site) => `${site}/box/${epoch}`);
}

/** Whoever dials must know whom it may speak with. */
function fillCharter(dir: string): void {
  mkdirSync(join(dir, "keys"), { recursive: true });
  const store = openStore(join(dir, "store.db"));
  if (!store.ok) throw new Error(store.error.detail);
  writeCharterOf(new RegionWriter(store.value));
  store.value.close();
}

function writeSettings(dir: string, id: string, port: number | null): void {
  const [site = "", device = ""] = id.split("/");
  const seeds = seedsOf(id);
  const keys = JSON.stringify({ log: toHex(seeds.log), holder: toHex(seeds.holder) });
  writeFileSync(join(dir, "keys", `${site}.${device}.json`), keys, { mode: 0o600 });
  writeConfig(dir, {
    region,
    authority: formatVkey(signerOf(authority).vkey),
    listen: { host: "127.0.0.1", port: 0 },
    regionData: join(import.meta.dirname, "..", "..", "regions", "rhein-ruhr"),
    hosted: [{ site, device, mobile: false }],
    dials: port === null ? [] : [{ hosted: id, peer: holder, url: `ws://127.0.0.1:${port}/exchange` }],
    policy: {},
    faults: false,
  });
}

type Line = { readonly port?: number; readonly held?: number; readonly atMs?: number };
type Child = {
  /** The first line from now on that is as wanted. */
  readonly line: (isWanted: (line: Line) => boolean) => Promise<Line>;
  readonly stop: () => Promise<void>;
};

function start(dir: string): Child {
  const script = join(import.meta.dirname, "catch-up-child.ts");
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(process.execPath, [script, dir], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const line = (isWanted: (line: Line) => boolean): Promise<Line> =>
    new Promise((resolve, reject) => {
      const take = (text: string): void => {
        const value = JSON.parse(text) as Line;
        if (!isWanted(value)) return;
        lines.off("line", take);
        resolve(value);
      };
      lines.on("line", take);
      void ended.then(() => reject(new Error(`the anchor in ${dir} ended too soon`)));
    });
  const stop = (): Promise<void> => {
    child.stdin.end();
    return ended;
  };
  return { line, stop };
}
