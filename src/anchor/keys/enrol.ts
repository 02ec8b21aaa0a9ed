import { isName, type Name } from "../../basics/name.ts";
import { err, ok, type Result } from "../../basics/result.ts";
import { formatVkey } from "../../log/vkey.ts";
import { type DeviceRole, deviceRoles } from "../../region/choices.ts";
import { isRecipient, makeIdentity, readIdentity } from "./age.ts";
import { type DeviceKeys, makeKeys, readKeys } from "./keys.ts";

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

type Asker = Pick<DeviceRequest, "region" | "site" | "device" | "roles">;

/** Makes a device's keys in `dir` and returns its request line; whoever carries it compares it by eye or voice. */
export function initDevice(dir: string, device: Asker): Result<string, string> {
  const keys = makeKeys(dir, device.region, device.site, device.device);
  if (!keys.ok) return keys;
  const identity = makeIdentity(dir, device.site, device.device);
  return identity.ok ? ok(requestLine(device, keys.value, identity.value.recipient)) : identity;
}

/**
 * The request line of a device that has its keys: one that was made before there were sealed bodies gets an age identity,
 * and the authority gives it the recipient by the same line (SPEC SEAL6). Keys and an identity that are there stay.
 */
export function addRecipient(dir: string, device: Asker): Result<string, string> {
  const keys = readKeys(dir, device.region, device.site, device.device);
  if (!keys.ok) return keys;
  const known = readIdentity(dir, device.site, device.device);
  if (!known.ok) return known;
  const identity = known.value === null ? makeIdentity(dir, device.site, device.device) : ok(known.value);
  return identity.ok ? ok(requestLine(device, keys.value, identity.value.recipient)) : identity;
}

function requestLine({ region, site, device, roles }: Asker, keys: DeviceKeys, recipient: string): string {
  const vkeys = [formatVkey(keys.signer.vkey), formatVkey(keys.holder.vkey)];
  return [requestWord, region, site, device, roles.join(","), ...vkeys, recipient].join(" ");
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
