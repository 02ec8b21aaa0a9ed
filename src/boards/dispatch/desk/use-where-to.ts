import { useEffect, useState } from "preact/hooks";
import type { Name } from "../../../basics/name.ts";
import type { WhereTo } from "../../../site/views/board-view.ts";

/** States and places change while somebody reads. */
const againAfterMs = 10_000;
const lostAgainAfterMs = 2_000;

/** What is asked: the query of the anchor's `where-to`. */
export type WhereToQuery = { readonly [field: string]: string };

export type AskedWhereTo =
  | { readonly step: "loading" | "lost"; readonly answer: null }
  | { readonly step: "loaded"; readonly answer: WhereTo };

const loading: AskedWhereTo = { step: "loading", answer: null };

/** Advice by the anchor, asked for anew while it shows; null asks nothing. An answer to another question never shows. */
export function useWhereTo(site: Name, query: WhereToQuery | null): AskedWhereTo {
  const path = query === null ? null : `/api/${site}/where-to?${new URLSearchParams(query)}`;
  const [known, setKnown] = useState<{ readonly path: string; readonly asked: AskedWhereTo } | null>(null);
  useEffect(() => {
    if (path === null) return;
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (asked: AskedWhereTo, nextMs: number) => {
      if (isOver) return;
      setKnown({ path, asked });
      timer = setTimeout(load, nextMs);
    };
    function load(): void {
      fetchAnswer(path ?? "").then(
        (answer) => show({ step: "loaded", answer }, againAfterMs),
        () => show({ step: "lost", answer: null }, lostAgainAfterMs),
      );
    }
    load();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [path]);
  return known?.path === path ? known.asked : loading;
}

async function fetchAnswer(path: string): Promise<WhereTo> {
  const response = await fetch(path, { signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`the anchor answered ${response.status}`);
  // Of another build it may have another shape: then a bar says so (build.ts).
  return (await response.json()) as WhereTo;
}
