import { type DeviceId, type Name, type Origin, originPrefix } from "../../../basics/name.ts";

/*
 * Names in NATS. Regions, sites, devices and epochs hold no character that means something in a subject.
 *
 * holdfast.<region>.log.<site>.<device>.<epoch>   entries of one log; kept by the region's stream
 * holdfast.<region>.word.<site>.<device>          what a device says to all: signed vectors, receipts, proofs of forks
 * holdfast.<region>.to.<site>.<device>            entries that this device was seen to lack
 */

/** Where answers come of servers that are only read: who may read `_INBOX.>` reads what is answered to others. */
export const neighbourInbox = "_INBOX_NEIGHBOUR";

export function streamName(region: Name): string {
  return `holdfast-${region}`;
}

export function logSubject(origin: Origin): string {
  const [region, ...log] = origin.slice(originPrefix.length + 1).split("/");
  return `holdfast.${region}.log.${log.join(".")}`;
}

export function logSubjects(region: Name): string {
  return `holdfast.${region}.log.>`;
}

export function wordSubjects(region: Name): string {
  return `holdfast.${region}.word.>`;
}

export function wordSubject(region: Name, device: DeviceId): string {
  return `holdfast.${region}.word.${device.replace("/", ".")}`;
}

export function directSubject(region: Name, device: DeviceId): string {
  return `holdfast.${region}.to.${device.replace("/", ".")}`;
}
