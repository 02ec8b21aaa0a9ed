import { assert } from "../../basics/assert.ts";

/**
 * What each number of a world is drawn for. A draw hangs on its seed, its purpose and its keys alone, never on how many
 * were made before it: so all arms meet the same people, and a changed parameter changes nothing but what hangs on it.
 */
const purposes = [
  "callTime",
  "town",
  "bearing",
  "distance",
  "need",
  "urgency",
  "onScene",
  "traffic",
  "stay",
  "has",
  "untold",
  "closing",
  "closingLength",
  "closingWord",
  "closingTold",
  "wordDelay",
  "shiftWord",
  "crowdTold",
  "attackedHouse",
  "attackTime",
  "phoneWorks",
  "selfReport",
  "selfReportTime",
  "glitch",
  "glitchHouse",
  "glitchLength",
  "walkIn",
  "walkInUrgency",
  "walkInStay",
  "walkInElsewhere",
  "answersPhone",
  "seesRequest",
  "answerTime",
  "follows",
  "confirmTime",
  "understands",
  "reportsPlaces",
  "resample",
  "mayOpen",
] as const;

export type Purpose = (typeof purposes)[number];

export type Draws = {
  /** 0 ≤ x < 1. */
  readonly share: (purpose: Purpose, ...keys: readonly number[]) => number;
  /** True so many times in a hundred. */
  readonly happens: (percent: number, purpose: Purpose, ...keys: readonly number[]) => boolean;
  /** Lognormal with this median; `sigmaE2` is the spread of its logarithm in hundredths. */
  readonly around: (median: number, sigmaE2: number, purpose: Purpose, ...keys: readonly number[]) => number;
  /** When events of a steady stream happen, ascending, 0 ≤ t < `until`; `rate` is how many a unit of time. */
  readonly stream: (
    rate: number,
    until: number,
    purpose: Purpose,
    ...keys: readonly number[]
  ) => readonly number[];
};

export function drawsOf(seed: number): Draws {
  assert(Number.isSafeInteger(seed) && seed >= 0, "a seed is a whole number");
  const share = (purpose: Purpose, ...keys: readonly number[]): number => {
    let hash = mixed(mixed(0x9e3779b9, seed), purposes.indexOf(purpose));
    for (const key of keys) hash = mixed(hash, key);
    return hash / 2 ** 32;
  };
  return {
    share,
    happens: (percent, purpose, ...keys) => share(purpose, ...keys) * 100 < percent,
    around: (median, sigmaE2, purpose, ...keys) => {
      // Box–Muller: two even draws make one normal one; the first is kept off zero.
      const radius = Math.sqrt(-2 * Math.log(1 - share(purpose, ...keys, 0)));
      const normal = radius * Math.cos(2 * Math.PI * share(purpose, ...keys, 1));
      return median * Math.exp((sigmaE2 / 100) * normal);
    },
    stream: (rate, until, purpose, ...keys) => {
      const times: number[] = [];
      if (rate <= 0) return times;
      for (let i = 0, at = 0; ; i += 1) {
        at -= Math.log(1 - share(purpose, ...keys, i)) / rate;
        if (at >= until) return times;
        times.push(at);
      }
    },
  };
}

/** One more key into a hash of 32 bits (the finalizer of MurmurHash3, public domain). */
function mixed(hash: number, key: number): number {
  let bits = Math.imul(hash ^ (key | 0), 0x9e3779b1) + 0x7f4a7c15;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
