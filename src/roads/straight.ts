import { assert } from "../basics/assert.ts";
import { err, ok, type Result } from "../basics/result.ts";
import { driveMinTenthsOf } from "./estimate.ts";
import { type Position, type Projection, straightM } from "./plane.ts";
import { buildRiver, crosses, type River, sideOf } from "./river.ts";

/** What a region's estimate is made of. The order of `hospitals` and `bridges` is the order of every answer. */
export type StraightInput = {
  readonly hospitals: readonly Position[];
  /** The river that can only be crossed at a bridge, as points in the order of its course; may be empty. */
  readonly river: readonly Position[];
  /** At least one where there is a river. */
  readonly bridges: readonly Position[];
  readonly projection: Projection;
  /** Thousandths by which the region's own drives take longer than the estimate's formula; left out: 1,000. */
  readonly driveFactorE3?: number | undefined;
};

/** The straight lines of a region. Made once; only `toBridgeM` is written again. */
export type Straight = {
  readonly hospitalCount: number;
  readonly bridgeCount: number;
  readonly projection: Projection;
  readonly river: River;
  readonly hospitalLatE3: Int32Array;
  readonly hospitalLonE3: Int32Array;
  readonly hospitalSide: Uint8Array;
  readonly bridgeLatE3: Int32Array;
  readonly bridgeLonE3: Int32Array;
  /** Row a hospital, column a bridge. */
  readonly bridgeToHospitalM: Int32Array;
  /** Room for one answer: metres from the position to each bridge. */
  readonly toBridgeM: Int32Array;
  readonly driveFactorE3: number;
};

/** One way: its straight legs together, and the bridge (its index) that it takes, or null. */
export type Way = { readonly distanceM: number; readonly bridge: number | null };

export type PositionError = "position-not-whole-thousandths" | "position-outside-region";

/** A position farther than this from every hospital, north–south or east–west, is not one of the region. */
export const outsideRegionM = 100_000;

/** Throws where the region's own data are not whole thousandths or a river has no bridge. */
export function buildStraight(input: StraightInput): Straight {
  const { projection, hospitals, bridges } = input;
  assert(input.river.length === 0 || bridges.length > 0, "a river has at least one bridge");
  assert(isScale(projection.metresPerLatE3) && isScale(projection.metresPerLonE3), "a scale in whole metres");
  for (const point of [...hospitals, ...bridges, ...input.river]) assert(isWhole(point), "whole thousandths");
  const river = buildRiver(input.river);
  const bridgeToHospitalM = new Int32Array(hospitals.length * bridges.length);
  for (const [h, hospital] of hospitals.entries()) {
    for (const [b, bridge] of bridges.entries()) {
      bridgeToHospitalM[h * bridges.length + b] = between(projection, hospital, bridge);
    }
  }
  return {
    hospitalCount: hospitals.length,
    bridgeCount: bridges.length,
    projection,
    river,
    hospitalLatE3: Int32Array.from(hospitals, (place) => place.latE3),
    hospitalLonE3: Int32Array.from(hospitals, (place) => place.lonE3),
    hospitalSide: Uint8Array.from(hospitals, (place) => sideOf(river, place.latE3, place.lonE3)),
    bridgeLatE3: Int32Array.from(bridges, (place) => place.latE3),
    bridgeLonE3: Int32Array.from(bridges, (place) => place.lonE3),
    bridgeToHospitalM,
    toBridgeM: new Int32Array(bridges.length),
    driveFactorE3: input.driveFactorE3 ?? 1_000,
  };
}

/**
 * Writes the estimated minutes from `position` to every hospital into `minTenths` (tenths of a minute, in the hospitals'
 * order). On an error nothing is written.
 */
export function estimateFrom(
  roads: Straight,
  position: Position,
  minTenths: Uint16Array,
): Result<null, PositionError> {
  const checked = checkPosition(roads, position);
  if (!checked.ok) return checked;
  const side = standAt(roads, position);
  for (let hospital = 0; hospital < roads.hospitalCount; hospital += 1) {
    minTenths[hospital] = driveMinTenthsOf(
      distanceFrom(roads, position, side, hospital),
      roads.driveFactorE3,
    );
  }
  return ok(null);
}

