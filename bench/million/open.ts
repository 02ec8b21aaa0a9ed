// A store of a million facts, opened by an anchor in a process of its own: once without a snapshot, once from the one that
// this left, with one log 100,000 entries further.

import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { writeConfig } from "../../src/anchor/config.ts";
import { openStore } from "../../src/anchor/store/store-sqlite.ts";
import { assert } from "../../src/basics/assert.ts";
import { toHex } from "../../src/basics/bytes.ts";
import { seededRandom } from "../../src/basics/random.ts";
import { dayMs } from "../../src/basics/time.ts";
import { formatVkey } from "../../src/log/vkey.ts";
import {
  authority,
  centre,
  History,
  RegionWriter,
  region,
  seedsOf,
  signerOf,
  writeCharter,
  writeFeed,
} from "./region.ts";

/** What one start tells of itself; times from the call that starts the anchor. */
export type OpenReport = {
  /** It listens, beats and exchanges. */
  readonly listeningMs: number;
  /** Everything that is stored is folded. */
  readonly loadedMs: number;
  /** The longest time without a turn for anything else before it listened, and the same as work of its main thread. */
  readonly listenSliceMs: number;
  readonly listenSliceCpuMs: number;
  /** The longest time without a turn for anything else from then on. */
  readonly longestMs: number;
  /** The same as time of work of its main thread: what it would be on an idle machine. */
  readonly longestCpuMs: number;
  /** Work of the main thread until then, from the start of the process. */
  readonly cpuMs: number;
  /** As `loadedMs`, from the start of the process. */
  readonly processMs: number;
  readonly rssMb: number;
  readonly entries: number;
  readonly logs: number;
  readonly missions: number;
  readonly running: number;
  readonly notes: readonly string[];
};

const factsBefore = 900_000;
const feedEntries = 100_000;
const missions = 64_000;
/** Half of the missions have left the fold. */
const days = 60;

export type MillionFigures = {
  readonly withoutSnapshot: OpenReport;
  readonly fromSnapshot: OpenReport;
  readonly foldParsedPerS: number;
};

export function measureMillion(folder: string, seed: number): MillionFigures {
  const dir = join(folder, "million");
  mkdirSync(join(dir, "keys"), { recursive: true });
  const random = seededRandom(seed);
  const store = openStore(join(dir, "store.db"));
  if (!store.ok) throw new Error(store.error.detail);
  const writer = new RegionWriter(store.value);
  const nowMs = Date.now();
  writeCharter(writer, nowMs - days * dayMs);
  new History(writer, random, {
    facts: factsBefore,
    missions,
    fromMs: nowMs - days * dayMs,
    toMs: nowMs - dayMs,
  }).write();
  store.value.close();
  prepare(dir);
  const withoutSnapshot = openOnce(dir);
  const again = openStore(join(dir, "store.db"));
  if (!again.ok) throw new Error(again.error.detail);
  writer.goOnIn(again.value);
  writeFeed(writer, random, feedEntries, nowMs - dayMs);
  again.value.close();
  const fromSnapshot = openOnce(dir);
  assert(fromSnapshot.notes.length === 0, `the snapshot fits: ${fromSnapshot.notes.join()}`);
  const foldParsedPerS = Number(childSays("parsed-child.ts", join(dir, "store.db")));
  rmSync(dir, { recursive: true });
  return { withoutSnapshot, fromSnapshot, foldParsedPerS };
}

function prepare(dir: string): void {
  const [site = "", device = ""] = centre.split("/");
  const seeds = seedsOf(centre);
  const text = JSON.stringify({ log: toHex(seeds.log), holder: toHex(seeds.holder) });
  writeFileSync(join(dir, "keys", `${site}.${device}.json`), text, { mode: 0o600 });
  writeConfig(dir, {
    region,
    authority: formatVkey(signerOf(authority).vkey),
    listen: { host: "127.0.0.1", port: 0 },
    regionData: join(import.meta.dirname, "..", "..", "regions", "rhein-ruhr"),
    hosted: [{ site, device, mobile: false }],
    dials: [],
    policy: {},
    faults: false,
  });
}

function openOnce(dir: string): OpenReport {
  return JSON.parse(childSays("open-child.ts", dir)) as OpenReport;
}

/** Each in a process of its own: what this one has in memory would be counted and collected with it. */
function childSays(child: string, path: string): string {
  const { status, stdout } = spawnSync(process.execPath, [join(import.meta.dirname, child), path], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`${child} failed: ${stdout}`);
  return stdout;
}
