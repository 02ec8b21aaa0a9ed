import type { Name } from "../basics/name.ts";
import { secondMs } from "../basics/time.ts";
import type { StateCell } from "../site/views/board-view.ts";

type Cells = ReadonlyMap<string, StateCell>;

/**
 * What a returned hospital said before its loss stands as it was said then, or has run out meanwhile; nothing looks newer.
 * @param before its cells on a centre's board when it was brought back, @param after when it is heard again
 * @param full a word of it that does not end by itself, and when it was sent, UTC ms
 * @returns sentences of what is not so
 */
export function lastWordsUnmet(
  before: Cells,
  after: Cells,
  full: { readonly capability: Name; readonly saidMs: number },
): readonly string[] {
  const areAllShown = after.size > 0 && after.size === before.size;
  const changed = [...after].filter(([capability, cell]) => !standsAsSaid(before.get(capability), cell));
  const cell = after.get(full.capability);
  const isFullShown = cell?.state === "full" && Math.abs(cell.saidMs - full.saidMs) <= 2 * secondMs;
  return [
    ...(areAllShown ? [] : ["a returned hospital's last words are not all shown"]),
    ...changed.map(([capability]) => `the last word on ${capability} is not shown with its age`),
    ...(isFullShown ? [] : ["the returned hospital's word that does not end is not shown with its age"]),
  ];
}

function standsAsSaid(old: StateCell | undefined, cell: StateCell): boolean {
  if (old === undefined) return false;
  const isSame = old.state === cell.state && isSameMoment(old.saidMs, cell.saidMs);
  return isSame || (cell.state === "unconfirmed" && isSameMoment(old.untilMs ?? 0, cell.saidMs));
}

/** Boards show whole seconds by their own clock, and offsets of clocks are measured to some ms. */
function isSameMoment(aMs: number, bMs: number): boolean {
  return Math.abs(aMs - bMs) <= secondMs;
}
