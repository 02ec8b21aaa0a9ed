import { type Box, type Named, placeNames, placeTowns, spreadMarks, squareAround } from "./map-layout.ts";
import type { Sheet, Spot } from "./map-plane.ts";

/** A hospital as the map draws it: its true place, its sign and what may be written beside it. */
export type SceneHospital = {
  readonly key: string;
  readonly spot: Spot;
  readonly shape: string;
  readonly name: string;
  readonly word: string;
};

export type SceneInput = {
  readonly sheet: Sheet;
  readonly hospitals: readonly SceneHospital[];
  readonly vehicles: readonly Spot[];
  readonly towns: readonly (Spot & { readonly name: string })[];
  /** The height of the board's text in px; signs and names are drawn in proportion to it. */
  readonly emPx: number;
  /** How wide a name is drawn, in px. */
  readonly widthOf: (text: string) => number;
};

/** A sign, its true place, and where it stands so that none covers another. */
export type PlacedMark = { readonly at: Spot; readonly spot: Spot };

export type PlacedName = Named & { readonly lines: readonly string[] };

export type Scene = {
  readonly hospitals: readonly (PlacedMark & { readonly name: PlacedName | null })[];
  readonly vehicles: readonly PlacedMark[];
  readonly towns: readonly { readonly name: string; readonly box: Box }[];
  /** Hospitals that should be named and found no room: counted below the map. */
  readonly unnamed: readonly string[];
};

/** Shares of the text's height. */
export const markRadiusEm = 0.56;
export const nameEm = 0.75;
export const vehicleRadiusEm = 0.6;
/** Between the lines of a name, in its own height. */
export const nameLineEm = 1.1;
/** Room around a sign, its outline included, in px. */
const markRoomPx = 1.5;
const nameRoomPx = 3;

/** What is named first and with its state in words, then what is named where it is not open. */
const namedOrder: readonly string[] = ["silent", "cannot", "full", "limited", "unconfirmed", "old", "absent"];
const worded: ReadonlySet<string> = new Set(["silent", "cannot", "full", "limited"]);

/**
 * Where everything on the map stands: hospitals' signs first (they stand still while the night goes on), then the
 * names of all that are not open, vehicles, and names of towns where room is left. If names with their states find no
 * room, all are tried without. Pure: the same input gives the same scene.
 */
export function sceneOf(input: SceneInput): Scene {
  const { sheet, hospitals, vehicles, emPx } = input;
  const half = markRadiusEm * emPx + markRoomPx;
  const spots = spreadMarks(
    hospitals.map(({ spot }) => spot),
    { half },
    sheet,
  );
  const squares = spots.map((spot) => squareAround(spot, half));
  const names = namesOf(input, spots, half, squares);
  const boxes = [...squares, ...[...names.values()].map(({ box }) => box)];
  const vehicleHalf = vehicleRadiusEm * emPx + markRoomPx;
  const vehicleSpots = spreadMarks(vehicles, { half: vehicleHalf }, sheet, boxes);
  const wanted = hospitals.filter(({ shape }) => shape !== "open");
  return {
    hospitals: hospitals.map(({ key, spot }, i) => {
      return { at: spot, spot: spots[i] ?? spot, name: names.get(key) ?? null };
    }),
    vehicles: vehicles.map((at, i) => ({ at, spot: vehicleSpots[i] ?? at })),
    towns: townsOf(input, boxes),
    unnamed: wanted.filter(({ key }) => !names.has(key)).map(({ name }) => name),
  };
}

function namesOf(
  input: SceneInput,
  spots: readonly Spot[],
  half: number,
  squares: readonly Box[],
): ReadonlyMap<string, PlacedName> {
  const wanted = input.hospitals
    .map((hospital, i) => ({ hospital, mark: spots[i] ?? hospital.spot }))
    .filter(({ hospital }) => hospital.shape !== "open")
    .sort((a, b) => rank(a.hospital) - rank(b.hospital));
  const placed = (withWords: boolean) => {
    const texts = wanted.map(({ hospital }) => linesOf(hospital, withWords && worded.has(hospital.shape)));
    const namings = wanted.map(({ hospital, mark }, i) => ({
      mark,
      sizes: (texts[i] ?? []).map((lines) => sizeOf(lines, input)),
      rank: rank(hospital),
    }));
    const found = placeNames(namings, { half }, input.sheet, squares);
    return wanted.flatMap(({ hospital }, i): [string, PlacedName][] => {
      const name = found[i] ?? null;
      const lines = name === null ? undefined : texts[i]?.[name.size];
      return name === null || lines === undefined ? [] : [[hospital.key, { ...name, lines }]];
    });
  };
  const withWords = placed(true);
  return new Map(withWords.length === wanted.length ? withWords : placed(false));
}

function rank({ shape }: SceneHospital): number {
  return namedOrder.indexOf(shape);
}

/** A name in one line, or broken before its last word; its state below. */
function linesOf({ name, word }: SceneHospital, withWord: boolean): readonly (readonly string[])[] {
  const words = name.split(" ");
  const below = withWord ? [word] : [];
  const last = words.slice(-1);
  const oneLine = [name, ...below];
  return words.length === 1 ? [oneLine] : [oneLine, [words.slice(0, -1).join(" "), ...last, ...below]];
}

function sizeOf(lines: readonly string[], { emPx, widthOf }: SceneInput) {
  return {
    width: Math.max(...lines.map(widthOf)) + nameRoomPx,
    height: lines.length * nameEm * nameLineEm * emPx + nameRoomPx,
  };
}

function townsOf({ sheet, towns, emPx, widthOf }: SceneInput, boxes: readonly Box[]): Scene["towns"] {
  const sized = towns.map((town) => ({ ...town, width: widthOf(town.name), height: nameEm * emPx * 1.2 }));
  const placed = placeTowns(sized, sheet, boxes);
  return sized.flatMap(({ name }, i) => {
    const box = placed[i] ?? null;
    return box === null ? [] : [{ name, box }];
  });
}
