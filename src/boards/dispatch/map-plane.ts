/** A point on the map's sheet, in its own units: x to the east, y to the south. */
export type Spot = { readonly x: number; readonly y: number };

export type Sheet = {
  readonly width: number;
  readonly height: number;
  readonly spot: (latE3: number, lonE3: number) => Spot;
};

type Place = { readonly latE3: number; readonly lonE3: number };

const widthUnits = 1_000;
/** Around the outermost hospitals, as a share of the sheet. */
const marginShare = 0.05;

/** A flat map around these places. A degree of longitude counts less by the cosine of their middle latitude. */
export function sheetAround(places: readonly Place[]): Sheet {
  const lats = places.map(({ latE3 }) => latE3);
  const lons = places.map(({ lonE3 }) => lonE3);
  const [south, north] = spanOf(lats);
  const [west, east] = spanOf(lons);
  const narrowing = Math.cos(((south + north) / 2_000) * (Math.PI / 180));
  const scale = widthUnits / ((east - west) * narrowing);
  return {
    width: widthUnits,
    height: Math.round((north - south) * scale),
    spot: (latE3, lonE3) => ({ x: (lonE3 - west) * narrowing * scale, y: (north - latE3) * scale }),
  };
}

function spanOf(values: readonly number[]): readonly [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const margin = Math.max(10, (high - low) * marginShare);
  return [low - margin, high + margin];
}

export type Direction = "left" | "right" | "up" | "down";

/** The nearest spot that lies more in this direction than aside; null at the edge. */
export function neighbourOf<T extends Spot>(spots: readonly T[], from: T, direction: Direction): T | null {
  let nearest: T | null = null;
  let nearestDistance = Number.POSITIVE_INFINITY;
  for (const spot of spots) {
    const [ahead, aside] = turned(spot.x - from.x, spot.y - from.y, direction);
    // What lies aside counts double, so that a row of marks is walked along.
    const distance = ahead + 2 * Math.abs(aside);
    if (spot === from || ahead <= 0 || Math.abs(aside) > ahead || distance >= nearestDistance) continue;
    nearest = spot;
    nearestDistance = distance;
  }
  return nearest;
}

function turned(x: number, y: number, direction: Direction): readonly [ahead: number, aside: number] {
  switch (direction) {
    case "left":
      return [-x, y];
    case "right":
      return [x, y];
    case "up":
      return [-y, x];
    case "down":
      return [y, x];
  }
}

/** How far a name may stand from its place, in its own heights, the nearest first. */
const nameShifts = [0, -1.2, 1.2, -2.4, 2.4];

/** Those names, in this order, that have room on the sheet, beside each other and away from the marks. */
export function roomyLabels<T extends Spot & { readonly name: string }>(
  labels: readonly T[],
  marks: readonly Spot[],
  letterWidth: number,
  sheet: Pick<Sheet, "width" | "height">,
): readonly T[] {
  const taken: Box[] = marks.map(({ x, y }) => ({ x0: x - 14, x1: x + 14, y0: y - 14, y1: y + 14 }));
  const isFree = (box: Box) => isInside(box, sheet) && !taken.some((other) => overlap(box, other));
  return labels.flatMap((label) => {
    for (const shift of nameShifts) {
      const placed = { ...label, y: label.y + shift * 2 * letterWidth };
      const box = boxOf(placed, letterWidth);
      if (isFree(box)) {
        taken.push(box);
        return [placed];
      }
    }
    return [];
  });
}

function boxOf({ x, y, name }: Spot & { readonly name: string }, letterWidth: number): Box {
  const half = (name.length * letterWidth) / 2;
  return { x0: x - half, x1: x + half, y0: y - 1.6 * letterWidth, y1: y + 0.6 * letterWidth };
}

function isInside({ x0, x1, y0, y1 }: Box, { width, height }: Pick<Sheet, "width" | "height">): boolean {
  return x0 >= 0 && y0 >= 0 && x1 <= width && y1 <= height;
}

type Box = { readonly x0: number; readonly x1: number; readonly y0: number; readonly y1: number };

function overlap(a: Box, b: Box): boolean {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}
