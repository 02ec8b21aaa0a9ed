import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { isName } from "../basics/name.ts";
import { err, ok, type Result } from "../basics/result.ts";
import type { HospitalSite } from "../roads/table/hospitals.ts";

const whole = v.pipe(v.number(), v.integer());
const regionSchema = v.object({ id: v.string() });
const hospitalsSchema = v.pipe(
  v.array(
    v.object({
      id: v.pipe(v.string(), v.check(isName, "an id is lower-case letters, digits and hyphens")),
      latE3: whole,
      lonE3: whole,
      capabilities: v.optional(v.record(v.string(), v.looseTuple([v.string()])), {}),
    }),
  ),
  v.minLength(1, "no hospital"),
  v.check((rows) => new Set(rows.map(({ id }) => id)).size === rows.length, "an id stands twice"),
);

export type RegionSites = {
  readonly region: string;
  readonly hospitals: readonly (HospitalSite & { readonly capabilities: readonly string[] })[];
};

/** What a road table needs of a region's folder: its name, and where its hospitals are. Other faults are not its business. */
export function readRegionSites(dir: string): Result<RegionSites, string> {
  const region = read(join(dir, "region.json"), regionSchema);
  if (!region.ok) return region;
  const hospitals = read(join(dir, "hospitals.json"), hospitalsSchema);
  if (!hospitals.ok) return hospitals;
  return ok({
    region: region.value.id,
    hospitals: hospitals.value.map(({ capabilities, ...site }) => ({
      ...site,
      capabilities: Object.keys(capabilities).filter((id) => capabilities[id]?.[0] === "yes"),
    })),
  });
}

function read<S extends v.GenericSchema>(file: string, schema: S): Result<v.InferOutput<S>, string> {
  try {
    const parsed = v.safeParse(schema, JSON.parse(readFileSync(file, "utf8")));
    if (parsed.success) return ok(parsed.output);
    const [issue] = parsed.issues;
    return err(`${file}, ${v.getDotPath(issue) ?? ""}: ${issue.message}`);
  } catch (error) {
    return err(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
