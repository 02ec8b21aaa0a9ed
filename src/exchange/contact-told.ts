import type { DeviceId, Name } from "../basics/name.ts";
import type { Now } from "../basics/time.ts";
import { type BeatNumber, isHigher } from "./beat-number.ts";
import {
  type Beat,
  type Contact,
  contactLimits,
  type DeviceState,
  rise,
  type Telling,
} from "./contact-state.ts";

/** Who says what this beat says, and what it had heard of us by then. Only an anchor's `heard` is read. */
export function tellingOf(
  contact: Contact,
  device: DeviceId,
  { site }: DeviceState,
  beat: Beat,
  { monoMs }: Now,
): Telling {
  const ours = [contact.boot, contact.beat] as const;
  const heardOfUs = site.charter.mobile ? undefined : beat.heard[contact.self];
  // What we have not sent it can only have been told, or a twin of ours has said it, a copy of our machine: that counts in
  // another boot, for each passes over the other.
  const isOurs = heardOfUs !== undefined && heardOfUs[0] === contact.boot && heardOfUs[1] <= contact.beat;
  return {
    device,
    site: site.charter.site,
    number: [beat.boot, beat.beat],
    heardOfUs: isOurs ? heardOfUs : null,
    ours,
    monoMs,
  };
}

/**
 * A number that came from the device itself, and is news on its own connections.
 * @returns whether it was said after all that is known of the device
 */
export function knowDirectly(
  contact: Contact,
  device: DeviceState,
  telling: Telling,
  openedMonoMs: number,
): boolean {
  const { number } = telling;
  const { known, knownBy } = device;
  if (known === null || isHigher(number, known)) {
    know(device, number, telling);
    return true;
  }
  if (isHigher(known, number) && (!canBe(known, device) || isDisproof(device, telling))) {
    disprove(contact, device, telling.device, number, telling);
    return true;
  }
  // Others may have told more, and truly: a slow path, a box that was restored.
  return knownBy !== null && openedMonoMs > knownBy.monoMs;
}

/** What an anchor tells of the newest number of another device, or of ours. */
export function hearTold(
  contact: Contact,
  about: DeviceId,
  number: BeatNumber,
  telling: Telling,
  now: Now,
): void {
  if (about === contact.self) {
    hearOfOurselves(contact, number, telling.site);
    return;
  }
  const device = contact.devices.get(about);
  if (device === undefined || !canBe(number, device)) return;
  const { known } = device;
  if (known !== null && !isHigher(number, known)) {
    if (isHigher(known, number) && isDisproof(device, telling))
      disprove(contact, device, about, number, telling);
    return;
  }
  if (isSame(number, device.disproved)) return;
  know(device, number, telling);
  // Those who tell may have kept the first number from a site that has long been dead.
  if (known === null) return;
  device.site.via = telling.site;
  device.site.roseAnew = true;
  rise(contact, device.site, now);
}

function know(device: DeviceState, number: BeatNumber, telling: Telling): void {
  device.known = number;
  device.knownBy = telling;
}

/**
 * Whether who says a lower number than we know must be right. Whoever has heard a beat of ours knows what we told in it,
 * and so does everybody to whom that beat's number was passed on, for both go together: if it says less all the same, the
 * device itself has said less, to it or to whom it heard. And who told us the number does not say less later, but for
 * the same reason. Old numbers that still go round are neither.
 */
function isDisproof({ knownBy }: DeviceState, telling: Telling): boolean {
  if (knownBy === null) return false;
  const hasHeardIt = telling.heardOfUs !== null && isHigher(telling.heardOfUs, knownBy.ours);
  const isSameStart = telling.device === knownBy.device && telling.number[0] === knownBy.number[0];
  return hasHeardIt || (isSameStart && isHigher(telling.number, knownBy.number));
}

/** No sign of life: the lower number may be an old one. The next higher one is. */
function disprove(
  contact: Contact,
  device: DeviceState,
  id: DeviceId,
  number: BeatNumber,
  telling: Telling,
): void {
  const by = device.knownBy?.device ?? id;
  if (by !== id && !device.disprovedBy.has(by)) {
    device.disprovedBy.add(by);
    contact.disproofs.push({ type: "disproved", device: id, by });
  }
  if (device.known !== null && isHigher(device.known, device.disproved)) device.disproved = device.known;
  know(device, number, telling);
}

/** Whether the device can have come so far since it last spoke to us itself. Who never did may have come anywhere. */
function canBe(told: BeatNumber, { direct }: DeviceState): boolean {
  const { newest, before } = direct;
  return newest === null || told[0] <= Math.max(newest[0], before?.[0] ?? 0) + contactLimits.bootsAheadMax;
}

function isSame(one: BeatNumber, other: BeatNumber | null): boolean {
  return other !== null && one[0] === other[0] && one[1] === other[1];
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
