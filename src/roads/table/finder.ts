import { cosLatE7, metresPerLatE7 } from "../network/geometry.ts";
import type { Network, RoadPlace } from "../network/network.ts";

/** Cells hold about this many straight pieces of road on average. */
const piecesACell = 2;
/** Numbers kept for a piece: latitude and longitude of both ends, its segment, and both ends' shares in one. */
const pieceSize = 6;
const cellMMin = 80;
const cellMMax = 2_000;
const cellsMax = 1 << 25;

/**
 * Finds the nearest point of any road. Pieces lie in a grid of cells; cells are looked through in rings round the
 * position until nothing nearer can follow. Made once a network; {@link nearest} leaves its answer in the fields.
 */
export class RoadFinder {
  /** The last answer; see `RoadPlace`. */
  segment = -1;
  share = 0;
  offRoadM = 0;
  readonly limitM: number;
  readonly #south: number;
  readonly #west: number;
  readonly #cellLatE7: number;
  readonly #cellLonE7: number;
  readonly #columns: number;
  readonly #rows: number;
  readonly #start: Int32Array;
  /** Cell after cell all that is asked of a piece, side by side: each read of other far memory costs 0.1 µs. */
  readonly #pieces: Int32Array;
  #closed: Uint8Array | null = null;

  /** Nothing is looked for farther than `limitM`. */
  constructor(network: Network, limitM: number) {
    const { pointLatE7, pointLonE7, pointShare } = network;
    const box = boxOf(pointLatE7, pointLonE7);
    const scale = cosLatE7((box.south + box.north) / 2) * metresPerLatE7;
    const marginM = limitM + cellMMax;
    this.limitM = limitM;
    this.#south = Math.floor(box.south - marginM / metresPerLatE7);
    // A little more than the limit, since a degree is shorter in the north of the region.
    this.#west = Math.floor(box.west - (1.1 * marginM) / scale);
    const heightM = (box.north - this.#south) * metresPerLatE7 + marginM;
    const widthM = (box.east - this.#west) * scale + 1.1 * marginM;
    const fair = Math.sqrt((heightM * widthM * piecesACell) / Math.max(1, pointLatE7.length));
    const fewest = Math.sqrt((heightM * widthM) / cellsMax);
    const cellM = Math.max(Math.min(Math.max(fair, cellMMin), cellMMax), fewest);
    this.#cellLatE7 = Math.ceil(cellM / metresPerLatE7);
    this.#cellLonE7 = Math.ceil(cellM / scale);
    this.#columns = Math.floor(widthM / cellM) + 1;
    this.#rows = Math.floor(heightM / cellM) + 1;
    const cells = this.#columns * this.#rows;
    this.#start = new Int32Array(cells + 1);
    this.#eachPiece(network, (cell) => {
      this.#start[cell + 1] = at(this.#start, cell + 1) + pieceSize;
    });
    for (let cell = 0; cell < cells; cell += 1) {
      this.#start[cell + 1] = at(this.#start, cell + 1) + at(this.#start, cell);
    }
    const next = this.#start.slice();
    const pieces = new Int32Array(at(this.#start, cells));
    this.#eachPiece(network, (cell, point, segment) => {
      const begin = at(next, cell);
      pieces[begin] = at(pointLatE7, point);
      pieces[begin + 1] = at(pointLonE7, point);
      pieces[begin + 2] = at(pointLatE7, point + 1);
      pieces[begin + 3] = at(pointLonE7, point + 1);
      pieces[begin + 4] = segment;
      pieces[begin + 5] = ((pointShare[point] ?? 0) << 16) | (pointShare[point + 1] ?? 0);
      next[cell] = begin + pieceSize;
    });
    this.#pieces = pieces;
  }

  /** Segments marked 1 are no roads from now on; null: all are. */
  close(closed: Uint8Array | null): void {
    this.#closed = closed;
  }

