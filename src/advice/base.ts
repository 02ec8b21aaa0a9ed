import { assert, present } from "../basics/assert.ts";
import { err, ok, type Result } from "../basics/result.ts";
import type { Position, Projection } from "../roads/plane.ts";
import { buildRoads, type LiveMinutes, type Roads } from "../roads/roads.ts";
import type { RoadTable } from "../roads/table/table.ts";
import { assertPolicy, type Policy, penaltyMinMax } from "./policy.ts";
import type { AdviceHospital, Capability, Contact, HospitalState, Need, Principle, Report } from "./state.ts";

/**
 * What one cell (a hospital's capability) amounts to, the better the smaller. `no` and `cannot` exclude where the
 * capability is required.
 */
export const cellClass = {
  open: 0,
  limited: 1,
  unconfirmed: 2,
  unknown: 3,
  full: 4,
  cannot: 5,
  no: 6,
} as const;

export const contactCode: { readonly [contact in Contact]: number } = {
  heard: 0,
  late: 1,
  silent: 2,
  "not-yet-heard": 3,
  "cut-off": 4,
};

/** Stands in place of minutes for what cannot be the destination. */
export const excluded = -1;

/** Stands for "nobody knows since when". */
export const sinceUnknown = -1;

export type AdviceBaseInput = {
  readonly hospitals: readonly AdviceHospital[];
  readonly capabilities: readonly Capability[];
  readonly river: readonly Position[];
  readonly bridges: readonly Position[];
  readonly projection: Projection;
  readonly policy: Policy;
  /** Real driving times to all of these hospitals; absent: minutes are estimated. */
  readonly table?: RoadTable | undefined;
  readonly live?: LiveMinutes | undefined;
  /** See `RoadsInput`. */
  readonly driveFactorE3?: number | undefined;
};

/**
 * A region as advice needs it: every hospital's present state in flat arrays, ordered by hospital id. State, not a
 * cache: {@link setHospitalState} keeps it equal to the region's view, and each advice reads all of it anew.
 */
export type AdviceBase = {
  readonly hospitals: readonly AdviceHospital[];
  readonly hospitalIndex: ReadonlyMap<string, number>;
  readonly capabilities: readonly Capability[];
  readonly capabilityIndex: ReadonlyMap<string, number>;
  readonly policy: Policy;
  /** Whole minutes by class of cell, for a required and for a preferred capability. */
  readonly requiredCostMin: Int32Array;
  readonly preferredCostMin: Int32Array;
  /** Place of each class among all, by what it costs when required, then as listed; what excludes comes last. */
  readonly classPlace: Uint8Array;
  readonly roads: Roads;
  /** Row a hospital, column a capability. */
  readonly cells: Uint8Array;
  readonly cellSinceMs: Float64Array;
  readonly cellVoice: Uint8Array;
  readonly contact: Uint8Array;
  readonly contactSinceMs: Float64Array;
  /** Room for one answer: tenths of a minute to each hospital. */
  readonly driveMinTenths: Uint16Array;
  /** Room for one answer: whole minutes each hospital's doubts cost, or `excluded`. */
  readonly penaltyMin: Int32Array;
  /** Room for one answer: drive and penalty together. */
  readonly totalMinTenths: Int32Array;
};

/** Nobody has been heard and nothing reported yet. Throws where ids repeat or the region's own data cannot be. */
export function buildAdviceBase(input: AdviceBaseInput): AdviceBase {
  assertPolicy(input.policy);
  // By code units, not by a locale: the order decides ties and must be the same everywhere.
  const hospitals = [...input.hospitals].sort((a, b) => (a.id < b.id ? -1 : 1));
  const hospitalIndex = new Map(hospitals.map((hospital, index) => [hospital.id, index]));
  const capabilityIndex = new Map(input.capabilities.map((capability, index) => [capability.id, index]));
  assert(hospitalIndex.size === hospitals.length, "hospital ids are unique");
  assert(capabilityIndex.size === input.capabilities.length, "capability ids are unique");
  const { river, bridges, projection } = input;
  const cellCount = hospitals.length * input.capabilities.length;
  const base: AdviceBase = {
    hospitals,
    hospitalIndex,
    capabilities: input.capabilities,
    capabilityIndex,
    policy: input.policy,
    requiredCostMin: requiredCostMin(input.policy),
    preferredCostMin: preferredCostMin(input.policy),
    classPlace: classPlaces(requiredCostMin(input.policy)),
    roads: buildRoads({
      hospitals,
      river,
      bridges,
      projection,
      ...tableOf(input.table, hospitals),
      live: input.live,
      driveFactorE3: input.driveFactorE3,
    }),
    cells: new Uint8Array(cellCount),
    cellSinceMs: new Float64Array(cellCount),
    cellVoice: new Uint8Array(cellCount),
    contact: new Uint8Array(hospitals.length),
    contactSinceMs: new Float64Array(hospitals.length),
    driveMinTenths: new Uint16Array(hospitals.length),
    penaltyMin: new Int32Array(hospitals.length),
    totalMinTenths: new Int32Array(hospitals.length),
  };
  for (const { id } of hospitals) {
    setHospitalState(base, { hospital: id, contact: "not-yet-heard", contactSinceMs: null, reported: {} });
  }
  return base;
}

