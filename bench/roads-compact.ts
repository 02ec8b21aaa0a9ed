// The compact table for tablets against the full one: packed bytes, and errors in minutes over the nearest hospitals,
// on the middles of cells (a position in a fact is no finer) and anywhere beside roads.

import { gzipSync } from "node:zlib";
import { type Random, seededRandom } from "../src/basics/random.ts";
import { cellAt, cellMiddle } from "../src/region/cell.ts";
import { buildNetwork } from "../src/roads/network/build.ts";
import type { Collector } from "../src/roads/network/collector.ts";
import type { Network } from "../src/roads/network/network.ts";
import { profiles } from "../src/roads/network/profile.ts";
import {
  type CompactTable,
  compactOf,
  compactRowFrom,
  gridOfCells,
  tableRowAt,
} from "../src/roads/table/compact.ts";
import { encodeCompact } from "../src/roads/table/compact-file.ts";
import { placeHospitals } from "../src/roads/table/hospitals.ts";
import { farther, nearestOf, type RoadTable, rowFrom } from "../src/roads/table/table.ts";
import { readOsmFile } from "../src/roadworks/osm-file.ts";
import { drawnState, growTable, type Point } from "./roads-ground.ts";

/** As many as the shipped region has, in a square as large as that region. */
const hospitalCount = 66;
const sideKm = 65;
/** Crossings 180 m apart: 110 km. */
const drawnSide = 620;
const kmPerDegree = 111.2;
const positionCount = 4_000;
const nearestCount = 20;
/** Positions lie up to about 50 m beside a road. */
const besideE7 = 5_000;
/** Three hospitals can do what one bit stands for, as burn centres are. */
const rare = 3;
const tenthsOfMin = 600;
const e7OfE3 = 10_000;
const gridSteps = [1, 2] as const;

type Errors = readonly [median: number, p95: number, most: number, absentPercent: number];

export type Compacted = {
  readonly name: string;
  readonly kmNorthSouth: number;
  readonly kmEastWest: number;
  readonly stepCells: number;
  readonly points: number;
  readonly packedKb: number;
  /** Minutes, and how many of the nearest the compact table does not tell there. */
  readonly onCells: Errors;
  readonly besideRoads: Errors;
};

type Box = { readonly south: number; readonly north: number; readonly west: number; readonly east: number };

export async function compactAgainstTable(
  name: string,
  file: string,
  seed: number,
): Promise<readonly Compacted[]> {
  const extract = await readOsmFile(file, () => undefined);
  if (!extract.ok) throw new Error(extract.error);
  return compactOfRoads(name, extract.value.collector, seed);
}

/** A drawn region with every street of its towns, and as much around it as a grid reaches. */
export function compactOfDrawnRegion(seed: number): Promise<readonly Compacted[]> {
  return compactOfRoads("drawn region", drawnState(drawnSide, seededRandom(seed)), seed);
}

/** All of the roads, and of a larger net a square of 65 km out of its middle. */
async function compactOfRoads(name: string, roads: Collector, seed: number): Promise<readonly Compacted[]> {
  const network = buildNetwork(roads, profiles["blue-light"]);
  if (!network.ok) throw new Error(network.error);
  const box = squareIn(network.value);
  const random = seededRandom(seed);
  const points = pointsIn(network.value, box);
  const table = await tableIn(network.value, points, random);
  const hospitals = table.hospitals.map(({ id, latE3, lonE3 }) => ({ id, latE3, lonE3 }));
  const masks = Uint32Array.from(hospitals, (_, i) => (i < rare ? 3 : 1));
  const made = { hospitals, rowAt: tableRowAt(table), masks, bits: [1, 2] };
  const info = { region: "bench", source: { de: "", en: "" } };
  return gridSteps.map((stepCells) => {
    const compact = compactOf({ ...made, grid: gridOfCells(hospitals, stepCells, network.value) });
    const beside = Array.from({ length: positionCount }, () => {
      const off = () => random.below(2 * besideE7 + 1) - besideE7;
      const [lat, lon] = random.pick(points);
      return [lat + off(), lon + off()] as const;
    });
    const inCell = beside.map(([lat, lon]): Point => {
      const { latE3, lonE3 } = cellMiddle(cellAt(lat / e7OfE3, lon / e7OfE3));
      return [latE3 * e7OfE3, lonE3 * e7OfE3];
    });
    return {
      name,
      ...sidesOf(box),
      stepCells,
      points: compact.rows * compact.columns,
      packedKb: rounded(gzipSync(encodeCompact({ info, compact }), { level: 9 }).length / 1_000),
      onCells: errorsOf(table, compact, inCell),
      besideRoads: errorsOf(table, compact, beside),
    };
  });
}

