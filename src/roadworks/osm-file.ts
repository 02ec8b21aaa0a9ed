import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { inflateSync, zstdDecompressSync } from "node:zlib";
import { err, ok, type Result } from "../basics/result.ts";
import { Collector, type OsmNode, type OsmWay } from "../roads/network/collector.ts";
import { nodeTagKeys, wayTagKeys } from "../roads/network/way-rule.ts";
import { Fields } from "./protobuf.ts";

/** What the roads are read from, for the table and for a build that goes on. */
export type OsmExtract = {
  readonly collector: Collector;
  readonly bytes: number;
  /** State of the data, UTC milliseconds; null where the file does not say. */
  readonly dataAtMs: number | null;
  /** They come last in a whole extract; a filtered one may have none. */
  readonly hasRelations: boolean;
};

/** Limits of the PBF format; the fields of larger blobs must not be believed. */
const headerBytesMax = 64 * 1024;
const blobBytesMax = 32 * 1024 * 1024;

/**
 * Reads an `.osm.pbf` file, block after block; `progress` is told the share that was read. The library decodes blocks,
 * the file's own frame is read here: its stream throws where nobody can catch.
 */
export async function readOsmFile(
  file: string,
  progress: (share: number) => void,
): Promise<Result<OsmExtract, string>> {
  let descriptor: number;
  try {
    descriptor = openSync(file, "r");
  } catch (error) {
    return err(`${file} cannot be read: ${wordsOf(error)}`);
  }
  try {
    const { parse, OSMTransform } = await import("osm-pbf-parser-node");
    const withTags = { node: [...nodeTagKeys], way: [...wayTagKeys], relation: false };
    const options = new OSMTransform({ withTags, withInfo: false });
    return readBlocks(file, descriptor, (block) => parse(block, options), progress);
  } finally {
    closeSync(descriptor);
  }
}

function readBlocks(
  file: string,
  descriptor: number,
  parse: (block: Buffer) => object[],
  progress: (share: number) => void,
): Result<OsmExtract, string> {
  const collector = new Collector();
  const { size } = fstatSync(descriptor);
  let position = 0;
  let dataAtMs: number | null | undefined;
  let hasRelations = false;
  while (position < size) {
    const blob = nextBlob(descriptor, position, size);
    if (!blob.ok) return err(`${file}: ${blob.error}`);
    const { type, bytes, end } = blob.value;
    try {
      const block = inflated(bytes);
      if (type === "OSMHeader") {
        const header = headerOf(block);
        if (!header.ok) return err(`${file}: ${header.error}`);
        dataAtMs = header.value;
      } else if (type === "OSMData") {
        if (dataAtMs === undefined) return err(`${file} has no header: it is no OpenStreetMap extract.`);
        for (const item of parse(block)) {
          take(collector, item as Item);
          hasRelations ||= (item as Item).type === "relation";
        }
      }
    } catch (error) {
      return err(`${file} is damaged at byte ${position}: ${wordsOf(error)}`);
    }
    position = end;
    progress(position / size);
  }
  if (dataAtMs === undefined) return err(`${file} is empty: it is no OpenStreetMap extract.`);
  return ok({ collector, bytes: size, dataAtMs, hasRelations });
}

/** As the library gives them; a block holds kinds that are no roads as well. */
type Item =
  | ({ readonly type: "node" } & OsmNode)
  | ({ readonly type: "way" } & OsmWay)
  | { readonly type: "relation" };

function take(collector: Collector, item: Item): void {
  if (item.type === "node") collector.addNode(item);
  else if (item.type === "way") collector.addWay(item);
}

type Blob = { readonly type: string; readonly bytes: Buffer; readonly end: number };

const cut = "the file ends in the middle of a block: it was cut, or is still being written.";
const foreign = "this is no .osm.pbf file.";

function nextBlob(descriptor: number, position: number, size: number): Result<Blob, string> {
  if (size - position < 4) return err(position === 0 ? foreign : cut);
  const headerBytes = readAt(descriptor, position, 4).readUInt32BE(0);
  if (headerBytes === 0 || headerBytes > headerBytesMax) return err(position === 0 ? foreign : cut);
  if (position + 4 + headerBytes > size) return err(position === 0 ? foreign : cut);
  let type = "";
  let blobBytes = 0;
  try {
    const header = new Fields(readAt(descriptor, position + 4, headerBytes));
    for (const { field, number, bytes } of header.all()) {
      if (field === 1) type = bytes.toString("utf8");
      if (field === 3) blobBytes = number;
    }
  } catch {
    return err(foreign);
  }
  if (!type.startsWith("OSM") || blobBytes > blobBytesMax) return err(foreign);
  const begin = position + 4 + headerBytes;
  if (begin + blobBytes > size) return err(cut);
  return ok({ type, bytes: readAt(descriptor, begin, blobBytes), end: begin + blobBytes });
}

function readAt(descriptor: number, position: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  readSync(descriptor, bytes, 0, length, position);
  return bytes;
}

/** The content of a blob: as it is, or packed in one of the two ways that extracts use today. */
function inflated(blob: Buffer): Buffer {
  for (const { field, bytes } of new Fields(blob).all()) {
    if (field === 1) return bytes;
    if (field === 3) return inflateSync(bytes);
    if (field === 7) return zstdDecompressSync(bytes);
  }
  throw new Error("a block is packed in a way that is not known here");
}

/** When the data are from; refused where the file holds what would be misread as roads of today. */
function headerOf(block: Buffer): Result<number | null, string> {
  let dataAtMs: number | null = null;
  for (const { field, number, bytes } of new Fields(block).all()) {
    const feature = field === 4 ? bytes.toString("utf8") : "";
    if (feature === "HistoricalInformation") {
      return err("it holds the history of the map, past roads among them: take an extract of today.");
    }
    if (feature !== "" && feature !== "OsmSchema-V0.6" && feature !== "DenseNodes") {
      return err(`it needs the feature ${feature}, which this version does not read.`);
    }
    if (field === 32 && number > 0) dataAtMs = number * 1_000;
  }
  return ok(dataAtMs);
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
