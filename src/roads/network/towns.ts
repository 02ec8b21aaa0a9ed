import type { WayRule } from "./way-rule.ts";

/** Side of a cell, ten-millionths of a degree: about 440 m by 290 m. */
const cellE7 = 40_000;
const columns = 100_000;
/** So many pieces of residential street in a cell and its eight neighbours make a town (own estimate, certainty D). */
const residentialLegsMin = 20;

/** Where towns are, as far as the density of residential streets tells: used only where the tags do not say. */
export class Towns {
  readonly #counts = new Map<number, number>();

  count(rule: WayRule, latE7: number, lonE7: number): void {
    if (rule.road !== "residential" && rule.road !== "living_street") return;
    const cell = cellOf(latE7, lonE7);
    this.#counts.set(cell, (this.#counts.get(cell) ?? 0) + 1);
  }

  isInside(latE7: number, lonE7: number): boolean {
    const cell = cellOf(latE7, lonE7);
    let count = 0;
    for (const north of [-columns, 0, columns]) {
      for (const east of [-1, 0, 1]) count += this.#counts.get(cell + north + east) ?? 0;
    }
    return count >= residentialLegsMin;
  }
}

function cellOf(latE7: number, lonE7: number): number {
  return (Math.floor(latE7 / cellE7) + 30_000) * columns + Math.floor(lonE7 / cellE7) + 50_000;
}
