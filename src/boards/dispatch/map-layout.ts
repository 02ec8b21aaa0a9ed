import type { Spot } from "./map-plane.ts";

/** Everything here is in one unit, the sheet's: on the boards a CSS pixel. */
export type Box = { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number };
export type Size = { readonly width: number; readonly height: number };

/** How a mark finds its place beside others: half its width with the room around it. */
export type MarkSize = { readonly half: number };

/** Rounds in which crowded marks push each other; what still touches then is put where there is room. */
const pushRounds = 40;
const ringStep = 4;

/**
 * Every mark as near to its true place as others let it: no two squares of `half` overlap and none leaves the sheet.
 * `taken` are boxes that are there already. The same marks in the same order always get the same places. The sheet
 * must have room for about twice as many marks; one that finds none stays at its true place.
 */
export function spreadMarks(
  places: readonly Spot[],
  { half }: MarkSize,
  sheet: Size,
  taken: readonly Box[] = [],
): readonly Spot[] {
  const pushed = pushedApart(places, half, sheet);
  const boxes = [...taken];
  return pushed.map((wanted) => {
    const spot = nearestFree(wanted, half, sheet, boxes) ?? wanted;
    boxes.push(squareAround(spot, half));
    return spot;
  });
}

function pushedApart(places: readonly Spot[], half: number, sheet: Size): readonly Spot[] {
  const spots = places.map(({ x, y }) => ({ x, y }));
  for (let round = 0; round < pushRounds; round += 1) {
    spots.forEach((a, i) => {
      for (const b of spots.slice(i + 1)) push(a, b, half);
    });
    for (const spot of spots) Object.assign(spot, within(spot, half, sheet));
  }
  return spots;
}

type Moving = { x: number; y: number };

/** Along the axis on which they overlap less, each by half of it. */
function push(a: Moving, b: Moving, half: number): void {
  const overX = 2 * half - Math.abs(a.x - b.x);
  const overY = 2 * half - Math.abs(a.y - b.y);
  if (overX <= 0 || overY <= 0) return;
  const axis = overX <= overY ? "x" : "y";
  const shift = (Math.min(overX, overY) / 2) * (a[axis] <= b[axis] ? 1 : -1);
  a[axis] -= shift;
  b[axis] += shift;
}

function within({ x, y }: Spot, half: number, { width, height }: Size): Spot {
  return {
    x: Math.min(Math.max(x, half), width - half),
    y: Math.min(Math.max(y, half), height - half),
  };
}

function nearestFree(wanted: Spot, half: number, sheet: Size, taken: readonly Box[]): Spot | null {
  const radiusMax = sheet.width + sheet.height;
  for (let radius = 0; radius <= radiusMax; radius += ringStep) {
    const count = Math.max(1, Math.ceil((2 * Math.PI * radius) / ringStep));
    for (let i = 0; i < count; i += 1) {
      const angle = (2 * Math.PI * i) / count;
      const spot = { x: wanted.x + radius * Math.cos(angle), y: wanted.y + radius * Math.sin(angle) };
      if (isFree(squareAround(spot, half), sheet, taken)) return spot;
    }
  }
  return null;
}

/**
 * A mark that is to be named: its place, the sizes its name may take, the best one first, and its rank from 0: no name
 * is left out for one of a higher rank number.
 */
export type Naming = { readonly mark: Spot; readonly sizes: readonly Size[]; readonly rank: number };

/** Where a name stands, in which of its sizes, and the end of the line to its mark; null: there is no room. */
export type Named = { readonly box: Box; readonly size: number; readonly lineTo: Spot | null };

/** Names nearer to their mark than this need no line. */
const lineFrom = 4;
const nameRings = 26;
const nameRingStep = 7;
/** How often those that found no room are given a place before the others. */
const turnsMax = 6;

/**
 * A place for every name: on the sheet, apart from all marks and each other, the lines to the marks across no name
 * where that can be had. Those named first choose first; where one finds no room it is let choose earlier. Null for
 * each that found none in the end: the caller counts them.
 */
export function placeNames(
  namings: readonly Naming[],
  { half }: MarkSize,
  sheet: Size,
  taken: readonly Box[],
): readonly (Named | null)[] {
  let order = namings.map((_, i) => i);
  let best = namedInOrder(namings, order, half, sheet, taken);
  for (let turn = 0; turn < turnsMax && best.includes(null); turn += 1) {
    const failed = new Set(order.filter((i) => best[i] === null));
    order = [...order.filter((i) => failed.has(i)), ...order.filter((i) => !failed.has(i))];
    const next = namedInOrder(namings, order, half, sheet, taken);
    if (!isWorse(next, best, namings)) best = next;
  }
  return best;
}

/** More left out in the first rank in which they differ. */
function isWorse(a: readonly unknown[], b: readonly unknown[], namings: readonly Naming[]): boolean {
  const ranks = [...new Set(namings.map(({ rank }) => rank))].sort((one, other) => one - other);
  const leftOut = (list: readonly unknown[], wanted: number) =>
    list.filter((name, i) => name === null && namings[i]?.rank === wanted).length;
  const differing = ranks.find((rank) => leftOut(a, rank) !== leftOut(b, rank));
  return differing !== undefined && leftOut(a, differing) > leftOut(b, differing);
}

