import { isName, type Name } from "../basics/name.ts";
import { err, ok, type Result } from "../basics/result.ts";
import { formatVkey } from "../log/vkey.ts";
import { type DeviceRole, deviceRoles } from "../region/choices.ts";
import { isRecipient, makeIdentity } from "./age.ts";
import { makeKeys } from "./keys.ts";

/** What a device asks of the authority: to be named in the charter with these keys. */
export type DeviceRequest = {
  readonly region: Name;
  readonly site: Name;
  readonly device: Name;
  readonly roles: readonly DeviceRole[];
  readonly key: string;
  readonly holder: string;
  /** To whom keys of cases are wrapped; null: a device made before there were sealed bodies. */
  readonly recipient: string | null;
};

const requestWord = "holdfast-request/1";

/** Makes a device's keys in `dir` and returns its request line; whoever carries it compares it by eye or voice. */
export function initDevice(
  dir: string,
  device: Pick<DeviceRequest, "region" | "site" | "device" | "roles">,
): Result<string, string> {
  const keys = makeKeys(dir, device.region, device.site, device.device);
  if (!keys.ok) return keys;
  const identity = makeIdentity(dir, device.site, device.device);
  if (!identity.ok) return identity;
  const { signer, holder } = keys.value;
  const roles = device.roles.join(",");
  const names = [device.region, device.site, device.device, roles];
  const vkeys = [formatVkey(signer.vkey), formatVkey(holder.vkey)];
  return ok([requestWord, ...names, ...vkeys, identity.value.recipient].join(" "));
}

export function parseRequestLine(line: string): Result<DeviceRequest, string> {
  const [
    word,
    region = "",
    site = "",
    device = "",
    roleText = "",
    key = "",
    holder = "",
    recipient,
    ...more
  ] = line.trim().split(" ");
  const roles = roleText.split(",").filter(isRole);
  const isComplete = word === requestWord && more.length === 0 && holder.includes("+");
  if (!isComplete || ![region, site, device].every(isName) || roles.length !== roleText.split(",").length) {
    return err(`Not a request line of a device: "${line.slice(0, 60)}"`);
  }
  if (recipient !== undefined && !isRecipient(recipient))
    return err(`"${recipient.slice(0, 70)}" is no recipient of age: was the line copied whole?`);
  return ok({ region, site, device, roles, key, holder, recipient: recipient ?? null });
}

function isRole(text: string): text is DeviceRole {
  return Object.hasOwn(deviceRoles, text);
}
