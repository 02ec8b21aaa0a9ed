import { readFileSync } from "node:fs";
import { readRegionData } from "../anchor/config.ts";
import { err, ok, type Result } from "../basics/result.ts";
import { type Drive, drivesMin, type FitError, fitFactor } from "../roads/fit.ts";
import { buildStraight, wayTo } from "../roads/straight.ts";

const row = /^(-?\d{1,6}),(-?\d{1,6}),([a-z0-9-]{1,32}),(\d{1,3}(?:\.\d+)?)$/;

/**
 * What a region's own drives say of the estimate: a CSV with a head and the rows latE3, lonE3, hospital, minutes with
 * blue lights. Printed is the member of region.json; an error is a sentence.
 */
export function fitRegion(regionDir: string, drivesFile: string): Result<string, string> {
  const data = readRegionData(regionDir);
  if (!data.ok) return data;
  let text: string;
  try {
    text = readFileSync(drivesFile, "utf8");
  } catch {
    return err(`${drivesFile} cannot be read.`);
  }
  const { hospitals, waters, region } = data.value;
  const river = waters.rivers[0]?.points ?? [];
  const roads = buildStraight({ hospitals, river, bridges: waters.bridges, projection: region.projection });
  const drives: Drive[] = [];
  for (const [i, line] of text.trim().split(/\r?\n/).slice(1).entries()) {
    const [, lat = "", lon = "", id = "", minutes = ""] = row.exec(line) ?? [];
    const hospital = hospitals.findIndex((one) => one.id === id);
    if (hospital < 0)
      return err(`${drivesFile}, line ${i + 2}: not latE3,lonE3,hospital,minutes of this region.`);
    const way = wayTo(roads, { latE3: Number(lat), lonE3: Number(lon) }, hospital);
    if (!way.ok) {
      const isSwapped = wayTo(roads, { latE3: Number(lon), lonE3: Number(lat) }, hospital).ok;
      const hint = isSwapped ? " Latitude and longitude are exchanged." : "";
      return err(`${drivesFile}, line ${i + 2}: ${id} is driven to from outside the region.${hint}`);
    }
    const minTenths = Math.round(Number(minutes) * 10);
    if (minTenths > 0) drives.push({ distanceM: way.value.distanceM, minTenths });
  }
  const fit = fitFactor(drives);
  if (!fit.ok) {
    return fit.error === "too-few-drives"
      ? err(`${drives.length} drives are too few: a factor wants ${drivesMin}, from all parts of the region.`)
      : err("These are no minutes by road: they are less than half or more than twice the estimate.");
  }
  const { factorE3, before, after } = fit.value;
  const words = (error: FitError) =>
    `median ${error.median.toFixed(0)} %, 90th ${error.p90.toFixed(0)} %, 95th ${error.p95.toFixed(0)} %`;
  const member = { driveFactor: { valueE3: factorE3, certainty: "D", source: "own-drives" } };
  return ok(
    `${JSON.stringify(member)}\n${drives.length} drives. Error of the formula: ${words(before)}; ` +
      `with the factor, on drives that had no part in it: ${words(after)}.`,
  );
}
