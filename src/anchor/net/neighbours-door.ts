import type { Hono } from "hono";
import type { Name } from "../../basics/name.ts";
import type { SiteType } from "../../region/choices.ts";
import type { RegionData } from "../../region/region-data.ts";
import type { RunOut } from "../../region/view-context.ts";
import { boardNeighbour } from "../../site/views/board-neighbours.ts";
import type { BoardNeighbours } from "../../site/views/neighbour-view.ts";
import { packedJson } from "../boards/packing.ts";
import type { NeighbourHouse } from "./neighbours.ts";

export type NeighboursDoorOptions = {
  readonly typeOf: (site: Name) => SiteType | undefined;
  readonly list: () => readonly NeighbourHouse[];
  /** Files of those regions whose folders the settings name. */
  readonly dataOf: (region: Name) => RegionData | undefined;
  readonly runOut: RunOut;
  readonly nowMs: () => number;
};

/** What a control centre's board reads of other regions. Nothing can be said there. */
export function addNeighboursDoor(app: Hono, options: NeighboursDoorOptions): void {
  const { typeOf, list, dataOf, runOut } = options;
  app.get("/api/:site/neighbours", (context) => {
    if (typeOf(context.req.param("site")) !== "control-centre") return context.notFound();
    const nowMs = options.nowMs();
    const regions = list().map(({ neighbour, house }) =>
      boardNeighbour({ neighbour, house, data: dataOf(neighbour.region) ?? null, runOut }, nowMs),
    );
    context.header("Cache-Control", "no-store");
    return packedJson(context, { regions } satisfies BoardNeighbours);
  });
}
