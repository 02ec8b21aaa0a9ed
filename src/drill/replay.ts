import { assert, present } from "../basics/assert.ts";
import { logIdOf, type Origin, parseOrigin } from "../basics/name.ts";
import type { Random } from "../basics/random.ts";
import { isCharterLog } from "../region/charter.ts";
import { endRefold, foldStored, readStored } from "../site/folding.ts";
import { endReplay, openStored, replayStored } from "../site/house.ts";
import { SnapshotReader, snapshotRefusal } from "../site/snapshot.ts";
import type { House } from "../site/state.ts";
import type { StoreResult } from "../site/store-port.ts";
import { beginLoading, endLoading } from "../site/views/loading.ts";
import { type SimulatedSnapshot, snapshotVersion } from "./check-snapshot.ts";
import type { MemoryStore } from "./memory-store.ts";

type TakeRow = (origin: Origin, index: number, bytes: Uint8Array, storedMs: number) => void;

/** Fills a new house from what a store holds, as a start does. */
export function replayAll(house: House, store: MemoryStore, random: Random): void {
  openRows(house, store);
  forEachRow(house, store, random, (origin, index, bytes, storedMs) =>
    replayStored(house, idOf(origin), index, bytes, storedMs),
  );
  endReplay(house);
}

/**
 * Fills a new house from a snapshot and what was stored since, as an anchor's start does.
 * @returns why the snapshot may not be used; null: the house is whole
 */
export function replayFromSnapshot(
  house: House,
  store: MemoryStore,
  { lines, cut }: SimulatedSnapshot,
  random: Random,
  nowMs: number,
): string | null {
  openRows(house, store);
  forEachRow(house, store, random, (origin, index, bytes) => {
    const isCharter = isCharterLog(house.charter, idOf(origin));
    if (isCharter || index === 0) readStored(house, idOf(origin), index, bytes);
  });
  beginLoading(house);
  const roots = readValue(store.rootsAt(cut.logs));
  const rootOf = new Map(cut.logs.map(([origin], at) => [origin, roots[at] ?? null]));
  const refusal = snapshotRefusal(house, cut, snapshotVersion, rootOf, nowMs);
  if (refusal !== null) return refusal;
  const reader = new SnapshotReader(house.fold.kinds);
  for (const line of lines) reader.line(line);
  const unfit = reader.end(house, cut);
  if (unfit !== null) return unfit;
  const filling = present(house.filling, "a fold to be filled");
  forEachRow(house, store, random, (origin, index, bytes, storedMs) => {
    const id = idOf(origin);
    if (index >= (filling.logs.get(id)?.size ?? 0)) foldStored(house, filling, id, index, bytes, storedMs);
  });
  assert(endRefold(house, filling), "nothing is stored meanwhile");
  endLoading(house);
  return null;
}

function openRows(house: House, store: MemoryStore): void {
  openStored(house, {
    logs: readValue(store.storedLogs()),
    receipts: readValue(store.newestCosignatures()),
    forks: readValue(store.readForks()),
    keys: readValue(store.readKeyTable()),
  });
}

/** The charter's logs first, then the others in a drawn order: each in its own. */
export function forEachRow(house: House, store: MemoryStore, random: Random, take: TakeRow): void {
  const origins = readValue(store.storedLogs()).map((log) => log.origin);
  const isCharter = (origin: Origin): boolean => isCharterLog(house.charter, idOf(origin));
  const others = shuffled(
    origins.filter((origin) => !isCharter(origin)),
    random,
  );
  for (const origin of [...origins.filter(isCharter), ...others]) {
    const limits = { entriesMax: Number.MAX_SAFE_INTEGER, bytesMax: Number.MAX_SAFE_INTEGER };
    const { items, storedMs } = readValue(store.readSlice(origin, 0, limits));
    for (const [index, bytes] of items.entries())
      take(origin, index, bytes, present(storedMs[index], "a time"));
  }
}

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  const rest = [...items];
  return items.map(() => present(rest.splice(random.below(rest.length), 1)[0], "one is left"));
}

export function idOf(origin: Origin): string {
  const parts = parseOrigin(origin);
  return logIdOf(present(parts.ok ? parts.value : undefined, "a stored log has an origin"));
}

export function readValue<T>(result: StoreResult<T>): T {
  assert(result.ok, "the simulated store can always be read");
  return result.value;
}
