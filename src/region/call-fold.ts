import { refKey } from "../basics/name.ts";
import type { FactNamed } from "./facts.ts";
import { keysOf, type Newest, type Report, withNewest } from "./report.ts";
import { type Said, said } from "./said.ts";
import type { ViewContext } from "./view-context.ts";

type CallFact = FactNamed<"voice.called/1">;

/** The calls of call-rounds to one hospital. */
export type CallFold = {
  /** By line and whether somebody answered: the newest of each device. */
  readonly newest: Map<string, Newest<CallFact>>;
  /** By reference: calls that were taken back, also before they arrived; a slip each, and none is ever forgotten. */
  readonly takenBack: Set<string>;
};

/** One telephone number, or the radio group (line 0), as it was last tried. */
export type LineCallView = Said & Pick<CallFact, "line" | "answeredBy">;

export function newCallFold(): CallFold {
  return { newest: new Map(), takenBack: new Set() };
}

export function foldCall({ newest }: CallFold, report: Report<CallFact>): void {
  const { line, answeredBy } = report.fact;
  // Apart, so that a call in vain does not make forget that somebody answered.
  const key = `${line} ${answeredBy === undefined ? "nobody" : "somebody"}`;
  newest.set(key, withNewest(newest.get(key) ?? [], report));
}

/** The calls that count, the newest first. */
export function callViews(context: ViewContext, { newest, takenBack }: CallFold): readonly LineCallView[] {
  const counted = [...newest.values()]
    .flat()
    .filter((report) => !keysOf(report).some((key) => takenBack.has(key)));
  return counted
    .map((report) => {
      const { line, answeredBy } = report.fact;
      return { ...said(context, report), line, ...(answeredBy === undefined ? {} : { answeredBy }) };
    })
    .sort((a, b) => b.sinceMs - a.sinceMs || (refKey(a.ref) < refKey(b.ref) ? -1 : 1));
}

/** As it lies in a snapshot: places of reports in its line, as fold-records.ts gives them. */
export type PackedCalls = {
  readonly newest: readonly (readonly [line: string, places: readonly number[]])[];
  readonly takenBack: readonly string[];
};

export function packCalls(calls: CallFold, place: (report: Report) => number): PackedCalls {
  return {
    newest: [...calls.newest].map(([line, newest]) => [line, newest.map(place)]),
    takenBack: [...calls.takenBack],
  };
}

export function unpackCalls(
  { newest, takenBack }: PackedCalls,
  all: (places: readonly number[]) => Newest<CallFact>,
): CallFold {
  return {
    newest: new Map(newest.map(([line, places]) => [line, all(places)])),
    takenBack: new Set(takenBack),
  };
}
