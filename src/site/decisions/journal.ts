import type { LogId } from "../../basics/name.ts";
import type { Fold } from "../../region/fold.ts";

/**
 * Which logs a fold has grown by lately, so that what was known a moment ago can be told when somebody asks, and nothing
 * has to be copied while facts come in.
 */
export type Journal = {
  /** The newest last: a log, and how many of its entries were folded before the run. */
  readonly runs: { readonly log: LogId; readonly from: number }[];
  /** Runs ever noted. */
  count: number;
};

/** At some 50 runs a second more than a minute: far longer than from a board to its anchor. */
const runsKept = 4_096;

export function newJournal(): Journal {
  return { runs: [], count: 0 };
}

/** A run was folded. */
export function noteRun(journal: Journal, log: LogId, from: number): void {
  journal.runs.push({ log, from });
  journal.count += 1;
  if (journal.runs.length >= 2 * runsKept) journal.runs.splice(0, runsKept);
}

/**
 * How many entries of each log meant something when `count` was `mark`; null: that is longer ago than is kept.
 * @param fold the one that the runs were noted for, or one made anew since
 */
export function sizesAt(journal: Journal, fold: Fold, mark: number): ReadonlyMap<LogId, number> | null {
  const newer = journal.count - mark;
  if (newer > journal.runs.length) return null;
  const sizes = new Map([...fold.logs].map(([log, { meant }]) => [log, meant]));
  for (const { log, from } of journal.runs.slice(journal.runs.length - newer).reverse())
    sizes.set(log, Math.min(from, sizes.get(log) ?? from));
  for (const [log, size] of sizes) if (size === 0) sizes.delete(log);
  return sizes;
}
