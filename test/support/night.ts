import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { openStore } from "../../src/anchor/store/store-sqlite.ts";
import { present } from "../../src/basics/assert.ts";
import { originOf } from "../../src/basics/name.ts";
import { encodeEntry, leafHash } from "../../src/log/entry.ts";
import { appendLeaves, emptyRange, rootOf } from "../../src/log/tree.ts";
import { cellsOf, type LiveBoard, type PushListener } from "../../src/rehearsal/live-board.ts";
import type { ShownCell } from "../../src/rehearsal/live-stream.ts";
import { readStore, type StoreContent } from "../../src/rehearsal/stores.ts";
import type { RunFigures } from "../../src/rehearsal/verdict.ts";
import type { HospitalRow, OwnRow, StateCell } from "../../src/site/views/board-view.ts";
import { valueIn } from "./founded.ts";
import { type Logs, nightMs, region, sha256 } from "./region.ts";

/** A run within every limit of a quiet machine, in its full form; and the limits of both kinds are far. */
export const goodRun: RunFigures = {
  fault: "kill",
  seed: 1,
  hospitals: 66,
  processes: 6,
  facts: 2_000,
  silentAfterMs: 8_300,
  adviceAfterMs: 20,
  inboundAtLoss: 5,
  nearAtLoss: 1,
  askedAtLoss: 1,
  acceptedAtLoss: 2,
  resteered: 3,
  kept: 2,
  declined: 1,
  accepted: 3,
  falseSilences: 0,
  watchedMs: 140_000,
  unconfirmedShownOpen: 0,
  statusToBoardMs: new Array(200).fill(20),
  receiptMs: new Array(200).fill(80),
  givenUpMs: [],
  restartedHeardMs: 1_500,
  converged: true,
  lostFacts: 0,
  runMs: 100_000,
  busyPercent: null,
  unmet: [],
};

/** Writes these logs as one process's store; each entry became durable `durableAfterMs` after its `at`. */
export function plantStore(dir: string, process: string, logs: Logs, durableAfterMs = 10): void {
  mkdirSync(join(dir, process), { recursive: true });
  const store = valueIn(openStore(join(dir, process, "store.db")));
  for (const [log, entries] of logs) {
    let range = emptyRange;
    for (const [from, planted] of entries.entries()) {
      const entry = present(planted, "an entry");
      const bytes = valueIn(encodeEntry(entry));
      range = appendLeaves(sha256, range, [leafHash(sha256, bytes)]);
      const origin = originOf(region, log);
      const signature = new Uint8Array(64).fill(range.size);
      const checkpoint = { origin, size: range.size, root: rootOf(sha256, range), signature };
      const appends = [{ origin, from, items: [bytes], checkpoint, range }];
      const storedMs = entry.at + durableAfterMs;
      valueIn(store.commit({ id: 1, storedMs, appends, cosignatures: [], forks: [] }));
    }
  }
  store.close();
}

/** The same, read as the night reads what its processes left behind. */
export function plantedStore(dir: string, process: string, logs: Logs, durableAfterMs = 10): StoreContent {
  plantStore(dir, process, logs, durableAfterMs);
  return valueIn(readStore(dir, process));
}

/** A board that shows what a test says, in place of one that is read over HTTP. */
export class HandBoard
  implements Pick<LiveBoard, "site" | "own" | "hospitals" | "lastPushMs" | "listen" | "cells">
{
  readonly site: string;
  readonly hospitals = new Map<string, HospitalRow>();
  own: OwnRow | null = null;
  lastPushMs = 0;
  readonly #listeners = new Set<PushListener>();

  constructor(site: string) {
    this.site = site;
  }

  listen(listener: PushListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  cells(): Iterable<ShownCell> {
    return cellsOf(this.hospitals.values());
  }

  /** The board is told of these hospitals, at this moment by the machine's clock. */
  show(hospitals: readonly HospitalRow[], receivedMs = Date.now()): void {
    for (const row of hospitals) this.hospitals.set(row.hospital, row);
    this.#tell(hospitals, receivedMs);
  }

  /** The board is told of its own site and the other centres. */
  showOwn(own: Partial<OwnRow>, receivedMs = Date.now()): void {
    this.own = { ...(this.own ?? ownRow), ...own };
    this.#tell([], receivedMs);
  }

  #tell(hospitals: readonly HospitalRow[], receivedMs: number): void {
    this.lastPushMs = receivedMs;
    for (const listener of this.#listeners)
      listener({ type: "rows", nowMs: receivedMs, hospitals }, receivedMs);
  }
}

const ownRow: OwnRow = {
  site: "duesseldorf",
  region,
  zone: "Europe/Berlin",
  heldByDispatch: null,
  storing: true,
  slowDisk: false,
  cutOffSinceMs: null,
  notHeard: false,
  halfSilent: false,
  centres: [],
  unusable: [],
  forked: [],
};

export const heard: HospitalRow["contact"] = {
  verdict: "heard",
  lastHeardMs: null,
  via: null,
  storing: true,
  backByMs: null,
  clockOffMs: null,
};
export const silent: HospitalRow["contact"] = { ...heard, verdict: "silent", lastHeardMs: nightMs };

export function cellRow(hospital: string, ct: Partial<StateCell>, contact = heard): HospitalRow {
  const cell = { state: "open", source: "clinician", saidMs: nightMs, untilMs: null, reason: null } as const;
  return { hospital, contact, inbound: 0, cells: { ct: { ...cell, disputed: false, ...ct } } };
}
