// A region, its state and a patient, all drawn from one seed. Pure, so that a browser draws the same.

import { type Advice, type AdviceInput, advise } from "../../src/advice/advise.ts";
import {
  type AdviceBase,
  type AdviceBaseInput,
  buildAdviceBase,
  setHospitalLoad,
  setHospitalState,
} from "../../src/advice/base.ts";
import type { Policy } from "../../src/advice/policy.ts";
import type {
  AdviceHospital,
  HospitalLoad,
  HospitalState,
  Need,
  Principle,
  Report,
} from "../../src/advice/state.ts";
import type { AdviceError } from "../../src/advice/weigh.ts";
import { type Random, seededRandom } from "../../src/basics/random.ts";
import type { Result } from "../../src/basics/result.ts";
import type { Position } from "../../src/roads/plane.ts";
import { clockOf } from "./clock.ts";

export type DrawnRegion = {
  readonly input: AdviceBaseInput;
  readonly states: readonly HospitalState[];
  readonly loads: readonly HospitalLoad[];
  readonly need: Need;
  readonly position: Position;
  readonly declinedBy: readonly string[];
  readonly urgency: number;
  readonly danger: boolean;
  readonly flown: boolean;
  readonly callAtMs: number | null;
  readonly inboundTo: readonly string[];
};

const capabilityIds = ["a", "b", "c", "d"];
const principles: readonly Principle[] = ["yes", "no", "unknown"];
const reportStates = ["open", "limited", "full", "cannot", "unconfirmed", "unknown"] as const;
const contacts = ["heard", "heard", "late", "silent", "not-yet-heard", "cut-off"] as const;
const southLatE3 = 51_000;
const westLonE3 = 6_500;
const heightE3 = 500;
const widthE3 = 700;

export function drawRegion(seed: number, hospitalCountMax: number): DrawnRegion {
  const random = seededRandom(seed);
  const hospitals = Array.from({ length: 1 + random.below(hospitalCountMax) }, (_, i) =>
    drawHospital(random, i),
  );
  const river = drawRiver(random);
  return {
    input: {
      hospitals,
      capabilities: capabilityIds.map((id) => ({ id, name: { de: `Fach ${id}`, en: `unit ${id}` } })),
      river,
      bridges: river.filter((_, i) => i % 3 === 1),
      projection: { metresPerLatE3: 111, metresPerLonE3: 70 },
      policy: drawPolicy(random),
      stabilise: { id: "stabilise", required: [["a", "b"]], preferred: [] },
    },
    states: hospitals.map(({ id }) => drawState(random, id)),
    loads: hospitals.map(({ id }) => drawLoad(random, id)),
    need: drawNeed(random),
    position: drawPosition(random),
    declinedBy: random.oneIn(4) ? [random.pick(hospitals).id] : [],
    urgency: 1 + random.below(3),
    danger: random.oneIn(10),
    flown: random.oneIn(4),
    callAtMs: random.oneIn(2) ? null : nowMs - random.below(5_400_000),
    inboundTo: random.oneIn(3) ? [random.pick(hospitals).id] : [],
  };
}

/** A day after time began: every drawn moment lies before it. */
export const nowMs = 86_400_000;

export function baseOf(drawn: DrawnRegion): AdviceBase {
  const base = buildAdviceBase(drawn.input);
  for (const state of drawn.states) setHospitalState(base, state);
  for (const load of drawn.loads) setHospitalLoad(base, load);
  return base;
}

export function adviceOf(
  drawn: DrawnRegion,
  base: AdviceBase,
  options: Partial<Pick<AdviceInput, "linesMax" | "language" | "besides">> = {},
): Result<Advice, AdviceError> {
  const { position, need, declinedBy, urgency, danger, flown, callAtMs, inboundTo } = drawn;
  const { linesMax = 5, language = "de", besides = null } = options;
  const patient = { position, need, declinedBy, urgency, danger, flown, callAtMs, inboundTo, expected: {} };
  return advise({ ...patient, base, linesMax, besides, language, clock: clockOf, nowMs });
}

export function drawPosition(random: Random): Position {
  return { latE3: southLatE3 + random.below(heightE3), lonE3: westLonE3 + random.below(widthE3) };
}

export function drawState(random: Random, hospital: string): HospitalState {
  const reported: { [capability: string]: Report } = {};
  for (const id of capabilityIds) if (!random.oneIn(4)) reported[id] = drawReport(random);
  const contact = random.pick(contacts);
  const known = contact === "silent" || contact === "cut-off";
  return { hospital, contact, contactSinceMs: known ? drawMoment(random) : null, reported };
}

export function drawNeed(random: Random): Need {
  const groups = Array.from({ length: random.below(3) }, () =>
    Array.from({ length: 1 + random.below(3) }, () => random.pick(capabilityIds)),
  );
  const preferred = capabilityIds.filter(() => random.oneIn(4));
  const goalMin = random.oneIn(2) ? undefined : 20 + random.below(60);
  return { id: "drawn", required: groups.map((group) => [...new Set(group)]), preferred, goalMin };
}

function drawLoad(random: Random, hospital: string): HospitalLoad {
  const inbound = random.below(4);
  const declinedMs = nowMs - random.below(7_200_000);
  return {
    hospital,
    inbound,
    inboundUrgent: random.below(inbound + 1),
    freePlaces: random.oneIn(2) ? null : random.below(4),
    ...{ fullerSinceMs: null, freerSinceMs: null },
    declines: new Map(random.oneIn(5) ? [["drawn", declinedMs]] : []),
  };
}

function drawHospital(random: Random, i: number): AdviceHospital {
  const capabilities = Object.fromEntries(
    capabilityIds.filter(() => !random.oneIn(5)).map((id) => [id, random.pick(principles)] as const),
  );
  const landing = random.oneIn(2) ? undefined : random.pick(["known", "ask"] as const);
  return { id: `h${i}`, name: `Haus ${i}`, ...drawPosition(random), capabilities, landing };
}

/** From south to north with a bend at every point. */
function drawRiver(random: Random): readonly Position[] {
  return Array.from({ length: 12 }, (_, i) => ({
    latE3: southLatE3 + i * 45,
    lonE3: westLonE3 + 250 + random.below(200),
  }));
}

function drawPolicy(random: Random): Policy {
  const freshPercent = random.below(10);
  const olderPercent = freshPercent + random.below(20);
  const doubt = () => olderPercent + random.below(60);
  const silentShortPercent = random.below(50);
  return {
    version: "drawn-1",
    turnedAwayLossMin: random.below(20),
    noNextMin: random.below(60),
    freshMin: random.below(300),
    ...{ freshPercent, olderPercent, silentShortPercent },
    limitedPercent: doubt(),
    fullPercent: doubt(),
    unconfirmedPercent: doubt(),
    unknownPercent: doubt(),
    silentShortMin: random.below(30),
    silentLongPercent: silentShortPercent + random.below(50),
    declinedWithinMin: random.below(90),
    declinedPercent: random.below(50),
    missingPreferredMin: random.below(30),
    waitPerPatientMin: random.below(10),
    forcedEqualMin: random.below(10),
    forcedCountedMin: 360,
    flightKmh: 150 + random.below(100),
    flightExtraMin: random.below(15),
  };
}

function drawReport(random: Random): Report {
  const sinceMs = random.oneIn(5) ? null : drawMoment(random);
  return { state: random.pick(reportStates), sinceMs, voice: random.oneIn(3) };
}

function drawMoment(random: Random): number {
  return random.below(86_400_000);
}
