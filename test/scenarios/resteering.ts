import { advise } from "../../src/advice/advise.ts";
import { shownMin } from "../../src/advice/rank.ts";
import {
  type Look,
  lookAgain,
  noProposals,
  type Proposals,
  type ResteerPolicy,
  soonerThan,
} from "../../src/advice/resteer.ts";
import { present } from "../../src/basics/assert.ts";
import { momentOf, questionOf, type Situation } from "./drawing.ts";

export const testResteering: ResteerPolicy = {
  minGainMin: 5,
  costMin: 3,
  pauseMin: 3,
  positionMaxS: 60,
  proposalsMax: 2,
};

/** A mission on its way, looked at again and again; what a moment does not draw anew is as it was before. */
export type ResteerScene = {
  readonly name: string;
  readonly situation: Situation;
  /** Letter of the destination, and when the crew named it. */
  readonly drivesTo: string;
  readonly chose: string;
  readonly moments: readonly Moment[];
};

export type Moment = {
  readonly at: string;
  readonly hospitals?: Situation["hospitals"];
  readonly map?: string;
  readonly positionAgeS?: number;
  /** A centre chose to stay. */
  readonly kept?: true;
  /** What the desk is told, in minutes and one line; null: to drive on. */
  readonly says: string | null;
};

/** What the desk is told at each moment. */
export function toldIn({ situation, drivesTo, chose, moments }: ResteerScene): readonly (string | null)[] {
  let now = situation;
  let proposals = noProposals;
  const kept: number[] = [];
  return moments.map((moment) => {
    const { at, hospitals, map = now.map, positionAgeS = 10 } = moment;
    now = { ...now, now: at, map, hospitals: { ...now.hospitals, ...hospitals } };
    const nowMs = msOf(at);
    if (moment.kept === true) kept.push(nowMs);
    const choseMs = Math.max(msOf(chose), ...kept);
    const centreChoseMs = kept.at(-1) ?? null;
    const positionAgeMs = positionAgeS * 1_000;
    const chosen = { destination: drivesTo, choseMs, centreChoseMs, chosen: kept.length };
    const told = look(now, proposals, { nowMs, positionAgeMs, ...chosen });
    proposals = told.proposals;
    return told.text;
  });
}

function look(
  situation: Situation,
  before: Proposals,
  at: Omit<Look, "sooner">,
): { readonly proposals: Proposals; readonly text: string | null } {
  const question = { ...questionOf(situation, "de"), besides: at.destination };
  const sooner = soonerThan(question, at.destination);
  const advice = advise(question);
  if (!sooner.ok || !advice.ok) throw new Error("a drawn situation has an answer");
  const proposals = lookAgain(before, { ...at, sooner: sooner.value }, testResteering);
  if (proposals.open === null || sooner.value === null) return { proposals, text: null };
  const [line] = advice.value.lines;
  return { proposals, text: `${shownMin(sooner.value.savedMinTenths)} min: ${line?.text}` };
}

function msOf(clock: string): number {
  return present(momentOf(clock), "a moment");
}
