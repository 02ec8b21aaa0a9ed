import type { Cell } from "./fields.ts";

/**
 * The cell that holds a point: the 0.01° grid, named by its south-west corner in hundredths of a degree. In the
 * region's latitude a cell is 1.1 km by 0.7 km: no position in a fact is finer.
 */
export function cellAt(latE3: number, lonE3: number): Cell {
  return { latE2: Math.floor(latE3 / 10), lonE2: Math.floor(lonE3 / 10) };
}

/** The middle of a cell in thousandths of a degree: where minutes are counted from. */
export function cellMiddle(cell: Cell): { readonly latE3: number; readonly lonE3: number } {
  return { latE3: cell.latE2 * 10 + 5, lonE3: cell.lonE2 * 10 + 5 };
}
