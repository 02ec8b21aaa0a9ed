import { ok, type Result } from "../basics/result.ts";
import type { MinutesSource } from "../roads/roads.ts";
import { bestHospitals, totalOf } from "./rank.ts";
import { betterSinceMs, worseSinceMs } from "./since.ts";
import { type AdviceError, type Question, wantedBesides, weigh } from "./weigh.ts";

/** When a proposal to drive elsewhere is made: the region's (`policy.json`). */
export type ResteerPolicy = {
  /** What another hospital must save, after `costMin` is taken off it. */
  readonly minGainMin: number;
  /** What turning costs: words on the radio, a way back, a hospital told in vain. */
  readonly costMin: number;
  /** So long after the last one, or after a centre chose, none is made. */
  readonly pauseMin: number;
  /** No proposal is made from a position that is older. */
  readonly positionMaxS: number;
  /** So many a mission, unless its destination is lost. */
  readonly proposalsMax: number;
};

/** The hospital that would cost a patient on the way the fewest minutes, beside the one it drives to. */
export type Sooner = {
  readonly to: string;
  /** What is saved from where the patient is now, `costMin` not taken off. Below zero: it would take longer. */
  readonly savedMinTenths: number;
  /** Whose minutes these are. */
  readonly source: MinutesSource;
  /**
   * The newest moment at which something about either hospital changed for this patient, UTC milliseconds; -1: nothing
   * did of which the moment is known.
   */
  readonly causeMs: number;
};

/**
 * Null: there is no other suitable hospital, or the destination is none that advice can weigh: *cannot* is another rule.
 * What is saved has the source of the lines that stand beside it: `linesMax` of an advice beside this destination.
 */
export function soonerThan(
  question: Question & { readonly linesMax: number },
  destination: string,
): Result<Sooner | null, AdviceError> {
  const { base } = question;
  const from = base.hospitalIndex.get(destination);
  const weighed = weigh(question, wantedBesides(question.linesMax, from));
  if (!weighed.ok) return weighed;
  const { patient } = weighed.value;
  if (from === undefined || base.isExcluded[from] === 1) return ok(null);
  const to = bestHospitals(base, patient, 2).find((hospital) => hospital !== from);
  if (to === undefined) return ok(null);
  return ok({
    to: base.hospitals[to]?.id ?? "",
    savedMinTenths: totalOf(base, from) - totalOf(base, to),
    source: weighed.value.source,
    causeMs: Math.max(worseSinceMs(base, patient, from), betterSinceMs(base, patient, to)),
  });
}

/** What is remembered of the proposals for one mission, from look to look. */
export type Proposals = {
  /** The one that waits for a person; null: none. */
  readonly open: Proposal | null;
  /** So many were made, this one included. */
  readonly made: number;
  /** When the last one was made, UTC milliseconds, and what for; null: none was. */
  readonly last: Proposal | null;
  /** The one that ended because somebody chose; null: none did. Where the choice is taken back it waits again. */
  readonly chosen: Proposal | null;
  /** Causes that were too little to turn for, and by whose minutes. */
  readonly tooLittle: ReadonlyMap<number, readonly MinutesSource[]>;
};

/** For one destination and one cause. */
export type Proposal = { readonly from: string; readonly sinceMs: number; readonly causeMs: number };

export const noProposals: Proposals = {
  ...{ open: null, made: 0, last: null, chosen: null },
  tooLittle: new Map(),
};

/** A running mission as it is looked at. */
export type Look = {
  readonly nowMs: number;
  readonly destination: string;
  /** When the destination was named, or anybody at a centre chose for this mission, whichever is later, UTC milliseconds. */
  readonly choseMs: number;
  /** When a centre last chose; null: none ever did. */
  readonly centreChoseMs: number | null;
  /** How often a centre has chosen since the crew first had a destination. */
  readonly chosen: number;
  readonly positionAgeMs: number;
  readonly sooner: Sooner | null;
};

const minuteMs = 60_000;

/**
 * Looks at one mission again. What was chosen was chosen knowing the minutes of that moment, so only what changed about
 * a hospital since then is a cause; each cause makes one proposal. One that is open stays until somebody chose, or it
 * would save nothing any more; who takes the choice back finds it again.
 */
export function lookAgain(before: Proposals, look: Look, policy: ResteerPolicy): Proposals {
  const tooLittle = tooLittleNow(before.tooLittle, look, policy);
  const known = tooLittle === before.tooLittle ? before : { ...before, tooLittle };
  const waiting = known.open ?? known.chosen;
  const isOpen = waiting !== null && !isChosen(waiting, look) && savesMore(look, policy);
  if (isOpen) return known.open === null ? { ...known, open: waiting, chosen: null } : known;
  const made = mayPropose(known, look, policy);
  if (made !== null) return { ...known, open: made, last: made, made: known.made + 1, chosen: null };
  if (waiting === null) return known;
  return { ...known, open: null, chosen: isChosen(waiting, look) ? waiting : null };
}

function isChosen(proposal: Proposal, { destination, choseMs }: Look): boolean {
  return proposal.from !== destination || choseMs > proposal.sinceMs;
}

function savesMore({ sooner }: Look, policy: ResteerPolicy): boolean {
  return sooner !== null && gainMinTenths(sooner, policy) > 0;
}

function mayPropose(
  { made, last, tooLittle }: Proposals,
  look: Look,
  policy: ResteerPolicy,
): Proposal | null {
  const { nowMs, destination, choseMs, centreChoseMs, chosen, positionAgeMs, sooner } = look;
  if (sooner === null || !isEnough(sooner, policy) || isOnlyBySource(tooLittle, sooner)) return null;
  if (sooner.causeMs <= choseMs || (last !== null && sooner.causeMs <= last.causeMs)) return null;
  if (Math.max(made, chosen) >= policy.proposalsMax) return null;
  if (positionAgeMs > policy.positionMaxS * 1_000) return null;
  const lastMs = Math.max(centreChoseMs ?? 0, last?.sinceMs ?? 0);
  if (nowMs - lastMs < policy.pauseMin * minuteMs) return null;
  return { from: destination, sinceMs: nowMs, causeMs: sooner.causeMs };
}

function isEnough(sooner: Sooner, policy: ResteerPolicy): boolean {
  return gainMinTenths(sooner, policy) >= 10 * policy.minGainMin;
}

/** What was too little by other minutes is a cause by these only once it was too little by them as well: then the way driven made it more. */
function isOnlyBySource(tooLittle: Proposals["tooLittle"], { causeMs, source }: Sooner): boolean {
  const by = tooLittle.get(causeMs);
  return by !== undefined && !by.includes(source);
}

function tooLittleNow(
  before: Proposals["tooLittle"],
  { sooner }: Look,
  policy: ResteerPolicy,
): Proposals["tooLittle"] {
  if (sooner === null || sooner.causeMs < 0 || isEnough(sooner, policy)) return before;
  const by = before.get(sooner.causeMs) ?? [];
  return by.includes(sooner.source) ? before : new Map(before).set(sooner.causeMs, [...by, sooner.source]);
}

/** What turning saves once it has cost what it costs. */
export function gainMinTenths({ savedMinTenths }: Sooner, { costMin }: ResteerPolicy): number {
  return savedMinTenths - 10 * costMin;
}
