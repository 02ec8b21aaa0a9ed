import { assert } from "../../basics/assert.ts";
import type { Network } from "../network/network.ts";
import { estimateFrom, type Straight } from "../straight.ts";
import { farther, type RoadTable, rowFrom } from "./table.ts";

/** So many hospitals are kept a point of the grid, and so many with each capability. */
export const compactNearest = 32;
export const compactWithCapability = 3;

/** Stands for "not among those kept here". */
const absent = 255;
/** Steps of 24 s: up to 101.6 minutes. */
const stepTenths = 240;

/**
 * A region's driving times small enough for a tablet: a grid of points, at each the nearest hospitals. For each hospital
 * a sheet of one byte a point (row by row from the south-west): steps of 24 s, or 255. Neighbours differ little, so sheets of
 * differences pack well.
 */
export type CompactTable = {
  readonly southE3: number;
  readonly westE3: number;
  readonly stepLatE3: number;
  readonly stepLonE3: number;
  readonly rows: number;
  readonly columns: number;
  readonly hospitals: readonly CompactHospital[];
  /** Sheet after sheet. */
  readonly steps: Uint8Array;
};

/** A hospital as the region's files have it: by its place a moved one is known. */
export type CompactHospital = { readonly id: string; readonly latE3: number; readonly lonE3: number };

export type CompactGrid = Omit<CompactTable, "hospitals" | "steps">;

const e7OfE3 = 10_000;
/** Tenths of a second in a tenth of a minute. */
const secondTenthsOfMinTenth = 60;

/** Tenths of a second from a point to every hospital, into `row`; false: no answer there. */
export type RowAt = (latE3: number, lonE3: number, row: Uint16Array) => boolean;

export type CompactInput = {
  readonly grid: CompactGrid;
  readonly hospitals: readonly CompactHospital[];
  readonly rowAt: RowAt;
  /** Each hospital's capabilities as bits. */
  readonly masks: Uint32Array;
  /** The bits that a patient may need. */
  readonly bits: readonly number[];
};

export function compactOf({ grid, hospitals, rowAt, masks, bits }: CompactInput): CompactTable {
  const count = hospitals.length;
  assert(masks.length === count, "capabilities of every hospital");
  const points = grid.rows * grid.columns;
  const steps = new Uint8Array(points * count).fill(absent);
  const row = new Uint16Array(count);
  for (let point = 0; point < points; point += 1) {
    const latE3 = grid.southE3 + Math.floor(point / grid.columns) * grid.stepLatE3;
    const lonE3 = grid.westE3 + (point % grid.columns) * grid.stepLonE3;
    if (!rowAt(latE3, lonE3, row)) continue;
    for (const hospital of keptAt(row, masks, bits)) {
      const step = Math.floor((row[hospital] ?? farther) / stepTenths + 0.5);
      if (step < absent) steps[hospital * points + point] = step;
    }
  }
  return { ...grid, hospitals, steps };
}

/** A road table's rows at points in thousandths of a degree. */
export function tableRowAt(table: RoadTable): RowAt {
  return (latE3, lonE3, row) => rowFrom(table, latE3 * e7OfE3, lonE3 * e7OfE3, row).ok;
}

/** The estimate's rows. */
export function straightRowAt(straight: Straight): RowAt {
  const minTenths = new Uint16Array(straight.hospitalCount);
  return (latE3, lonE3, row) => {
    if (!estimateFrom(straight, { latE3, lonE3 }, minTenths).ok) return false;
    for (let i = 0; i < minTenths.length; i += 1)
      row[i] = Math.min(farther, (minTenths[i] ?? 0) * secondTenthsOfMinTenth);
    return true;
  };
}

/** Facts name cells of 0.01°: on their middles a grid is exact to half a step. */
const cellE3 = 10;
/** Nobody is fetched from farther beyond the outermost hospitals; about 22 km north–south, 14 km east–west. */
const marginCells = 20;
/** Past every place on earth. */
const farE7 = 4e9;

