import { assert, present } from "../basics/assert.ts";
import { err, ok, type Result } from "../basics/result.ts";
import type { Position, Projection } from "../roads/plane.ts";
import { buildRoads, type LiveMinutes, type Roads } from "../roads/roads.ts";
import type { RoadTable } from "../roads/table/table.ts";
import { Neighbourhood } from "./next.ts";
import { assertPolicy, type Policy } from "./policy.ts";
import type {
  AdviceHospital,
  Capability,
  Contact,
  HospitalLoad,
  HospitalState,
  Need,
  Principle,
  Report,
} from "./state.ts";

/**
 * What one cell (a hospital's capability) amounts to, the better the smaller. `no` and `cannot` exclude where the
 * capability is required. `older` is an *open* that is fresh no more: it depends on the moment of the question.
 */
export const cellClass = {
  open: 0,
  older: 1,
  limited: 2,
  unconfirmed: 3,
  unknown: 4,
  full: 5,
  cannot: 6,
  no: 7,
} as const;

export const contactCode: { readonly [contact in Contact]: number } = {
  heard: 0,
  late: 1,
  silent: 2,
  "not-yet-heard": 3,
  "cut-off": 4,
};

/** Stands in place of a percentage for what cannot be the destination. */
export const excluded = -1;

/** Stands for "nobody knows since when". */
export const sinceUnknown = -1;

/** Stands for "the hospital does not report how many places are free". */
export const placesUnknown = -1;

export type AdviceBaseInput = {
  readonly hospitals: readonly AdviceHospital[];
  readonly capabilities: readonly Capability[];
  readonly river: readonly Position[];
  readonly bridges: readonly Position[];
  readonly projection: Projection;
  readonly policy: Policy;
  /** What a hospital must have so that a patient in immediate danger can be stabilised there. */
  readonly stabilise: Need;
  /** Real driving times to all of these hospitals; absent: minutes are estimated. */
  readonly table?: RoadTable | undefined;
  readonly live?: LiveMinutes | undefined;
  /** See `RoadsInput`. */
  readonly driveFactorE3?: number | undefined;
};

/**
 * A region as advice needs it: every hospital's present state in flat arrays, ordered by hospital id. State, not a
 * cache: {@link setHospitalState} and {@link setHospitalLoad} keep it equal to the region's view, and each advice reads
 * all of it anew.
 */
export type AdviceBase = {
  readonly hospitals: readonly AdviceHospital[];
  readonly hospitalIndex: ReadonlyMap<string, number>;
  readonly capabilities: readonly Capability[];
  readonly capabilityIndex: ReadonlyMap<string, number>;
  readonly policy: Policy;
  /** By class of cell: how likely a patient is turned away, in percent, or `excluded`. */
  readonly classPercent: Int8Array;
  /** By class of cell: whole minutes for a preferred capability. */
  readonly preferredMin: Int32Array;
  /** Place of each class among all, by its percentage, then as listed; what excludes comes last. */
  readonly classPlace: Uint8Array;
  readonly roads: Roads;
  readonly neighbourhood: Pick<Neighbourhood, "of">;
  readonly stabilise: NeedColumns;
  /** Row a hospital, column a capability. */
  readonly cells: Uint8Array;
  readonly cellSinceMs: Float64Array;
  /** When it last became known here that a cell's class is another one than before: a word said again changes nothing. */
  readonly cellChangedMs: Float64Array;
  readonly cellVoice: Uint8Array;
  readonly contact: Uint8Array;
  readonly contactSinceMs: Float64Array;
  readonly inbound: Uint16Array;
  /** Of these, patients of urgency 1. */
  readonly inboundUrgent: Uint16Array;
  readonly freePlaces: Int16Array;
  /** Since when more, and since when fewer, may compete for its places, UTC milliseconds; or `sinceUnknown`. */
  readonly fullerSinceMs: Float64Array;
  readonly freerSinceMs: Float64Array;
  /** By hospital: needs whose patients it declined, with when it last did, UTC milliseconds. */
  readonly declines: ReadonlyMap<string, number>[];
  /** By hospital: missions that were assigned to it by force, with when, UTC milliseconds. */
  readonly assigned: ReadonlyMap<string, number>[];
  /** Room for one answer, as are all below: `cells` at the moment of the question, in the columns of its need alone. */
  readonly cellsNow: Uint8Array;
  /** The class of the worst required group. */
  readonly worst: Uint8Array;
  /** Heard, and open by a word for all that is required. */
  readonly isOpen: Uint8Array;
  /** Tenths of a minute to each hospital. */
  readonly driveMinTenths: Uint16Array;
  /** These are a flight's. */
  readonly isFlown: Uint8Array;
  /** How likely each turns the patient away, in percent; what is excluded counts its silence alone. */
  readonly percent: Int16Array;
  readonly isExcluded: Uint8Array;
  /** Whole minutes for the places of those already on the way there. */
  readonly waitMin: Int32Array;
  /** Drive, wait, what being turned away costs and what is missing, together. */
  readonly totalMinTenths: Int32Array;
};

