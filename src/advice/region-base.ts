import {
  type CapabilityId,
  capabilities,
  capabilityIds,
  type Hospital,
  type RegionData,
  type Need as RegionNeed,
} from "../region/region-data.ts";
import type { LiveMinutes } from "../roads/roads.ts";
import type { RoadTable } from "../roads/table/table.ts";
import type { AnnouncementPolicy } from "./announcement.ts";
import { type AdviceBase, buildAdviceBase } from "./base.ts";
import type { Policy } from "./policy.ts";
import type { ResteerPolicy } from "./resteer.ts";
import type { AdviceHospital, Need } from "./state.ts";

/**
 * The base of a region's advice: its hospitals by their spoken names, its first river, its bridges, its policy, and
 * its road table and its live traffic where it has them.
 */
export function adviceBaseOf(data: RegionData, table?: RoadTable, live?: LiveMinutes): AdviceBase {
  return buildAdviceBase({
    hospitals: data.hospitals.map(adviceHospitalOf),
    capabilities: capabilityIds.map((id) => ({ id, name: capabilities[id] })),
    river: data.waters.rivers[0]?.points ?? [],
    bridges: data.waters.bridges,
    projection: data.region.projection,
    policy: policyOf(data),
    stabilise,
    table,
    live,
    driveFactorE3: data.region.driveFactor?.valueE3,
  });
}

function adviceHospitalOf(hospital: Hospital): AdviceHospital {
  const { id, spokenName, latE3, lonE3, capabilities: cells } = hospital;
  const principles = capabilityIds.map((capability) => [capability, cells[capability].value] as const);
  const landing = landingOf(hospital);
  return { id, name: spokenName, latE3, lonE3, capabilities: Object.fromEntries(principles), landing };
}

/** What no register says has to be asked about before somebody flies there. */
function landingOf({ landingPlace }: Hospital): AdviceHospital["landing"] {
  if (landingPlace?.value !== "yes") return undefined;
  return landingPlace.certainty === "A" ? "known" : "ask";
}

/** The numbers alone: meaning, source and certainty stay in the region's file. */
function policyOf({ policy: { version, ...numbers } }: RegionData): Policy {
  return {
    version,
    turnedAwayLossMin: numbers.turnedAwayLossMin.value,
    noNextMin: numbers.noNextMin.value,
    freshMin: numbers.freshMin.value,
    freshPercent: numbers.freshPercent.value,
    olderPercent: numbers.olderPercent.value,
    limitedPercent: numbers.limitedPercent.value,
    fullPercent: numbers.fullPercent.value,
    unconfirmedPercent: numbers.unconfirmedPercent.value,
    unknownPercent: numbers.unknownPercent.value,
    silentShortMin: numbers.silentShortMin.value,
    silentShortPercent: numbers.silentShortPercent.value,
    silentLongPercent: numbers.silentLongPercent.value,
    declinedWithinMin: numbers.declinedWithinMin.value,
    declinedPercent: numbers.declinedPercent.value,
    missingPreferredMin: numbers.missingPreferredMin.value,
    waitPerPatientMin: numbers.waitPerPatientMin.value,
    forcedEqualMin: numbers.forcedEqualMin.value,
    forcedCountedMin: numbers.forcedCountedMin.value,
    flightKmh: numbers.flightKmh.value,
    flightExtraMin: numbers.flightExtraMin.value,
  };
}

/** When a proposal to turn is made, in this region. */
export function resteerPolicyOf({ policy }: RegionData): ResteerPolicy {
  return {
    minGainMin: policy.resteerMinGainMin.value,
    costMin: policy.resteerCostMin.value,
    pauseMin: policy.resteerPauseMin.value,
    positionMaxS: policy.resteerPositionMaxS.value,
    proposalsMax: policy.resteerProposalsMax.value,
  };
}

/** How long hospitals of this region have to answer. */
export function announcementPolicyOf({ policy }: RegionData): AnnouncementPolicy {
  return {
    answerWithinS: [policy.answerUrgency1S.value, policy.answerUrgency2S.value, policy.answerUrgency3S.value],
    deliverWithinS: policy.deliverWithinS.value,
  };
}

/** A patient in immediate danger is stabilised where there is an emergency department that can resuscitate. */
export const stabilise: Need = {
  id: "stabilise",
  required: [["emergency-department"], ["resuscitation"]],
  preferred: [],
};

/** A need as advice reads it. */
export function adviceNeedOf({ id, required, preferred, goalMin }: RegionNeed): Need<CapabilityId> {
  return { id, required, preferred, goalMin: goalMin?.value };
}
