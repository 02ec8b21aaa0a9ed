import { type FactRef, type LogId, type Name, refKey, siteOf } from "../basics/name.ts";
import type { Fact } from "./facts.ts";
import { authorOf, noneYet, type Report, saidBefore, withOneMore } from "./report.ts";

/**
 * One value that several devices report. A head is a report that nobody with the right to say it has replaced:
 * neither by naming it in `over` nor, inside one log, by standing later. Heads are at most one a log. A report that was
 * said again replaces what it had replaced at its first place.
 */
export type Register<F extends Fact> = {
  heads: Report<F>[];
  /** Reports that were replaced before they arrived; null while there is none. */
  replaced: Set<string> | null;
  /** Up to where a report that was said again had replaced what its first log says; null while there is none. */
  replacedBelow: Map<LogId, number> | null;
};

export type RegisterRule = {
  /** Whether the report's author may replace a report of this site. */
  readonly mayReplace: (report: Report, site: Name) => boolean;
  /** Whether this entry has been folded already, so that nobody needs to remember it as replaced. */
  readonly isFolded: (ref: FactRef) => boolean;
};

export function newRegister<F extends Fact>(): Register<F> {
  return { heads: noneYet, replaced: null, replacedBelow: null };
}

/** Adds a report that was not added before; reports of one log come in their order. */
export function addReport<F extends Fact>(
  register: Register<F>,
  report: Report<F>,
  over: readonly FactRef[],
  rule: RegisterRule,
): void {
  replaceNamed(register, report, over, rule);
  const before = saidBefore(report);
  if (before !== null) replaceBelow(register, before);
  const others = register.heads.filter((head) => head.log !== report.log && !isBelow(register, head));
  const isHead = !wasReplaced(register, report) && !isBelow(register, report);
  register.heads = isHead ? withOneMore(others, report) : others;
}

function replaceBelow<F extends Fact>(register: Register<F>, [log, index]: FactRef): void {
  register.replacedBelow ??= new Map();
  register.replacedBelow.set(log, Math.max(index, register.replacedBelow.get(log) ?? 0));
}

function isBelow<F extends Fact>({ replacedBelow }: Register<F>, { log, index }: Report): boolean {
  return replacedBelow !== null && index < (replacedBelow.get(log) ?? 0);
}

function replaceNamed<F extends Fact>(
  register: Register<F>,
  report: Report<F>,
  over: readonly FactRef[],
  rule: RegisterRule,
): void {
  for (const ref of over) {
    const [log, index] = ref;
    // Its own log needs no naming: there, position decides.
    if (log === report.log || !rule.mayReplace(report, siteOf(log))) continue;
    const at = register.heads.findIndex((head) => head.index === index && head.log === log);
    if (at >= 0) register.heads.splice(at, 1);
    else if (!rule.isFolded(ref)) remember(register, ref);
  }
}

function remember<F extends Fact>(register: Register<F>, ref: FactRef): void {
  register.replaced ??= new Set();
  register.replaced.add(refKey(ref));
}

function wasReplaced<F extends Fact>(register: Register<F>, report: Report<F>): boolean {
  return register.replaced?.delete(refKey([report.log, report.index])) ?? false;
}

/** A value that only its own site may say. */
export function ownSiteOnly(report: Report, site: Name): boolean {
  return authorOf(report) === site;
}
