import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BeatNumber } from "./beat-number.ts";
import { type Contact, contactOf, heardBeat, newContact, tick } from "./contact.ts";
import { anchorOf, siteNamed } from "./contact-harness.ts";
import { type Beat, contactLimits } from "./contact-state.ts";

const sites = ["us", "a", "b", "c", "d"].map((site) => siteNamed(site));
const others = sites.slice(1).map((site) => site.site);

type Spoken = {
  readonly atMs: number;
  readonly from: string;
  readonly number: BeatNumber;
  readonly heard?: Beat["heard"];
};

/** Plays beats in the order of their times, with a tick at each of the given times; returns what was proposed. */
function play(spoken: readonly Spoken[], tickTimesMs: readonly number[]) {
  const contact: Contact = newContact("us/box", sites, 1);
  const queue = [...spoken].sort((one, other) => one.atMs - other.atMs);
  const facts: { atMs: number; type: string; site: string }[] = [];
  for (const atMs of tickTimesMs) {
    while (queue[0] !== undefined && queue[0].atMs <= atMs) hearNext(contact, queue);
    for (const event of tick(contact, { wallMs: 9_000_000 + atMs, monoMs: atMs })) {
      if (event.type !== "changed")
        facts.push({ atMs, type: event.type, site: "site" in event ? event.site : "" });
    }
  }
  return { contact, facts };
}

function hearNext(contact: Contact, queue: Spoken[]): void {
  const one = queue.shift();
  if (one === undefined) return;
  const [boot, beat] = one.number;
  const now = { wallMs: 9_000_000 + one.atMs, monoMs: one.atMs };
  const values = { wallMs: now.wallMs, storing: true, digest: "", backByMs: null };
  heardBeat(contact, anchorOf(one.from), { boot, beat, ...values, heard: one.heard ?? {} }, now);
}

function ticksUntil(endMs: number, gapsMs: readonly number[]): number[] {
  const times = [0];
  for (let index = 0; (times.at(-1) ?? 0) < endMs; index += 1) {
    times.push((times.at(-1) ?? 0) + (gapsMs[index % gapsMs.length] ?? contactLimits.tickMs));
  }
  return times;
}

function beatsEvery(from: string, gapsMs: readonly number[], endMs: number): Spoken[] {
  const spoken: Spoken[] = [];
  let atMs = 0;
  for (let beat = 1; atMs <= endMs; beat += 1) {
    spoken.push({ atMs, from, number: [1, beat] });
    atMs += gapsMs[beat % gapsMs.length] ?? contactLimits.beatEveryMs;
  }
  return spoken;
}

const beatGapsMs = fc.array(fc.integer({ min: 50, max: 3_000 }), { minLength: 1, maxLength: 30 });
const evenTickGapsMs = fc.array(fc.integer({ min: 150, max: 400 }), { minLength: 1, maxLength: 30 });
const anyTickGapsMs = fc.array(
  fc.oneof(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 600, max: 60_000 })),
  {
    minLength: 1,
    maxLength: 30,
  },
);
/** Numbers that were true once: at most what the dead site had reached. */
const rumours = fc.array(
  fc.record({
    by: fc.constantFrom("b", "c", "d"),
    afterMs: fc.integer({ min: 0, max: 60_000 }),
    lagBeats: fc.nat(40),
  }),
  { maxLength: 60 },
);

