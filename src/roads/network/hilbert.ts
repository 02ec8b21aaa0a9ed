const order = 16;

/**
 * Place of a cell of a 65,536 × 65,536 grid on the Hilbert curve, a whole number below 2^32. Neighbours on the curve
 * are neighbours on the ground, so what is read together lies together.
 */
export function hilbertPlace(column: number, row: number): number {
  let x = column;
  let y = row;
  let place = 0;
  for (let side = 1 << (order - 1); side > 0; side >>= 1) {
    const right = (x & side) > 0 ? 1 : 0;
    const upper = (y & side) > 0 ? 1 : 0;
    place = place * 4 + ((3 * right) ^ upper);
    if (upper === 0) {
      if (right === 1) {
        x = (1 << order) - 1 - x;
        y = (1 << order) - 1 - y;
      }
      const swapped = x;
      x = y;
      y = swapped;
    }
  }
  return place;
}

/** The points' indices in the order of the curve laid over their bounding box; equal places keep their order. */
export function hilbertOrder(latE7: Int32Array, lonE7: Int32Array): Int32Array {
  const south = lowest(latE7);
  const west = lowest(lonE7);
  const scale = 65_535 / Math.max(1, highest(latE7) - south, highest(lonE7) - west);
  const places = Float64Array.from(latE7, (lat, i) =>
    hilbertPlace(Math.floor(((lonE7[i] ?? 0) - west) * scale), Math.floor((lat - south) * scale)),
  );
  return Int32Array.from(places.keys()).sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0) || a - b);
}

function lowest(values: Int32Array): number {
  let least = Number.MAX_SAFE_INTEGER;
  for (const value of values) if (value < least) least = value;
  return least;
}

function highest(values: Int32Array): number {
  let most = Number.MIN_SAFE_INTEGER;
  for (const value of values) if (value > most) most = value;
  return most;
}
