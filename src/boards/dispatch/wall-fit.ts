import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/**
 * Lists on the wall show as many whole rows as there is room for; the rest is counted in the line below. Measured anew
 * when what they say changes and when their room does. Rows are hidden in the page and not in the tree that draws it:
 * how many fit is known only there.
 */
export function useFitted(said: string, more: (count: number) => string): RefObject<HTMLDivElement | null> {
  const root = useRef<HTMLDivElement>(null);
  const fitAll = () => fitLists(root.current, more);
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
  return root;
}

type List = {
  readonly rows: HTMLElement;
  readonly items: readonly HTMLElement[];
  readonly rest: HTMLElement;
};

function fitLists(root: HTMLElement | null, more: (count: number) => string): void {
  const lists = [...(root?.querySelectorAll<HTMLElement>(".wall-panel") ?? [])].flatMap((panel): List[] => {
    const rows = panel.querySelector<HTMLElement>(".wall-rows");
    const rest = panel.querySelector<HTMLElement>(".wall-more");
    if (rows === null || rest === null) return [];
    return [{ rows, rest, items: [...rows.querySelectorAll<HTMLElement>("li")] }];
  });
  for (const { items, rest } of lists) {
    rest.hidden = true;
    for (const item of items) item.hidden = false;
  }
  const cut = lists.filter(({ rows }) => rows.scrollHeight > rows.clientHeight + 1);
  for (const { rest, items } of cut) {
    // Takes its room before it is known how many rows are left for it to count.
    rest.hidden = false;
    rest.textContent = more(items.length);
  }
  const counted = cut.map((list) => ({ ...list, hidden: itemsBelow(list) }));
  for (const { hidden, rest } of counted) {
    for (const item of hidden) item.hidden = true;
    rest.textContent = more(hidden.length);
  }
  for (const list of counted) list.rest.textContent = more(grow(list, lists, list.hidden));
}

/** What one list has left out may be room for another one. Returns how many stay hidden. */
function grow({ rest }: List, lists: readonly List[], hidden: readonly HTMLElement[]): number {
  const overflows = () => lists.some(({ rows }) => rows.scrollHeight > rows.clientHeight + 1);
  for (const [i, item] of hidden.entries()) {
    item.hidden = false;
    rest.hidden = i === hidden.length - 1;
    if (!overflows()) continue;
    item.hidden = true;
    rest.hidden = false;
    return hidden.length - i;
  }
  return 0;
}

/** From the first row that does not stand in the list's room as a whole. */
function itemsBelow({ rows, items }: List): readonly HTMLElement[] {
  const { bottom } = rows.getBoundingClientRect();
  const first = items.findIndex((item) => item.getBoundingClientRect().bottom > bottom + 0.5);
  return first === -1 ? [] : items.slice(first);
}
