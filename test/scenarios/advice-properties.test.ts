import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Advice } from "../../src/advice/advise.ts";
import { setHospitalState } from "../../src/advice/base.ts";
import { present } from "../../src/basics/assert.ts";
import { adviceOf, baseOf, type DrawnRegion, drawRegion } from "./drawn-region.ts";

const seeds = fc.integer({ min: 0, max: 2 ** 32 });
const runs = { numRuns: 1_000, seed: 7 };
const all = 1_000;

function adviceFor(drawn: DrawnRegion, linesMax = all): Advice {
  const advice = adviceOf(drawn, baseOf(drawn), { linesMax });
  if (!advice.ok) throw new Error(advice.error);
  return advice.value;
}

/** The rule itself, said with no index or code: does a required group have nothing but *no* and *cannot*? */
function isMute({ contact }: DrawnRegion["states"][number]): boolean {
  return contact !== "heard" && contact !== "late";
}

function isExcluded(drawn: DrawnRegion, hospital: string): boolean {
  const { capabilities } = present(
    drawn.input.hospitals.find(({ id }) => id === hospital),
    "a drawn hospital",
  );
  const { reported } = present(
    drawn.states.find((state) => state.hospital === hospital),
    "a drawn state",
  );
  if (drawn.declinedBy.includes(hospital)) return true;
  return drawn.need.required.some((group) =>
    group.every((id) => capabilities[id] === "no" || reported[id]?.state === "cannot"),
  );
}

/** The rule's arithmetic, said with the words of the state. */
function penaltyOf({ input, states, need }: DrawnRegion, hospital: string): number {
  const { policy, hospitals } = input;
  const { capabilities } = present(
    hospitals.find(({ id }) => id === hospital),
    "a drawn hospital",
  );
  const { reported, contact } = present(
    states.find((state) => state.hospital === hospital),
    "a drawn state",
  );
  const wordOn = (id: string) => {
    if (capabilities[id] === "no") return "no";
    const report = reported[id];
    if (report !== undefined && (report.state !== "unconfirmed" || report.sinceMs !== null))
      return report.state;
    return capabilities[id] === "yes" ? "unconfirmed" : "unknown";
  };
  const costs = {
    open: 0,
    limited: policy.limitedPenaltyMin,
    unconfirmed: policy.unknownPenaltyMin,
    unknown: policy.unknownPenaltyMin,
    full: policy.fullPenaltyMin,
    cannot: all,
    no: all,
  };
  const groups = need.required.map((group) => Math.min(...group.map((id) => costs[wordOn(id)])));
  const missing = policy.missingPreferredMin;
  const preferences = need.preferred.map((id) =>
    wordOn(id) === "unknown" ? missing : Math.min(missing, costs[wordOn(id)]),
  );
  const silence = contact === "heard" || contact === "late" ? 0 : policy.silentPenaltyMin;
  return Math.max(0, ...groups) + preferences.reduce((sum, min) => sum + min, silence);
}

/** The minutes that a line says it adds. */
function saidMin(text: string): number {
  return [...text.matchAll(/: \+(\d+)/g)].reduce((sum, [, min]) => sum + Number(min), 0);
}

function rankOf(advice: Advice, hospital: string): number {
  const rank = advice.lines.findIndex((line) => line.hospital === hospital);
  return rank < 0 ? Number.POSITIVE_INFINITY : rank;
}

