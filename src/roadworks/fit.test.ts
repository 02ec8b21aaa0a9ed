import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { rheinRuhr } from "../../test/scenarios/rhein-ruhr.ts";
import { regionData } from "../../test/support/anchors.ts";
import { adviceBaseOf } from "../advice/region-base.ts";
import { driveFrom } from "../roads/roads.ts";
import { fitRegion } from "./fit.ts";

const dir = mkdtempSync(join(tmpdir(), "holdfast-drives-"));
const file = join(dir, "drives.csv");
afterAll(() => rmSync(dir, { recursive: true }));

const fitOf = (rows: readonly string[]) => {
  writeFileSync(file, ["latE3,lonE3,hospital,minutes", ...rows].join("\n"));
  const fit = fitRegion(regionData, file);
  return fit.ok ? fit.value : fit.error;
};

/** The estimate's own minutes from one place to every hospital, half as long again. */
function slowDrives(): readonly string[] {
  const { hospitals, roads } = adviceBaseOf(rheinRuhr);
  const minTenths = new Uint16Array(hospitals.length);
  expect(driveFrom(roads, { latE3: 51_230, lonE3: 6_800 }, minTenths)).toEqual({
    ok: true,
    value: "estimate",
  });
  return hospitals.map(({ id }, i) => `51230,6800,${id},${(((minTenths[i] ?? 0) * 1.5) / 10).toFixed(1)}`);
}

test("[ROADS6] the command prints the member of region.json, over the same bridges as the estimate, and the errors", () => {
  const printed = fitOf(slowDrives());
  expect(printed).toMatch(
    /^\{"driveFactor":\{"valueE3":1500,"certainty":"D","source":"own-drives"\}\}\n66 drives\. /,
  );
  expect(printed).toContain("Error of the formula: median 33 %");
  expect(printed).toContain("on drives that had no part in it: median 0 %");
});

test("[ROADS6] what are no drives of the region is a sentence with its line", () => {
  expect(fitOf(["51230,6800,ukd,9"])).toContain("1 drives are too few");
  expect(fitOf(["51230,6800,elsewhere,9"])).toContain(
    "line 2: not latE3,lonE3,hospital,minutes of this region",
  );
  expect(fitOf(["51.23,6.8,ukd,9"])).toContain("line 2: not");
  expect(fitOf(["48000,11000,ukd,9"])).toContain("line 2: ukd is driven to from outside the region.");
  expect(fitOf(["6800,51230,ukd,9"])).toContain("outside the region. Latitude and longitude are exchanged.");
  expect(fitOf(slowDrives().map((row) => row.replace(/[\d.]+$/, "900")))).toContain(
    "These are no minutes by road",
  );
  expect(fitRegion(regionData, join(dir, "none"))).toEqual({
    ok: false,
    error: `${join(dir, "none")} cannot be read.`,
  });
});