const nobodyAssigned: ReadonlyMap<string, number> = new Map();

/** Nobody has been heard and nothing reported yet. Throws where ids repeat or the region's own data cannot be. */
export function buildAdviceBase(input: AdviceBaseInput): AdviceBase {
  assertPolicy(input.policy);
  // By code units, not by a locale: the order decides ties and must be the same everywhere.
  const hospitals = [...input.hospitals].sort((a, b) => (a.id < b.id ? -1 : 1));
  const hospitalIndex = new Map(hospitals.map((hospital, index) => [hospital.id, index]));
  const capabilityIndex = new Map(input.capabilities.map((capability, index) => [capability.id, index]));
  assert(hospitalIndex.size === hospitals.length, "hospital ids are unique");
  assert(capabilityIndex.size === input.capabilities.length, "capability ids are unique");
  const roads = roadsOf(input, hospitals);
  const cellCount = hospitals.length * input.capabilities.length;
  const classPercent = classPercents(input.policy);
  const named = { hospitals, hospitalIndex, capabilities: input.capabilities, capabilityIndex };
  const base: AdviceBase = {
    ...named,
    policy: input.policy,
    classPercent,
    preferredMin: preferredMin(input.policy, classPercent),
    classPlace: classPlaces(classPercent),
    roads,
    neighbourhood: new Neighbourhood(roads, 10 * input.policy.noNextMin),
    stabilise: columnsOf(named, input.stabilise),
    cells: new Uint8Array(cellCount),
    cellSinceMs: new Float64Array(cellCount),
    cellChangedMs: new Float64Array(cellCount).fill(sinceUnknown),
    cellVoice: new Uint8Array(cellCount),
    contact: new Uint8Array(hospitals.length),
    contactSinceMs: new Float64Array(hospitals.length),
    inbound: new Uint16Array(hospitals.length),
    inboundUrgent: new Uint16Array(hospitals.length),
    freePlaces: new Int16Array(hospitals.length).fill(placesUnknown),
    fullerSinceMs: new Float64Array(hospitals.length).fill(sinceUnknown),
    freerSinceMs: new Float64Array(hospitals.length).fill(sinceUnknown),
    declines: hospitals.map(() => new Map()),
    assigned: hospitals.map(() => nobodyAssigned),
    cellsNow: new Uint8Array(cellCount),
    worst: new Uint8Array(hospitals.length),
    isOpen: new Uint8Array(hospitals.length),
    driveMinTenths: new Uint16Array(hospitals.length),
    isFlown: new Uint8Array(hospitals.length),
    percent: new Int16Array(hospitals.length),
    isExcluded: new Uint8Array(hospitals.length),
    waitMin: new Int32Array(hospitals.length),
    totalMinTenths: new Int32Array(hospitals.length),
  };
  for (const { id } of hospitals) {
    setHospitalState(base, { hospital: id, contact: "not-yet-heard", contactSinceMs: null, reported: {} });
  }
  return base;
}

