import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Advice } from "../../src/advice/advise.ts";
import type { AdviceBase } from "../../src/advice/base.ts";
import { present } from "../../src/basics/assert.ts";
import { driveFrom } from "../../src/roads/roads.ts";
import { adviceOf, baseOf, type DrawnRegion, drawRegion, nowMs } from "./drawn-region.ts";

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

type Words = DrawnRegion["states"][number]["reported"][string]["state"] | "older" | "no";

/** What is known of a capability at the moment of the question, in the words of the state. */
function wordOn({ input, states }: DrawnRegion, hospital: string, id: string): Words {
  const { capabilities } = find(input.hospitals, (one) => one.id === hospital);
  const { reported } = find(states, (one) => one.hospital === hospital);
  if (capabilities[id] === "no") return "no";
  const report = reported[id];
  const isSaid = report !== undefined && (report.state !== "unconfirmed" || report.sinceMs !== null);
  if (!isSaid) return capabilities[id] === "yes" ? "unconfirmed" : "unknown";
  const ageMs = nowMs - (report.sinceMs ?? 0);
  return report.state === "open" && ageMs > input.policy.freshMin * 60_000 ? "older" : report.state;
}

function find<T>(rows: readonly T[], is: (row: T) => boolean): T {
  return present(rows.find(is), "a drawn row");
}

function chances({ input: { policy } }: DrawnRegion) {
  return {
    open: policy.freshPercent,
    older: policy.olderPercent,
    limited: policy.limitedPercent,
    unconfirmed: policy.unconfirmedPercent,
    unknown: policy.unknownPercent,
    full: policy.fullPercent,
    cannot: all,
    no: all,
  };
}

/** Tenths of a minute to the next hospital that is heard and open for the whole need, as from the map. */
function nextTenths(drawn: DrawnRegion, base: AdviceBase, hospital: string): number {
  const { hospitals, policy } = drawn.input;
  const row = new Uint16Array(hospitals.length);
  driveFrom(
    base.roads,
    find(hospitals, ({ id }) => id === hospital),
    row,
  );
  const open = hospitals.filter(({ id }) => {
    if (id === hospital || drawn.declinedBy.includes(id)) return false;
    if (isMute(find(drawn.states, (state) => state.hospital === id))) return false;
    return drawn.need.required.every((group) =>
      group.some((capability) => ["open", "older"].includes(wordOn(drawn, id, capability))),
    );
  });
  const drives = open.map(({ id }) => row[base.hospitalIndex.get(id) ?? -1] ?? all);
  return Math.min(10 * policy.noNextMin, ...drives);
}

/** Somebody said by voice since the hospital fell silent, or we were cut off, that it lets patients in. */
function isToldSince(drawn: DrawnRegion, hospital: string, id: string): boolean {
  const { reported, contactSinceMs } = find(drawn.states, (state) => state.hospital === hospital);
  const { voice = false, sinceMs = null } = reported[id] ?? {};
  const letsIn = ["open", "older", "limited"].includes(wordOn(drawn, hospital, id));
  return letsIn && voice && sinceMs !== null && contactSinceMs !== null && sinceMs >= contactSinceMs;
}

