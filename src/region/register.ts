import { type FactRef, type Name, refKey, siteOf } from "../basics/name.ts";
import type { Fact } from "./facts.ts";
import { authorOf, type Report } from "./report.ts";

/**
 * One value that several devices report. A head is a report that nobody with the right to say it has replaced:
 * neither by naming it in `over` nor, inside one log, by standing later. Heads are at most one a log.
 */
export type Register<F extends Fact> = {
  heads: Report<F>[];
  /** Reports that were replaced before they arrived; null while there is none. */
  replaced: Set<string> | null;
};

export type RegisterRule = {
  /** Whether the report's author may replace a report of this site. */
  readonly mayReplace: (report: Report, site: Name) => boolean;
  /** Whether this entry has been folded already, so that nobody needs to remember it as replaced. */
  readonly isFolded: (ref: FactRef) => boolean;
};

export function newRegister<F extends Fact>(): Register<F> {
  return { heads: [], replaced: null };
}

/** Adds a report that was not added before; reports of one log come in their order. */
export function addReport<F extends Fact>(
  register: Register<F>,
  report: Report<F>,
  over: readonly FactRef[],
  rule: RegisterRule,
): void {
  replaceNamed(register, report, over, rule);
  const others = register.heads.filter((head) => head.log !== report.log);
  if (!wasReplaced(register, report)) others.push(report);
  register.heads = others;
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
