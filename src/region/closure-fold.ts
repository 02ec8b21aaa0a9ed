import { refKey } from "../basics/name.ts";
import type { FactNamed } from "./facts.ts";
import { compareReports, firstPlaceOf, type Report, reportOf } from "./report.ts";

type RoadFact = FactNamed<"road.closed/1" | "road.opened/1">;

/** A road closure by its first word, and whether a centre has lifted it. */
export type ClosureFold = { closed: Report<FactNamed<"road.closed/1">> | null; opened: boolean };

export type Closures = Map<string, ClosureFold>;

/**
 * A closure may come after the word that lifts it.
 * @returns its key
 */
export function foldClosure(closures: Closures, report: Report<RoadFact>): string {
  const { fact } = report;
  const key = refKey(fact.kind === "road.closed/1" ? firstPlaceOf(report) : fact.closed);
  const closure = closures.get(key) ?? { closed: null, opened: false };
  closures.set(key, closure);
  if (fact.kind === "road.opened/1") closure.opened = true;
  else if (closure.closed === null || compareReports(report, closure.closed) < 0) {
    // Said again by several: which one counts must not hang on the order of arrival.
    closure.closed = reportOf(report, fact);
  }
  return key;
}
