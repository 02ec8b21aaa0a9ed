import { present } from "../basics/assert.ts";
import type { Origin } from "../basics/name.ts";
import type { Result } from "../basics/result.ts";
import type {
  Commit,
  ConnectionId,
  Effect,
  Input,
  Submission,
  SubmitAnswer,
  WrappedKey,
} from "../site/effects.ts";
import { nextWakeMonoMs, openStored, step } from "../site/house.ts";
import { batchEntriesMax, catchUpBytesMax } from "../site/limits.ts";
import type { House, ShownView } from "../site/state.ts";
import type { StoreError, StoreResult } from "../site/store-port.ts";
import type { Clock } from "./clock.ts";
import { FoldKeeper, type SnapshotPlace } from "./store/fold-keeper.ts";
import { regionStore, type ShellStore } from "./store/region-store.ts";

/** The network as the shell of one process sees it. */
export type Connections = {
  /** `sent` is called when the bytes have left this process. */
  readonly send: (connection: ConnectionId, bytes: Uint8Array, sent: (() => void) | null) => void;
  readonly close: (connection: ConnectionId, reason: string) => void;
};

export type ShellPorts = {
  readonly clock: Clock;
  /** It may hold other regions' logs too: the shell sees its house's own. */
  readonly store: ShellStore;
  readonly connections: Connections;
  /** Something that boards show has changed. `ofReceipts`: nothing but who holds what. */
  readonly changed: (ofReceipts?: boolean) => void;
  /** A pocket of ours was given another view of its site to show; left out where none is one. */
  readonly shown?: (view: ShownView) => void;
  /** One line for the diary of the process; never the content of a fact. */
  readonly note: (code: string, about: string) => void;
  /** Where snapshots of the fold lie; left out: every start folds everything. */
  readonly snapshot?: SnapshotPlace;
  /** Wraps the key of a case to others; left out where no device has an identity to open one. */
  readonly wrap?: (ask: WrapAsk, wrapped: (keys: readonly WrappedKey[]) => void) => void;
};

export type WrapAsk = Extract<Effect, { readonly type: "wrap" }>;

const runLimits = { entriesMax: batchEntriesMax, bytesMax: catchUpBytesMax };
const storeRestartMs = 1_000;

/** Carries out what a house asks for, and hands it what happens: disk, sockets and timers meet the core only here. */
export class Shell {
  readonly house: House;
  readonly #ports: ShellPorts;
  readonly #answers = new Map<number, (answer: SubmitAnswer) => void>();
  #lastToken = 0;
  #wake: { readonly atMonoMs: number; readonly timer: NodeJS.Timeout } | null = null;
  readonly #keeper: FoldKeeper;
  #stopped = false;

  constructor(house: House, ports: ShellPorts) {
    this.house = house;
    const store = regionStore(ports.store, house.region, house.hosted.size > 0);
    this.#ports = { ...ports, store };
    const { clock, note, snapshot = null } = ports;
    const folded = () => {
      this.feed({ type: "wake" });
      ports.changed();
    };
    this.#keeper = new FoldKeeper(house, { clock, store, note, folded, snapshot });
  }

  /** Takes over what the store holds. To be called once, before anything else. */
  async open(): Promise<StoreResult<undefined>> {
    const { store } = this.#ports;
    const [logs, receipts, forks, keys] = [
      await store.storedLogs(),
      await store.newestCosignatures(),
      await store.readForks(),
      await store.readKeyTable(),
    ];
    if (!logs.ok) return logs;
    if (!receipts.ok) return receipts;
    if (!forks.ok) return forks;
    if (!keys.ok) return keys;
    const stored = { logs: logs.value, receipts: receipts.value, forks: forks.value, keys: keys.value };
    openStored(this.house, stored);
    return this.#keeper.open();
  }

  /** Folds what is stored, a slice at a time, while the house does everything else. To be called once, after {@link open}. */
  load(): Promise<void> {
    return this.#keeper.load();
  }

