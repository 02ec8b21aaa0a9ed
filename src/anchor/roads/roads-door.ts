import { Worker } from "node:worker_threads";
import type { Context, Hono } from "hono";
import type { Name } from "../../basics/name.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import type { SiteType } from "../../region/choices.ts";
import { type CapabilityId, capabilities, capabilityIds, type RegionData } from "../../region/region-data.ts";
import type { RoadTable } from "../../roads/table/table.ts";
import type { MapTask } from "./map-child.ts";
import { type MapLanguage, mapTitle } from "./minutes-map.ts";
import type { RoadSource } from "./road-table.ts";

export type RoadsDoorOptions = {
  readonly typeOf: (site: Name) => SiteType | undefined;
  readonly roads: RoadSource;
  readonly data: RegionData;
  readonly nowMs: () => number;
};

/** Told in both languages here, not in a board: none loads a byte of it. */
const texts = {
  de: {
    title: "Fahrminuten zum nächsten Krankenhaus",
    back: "Zur Tafel",
    closures: "Straßensperrungen",
    other: "English",
    none: "Kein Krankenhaus der Region hat das nach unserer Kenntnis.",
    noTable: "Diese Karte braucht eine Straßentabelle.",
    principle:
      "Nach dem, was die Häuser grundsätzlich haben. Ob sie jetzt annehmen können, steht auf der Tafel.",
    closed: "Gesperrte Straßen sind umfahren.",
  },
  en: {
    title: "Minutes to the nearest hospital",
    back: "To the board",
    closures: "Road closures",
    other: "Deutsch",
    none: "No hospital of the region is known to have this.",
    noTable: "This map needs a road table.",
    principle: "By what hospitals have in principle. Whether they can take a patient now is on the board.",
    closed: "Closed roads are driven round.",
  },
} as const;

/** The page with the picture of minutes, for a control centre; it loads no script. */
export function addRoadsDoor(app: Hono, options: RoadsDoorOptions): void {
  const pictures = new Pictures();
  app.get("/dispatch/:site/roads", (context) => {
    const site = context.req.param("site");
    if (options.typeOf(site) !== "control-centre") return context.notFound();
    return context.html(pageOf(options, site, askedOf(context)));
  });
  app.get("/api/:site/roads.svg", async (context) => {
    const { table } = options.roads;
    if (options.typeOf(context.req.param("site")) !== "control-centre" || table === undefined)
      return context.notFound();
    const { capability, language } = askedOf(context);
    const masks = masksOf(table, options.data, capability);
    if (!masks.includes(1)) return context.notFound();
    const title = mapTitle(language, capability);
    const drawn = await pictures.draw(table, { masks, title, language });
    if (!drawn.ok) return context.text(drawn.error, 503);
    return context.body(drawn.value, 200, { "Content-Type": "image/svg+xml", "Cache-Control": "no-store" });
  });
}

type Asked = { readonly capability: CapabilityId; readonly language: MapLanguage };

function askedOf(context: Context): Asked {
  const capability = capabilityIds.find((id) => id === context.req.query("capability"));
  return {
    capability: capability ?? "emergency-department",
    language: context.req.query("language") === "en" ? "en" : "de",
  };
}

function masksOf(table: RoadTable, { hospitals }: RegionData, capability: CapabilityId): Uint32Array {
  const able = new Set(
    hospitals.filter(({ capabilities: has }) => has[capability].value === "yes").map(({ id }) => id),
  );
  return Uint32Array.from(table.hospitals, ({ id }) => (able.has(id) ? 1 : 0));
}

function pageOf(
  { roads, data, nowMs }: RoadsDoorOptions,
  site: Name,
  { capability, language }: Asked,
): string {
  const say = texts[language];
  const link = (to: CapabilityId, of: MapLanguage) => `?capability=${to}&amp;language=${of}`;
  const links = capabilityIds.map((id) => {
    const current = id === capability ? ' aria-current="page"' : "";
    return `<li><a href="${link(id, language)}"${current}>${escaped(capabilities[id][language])}</a></li>`;
  });
  const title = escaped(mapTitle(language, capability));
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(say.title)}</title><style>${style}</style></head>
<body><header><a href="/dispatch/${site}">${say.back}</a> <a href="/closures/${site}${language === "en" ? "?lang=en" : ""}">${say.closures}</a> <a href="${link(capability, language === "de" ? "en" : "de")}" lang="${language === "de" ? "en" : "de"}">${say.other}</a></header>
<h1>${title}</h1><nav aria-label="${escaped(say.title)}"><ul>${links.join("")}</ul></nav>
<main>${pictureOf(roads.table, data, site, { capability, language })}</main>
<p>${escaped(roads.words(nowMs())[language])}</p></body></html>`;
}

function pictureOf(table: RoadTable | undefined, data: RegionData, site: Name, asked: Asked): string {
  const { capability, language } = asked;
  const say = texts[language];
  if (table === undefined) return `<p>${say.noTable}</p>`;
  if (!masksOf(table, data, capability).includes(1)) return `<p>${say.none}</p>`;
  const closed = table.closed === null ? "" : ` ${say.closed}`;
  const alt = escaped(mapTitle(language, capability));
  return `<img src="/api/${site}/roads.svg?capability=${capability}&amp;language=${language}" alt="${alt}"><p>${say.principle}${closed}</p>`;
}

const style =
  "body{font:1rem/1.4 system-ui,sans-serif;max-width:62rem;margin:0 auto;padding:.5rem 1rem;color:#111;background:#fff}" +
  "header{display:flex;justify-content:space-between}nav ul{display:flex;flex-wrap:wrap;gap:.25rem;list-style:none;padding:0}" +
  "a{display:inline-block;min-height:1.5rem;padding:.35rem .6rem;color:#0b3d91}nav a{border:1px solid #667}" +
  "a[aria-current]{background:#0b3d91;color:#fff;text-decoration:none}img{width:100%;height:auto}";

const waitingMax = 8;

/** Draws one picture at a time in a thread of its own: a region takes about a second, and beats must not wait for it. */
class Pictures {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  async draw(table: RoadTable, options: Omit<MapTask, "parts" | "closed">): Promise<Result<string, string>> {
    if (this.#waiting >= waitingMax) return err("Too many pictures are being drawn. Please try again.");
    this.#waiting += 1;
    const next = this.#last.then(() => drawn(table, options));
    this.#last = next;
    const picture = await next;
    this.#waiting -= 1;
    return picture;
  }
}

function drawn(
  table: RoadTable,
  options: Omit<MapTask, "parts" | "closed">,
): Promise<Result<string, string>> {
  const { info, network, hospitals, tenths, closed } = table;
  const task: MapTask = { ...options, parts: { info, network, hospitals, tenths }, closed };
  const worker = new Worker(new URL("./map-child.ts", import.meta.url), { workerData: task, execArgv: [] });
  return new Promise((resolve) => {
    worker.once("message", (svg: string) => resolve(ok(svg)));
    worker.once("error", (error) => resolve(err(String(error))));
    worker.once("exit", () => resolve(err("the drawing ended early")));
  });
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
