import { createHash } from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import { codeHash } from "../anchor/store/fold-version.ts";
import { present } from "../basics/assert.ts";
import { err, ok, type Result } from "../basics/result.ts";
import { buildNetwork } from "../roads/network/build.ts";
import { type ProfileId, profiles } from "../roads/network/profile.ts";
import { knowsAll } from "../roads/table/compact-file.ts";
import { decodeTable, encodeTable, tableVersion } from "../roads/table/file.ts";
import { type Entrance, type HospitalSite, type OffRoad, placeHospitals } from "../roads/table/hospitals.ts";
import { columnFromRows, rowsFromColumns } from "../roads/table/rows.ts";
import { tableRefusals } from "../roads/table/source-words.ts";
import { hospitalOffRoadMMax, type TableHospital, type TableParts } from "../roads/table/table.ts";
import { growColumns } from "./columns.ts";
import { readOsmFile } from "./osm-file.ts";
import { type RegionSites, readRegionSites } from "./region-hospitals.ts";
import { checkFilePlace, sha256, tableFile, WorkFolder, writeWhole } from "./work-folder.ts";

/** Told what is being done, which share of it is, and which share was when it began. */
export type Progress = (step: "read" | "trees", done: number, begun: number) => void;

export type BuildOptions = {
  readonly osm: string;
  readonly regionDir: string;
  readonly profile: ProfileId;
  readonly table: string;
  readonly threads: number;
  readonly progress: Progress;
  /** Told what is no error and may be one. */
  readonly warn: (sentence: string) => void;
};

/** What a build did, for its last line. */
export type Built = {
  readonly junctions: number;
  readonly segments: number;
  readonly hospitals: number;
  /** Columns that were taken over instead of computed. */
  readonly taken: number;
  readonly bytes: number;
};

/**
 * One extract and one region become one table file. Broken off, it goes on where it was: what is done lies in a folder
 * beside the table until the table is whole. Nothing under the table's name is ever half.
 */
export async function buildTable(options: BuildOptions): Promise<Result<Built, string>> {
  const sites = readRegionSites(options.regionDir);
  if (!sites.ok) return sites;
  const place = checkFilePlace(options.table, tableFile);
  if (!place.ok) return place;
  const key = await keyOf(options);
  if (!key.ok) return key;
  const folder = new WorkFolder(options.table);
  const kept = folder.open(key.value);
  if (!kept.ok) return kept;
  const ground =
    kept.value === null
      ? await readGround(options, folder)
      : ok({ ...kept.value, entrances: folder.entrances() });
  if (!ground.ok) {
    folder.remove();
    return ground;
  }
  const { network, info, entrances } = ground.value;
  const placed = placeHospitals(network, sites.value.hospitals, entrances);
  if (!placed.ok) {
    folder.remove();
    return err(offRoadSentence(placed.error, sites.value.hospitals.length, options.osm));
  }
  const taken = await growMissing(options, folder, network, placed.value);
  if (!taken.ok) return taken;
  const junctions = network.junctionLatE7.length;
  const columns = placed.value.map((hospital) =>
    present(folder.column(hospital, junctions), `the column of ${hospital.id}, just written`),
  );
  const built = write(options.table, {
    info: { ...info, region: sites.value.region },
    network,
    hospitals: placed.value,
    tenths: rowsFromColumns(columns, junctions),
  });
  folder.remove();
  return ok({ ...built, taken: taken.value });
}

