import { useEffect, useState } from "preact/hooks";
import type { Name } from "../../../basics/name.ts";
import type { CapabilityId } from "../../../region/vocabulary.ts";
import type { CellDetail } from "../../../site/views/board-view.ts";
import type { Sight } from "../sight.ts";

/** Nobody asks the anchor about cells that the pointer only crosses. */
const settleMs = 120;
const againAfterMs = 2_000;

export type CellWords =
  | { readonly step: "loading" | "lost" }
  | { readonly step: "loaded"; readonly detail: CellDetail };

/** Every word in force on one cell, asked for again whenever its row changes, and until the anchor answers. */
export function useCellWords(hospital: Name, capability: CapabilityId | null, sight: Sight): CellWords {
  const row = capability === null ? null : sight.room.hospitals.get(hospital)?.cells[capability];
  const key = `${hospital}/${capability}`;
  const [known, setKnown] = useState<{ readonly key: string; readonly words: CellWords } | null>(null);
  useEffect(() => {
    if (capability === null) return;
    let isOver = false;
    let timer = setTimeout(load, settleMs);
    const set = (words: CellWords) => {
      if (!isOver) setKnown({ key, words });
    };
    function load(): void {
      fetchCell(sight.places.region.site, hospital, capability ?? "").then(
        (detail) => set({ step: "loaded", detail }),
        () => {
          set({ step: "lost" });
          if (!isOver) timer = setTimeout(load, againAfterMs);
        },
      );
    }
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [key, row]);
  return known?.key === key ? known.words : { step: "loading" };
}

/** The same of several cells of one hospital; null until all are there. */
export function useCells(
  hospital: Name,
  capabilities: readonly CapabilityId[],
  sight: Sight,
): readonly CellDetail[] | null {
  const row = sight.room.hospitals.get(hospital)?.cells;
  const key = [hospital, ...capabilities].join("/");
  const [known, setKnown] = useState<{ readonly key: string; readonly cells: readonly CellDetail[] } | null>(
    null,
  );
  useEffect(() => {
    let isOver = false;
    let timer = setTimeout(load, settleMs);
    function load(): void {
      const { site } = sight.places.region;
      Promise.all(capabilities.map((capability) => fetchCell(site, hospital, capability))).then(
        (cells) => {
          if (!isOver) setKnown({ key, cells });
        },
        () => {
          if (!isOver) timer = setTimeout(load, againAfterMs);
        },
      );
    }
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [key, row]);
  return known?.key === key ? known.cells : null;
}

async function fetchCell(site: Name, hospital: Name, capability: string): Promise<CellDetail> {
  const path = [site, "cells", hospital, capability].map(encodeURIComponent).join("/");
  const response = await fetch(`/api/${path}`, { signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`the anchor answered ${response.status}`);
  // Of another build it may have another shape: then a bar says so (build.ts).
  return (await response.json()) as CellDetail;
}
