import { assert, present } from "../basics/assert.ts";
import { toHex, utf8Encode } from "../basics/bytes.ts";
import { type Name, type Origin, parseOrigin } from "../basics/name.ts";
import type { Sha256 } from "../log/crypto.ts";
import { compareEpochs } from "../log/epoch.ts";
import { type LogVersion, logLines } from "./vector.ts";

/*
 * A device that is restored or replaced leaves a log behind each time, which never grows again. Told log by log they
 * would weigh on every exchange for ever, so all that a device has ended are one digest.
 */

/** What is held of one incarnation of a device's log. */
export type HeldEpoch = LogVersion & { readonly origin: Origin; readonly epoch: string };

/** The newest log that is held of a device, and the digest of its earlier ones; without it none is held. */
export type DeviceVersion = LogVersion & { readonly epoch: string; readonly ended?: string };

/** The logs of one site by device, each in the order of its epochs. */
export function logsByDevice(logs: ReadonlyMap<Origin, LogVersion>): ReadonlyMap<Name, readonly HeldEpoch[]> {
  const devices = new Map<Name, HeldEpoch[]>();
  for (const [origin, version] of logs) {
    const parts = parseOrigin(origin);
    assert(parts.ok, "a vector holds logs of the region");
    const { device, epoch } = parts.value;
    devices.set(device, [...(devices.get(device) ?? []), { origin, epoch, ...version }]);
  }
  for (const epochs of devices.values()) epochs.sort((a, b) => compareEpochs(a.epoch, b.epoch));
  return devices;
}

/** What a vector tells of the devices of one site, by their names. */
export function deviceVersions(
  sha256: Sha256,
  logs: ReadonlyMap<Origin, LogVersion>,
): ReadonlyMap<Name, DeviceVersion> {
  const versions = new Map<Name, DeviceVersion>();
  for (const [device, epochs] of logsByDevice(logs)) {
    const { epoch, size, root } = present(epochs.at(-1), "a device that is named has a log");
    const ended = endedDigest(sha256, epochs, epoch);
    versions.set(device, { epoch, size, root, ...(ended === undefined ? {} : { ended }) });
  }
  return versions;
}

/** SHA-256 of `<origin> <size> <root>\n` for each log of one device before `epoch`, by origin; undefined: there is none. */
export function endedDigest(sha256: Sha256, logs: readonly HeldEpoch[], epoch: string): string | undefined {
  const ended = logs.filter((log) => compareEpochs(log.epoch, epoch) < 0);
  if (ended.length === 0) return undefined;
  return toHex(sha256(utf8Encode(logLines(ended.map((log) => [log.origin, log] as const)))));
}
