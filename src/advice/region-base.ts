import { capabilities, capabilityIds, type Hospital, type RegionData } from "../region/region-data.ts";
import type { LiveMinutes } from "../roads/roads.ts";
import type { RoadTable } from "../roads/table/table.ts";
import { type AdviceBase, buildAdviceBase } from "./base.ts";
import type { Policy } from "./policy.ts";
import type { AdviceHospital } from "./state.ts";

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
    table,
    live,
    driveFactorE3: data.region.driveFactor?.valueE3,
  });
}

function adviceHospitalOf({ id, spokenName, latE3, lonE3, capabilities: cells }: Hospital): AdviceHospital {
  const principles = capabilityIds.map((capability) => [capability, cells[capability].value] as const);
  return { id, name: spokenName, latE3, lonE3, capabilities: Object.fromEntries(principles) };
}

function policyOf({ policy }: RegionData): Policy {
  return {
    unknownPenaltyMin: policy.unknownPenaltyMin.value,
    silentPenaltyMin: policy.silentPenaltyMin.value,
    fullPenaltyMin: policy.fullPenaltyMin.value,
    limitedPenaltyMin: policy.limitedPenaltyMin.value,
    missingPreferredMin: policy.missingPreferredMin.value,
  };
}
