/** A point on the map's sheet, in CSS pixels: x to the east, y to the south. */
export type Spot = { readonly x: number; readonly y: number };

export type Sheet = {
  readonly width: number;
  readonly height: number;
  readonly spot: (latE3: number, lonE3: number) => Spot;
};

export type Place = { readonly latE3: number; readonly lonE3: number };

export function isPlaced<T extends Partial<Place>>(one: T): one is T & Place {
  return one.latE3 !== undefined && one.lonE3 !== undefined;
}

/** Room around the outermost hospitals, as a share of their span: more above and below, where names find it. */
const marginShares = { lat: 0.1, lon: 0.05 };

/**
 * A flat map around these places, as wide as given; as high as it comes out, or as given with the places in the middle.
 * A degree of longitude counts less by the cosine of their middle latitude.
 */
export function sheetAround(places: readonly Place[], width: number, height: number | null = null): Sheet {
  const [south, north] = spanOf(places.map(({ latE3 }) => latE3));
  const [west, east] = spanOf(places.map(({ lonE3 }) => lonE3));
  const narrowing = Math.cos(((south + north) / 2_000) * (Math.PI / 180));
  const lonSpan = (east - west) * narrowing * (1 + 2 * marginShares.lon);
  const latSpan = (north - south) * (1 + 2 * marginShares.lat);
  const scale = height === null ? width / lonSpan : Math.min(width / lonSpan, height / latSpan);
  const sheetHeight = height ?? Math.round(latSpan * scale);
  const [midLat, midLon] = [(south + north) / 2, (west + east) / 2];
  return {
    width,
    height: sheetHeight,
    spot: (latE3, lonE3) => ({
      x: width / 2 + (lonE3 - midLon) * narrowing * scale,
      y: sheetHeight / 2 + (midLat - latE3) * scale,
    }),
  };
}

/** Never of no length: a region may have one hospital. */
const spanMinE3 = 100;

function spanOf(values: readonly number[]): readonly [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const missing = Math.max(0, spanMinE3 - (high - low)) / 2;
  return [low - missing, high + missing];
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
