import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type AdviceBase, columnsOf, type NeedColumns } from "../../advice/base.ts";
import { adviceBaseOf, adviceNeedOf } from "../../advice/region-base.ts";
import type { Need } from "../../advice/state.ts";
import { assert, present } from "../../basics/assert.ts";
import { type Hospital, parseRegionData, type RegionData, regionFiles } from "../../region/region-data.ts";
import type { Position } from "../../roads/plane.ts";
import { driveFrom } from "../../roads/roads.ts";

/** A region as a day is played in it. Houses are counted in the order of advice: by id. */
export type DayRegion = {
  readonly data: RegionData;
  /** Roads and columns alone: nobody's state is ever written here. */
  readonly base: AdviceBase;
  readonly hospitals: readonly Hospital[];
  /** By hospital: its home centre, counted as the region lists them. */
  readonly centres: readonly number[];
  readonly needs: readonly DayNeed[];
};

export type DayNeed = {
  readonly need: Need;
  readonly columns: NeedColumns;
  readonly tracer: boolean;
};

/** The six diagnoses by which German EMS quality is measured. */
const tracers: readonly string[] = [
  ...["cardiac-arrest", "stroke", "severe-head-injury", "polytrauma", "sepsis", "stemi"],
];

/** The region that the program ships. Throws where its own files cannot be. */
export function readDayRegion(): DayRegion {
  const folder = join(import.meta.dirname, "..", "..", "..", "regions", "rhein-ruhr");
  const files = regionFiles.map(
    (file) => [file, JSON.parse(readFileSync(join(folder, `${file}.json`), "utf8"))] as const,
  );
  const data = parseRegionData(Object.fromEntries(files));
  assert(data.ok, "the shipped region's files are sound");
  return dayRegionOf(data.value);
}

function dayRegionOf(data: RegionData): DayRegion {
  const base = adviceBaseOf(data);
  const byId = new Map(data.hospitals.map((hospital) => [hospital.id, hospital]));
  const hospitals = base.hospitals.map(({ id }) => present(byId.get(id), "a hospital of the region"));
  const centres = data.region.controlCentres.map(({ id }) => id);
  return {
    data,
    base,
    hospitals,
    centres: hospitals.map(({ homeCentre }) => centres.indexOf(homeCentre)),
    needs: data.needs.map((row) => {
      const need = adviceNeedOf(row);
      return { need, columns: columnsOf(base, need), tracer: tracers.includes(need.id) };
    }),
  };
}

/** Tenths of a minute from a place to every hospital, by the region's estimate. */
export function drivesFrom({ base }: DayRegion, position: Position): Uint16Array {
  const minTenths = new Uint16Array(base.hospitals.length);
  assert(driveFrom(base.roads, position, minTenths).ok, "patients lie in their region");
  return minTenths;
}

/** Milliseconds in a tenth of a minute. */
export const minTenthMs = 6_000;
