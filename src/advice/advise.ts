import { assert, present } from "../basics/assert.ts";
import { ok, type Result } from "../basics/result.ts";
import type { MinutesSource } from "../roads/roads.ts";
import type { AdviceBase } from "./base.ts";
import {
  type ForcedReason,
  firstLine,
  hospitalLine,
  isLate,
  lackingFor,
  type Speech,
  type Standing,
} from "./line.ts";
import { bestHospitals, driveOf, forcedHospitals, passedOver, totalOf } from "./rank.ts";
import { readOut } from "./read-out.ts";
import type { Language } from "./state.ts";
import {
  type AdviceError,
  type Question,
  speechOf,
  type Tongue,
  type Weighed,
  wantedBesides,
  weigh,
} from "./weigh.ts";

export type AdviceInput = Question &
  Tongue & {
    /** From 1. Every line is text, so ask for what is shown. */
    readonly linesMax: number;
    /**
     * Where the crew drives already (a hospital's id): what is wanted is another one. It has no line of its own unless
     * it is the region's only hospital, and the others are ranked beside it. Null, or none of the region's: all are.
     */
    readonly besides: string | null;
  };

export type AdviceLine = {
  readonly hospital: string;
  readonly driveMinTenths: number;
  /** The drive, the wait, what being turned away costs as often as it is likely, and what is missing of the preferred. */
  readonly totalMinTenths: number;
  /** One sentence, the same on the board, in the test and in the evidence. */
  readonly text: string;
};

/** Best first, never empty. */
export type Advice = {
  readonly lines: readonly AdviceLine[];
  /**
   * Not null: no hospital fits, and the lines are forced assignments by the region's rule. A transfer never is one: its
   * lines only say that none fits.
   */
  readonly forced: ForcedReason;
  /**
   * Where the first line misses the time that is aimed at: the nearest hospital that can stabilise, to stand beside it.
   * Null: in time, or that hospital has a line or is `besides`, or none can.
   */
  readonly stabilise: AdviceLine | null;
  /**
   * The first line as it is read out: at most 22 words and 150 characters. Null: staying with `besides` ranks first, or none
   * is suitable for a transfer.
   */
  readonly readOut: string | null;
  /** Where every minute of this advice comes from. */
  readonly source: MinutesSource;
  /** The version of the region's policy by which it was weighed. */
  readonly policy: string;
};

/** How many hospitals are named where none is suitable. */
export const forcedLinesMax = 3;

/**
 * Ranks the hospitals for one patient by minutes and says why in one line each. Writes no fact and decides nothing.
 * Deterministic: the same state gives the same bytes in every runtime.
 *
 * Only *no*, *cannot* and an own refusal exclude. Where that excludes every hospital, or every one but `besides`, three
 * are named all the same.
 */
export function advise(input: AdviceInput): Result<Advice, AdviceError> {
  const advice = adviseIn([input.language], input);
  return advice.ok ? ok(present(advice.value[0], "one language, one advice")) : advice;
}

/** The same advice in several languages: the hospitals are weighed once. */
export function adviseIn(
  languages: readonly Language[],
  input: Omit<AdviceInput, "language">,
): Result<readonly Advice[], AdviceError> {
  const { linesMax } = input;
  assert(Number.isSafeInteger(linesMax) && linesMax >= 1, "at least one line is asked for");
  const advice = adviseFrom(languages, input, true);
  return advice.ok && advice.value === "mixed" ? whole(adviseFrom(languages, input, false)) : whole(advice);
}

function whole(
  advice: Result<readonly Advice[] | "mixed", AdviceError>,
): Result<readonly Advice[], AdviceError> {
  if (!advice.ok) return advice;
  assert(advice.value !== "mixed", "without traffic there is one source from one place");
  return ok(advice.value);
}

/** `mixed`: the minutes of the hospital that can stabilise would have another source than the rest. */
function adviseFrom(
  languages: readonly Language[],
  input: Omit<AdviceInput, "language">,
  traffic: boolean,
): Result<readonly Advice[] | "mixed", AdviceError> {
  const weighed = weigh(input, { ...wantedBesides(input.linesMax, besidesOf(input)), traffic });
  if (!weighed.ok) return weighed;
  const ranked = rankedBesides(input, weighed.value);
  const speeches = languages.map((language) => speechOf({ ...input, language }, weighed.value));
  const said = speeches.map((speech) => sayRanked(speech, ranked));
  // Last: it weighs the hospitals for another question.
  const beside = stabilisers(languages, input, present(speeches[0], "a language"), ranked, traffic);
  if (beside === "mixed") return ok("mixed");
  return ok(said.map((advice, i) => ({ ...advice, stabilise: beside[i] ?? null })));
}