describe("advice, on a thousand drawn regions", () => {
  test("[ADVICE4] it is never empty, and the first line begins with the arrow", () => {
    let forced = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const advice = adviceFor(drawRegion(seed, 12), 5);
        expect(advice.lines.length).toBeGreaterThan(0);
        expect(advice.lines.map(({ text }) => text.startsWith("→ "))).toEqual(
          advice.lines.map((_, rank) => rank === 0),
        );
        expect(advice.lines.filter(({ text }) => /\(\)|undefined|NaN| {2}/.test(text))).toEqual([]);
        if (advice.forced === "none-suitable") forced += 1;
      }),
      runs,
    );
    expect(forced).toBeGreaterThan(20);
  });

  test("[ADVICE2] a hospital is excluded exactly if it declined or a group has only no and cannot", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const drawn = drawRegion(seed, 12);
        const advice = adviceFor(drawn);
        const suitable = drawn.input.hospitals.map(({ id }) => id).filter((id) => !isExcluded(drawn, id));
        const listed = advice.lines.map((line) => line.hospital).sort();
        if (suitable.length > 0) expect(listed).toEqual(suitable.sort());
        else expect(listed.length).toBe(Math.min(3, drawn.input.hospitals.length));
        expect(advice.forced === "none-suitable").toBe(suitable.length === 0);
      }),
      runs,
    );
  });

  test("[ADVICE5] it does not depend on the order of hospitals or on what was asked before", () => {
    fc.assert(
      fc.property(seeds, seeds, (seed, other) => {
        const drawn = drawRegion(seed, 12);
        const base = baseOf(drawn);
        const advice = adviceOf(drawn, base);
        const { need, position } = drawRegion(other, 12);
        adviceOf({ ...drawn, need, position, declinedBy: [] }, base, { language: "en", linesMax: 1 });
        expect(adviceOf(drawn, base)).toEqual(advice);
        const hospitals = [...drawn.input.hospitals].reverse();
        const turned = {
          ...drawn,
          input: { ...drawn.input, hospitals },
          states: [...drawn.states].reverse(),
        };
        expect(adviceOf(turned, baseOf(turned))).toEqual(advice);
      }),
      runs,
    );
  });

  test("[ADVICE5] lines are in the order of total, then who is heard, then drive, then hospital id", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const drawn = drawRegion(seed, 30);
        const { lines, forced } = adviceFor(drawn);
        const mute = new Set(drawn.states.filter(isMute).map(({ hospital }) => hospital));
        for (const [i, line] of lines.slice(1).entries()) {
          const before = present(lines[i], "the line before");
          const total = before.totalMinTenths - line.totalMinTenths;
          const heard = Number(mute.has(before.hospital)) - Number(mute.has(line.hospital));
          const drive = before.driveMinTenths - line.driveMinTenths;
          const id = before.hospital < line.hospital ? -1 : 1;
          expect(total || heard || drive || id).toBeLessThan(0);
          if (forced === "none-suitable") expect(line.totalMinTenths).toBe(line.driveMinTenths);
        }
      }),
      runs,
    );
  });

  test("[ADVICE5] fewer lines asked for are the beginning of more", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 5 }), (seed, linesMax) => {
        const drawn = drawRegion(seed, 40);
        expect(adviceFor(drawn, linesMax).lines).toEqual(adviceFor(drawn).lines.slice(0, linesMax));
      }),
      runs,
    );
  });

  test("[ADVICE2] total is the drive and what the worst required group, preference and silence cost", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const drawn = drawRegion(seed, 12);
        for (const line of adviceFor(drawn).lines) {
          const penaltyMin = isExcluded(drawn, line.hospital) ? 0 : penaltyOf(drawn, line.hospital);
          expect(line.totalMinTenths).toBe(line.driveMinTenths + 10 * penaltyMin);
          expect(saidMin(line.text)).toBe(penaltyMin);
        }
      }),
      runs,
    );
  });

  test("[ADVICE3] a capability that opens never ranks its hospital worse", () => {
    let better = 0;
    fc.assert(
      fc.property(seeds, fc.nat(), fc.nat(), (seed, pick, capabilityPick) => {
        const drawn = drawRegion(seed, 12);
        const base = baseOf(drawn);
        const state = present(drawn.states[pick % drawn.states.length], "a drawn state");
        const id = present(drawn.input.capabilities[capabilityPick % 4], "a drawn capability").id;
        const before = rankOf(adviceFor(drawn), state.hospital);
        const open = { state: "open", sinceMs: 1, voice: false } as const;
        setHospitalState(base, { ...state, reported: { ...state.reported, [id]: open } });
        const after = adviceOf(drawn, base, { linesMax: all });
        const rank = after.ok ? rankOf(after.value, state.hospital) : Number.NaN;
        expect(rank).toBeLessThanOrEqual(before);
        if (rank < before) better += 1;
      }),
      runs,
    );
    expect(better).toBeGreaterThan(50);
  });

  test("[ADVICE3] a hospital that is heard again never ranks worse", () => {
    fc.assert(
      fc.property(seeds, fc.nat(), (seed, pick) => {
        const drawn = drawRegion(seed, 12);
        const base = baseOf(drawn);
        const state = present(drawn.states[pick % drawn.states.length], "a drawn state");
        setHospitalState(base, { ...state, contact: "heard", contactSinceMs: null });
        const after = adviceOf(drawn, base, { linesMax: all });
        const rank = after.ok ? rankOf(after.value, state.hospital) : Number.NaN;
        expect(rank).toBeLessThanOrEqual(rankOf(adviceFor(drawn), state.hospital));
      }),
      runs,
    );
  });

  test("[ADVICE3] a hospital that lies nearer never ranks worse", () => {
    fc.assert(
      fc.property(seeds, fc.nat(), (seed, pick) => {
        const drawn = drawRegion(seed, 12);
        const { hospitals } = drawn.input;
        const { id } = present(hospitals[pick % hospitals.length], "a drawn hospital");
        const here = hospitals.map((hospital) =>
          hospital.id === id ? { ...hospital, ...drawn.position } : hospital,
        );
        const moved = { ...drawn, input: { ...drawn.input, hospitals: here } };
        expect(rankOf(adviceFor(moved), id)).toBeLessThanOrEqual(rankOf(adviceFor(drawn), id));
      }),
      runs,
    );
  });
});
