import {
  lookAgain,
  noProposals,
  type Proposals,
  type ResteerPolicy,
  type Sooner,
  soonerThan,
} from "../advice/resteer.ts";
import type { Question } from "../advice/weigh.ts";
import type { Name } from "../basics/name.ts";
import type { MissionView } from "../region/mission-view.ts";

/** What one board remembers of its proposals to turn, by mission; gone with its process. */
export type Resteering = Map<string, Proposals>;

export function newResteering(): Resteering {
  return new Map();
}

/** Missions that run no more have no proposals. */
export function forgetProposals(known: Resteering, running: readonly { readonly mission: string }[]): void {
  if (known.size === 0) return;
  const missions = new Set(running.map(({ mission }) => mission));
  for (const mission of known.keys()) if (!missions.has(mission)) known.delete(mission);
}

/** A proposal that waits for a person: where another hospital is so much sooner. */
export type OpenProposal = {
  readonly sinceMs: number;
  /** What it saves, what turning costs not taken off. */
  readonly savedMinTenths: number;
};

/** Looks at a mission again whose destination is not lost. Null: it drives where it should. */
export function proposalFor(
  known: Resteering,
  mission: MissionView,
  aim: { readonly hospital: Name; readonly sinceMs: number },
  question: Question,
  policy: ResteerPolicy,
): OpenProposal | null {
  const sooner = soonerThan(question, aim.hospital);
  const found: Sooner | null = sooner.ok ? sooner.value : null;
  const { count, lastMs } = mission.choices;
  const look = {
    nowMs: question.nowMs,
    destination: aim.hospital,
    choseMs: Math.max(aim.sinceMs, lastMs ?? aim.sinceMs),
    centreChoseMs: lastMs,
    chosen: count,
    positionAgeMs: mission.position.ageMs,
    sooner: found,
  };
  const proposals = lookAgain(known.get(mission.mission) ?? noProposals, look, policy);
  if (proposals !== noProposals) known.set(mission.mission, proposals);
  if (proposals.open === null || found === null) return null;
  return { sinceMs: proposals.open.sinceMs, savedMinTenths: found.savedMinTenths };
}
