import type { FactRef, Name } from "../basics/name.ts";
import { authorOf, type Report, refOf } from "./report.ts";
import { ageMs, sinceMs, type ViewContext } from "./view-context.ts";

/** Where a value comes from and how old it is. */
export type Said = {
  readonly ref: FactRef;
  readonly site: Name;
  readonly by: string;
  readonly sinceMs: number;
  readonly ageMs: number;
};

export function said(context: ViewContext, report: Report): Said {
  return {
    ref: refOf(report),
    site: authorOf(report),
    by: report.fact.by,
    sinceMs: sinceMs(context, report),
    ageMs: ageMs(context, report),
  };
}