  /** Throws where the core does; what it had decided until then is carried out all the same. */
  feed(input: Input): void {
    if (this.#stopped) return;
    const effects: Effect[] = [];
    try {
      step(this.house, input, this.#ports.clock(), effects);
    } finally {
      for (const effect of effects) this.#carryOut(effect);
      this.#planWake();
    }
  }

  /** Writes a fact; resolves when it is durable or refused. */
  submit(submission: Omit<Submission, "token">): Promise<SubmitAnswer> {
    this.#lastToken += 1;
    const token = this.#lastToken;
    return new Promise((resolve) => {
      this.#answers.set(token, resolve);
      this.feed({ type: "submit", submission: { ...submission, token } });
    });
  }

  /** Called by the store's owner when its thread has ended by itself. */
  storeDied(error: StoreError): void {
    this.feed({ type: "store-stopped", reason: error.code });
  }

  /** Nothing is fed any more; resolves when nothing of it uses the store. */
  stop(): Promise<void> {
    this.feed({ type: "store-receipts" });
    this.#stopped = true;
    if (this.#wake !== null) clearTimeout(this.#wake.timer);
    return this.#keeper.stop();
  }

  #carryOut(effect: Effect): void {
    switch (effect.type) {
      case "send":
        return this.#send(effect);
      case "close":
        return this.#ports.connections.close(effect.connection, effect.reason);
      case "commit":
        return this.#commit(effect.commit);
      case "read-run":
        return this.#readRun(effect.read, effect.origin, effect.from);
      case "read-leaves":
        return this.#readLeaves(effect.read, effect.origin, effect.from, effect.to);
      case "refold":
        return this.#keeper.refold();
      case "wrap":
        this.#ports.wrap?.(effect, (keys) => this.feed({ type: "wrapped", hosted: effect.hosted, keys }));
        return;
      case "answer":
        return this.#answer(effect.token, effect.answer);
      case "changed":
        return this.#ports.changed(effect.ofReceipts);
      case "view":
        this.#ports.shown?.(effect.view);
        return;
      case "note":
        return this.#ports.note(effect.code, effect.about);
    }
  }

  #send({ connection, bytes, catchUp, view }: Extract<Effect, { readonly type: "send" }>): void {
    const drained = { type: "drained", connection, ...(view ? { view } : {}) } as const;
    this.#ports.connections.send(connection, bytes, catchUp || view ? () => this.feed(drained) : null);
  }

  #commit(commit: Commit): void {
    this.#ports.store.commit(commit, (result) => {
      if (result.ok) this.#committed(commit);
      else if (result.error.code === "thread-died") this.#resolveCommit(commit);
      else this.feed({ type: "commit-failed", id: commit.id, reason: result.error.code });
    });
  }

  #committed({ id, appends }: Commit): void {
    this.feed({ type: "committed", id });
    if (!this.#stopped) this.#keeper.grown(appends.reduce((sum, { items }) => sum + items.length, 0));
  }

  /** The thread died with a commit under way: a fresh one is asked what became of it. Until then nothing is said. */
  #resolveCommit(commit: Commit): void {
    setTimeout(async () => {
      if (this.#stopped) return;
      const outcome = await this.#outcomeOf(commit);
      if (outcome === "unknown") this.#resolveCommit(commit);
      else if (outcome === "stored") this.#committed(commit);
      else this.feed({ type: "commit-failed", id: commit.id, reason: "thread-died" });
    }, storeRestartMs);
  }

  async #outcomeOf(commit: Commit): Promise<"stored" | "not-stored" | "unknown"> {
    const { store } = this.#ports;
    const started: Result<undefined, StoreError> = await store.start();
    const logs = started.ok ? await store.storedLogs() : started;
    if (!logs.ok) return "unknown";
    const sizes = new Map(logs.value.map((log) => [log.origin, log.checkpoint.size]));
    const last = commit.appends.at(-1);
    // All or nothing: one append tells for the whole transaction; receipts alone are written again.
    return last !== undefined && (sizes.get(last.origin) ?? 0) >= last.checkpoint.size
      ? "stored"
      : "not-stored";
  }

  #readRun(read: number, origin: Origin, from: number): void {
    void this.#ports.store.readRun(origin, from, runLimits).then((result) => {
      this.feed({ type: "run-read", read, run: result.ok ? (result.value ?? null) : null });
    });
  }

  #readLeaves(read: number, origin: Origin, from: number, to: number): void {
    void this.#ports.store.readLeafBytes(origin, from, to).then((result) => {
      this.feed({ type: "leaves-read", read, entries: result.ok ? result.value : null });
    });
  }

  #answer(token: number, answer: SubmitAnswer): void {
    const resolve = present(this.#answers.get(token), "each submission is answered once");
    this.#answers.delete(token);
    resolve(answer);
  }

  #planWake(): void {
    const atMonoMs = this.#stopped ? undefined : nextWakeMonoMs(this.house);
    if (atMonoMs === undefined || (this.#wake !== null && this.#wake.atMonoMs <= atMonoMs)) return;
    if (this.#wake !== null) clearTimeout(this.#wake.timer);
    const timer = setTimeout(
      () => {
        this.#wake = null;
        this.feed({ type: "wake" });
      },
      Math.max(0, atMonoMs - this.#ports.clock().monoMs),
    );
    this.#wake = { atMonoMs, timer };
  }
}
