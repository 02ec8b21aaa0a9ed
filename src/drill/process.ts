import { assert, present } from "../basics/assert.ts";
import { deviceOf, type Origin } from "../basics/name.ts";
import type { Random } from "../basics/random.ts";
import type { Now } from "../basics/time.ts";
import { contactLimits } from "../exchange/contact-state.ts";
import { newestOf, nextEpoch } from "../log/epoch.ts";
import type { Vkey } from "../log/vkey.ts";
import type { Commit, Effect, Input, Submission, SubmitAnswer } from "../site/effects.ts";
import { beginRefold, endRefold, refoldStored } from "../site/folding.ts";
import { newHouse, nextWakeMonoMs, step } from "../site/house.ts";
import { batchEntriesMax, catchUpBytesMax } from "../site/limits.ts";
import type { House } from "../site/state.ts";
import { epochKey } from "../site/store-port.ts";
import type { Checker } from "./checker.ts";
import type { FaultCounts } from "./faults.ts";
import { drawUnsynced, journalOf, wholeCommits } from "./journal.ts";
import type { Keys } from "./keys.ts";
import { MemoryStore, type StoreImage } from "./memory-store.ts";
import type { Network } from "./network.ts";
import { forEachRow, idOf, readValue, replayAll } from "./replay.ts";
import type { SimulatedDevice, SimulatedHouse } from "./roster.ts";
import type { Sealing } from "./sealing.ts";
import type { Timeline } from "./timeline.ts";

/** A crash that comes right after so many more effects; with a type, after so many of that type. */
export type Doom = { count: number; readonly type: Effect["type"] | null; readonly then: () => void };

/** What a process needs of its world. */
export type ProcessPorts = {
  readonly timeline: Timeline;
  readonly network: Network;
  readonly random: Random;
  readonly counts: FaultCounts;
  readonly keys: Keys;
  readonly region: string;
  readonly authority: Vkey;
  readonly checkers: readonly Checker[];
  /** Whether a process of several devices looks after one of them a time, in turns, as anchors do. */
  readonly takesTurns: boolean;
  /** Null: nobody seals anything in this world. */
  readonly sealing: Sealing | null;
  readonly answered: (process: SimulatedProcess, submission: Submission, answer: SubmitAnswer) => void;
};

const runLimits = { entriesMax: batchEntriesMax, bytesMax: catchUpBytesMax };
/** The first of January 2026, 00:00 UTC: where the wall clocks of a world begin. */
export const wallStartMs = 1_767_225_600_000;
const slowCommitMs = 1_000;
const readTakesMs = 3;
const refoldTakesMs = 30;
const wrapTakesMs = 5;

/** The simulated shell of one house: its clock, its disk, its sockets, and what can happen to a process. */
export class SimulatedProcess {
  readonly name: string;
  readonly devices: readonly SimulatedDevice[];
  readonly store: MemoryStore;
  /** The running house; null while the process is down. */
  house: House | null = null;
  /** How far this machine's wall clock is ahead of the world's, ms. */
  wallAheadMs = 0;
  /** How much faster it goes, millionths. */
  wallDriftPpm = 0;
  /** How long its disk takes for a commit, ms. */
  commitTakesMs = 0;
  /** Since when it has handled everything at once, by its monotonic clock: since its start or its last stall. */
  watchedSinceMonoMs = 0;
  readonly #ports: ProcessPorts;
  readonly #submissions = new Map<number, Submission>();
  readonly #inbox: Input[] = [];
  /** Which start of the process this is: what was planned by an earlier one is void. */
  #starts = 0;
  #startedMs = 0;
  #stalledUntilMs = 0;
  #diskFreeMs = 0;
  #doom: Doom | null = null;
  #plannedWakeMs: number | null = null;
  /** Whether the file beside the store has the store's word. */
  #isMarked = true;

