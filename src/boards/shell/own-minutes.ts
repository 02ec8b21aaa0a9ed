import type { Name } from "../../basics/name.ts";
import { cellAt, cellMiddle } from "../../region/cell.ts";
import type { Words } from "../../region/words.ts";
import type { Position } from "../../roads/plane.ts";
import { compactRowFrom } from "../../roads/table/compact.ts";
import { type CompactFile, readCompact } from "../../roads/table/compact-file.ts";
import { farther } from "../../roads/table/table.ts";
import type { BoardRegion } from "../../site/views/board-view.ts";
import { keepAnswer, keptAnswer } from "./kept.ts";

/** What this board computes minutes from by itself. */
export type RegionMinutes = {
  /** Null: the anchor has none. */
  readonly file: CompactFile | null;
  /** A road table came and could not be used: these are estimated instead. */
  readonly isRefused: boolean;
};

/** Minutes from one place, all from one source. */
export type OwnMinutes = {
  /** For each hospital that is told, nearest first. */
  readonly near: readonly { readonly hospital: Name; readonly min: number }[];
  /** Of which the table tells nothing here, most of them farther away; by the region's order. */
  readonly far: readonly Name[];
  readonly source: Words;
};

const tenthsOfMin = 600;

/** From the cell in which the position lies: a place inside it is none that a table by cells knows. Null: nothing can be said from here. */
export function minutesFrom(
  { hospitals }: BoardRegion,
  { info, compact }: CompactFile,
  position: Position,
): OwnMinutes | null {
  const { latE3, lonE3 } = cellMiddle(cellAt(position.latE3, position.lonE3));
  const row = new Uint16Array(compact.hospitals.length).fill(farther);
  compactRowFrom(compact, latE3, lonE3, row);
  const tenthsTo = new Map(compact.hospitals.map(({ id }, i) => [id, row[i] ?? farther]));
  const timed = hospitals.map(({ hospital }) => ({ hospital, tenths: tenthsTo.get(hospital) ?? farther }));
  const near = timed
    .filter(({ tenths }) => tenths < farther)
    .sort((a, b) => a.tenths - b.tenths)
    .map(({ hospital, tenths }) => ({ hospital, min: Math.round(tenths / tenthsOfMin) }));
  const far = timed.filter(({ tenths }) => tenths === farther).map(({ hospital }) => hospital);
  return near.length === 0 ? null : { near, far, source: info.source };
}

/**
 * Rejects when the anchor does not answer and nothing was kept, so that it is asked again. What cannot be used is asked
 * for as an estimate.
 */
export async function loadMinutes(region: BoardRegion, isRefused = false): Promise<RegionMinutes> {
  const path = `/api/${region.site}/minutes${isRefused ? "?estimate" : ""}`;
  const response = await answerOrKept(path);
  if (response.status === 204) return { file: null, isRefused };
  // Of the whole region every hospital has its place; what has none is no hospital of the table's.
  const hospitals = region.hospitals.map(({ hospital: id, latE3 = 0, lonE3 = 0 }) => ({ id, latE3, lonE3 }));
  const read = readCompact(new Uint8Array(await response.arrayBuffer()), region.id, hospitals);
  if (!read.ok && !isRefused) return loadMinutes(region, true);
  return { file: read.ok ? read.value : null, isRefused };
}

/** The anchor's answer, else what was kept of an earlier one: roads change more rarely than an anchor is gone. */
async function answerOrKept(path: string): Promise<Response> {
  const asked = await fetch(path).catch(() => undefined);
  if (asked?.ok === true) {
    await keepAnswer(path, asked);
    return asked;
  }
  const kept = await keptAnswer(path);
  if (kept === undefined) throw new Error(String(asked?.status));
  return kept;
}
