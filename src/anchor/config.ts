import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { deviceIdOf, isDeviceId, isName } from "../basics/name.ts";
import { err, ok, type Result } from "../basics/result.ts";
import { parseRegionData, type RegionData, regionFiles } from "../region/region-data.ts";
import { profileIds } from "../roads/network/profile.ts";

const name = v.pipe(v.string(), v.check(isName));
const deviceId = v.pipe(v.string(), v.check(isDeviceId));
const milliseconds = v.pipe(v.number(), v.integer(), v.minValue(1));

const trafficSchema = v.object({
  kind: v.picklist(["osrm", "valhalla"]),
  url: v.pipe(v.string(), v.check(isWebUrl, "not an http:// or https:// address")),
  /** Whose minutes are shown: the service's own are a normal car's. */
  profile: v.optional(v.picklist(profileIds), "blue-light"),
});
export type TrafficConfig = v.InferOutput<typeof trafficSchema>;

/** NATS servers and how to come in there; files from the folder of the settings. */
const natsServers = {
  servers: v.pipe(
    v.array(v.pipe(v.string(), v.check(isNatsUrl, "not a nats:// or tls:// address"))),
    v.minLength(1),
  ),
  tls: v.exactOptional(
    v.object({
      caFile: v.exactOptional(v.string()),
      certFile: v.exactOptional(v.string()),
      keyFile: v.exactOptional(v.string()),
    }),
  ),
  credentials: v.exactOptional(
    v.union([
      v.strictObject({ credsFile: v.string() }),
      v.strictObject({ user: v.string(), passwordFile: v.string() }),
    ]),
  ),
};

const settingsSchema = v.object({
  region: name,
  /** The authority's key: the one thing that a device must be told by somebody who is trusted. */
  authority: v.string(),
  listen: v.object({
    host: v.string(),
    port: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535)),
    /** Further names under which boards are asked for, when it listens beyond loopback. */
    names: v.exactOptional(v.array(v.string())),
    /** PEM files, from the folder of the settings; without them it listens in plain. */
    tls: v.exactOptional(v.object({ certFile: v.string(), keyFile: v.string() })),
  }),
  /** Folder with the region's files. */
  regionData: v.string(),
  /** Of regions that the charter names: */
  neighbours: v.exactOptional(
    v.record(
      name,
      v.object({
        /** The folder with that region's files; without one, sites show as its charter calls them. */
        regionData: v.exactOptional(v.string()),
        /** That region's servers, whose stream is read (docs/nats.md); without them its logs come by stick or codes alone. */
        nats: v.exactOptional(v.object(natsServers)),
      }),
    ),
  ),
  /** The file of the region's road table; without it, driving times are estimated. */
  roads: v.exactOptional(v.object({ table: v.string() })),
  /** A service in the region's own network that knows the traffic of now; without it nobody is asked. */
  traffic: v.exactOptional(trafficSchema),
  hosted: v.pipe(v.array(v.object({ site: name, device: name, mobile: v.boolean() })), v.minLength(1)),
  dials: v.array(
    v.object({
      hosted: deviceId,
      peer: deviceId,
      /** Without one, the charter says where the peer listens, or by which relays it is reached. */
      url: v.exactOptional(v.pipe(v.string(), v.check(isSocketUrl, "not a ws:// or wss:// address"))),
    }),
  ),
  /** NATS servers over which the region's logs travel too (docs/nats.md); files from the folder of the settings. */
  nats: v.exactOptional(
    v.object({
      ...natsServers,
      /** The device of this process that signs what is said there. */
      hosted: deviceId,
      /** Of the region's stream, where this anchor is the first and makes it. */
      stream: v.optional(
        v.object({
          replicas: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(5)), 1),
          bytesMax: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1_048_576))),
        }),
        {},
      ),
    }),
  ),
  /** Instead of the region's policy; a rehearsal lets states run out sooner. */
  policy: v.optional(
    v.object({ openRunsOutMs: v.optional(milliseconds), voiceRunsOutMs: v.optional(milliseconds) }),
    {},
  ),
  /** Obey the store's faults: the rehearsal only. */
  faults: v.optional(v.boolean(), false),
});

const configSchema = v.pipe(
  settingsSchema,
  v.forward(
    v.check(({ hosted, dials }) => {
      const ids = new Set(hosted.map(deviceIdOf));
      return ids.size === hosted.length && dials.every((target) => ids.has(target.hosted));
    }, "only a device that is hosted here, and once, can dial"),
    ["dials"],
  ),
  v.forward(
    v.check(
      ({ hosted, nats }) => nats === undefined || hosted.some((one) => deviceIdOf(one) === nats.hosted),
      "only a device that is hosted here can sign",
    ),
    ["nats"],
  ),
);

export type AnchorConfig = v.InferOutput<typeof configSchema>;

const configFile = "anchor.json";
/** The charter as the authority exported it; taken in at each start. */
export const charterFile = "charter.txt";

export function writeConfig(dir: string, config: AnchorConfig): void {
  writeFileSync(join(dir, configFile), `${JSON.stringify(config, null, 2)}\n`);
}

export function readConfig(dir: string): Result<AnchorConfig, string> {
  const json = readJson(join(dir, configFile));
  if (!json.ok) return json;
  const parsed = v.safeParse(configSchema, json.value);
  if (parsed.success) return ok(parsed.output);
  const [issue] = parsed.issues;
  const place = issue.path?.map(({ key }) => String(key)).join(".") ?? "";
  return err(`${join(dir, configFile)}, ${place}: ${issue.message}`);
}

function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

export function isSocketUrl(text: string): boolean {
  return URL.canParse(text) && /^wss?:$/.test(new URL(text).protocol);
}

function isNatsUrl(text: string): boolean {
  return URL.canParse(text) && /^(nats|tls):$/.test(new URL(text).protocol);
}

/** Every fault of a region's files at once, as sentences. */
export function readRegionData(dir: string): Result<RegionData, string> {
  const files: Record<string, unknown> = {};
  for (const member of regionFiles) {
    const json = readJson(join(dir, `${member}.json`));
    if (!json.ok) return json;
    files[member] = json.value;
  }
  const data = parseRegionData(files);
  return data.ok ? data : err(data.error.join("\n"));
}

function readJson(file: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    return err(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
