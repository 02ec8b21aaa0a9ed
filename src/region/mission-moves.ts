import type { Name } from "../basics/name.ts";
import { headingsOf } from "./heading.ts";
import { crewStep, type MissionFold } from "./mission-fold.ts";
import { sinceMs, type ViewContext } from "./view-context.ts";

/** What a mission last changed for a hospital: somebody set out for it, or arrived or turned away; UTC ms, our clock. */
export type Move = { readonly hospital: Name; readonly what: "set-out" | "left"; readonly sinceMs: number };

/** Of where its crew drives and drove, and where a centre steers it. */
export function movesOf(context: ViewContext, mission: MissionFold): readonly Move[] {
  const [heading] = headingsOf(mission);
  const steered = mission.proposals.heads.flatMap((report): Move[] => {
    const { fact } = report;
    if (fact.kind !== "mission.steered/1") return [];
    return [{ hospital: fact.hospital, what: "set-out", sinceMs: sinceMs(context, report) }];
  });
  if (heading === undefined) return steered;
  const { hospital, report } = heading;
  const turnedMs = sinceMs(context, report);
  const step = crewStep(mission);
  const arrived = step?.fact.step === "arrived" || step?.fact.step === "ended" ? step : null;
  const here: Move =
    arrived === null
      ? { hospital, what: "set-out", sinceMs: turnedMs }
      : { hospital, what: "left", sinceMs: sinceMs(context, arrived) };
  const former = [...mission.named.keys()].filter((name) => name !== hospital);
  return [
    ...steered,
    here,
    ...former.map((name): Move => ({ hospital: name, what: "left", sinceMs: turnedMs })),
  ];
}
