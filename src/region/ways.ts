import type { DeviceId } from "../basics/name.ts";
import { type Charter, deviceIn } from "./charter.ts";

/** Whom to dial, and at which of these addresses. */
export type Way = { readonly peer: DeviceId; readonly urls: readonly string[] };

/**
 * How a device is reached, by the charter: at its own addresses, or where it has none through each of its relays. Empty:
 * it is not in the charter, has ended, or only dials.
 */
export function waysTo(charter: Charter, device: DeviceId): readonly Way[] {
  const direct = wayTo(charter, device);
  return direct === null ? waysToRelays(charter, device) : [direct];
}

/** The device's own relays, which it dials itself. One that has no address either is none. */
export function waysToRelays(charter: Charter, device: DeviceId): readonly Way[] {
  const known = deviceIn(charter, device);
  const relays = known?.end === null ? known.relays : [];
  return relays.flatMap((relay) => wayTo(charter, relay) ?? []);
}

/** Whether `relay` is named to stand between this device and everybody else. */
export function isRelayOf(charter: Charter, relay: DeviceId, device: DeviceId): boolean {
  return deviceIn(charter, device)?.relays.includes(relay) === true;
}

function wayTo(charter: Charter, device: DeviceId): Way | null {
  const known = deviceIn(charter, device);
  if (known === undefined || known.end !== null || known.addresses.length === 0) return null;
  return { peer: device, urls: known.addresses };
}
