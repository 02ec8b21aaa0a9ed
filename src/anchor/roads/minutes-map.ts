import { type CapabilityId, capabilities } from "../../region/vocabulary.ts";
import { osmAttribution } from "../../roads/table/file.ts";
import { profileWords } from "../../roads/table/source-words.ts";
import { nearestOf, type RoadTable, rowFrom } from "../../roads/table/table.ts";

/** Upper ends in minutes, and a colour each, light to dark; told apart by who cannot see red or green too. */
const bands = [
  { maxMin: 5, colour: "#fde725" },
  { maxMin: 10, colour: "#90d743" },
  { maxMin: 15, colour: "#35b779" },
  { maxMin: 20, colour: "#21918c" },
  { maxMin: 30, colour: "#31688e" },
  { maxMin: Number.POSITIVE_INFINITY, colour: "#443983" },
] as const;

const columnsMax = 240;
const widthPx = 960;
const legendPx = 84;
const tenthsOfMinute = 600;

export type MapOptions = {
  readonly table: RoadTable;
  /** For each hospital 1 if it has what is asked for. */
  readonly masks: Uint32Array;
  /** What is drawn, for the title. */
  readonly title: string;
  readonly language: MapLanguage;
};

export type MapLanguage = "de" | "en";

/** What the picture says it is: minutes to the nearest hospital, or to the nearest with a capability. */
export function mapTitle(language: MapLanguage, capability?: CapabilityId): string {
  const { title } = mapTexts[language];
  return capability === undefined ? title : `${title}: ${capabilities[capability][language]}`;
}

/** A picture of the minutes to the nearest of the hospitals asked for, over the whole network; places off the road stay white. */
export function minutesMap({ table, masks, title, language }: MapOptions): string {
  const box = boxOf(table);
  const heightPerWidth = (box.north - box.south) / ((box.east - box.west) * shrinkOf(box));
  const columns = columnsMax;
  const rows = Math.max(1, Math.round(columns * heightPerWidth));
  const heightPx = Math.round(widthPx * heightPerWidth);
  const cellPx = widthPx / columns;
  const rects: string[] = [];
  for (let row = 0; row < rows; row += 1) {
    const latE7 = Math.round(box.north - ((row + 0.5) * (box.north - box.south)) / rows);
    let begin = 0;
    let open = -1;
    for (let column = 0; column <= columns; column += 1) {
      const lonE7 = Math.round(box.west + ((column + 0.5) * (box.east - box.west)) / columns);
      const band = column === columns ? -1 : bandAt(table, masks, latE7, lonE7);
      if (band === open) continue;
      // Equal neighbours are one rectangle.
      if (open >= 0)
        rects.push(
          rect(begin * cellPx, row * (heightPx / rows), (column - begin) * cellPx, heightPx / rows, open),
        );
      begin = column;
      open = band;
    }
  }
  const marks = table.hospitals.flatMap(({ latE7, lonE7 }, i) => {
    if (masks[i] !== 1) return [];
    const x = ((lonE7 - box.west) / (box.east - box.west)) * widthPx;
    const y = ((box.north - latE7) / (box.north - box.south)) * heightPx;
    return [`<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="4"/>`];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${widthPx} ${heightPx + legendPx}" font-family="sans-serif" font-size="15" shape-rendering="crispEdges">`,
    `<title>${escaped(title)}</title><rect width="100%" height="100%" fill="#fff"/>`,
    ...rects,
    `<g fill="#fff" stroke="#000" stroke-width="1.5">${marks.join("")}</g>`,
    legend(table, title, heightPx, language),
    "</svg>\n",
  ].join("\n");
}

const scratch = new Map<number, Uint16Array>();

/** The band's index; −1: no road near here, or no way to any of them. */
function bandAt(table: RoadTable, masks: Uint32Array, latE7: number, lonE7: number): number {
  const width = table.hospitals.length;
  const row = scratch.get(width) ?? new Uint16Array(width);
  scratch.set(width, row);
  if (!rowFrom(table, latE7, lonE7, row).ok) return -1;
  const [nearest] = nearestOf(row, masks, 1, 1);
  if (nearest === undefined) return -1;
  const minutes = (row[nearest] ?? 0) / tenthsOfMinute;
  return bands.findIndex(({ maxMin }) => minutes <= maxMin);
}

function rect(x: number, y: number, width: number, height: number, band: number): string {
  const box = [x, y, width, height].map((value) => value.toFixed(1));
  return `<rect x="${box[0]}" y="${box[1]}" width="${box[2]}" height="${box[3]}" fill="${bands[band]?.colour}"/>`;
}

const mapTexts = {
  de: {
    title: "Minuten zum nächsten Krankenhaus",
    of: (date: string) => `Straßen vom ${date}`,
    noDate: "Stand der Straßen nicht bekannt",
  },
  en: {
    title: "Minutes to the nearest hospital",
    of: (date: string) => `roads of ${date}`,
    noDate: "state of the roads not known",
  },
} as const;

function legend({ info }: RoadTable, title: string, top: number, language: MapLanguage): string {
  const keys = bands.map(({ maxMin, colour }, i) => {
    const x = 8 + i * 120;
    const text = Number.isFinite(maxMin) ? `≤ ${maxMin} min` : `> ${bands[i - 1]?.maxMin} min`;
    return `<rect x="${x}" y="${top + 34}" width="18" height="18" fill="${colour}"/><text x="${x + 24}" y="${top + 48}">${text}</text>`;
  });
  const say = mapTexts[language];
  const roads =
    info.osmAtMs === null ? say.noDate : say.of(new Date(info.osmAtMs).toISOString().slice(0, 10));
  const source = `${info.region}, ${profileWords[info.profile][language]}, ${roads}, ${osmAttribution}`;
  return [
    `<text x="8" y="${top + 22}" font-weight="bold">${escaped(title)}</text>`,
    ...keys,
    `<text x="8" y="${top + 74}" font-size="12">${escaped(source)}</text>`,
  ].join("\n");
}

type Box = { readonly south: number; readonly north: number; readonly west: number; readonly east: number };

function boxOf({ network }: RoadTable): Box {
  const ends = (values: Int32Array) =>
    values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)] as const, [
      2 ** 31,
      -(2 ** 31),
    ] as readonly [number, number]);
  const [south, north] = ends(network.junctionLatE7);
  const [west, east] = ends(network.junctionLonE7);
  return { south, north, west, east };
}

/** How much shorter a degree of longitude is than one of latitude. */
function shrinkOf({ south, north }: Box): number {
  return Math.cos((((south + north) / 2 / 1e7) * Math.PI) / 180);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