/** The rule's arithmetic, said with the words of the state. Tenths of a minute besides the drive. */
function costTenths(drawn: DrawnRegion, base: AdviceBase, hospital: string): number {
  const { need, input, states, loads, urgency } = drawn;
  const { policy } = input;
  const chance = chances(drawn);
  const groups = need.required.map((group) =>
    Math.min(...group.map((id) => chance[wordOn(drawn, hospital, id)])),
  );
  const { contact, contactSinceMs } = find(states, (state) => state.hospital === hospital);
  const isShort = nowMs - (contactSinceMs ?? -1) < policy.silentShortMin * 60_000;
  const isTold = need.required.every((group, i) =>
    group.some((id) => isToldSince(drawn, hospital, id) && chance[wordOn(drawn, hospital, id)] === groups[i]),
  );
  const isWeighed = need.required.length === 0 || !isTold;
  const silentPercent = isShort ? policy.silentShortPercent : policy.silentLongPercent;
  const cutOffPercent = isWeighed ? policy.unknownPercent : 0;
  const silence = { heard: 0, late: 0, silent: isWeighed ? silentPercent : 0, "cut-off": cutOffPercent };
  const silent = contact in silence ? silence[contact as keyof typeof silence] : policy.unknownPercent;
  const load = find(loads, (one) => one.hospital === hospital);
  const declinedMs = load.declines.get(need.id);
  const declined = declinedMs !== undefined && nowMs - declinedMs < policy.declinedWithinMin * 60_000;
  const forced = isExcluded(drawn, hospital);
  const percent = forced
    ? silent
    : Math.min(100, Math.max(0, silent, ...groups) + (declined ? policy.declinedPercent : 0));
  const preferredMin = need.preferred.map((id) => {
    const word = wordOn(drawn, hospital, id);
    if (word === "open" || word === "older") return 0;
    if (word === "unknown") return policy.missingPreferredMin;
    return Math.round((Math.min(100, chance[word]) * policy.missingPreferredMin) / 100);
  });
  const own = drawn.inboundTo.includes(hospital) ? 1 : 0;
  const inbound = Math.max(0, (urgency === 1 ? load.inboundUrgent : load.inbound) - own);
  const places = urgency === 1 ? null : load.freePlaces;
  const waiting = places === null ? inbound : Math.max(0, inbound + 1 - places);
  const lossTenths = 10 * policy.turnedAwayLossMin + nextTenths(drawn, base, hospital);
  const wholeMin = preferredMin.reduce((sum, min) => sum + min, waiting * policy.waitPerPatientMin);
  return 10 * wholeMin + Math.round((percent * lossTenths) / 100);
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
        const said = [...advice.lines, ...(advice.stabilise === null ? [] : [advice.stabilise])];
        expect(said.filter(({ text }) => /\(\)|\(;|undefined|NaN| {2}/.test(text))).toEqual([]);
        if (advice.forced === "none-suitable") forced += 1;
      }),
      runs,
    );
    expect(forced).toBeGreaterThan(20);
  });

  test("[ADVICE2] a hospital is excluded exactly if it declined or a group has only no and cannot", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const drawn = withoutDanger(drawRegion(seed, 12));
        const advice = adviceFor(drawn);
        const suitable = drawn.input.hospitals.map(({ id }) => id).filter((id) => !isExcluded(drawn, id));
        const listed = advice.lines.map((line) => line.hospital).sort();
        if (suitable.length > 0) expect(listed).toEqual(suitable.sort());
        else expect(listed.length).toBeLessThanOrEqual(3);
        expect(advice.forced === "none-suitable").toBe(suitable.length === 0);
      }),
      runs,
    );
  });

  test("[ADVICE9] immediate danger: the nearest that can stabilise, whatever is silent, in doubt or on the way", () => {
    let counted = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const drawn = { ...drawRegion(seed, 12), danger: true };
        const able = drawn.input.hospitals.filter(
          ({ id }) =>
            !drawn.declinedBy.includes(id) &&
            !["a", "b"].every((one) => ["no", "cannot"].includes(wordOn(drawn, id, one))),
        );
        const { lines, forced } = adviceFor(drawn);
        expect(forced === "none-suitable").toBe(able.length === 0);
        if (able.length === 0) return;
        counted += 1;
        expect(lines.map(({ hospital }) => hospital).sort()).toEqual(able.map(({ id }) => id).sort());
        expect(lines.map(({ totalMinTenths }) => totalMinTenths)).toEqual(
          lines.map(({ driveMinTenths }) => driveMinTenths),
        );
        const drives = lines.map(({ driveMinTenths }) => shown(driveMinTenths));
        expect(drives).toEqual(drives.toSorted((a, b) => a - b));
      }),
      runs,
    );
    expect(counted).toBeGreaterThan(500);
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

  test("[ADVICE5] lines are in the order of shown minutes, then who is heard, fewest inbound, drive, hospital id", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const drawn = withoutDanger(drawRegion(seed, 30));
        const { lines, forced } = adviceFor(drawn);
        if (forced === "none-suitable") return;
        const mute = new Set(drawn.states.filter(isMute).map(({ hospital }) => hospital));
        for (const [i, line] of lines.slice(1).entries()) {
          const before = present(lines[i], "the line before");
          const total = shown(before.totalMinTenths) - shown(line.totalMinTenths);
          const heard = Number(mute.has(before.hospital)) - Number(mute.has(line.hospital));
          const inbound = inboundOf(drawn, before.hospital) - inboundOf(drawn, line.hospital);
          const drive = before.driveMinTenths - line.driveMinTenths;
          const id = before.hospital < line.hospital ? -1 : 1;
          expect(total || heard || inbound || drive || id).toBeLessThan(0);
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

  test("[ADVICE10] minutes are drive, wait, what being turned away costs as often as it is likely, and what is missing", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const drawn = withoutDanger(drawRegion(seed, 40));
        const base = baseOf(drawn);
        for (const line of adviceFor(drawn).lines) {
          expect(line.totalMinTenths).toBe(line.driveMinTenths + costTenths(drawn, base, line.hospital));
        }
      }),
      runs,
    );
  });

  test("[ADVICE1] the minutes that a line names add up to those that it counts", () => {
    let named = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const drawn = withoutDanger(drawRegion(seed, 12));
        const { lines, forced } = adviceFor(drawn);
        if (forced === "none-suitable") return;
        for (const { text, driveMinTenths, totalMinTenths } of lines) {
          if (!text.includes("gewertet mit")) continue;
          named += 1;
          expect(saidMin(text)).toBe(shown(totalMinTenths) - shown(driveMinTenths));
        }
      }),
      runs,
    );
    expect(named).toBeGreaterThan(1_000);
  });

  test("[ADVICE3] a capability that opens: the hospital's minutes never grow, and nobody unchanged overtakes it", () => {
    let better = 0;
    fc.assert(
      fc.property(seeds, fc.nat(), fc.nat(), (seed, pick, capabilityPick) => {
        const drawn = drawRegion(seed, 12);
        const state = present(drawn.states[pick % drawn.states.length], "a drawn state");
        const id = present(drawn.input.capabilities[capabilityPick % 4], "a drawn capability").id;
        // Who is silent, or whom we do not hear ourselves, opens by voice alone.
        const voice = state.contact === "silent" || state.contact === "cut-off";
        const open = { state: "open", sinceMs: nowMs, voice } as const;
        const opened = { ...state, reported: { ...state.reported, [id]: open } };
        if (isBetterNow(drawn, withState(drawn, opened), state.hospital)) better += 1;
      }),
      runs,
    );
    expect(better).toBeGreaterThan(50);
  });

  test("[ADVICE3] a hospital that is heard again: its minutes never grow, and nobody unchanged overtakes it", () => {
    let better = 0;
    fc.assert(
      fc.property(seeds, fc.nat(), (seed, pick) => {
        const drawn = drawRegion(seed, 12);
        const state = present(drawn.states[pick % drawn.states.length], "a drawn state");
        const heard = { ...state, contact: "heard", contactSinceMs: null } as const;
        if (isBetterNow(drawn, withState(drawn, heard), state.hospital)) better += 1;
      }),
      runs,
    );
    expect(better).toBeGreaterThan(50);
  });

  test("[ADVICE3] a hospital that comes nearer: its minutes never grow, and nobody unchanged overtakes it", () => {
    let better = 0;
    fc.assert(
      fc.property(seeds, fc.nat(), (seed, pick) => {
        const drawn = drawRegion(seed, 12);
        const { id } = present(
          drawn.input.hospitals[pick % drawn.input.hospitals.length],
          "a drawn hospital",
        );
        // A hospital does not move, and a crew comes nearer to several at once: traffic brings one of them nearer.
        const near = withMinutes(drawn, (hospital, minTenths) =>
          hospital === id ? Math.floor(minTenths / 2) : minTenths,
        );
        const before = withMinutes(drawn, (_, minTenths) => minTenths);
        if (isBetterNow(before, near, id)) better += 1;
      }),
      runs,
    );
    expect(better).toBeGreaterThan(50);
  });

  test("[ADVICE3] a hospital that is gone never improves another's minutes", () => {
    let worse = 0;
    fc.assert(
      fc.property(seeds, fc.nat(), (seed, pick) => {
        const drawn = drawRegion(seed, 30);
        if (drawn.input.hospitals.length === 1) return;
        const { id } = present(
          drawn.input.hospitals[pick % drawn.input.hospitals.length],
          "a drawn hospital",
        );
        const gone = {
          ...drawn,
          input: { ...drawn.input, hospitals: drawn.input.hospitals.filter((one) => one.id !== id) },
        };
        const before = minutesOf(drawn);
        for (const [hospital, totalMinTenths] of minutesOf(gone)) {
          const was = present(before.get(hospital), "a hospital of the whole region");
          expect(totalMinTenths).toBeGreaterThanOrEqual(was);
          if (totalMinTenths > was) worse += 1;
        }
      }),
      runs,
    );
    expect(worse).toBeGreaterThan(50);
  });

  test("[ADVICE11] read out in one breath, without figures", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const drawn = drawRegion(seed, 12);
        for (const language of ["de", "en"] as const) {
          const advice = adviceOf(drawn, baseOf(drawn), { language });
          const text = advice.ok ? (advice.value.readOut ?? "") : "";
          expect(text.length).toBeLessThanOrEqual(150);
          expect(text.split(" ").length).toBeLessThanOrEqual(22);
        }
      }),
      runs,
    );
  });
});