  /** @param isPlaced whether others reach it by dialing; a second machine with the same devices only dials */
  constructor(plan: SimulatedHouse, ports: ProcessPorts, isPlaced = true) {
    this.name = plan.name;
    this.devices = plan.devices;
    this.#ports = ports;
    this.store = new MemoryStore((write) => this.#finishLater(write));
    if (isPlaced) for (const device of plan.devices) ports.network.place(device.id, this);
  }

  get up(): boolean {
    return this.house !== null;
  }

  get isStalled(): boolean {
    return this.#ports.timeline.nowMs < this.#stalledUntilMs;
  }

  now(): Now {
    const { nowMs } = this.#ports.timeline;
    const driftedMs = Math.round((nowMs * this.wallDriftPpm) / 1_000_000);
    const wallMs = wallStartMs + nowMs + this.wallAheadMs + driftedMs;
    return { wallMs, monoMs: nowMs - this.#startedMs };
  }

  /** The process begins: boot numbers, the store's rows in some order, then the network. */
  start(): void {
    assert(this.house === null, "a process is started once");
    const { timeline, checkers } = this.#ports;
    this.#starts += 1;
    this.#startedMs = timeline.nowMs;
    this.#stalledUntilMs = 0;
    this.watchedSinceMonoMs = 0;
    this.#plannedWakeMs = null;
    const house = this.newHouse();
    this.#isMarked = true;
    replayAll(house, this.store, this.#ports.random);
    this.house = house;
    for (const checker of checkers) checker.started?.(this);
    this.#dialAll();
    this.#planTick(this.#ports.random.below(contactLimits.tickMs));
  }

  /** A house as this process would start it, with a boot number of its own. */
  newHouse(): House {
    const { keys, random, region, authority } = this.#ports;
    return newHouse({
      ports: { crypto: keys.crypto, randomBytes: random.bytes },
      region,
      authority,
      hosted: this.devices.map((one) => {
        const { id, site, device, signer, holder, role, dials: asks } = one;
        const boot = readValue(this.store.nextBoot(id));
        const config = { site, device, signer, holder, boot, asks, mobile: role === "mobile" };
        return { ...config, epoch: this.#epochOf(one) };
      }),
      startMonoMs: 0,
    });
  }

  /** The log that the device began on this store, if that is the one that was used last; otherwise a new one. */
  #epochOf({ id, epoch }: SimulatedDevice): string {
    const recorded = readValue(this.store.readMeta(epochKey(id))) ?? epoch;
    if (this.#isMarked) return recorded;
    const origins = readValue(this.store.storedLogs()).map(({ origin }) => origin);
    const known = origins.filter((origin) => deviceOf(idOf(origin)) === id).map(epochIn);
    const next = nextEpoch(newestOf([...known, recorded]), this.#ports.random.bytes(4));
    readValue(this.store.writeMeta(epochKey(id), next));
    return next;
  }

  /** Power off, and the store becomes an older one. */
  putBack(image: StoreImage, isMarked: boolean): void {
    if (this.house !== null) this.crash();
    this.store.fail(null);
    this.store.putBack(image, isMarked);
    this.#isMarked = isMarked;
    for (const checker of this.#ports.checkers) checker.putBack?.(this, isMarked);
  }

  /** Power off: memory is gone, and what the disk has of the commits under way is drawn. */
  crash(): void {
    const { random, counts, keys, network } = this.#ports;
    const { sha256 } = keys.crypto;
    assert(this.house !== null, "only what runs can crash");
    this.house = null;
    this.#doom = null;
    this.#submissions.clear();
    this.#inbox.length = 0;
    this.store.crash((underWay) => {
      if (underWay.length === 0) return [];
      const { fate, journal } = drawUnsynced(random, journalOf(sha256, underWay));
      counts.add(fate);
      return wholeCommits(sha256, journal);
    });
    network.drop(this);
  }

  /** Power off between two effects of one step: see {@link Doom}. */
  crashAtEffect(doom: Doom): void {
    this.#doom = doom;
  }

  /** Nothing is handled for a while; then everything that waited is handed in, and only then time is looked at. */
  stall(forMs: number): void {
    const { timeline } = this.#ports;
    const start = this.#starts;
    this.#stalledUntilMs = Math.max(this.#stalledUntilMs, timeline.nowMs + forMs);
    timeline.after(forMs, () => {
      if (this.#starts === start && this.house !== null && !this.isStalled) this.#resume();
    });
  }

  resumeNow(): void {
    if (this.isStalled) this.#stalledUntilMs = this.#ports.timeline.nowMs;
    if (this.house !== null) this.#resume();
  }

  feed(input: Input): void {
    if (this.house === null) return;
    if (this.isStalled) this.#inbox.push(input);
    else this.#handle(input);
  }

  submit(submission: Submission): void {
    this.#submissions.set(submission.token, submission);
    this.feed({ type: "submit", submission });
  }

  #resume(): void {
    this.watchedSinceMonoMs = this.now().monoMs;
    while (this.#inbox.length > 0 && this.house !== null)
      this.#handle(present(this.#inbox.shift(), "an input"));
    // Nobody's silence grows more slowly for the stall: each part is due once.
    for (let part = 0; part < this.#parts && this.house !== null; part += 1) this.#tick(part);
  }

  #handle(input: Input): void {
    const { checkers } = this.#ports;
    const house = present(this.house, "a running process has a house");
    for (const checker of checkers) checker.given?.(this, input);
    const effects = step(house, input, this.now());
    for (const effect of effects) {
      this.#carryOut(effect);
      if (this.#isDoomed(effect)) return;
    }
    for (const checker of checkers) checker.stepped?.(this, input);
    this.#planWake(house);
  }

  #isDoomed(effect: Effect): boolean {
    const doom = this.#doom;
    if (doom === null || (doom.type !== null && doom.type !== effect.type)) return false;
    doom.count -= 1;
    if (doom.count > 0) return false;
    this.crash();
    doom.then();
    return true;
  }

  #carryOut(effect: Effect): void {
    const { network } = this.#ports;
    switch (effect.type) {
      case "send":
        return this.#send(effect);
      case "close":
        return network.close(effect.connection);
      case "commit":
        return this.#commit(effect.commit);
      case "read-run":
        return this.#later(readTakesMs, () => {
          const run = readValue(this.store.readRun(effect.origin, effect.from, runLimits)) ?? null;
          this.feed({ type: "run-read", read: effect.read, run });
        });
      case "read-leaves":
        return this.#later(readTakesMs, () => {
          const entries = readValue(this.store.readLeafBytes(effect.origin, effect.from, effect.to));
          this.feed({ type: "leaves-read", read: effect.read, entries });
        });
      case "refold":
        return this.#refold();
      case "wrap":
        return this.#wrap(effect);
      case "answer":
        return this.#answer(effect.token, effect.answer);
      case "changed":
      case "note":
      case "view":
        return;
    }
  }

  #send({ connection, bytes, catchUp, view }: Extract<Effect, { readonly type: "send" }>): void {
    for (const checker of this.#ports.checkers) checker.sending?.(this, connection, bytes);
    const drained = { type: "drained", connection, ...(view ? { view } : {}) } as const;
    this.#ports.network.send(connection, bytes, catchUp || view ? () => this.feed(drained) : null);
  }

  #commit(commit: Commit): void {
    const { checkers, counts } = this.#ports;
    if (this.commitTakesMs > slowCommitMs) counts.add("slow-disk");
    this.store.commit(commit, (result) => {
      if (result.ok) {
        for (const checker of checkers) checker.durable?.(this, commit);
        this.feed({ type: "committed", id: commit.id });
      } else {
        counts.add("failing-disk");
        this.feed({ type: "commit-failed", id: commit.id, reason: result.error.code });
      }
    });
  }

  /** One disk, one write after the other. */
  #finishLater(write: () => void): void {
    const { timeline } = this.#ports;
    if (this.house === null) return write();
    this.#diskFreeMs = Math.max(this.#diskFreeMs, timeline.nowMs) + this.commitTakesMs;
    timeline.after(this.#diskFreeMs - timeline.nowMs, write);
  }

  #refold(): void {
    const fresh = beginRefold(present(this.house, "whoever folds anew runs"));
    const fill = (): void => {
      const house = present(this.house, "whoever plans for later runs then");
      forEachRow(house, this.store, this.#ports.random, (origin, index, bytes, storedMs) =>
        refoldStored(house, fresh, idOf(origin), index, bytes, storedMs),
      );
      if (!endRefold(house, fresh)) this.#later(refoldTakesMs, fill);
    };
    this.#later(refoldTakesMs, fill);
  }

