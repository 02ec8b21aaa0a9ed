import type { AdviceInput } from "../../src/advice/advise.ts";
import type { Policy } from "../../src/advice/policy.ts";

/** Round numbers of no region, so that a line's minutes can be added up in the head. */
export const testPolicy: Policy = {
  version: "test-1",
  turnedAwayLossMin: 10,
  noNextMin: 30,
  freshMin: 120,
  freshPercent: 5,
  olderPercent: 20,
  limitedPercent: 30,
  fullPercent: 50,
  unconfirmedPercent: 30,
  unknownPercent: 30,
  silentShortMin: 10,
  silentShortPercent: 30,
  silentLongPercent: 60,
  declinedWithinMin: 60,
  declinedPercent: 30,
  missingPreferredMin: 20,
  waitPerPatientMin: 5,
  forcedEqualMin: 5,
  forcedCountedMin: 360,
  flightKmh: 220,
  flightExtraMin: 10,
};

/** A patient of whom nothing more is known, asked about at the very beginning of time. */
export const plainPatient = {
  urgency: 2,
  danger: false,
  callAtMs: null,
  declinedBy: [],
  inboundTo: [],
  expected: {},
  besides: null,
  nowMs: 0,
} as const satisfies Partial<AdviceInput>;
