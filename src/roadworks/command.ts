import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type MapLanguage, mapTitle, minutesMap } from "../anchor/roads/minutes-map.ts";
import { ok, type Result } from "../basics/result.ts";
import { type CapabilityId, capabilityIds } from "../region/vocabulary.ts";
import { type ProfileId, profileIds } from "../roads/network/profile.ts";
import { osmAttribution } from "../roads/table/file.ts";
import { openTable } from "../roads/table/table.ts";
import { bestLines, readCells } from "./best.ts";
import { type Built, buildTable, type Progress, readTableOf, updateTable } from "./build.ts";
import { isClosureVerb, runClosures } from "./closure-commands.ts";
import { fitRegion } from "./fit.ts";
import { ProgressBar } from "./progress.ts";
import { readRegionSites } from "./region-hospitals.ts";
import { roadsUsage } from "./usage.ts";
import { checkFilePlace, mapFile, writeWhole } from "./work-folder.ts";

/** Builds and keeps road tables; the exit code. What the system refuses (a full disk, a folder that may not be written) is a sentence. */
export async function runRoads(args: readonly string[]): Promise<number> {
  try {
    return await run(args);
  } catch (error) {
    if (error instanceof Error && "syscall" in error) return fail(`${error.message}.`);
    throw error;
  }
}

async function run([verb, ...args]: readonly string[]): Promise<number> {
  if (isClosureVerb(verb)) {
    const done = await runClosures(verb, args);
    if (!done.ok) return fail(done.error);
    console.log(done.value);
    return 0;
  }
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      osm: { type: "string" },
      region: { type: "string" },
      out: { type: "string" },
      capability: { type: "string" },
      language: { type: "string", default: "de" },
      cells: { type: "string" },
      drives: { type: "string" },
      profile: { type: "string", default: "blue-light" },
      threads: { type: "string", default: String(availableParallelism()) },
    },
    allowPositionals: true,
  });
  const { osm, region, out } = values;
  const profile = profileIds.find((id) => id === values.profile);
  if (profile === undefined) return fail(`--profile is one of ${profileIds.join(", ")}.`);
  const threads = Number(values.threads);
  if (!(Number.isInteger(threads) && threads >= 1)) return fail("--threads is a whole number, 1 or more.");
  const capability = capabilityIds.find((id) => id === values.capability);
  if (capability !== values.capability) return fail(`--capability is one of ${capabilityIds.join(", ")}.`);
  const language = languages.find((id) => id === values.language);
  if (language === undefined) return fail(`--language is one of ${languages.join(", ")}.`);
  const common = { threads, progress: bars(), warn };
  if (verb === "build" && osm !== undefined && region !== undefined) {
    const table = out === undefined ? tableName(region) : ok(out);
    if (!table.ok) return fail(table.error);
    const built = await buildTable({ ...common, osm, regionDir: region, table: table.value, profile });
    return report(built, table.value, profile);
  }
  const [table] = positionals;
  if (verb === "update" && table !== undefined && region !== undefined) {
    return report(await updateTable({ ...common, regionDir: region, table, osm }), table, null);
  }
  if (verb === "map" && table !== undefined && region !== undefined && out !== undefined) {
    return drawMap(table, region, { out, capability, language });
  }
  if (verb === "fit" && region !== undefined && values.drives !== undefined) {
    const fitted = fitRegion(region, values.drives);
    if (!fitted.ok) return fail(fitted.error);
    console.log(fitted.value);
    return 0;
  }
  if (verb === "best" && table !== undefined && region !== undefined) {
    return printBest(table, region, values.cells, capability);
  }
  console.error(`usage: holdfast ${roadsUsage}`);
  return 2;
}

/** Where no file is named: the region's, in the folder in which the command runs. */
function tableName(regionDir: string): Result<string, string> {
  const sites = readRegionSites(regionDir);
  return sites.ok ? ok(resolve(`${sites.value.region}.roads`)) : sites;
}

const languages = ["de", "en"] as const satisfies readonly MapLanguage[];

type MapWish = {
  readonly out: string;
  readonly capability: CapabilityId | undefined;
  readonly language: MapLanguage;
};

/** Of all hospitals of the table, or of those that the region says have the capability. */
function drawMap(file: string, regionDir: string, { out, capability, language }: MapWish): number {
  const sites = readRegionSites(regionDir);
  if (!sites.ok) return fail(sites.error);
  const place = checkFilePlace(out, mapFile);
  if (!place.ok) return fail(place.error);
  const parts = readTableOf(file, sites.value);
  if (!parts.ok) return fail(parts.error);
  const able = new Set(
    sites.value.hospitals
      .filter(({ capabilities }) => capability === undefined || capabilities.includes(capability))
      .map(({ id }) => id),
  );
  const table = openTable(parts.value);
  const masks = Uint32Array.from(table.hospitals, ({ id }) => (able.has(id) ? 1 : 0));
  if (!masks.includes(1)) {
    const known = capability === undefined ? "in the region" : `known to have ${capability}`;
    return fail(`no hospital of ${file} is ${known}.`);
  }
  const title = mapTitle(language, capability);
  writeWhole(out, Buffer.from(minutesMap({ table, masks, title, language })));
  return 0;
}

function printBest(file: string, regionDir: string, cellsFile?: string, capability?: string): number {
  const sites = readRegionSites(regionDir);
  if (!sites.ok) return fail(sites.error);
  const cells = readCells(regionDir, cellsFile);
  if (!cells.ok) return fail(cells.error);
  const parts = readTableOf(file, sites.value);
  if (!parts.ok) return fail(parts.error);
  const { lines, offRoad } = bestLines(openTable(parts.value), sites.value, cells.value, capability);
  const all = cells.value.length;
  if (offRoad === all)
    return fail(`all ${all} cells lie off every road of ${file}. Are latitude and longitude exchanged?`);
  if (lines.length === 1)
    return fail(`no hospital of the region is known to have ${capability ?? "any capability"}.`);
  console.log(lines.join("\n"));
  if (offRoad > 0) console.error(`holdfast: ${offRoad} of ${all} cells lie off every road.`);
  return 0;
}

function warn(sentence: string): void {
  console.error(`holdfast: ${sentence}`);
}

function fail(sentence: string): number {
  console.error(`holdfast: ${sentence}`);
  return 1;
}

function bars(): Progress {
  const labels = { read: "reading the extract", trees: "driving times      " };
  const shown = new Map<keyof typeof labels, ProgressBar>();
  return (step, done, begun) => {
    const bar = shown.get(step) ?? new ProgressBar(labels[step]);
    shown.set(step, bar);
    bar.show(done, begun);
  };
}

function report(built: Result<Built, string>, table: string, profile: ProfileId | null): number {
  if (!built.ok) return fail(built.error);
  const { junctions, segments, hospitals, taken, bytes } = built.value;
  const times = profile === null ? "" : `, profile ${profile}`;
  console.log(
    `${table}: ${hospitals} hospitals (${taken} taken over), ${junctions} junctions, ${segments} segments${times}, ` +
      `${(bytes / 1e6).toFixed(1)} MB. ${osmAttribution}`,
  );
  return 0;
}