  #wrap(effect: Extract<Effect, { readonly type: "wrap" }>): void {
    const { sealing } = this.#ports;
    this.#later(wrapTakesMs, () => {
      const keys = sealing?.wrap(effect) ?? [];
      if (keys.length > 0) this.feed({ type: "wrapped", hosted: effect.hosted, keys });
    });
  }

  #answer(token: number, answer: SubmitAnswer): void {
    const submission = present(this.#submissions.get(token), "each submission is answered once");
    this.#submissions.delete(token);
    for (const checker of this.#ports.checkers) checker.answered?.(this, submission, answer);
    this.#ports.answered(this, submission, answer);
  }

  #dialAll(): void {
    const start = this.#starts;
    const isWanted = (): boolean => this.up && this.#starts === start;
    for (const { id, dials } of this.devices) {
      for (const peer of dials) this.#ports.network.dial(this, { hosted: id, peer, isWanted });
    }
  }

  #planTick(inMs: number, turn = 0): void {
    this.#later(inMs, () => {
      // A stalled process looks at its clock when it goes on.
      if (!this.isStalled) this.#tick(turn % this.#parts);
      this.#planTick(contactLimits.tickMs / this.#parts, turn + 1);
    });
  }

  #tick(part: number): void {
    this.#handle({ type: "tick", ...(this.#parts === 1 ? {} : { part: { part, parts: this.#parts } }) });
  }

  get #parts(): number {
    return this.#ports.takesTurns ? this.devices.length : 1;
  }

  #planWake(house: House): void {
    const atMonoMs = nextWakeMonoMs(house);
    const atMs = atMonoMs === undefined ? null : Math.ceil(this.#startedMs + atMonoMs);
    if (atMs === null || this.#plannedWakeMs !== null) return;
    this.#plannedWakeMs = atMs;
    this.#later(Math.max(0, atMs - this.#ports.timeline.nowMs), () => {
      this.#plannedWakeMs = null;
      this.feed({ type: "wake" });
    });
  }

  /** Happens only if the process has not ended meanwhile. */
  #later(delayMs: number, run: () => void): void {
    const start = this.#starts;
    this.#ports.timeline.after(delayMs, () => {
      if (this.house !== null && this.#starts === start) run();
    });
  }
}

function epochIn(origin: Origin): string {
  return origin.slice(origin.lastIndexOf("/") + 1);
}