  /** Whether there is a road within the limit; it then stands in `segment`, `share` and `offRoadM`. */
  nearest(latE7: number, lonE7: number): boolean {
    const row = Math.floor((latE7 - this.#south) / this.#cellLatE7);
    const column = Math.floor((lonE7 - this.#west) / this.#cellLonE7);
    if (!(row >= 0 && row < this.#rows && column >= 0 && column < this.#columns)) return false;
    const eastScale = metresPerLatE7 * cosLatE7(latE7);
    this.#heightM = this.#cellLatE7 * metresPerLatE7;
    this.#widthM = this.#cellLonE7 * eastScale;
    this.#inRow = (latE7 - this.#south) / this.#cellLatE7 - row;
    this.#inColumn = (lonE7 - this.#west) / this.#cellLonE7 - column;
    const cellM = Math.min(this.#heightM, this.#widthM);
    const edge = Math.min(this.#inRow, 1 - this.#inRow, this.#inColumn, 1 - this.#inColumn) * cellM;
    this.#best2 = this.limitM * this.limitM;
    this.#bestPiece = -1;
    for (let ring = 0; ; ring += 1) {
      this.#lookThroughRing(ring, row, column, latE7, lonE7, eastScale);
      const seenM = ring * cellM + edge;
      if (seenM * seenM >= this.#best2) break;
    }
    if (this.#bestPiece < 0) return false;
    this.#answer();
    return true;
  }

  place(): RoadPlace {
    return { segment: this.segment, share: this.share, offRoadM: this.offRoadM };
  }

  #best2 = 0;
  #bestPiece = -1;
  #bestAlong = 0;
  /** A cell's size, and where in its own cell the position lies, of one: from its south and from its west. */
  #heightM = 0;
  #widthM = 0;
  #inRow = 0;
  #inColumn = 0;

  /** Cells that lie farther away than the best so far are not looked at: each would cost a read of far memory. */
  #lookThroughRing(
    ring: number,
    row: number,
    column: number,
    latE7: number,
    lonE7: number,
    eastScale: number,
  ): void {
    const bottom = Math.max(0, row - ring);
    const top = Math.min(this.#rows - 1, row + ring);
    const left = Math.max(0, column - ring);
    const right = Math.min(this.#columns - 1, column + ring);
    for (let r = bottom; r <= top; r += 1) {
      const offNorth = gapTo(r - row, this.#inRow) * this.#heightM;
      if (offNorth * offNorth >= this.#best2) continue;
      const whole = r === row - ring || r === row + ring;
      const step = whole || ring === 0 ? 1 : Math.max(1, 2 * ring);
      for (let c = whole ? left : column - ring; c <= right; c += step) {
        if (c < left) continue;
        const offEast = gapTo(c - column, this.#inColumn) * this.#widthM;
        if (offNorth * offNorth + offEast * offEast >= this.#best2) continue;
        this.#lookThroughCell(r * this.#columns + c, latE7, lonE7, eastScale);
      }
    }
  }

  #lookThroughCell(cell: number, latE7: number, lonE7: number, eastScale: number): void {
    const pieces = this.#pieces;
    const end = at(this.#start, cell + 1);
    for (let piece = at(this.#start, cell); piece < end; piece += pieceSize) {
      const aNorth = (at(pieces, piece) - latE7) * metresPerLatE7;
      const aEast = (at(pieces, piece + 1) - lonE7) * eastScale;
      const north = (at(pieces, piece + 2) - latE7) * metresPerLatE7 - aNorth;
      const east = (at(pieces, piece + 3) - lonE7) * eastScale - aEast;
      const length2 = east * east + north * north;
      let along = length2 === 0 ? 0 : -(aEast * east + aNorth * north) / length2;
      along = along < 0 ? 0 : along > 1 ? 1 : along;
      const offEast = aEast + along * east;
      const offNorth = aNorth + along * north;
      const off2 = offEast * offEast + offNorth * offNorth;
      if (off2 >= this.#best2) continue;
      if (this.#closed !== null && this.#closed[at(pieces, piece + 4)] === 1) continue;
      this.#best2 = off2;
      this.#bestPiece = piece;
      this.#bestAlong = along;
    }
  }

  #answer(): void {
    const shares = at(this.#pieces, this.#bestPiece + 5);
    const begin = shares >>> 16;
    const end = shares & 0xffff;
    this.segment = at(this.#pieces, this.#bestPiece + 4);
    this.share = Math.floor(begin + this.#bestAlong * (end - begin) + 0.5);
    this.offRoadM = Math.floor(Math.sqrt(this.#best2) + 0.5);
  }

  /** Tells every cell that a piece touches; a little more than it touches does no harm. */
  #eachPiece(
    { pointStart, pointLatE7, pointLonE7 }: Network,
    tell: (cell: number, point: number, segment: number) => void,
  ): void {
    for (let segment = 0; segment + 1 < pointStart.length; segment += 1) {
      const last = at(pointStart, segment + 1) - 1;
      for (let point = at(pointStart, segment); point < last; point += 1) {
        const north = (at(pointLatE7, point) - this.#south) / this.#cellLatE7;
        const east = (at(pointLonE7, point) - this.#west) / this.#cellLonE7;
        const northTo = (at(pointLatE7, point + 1) - this.#south) / this.#cellLatE7;
        const eastTo = (at(pointLonE7, point + 1) - this.#west) / this.#cellLonE7;
        this.#eachCellOf(north, east, northTo, eastTo, (cell) => tell(cell, point, segment));
      }
    }
  }

  #eachCellOf(
    north: number,
    east: number,
    northTo: number,
    eastTo: number,
    tell: (cell: number) => void,
  ): void {
    const top = Math.floor(Math.max(north, northTo));
    for (let row = Math.floor(Math.min(north, northTo)); row <= top; row += 1) {
      const begin = eastAt(north, east, northTo, eastTo, row);
      const end = eastAt(north, east, northTo, eastTo, row + 1);
      const right = Math.floor(Math.max(begin, end));
      for (let column = Math.floor(Math.min(begin, end)); column <= right; column += 1) {
        tell(row * this.#columns + column);
      }
    }
  }
}

/** How many cells lie between a place in its cell and the one that is `away` cells off. */
function gapTo(away: number, inCell: number): number {
  if (away === 0) return 0;
  return away > 0 ? away - inCell : inCell - away - 1;
}

/** How far east the line is where it meets the height `row`, or its nearer end where it does not. */
function eastAt(north: number, east: number, northTo: number, eastTo: number, row: number): number {
  if (north === northTo) return row <= north ? east : eastTo;
  const t = (row - north) / (northTo - north);
  return east + Math.max(0, Math.min(1, t)) * (eastTo - east);
}

function boxOf(latE7: Int32Array, lonE7: Int32Array) {
  let south = 900_000_000;
  let north = -900_000_000;
  let west = 1_800_000_000;
  let east = -1_800_000_000;
  for (let i = 0; i < latE7.length; i += 1) {
    const lat = at(latE7, i);
    const lon = at(lonE7, i);
    if (lat < south) south = lat;
    if (lat > north) north = lat;
    if (lon < west) west = lon;
    if (lon > east) east = lon;
  }
  return { south, north, west, east };
}

function at(values: Int32Array, i: number): number {
  return values[i] ?? 0;
}
