/** The place of the row on which a share of all weights together falls. @param share 0 ≤ x < 1 */
export function byWeight<T>(rows: readonly T[], weightOf: (row: T) => number, share: number): number {
  let left = share * rows.reduce((sum, row) => sum + weightOf(row), 0);
  const found = rows.findIndex((row) => {
    left -= weightOf(row);
    return left < 0;
  });
  return found < 0 ? rows.length - 1 : found;
}
