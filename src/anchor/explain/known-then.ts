import { type LogId, type Origin, originOf } from "../../basics/name.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import { decodeStoredEntry } from "../../log/entry.ts";
import { type Charter, endedAt } from "../../region/charter.ts";
import type { Fact } from "../../region/facts.ts";
import { type Fold, foldEntry, newFold } from "../../region/fold.ts";
import { type Authority, readCharter, readEntries, type StoreReads } from "../store/store-reads.ts";
import { factAt, logOfOrigin } from "./decisions.ts";

/** A store, and the key from which its charter is read. */
export type ReadPlace = Authority & { readonly reads: StoreReads };

export type KnownThen = { readonly charter: Charter; readonly fold: Fold };

/** A log of which less is here than was known then. */
export type Missing = { readonly log: LogId; readonly known: number; readonly held: number };

/** The region as exactly these facts amount to it; where some of them are not here, what is missing. */
export async function foldUpTo(
  place: ReadPlace,
  sizes: ReadonlyMap<LogId, number>,
): Promise<Result<KnownThen, string | readonly Missing[]>> {
  const { reads, region } = place;
  const charter = await readCharter(reads, region, place.authority, sizes);
  if (!charter.ok) return charter;
  const fold = newFold();
  const missing: Missing[] = [];
  for (const [log, known] of sizes) {
    let held = 0;
    const read = await readEntries(reads, originOf(region, log), known, (bytes, index) => {
      const entry = decodeStoredEntry(bytes);
      const told = { log, index, entry: entry.ok ? entry.value : null };
      // When this store got it is nothing that was known then: what mattered of that, the decision says.
      foldEntry(fold, charter.value, { ...told, storedMs: Number.MAX_SAFE_INTEGER, local: false });
      held = index + 1;
    });
    if (!read.ok) return err(read.error.detail);
    if (held < known) missing.push({ log, known, held });
  }
  return missing.length > 0 ? err(missing) : ok({ charter: charter.value, fold });
}

export type Unknown = { readonly log: LogId; readonly index: number; readonly fact: Fact };

/** What had been said by `untilMs`, by its writers' clocks, and was not among what was known. */
export async function saidAndUnknown(
  { reads }: ReadPlace,
  charter: Charter,
  origins: readonly Origin[],
  sizes: ReadonlyMap<LogId, number>,
  untilMs: number,
): Promise<
  Result<{ readonly facts: readonly Unknown[]; readonly sizes: ReadonlyMap<LogId, number> }, string>
> {
  const facts: Unknown[] = [];
  const all = new Map(sizes);
  for (const origin of origins) {
    const log = logOfOrigin(origin);
    const from = sizes.get(log) ?? 0;
    const end = endedAt(charter, log) ?? Number.POSITIVE_INFINITY;
    let isOpen = true;
    const read = await readEntries(reads, origin, Number.MAX_SAFE_INTEGER, (bytes, index) => {
      if (index < from || index >= end || !isOpen) return;
      const entry = decodeStoredEntry(bytes);
      // A log is known up to a size: what stands behind a later word was not said before it.
      isOpen = entry.ok && entry.value.at <= untilMs;
      if (!isOpen) return;
      all.set(log, index + 1);
      const fact = factAt(charter, log, index, bytes);
      if (fact !== undefined) facts.push({ log, index, fact });
    });
    if (!read.ok) return err(read.error.detail);
  }
  return ok({ facts: facts.sort((a, b) => a.fact.at - b.fact.at), sizes: all });
}
