import { assert } from "../basics/assert.ts";
import { deviceOf, type FactRef, type LogId, type Name, refKey, siteOf } from "../basics/name.ts";
import type { Fact } from "./facts.ts";
import { isFactRef } from "./fields.ts";
import { compareLogs, compareTexts } from "./log-order.ts";

/** A fact, where it stands, and when this device stored it (our wall clock, UTC ms). */
export type Report<F extends Fact = Fact> = {
  readonly log: LogId;
  readonly index: number;
  readonly fact: F;
  readonly storedMs: number;
};

export function refOf(report: Report): FactRef {
  return [report.log, report.index];
}

/** Where each stands, once, in the order of reports. */
export function refsOf(reports: readonly Report[]): readonly FactRef[] {
  return [...new Set(reports)].sort(compareReports).map(refOf);
}

/** The same report, its fact known by its kind after a check. */
export function reportOf<F extends Fact>(report: Report, fact: F): Report<F> {
  assert(report.fact === fact, "the fact is this report's own");
  return report as Report<F>;
}

/** Where this device said it first, in a log of which that part means nothing since it was signed in two ways. */
export function saidBefore(report: Report): FactRef | null {
  const { again } = report.fact as { readonly again?: unknown };
  if (again === undefined || !isFactRef(again)) return null;
  const [log] = again;
  return log !== report.log && deviceOf(log) === deviceOf(report.log) ? again : null;
}

/** Where it was said first: what others name. */
export function firstPlaceOf(report: Report): FactRef {
  return saidBefore(report) ?? refOf(report);
}

/** Under which keys others may have named it: where it stands, and where it was said first. */
export function keysOf(report: Report): readonly string[] {
  const before = saidBefore(report);
  const key = refKey(refOf(report));
  return before === null ? [key] : [key, refKey(before)];
}

/** The site that said it. */
export function authorOf(report: Report): Name {
  return siteOf(report.log);
}

/** An order that every device computes alike; it means nothing. */
export function compareReports(a: Report, b: Report): number {
  return compareTexts(a.log, b.log) || a.index - b.index;
}

/** Whether `refs` name this report, where it stands or where it was said first. */
export function names(refs: readonly FactRef[], report: Report): boolean {
  const [first, again] = firstPlaceOf(report);
  return refs.some(
    ([log, index]) => (index === report.index && log === report.log) || (index === again && log === first),
  );
}

/** The newest report of each device, one a device: where only the last word of an observer or a tablet matters. */
export type Newest<F extends Fact> = Report<F>[];

/**
 * What is kept once this report came too: of each device the one that stands later in its logs, in whatever order they
 * come.
 */
export function withNewest<F extends Fact>(newest: Newest<F>, report: Report<F>): Newest<F> {
  const at = newest.findIndex(({ log }) => log === report.log || deviceOf(log) === deviceOf(report.log));
  const known = newest[at];
  if (known === undefined) return withOneMore(newest, report);
  if (standsAfter(report, known)) newest[at] = report;
  return newest;
}

/** What all lists of a fold begin as, shared by them: it stays empty. */
export const noneYet: never[] = [];

/** Most lists in a fold have one member for ever, and an array that begins with a push keeps room for sixteen more. */
export function withOneMore<T>(list: T[], member: T): T[] {
  if (list.length === 0) return [member];
  list.push(member);
  return list;
}

function standsAfter(report: Report, known: Report): boolean {
  if (report.log === known.log) return report.index > known.index;
  return compareLogs(report.log, known.log) > 0;
}
