import { assert } from "../basics/assert.ts";
import type { Position } from "./plane.ts";

/** The middle of a river as a polyline, in the order of its course. No points: no river. */
export type River = { readonly latE3: Int32Array; readonly lonE3: Int32Array };

export function buildRiver(course: readonly Position[]): River {
  assert(course.length !== 1, "a river has two points or none");
  return {
    latE3: Int32Array.from(course, (point) => point.latE3),
    lonE3: Int32Array.from(course, (point) => point.lonE3),
  };
}

/**
 * On which side a point lies, 0 or 1, if the river went on due south from its first point and due north from its
 * last. Exact: whole numbers only. A point on the line itself belongs to side 0, always the same.
 *
 * The two continuations are a device, not water: {@link crosses} takes them out again.
 */
export function sideOf(river: River, latE3: number, lonE3: number): 0 | 1 {
  let crossings = 0;
  const last = river.latE3.length - 1;
  if (last < 1) return 0;
  if (latE3 < at(river.latE3, 0) && lonE3 < at(river.lonE3, 0)) crossings += 1;
  if (latE3 >= at(river.latE3, last) && lonE3 < at(river.lonE3, last)) crossings += 1;
  for (let i = 0; i < last; i += 1) {
    if (isWestOf(river, i, latE3, lonE3)) crossings += 1;
  }
  return crossings % 2 === 0 ? 0 : 1;
}

/** Whether the river's leg `i` lies due east of the point, its southern end included and its northern not. */
function isWestOf(river: River, i: number, latE3: number, lonE3: number): boolean {
  const startLat = at(river.latE3, i);
  const endLat = at(river.latE3, i + 1);
  if (startLat > latE3 === endLat > latE3) return false;
  const startLon = at(river.lonE3, i);
  const turn =
    (at(river.lonE3, i + 1) - startLon) * (latE3 - startLat) - (lonE3 - startLon) * (endLat - startLat);
  return endLat > startLat ? turn > 0 : turn < 0;
}

/**
 * Whether the straight line between two points, whose sides are known, crosses the river an odd number of times.
 * An even number, as over one of its loops, is a line between two places on the same bank and counts as none.
 * Past its ends there is no river: a region draws it as far as its own bridges are listed.
 */
export function crosses(
  river: River,
  side: number,
  latE3: number,
  lonE3: number,
  otherSide: number,
  otherLatE3: number,
  otherLonE3: number,
): boolean {
  const last = river.latE3.length - 1;
  if (last < 1) return false;
  const firstLat = at(river.latE3, 0);
  const lastLat = at(river.latE3, last);
  let odd = side !== otherSide;
  if (latE3 < firstLat || otherLatE3 < firstLat) {
    const cut = cutAt(at(river.lonE3, 0), firstLat, latE3, lonE3, otherLatE3, otherLonE3);
    if (cut < 0) odd = !odd;
  }
  if (latE3 >= lastLat || otherLatE3 >= lastLat) {
    const cut = cutAt(at(river.lonE3, last), lastLat, latE3, lonE3, otherLatE3, otherLonE3);
    if (cut > 0) odd = !odd;
  }
  return odd;
}

/** Where the line meets the meridian: below `atLat` (negative), above it (positive), on it or not at all (0). */
function cutAt(
  meridianLon: number,
  atLat: number,
  latE3: number,
  lonE3: number,
  otherLat: number,
  otherLon: number,
): number {
  if (lonE3 < meridianLon === otherLon < meridianLon) return 0;
  const rise = (otherLat - latE3) * (meridianLon - lonE3) - (atLat - latE3) * (otherLon - lonE3);
  return otherLon > lonE3 ? rise : -rise;
}

function at(values: Int32Array, i: number): number {
  return values[i] ?? 0;
}