/** Throws where the table lacks a hospital: whoever loads one has checked that. */
function tableOf(table: RoadTable | undefined, hospitals: readonly AdviceHospital[]) {
  if (table === undefined) return {};
  const columns = new Map(table.hospitals.map(({ id }, column) => [id, column]));
  return {
    table,
    tableColumns: hospitals.map(({ id }) => present(columns.get(id), `${id} in the road table`)),
  };
}

/** Replaces all that is known of one hospital's present. A hospital that the region does not list changes nothing. */
export function setHospitalState(base: AdviceBase, state: HospitalState): Result<null, "unknown-hospital"> {
  const index = base.hospitalIndex.get(state.hospital);
  if (index === undefined) return err("unknown-hospital");
  const { capabilities } = present(base.hospitals[index], "a hospital an index points at");
  base.contact[index] = contactCode[state.contact];
  base.contactSinceMs[index] = state.contactSinceMs ?? sinceUnknown;
  for (const [column, { id }] of base.capabilities.entries()) {
    const report = state.reported[id];
    const cell = index * base.capabilities.length + column;
    base.cells[cell] = classOf(capabilities[id] ?? "unknown", report);
    base.cellSinceMs[cell] = report?.sinceMs ?? sinceUnknown;
    base.cellVoice[cell] = report?.voice === true ? 1 : 0;
  }
  return ok(null);
}

/**
 * *No* in principle stands against every report: the more cautious leads. What a hospital has in principle is never
 * what it can take now: without a word of its own it is unconfirmed, and not known where not even that is known.
 */
function classOf(principle: Principle, report: Report | undefined): number {
  if (principle === "no") return cellClass.no;
  if (report !== undefined && !isUnsaid(report)) return cellClass[report.state];
  return principle === "yes" ? cellClass.unconfirmed : cellClass.unknown;
}

/** The region's view shows a cell before its first word as unconfirmed, since never. */
function isUnsaid(report: Report): boolean {
  return report.state === "unconfirmed" && report.sinceMs === null;
}

function requiredCostMin(policy: Policy): Int32Array {
  const costs = new Int32Array(Object.keys(cellClass).length);
  costs[cellClass.limited] = policy.limitedPenaltyMin;
  costs[cellClass.unconfirmed] = policy.unknownPenaltyMin;
  costs[cellClass.unknown] = policy.unknownPenaltyMin;
  costs[cellClass.full] = policy.fullPenaltyMin;
  costs[cellClass.cannot] = excluded;
  costs[cellClass.no] = excluded;
  return costs;
}

function classPlaces(costMin: Int32Array): Uint8Array {
  const weightOf = (code: number) => (costMin[code] === excluded ? penaltyMinMax + 1 : (costMin[code] ?? 0));
  const classes = [...costMin.keys()].sort((a, b) => weightOf(a) - weightOf(b) || a - b);
  return Uint8Array.from(costMin.keys(), (code) => classes.indexOf(code));
}

/** Never more than if the capability were missing; one that nobody knows the hospital to have counts as missing. */
function preferredCostMin(policy: Policy): Int32Array {
  const missing = policy.missingPreferredMin;
  const costs = requiredCostMin(policy).map((cost) =>
    cost === excluded ? missing : Math.min(cost, missing),
  );
  costs[cellClass.unknown] = missing;
  return costs;
}

/** A need with capabilities as columns of the base. */
export type NeedColumns = {
  readonly required: readonly (readonly number[])[];
  readonly preferred: readonly number[];
};

/** Throws where the need names a capability the region does not have, or a group without any: data of our own. */
export function columnsOf(base: AdviceBase, need: Need): NeedColumns {
  const columnOf = (id: string): number =>
    present(base.capabilityIndex.get(id), `capability ${id} of need ${need.id}`);
  const required = need.required.map((group) => {
    assert(group.length > 0, `need ${need.id} has no empty group`);
    return group.map(columnOf);
  });
  return { required, preferred: need.preferred.map(columnOf) };
}