/** The middles of every `stepCells`-th cell round the hospitals; `network`: no farther than its roads. */
export function gridOfCells(
  hospitals: readonly CompactHospital[],
  stepCells: number,
  network?: Pick<Network, "junctionLatE7" | "junctionLonE7">,
): CompactGrid {
  const latsE3 = hospitals.map(({ latE3 }) => latE3);
  const lonsE3 = hospitals.map(({ lonE3 }) => lonE3);
  const lat = gridLine(latsE3, stepCells, network?.junctionLatE7);
  const lon = gridLine(lonsE3, stepCells, network?.junctionLonE7);
  return {
    southE3: lat.beginE3,
    westE3: lon.beginE3,
    stepLatE3: cellE3 * stepCells,
    stepLonE3: cellE3 * stepCells,
    rows: lat.count,
    columns: lon.count,
  };
}

function gridLine(hospitalsE3: readonly number[], stepCells: number, roadsE7?: Int32Array) {
  const cellOf = (e3: number) => Math.floor(e3 / cellE3);
  const [first, last] = ends(hospitalsE3);
  const [firstRoad, lastRoad] = roadsE7 === undefined ? [-farE7, farE7] : ends(roadsE7);
  const low = Math.max(cellOf(first) - marginCells, cellOf(firstRoad / e7OfE3));
  const high = Math.min(cellOf(last) + marginCells, cellOf(lastRoad / e7OfE3));
  // Between points it is weighed, so a line has two.
  const count = Math.max(2, Math.ceil((high - low) / stepCells) + 1);
  return { beginE3: low * cellE3 + cellE3 / 2, count };
}

function ends(values: Int32Array | readonly number[]): readonly [least: number, most: number] {
  let [least, most] = [farE7, -farE7];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}

/** The nearest of all, and the nearest with each capability. */
function keptAt(row: Uint16Array, masks: Uint32Array, bits: readonly number[]): ReadonlySet<number> {
  const order = Array.from(row.keys()).sort((a, b) => (row[a] ?? 0) - (row[b] ?? 0) || a - b);
  const kept = new Set(order.slice(0, compactNearest));
  for (const bit of bits) {
    const able = order.filter((hospital) => ((masks[hospital] ?? 0) & bit) !== 0);
    for (const hospital of able.slice(0, compactWithCapability)) kept.add(hospital);
  }
  return kept;
}

/** Tenths of a second to each hospital between the grid's points, into `row`; {@link farther}: not kept near here. */
export function compactRowFrom(
  compact: CompactTable,
  latE3: number,
  lonE3: number,
  row: Uint16Array,
): boolean {
  const { rows, columns, steps, hospitals } = compact;
  const north = (latE3 - compact.southE3) / compact.stepLatE3;
  const east = (lonE3 - compact.westE3) / compact.stepLonE3;
  if (!(north >= 0 && east >= 0 && north <= rows - 1 && east <= columns - 1)) return false;
  const r = Math.min(Math.floor(north), rows - 2);
  const c = Math.min(Math.floor(east), columns - 2);
  const point = r * columns + c;
  const corners = [point, point + 1, point + columns, point + columns + 1];
  const [up, right] = [north - r, east - c];
  const weights = [(1 - up) * (1 - right), (1 - up) * right, up * (1 - right), up * right];
  for (let hospital = 0; hospital < hospitals.length; hospital += 1) {
    const sheet = hospital * rows * columns;
    let sum = 0;
    let weight = 0;
    for (let i = 0; i < 4; i += 1) {
      const step = steps[sheet + (corners[i] ?? 0)] ?? absent;
      if (step === absent) continue;
      sum += step * (weights[i] ?? 0);
      weight += weights[i] ?? 0;
    }
    row[hospital] = weight === 0 ? farther : Math.floor((sum / weight) * stepTenths + 0.5);
  }
  return true;
}
