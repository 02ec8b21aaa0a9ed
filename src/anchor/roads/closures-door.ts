import { existsSync } from "node:fs";
import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import type { Hono } from "hono";
import { type Name, refKey } from "../../basics/name.ts";
import type { SiteType } from "../../region/choices.ts";
import type { ClosureView, CountedClosures } from "../../region/closures-view.ts";
import type { RegionBox } from "../../region/near-region.ts";
import type { BoardClosures } from "../../site/views/board-closures.ts";
import { packedJson, packedPage } from "../boards/packing.ts";

export type ClosuresDoorOptions = {
  readonly typeOf: (site: Name) => SiteType | undefined;
  readonly inForce: () => readonly ClosureView[];
  /** Null: minutes are estimated. */
  readonly counted: () => CountedClosures | null;
  readonly nowMs: () => number;
  /** False: the anchor cannot record. */
  readonly storing: () => boolean;
  readonly box: RegionBox;
  /** The folder that the build of the closures' page fills. */
  readonly closuresDir: string;
};

/** The page on which a control centre closes roads and lifts closures, and what it lists; its facts go the way of all. */
export function addClosuresDoor(app: Hono, options: ClosuresDoorOptions): void {
  const { typeOf, inForce, counted, nowMs, storing, box, closuresDir } = options;
  const isCentre = (site: Name) => typeOf(site) === "control-centre";
  app.use(
    "/closures/assets/*",
    serveStatic({
      root: closuresDir,
      rewriteRequestPath: (path) => path.slice("/closures".length),
      precompressed: true,
    }),
  );
  app.get("/closures/:site", (context) => {
    const page = join(closuresDir, "index.html");
    if (!isCentre(context.req.param("site")) || !existsSync(page)) return context.notFound();
    return packedPage(context, page);
  });
  app.get("/api/:site/closures", (context) => {
    if (!isCentre(context.req.param("site"))) return context.notFound();
    const closures = inForce().map(({ ref, site, by, latE3, lonE3, radiusM, reason, endsMs }) => {
      const meetsRoad = counted()?.get(refKey(ref)) ?? null;
      return { ref, site, by, latE3, lonE3, radiusM, reason, endsMs, meetsRoad };
    });
    context.header("Cache-Control", "no-store");
    return packedJson(context, { nowMs: nowMs(), storing: storing(), box, closures } satisfies BoardClosures);
  });
}
