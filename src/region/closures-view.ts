import { deviceOf } from "../basics/name.ts";
import { dayMs } from "../basics/time.ts";
import type { ClosureReason } from "./desk-choices.ts";
import type { FactNamed } from "./facts.ts";
import { compareTexts } from "./log-order.ts";
import { firstPlaceOf, type Report } from "./report.ts";
import { type Said, said } from "./said.ts";
import { ownClockMs, type ViewContext } from "./view-context.ts";

/** A mistyped year must not close a road for ever. */
export const closureMsMax = 31 * dayMs;

/** A place where no road can be driven, until its end. */
export type ClosureView = Said & {
  readonly latE3: number;
  readonly lonE3: number;
  readonly radiusM: number;
  readonly reason: ClosureReason;
  /** By our clock. */
  readonly endsMs: number;
};

/** Closures that the minutes know, by reference: whether any road is closed by it. */
export type CountedClosures = ReadonlyMap<string, boolean>;

/** Closures that neither have ended nor were lifted, in an order that every device computes alike. */
export function closuresInForce(context: ViewContext): readonly ClosureView[] {
  const inForce: ClosureView[] = [];
  const reports = [...context.fold.closures.values()].flatMap(({ closed, opened }) =>
    closed === null || opened ? [] : [closed],
  );
  for (const report of reports) {
    const { latE3, lonE3, radiusM, reason } = report.fact;
    const word = said(context, report);
    const endsMs = Math.min(latestEndMs(context, report), word.sinceMs + closureMsMax);
    if (endsMs <= context.nowMs) continue;
    inForce.push({ ...word, ref: firstPlaceOf(report), latE3, lonE3, radiusM, reason, endsMs });
  }
  // By where each was said first: which of its places is kept hangs on the order of arrival.
  return inForce.sort(
    ({ ref: [log, index] }, { ref: [other, at] }) => compareTexts(log, other) || index - at,
  );
}

// Whatever its writer's clock amounts to, a closed road must not look open before its end.
function latestEndMs(context: ViewContext, report: Report<FactNamed<"road.closed/1">>): number {
  const { endsMs } = report.fact;
  const behindMs = context.perhapsBehindMs?.(deviceOf(report.log)) ?? 0;
  return Math.max(endsMs, ownClockMs(context, report, endsMs)) + behindMs;
}
