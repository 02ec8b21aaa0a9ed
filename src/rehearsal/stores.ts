import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { openStore, type SqliteStore } from "../anchor/store/store-sqlite.ts";
import { toHex } from "../basics/bytes.ts";
import { type LogId, logIdOf, type Name, type Origin, parseOrigin, refKey, siteOf } from "../basics/name.ts";
import { err, ok, type Result } from "../basics/result.ts";
import { decodeEntry, type Entry } from "../log/entry.ts";
import type { Acknowledged, Shown, ShownReceipt } from "./ledger.ts";

/** One fact as it lies in a store. */
export type StoredFact = {
  readonly log: LogId;
  readonly index: number;
  readonly site: Name;
  readonly entry: Entry;
  /** Wall clock of the commit that stored it there, UTC ms: it began then. */
  readonly storedMs: number;
};

/** Everything that one process held on its disk after it had ended. */
export type StoreContent = {
  readonly process: string;
  /** Size and root of each log, as text. */
  readonly logs: ReadonlyMap<Origin, string>;
  /** By `<log>#<index>`. */
  readonly facts: ReadonlyMap<string, StoredFact>;
  /** How much of each log each site has confirmed to hold, by `<site> <log>`, in entries from its beginning. */
  readonly held: ReadonlyMap<string, number>;
};

const sliceLimits = { entriesMax: 4_096, bytesMax: 4_194_304 };

/** Reads the store of a process that has ended. */
export function readStore(dir: string, process: string): Result<StoreContent, string> {
  const store = openStore(join(dir, process, "store.db"));
  if (!store.ok) return err(`${process}: ${store.error.detail}`);
  try {
    return readAll(process, store.value);
  } finally {
    store.value.close();
  }
}

function readAll(process: string, store: SqliteStore): Result<StoreContent, string> {
  const stored = store.storedLogs();
  if (!stored.ok) return err(`${process}: ${stored.error.detail}`);
  const logs = new Map<Origin, string>();
  const facts = new Map<string, StoredFact>();
  const held = new Map<string, number>();
  for (const { origin, checkpoint } of stored.value) {
    logs.set(origin, `${checkpoint.size} ${toHex(checkpoint.root)}`);
    for (const fact of factsOf(store, origin)) facts.set(refKey([fact.log, fact.index]), fact);
    for (const [key, size] of heldOf(store, origin)) held.set(key, Math.max(size, held.get(key) ?? 0));
  }
  return ok({ process, logs, facts, held });
}

function factsOf(store: SqliteStore, origin: Origin): readonly StoredFact[] {
  const parts = parseOrigin(origin);
  if (!parts.ok) return [];
  const log = logIdOf(parts.value);
  const facts: StoredFact[] = [];
  for (let from = 0; ; ) {
    const slice = store.readSlice(origin, from, sliceLimits);
    if (!slice.ok || slice.value.items.length === 0) return facts;
    for (const [i, bytes] of slice.value.items.entries()) {
      const entry = decodeEntry(bytes);
      const storedMs = slice.value.storedMs[i] ?? Number.NaN;
      if (entry.ok) facts.push({ log, index: from + i, site: siteOf(log), entry: entry.value, storedMs });
    }
    from += slice.value.items.length;
  }
}

function heldOf(store: SqliteStore, origin: Origin): readonly (readonly [string, number])[] {
  const parts = parseOrigin(origin);
  const receipts = store.readCosignatures(origin);
  if (!parts.ok || !receipts.ok) return [];
  // A holder key is named `holdfast/1/<region>/<site>/<device>/holder`.
  return receipts.value.map(({ holder, size }) => [`${holder.split("/")[3]} ${logIdOf(parts.value)}`, size]);
}

/** Whether every store holds the same logs, each up to the same size and root. */
export function areEqual(stores: readonly StoreContent[]): boolean {
  const [first, ...others] = stores;
  return first !== undefined && others.every(({ logs }) => isDeepStrictEqual(logs, first.logs));
}

/** Where stores differ, a line each: for whoever must find out why. */
export function differences(stores: readonly StoreContent[]): readonly string[] {
  const origins = new Set(stores.flatMap(({ logs }) => [...logs.keys()]));
  return [...origins].flatMap((origin) => {
    const held = stores.map(
      ({ process, logs }) => `${process} ${logs.get(origin)?.split(" ")[0] ?? "nothing"}`,
    );
    const isOne = new Set(stores.map(({ logs }) => logs.get(origin))).size === 1;
    return isOne ? [] : [`${origin}: ${held.join(", ")}`];
  });
}

/** The lines of the ledger that are missing, or are something else, in at least one store. */
export function lostLines(
  stores: readonly StoreContent[],
  acknowledged: readonly Acknowledged[],
  shown: readonly Shown[],
): readonly string[] {
  const lost = new Set<string>();
  for (const store of stores) {
    for (const fact of acknowledged)
      if (!holdsFact(store, fact)) lost.add(`${fact.kind} ${refKey(fact.ref)}`);
    const bySite = Map.groupBy(store.facts.values(), ({ site, entry }) => `${site} ${entry.kind}`);
    for (const answer of shown) {
      const candidates = bySite.get(`${answer.site} ${answer.kind}`) ?? [];
      const isThere = candidates.some(({ entry }) => hasFields(entry, answer.body));
      if (!isThere) lost.add(`${answer.kind} of ${answer.site} ${JSON.stringify(answer.body)}`);
    }
  }
  return [...lost];
}

function holdsFact({ facts }: StoreContent, { ref, request, kind, body }: Acknowledged): boolean {
  const entry = facts.get(refKey(ref))?.entry;
  return entry?.kind === kind && entry.request === request && hasFields(entry, body);
}

function hasFields(entry: Entry, body: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(body).every(([field, value]) => isDeepStrictEqual(entry[field], value));
}

/**
 * Receipts that a board showed and that no cosignature in any store covers.
 *
 * @param centres the control centres: any of them may be meant by *held by dispatch*
 */
export function unprovedReceipts(
  stores: readonly StoreContent[],
  shown: readonly ShownReceipt[],
  centres: ReadonlySet<Name>,
): readonly string[] {
  return shown
    .filter(({ holder, ref: [log, index] }) => {
      const sites = holder === null ? [...centres] : [holder];
      return !sites.some((site) => stores.some(({ held }) => (held.get(`${site} ${log}`) ?? 0) > index));
    })
    .map(({ holder, ref }) => `receipt of ${holder ?? "a control centre"} for ${refKey(ref)}`);
}
