import type { DeviceId, Name } from "../basics/name.ts";
import type { Now } from "../basics/time.ts";
import { type BeatNumber, isHigher } from "./beat-number.ts";
import { type Contact, contactLimits, type DeviceState, rise } from "./contact-state.ts";

/** What an anchor of site `by` tells of the newest number of another device, or of ours. */
export function hearTold(contact: Contact, about: DeviceId, number: BeatNumber, by: Name, now: Now): void {
  if (about === contact.self) {
    hearOfOurselves(contact, number, by);
    return;
  }
  const device = contact.devices.get(about);
  if (device === undefined || !isHigher(number, device.known)) return;
  if (!canBe(number, device)) return;
  const isFirst = device.known === null;
  device.known = number;
  // Those who tell may have kept the first number from a site that has long been dead.
  if (isFirst) return;
  device.site.via = by;
  rise(device.site, now);
}

/** Whether the device can have come so far since it last spoke to us itself. Who never did may have come anywhere. */
export function canBe(told: BeatNumber | null, { direct }: DeviceState): boolean {
  const { newest, before } = direct;
  if (told === null || newest === null) return true;
  return told[0] <= Math.max(newest[0], before?.[0] ?? 0) + contactLimits.bootsAheadMax;
}

/** A number that we sent and that comes back shows that we are heard; one that we never sent is passed over. */
function hearOfOurselves(contact: Contact, number: BeatNumber, by: Name): void {
  if (isHigher(number, [contact.boot, contact.beat])) {
    passOver(contact, number);
    return;
  }
  const isOwnHouse = contact.sites.get(by)?.charter.ownHouse ?? true;
  if (isOwnHouse || !isHigher(number, contact.told)) return;
  contact.told = number;
  contact.toldRose = true;
}

/**
 * Our stored counter was lost, or somebody told others wrong: who knows us by others' words alone hears us no more until
 * our number is above that one. Never further above the stored counter than others believe, and in memory alone: the next
 * start counts from the stored one again, so a lie uses no number up.
 */
function passOver(contact: Contact, [boot]: BeatNumber): void {
  if (boot >= contact.started + contactLimits.bootsAheadMax) return;
  contact.boot = boot + 1;
  contact.beat = 0;
  contact.passedOver = true;
}
