import { assert, present } from "../basics/assert.ts";
import { equalBytes, toHex } from "../basics/bytes.ts";
import { type DeviceId, deviceIdOf, type Origin, parseOrigin } from "../basics/name.ts";
import { type LogVersion, newVector, type Vector } from "../exchange/vector.ts";
import type { SignedCheckpoint } from "../log/checkpoint.ts";
import { leafHash } from "../log/entry.ts";
import { appendLeaves, type CompactRange, emptyRange, rootOf } from "../log/tree.ts";
import type { StoredRun } from "../site/effects.ts";
import { commonSize, forkedVersion } from "../site/forks/fork-proof.ts";
import { CheckFailure } from "./checker.ts";
import type { Keys } from "./keys.ts";
import type { SimulatedProcess } from "./process.ts";

/** What really lies in one store, hashed again from its bytes. */
export type LogBook = {
  readonly entries: Uint8Array[];
  /** Root at each kept checkpoint, in hexadecimal. */
  readonly roots: Map<number, string>;
  range: CompactRange;
  /** The store's newest checkpoint when it was last read. */
  newest: SignedCheckpoint | null;
};

export type StoreBook = {
  readonly logs: Map<Origin, LogBook>;
  /** Of what is stored now. */
  readonly vector: Vector;
  /** The digest before the last commit, which a house may still say until it is told of that commit. */
  digestBefore: string;
  /** Each log as it was then. */
  logsBefore: ReadonlyMap<Origin, LogVersion>;
  /** How many entries the histories of each forked log share, as this store knows. */
  readonly commons: Map<Origin, number>;
};

const oneCheckpoint = { entriesMax: 1, bytesMax: 1 };

/** The checkers' own copy of every store, made from the rows alone. */
export class StoreBooks {
  readonly #keys: Keys;
  readonly #books = new Map<string, StoreBook>();
  /** Of each log the root at each size, as whoever first stored it has it. */
  readonly #history = new Map<Origin, Map<number, string>>();
  /** Devices of which there may be two stores: their logs may be signed in two ways. */
  readonly #doubled = new Set<DeviceId>();
  /** Logs of which there are two histories. */
  readonly forked = new Set<Origin>();

  constructor(keys: Keys) {
    this.#keys = keys;
  }

  of(process: SimulatedProcess): StoreBook {
    return present(this.#books.get(process.name), "a started process has its book");
  }

  /** The store has become an older one. */
  putBack(process: SimulatedProcess): void {
    this.#books.delete(process.name);
    for (const { id } of process.devices) this.#doubled.add(id);
  }

  /** Whoever has this device's key may sign two histories. */
  expectForks(device: DeviceId): void {
    this.#doubled.add(device);
  }

  isDoubled(device: DeviceId): boolean {
    return this.#doubled.has(device);
  }

  /** Reads what was stored since the last time. Throws when a store holds what no log can be. */
  update(process: SimulatedProcess): void {
    const book = this.#books.get(process.name) ?? this.#newBook(process);
    book.digestBefore = book.vector.digest();
    book.logsBefore = new Map(
      [...book.vector.origins()].map((origin) => [origin, present(book.vector.get(origin), "it is held")]),
    );
    const stored = process.store.storedLogs();
    assert(stored.ok, "the simulated store can always be read");
    for (const { origin, checkpoint } of stored.value) {
      if (book.logs.get(origin)?.newest === checkpoint) continue;
      const log = this.#updateLog(process, book, origin);
      log.newest = checkpoint;
      if (log.range.size !== checkpoint.size)
        throw this.#failure(process, origin, "ends before its checkpoint");
      book.vector.set(origin, { size: checkpoint.size, root: toHex(checkpoint.root) });
    }
    this.#applyForks(process, book);
  }

  /** What a store says of a forked log is how much its histories share, once it holds that much. */
  #applyForks(process: SimulatedProcess, book: StoreBook): void {
    const forks = process.store.readForks();
    assert(forks.ok, "the simulated store can always be read");
    book.commons.clear();
    for (const fork of forks.value) {
      const { origin } = fork.ours;
      const common = Math.min(commonSize(fork), book.commons.get(origin) ?? Number.POSITIVE_INFINITY);
      book.commons.set(origin, common);
    }
    for (const [origin, common] of book.commons) {
      if ((book.logs.get(origin)?.range.size ?? 0) >= common) book.vector.set(origin, forkedVersion(common));
    }
  }

  #newBook(process: SimulatedProcess): StoreBook {
    const vector = newVector(this.#keys.crypto.sha256);
    const book = { logs: new Map(), vector, digestBefore: "", logsBefore: new Map(), commons: new Map() };
    this.#books.set(process.name, book);
    return book;
  }

  #updateLog(process: SimulatedProcess, book: StoreBook, origin: Origin): LogBook {
    const log = book.logs.get(origin) ?? { entries: [], roots: new Map(), range: emptyRange, newest: null };
    book.logs.set(origin, log);
    for (;;) {
      const run = process.store.readRun(origin, log.range.size, oneCheckpoint);
      assert(run.ok, "the simulated store can always be read");
      if (run.value === undefined) return log;
      this.#addRun(process, log, run.value);
    }
  }

  #addRun(process: SimulatedProcess, log: LogBook, run: StoredRun): void {
    const { sha256 } = this.#keys.crypto;
    const leaves = run.items.map((bytes) => leafHash(sha256, bytes));
    log.entries.push(...run.items);
    log.range = appendLeaves(sha256, log.range, leaves);
    const root = rootOf(sha256, log.range);
    if (!equalBytes(root, run.checkpoint.root))
      throw this.#failure(process, run.origin, "does not hash to its checkpoint");
    log.roots.set(log.range.size, toHex(root));
    this.#compareHistory(process, run.origin, log.range.size, toHex(root));
  }

  #compareHistory(process: SimulatedProcess, origin: Origin, size: number, root: string): void {
    const history = this.#history.get(origin) ?? new Map<number, string>();
    this.#history.set(origin, history);
    const known = history.get(size) ?? root;
    history.set(size, known);
    if (known === root) return;
    if (!this.#doubled.has(deviceOfOrigin(origin)))
      throw this.#failure(process, origin, `has another history at ${size} than elsewhere`);
    this.forked.add(origin);
  }

  #failure(process: SimulatedProcess, origin: Origin, what: string): CheckFailure {
    return new CheckFailure("stored-logs", `${origin} in the store of ${process.name} ${what}`);
  }
}

function deviceOfOrigin(origin: Origin): DeviceId {
  const parts = parseOrigin(origin);
  return deviceIdOf(present(parts.ok ? parts.value : undefined, "a stored log has an origin"));
}
