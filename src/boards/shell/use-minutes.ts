import { useEffect, useState } from "preact/hooks";
import type { BoardRegion } from "../../site/views/board-view.ts";
import { insist } from "./insist.ts";
import { loadMinutes, type RegionMinutes } from "./own-minutes.ts";

/** Loaded as soon as the whole region is there, long before it is needed; null until then. */
export function useMinutes(region: BoardRegion): RegionMinutes | null {
  const [minutes, setMinutes] = useState<RegionMinutes | null>(null);
  useEffect(() => {
    // The first rows come without hospitals, the whole region after them.
    if (region.hospitals.length > 0) void insist(() => loadMinutes(region)).then(setMinutes);
  }, [region]);
  return minutes;
}
