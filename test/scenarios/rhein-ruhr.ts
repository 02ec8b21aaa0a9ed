import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type AdviceBase, setHospitalState } from "../../src/advice/base.ts";
import { adviceBaseOf } from "../../src/advice/region-base.ts";
import type { HospitalState } from "../../src/advice/state.ts";
import { parseRegionData, type RegionData, regionFiles } from "../../src/region/region-data.ts";

const folder = join(import.meta.dirname, "..", "..", "regions", "rhein-ruhr");

function readRegion(): RegionData {
  const files = regionFiles.map(
    (file) => [file, JSON.parse(readFileSync(join(folder, `${file}.json`), "utf8"))] as const,
  );
  const region = parseRegionData(Object.fromEntries(files));
  if (!region.ok) throw new Error(region.error.join("\n"));
  return region.value;
}

export const rheinRuhr = readRegion();

/** Every hospital heard, and what it has in principle reported open at 02:00, as on a quiet night. */
export function quietNight(): AdviceBase {
  const base = adviceBaseOf(rheinRuhr);
  for (const { id } of rheinRuhr.hospitals) setHospitalState(base, quietState(id));
  return base;
}

export function quietState(hospital: string): HospitalState {
  const row = rheinRuhr.hospitals.find(({ id }) => id === hospital);
  if (row === undefined) throw new Error(`no hospital ${hospital} in Rhein-Ruhr`);
  const open = { state: "open", sinceMs: 7_200_000, voice: false } as const;
  const reported = Object.entries(row.capabilities).filter(([, { value }]) => value === "yes");
  return {
    hospital,
    contact: "heard",
    contactSinceMs: null,
    reported: Object.fromEntries(reported.map(([capability]) => [capability, open])),
  };
}
