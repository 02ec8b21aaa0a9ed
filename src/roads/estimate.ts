/** Where the minutes come from, in the words that stand beside them on every board. */
export const estimateSource = {
  de: "Schätzung Luftlinie ±30 %",
  en: "straight-line estimate ±30 %",
} as const;

/**
 * Minutes of an ambulance with blue lights for a straight line of `distanceM` whole metres, in tenths of a minute:
 * max(1, −0.6 + 0.96 d + 2.0 √d) minutes for d km. Certainty D: the mean of two fits on other German road extracts,
 * ± 30 %. `factorE3`: thousandths by which the region's own drives take longer (fit.ts).
 *
 * Tenths of a minute, not seconds: penalties are whole minutes, so minutes shown always add up, and 6 s is
 * already finer than the estimate deserves.
 */
export function driveMinTenthsOf(distanceM: number, factorE3 = 1_000): number {
  // Rounded by floor: the same as Math.round here, at half its price.
  const minTenths = -6 + (96 * distanceM) / 10_000 + 20 * Math.sqrt(distanceM / 1_000);
  return Math.max(10, Math.floor(minTenths * (factorE3 / 1_000) + 0.5));
}
