import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import { gunzip } from "node:zlib";
import type { Context, Hono } from "hono";
import type { Name } from "../../basics/name.ts";
import type { SiteType } from "../../region/choices.ts";
import { capabilityIds, type RegionData } from "../../region/region-data.ts";
import { compactWords, estimateWords } from "../../roads/table/source-words.ts";
import { packingOf } from "../boards/packing.ts";
import type { CompactTask } from "./compact-child.ts";
import type { RoadSource } from "./road-table.ts";

export type CompactDoorOptions = {
  readonly typeOf: (site: Name) => SiteType | undefined;
  readonly roads: RoadSource;
  readonly data: RegionData;
  /** By the charter, as boards have it. */
  readonly region: Name;
  readonly note: (code: string, about: string) => void;
};

type Made = { readonly packed: Uint8Array<ArrayBuffer>; readonly tag: string };
type Source = "table" | "estimate";

/** Whose boards compute minutes by themselves. */
const readers: ReadonlySet<string> = new Set(["ambulance", "control-centre"]);

/**
 * The region's minutes for the boards of a crew and, while it is cut off, of a control centre: of its road table, else estimated, and with `?estimate` estimated in any case. Made
 * at the first question, in a thread of its own, and kept.
 */
export function addCompactDoor(app: Hono, options: CompactDoorOptions): void {
  const made = new Map<Source, Promise<Made | null>>();
  app.get("/api/:site/minutes", async (context) => {
    if (!readers.has(options.typeOf(context.req.param("site")) ?? "")) return context.notFound();
    const isEstimate = options.roads.table === undefined || context.req.query("estimate") !== undefined;
    const source = isEstimate ? "estimate" : "table";
    const making = made.get(source) ?? makeCompact(options, source);
    made.set(source, making);
    const compact = await making.catch(() => undefined);
    if (compact !== undefined) return compact === null ? context.body(null, 204) : answer(context, compact);
    // The board asks again: then it is made anew.
    made.delete(source);
    return context.body(null, 503);
  });
}

/** A board keeps what it has and asks with the tag whether it is still that. */
async function answer(context: Context, { packed, tag }: Made): Promise<Response> {
  context.header("ETag", tag);
  context.header("Cache-Control", "no-cache");
  if (context.req.header("if-none-match") === tag) return context.body(null, 304);
  context.header("Content-Type", "application/octet-stream");
  if (packingOf(context.req.header("accept-encoding")) === null)
    return context.body(new Uint8Array(await promisify(gunzip)(packed)));
  context.header("Content-Encoding", "gzip");
  return context.body(packed);
}

/** Null: it would be too large. Rejects when the thread ends without an answer. */
function makeCompact(options: CompactDoorOptions, source: Source): Promise<Made | null> {
  const task = taskOf(options, source);
  const { note } = options;
  const worker = new Worker(new URL("./compact-child.ts", import.meta.url), {
    workerData: task,
    execArgv: [],
  });
  return new Promise((resolve, reject) => {
    worker.once("message", (packed: Uint8Array<ArrayBuffer> | null) => {
      if (packed === null) note("compact-table-too-large", task.info.region);
      resolve(packed === null ? null : { packed, tag: tagOf(packed) });
    });
    worker.once("error", (error) => note("compact-table-failed", String(error)));
    worker.once("exit", (code) => reject(new Error(`ended with ${code}`)));
  });
}

function taskOf({ roads, data, region: name }: CompactDoorOptions, source: Source): CompactTask {
  const { region, waters } = data;
  const bits = capabilityIds.map((_, i) => 1 << i);
  const masksOf = (hospitals: readonly { readonly id: string }[]) =>
    Uint32Array.from(hospitals, ({ id }) => maskOf(data, id));
  if (source === "table" && roads.table !== undefined) {
    const { info, network, hospitals, tenths } = roads.table;
    const from = { table: { info, network, hospitals, tenths } };
    return {
      ...{ hospitals, from, bits, masks: masksOf(hospitals) },
      info: { region: name, source: compactWords(info) },
    };
  }
  const hospitals = data.hospitals.map(({ id, latE3, lonE3 }) => ({ id, latE3, lonE3 }));
  const river = waters.rivers[0]?.points ?? [];
  const { projection, driveFactor } = region;
  const straight = { hospitals, river, bridges: waters.bridges, projection };
  const isFitted = driveFactor !== undefined;
  return {
    ...{ hospitals, bits, masks: masksOf(hospitals) },
    from: { straight: isFitted ? { ...straight, driveFactorE3: driveFactor.valueE3 } : straight },
    info: { region: name, source: estimateWords(null, isFitted) },
  };
}

function maskOf({ hospitals }: RegionData, id: string): number {
  const has = hospitals.find((hospital) => hospital.id === id)?.capabilities;
  if (has === undefined) return 0;
  return capabilityIds.reduce((mask, one, i) => (has[one].value === "yes" ? mask | (1 << i) : mask), 0);
}

function tagOf(packed: Uint8Array): string {
  return `"${createHash("sha256").update(packed).digest("hex").slice(0, 16)}"`;
}