function sayRanked(speech: Speech, ranked: Ranked): Omit<Advice, "stabilise"> {
  const { base, patient, source } = speech;
  const { hospitals, leads, isTurn } = ranked;
  const best = present(hospitals[0], "an advice is never empty");
  const lacking = lackingFor(patient, ranked.forced);
  const forced = patient.sender === null ? ranked.forced : null;
  const over = lacking === null ? passedOver(base, patient, best) : null;
  const lines = hospitals.map((hospital, rank) =>
    rank === 0 && leads
      ? { ...minutesOf(base, hospital), text: firstLine(speech, hospital, lacking, over, isTurn) }
      : otherLine(speech, hospital, lacking, isTurn && rank === 0),
  );
  // Of a transfer for which none is suitable nothing is said on the radio: it would sound like a destination.
  const spoken = leads && lacking === forced ? readOut(speech, best, forced, over, isTurn) : null;
  return { lines, forced, readOut: spoken, source, policy: base.policy.version };
}

type Ranked = {
  readonly hospitals: readonly number[];
  readonly forced: ForcedReason;
  /** The first of them is the best of all: `besides` does not rank before it. */
  readonly leads: boolean;
  /** Among forced assignments the first one's turn comes before that of one with fewer minutes. */
  readonly isTurn: boolean;
};

function besidesOf({ base, besides }: Pick<AdviceInput, "base" | "besides">): number | undefined {
  return besides === null ? undefined : base.hospitalIndex.get(besides);
}

function rankedBesides(input: Omit<AdviceInput, "language">, weighed: Weighed): Ranked {
  const { base, linesMax } = input;
  const { patient, anySuitable, anyWithRoom } = weighed;
  const out = besidesOf(input);
  if (anySuitable) {
    // One more than is shown: `besides` may be among them.
    const ranked = bestHospitals(base, patient, linesMax + 1);
    const hospitals = ranked.filter((hospital) => hospital !== out).slice(0, linesMax);
    if (hospitals.length > 0) {
      return { hospitals, leads: ranked[0] !== out, forced: anyWithRoom ? null : "all-full", isTurn: false };
    }
  }
  const [first] = forcedHospitals(base, patient, 1);
  const others = forcedHospitals(base, patient, Math.min(linesMax, forcedLinesMax), out);
  const best = others[0] ?? first;
  const isNearer = (hospital: number) => best !== undefined && totalOf(base, hospital) < totalOf(base, best);
  return {
    // Nothing but `besides` exists: that is the answer.
    hospitals: others.length > 0 ? others : [present(first, "a region has a hospital")],
    leads: !anySuitable && (first !== out || others.length === 0),
    forced: anySuitable ? "none-besides" : "none-suitable",
    isTurn: others.some(isNearer),
  };
}

/** One hospital's line that somebody asked for by name, whatever its rank. */
export type NamedLine = AdviceLine & {
  /** It cannot be the destination by what is known; the line says why. */
  readonly excluded: boolean;
};

/** Null: the region does not list that hospital. */
export function adviseOn(
  question: Question & Tongue,
  hospital: string,
): Result<NamedLine | null, AdviceError> {
  const index = question.base.hospitalIndex.get(hospital);
  const weighed = weigh(question, { lines: 1, named: index });
  if (!weighed.ok) return weighed;
  if (index === undefined) return ok(null);
  const isExcluded = question.base.isExcluded[index] === 1;
  return ok({ ...otherLine(speechOf(question, weighed.value), index, null), excluded: isExcluded });
}

/** The nearest hospital that can stabilise, where the best one misses the time that is aimed at; in each language. */
function stabilisers(
  languages: readonly Language[],
  input: Omit<AdviceInput, "language">,
  speech: Speech,
  { hospitals: [best] }: Ranked,
  traffic: boolean,
): readonly AdviceLine[] | "mixed" {
  if (best === undefined || !isLate(speech, best)) return [];
  const question = { ...input, danger: true };
  const weighed = weigh(question, { lines: 1, traffic });
  if (!weighed.ok || !weighed.value.anySuitable) return [];
  if (weighed.value.source !== speech.source) return "mixed";
  const { base } = input;
  const [nearest] = bestHospitals(base, weighed.value.patient, 1);
  if (nearest === undefined || nearest === best || base.hospitals[nearest]?.id === input.besides) return [];
  return languages.map((language) =>
    otherLine(speechOf({ ...question, language }, weighed.value), nearest, "stabilise"),
  );
}

function otherLine(speech: Speech, hospital: number, standing: Standing, isTurn = false): AdviceLine {
  return { ...minutesOf(speech.base, hospital), text: hospitalLine(speech, hospital, standing, isTurn) };
}

function minutesOf(base: AdviceBase, hospital: number): Omit<AdviceLine, "text"> {
  return {
    hospital: present(base.hospitals[hospital], "a ranked hospital").id,
    driveMinTenths: driveOf(base, hospital),
    totalMinTenths: totalOf(base, hospital),
  };
}
