import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { secondMs } from "../../basics/time.ts";

/** Long enough to find a name among forty and write its number down. */
const turnEveryMs = 20 * secondMs;

/** What stands under a list that does not show all. */
type FitWords = {
  readonly more: (count: number) => string;
  /** Of a list that turns its pages; rows count from 1. */
  readonly page: (first: number, last: number, count: number) => string;
};

/**
 * Lists on the wall show as many whole rows as there is room for; the rest is counted in the line below. Measured anew
 * when what they say changes and when their room does. Rows are hidden in the page and not in the tree that draws it:
 * how many fit is known only there.
 */
export function useFitted(root: RefObject<HTMLDivElement | null>, said: string, words: FitWords): void {
  const fitAll = () => fitLists(root.current, words);
  const latest = useRef(fitAll);
  latest.current = fitAll;
  useLayoutEffect(fitAll, [said]);
  useLayoutEffect(() => {
    const main = root.current?.querySelector("main");
    if (!main) return undefined;
    const observer = new ResizeObserver(() => latest.current());
    observer.observe(main);
    return () => observer.disconnect();
  }, []);
}

/**
 * With which row the list that turns its pages begins, from 0: every {@link turnEveryMs} with the one after those that
 * it shows, after the last with the first. A list that fits as a whole stands still.
 */
export function useTurning(root: RefObject<HTMLDivElement | null>, count: number): number {
  const [from, turn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      const shown = root.current?.querySelectorAll("[data-from] li:not([hidden])").length ?? 0;
      turn((first) => (first + shown < count ? first + shown : 0));
    }, turnEveryMs);
    return () => clearInterval(timer);
  }, [count]);
  return from < count ? from : 0;
}

type List = {
  readonly rows: HTMLElement;
  readonly items: readonly HTMLElement[];
  readonly rest: HTMLElement;
  readonly count: number;
  /** Null: it turns no pages. */
  readonly from: number | null;
};

function fitLists(root: HTMLElement | null, words: FitWords): void {
  const lists = [...(root?.querySelectorAll<HTMLElement>(".wall-panel") ?? [])].flatMap(listIn);
  for (const list of lists) {
    for (const item of list.items) item.hidden = false;
    tell(list, 0, words);
  }
  // Takes its room before it is known how many rows are left for it to count.
  const cut = lists.filter(overflows);
  for (const list of cut) tell(list, list.items.length, words);
  const counted = cut.map((list) => ({ list, hidden: itemsOutside(list) }));
  for (const { list, hidden } of counted) {
    for (const item of hidden) item.hidden = true;
    tell(list, hidden.length, words);
  }
  for (const { list, hidden } of counted) grow(list, lists, hidden, words);
}

function listIn(panel: HTMLElement): List[] {
  const rows = panel.querySelector<HTMLElement>(".wall-rows");
  const rest = panel.querySelector<HTMLElement>(".wall-more");
  if (rows === null || rest === null) return [];
  const items = [...rows.querySelectorAll<HTMLElement>("li")];
  const { from, count } = panel.dataset;
  return [
    {
      ...{ rows, rest, items },
      count: Number(count ?? items.length),
      from: from === undefined ? null : Number(from),
    },
  ];
}

/** Says what a list does not show; shown as a whole it says nothing. */
function tell({ items, rest, count, from }: List, hidden: number, { more, page }: FitWords): void {
  const shown = items.length - hidden;
  rest.hidden = shown === count;
  rest.textContent = from === null ? more(hidden) : page(from + 1, from + shown, count);
}

/** What one list has left out may be room for another one. */
function grow(list: List, lists: readonly List[], hidden: readonly HTMLElement[], words: FitWords): void {
  for (const [i, item] of hidden.entries()) {
    item.hidden = false;
    tell(list, hidden.length - i - 1, words);
    if (!lists.some(overflows)) continue;
    item.hidden = true;
    tell(list, hidden.length - i, words);
    return;
  }
}

/** Below, or, of a list in columns, beside its room. */
function overflows({ rows }: List): boolean {
  return rows.scrollHeight > rows.clientHeight + 1 || rows.scrollWidth > rows.clientWidth + 1;
}

/** From the first row that does not stand in the list's room as a whole. */
function itemsOutside({ rows, items }: List): readonly HTMLElement[] {
  const room = rows.getBoundingClientRect();
  const first = items.findIndex((item) => {
    const { bottom, right } = item.getBoundingClientRect();
    return bottom > room.bottom + 0.5 || right > room.right + 0.5;
  });
  return first === -1 ? [] : items.slice(first);
}
