import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import type { Result } from "../basics/result.ts";
import { type ProfileId, profileIds } from "../roads/network/profile.ts";
import { osmAttribution } from "../roads/table/file.ts";
import { type Built, buildTable, type Progress, updateTable } from "./build.ts";
import { ProgressBar } from "./progress.ts";
import { roadsUsage } from "./usage.ts";

/** Builds and keeps road tables; the exit code. */
export async function runRoads([verb, ...args]: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      osm: { type: "string" },
      region: { type: "string" },
      out: { type: "string" },
      profile: { type: "string", default: "blue-light" },
      threads: { type: "string", default: String(availableParallelism()) },
    },
    allowPositionals: true,
  });
  const { osm, region, out } = values;
  const profile = profileIds.find((id) => id === values.profile);
  const threads = Math.max(1, Number(values.threads) || 1);
  const common = { threads, progress: bars() };
  if (
    verb === "build" &&
    osm !== undefined &&
    region !== undefined &&
    out !== undefined &&
    profile !== undefined
  ) {
    return report(await buildTable({ ...common, osm, regionDir: region, table: out, profile }), out, profile);
  }
  const [table] = positionals;
  if (verb === "update" && table !== undefined && region !== undefined) {
    return report(await updateTable({ ...common, regionDir: region, table }), table, null);
  }
  console.error(`usage: holdfast ${roadsUsage}`);
  return 2;
}

function bars(): Progress {
  const labels = { read: "reading the extract", trees: "driving times      " };
  const shown = new Map<keyof typeof labels, ProgressBar>();
  return (step, done) => {
    const bar = shown.get(step) ?? new ProgressBar(labels[step]);
    shown.set(step, bar);
    bar.show(done);
  };
}

function report(built: Result<Built, string>, table: string, profile: ProfileId | null): number {
  if (!built.ok) {
    console.error(`holdfast: ${built.error}`);
    return 1;
  }
  const { junctions, segments, hospitals, taken, bytes } = built.value;
  const times = profile === null ? "" : `, profile ${profile}`;
  console.log(
    `${table}: ${hospitals} hospitals (${taken} taken over), ${junctions} junctions, ${segments} segments${times}, ` +
      `${(bytes / 1e6).toFixed(1)} MB. ${osmAttribution}`,
  );
  return 0;
}
