import { secondMs } from "../basics/time.ts";
import type { CapabilityId } from "../region/vocabulary.ts";
import type { StateCell } from "../site/views/board-view.ts";
import type { Word } from "./hospitals.ts";

type Cells = ReadonlyMap<string, StateCell>;

/** What its people said: the script's own list. */
type People = {
  /** When it was brought back, UTC ms. */
  readonly backMs: number;
  /** What they called full before the loss: a word that does not end by itself. */
  readonly full: CapabilityId;
  /** Their last word on a capability. */
  readonly wordOn: (capability: string) => Pick<Word, "state" | "written"> | undefined;
};

/**
 * What a returned hospital said before its loss stands as it was said then, or has run out meanwhile; nothing looks newer than
 * its people's own word. They write at their board as soon as its process answers, which is before others count it as heard.
 * @param before its cells on a centre's board when it was brought back, @param after when it is heard again
 * @returns sentences of what is not so
 */
export function lastWordsUnmet(
  before: Cells,
  after: Cells,
  { backMs, full, wordOn }: People,
): readonly string[] {
  const areAllShown = after.size > 0 && after.size === before.size;
  const changed = [...after].filter(([capability, cell]) => {
    const word = wordOn(capability);
    const isNew = word !== undefined && word.written.sentMs >= backMs && isWord(cell, word);
    return !isNew && !standsAsSaid(before.get(capability), cell);
  });
  const isFullShown = isWord(after.get(full), wordOn(full)) && after.get(full)?.state === "full";
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

/** It was sent a little before it was written. */
function isWord(cell: StateCell | undefined, word: ReturnType<People["wordOn"]>): boolean {
  if (cell === undefined || word === undefined) return false;
  return cell.state === word.state && Math.abs(cell.saidMs - word.written.sentMs) <= 2 * secondMs;
}

/** Boards show whole seconds by their own clock, and offsets of clocks are measured to some ms. */
function isSameMoment(aMs: number, bMs: number): boolean {
  return Math.abs(aMs - bMs) <= secondMs;
}