function shown(minTenths: number): number {
  return Math.floor((minTenths + 5) / 10);
}

function withoutDanger(drawn: DrawnRegion): DrawnRegion {
  return { ...drawn, danger: false };
}

function inboundOf({ loads, urgency, inboundTo }: DrawnRegion, hospital: string): number {
  const { inbound, inboundUrgent } = find(loads, (load) => load.hospital === hospital);
  return Math.max(0, (urgency === 1 ? inboundUrgent : inbound) - (inboundTo.includes(hospital) ? 1 : 0));
}

function withState(drawn: DrawnRegion, changed: DrawnRegion["states"][number]): DrawnRegion {
  return {
    ...drawn,
    states: drawn.states.map((state) => (state.hospital === changed.hospital ? changed : state)),
  };
}

/** The same region where a service says the minutes. */
function withMinutes(
  drawn: DrawnRegion,
  change: (hospital: string, minTenths: number) => number,
): DrawnRegion {
  const base = baseOf(drawn);
  const live = {
    rowFrom: (position: Parameters<typeof driveFrom>[1], minTenths: Uint16Array) => {
      if (!driveFrom(base.roads, position, minTenths).ok) return false;
      for (const [i, { id }] of base.hospitals.entries()) minTenths[i] = change(id, minTenths[i] ?? 0);
      return true;
    },
  };
  return { ...drawn, input: { ...drawn.input, live } };
}