/** The estimate's way to one hospital (its index), with the bridge it takes: the reason behind its minutes. */
export function wayTo(roads: Straight, position: Position, hospital: number): Result<Way, PositionError> {
  assert(hospital >= 0 && hospital < roads.hospitalCount, "a hospital of these roads");
  const checked = checkPosition(roads, position);
  if (!checked.ok) return checked;
  const side = standAt(roads, position);
  const distanceM = distanceFrom(roads, position, side, hospital);
  const bridge = crossesTo(roads, position, side, hospital) ? bridgeTo(roads, hospital) : null;
  return ok({ distanceM, bridge });
}

/** Whether minutes can be said from here: whole thousandths, and not more than 100 km past the region's hospitals. */
export function checkPosition(roads: Straight, position: Position): Result<null, PositionError> {
  if (!isWhole(position)) return err("position-not-whole-thousandths");
  const { metresPerLatE3, metresPerLonE3 } = roads.projection;
  for (let i = 0; i < roads.hospitalCount; i += 1) {
    const northM = Math.abs(position.latE3 - at(roads.hospitalLatE3, i)) * metresPerLatE3;
    const eastM = Math.abs(position.lonE3 - at(roads.hospitalLonE3, i)) * metresPerLonE3;
    if (northM <= outsideRegionM && eastM <= outsideRegionM) return ok(null);
  }
  return err("position-outside-region");
}

/** The position's bank; leaves its metres to each bridge in `roads.toBridgeM` for {@link distanceFrom}. */
function standAt(roads: Straight, position: Position): number {
  const { latE3, lonE3 } = position;
  for (let b = 0; b < roads.bridgeCount; b += 1) {
    const bridgeLat = at(roads.bridgeLatE3, b);
    roads.toBridgeM[b] = straightM(roads.projection, latE3, lonE3, bridgeLat, at(roads.bridgeLonE3, b));
  }
  return sideOf(roads.river, latE3, lonE3);
}

function distanceFrom(roads: Straight, position: Position, side: number, hospital: number): number {
  if (crossesTo(roads, position, side, hospital))
    return overBridgeM(roads, hospital, bridgeTo(roads, hospital));
  const latE3 = at(roads.hospitalLatE3, hospital);
  const lonE3 = at(roads.hospitalLonE3, hospital);
  return straightM(roads.projection, position.latE3, position.lonE3, latE3, lonE3);
}

function crossesTo(roads: Straight, position: Position, side: number, hospital: number): boolean {
  const latE3 = at(roads.hospitalLatE3, hospital);
  const lonE3 = at(roads.hospitalLonE3, hospital);
  const hospitalSide = roads.hospitalSide[hospital] ?? 0;
  return crosses(roads.river, side, position.latE3, position.lonE3, hospitalSide, latE3, lonE3);
}

/** The bridge of the shortest way; of two equal ones the first. */
function bridgeTo(roads: Straight, hospital: number): number {
  let best = 0;
  let bestM = overBridgeM(roads, hospital, 0);
  for (let b = 1; b < roads.bridgeCount; b += 1) {
    const distanceM = overBridgeM(roads, hospital, b);
    if (distanceM >= bestM) continue;
    best = b;
    bestM = distanceM;
  }
  return best;
}

function overBridgeM(roads: Straight, hospital: number, bridge: number): number {
  return at(roads.toBridgeM, bridge) + at(roads.bridgeToHospitalM, hospital * roads.bridgeCount + bridge);
}

function between(projection: Projection, a: Position, b: Position): number {
  return straightM(projection, a.latE3, a.lonE3, b.latE3, b.lonE3);
}

/** Whether a position has whole thousandths. */
export function isWhole(position: Position): boolean {
  return Number.isSafeInteger(position.latE3) && Number.isSafeInteger(position.lonE3);
}

function isScale(metres: number): boolean {
  return Number.isSafeInteger(metres) && metres > 0;
}

function at(values: Int32Array, i: number): number {
  return values[i] ?? 0;
}
