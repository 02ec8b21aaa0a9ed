/** What a hospital was assigned by force of late. */
export type Turn = {
  readonly count: number;
  /** When it last was, UTC milliseconds; null: never of late. */
  readonly lastMs: number | null;
};

export const noTurn: Turn = { count: 0, lastMs: null };

/**
 * @param assigned when each mission was assigned to the hospital, UTC milliseconds
 * @param mission one that does not count; null: all do
 * @param fromMs what lies before does not count
 */
export function turnOf(assigned: ReadonlyMap<string, number>, mission: string | null, fromMs: number): Turn {
  const times = [...assigned]
    .filter(([one, atMs]) => one !== mission && atMs >= fromMs)
    .map(([, atMs]) => atMs);
  return times.length === 0 ? noTurn : { count: times.length, lastMs: Math.max(...times) };
}

/** Below zero: `a` comes first. Who was assigned fewest of late; of as many, whose last one is the oldest. */
export function compareTurns(a: Turn, b: Turn): number {
  return a.count - b.count || (a.lastMs ?? 0) - (b.lastMs ?? 0);
}
