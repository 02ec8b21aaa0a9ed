import { nearestOf, type RoadTable, rowFrom } from "./table.ts";

/** A place where people live, as a region's files name it. */
export type PeopleCell = { readonly latE3: number; readonly lonE3: number; readonly people: number };

/** A hospital of the table (its column) and the way to it, tenths of a second. */
export type BestHospital = { readonly column: number; readonly tenths: number };

const e7OfE3 = 10_000;

/**
 * For one cell, for each of `bits` the `k` nearest hospitals that have it, nearest first; fewer where fewer are within
 * the table's reach. Null: no road near the cell's middle. `masks`: each column's capabilities as bits.
 */
export function bestOfCell(
  table: RoadTable,
  { latE3, lonE3 }: PeopleCell,
  masks: Uint32Array,
  bits: readonly number[],
  k: number,
): readonly (readonly BestHospital[])[] | null {
  const row = new Uint16Array(table.hospitals.length);
  if (!rowFrom(table, latE3 * e7OfE3, lonE3 * e7OfE3, row).ok) return null;
  return bits.map((bit) =>
    nearestOf(row, masks, bit, k).map((column) => ({ column, tenths: row[column] ?? 0 })),
  );
}
