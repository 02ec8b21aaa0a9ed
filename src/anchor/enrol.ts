import { isName, type Name } from "../basics/name.ts";
import { err, ok, type Result } from "../basics/result.ts";
import { formatVkey } from "../log/vkey.ts";
import { type DeviceRole, deviceRoles } from "../region/choices.ts";
import { makeKeys } from "./keys.ts";

/** What a device asks of the authority: to be named in the charter with these keys. */
export type DeviceRequest = {
  readonly region: Name;
  readonly site: Name;
  readonly device: Name;
  readonly roles: readonly DeviceRole[];
  readonly key: string;
  readonly holder: string;
};

const requestWord = "holdfast-request/1";

/** Makes a device's keys in `dir` and returns its request line; whoever carries it compares it by eye or voice. */
export function initDevice(
  dir: string,
  device: Pick<DeviceRequest, "region" | "site" | "device" | "roles">,
): Result<string, string> {
  const keys = makeKeys(dir, device.region, device.site, device.device);
  if (!keys.ok) return keys;
  const { signer, holder } = keys.value;
  const roles = device.roles.join(",");
  const names = [device.region, device.site, device.device, roles];
  return ok([requestWord, ...names, formatVkey(signer.vkey), formatVkey(holder.vkey)].join(" "));
}

export function parseRequestLine(line: string): Result<DeviceRequest, string> {
  const [word, region = "", site = "", device = "", roleText = "", key = "", holder = "", ...more] = line
    .trim()
    .split(" ");
  const roles = roleText.split(",").filter(isRole);
  const isComplete = word === requestWord && more.length === 0 && holder !== "";
  if (!isComplete || ![region, site, device].every(isName) || roles.length !== roleText.split(",").length) {
    return err(`Not a request line of a device: "${line.slice(0, 60)}"`);
  }
  return ok({ region, site, device, roles, key, holder });
}

function isRole(text: string): text is DeviceRole {
  return Object.hasOwn(deviceRoles, text);
}
