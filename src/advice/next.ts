import { assert } from "../basics/assert.ts";
import { driveFrom, type Roads } from "../roads/roads.ts";

/**
 * From every hospital to every other, for what it costs to be turned away. Made once a region base: road closures and
 * the traffic of the moment do not change it.
 */
export type Neighbours = {
  /** Tenths of a minute: row from, column to. */
  readonly minTenths: Uint16Array;
  /** Row a hospital: the others within reach, the nearest first. */
  readonly nearest: readonly Uint16Array[];
};

/** @param reachMinTenths how far off a next hospital still counts as one */
export function buildNeighbours(roads: Roads, reachMinTenths: number): Neighbours {
  const count = roads.hospitalCount;
  const minTenths = new Uint16Array(count * count);
  const nearest: Uint16Array[] = [];
  for (let from = 0; from < count; from += 1) {
    const place = { latE3: roads.hospitalLatE3[from] ?? 0, lonE3: roads.hospitalLonE3[from] ?? 0 };
    const row = minTenths.subarray(from * count, (from + 1) * count);
    assert(driveFrom({ ...roads, live: null }, place, row).ok, "a hospital lies in its own region");
    nearest.push(within(row, from, reachMinTenths));
  }
  return { minTenths, nearest };
}

function within(row: Uint16Array, from: number, reachMinTenths: number): Uint16Array {
  const drive = (hospital: number) => row[hospital] ?? 0;
  const others = [...row.keys()].filter((hospital) => hospital !== from && drive(hospital) < reachMinTenths);
  return Uint16Array.from(others.sort((a, b) => drive(a) - drive(b) || a - b));
}

/** Up to so many open hospitals are compared one by one; of more, the first of those nearby is soon found. */
const fewOpen = 16;

/**
 * Tenths of a minute from a hospital to the nearest other that is open, at most `noNextMinTenths`: so much it is where
 * there is none.
 *
 * @param isOpen by hospital, 1: confirmed open for the need; `open` lists the same
 */
export function nextMinTenths(
  { minTenths, nearest }: Neighbours,
  from: number,
  isOpen: Uint8Array,
  open: readonly number[],
  noNextMinTenths: number,
): number {
  const row = from * isOpen.length;
  if (open.length > fewOpen) {
    const near = nearest[from] ?? new Uint16Array(0);
    for (let i = 0; i < near.length; i += 1) {
      const hospital = near[i] ?? 0;
      if (isOpen[hospital] === 1) return minTenths[row + hospital] ?? noNextMinTenths;
    }
    return noNextMinTenths;
  }
  let least = noNextMinTenths;
  for (let i = 0; i < open.length; i += 1) {
    const hospital = open[i] ?? 0;
    const drive = minTenths[row + hospital] ?? noNextMinTenths;
    if (hospital !== from && drive < least) least = drive;
  }
  return least;
}
