import { equalBytes } from "../basics/bytes.ts";
import { deviceIdOf, type Origin, parseOrigin } from "../basics/name.ts";
import { type Checker, CheckFailure } from "./checker.ts";
import type { SimulatedProcess } from "./process.ts";
import type { StoreBooks } from "./store-books.ts";

/**
 * A store that was put back, as far as its machine can know, never goes on in a log that it had begun; and of every log
 * that was signed in two ways each store knows at the end, to the entry, how much its histories share.
 */
export function forksAreKnown(books: StoreBooks): Checker {
  const given = new Map<SimulatedProcess, ReadonlySet<Origin>>();
  const check = (process: SimulatedProcess): void => {
    for (const { origin } of process.house?.hosted.values() ?? []) {
      if (given.get(process)?.has(origin))
        throw new CheckFailure("epoch", `${process.name} goes on in ${origin} after its store was put back`);
    }
  };
  return {
    name: "forks",
    putBack: (process, isMarked) => {
      if (!isMarked) given.set(process, ownLogs(process));
    },
    started: check,
    durable: check,
    ended: (processes) => {
      for (const origin of forkedIn(processes, books)) checkCommon(processes, books, origin);
    },
  };
}

function ownLogs(process: SimulatedProcess): ReadonlySet<Origin> {
  const stored = process.store.storedLogs();
  const origins = stored.ok ? stored.value.map(({ origin }) => origin) : [];
  const ids = new Set(process.devices.map(({ id }) => id));
  const isOwn = (origin: Origin): boolean => {
    const parts = parseOrigin(origin);
    return parts.ok && ids.has(deviceIdOf(parts.value));
  };
  return new Set(origins.filter(isOwn));
}

function forkedIn(processes: readonly SimulatedProcess[], books: StoreBooks): ReadonlySet<Origin> {
  const known = processes.flatMap((process) => [...books.of(process).commons.keys()]);
  // A history that was in no other store than the one that was put back is gone.
  const found = [...books.forked].filter((origin) => hasTwoHistories(processes, books, origin));
  return new Set([...found, ...known]);
}

function hasTwoHistories(processes: readonly SimulatedProcess[], books: StoreBooks, origin: Origin): boolean {
  const seen = new Map<number, Uint8Array>();
  return processes.some((process) =>
    books
      .of(process)
      .logs.get(origin)
      ?.entries.some((entry, at) => {
        const known = seen.get(at) ?? entry;
        seen.set(at, known);
        return !equalBytes(known, entry);
      }),
  );
}

function checkCommon(processes: readonly SimulatedProcess[], books: StoreBooks, origin: Origin): void {
  const [first, ...others] = processes.map((process) => books.of(process));
  if (first === undefined) return;
  const own = first.logs.get(origin)?.entries ?? [];
  for (const [at, book] of [first, ...others].entries()) {
    const common = book.commons.get(origin);
    const where = `${origin} at ${processes[at]?.name}`;
    if (common === undefined) throw new CheckFailure("forks", `${where}: the fork is not known`);
    if (common !== first.commons.get(origin))
      throw new CheckFailure("forks", `${where}: ${common} in common`);
    const entries = book.logs.get(origin)?.entries ?? [];
    if (entries.length < common)
      throw new CheckFailure("forks", `${where}: holds ${entries.length} of ${common}`);
    for (let i = 0; i < common; i += 1) {
      const [a, b] = [own[i], entries[i]];
      if (a === undefined || b === undefined || !equalBytes(a, b))
        throw new CheckFailure("forks", `${where}: entry ${i} of ${common} in common differs`);
    }
  }
}
