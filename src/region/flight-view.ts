import type { FactNamed } from "./facts.ts";
import type { MissionFold } from "./mission-fold.ts";
import type { Report } from "./report.ts";
import { sinceMs, type ViewContext } from "./view-context.ts";

export type FlightView = {
  /** By helicopter: somebody said that day and weather allow it. */
  readonly flown: boolean;
  /** By road after all: it was to fly, or flew, before. */
  readonly grounded: boolean;
  /** When it was last said that this is other than before, by our clock; null: it is as it was opened. */
  readonly flightChangedMs: number | null;
};

/** Whether a mission flies now. Who says *by road* leads over *by air* that does not know of it: nobody waits for a flight that does not come. */
export function flightOf(
  context: ViewContext,
  { flights: { heads } }: Pick<MissionFold, "flights">,
  { fact }: Report<FactNamed<"mission.opened/1">>,
): FlightView {
  if (heads.length === 0) return { flown: fact.flown === true, grounded: false, flightChangedMs: null };
  const flown = heads.every((head) => head.fact.flown);
  const leading = heads.filter((head) => head.fact.flown === flown);
  const changedMs = Math.max(...leading.map((head) => sinceMs(context, head)));
  return { flown, grounded: !flown, flightChangedMs: changedMs };
}
