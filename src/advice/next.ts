import { driveFromHospital, type MinutesSource, type Roads } from "../roads/roads.ts";
import type { ClosedRoads } from "../roads/table/table.ts";

/** From every hospital to every other, for what it costs to be turned away: all minutes from one source. */
export type Neighbours = {
  /** Tenths of a minute: row from, column to. */
  readonly minTenths: Uint16Array;
  /** Row a hospital: the others within reach, the nearest first. */
  readonly nearest: readonly Uint16Array[];
};

/**
 * The neighbours of a region's hospitals by the source of the advice that asks. Live traffic is asked from patients'
 * places only: beside it the road table speaks, or the estimate where there is none. Closures change the table's minutes
 * here too: they are read again when it has others.
 */
export class Neighbourhood {
  readonly #roads: Roads;
  readonly #reachMinTenths: number;
  #byTable: Neighbours | null = null;
  #closed: ClosedRoads | null = null;
  #estimated: Neighbours | null = null;

  /** @param reachMinTenths how far off a next hospital still counts as one */
  constructor(roads: Roads, reachMinTenths: number) {
    this.#roads = roads;
    this.#reachMinTenths = reachMinTenths;
    this.of("table");
  }

  of(source: MinutesSource): Neighbours {
    const { table } = this.#roads;
    if (table === null || source === "estimate") {
      this.#estimated ??= neighboursIn({ ...this.#roads, table: null }, this.#reachMinTenths);
      return this.#estimated;
    }
    if (this.#byTable === null || this.#closed !== table.closed) {
      this.#byTable = neighboursIn(this.#roads, this.#reachMinTenths);
      this.#closed = table.closed;
    }
    return this.#byTable;
  }
}

/** By the table of these roads, else estimated. */
export function neighboursIn(roads: Roads, reachMinTenths: number): Neighbours {
  const count = roads.hospitalCount;
  const minTenths = new Uint16Array(count * count);
  const nearest: Uint16Array[] = [];
  for (let from = 0; from < count; from += 1) {
    const row = minTenths.subarray(from * count, (from + 1) * count);
    driveFromHospital(roads, from, row);
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