function roadsOf(input: AdviceBaseInput, hospitals: readonly AdviceHospital[]): Roads {
  const { river, bridges, projection, live, driveFactorE3 } = input;
  const table = tableOf(input.table, hospitals);
  return buildRoads({ hospitals, river, bridges, projection, ...table, live, driveFactorE3 });
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
    const now = classOf(capabilities[id] ?? "unknown", report);
    const sinceMs = report?.sinceMs ?? sinceUnknown;
    const isSaidAgain =
      base.cells[cell] === now && (base.cellChangedMs[cell] ?? sinceUnknown) !== sinceUnknown;
    if (!isSaidAgain) base.cellChangedMs[cell] = report?.knownSinceMs ?? sinceMs;
    base.cells[cell] = now;
    base.cellSinceMs[cell] = sinceMs;
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

/** Replaces who is on the way to a hospital and what it declined. A hospital that the region does not list changes nothing. */
export function setHospitalLoad(base: AdviceBase, load: HospitalLoad): Result<null, "unknown-hospital"> {
  const index = base.hospitalIndex.get(load.hospital);
  if (index === undefined) return err("unknown-hospital");
  base.inbound[index] = load.inbound;
  base.inboundUrgent[index] = load.inboundUrgent;
  base.freePlaces[index] = load.freePlaces ?? placesUnknown;
  base.fullerSinceMs[index] = load.fullerSinceMs ?? sinceUnknown;
  base.freerSinceMs[index] = load.freerSinceMs ?? sinceUnknown;
  base.declines[index] = load.declines;
  base.assigned[index] = load.assigned ?? nobodyAssigned;
  return ok(null);
}

function classPercents(policy: Policy): Int8Array {
  const percents = new Int8Array(Object.keys(cellClass).length);
  percents[cellClass.open] = policy.freshPercent;
  percents[cellClass.older] = policy.olderPercent;
  percents[cellClass.limited] = policy.limitedPercent;
  percents[cellClass.unconfirmed] = policy.unconfirmedPercent;
  percents[cellClass.unknown] = policy.unknownPercent;
  percents[cellClass.full] = policy.fullPercent;
  percents[cellClass.cannot] = excluded;
  percents[cellClass.no] = excluded;
  return percents;
}

function classPlaces(classPercent: Int8Array): Uint8Array {
  const weightOf = (code: number) => (classPercent[code] === excluded ? 101 : (classPercent[code] ?? 0));
  const classes = [...classPercent.keys()].sort((a, b) => weightOf(a) - weightOf(b) || a - b);
  return Uint8Array.from(classPercent.keys(), (code) => classes.indexOf(code));
}

/**
 * As much of what a preferred capability is worth as it is in doubt; all of it where it is missing, and where nobody
 * knows the hospital to have it.
 */
function preferredMin({ missingPreferredMin }: Policy, classPercent: Int8Array): Int32Array {
  const costs = Int32Array.from(classPercent, (percent) =>
    percent === excluded ? missingPreferredMin : Math.floor((percent * missingPreferredMin + 50) / 100),
  );
  costs[cellClass.open] = 0;
  costs[cellClass.older] = 0;
  costs[cellClass.unknown] = missingPreferredMin;
  return costs;
}

/** A need with capabilities as columns of the base. */
export type NeedColumns = {
  readonly required: readonly (readonly number[])[];
  readonly preferred: readonly number[];
};

/** Throws where the need names a capability the region does not have, or a group without any: data of our own. */
export function columnsOf({ capabilityIndex }: Pick<AdviceBase, "capabilityIndex">, need: Need): NeedColumns {
  const columnOf = (id: string): number =>
    present(capabilityIndex.get(id), `capability ${id} of need ${need.id}`);
  const required = need.required.map((group) => {
    assert(group.length > 0, `need ${need.id} has no empty group`);
    return group.map(columnOf);
  });
  return { required, preferred: need.preferred.map(columnOf) };
}
