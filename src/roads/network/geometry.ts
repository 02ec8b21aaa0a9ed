// Lengths on the ground from ten-millionths of a degree, with + − × ÷ and √ alone: every runtime computes the same bits.

/** Metres that one ten-millionth of a degree of latitude stands for: 10,000.8 km from equator to pole. */
export const metresPerLatE7 = 0.011_112;

const radiansPerE7 = 1.745_329_251_994_33e-9;

/** cos of a latitude, from a series whose error is below 1e-7 for |latitude| ≤ 75°. */
export function cosLatE7(latE7: number): number {
  const x = latE7 * radiansPerE7;
  const x2 = x * x;
  return (
    1 - (x2 / 2) * (1 - (x2 / 12) * (1 - (x2 / 30) * (1 - (x2 / 56) * (1 - (x2 / 90) * (1 - x2 / 132)))))
  );
}

/** Straight line in metres between two points that lie near each other (some tens of kilometres). */
export function metresBetween(latE7: number, lonE7: number, otherLatE7: number, otherLonE7: number): number {
  const north = (otherLatE7 - latE7) * metresPerLatE7;
  const east = (otherLonE7 - lonE7) * metresPerLatE7 * cosLatE7((latE7 + otherLatE7) / 2);
  return Math.sqrt(north * north + east * east);
}
