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
import type { Now } from "../basics/time.ts";
import type { MissionView } from "../region/mission-view.ts";
import type { MissionRow } from "./views/board-view.ts";

/** What one board remembers of its proposals to turn, by mission; gone with its process. */
export type Resteering = {
  readonly proposals: Map<string, Proposals>;
  readonly looks: Map<string, LastLook>;
};

type LastLook = {
  readonly monoMs: number;
  /** Whither it drove then, and how often a centre had chosen. */
  readonly driving: string;
  readonly decide: MissionRow["decide"];
};

type Aim = { readonly hospital: Name; readonly sinceMs: number };

/**
 * A board is drawn anew at each word that comes, many times a second: a mission on its way is looked at again at once
 * when its destination changes or a centre has chosen, else once in this time.
 */
const lookEveryMs = 1_000;

export function newResteering(): Resteering {
  return { proposals: new Map(), looks: new Map() };
}

/** What `look` comes to, or came to a moment ago. */
export function lookedAt(
  { looks }: Resteering,
  { mission, choices }: Pick<MissionView, "mission" | "choices">,
  { hospital, sinceMs }: Aim,
  { monoMs }: Now,
  look: () => MissionRow["decide"],
): MissionRow["decide"] {
  const driving = `${hospital} ${sinceMs} ${choices.count}`;
  const last = looks.get(mission);
  if (last !== undefined && last.driving === driving && monoMs - last.monoMs < lookEveryMs)
    return last.decide;
  const decide = look();
  looks.set(mission, { monoMs, driving, decide });
  return decide;
}

/** Missions that run no more have no proposals. */
export function forgetProposals(
  { proposals, looks }: Resteering,
  running: readonly { readonly mission: string }[],
): void {
  if (looks.size === 0) return;
  const missions = new Set(running.map(({ mission }) => mission));
  for (const known of [proposals, looks])
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
  { proposals: known }: Resteering,
  mission: MissionView,
  aim: Aim,
  question: Question & { readonly linesMax: number },
  policy: ResteerPolicy,
): OpenProposal | null {
  const sooner = soonerThan(question, aim.hospital);
  const found = sooner.ok ? withFlight(sooner.value, mission) : null;
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

/** That it flies, or does not, after all changes the minutes to every hospital: a cause like a word of theirs. */
function withFlight(sooner: Sooner | null, { flightChangedMs }: MissionView): Sooner | null {
  if (sooner === null || flightChangedMs === null) return sooner;
  return { ...sooner, causeMs: Math.max(sooner.causeMs, flightChangedMs) };
}