describe("for all schedules", () => {
  test("[CONTACT5] beats at most 3 s apart lead to no verdict, however the listener is stalled", () => {
    fc.assert(
      fc.property(
        fc.tuple(beatGapsMs, beatGapsMs, beatGapsMs, beatGapsMs),
        anyTickGapsMs,
        (gaps, tickGaps) => {
          const endMs = 120_000;
          const spoken = others.flatMap((site, index) => beatsEvery(site, gaps[index] ?? [], endMs + 60_000));
          const { facts } = play(spoken, ticksUntil(endMs, tickGaps));
          expect(facts).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("[CONTACT1] [CONTACT5] a dead site is found within 8.75 s of its last number, whatever old numbers go round", () => {
    fc.assert(
      fc.property(
        beatGapsMs,
        beatGapsMs,
        evenTickGapsMs,
        fc.integer({ min: 10_000, max: 40_000 }),
        rumours,
        (dying, living, tickGaps, deathMs, told) => {
          const endMs = deathMs + 70_000;
          const last = beatsEvery("a", dying, deathMs);
          const lastMs = last.at(-1)?.atMs ?? 0;
          const lastBeat = last.length;
          const gossip = told.map(
            ({ by, afterMs, lagBeats }): Spoken => ({
              atMs: lastMs + afterMs,
              from: by,
              number: [0, 0],
              heard: { "a/box": [1, Math.max(0, lastBeat - lagBeats)] },
            }),
          );
          const { facts: all, contact } = play(
            [...last, ...beatsEvery("b", living, endMs), ...gossip],
            ticksUntil(endMs, tickGaps),
          );
          // Those who only passed on a rumour fall silent too; this is about the dead one.
          const facts = all.filter((fact) => fact.site === "a");
          expect(facts).toHaveLength(1);
          expect(facts[0]).toMatchObject({ type: "lost", site: "a" });
          expect((facts[0]?.atMs ?? 0) - lastMs).toBeGreaterThan(contactLimits.silentAfterMs);
          expect((facts[0]?.atMs ?? 0) - lastMs).toBeLessThanOrEqual(8_750);
          expect(contactOf(contact, "a").verdict).toBe("silent");
        },
      ),
      { numRuns: 300 },
    );
  });

  test("[CONTACT7] whenever all fall quiet within 3 s, it is we who are cut off, and nobody is lost", () => {
    fc.assert(
      fc.property(
        fc.tuple(beatGapsMs, beatGapsMs, beatGapsMs, beatGapsMs),
        evenTickGapsMs,
        fc.integer({ min: 5_000, max: 30_000 }),
        (gaps, tickGaps, cutMs) => {
          const spoken = others.flatMap((site, index) =>
            beatsEvery(site, gaps[index] ?? [], cutMs).filter((one) => one.atMs <= cutMs),
          );
          const { facts } = play(spoken, ticksUntil(cutMs + 60_000, tickGaps));
          expect(facts.map((fact) => fact.type)).toEqual(["cut-off"]);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("[CONTACT8] after any isolation, sites that are back within 8 s of the first are not accused", () => {
    const returnsMs = fc.array(fc.integer({ min: 0, max: 7_900 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(
        returnsMs,
        evenTickGapsMs,
        fc.integer({ min: 13_000, max: 90_000 }),
        (delays, tickGaps, isolationMs) => {
          const backMs = 10_000 + isolationMs;
          const firstMs = Math.min(...delays);
          const spoken = others.flatMap((site, index) =>
            beatsEvery(site, [1_000], backMs + 60_000).filter(
              (one) => one.atMs <= 10_000 || one.atMs >= backMs + (delays[index] ?? 0) - firstMs,
            ),
          );
          // A beat may come up to a second after the path is back; leave that second to the last of them.
          fc.pre(Math.max(...delays) - firstMs <= 6_900);
          const { facts } = play(spoken, ticksUntil(backMs + 60_000, tickGaps));
          expect(facts.map((fact) => fact.type)).toEqual(["cut-off", "cut-off-ended"]);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("[CONTACT11] lost and regained alternate, and two lost of one site lie at least a minute apart", () => {
    const spells = fc.array(
      fc.tuple(fc.integer({ min: 1_000, max: 30_000 }), fc.integer({ min: 1_000, max: 30_000 })),
      {
        minLength: 1,
        maxLength: 15,
      },
    );
    fc.assert(
      fc.property(spells, (onAndOffMs) => {
        const spoken: Spoken[] = [];
        let atMs = 0;
        for (const [onMs, offMs] of onAndOffMs) {
          for (const untilMs = atMs + onMs; atMs < untilMs; atMs += 1_000)
            spoken.push({ atMs, from: "a", number: [1, spoken.length + 1] });
          atMs += offMs;
        }
        const { facts, contact } = play(
          [...spoken, ...beatsEvery("b", [1_000], atMs + 70_000)],
          ticksUntil(atMs + 69_000, [250]),
        );
        expect(facts.map((fact) => fact.type)).toEqual(
          facts.map((_, index) => (index % 2 === 0 ? "lost" : "regained")),
        );
        const losses = facts.filter((fact) => fact.type === "lost");
        const apartMs = losses.slice(1).map((loss, index) => loss.atMs - (losses[index]?.atMs ?? 0));
        expect(Math.min(...apartMs, 60_000)).toBe(60_000);
        // Long after the last beat the site reads silent, and the last word written of it says so too.
        expect(contactOf(contact, "a").verdict).toBe("silent");
        expect(facts.at(-1)?.type).toBe("lost");
      }),
      { numRuns: 150 },
    );
  });
});
