import { assert } from "../../basics/assert.ts";
import { farther, type RoadTable, rowFrom } from "./table.ts";

/** So many hospitals are kept a point of the grid, and so many with each capability. */
export const compactNearest = 32;
export const compactWithCapability = 3;

/** Stands for "not among those kept here". */
const absent = 255;
/** Steps of 24 s: up to 101.6 minutes. */
const stepTenths = 240;

/**
 * A region's driving times small enough for a tablet: a grid of points, at each the nearest hospitals. For each hospital
 * a sheet of one byte a point (row by row from the south-west): steps of 24 s, or 255. Neighbours differ little, so sheets of
 * differences pack well.
 */
export type CompactTable = {
  readonly southE3: number;
  readonly westE3: number;
  readonly stepLatE3: number;
  readonly stepLonE3: number;
  readonly rows: number;
  readonly columns: number;
  readonly hospitals: readonly string[];
  /** Sheet after sheet. */
  readonly steps: Uint8Array;
};

export type CompactGrid = Omit<CompactTable, "hospitals" | "steps">;

const e7OfE3 = 10_000;

/** `masks`: each hospital's capabilities as bits; `bits`: the bits that a patient may need. */
export function compactOf(
  table: RoadTable,
  grid: CompactGrid,
  masks: Uint32Array,
  bits: readonly number[],
): CompactTable {
  const count = table.hospitals.length;
  assert(masks.length === count, "capabilities of every hospital");
  const points = grid.rows * grid.columns;
  const steps = new Uint8Array(points * count).fill(absent);
  const row = new Uint16Array(count);
  for (let point = 0; point < points; point += 1) {
    const latE3 = grid.southE3 + Math.floor(point / grid.columns) * grid.stepLatE3;
    const lonE3 = grid.westE3 + (point % grid.columns) * grid.stepLonE3;
    if (!rowFrom(table, latE3 * e7OfE3, lonE3 * e7OfE3, row).ok) continue;
    for (const hospital of keptAt(row, masks, bits)) {
      const step = Math.floor((row[hospital] ?? farther) / stepTenths + 0.5);
      if (step < absent) steps[hospital * points + point] = step;
    }
  }
  return { ...grid, hospitals: table.hospitals.map(({ id }) => id), steps };
}

/** The nearest of all, and the nearest with each capability. */
function keptAt(row: Uint16Array, masks: Uint32Array, bits: readonly number[]): ReadonlySet<number> {
  const order = Array.from(row.keys()).sort((a, b) => (row[a] ?? 0) - (row[b] ?? 0) || a - b);
  const kept = new Set(order.slice(0, compactNearest));
  for (const bit of bits) {
    const able = order.filter((hospital) => ((masks[hospital] ?? 0) & bit) !== 0);
    for (const hospital of able.slice(0, compactWithCapability)) kept.add(hospital);
  }
  return kept;
}

/** Tenths of a second to each hospital between the grid's points, into `row`; {@link farther}: not kept near here. */
export function compactRowFrom(
  compact: CompactTable,
  latE3: number,
  lonE3: number,
  row: Uint16Array,
): boolean {
  const { rows, columns, steps, hospitals } = compact;
  const north = (latE3 - compact.southE3) / compact.stepLatE3;
  const east = (lonE3 - compact.westE3) / compact.stepLonE3;
  if (!(north >= 0 && east >= 0 && north <= rows - 1 && east <= columns - 1)) return false;
  const r = Math.min(Math.floor(north), rows - 2);
  const c = Math.min(Math.floor(east), columns - 2);
  const point = r * columns + c;
  const corners = [point, point + 1, point + columns, point + columns + 1];
  const [up, right] = [north - r, east - c];
  const weights = [(1 - up) * (1 - right), (1 - up) * right, up * (1 - right), up * right];
  for (let hospital = 0; hospital < hospitals.length; hospital += 1) {
    const sheet = hospital * rows * columns;
    let sum = 0;
    let weight = 0;
    for (let i = 0; i < 4; i += 1) {
      const step = steps[sheet + (corners[i] ?? 0)] ?? absent;
      if (step === absent) continue;
      sum += step * (weights[i] ?? 0);
      weight += weights[i] ?? 0;
    }
    row[hospital] = weight === 0 ? farther : Math.floor((sum / weight) * stepTenths + 0.5);
  }
  return true;
}