function squareIn({ junctionLatE7, junctionLonE7 }: Network): Box {
  const [south, north] = ends(junctionLatE7);
  const [west, east] = ends(junctionLonE7);
  const middle = (south + north) / 2;
  const half = (sideKm * 1e7) / kmPerDegree / 2;
  const halfEast = half / shrinkAt(middle);
  const centre = (west + east) / 2;
  return {
    south: Math.max(south, middle - half),
    north: Math.min(north, middle + half),
    west: Math.max(west, centre - halfEast),
    east: Math.min(east, centre + halfEast),
  };
}

function pointsIn({ pointLatE7, pointLonE7 }: Network, { south, north, west, east }: Box): readonly Point[] {
  const points: Point[] = [];
  for (const [i, lat] of pointLatE7.entries()) {
    const lon = pointLonE7[i] ?? 0;
    if (lat >= south && lat <= north && lon >= west && lon <= east) points.push([lat, lon]);
  }
  return points;
}

async function tableIn(network: Network, points: readonly Point[], random: Random): Promise<RoadTable> {
  const sites = Array.from({ length: hospitalCount }, (_, i) => {
    const [lat, lon] = random.pick(points);
    return { id: `h${i}`, latE3: Math.round(lat / e7OfE3), lonE3: Math.round(lon / e7OfE3) };
  });
  const placed = placeHospitals(network, sites, []);
  if (!placed.ok) throw new Error("a drawn hospital lies off the road");
  return growTable(network, placed.value, 1, "blue-light");
}

/** Over the nearest hospitals that a place has; a place without a road near is told by neither. */
function errorsOf(table: RoadTable, compact: CompactTable, positions: readonly Point[]): Errors {
  const full = new Uint16Array(hospitalCount);
  const small = new Uint16Array(hospitalCount);
  const all = new Uint32Array(hospitalCount).fill(1);
  const errors: number[] = [];
  let absent = 0;
  for (const [lat, lon] of positions) {
    if (!rowFrom(table, lat, lon, full).ok) continue;
    if (!compactRowFrom(compact, lat / e7OfE3, lon / e7OfE3, small)) continue;
    for (const hospital of nearestOf(full, all, 1, nearestCount)) {
      const tenths = small[hospital] ?? farther;
      if (tenths === farther) absent += 1;
      else errors.push(Math.abs(tenths - (full[hospital] ?? 0)) / tenthsOfMin);
    }
  }
  errors.sort((a, b) => a - b);
  const at = (share: number) => rounded(errors[Math.floor(share * (errors.length - 1))] ?? 0);
  return [at(0.5), at(0.95), at(1), rounded((100 * absent) / (absent + errors.length))];
}

function sidesOf({ south, north, west, east }: Box) {
  const km = (e7: number) => Math.round((e7 / 1e7) * kmPerDegree);
  return {
    kmNorthSouth: km(north - south),
    kmEastWest: km((east - west) * shrinkAt((south + north) / 2)),
  };
}

function ends(values: Int32Array): readonly [low: number, high: number] {
  return [
    values.reduce((low, value) => Math.min(low, value), values[0] ?? 0),
    values.reduce((high, value) => Math.max(high, value), values[0] ?? 0),
  ];
}

function shrinkAt(latE7: number): number {
  return Math.cos((latE7 / 1e7) * (Math.PI / 180));
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
