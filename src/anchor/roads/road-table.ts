import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { err, ok, type Result } from "../../basics/result.ts";
import type { RegionData } from "../../region/region-data.ts";
import type { Words } from "../../region/words.ts";
import { knowsAll } from "../../roads/table/compact-file.ts";
import { decodeTable } from "../../roads/table/file.ts";
import { estimateWords, type TableRefusal, tableWords } from "../../roads/table/source-words.ts";
import { openTable, type RoadTable } from "../../roads/table/table.ts";

const readBytesMax = 1 << 30;

/** Where this process has driving times from. */
export type RoadSource = {
  /** Undefined: they are estimated. */
  readonly table: RoadTable | undefined;
  /** The sentence for every board, at the time `nowMs`. */
  readonly words: (nowMs: number) => Words;
};

/**
 * The road table that the settings name, if it can be used for this region; else the estimate, with the reason on
 * every board and in the diary. A table that cannot be used never keeps an anchor from starting.
 */
export function loadRoads(
  file: string | undefined,
  data: RegionData,
  note: (code: string, about: string) => void,
): RoadSource {
  const isFitted = data.region.driveFactor !== undefined;
  if (file === undefined) return { table: undefined, words: () => estimateWords(null, isFitted) };
  const table = readTable(file, data);
  if (table.ok) return { table: table.value, words: (nowMs) => tableWords(table.value.info, nowMs) };
  note("road-table-refused", `${file} ${table.error}`);
  return { table: undefined, words: () => estimateWords(table.error, isFitted) };
}

function readTable(file: string, data: RegionData): Result<RoadTable, TableRefusal> {
  const bytes = readShared(file);
  if (bytes === null) return err("unreadable");
  const parts = decodeTable(bytes, (part) => createHash("sha256").update(part).digest());
  if (!parts.ok) return parts;
  if (parts.value.info.region !== data.region.id) return err("other-region");
  return knowsAll(parts.value.hospitals, data.hospitals)
    ? ok(openTable(parts.value))
    : err("other-hospitals");
}

/** Into memory that threads share: a table may have hundreds of megabytes. Null: it cannot be read. */
function readShared(file: string): Uint8Array | null {
  try {
    const descriptor = openSync(file, "r");
    try {
      const bytes = new Uint8Array(new SharedArrayBuffer(fstatSync(descriptor).size));
      let read = 0;
      for (let more = -1; more !== 0 && read < bytes.length; read += more) {
        more = readSync(descriptor, bytes, read, Math.min(bytes.length - read, readBytesMax), read);
      }
      return bytes.subarray(0, read);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return null;
  }
}
