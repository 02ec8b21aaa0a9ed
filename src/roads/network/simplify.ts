import { cosLatE7, metresPerLatE7 } from "./geometry.ts";

/** A bend that departs less than this from the straight line is left out of a segment's shape, metres. */
const toleranceM = 3;

/** Indices of the points that keep the line within {@link toleranceM} (Douglas and Peucker); both ends stay. */
export function keptPoints(latE7: readonly number[], lonE7: readonly number[]): readonly number[] {
  const last = latE7.length - 1;
  const keep = new Set([0, last]);
  const open: (readonly [number, number])[] = [[0, last]];
  for (let span = open.pop(); span !== undefined; span = open.pop()) {
    const [begin, end] = span;
    const farthest = farthestFrom(latE7, lonE7, begin, end);
    if (farthest < 0) continue;
    keep.add(farthest);
    open.push([begin, farthest], [farthest, end]);
  }
  return [...keep].sort((a, b) => a - b);
}

/** −1: none departs far enough. */
function farthestFrom(
  latE7: readonly number[],
  lonE7: readonly number[],
  begin: number,
  end: number,
): number {
  const lat0 = latE7[begin] ?? 0;
  const lon0 = lonE7[begin] ?? 0;
  const lonScale = cosLatE7(lat0);
  const endNorth = (latE7[end] ?? 0) - lat0;
  const endEast = ((lonE7[end] ?? 0) - lon0) * lonScale;
  const length2 = endNorth * endNorth + endEast * endEast;
  const limit = toleranceM / metresPerLatE7;
  let farthest = -1;
  let most2 = limit * limit;
  for (let i = begin + 1; i < end; i += 1) {
    const north = (latE7[i] ?? 0) - lat0;
    const east = ((lonE7[i] ?? 0) - lon0) * lonScale;
    const along = length2 === 0 ? 0 : (north * endNorth + east * endEast) / length2;
    const t = Math.max(0, Math.min(1, along));
    const offNorth = north - t * endNorth;
    const offEast = east - t * endEast;
    const off2 = offNorth * offNorth + offEast * offEast;
    if (off2 <= most2) continue;
    most2 = off2;
    farthest = i;
  }
  return farthest;
}
