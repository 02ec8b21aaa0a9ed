// One hospital's night: some words of its own, one that the centre does not hold yet, a request, three vehicles.

import type { FactRef } from "../../src/basics/name.ts";
import { concernedByItFailure } from "../../src/region/it-failure.ts";
import { type CapabilityId, capabilityIds } from "../../src/region/vocabulary.ts";
import type {
  CapabilityRow,
  HospitalBoardView,
  InboundRow,
  RequestRow,
} from "../../src/site/views/board-site-view.ts";
import type { WordRow } from "../../src/site/views/board-view.ts";
import { calmOwn, word } from "./board-sample.ts";
import { nightMs } from "./board-sight.ts";

const minuteMs = 60_000;
export const hospitalLog = "ukd/anchor/1-00000002";
const centreLog = "duesseldorf/anchor/1-0a1b2c3d";

export function ownWord(more: Partial<WordRow> = {}): WordRow {
  return {
    ref: [hospitalLog, 0],
    state: "open",
    reason: null,
    source: "clinician",
    site: "ukd",
    by: "nurse#106",
    answeredBy: null,
    readBack: null,
    saidMs: nightMs - 12 * minuteMs,
    endsMs: nightMs + 400 * minuteMs,
    ended: false,
    heldByDispatch: true,
    ...more,
  };
}

/** A capability about which nobody has said anything. */
export function unsaidRow(capability: CapabilityId, more: Partial<CapabilityRow> = {}): CapabilityRow {
  return {
    capability,
    principle: "yes",
    cell: null,
    words: [],
    takenBack: null,
    over: [],
    runsOutSoon: false,
    itFailure: concernedByItFailure(capability),
    ...more,
  };
}

export function saidRow(
  capability: CapabilityId,
  said: Partial<WordRow> = {},
  more: Partial<CapabilityRow> = {},
): CapabilityRow {
  const own = ownWord(said);
  const cell = word(own.state, own.saidMs, { untilMs: own.endsMs, reason: own.reason });
  return unsaidRow(capability, { cell, words: [own], over: [own.ref], ...more });
}

/** What its row says of a word that was taken back. */
export function takenBackAt(saidMs: number): NonNullable<CapabilityRow["takenBack"]> {
  return { ref: [hospitalLog, 9], site: "ukd", by: "nurse#107", saidMs, heldByDispatch: false };
}

const patient = {
  need: "stroke",
  urgency: 1,
  ageGroup: "65-79",
  flags: ["doctor"],
  step: "patient-on-board",
  positionSaidMs: nightMs - 40_000,
  positionOld: false,
} as const;

export function inboundRow(number: number, more: Partial<InboundRow> = {}): InboundRow {
  return {
    ...patient,
    mission: `${centreLog}#${number}`,
    ref: [centreLog, number],
    vehicle: `rtw-duesseldorf-${number}`,
    arrivalMs: nightMs + number * minuteMs,
    state: "inbound",
    saidMs: nightMs - 9 * minuteMs,
    spoken: false,
    disputed: false,
    divertedTo: null,
    divertedMs: null,
    ...more,
  };
}

export function requestRow(number: number, more: Partial<RequestRow> = {}): RequestRow {
  const ref: FactRef = [centreLog, number];
  return {
    ...patient,
    mission: `${centreLog}#${number}`,
    ref,
    vehicle: `rtw-duesseldorf-${number}`,
    arrivalMs: null,
    asked: [centreLog, 90 + number],
    over: [],
    centre: "duesseldorf",
    askedMs: nightMs - 20_000,
    dueMs: nightMs + 100_000,
    escalated: [],
    state: "open",
    answer: null,
    answerTakenBackMs: null,
    ...more,
  };
}

export function hospitalView(more: Partial<HospitalBoardView> = {}): HospitalBoardView {
  const said: { readonly [capability in CapabilityId]?: CapabilityRow } = {
    "emergency-department": saidRow("emergency-department"),
    ct: saidRow("ct", { state: "full", reason: "in-use", ref: [hospitalLog, 1], heldByDispatch: false }),
    "stroke-unit": saidRow(
      "stroke-unit",
      { ref: [hospitalLog, 2], endsMs: nightMs + 22 * minuteMs },
      { runsOutSoon: true },
    ),
    burns: unsaidRow("burns", { principle: "no" }),
  };
  return {
    own: { ...calmOwn, site: "ukd", heldByDispatch: { log: hospitalLog, size: 1 } },
    capabilities: capabilityIds.map((capability) => said[capability] ?? unsaidRow(capability)),
    inbound: [
      inboundRow(3, {
        state: "diverted",
        arrivalMs: null,
        divertedTo: "neuss-lukas",
        divertedMs: nightMs - minuteMs,
      }),
      inboundRow(9, { positionOld: true, positionSaidMs: nightMs - 200_000 }),
      inboundRow(4),
      inboundRow(5, { state: "announced", step: "on-scene" }),
    ],
    requests: [requestRow(1)],
    outgoing: [],
    transfers: [],
    ...more,
  };
}