function namedInOrder(
  namings: readonly Naming[],
  order: readonly number[],
  half: number,
  sheet: Size,
  taken: readonly Box[],
): readonly (Named | null)[] {
  const boxes = [...taken];
  const lines: Line[] = [];
  const named = namings.map((): Named | null => null);
  for (const i of order) {
    const naming = namings[i];
    if (naming === undefined) continue;
    const place = placeOf(naming, half, sheet, boxes, lines);
    if (place === null) continue;
    named[i] = place;
    boxes.push(place.box);
    if (place.lineTo !== null) lines.push({ from: naming.mark, to: place.lineTo });
  }
  return named;
}

type Line = { readonly from: Spot; readonly to: Spot };

/** Right, left, below, above, then between: as names on maps are looked for. */
const directions = [0, 8, 4, 12, 2, 6, 14, 10, 1, 15, 7, 9, 3, 5, 13, 11].map((n) => (n * Math.PI) / 8);

function placeOf(
  { mark, sizes }: Naming,
  half: number,
  sheet: Size,
  boxes: readonly Box[],
  lines: readonly Line[],
): Named | null {
  let crossing: Named | null = null;
  for (let ring = 0; ring < nameRings; ring += 1) {
    for (const [size, { width, height }] of sizes.entries()) {
      for (const angle of directions) {
        const gap = half + ring * nameRingStep;
        const box = boxAround(
          {
            x: mark.x + Math.cos(angle) * (width / 2 + gap),
            y: mark.y + Math.sin(angle) * (height / 2 + gap),
          },
          width,
          height,
        );
        if (!isFree(box, sheet, boxes)) continue;
        const place = { box, size, lineTo: lineEnd(mark, box, half) };
        if (!crosses(mark, place, boxes, lines)) return place;
        crossing ??= place;
      }
    }
  }
  return crossing;
}

/** How far a town's name may stand above or below its place, in its own heights, the nearest first. */
const townShifts = [0, -1.2, 1.2, -2.4, 2.4];

/** Centred names that are only there where there is room, in this order: where each stands, or null. */
export function placeTowns(
  towns: readonly (Spot & Size)[],
  sheet: Size,
  taken: readonly Box[],
): readonly (Box | null)[] {
  const boxes = [...taken];
  return towns.map((town) => {
    const options = townShifts.map((shift) => {
      return boxAround({ x: town.x, y: town.y + shift * town.height }, town.width, town.height);
    });
    const box = options.find((option) => isFree(option, sheet, boxes)) ?? null;
    if (box !== null) boxes.push(box);
    return box;
  });
}

/** Whether its line runs under another name or mark, or it stands on another's line. */
function crosses(mark: Spot, { box, lineTo }: Named, boxes: readonly Box[], lines: readonly Line[]): boolean {
  if (lines.some(({ from, to }) => meets(box, from, to))) return true;
  if (lineTo === null) return false;
  return boxes.some((other) => !holds(other, mark) && meets(other, mark, lineTo));
}

/** The point of a name's box that is nearest to its mark; null where they stand together. */
function lineEnd(mark: Spot, box: Box, half: number): Spot | null {
  const x = Math.min(Math.max(mark.x, box.x0), box.x1);
  const y = Math.min(Math.max(mark.y, box.y0), box.y1);
  return Math.hypot(x - mark.x, y - mark.y) > half + lineFrom ? { x, y } : null;
}

export function squareAround(spot: Spot, half: number): Box {
  return boxAround(spot, 2 * half, 2 * half);
}

function boxAround({ x, y }: Spot, width: number, height: number): Box {
  return { x0: x - width / 2, y0: y - height / 2, x1: x + width / 2, y1: y + height / 2 };
}

function isFree(box: Box, sheet: Size, taken: readonly Box[]): boolean {
  return isInside(box, sheet) && !taken.some((other) => overlap(box, other));
}

/** Rounding must not make neighbours of strangers. */
const tolerance = 1e-6;

function isInside({ x0, y0, x1, y1 }: Box, { width, height }: Size): boolean {
  return x0 >= -tolerance && y0 >= -tolerance && x1 <= width + tolerance && y1 <= height + tolerance;
}

export function overlap(a: Box, b: Box): boolean {
  return (
    a.x0 < b.x1 - tolerance && b.x0 < a.x1 - tolerance && a.y0 < b.y1 - tolerance && b.y0 < a.y1 - tolerance
  );
}

function holds({ x0, y0, x1, y1 }: Box, { x, y }: Spot): boolean {
  return x >= x0 && x <= x1 && y >= y0 && y <= y1;
}

/** Whether a straight line touches a box (clipped from both ends, axis by axis). Most pass far from it. */
function meets({ x0, y0, x1, y1 }: Box, from: Spot, to: Spot): boolean {
  if (Math.max(from.x, to.x) < x0 || Math.min(from.x, to.x) > x1) return false;
  if (Math.max(from.y, to.y) < y0 || Math.min(from.y, to.y) > y1) return false;
  const alongX = to.x - from.x;
  const alongY = to.y - from.y;
  // Straight up or across: what it may miss it has missed above.
  if (alongX === 0 || alongY === 0) return true;
  const atX = [(x0 - from.x) / alongX, (x1 - from.x) / alongX] as const;
  const atY = [(y0 - from.y) / alongY, (y1 - from.y) / alongY] as const;
  return Math.max(0, Math.min(...atX), Math.min(...atY)) <= Math.min(1, Math.max(...atX), Math.max(...atY));
}
