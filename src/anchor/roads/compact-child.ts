// A thread that makes a region's compact table for tablets, and ends.

import { parentPort, workerData } from "node:worker_threads";
import { gzipSync } from "node:zlib";
import { present } from "../../basics/assert.ts";
import { buildStraight, type StraightInput } from "../../roads/straight.ts";
import { compactOf, gridOfCells, type RowAt, straightRowAt, tableRowAt } from "../../roads/table/compact.ts";
import { type CompactInfo, encodeCompact } from "../../roads/table/compact-file.ts";
import type { HospitalSite } from "../../roads/table/hospitals.ts";
import { openTable, type TableParts } from "../../roads/table/table.ts";

export type CompactTask = {
  readonly info: CompactInfo;
  /** In the order of the rows that `from` gives. */
  readonly hospitals: readonly HospitalSite[];
  /** Each hospital's capabilities as bits. */
  readonly masks: Uint32Array;
  /** The bits that a patient may need. */
  readonly bits: readonly number[];
  readonly from: { readonly table: TableParts } | { readonly straight: StraightInput };
};

/** What a tablet in a bad network loads in a minute: 50 kbit/s. */
const packedBytesMax = 400_000;
/** A grid of every cell, where that is too much of every second one, and so on. */
const stepCellsMax = 6;

/** The smallest steps whose packed bytes are not too many; null: even the largest are too many. */
function packedCompact({ info, from, ...rest }: CompactTask): Uint8Array | null {
  const network = "table" in from ? from.table.network : undefined;
  const rowAt: RowAt =
    "table" in from ? tableRowAt(openTable(from.table)) : straightRowAt(buildStraight(from.straight));
  const hospitals = rest.hospitals.map(({ id, latE3, lonE3 }) => ({ id, latE3, lonE3 }));
  for (let stepCells = 1; stepCells <= stepCellsMax; stepCells += 1) {
    const grid = gridOfCells(hospitals, stepCells, network);
    const compact = compactOf({ ...rest, hospitals, grid, rowAt });
    const packed = gzipSync(encodeCompact({ info, compact }), { level: 9 });
    if (packed.length <= packedBytesMax) return packed;
  }
  return null;
}

present(parentPort, "a thread's port").postMessage(packedCompact(workerData as CompactTask));