/** The same data, profile and program give the same columns. */
export async function keyOf({ osm, profile }: BuildOptions): Promise<Result<string, string>> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(osm)) hash.update(chunk as Buffer);
  } catch (error) {
    return err(`${osm} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const program = codeHash(["roads/network", "roads/table", "roadworks"]);
  return ok(`${tableVersion} ${profile} ${profiles[profile].timeE3} ${hash.digest("hex")} ${program}`);
}

type Ground = Pick<TableParts, "info" | "network"> & { readonly entrances: readonly Entrance[] };

async function readGround(options: BuildOptions, folder: WorkFolder): Promise<Result<Ground, string>> {
  const extract = await readOsmFile(options.osm, (share) => options.progress("read", share, 0));
  if (!extract.ok) return extract;
  const { collector, dataAtMs, hasRelations } = extract.value;
  if (!hasRelations) options.warn(perhapsCut(options.osm));
  const network = buildNetwork(collector, profiles[options.profile]);
  if (!network.ok) {
    return err(
      network.error === "no-roads"
        ? `${options.osm} has no roads for cars.`
        : `${options.osm} has roads, but none that lead to others and back: no table can be made of them.`,
    );
  }
  const info = { region: "", profile: options.profile, osmAtMs: dataAtMs };
  const entrances = collector.entrances();
  folder.keepGround(network.value, info, entrances);
  return ok({ network: network.value, info, entrances });
}

/** Blocks say nothing of those that should follow; relations come last. */
function perhapsCut(osm: string): string {
  return `${osm} ends without relations. If nobody filtered it, it was cut off, and the table lacks roads.`;
}

/** How many columns were there already. */
async function growMissing(
  { threads, progress }: BuildOptions,
  folder: WorkFolder,
  network: TableParts["network"],
  hospitals: readonly TableHospital[],
): Promise<Result<number, string>> {
  const junctions = network.junctionLatE7.length;
  const missing = hospitals.filter((hospital) => folder.column(hospital, junctions) === null);
  const taken = hospitals.length - missing.length;
  const grown = await growColumns({
    network,
    hospitals: missing,
    threads,
    fileOf: (hospital) => folder.columnFile(hospital),
    progress: (done) => progress("trees", (taken + done) / hospitals.length, taken / hospitals.length),
  });
  return grown.ok ? ok(taken) : grown;
}

export type UpdateOptions = Pick<BuildOptions, "regionDir" | "table" | "threads" | "progress"> & {
  /** An extract whose mapped entrances are the hospitals' doors from now on; its roads are not read into the table. */
  readonly osm?: string | undefined;
};

/**
 * Brings a table to the region's present hospitals: only those that are new, have moved or (where an extract is given) whose
 * entrance is mapped elsewhere are computed.
 */
export async function updateTable(options: UpdateOptions): Promise<Result<Built, string>> {
  const { table, regionDir, threads, progress } = options;
  const sites = readRegionSites(regionDir);
  if (!sites.ok) return sites;
  const read = readTableParts(table);
  if (!read.ok) return read;
  const old = read.value;
  if (old.info.region !== sites.value.region) {
    return err(`${table} is a table of the region ${old.info.region}, not of ${sites.value.region}.`);
  }
  const placed = await placeAnew(old, sites.value.hospitals, options);
  if (!placed.ok) return placed;
  const columnOfDoor = (hospital: TableHospital) =>
    old.hospitals.findIndex((one) => isSameDoor(one, hospital));
  const hospitals = placed.value;
  const fresh = hospitals.filter((hospital) => columnOfDoor(hospital) < 0);
  const grown = await growColumns({
    network: old.network,
    hospitals: fresh,
    threads,
    progress: (done, all) => progress("trees", done / all, 0),
  });
  if (!grown.ok) return grown;
  const freshColumns = new Map(fresh.map(({ id }, i) => [id, grown.value[i]]));
  const columns = hospitals.map((hospital) => {
    const column = columnOfDoor(hospital);
    return column < 0
      ? present(freshColumns.get(hospital.id), "a grown column")
      : columnFromRows(old.tenths, old.hospitals.length, column);
  });
  const tenths = rowsFromColumns(columns, old.network.junctionLatE7.length);
  const built = write(table, { ...old, hospitals, tenths });
  return ok({ ...built, taken: hospitals.length - fresh.length });
}

/** The same way in: a column says how long it takes to this place on this road, not only to the hospital. */
function isSameDoor(one: TableHospital, other: TableHospital): boolean {
  const isSamePlace = one.id === other.id && one.latE7 === other.latE7 && one.lonE7 === other.lonE7;
  const [a, b] = [one.place, other.place];
  return isSamePlace && a.segment === b.segment && a.share === b.share && a.offRoadM === b.offRoadM;
}

/** Every hospital on the road: without an extract those that the table knows at their coordinates stay where they are. */
async function placeAnew(
  old: TableParts,
  sites: readonly HospitalSite[],
  { osm, table, progress }: UpdateOptions,
): Promise<Result<readonly TableHospital[], string>> {
  const extract =
    osm === undefined ? ok(null) : await readOsmFile(osm, (share) => progress("read", share, 0));
  if (!extract.ok) return extract;
  const knownOf = ({ id, latE3, lonE3 }: HospitalSite) =>
    extract.value !== null
      ? undefined
      : old.hospitals.find((one) => one.id === id && one.latE3 === latE3 && one.lonE3 === lonE3);
  const unknown = sites.filter((site) => knownOf(site) === undefined);
  const placed = placeHospitals(old.network, unknown, extract.value?.collector.entrances() ?? []);
  if (!placed.ok) return err(offRoadSentence(placed.error, sites.length, table));
  const byId = new Map(placed.value.map((hospital) => [hospital.id, hospital]));
  return ok(sites.map((site) => present(knownOf(site) ?? byId.get(site.id), "a placed hospital")));
}

/** The same, of this region as it is now: who asks for minutes is not to read those of another place. */
export function readTableOf(table: string, { region, hospitals }: RegionSites): Result<TableParts, string> {
  const parts = readTableParts(table);
  if (!parts.ok) return parts;
  const refusal =
    parts.value.info.region !== region
      ? "other-region"
      : knowsAll(parts.value.hospitals, hospitals)
        ? null
        : "other-hospitals";
  return refusal === null ? parts : err(`${table}: ${tableRefusals[refusal].en}.`);
}

/** A table file as it is, or why it cannot be used. */
export function readTableParts(table: string): Result<TableParts, string> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(table);
  } catch (error) {
    return err(`${table} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parts = decodeTable(bytes, sha256);
  return parts.ok ? parts : err(`${table}: ${tableRefusals[parts.error].en}.`);
}

function write(table: string, parts: TableParts): Omit<Built, "taken"> {
  const bytes = encodeTable(parts, sha256);
  writeWhole(table, bytes);
  const { network, hospitals } = parts;
  return {
    junctions: network.junctionLatE7.length,
    segments: network.from.length,
    hospitals: hospitals.length,
    bytes: bytes.length,
  };
}

const namedMax = 8;

function offRoadSentence(offRoad: readonly OffRoad[], all: number, source: string): string {
  const names = offRoad.slice(0, namedMax).map(({ id }) => id);
  const more = offRoad.length > namedMax ? ` and ${offRoad.length - namedMax} more` : "";
  const where = `farther than ${hospitalOffRoadMMax} m from every road of ${source}`;
  const swapped = offRoad.filter((one) => one.swapped).length;
  const hint = swapped > 0 ? ` ${swapped} would lie on a road with latitude and longitude exchanged.` : "";
  const verdict =
    offRoad.length === all
      ? `No hospital of the region (${names.join(", ")}${more}) lies near a road of ${source}: is it the region's extract?`
      : `${offRoad.length} of ${all} hospitals lie ${where}: ${names.join(", ")}${more}.`;
  return `${verdict}${hint} No table was written; one that was there is as it was.`;
}
