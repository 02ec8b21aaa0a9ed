/** Everything here is in one unit, the sheet's: on the boards a CSS pixel. */
export type Box = { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };
export type Size = { readonly width: number; readonly height: number };

/** Rounding must not make neighbours of strangers. */
export const tolerance = 1e-6;

export function overlap(a: Box, b: Box): boolean {
  return (
    a.x0 < b.x1 - tolerance && b.x0 < a.x1 - tolerance && a.y0 < b.y1 - tolerance && b.y0 < a.y1 - tolerance
  );
}

/** About a name's height and half its length. */
const cellPx = 40;
/** Cells in a row of the grid, more than any sheet is wide. */
const cellsInRow = 4_096;

/** Boxes that are there already, by the cells of a grid: who asks for room looks at neighbours only. */
export class Taken {
  readonly all: Box[] = [];
  readonly #cells = new Map<number, Box[]>();

  constructor(boxes: readonly Box[]) {
    for (const box of boxes) this.add(box);
  }

  add(box: Box): void {
    this.all.push(box);
    for (const cell of cellsOf(box)) {
      const there = this.#cells.get(cell);
      if (there === undefined) this.#cells.set(cell, [box]);
      else there.push(box);
    }
  }

  /** Whether one of them lies under a part of this one. */
  covers(box: Box): boolean {
    return cellsOf(box).some((cell) => this.#cells.get(cell)?.some((other) => overlap(box, other)) === true);
  }
}

function cellsOf({ x0, y0, x1, y1 }: Box): readonly number[] {
  const cells: number[] = [];
  for (let y = Math.floor(y0 / cellPx); y <= Math.floor(y1 / cellPx); y += 1) {
    for (let x = Math.floor(x0 / cellPx); x <= Math.floor(x1 / cellPx); x += 1)
      cells.push(y * cellsInRow + x);
  }
  return cells;
}