function minutesOf(drawn: DrawnRegion): ReadonlyMap<string, number> {
  const base = baseOf(drawn);
  // Who misses the time that is aimed at is weighed twice, the second time for stabilising.
  if (!adviceOf({ ...drawn, callAtMs: null }, base).ok) throw new Error("a drawn region has an answer");
  return new Map(base.hospitals.map(({ id }, i) => [id, base.totalMinTenths[i] ?? 0]));
}

/** Holds both sentences of the rule; whether the hospital ranks better than before. */
function isBetterNow(before: DrawnRegion, after: DrawnRegion, hospital: string): boolean {
  const was = { minutes: minutesOf(before), advice: adviceFor(before) };
  const is = { minutes: minutesOf(after), advice: adviceFor(after) };
  const isForced = is.advice.forced === "none-suitable";
  const wasForced = was.advice.forced === "none-suitable";
  if (isForced || wasForced) return false;
  const wasRank = rankOf(was.advice, hospital);
  if (Number.isFinite(wasRank)) {
    expect(is.minutes.get(hospital)).toBeLessThanOrEqual(present(was.minutes.get(hospital), "its minutes"));
  }
  const rank = rankOf(is.advice, hospital);
  for (const line of is.advice.lines.slice(0, rank)) {
    const earlier = was.advice.lines.find((one) => one.hospital === line.hospital);
    if (earlier?.totalMinTenths !== line.totalMinTenths) continue;
    expect(rankOf(was.advice, line.hospital)).toBeLessThan(wasRank);
  }
  return rank < wasRank;
}
