import { Worker } from "node:worker_threads";
import { assert, present } from "../../basics/assert.ts";
import type { Name, Origin } from "../../basics/name.ts";
import { err, ok } from "../../basics/result.ts";
import type { ReadLimits, StoreCalls, StoreCommit, StoreError, StoreResult } from "../../site/store-port.ts";
import type { Slices } from "./slices.ts";
import {
  type FromStore,
  packBytes,
  type StoreFault,
  type StoreRequest,
  type ToStore,
} from "./store-message.ts";
import type { StoreWorkerData } from "./store-worker.ts";

export type StoreThreadOptions = {
  /**
   * The thread ended although nobody closed it, and every call that was waiting has been told so.
   * {@link StoreThread.start} begins another.
   */
  readonly onDied?: (error: StoreError) => void;
  /** Obey {@link StoreThread.fault}: tests and the rehearsal only. */
  readonly faults?: boolean;
};

/** Every call of the port, answered later. */
type Promised<Calls> = {
  readonly [Name in keyof Calls]: Calls[Name] extends (...args: infer Args) => infer Answer
    ? (...args: Args) => Promise<Answer>
    : never;
};

/** `storedMs` is the wall clock of the commit that made the entry durable here. */
export type EntryVisitor = (index: number, bytes: Uint8Array, storedMs: number) => void;

type Answered = (result: StoreResult<unknown>) => void;

/** A few milliseconds of folding: the process does its other work between two slices. */
const sliceLimits: ReadLimits = { entriesMax: 1_024, bytesMax: 1_048_576 };

/** Opens or makes the store at `path`, whose folder must be there, in a thread of its own. */
export async function openStoreThread(
  path: string,
  options: StoreThreadOptions = {},
): Promise<StoreResult<StoreThread>> {
  const store = new StoreThread(path, options);
  const started = await store.start();
  return started.ok ? ok(store) : started;
}

/**
 * The store of one anchor process, seen from its main thread, which never waits for a disk. Calls are answered in the
 * order in which they were made: a read that follows a commit sees it. When the thread has ended, every call is
 * answered with "thread-died".
 */
export class StoreThread implements Promised<StoreCalls> {
  readonly #path: string;
  readonly #options: StoreThreadOptions;
  readonly #waiting = new Map<number, Answered>();
  #worker: Worker | null = null;
  #started: Promise<StoreResult<undefined>> = Promise.resolve(err(threadDied("it was never started")));
  #lastId = 0;

  readonly storedLogs = this.#caller("storedLogs");
  readonly readRun = this.#caller("readRun");
  readonly readSlice = this.#caller("readSlice");
  readonly readLeafBytes = this.#caller("readLeafBytes");
  readonly rootsAt = this.#caller("rootsAt");
  readonly readCosignatures = this.#caller("readCosignatures");
  readonly newestCosignatures = this.#caller("newestCosignatures");
  readonly readForks = this.#caller("readForks");
  readonly readKeyTable = this.#caller("readKeyTable");
  readonly nextBoot = this.#caller("nextBoot");
  readonly readMeta = this.#caller("readMeta");
  readonly writeMeta = this.#caller("writeMeta");

  /** Callers use {@link openStoreThread}. */
  constructor(path: string, options: StoreThreadOptions) {
    this.#path = path;
    this.#options = options;
  }

  /** `done` is called once, and never before this returns. */
  readonly commit: StoreCommit = (commit, done) => {
    // A commit is answered with what SqliteStore.commit returned.
    this.#ask((id) => ({ type: "commit", id, commit }), done as Answered);
  };

  /** A copy of the store as it is now (store-backup.ts). Commits that come meanwhile wait. */
  backup(file: string): Promise<StoreResult<undefined>> {
    return new Promise((resolve) => {
      this.#ask((id) => ({ type: "backup", id, file }), resolve as Answered);
    });
  }

  /** One log of another region (store-forget.ts); false: none of it is left. */
  forgetLog(region: Name): Promise<StoreResult<boolean>> {
    return new Promise((resolve) => {
      // The worker answers with what forgetLog returned.
      this.#ask((id) => ({ type: "forget", id, region }), resolve as Answered);
    });
  }

