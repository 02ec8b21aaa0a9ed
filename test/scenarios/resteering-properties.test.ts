import fc from "fast-check";
import { expect, test } from "vitest";
import { setHospitalLoad, setHospitalState } from "../../src/advice/base.ts";
import {
  gainMinTenths,
  type Look,
  lookAgain,
  noProposals,
  type Proposal,
  type Proposals,
  soonerThan,
} from "../../src/advice/resteer.ts";
import { present } from "../../src/basics/assert.ts";
import { type Random, seededRandom } from "../../src/basics/random.ts";
import { driveFrom } from "../../src/roads/roads.ts";
import { baseOf, type DrawnRegion, drawPosition, drawRegion, drawState, nowMs } from "./drawn-region.ts";
import { testResteering } from "./resteering.ts";

const runs = { numRuns: 1_000, seed: 7 };
const seeds = fc.integer({ min: 0, max: 2 ** 32 });
const looks = 14;
const minuteMs = 60_000;

type Step = {
  readonly look: Look;
  readonly before: Proposals;
  readonly after: Proposals;
  readonly news: boolean;
};

/** One mission through the night: it drives, hospitals say things, minutes come from elsewhere, a centre stays. */
function night(seed: number, change = (drawn: DrawnRegion) => drawn): readonly Step[] {
  const random = seededRandom(seed);
  const drawn = change({ ...drawRegion(seed, 12), danger: false });
  const bases = [baseOf(drawn), baseOf(otherMinutes(drawn))] as const;
  const destination = random.pick(drawn.input.hospitals).id;
  const steps: Step[] = [];
  let [before, position, source, choseMs, chosen, atMs] = [noProposals, drawn.position, 0, nowMs, 0, nowMs];
  // Nothing that was said before the choice is news.
  let news = false;
  for (let i = 0; i < looks; i += 1) {
    atMs += random.below(4) * minuteMs + 1_000;
    if (random.oneIn(2)) {
      const { id } = random.pick(drawn.input.hospitals);
      for (const base of bases) say(seededRandom(seed + i), base, id, atMs);
      news = true;
    }
    if (random.oneIn(4)) source = 1 - source;
    if (random.oneIn(3)) position = drawPosition(random);
    if (random.oneIn(6)) [choseMs, chosen, news] = [atMs, chosen + 1, false];
    const base = present(bases[source], "one of two");
    const { need, urgency, declinedBy, inboundTo } = drawn;
    const patient = { need, urgency, declinedBy, inboundTo, position, danger: false, callAtMs: null };
    const question = { ...patient, expected: {}, base, nowMs: atMs, linesMax: 3 };
    const sooner = soonerThan(question, destination);
    const look: Look = {
      ...{ nowMs: atMs, destination, choseMs, chosen, centreChoseMs: chosen === 0 ? null : choseMs },
      positionAgeMs: random.below(90) * 1_000,
      sooner: sooner.ok ? sooner.value : null,
    };
    const after = lookAgain(before, look, testResteering);
    steps.push({ look, before, after, news });
    before = after;
  }
  return steps;
}

function say(random: Random, base: ReturnType<typeof baseOf>, hospital: string, atMs: number): void {
  const { reported, ...state } = drawState(random, hospital);
  const now = Object.entries(reported).map(([id, report]) => [id, { ...report, sinceMs: atMs }] as const);
  setHospitalState(base, { ...state, contactSinceMs: atMs, reported: Object.fromEntries(now) });
  const inbound = random.below(4);
  setHospitalLoad(base, {
    ...{ hospital, inbound, inboundUrgent: inbound, freePlaces: null, declines: new Map() },
    ...{ fullerSinceMs: atMs, freerSinceMs: atMs },
  });
}

function otherMinutes(drawn: DrawnRegion): DrawnRegion {
  const { roads } = baseOf(drawn);
  const live = {
    rowFrom: (position: Parameters<typeof driveFrom>[1], minTenths: Uint16Array) => {
      if (!driveFrom(roads, position, minTenths).ok) return false;
      for (const [i, tenths] of minTenths.entries()) minTenths[i] = i % 2 === 0 ? tenths * 2 : tenths >> 1;
      return true;
    },
  };
  return { ...drawn, input: { ...drawn.input, live } };
}

/** Nothing changes by time alone. */
function withoutAges(drawn: DrawnRegion): DrawnRegion {
  const policy = { ...drawn.input.policy, freshMin: 0, silentShortMin: 0, declinedWithinMin: 0 };
  return { ...drawn, input: { ...drawn.input, policy } };
}

function madeIn(steps: readonly Step[]): readonly { readonly step: Step; readonly proposal: Proposal }[] {
  return steps.flatMap((step) => {
    const { before, after } = step;
    return after.made === before.made ? [] : [{ step, proposal: present(after.last, "the one made") }];
  });
}

test("[ADVICE14] proposals: one for each cause, two a mission, three minutes apart, for five minutes, from a fresh place", () => {
  let made = 0;
  let second = 0;
  fc.assert(
    fc.property(seeds, (seed) => {
      const all = madeIn(night(seed));
      made += all.length;
      if (all.length > 1) second += 1;
      expect(all.length).toBeLessThanOrEqual(testResteering.proposalsMax);
      const causes = all.map(({ proposal }) => proposal.causeMs);
      expect(causes).toEqual([...new Set(causes)].sort((a, b) => a - b));
      for (const [i, { step, proposal }] of all.entries()) {
        const { look } = step;
        expect(gainMinTenths(present(look.sooner, "a gain"), testResteering)).toBeGreaterThanOrEqual(50);
        expect(look.positionAgeMs).toBeLessThanOrEqual(60_000);
        expect(proposal.causeMs).toBeGreaterThan(look.choseMs);
        const lastMs = Math.max(all[i - 1]?.proposal.sinceMs ?? 0, look.centreChoseMs ?? 0);
        expect(look.nowMs - lastMs).toBeGreaterThanOrEqual(3 * minuteMs);
      }
    }),
    runs,
  );
  expect(made).toBeGreaterThan(100);
  expect(second).toBeGreaterThan(10);
});

test("[ADVICE14] [ROADS32] no proposal because the source of the minutes changed, or the mission only drove on", () => {
  let driven = 0;
  fc.assert(
    fc.property(seeds, (seed) => {
      for (const { look, before, after, news } of night(seed, withoutAges)) {
        if (news) continue;
        expect(after.made).toBe(before.made);
        const gain = look.sooner === null ? 0 : gainMinTenths(look.sooner, testResteering);
        if (gain >= 50) driven += 1;
      }
    }),
    runs,
  );
  expect(driven).toBeGreaterThan(100);
});

test("[ADVICE14] [ROADS32] what was too little by one source is no proposal by another, until it was too little by that one too", () => {
  let refused = 0;
  fc.assert(
    fc.property(seeds, (seed) => {
      const littleBy = new Map<number, Set<string>>();
      for (const { look, before, after } of night(seed)) {
        const { sooner, choseMs } = look;
        if (sooner === null || sooner.causeMs <= choseMs) continue;
        const by = littleBy.get(sooner.causeMs) ?? new Set();
        if (gainMinTenths(sooner, testResteering) < 50) {
          littleBy.set(sooner.causeMs, by.add(sooner.source));
        } else if (by.size > 0 && !by.has(sooner.source)) {
          expect(after.made).toBe(before.made);
          refused += 1;
        }
      }
    }),
    runs,
  );
  expect(refused).toBeGreaterThan(50);
});

test("[ADVICE14] the same looks make the same proposals", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      expect(night(seed)).toEqual(night(seed));
    }),
    { ...runs, numRuns: 100 },
  );
});
