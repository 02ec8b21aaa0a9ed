import { err, ok, type Result } from "./result.ts";

/** A region, site or device: `[a-z0-9-]{1,32}`. */
export type Name = string;
/** A log inside its region: `<site>/<device>/<epoch>`. Facts refer to logs by this short form. */
export type LogId = string;
/** A log in the world: `holdfast/1/<region>/<site>/<device>/<epoch>`, the first line of its checkpoints. */
export type Origin = string;
/** A device inside its region: `<site>/<device>`. */
export type DeviceId = string;
/** One entry: its log and its position in it, from 0. */
export type FactRef = readonly [log: LogId, index: number];

export type OriginParts = {
  readonly region: Name;
  readonly site: Name;
  readonly device: Name;
  readonly epoch: string;
};

export const originPrefix = "holdfast/1";

const nameText = "[a-z0-9-]{1,32}";
const epochText = "[1-9][0-9]{0,8}-[0-9a-f]{8}";
const namePattern = /* @__PURE__ */ new RegExp(`^${nameText}$`);
const epochPattern = /* @__PURE__ */ new RegExp(`^${epochText}$`);
// Every fact and every beat is checked with these, so each is one pattern and not two or three.
const logIdPattern = /* @__PURE__ */ new RegExp(`^${nameText}/${nameText}/${epochText}$`);
const deviceIdPattern = /* @__PURE__ */ new RegExp(`^${nameText}/${nameText}$`);
const originPattern = /* @__PURE__ */ new RegExp(
  `^${originPrefix}/(${nameText})/(${nameText})/(${nameText})/(${epochText})$`,
);

export function isName(text: string): boolean {
  return namePattern.test(text);
}

/** An epoch is a counter from 1 and eight random hexadecimal digits: `3-9f2c41aa`. */
export function isEpoch(text: string): boolean {
  return epochPattern.test(text);
}

export function isLogId(text: string): boolean {
  return logIdPattern.test(text);
}

export function isDeviceId(text: string): boolean {
  return deviceIdPattern.test(text);
}

export function originOf(region: Name, log: LogId): Origin {
  return `${originPrefix}/${region}/${log}`;
}

export function isOrigin(text: string): boolean {
  return originPattern.test(text);
}

export function parseOrigin(origin: string): Result<OriginParts, "not-an-origin"> {
  const [whole, region = "", site = "", device = "", epoch = ""] = originPattern.exec(origin) ?? [];
  return whole === undefined ? err("not-an-origin") : ok({ region, site, device, epoch });
}

export function logIdOf(parts: OriginParts): LogId {
  return `${parts.site}/${parts.device}/${parts.epoch}`;
}

export function deviceIdOf(parts: Pick<OriginParts, "site" | "device">): DeviceId {
  return `${parts.site}/${parts.device}`;
}

/** The site of a {@link LogId} or {@link DeviceId}. */
export function siteOf(id: LogId | DeviceId): Name {
  return id.slice(0, id.indexOf("/"));
}

/** The name of a {@link DeviceId} inside its site. */
export function deviceNameOf(id: DeviceId): Name {
  return id.slice(id.indexOf("/") + 1);
}

/** The site of an {@link Origin} that was checked before; cheap, since it is asked for every link and log. */
export function siteOfOrigin(origin: Origin): Name {
  const start = origin.indexOf("/", originPrefix.length + 1) + 1;
  return origin.slice(start, origin.indexOf("/", start));
}

/** The device of a {@link LogId}. */
export function deviceOf(log: LogId): DeviceId {
  return log.slice(0, log.lastIndexOf("/"));
}

/** A {@link FactRef} as a key of a map: `<log>#<index>`. */
export function refKey(ref: FactRef): string {
  return `${ref[0]}#${ref[1]}`;
}