  /** Begins a thread where none runs: a fresh one, without faults, after the last has died or was closed. */
  start(): Promise<StoreResult<undefined>> {
    if (this.#worker === null) this.#started = this.#startThread();
    return this.#started;
  }

  /** Answers what was asked before, then lets go of the file. The store may be started again. */
  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker === null) return;
    this.#worker = null;
    const ended = new Promise((resolve) => worker.once("exit", resolve));
    this.#post(worker, { type: "close" });
    await ended;
  }

  /** Takes effect after what was asked before. Only for a store that was opened with `faults: true`. */
  fault(fault: StoreFault): void {
    assert(this.#options.faults === true, "this store was opened to obey faults");
    if (this.#worker !== null) this.#post(this.#worker, { type: "fault", fault });
  }

  #startThread(): Promise<StoreResult<undefined>> {
    const workerData: StoreWorkerData = { path: this.#path, faults: this.#options.faults === true };
    const worker = new Worker(new URL("./store-worker.ts", import.meta.url), { workerData, execArgv: [] });
    this.#worker = worker;
    return new Promise((resolve) => {
      let opened = false;
      let cause = "it was ended";
      worker.on("message", (message: FromStore) => {
        if (message.type === "answer") return this.#answer(message.id, message.result);
        opened = message.result.ok;
        resolve(message.result);
      });
      worker.on("error", (error) => {
        cause = String(error);
      });
      worker.on("exit", () => {
        const error = threadDied(cause);
        this.#fail(error, opened);
        resolve(err(error));
      });
    });
  }

  /**
   * The entries of one log from a position on, each once and in its order, a slice at a time; `slices` cuts finer where
   * visits take long. Those committed meanwhile may be left out.
   */
  async forEachEntryOf(
    origin: Origin,
    position: number,
    visit: EntryVisitor,
    slices: Slices | null = null,
  ): Promise<StoreResult<undefined>> {
    let next = this.readSlice(origin, position, sliceLimits);
    for (;;) {
      const slice = await next;
      if (!slice.ok) return slice;
      const { from, items, storedMs } = slice.value;
      if (items.length === 0) return ok(undefined);
      // The thread reads the next slice while this one is folded.
      next = this.readSlice(origin, from + items.length, sliceLimits);
      for (const [at, bytes] of items.entries()) {
        visit(from + at, bytes, present(storedMs[at], "a time for each entry"));
        if (slices?.isOver()) await slices.rest();
      }
    }
  }

  #caller<Name extends keyof StoreCalls>(
    name: Name,
  ): (...args: Parameters<StoreCalls[Name]>) => Promise<ReturnType<StoreCalls[Name]>> {
    return (...args) =>
      new Promise((resolve) => {
        // Name, arguments and answer belong together by StoreCalls; TypeScript loses that in the union.
        this.#ask((id) => ({ type: "call", id, name, args }) as unknown as StoreRequest, resolve as Answered);
      });
  }

  #ask(request: (id: number) => ToStore, answered: Answered): void {
    if (this.#worker === null) {
      queueMicrotask(() => answered(err(threadDied("it has not been started again"))));
      return;
    }
    this.#lastId += 1;
    this.#waiting.set(this.#lastId, answered);
    this.#post(this.#worker, request(this.#lastId));
  }

  #post(worker: Worker, to: ToStore): void {
    const { message, transfer } = packBytes(to);
    worker.postMessage(message, [...transfer]);
  }

  #answer(id: number, result: StoreResult<unknown>): void {
    const answered = this.#waiting.get(id);
    assert(answered !== undefined, "the store answers each question once");
    this.#waiting.delete(id);
    answered(result);
  }

  #fail(error: StoreError, wasOpen: boolean): void {
    const wasClosed = this.#worker === null;
    this.#worker = null;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const answered of waiting) answered(err(error));
    if (wasOpen && !wasClosed) this.#options.onDied?.(error);
  }
}

function threadDied(cause: string): StoreError {
  return { code: "thread-died", detail: `The store's thread ended (${cause}): nothing can be recorded.` };
}
