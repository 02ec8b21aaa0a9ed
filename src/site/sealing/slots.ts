import { fromBase64, toBase64 } from "../../basics/bytes.ts";
import { type Name, siteOf } from "../../basics/name.ts";
import type { Now } from "../../basics/time.ts";
import { type SlotsHead, slotsInPacketMax } from "../../exchange/packet-head.ts";
import { type Slot, slotKey, verifySlot } from "../../log/slot.ts";
import { readersOf } from "../../region/case-fold.ts";
import { deviceIn } from "../../region/charter.ts";
import { sendPacket, speaks } from "../exchange/link.ts";
import { earlySlotsMax, slotIdsInPacketMax, slotsAgainMs, slotsEveryMs } from "../limits.ts";
import type { House, Link, Out } from "../state.ts";
import { startCommit } from "../writing.ts";
import { addSlot, digestOf, isHeld, keeps, sharedSlots } from "./key-table.ts";

/*
 * How keys of cases travel: over live connections between proved devices, never as anything that could be carried. Both
 * ends compare what both should have, from the coarse to the fine, so that a store that lost its keys gets them again.
 */

/** The version of packets that brought slots: who speaks an older one is told nothing of them. */
const slotsVersion = 2;

/** Called at the beginning of a link and every half minute. */
export function sendSlotSites(house: House, link: Link, now: Now, out: Out): void {
  link.slotsAgainMonoMs = now.monoMs + slotsAgainMs;
  if (!speaksSlots(house, link)) return;
  const digests = [...sharedSlots(house, link)].flatMap(([owner, slots]) =>
    slots.size === 0 ? [] : [[owner, digestOf(house, owner, slots)] as const],
  );
  sendPacket(link, { type: "slots", head: { step: "sites", sites: Object.fromEntries(digests) } }, out);
}

export function repeatSlotSites(house: House, now: Now, out: Out): void {
  for (const link of house.established)
    if (now.monoMs >= link.slotsAgainMonoMs) sendSlotSites(house, link, now, out);
}

export function receiveSlots(house: House, link: Link, head: SlotsHead, now: Now, out: Out): void {
  if (!speaksSlots(house, link)) return;
  switch (head.step) {
    case "sites":
      return compareSites(house, link, head.sites, now, out);
    case "held":
      return giveMissing(house, link, head, out);
    case "give":
      return takeGiven(house, link, head, now, out);
  }
}

/** Called for slots that are stored now: whoever should have them is given them at once. */
export function takeStoredSlots(house: House, slots: readonly Slot[], out: Out): void {
  const fresh: Slot[] = [];
  for (const slot of slots) {
    // As on the disk: of one name the first stays, also within one commit.
    if (isHeld(house, slot) || isGone(house, slot)) continue;
    addSlot(house, slot);
    fresh.push(slot);
    house.keys.early.delete(slotKey(slot));
    house.keys.wrapping.delete(`${slot.case} ${slot.to}`);
  }
  if (fresh.length === 0) return;
  for (const link of house.established) {
    if (!speaksSlots(house, link)) continue;
    give(
      link,
      fresh.filter((slot) => keepsAtBothEnds(house, link, slot)),
      out,
    );
  }
  out.push({ type: "changed" });
}

/**
 * Facts have come that may say who reads these cases: slots that were waiting for them are part of the next commit. It is
 * begun by whoever calls, when all of the last one is taken.
 */
export function takeEarly(house: House, cases: ReadonlySet<string>): void {
  for (const [key, slot] of house.keys.early) {
    if (!cases.has(slot.case) || !isEntitled(house, slot)) continue;
    house.keys.early.delete(key);
    queueSlot(house, slot);
  }
}

export function queueSlot(house: House, slot: Slot): void {
  if (!isGone(house, slot)) house.writing.queue.push({ kind: "slot", slot });
}

/** Somebody took a key from one machine to the other: one, and for a device of this process. */
export function receiveCarriedKey(house: House, head: SlotsHead, now: Now, out: Out): void {
  if (!house.writing.storing) return;
  const [given, ...others] = head.step === "give" ? head.slots : [];
  const isForUs = given !== undefined && others.length === 0 && house.hosted.has(given.to);
  const refusal = isForUs ? takeSlot(house, slotOf(given)) : "slot-not-for-us";
  if (refusal !== null) out.push({ type: "note", code: `refused-${refusal}`, about: "carried" });
  startCommit(house, now, out);
}

function speaksSlots(house: House, link: Link): boolean {
  return speaks(link, slotsVersion) && link.peer !== null && deviceIn(house.charter, link.peer)?.end === null;
}

function compareSites(
  house: House,
  link: Link,
  theirs: Readonly<Record<Name, string>>,
  now: Now,
  out: Out,
): void {
  if (now.monoMs - link.slotsAskedMonoMs < slotsEveryMs) return;
  link.slotsAskedMonoMs = now.monoMs;
  const ours = sharedSlots(house, link);
  const none: ReadonlyMap<string, Slot> = new Map();
  for (const owner of Object.keys(theirs)) {
    const held = ours.get(owner) ?? none;
    if (digestOf(house, owner, held) !== theirs[owner]) sendHeld(link, owner, held, out);
  }
}

/** In parts: the ids after `after` and up to `upTo`, in their order. */
function sendHeld(link: Link, site: Name, slots: ReadonlyMap<string, Slot>, out: Out): void {
  const ids = [...slots.keys()].sort();
  for (let from = 0; from === 0 || from < ids.length; from += slotIdsInPacketMax) {
    const held = ids.slice(from, from + slotIdsInPacketMax);
    const before = ids[from - 1];
    const last = from + slotIdsInPacketMax < ids.length ? held.at(-1) : undefined;
    const part = {
      ...(before === undefined ? {} : { after: before }),
      ...(last === undefined ? {} : { upTo: last }),
    };
    sendPacket(link, { type: "slots", head: { step: "held", site, held, ...part } }, out);
  }
}

function giveMissing(
  house: House,
  link: Link,
  head: Extract<SlotsHead, { readonly step: "held" }>,
  out: Out,
): void {
  const { site, after = "", upTo } = head;
  const held = new Set(head.held);
  const missing = [...(sharedSlots(house, link).get(site) ?? [])].filter(
    ([id]) => id > after && (upTo === undefined || id <= upTo) && !held.has(id),
  );
  give(
    link,
    missing.map(([, slot]) => slot),
    out,
  );
}

function give(link: Link, slots: readonly Slot[], out: Out): void {
  for (let from = 0; from < slots.length; from += slotsInPacketMax) {
    const part = slots.slice(from, from + slotsInPacketMax).map(givenOf);
    sendPacket(link, { type: "slots", head: { step: "give", slots: part } }, out);
  }
}

function takeGiven(
  house: House,
  link: Link,
  head: Extract<SlotsHead, { readonly step: "give" }>,
  now: Now,
  out: Out,
): void {
  if (!house.writing.storing) return;
  for (const given of head.slots) {
    const slot = slotOf(given);
    const isKept = isHeld(house, slot) || isGone(house, slot) || keepsAtBothEnds(house, link, slot);
    const refusal = isKept ? takeSlot(house, slot) : "slot-not-for-us";
    if (refusal !== null)
      out.push({ type: "note", code: `refused-${refusal}`, about: link.peer ?? "unknown" });
  }
  startCommit(house, now, out);
}

/** Why it is refused; null also where it is here already or has to wait. */
function takeSlot(house: House, slot: Slot): string | null {
  if (isHeld(house, slot)) return null;
  // Whoever was away since before the erasure brings the key: it is not taken, whatever it is.
  if (isGone(house, slot)) return "slot-of-erased-case";
  const wrapper = deviceIn(house.charter, slot.by);
  if (wrapper === undefined || deviceIn(house.charter, slot.to) === undefined) return "unknown-device";
  if (!verifySlot(house.ports.crypto, house.region, slot, wrapper.key)) return "wrong-signature";
  if (isEntitled(house, slot)) queueSlot(house, slot);
  else keepEarly(house, slot);
  return null;
}

/** Only a reader has the key to wrap, and only for readers it is wrapped. */
function isEntitled(house: House, slot: Slot): boolean {
  if (!house.fold.cases.has(slot.case)) return false;
  const readers = readersOf(house.fold, slot.case);
  return readers.has(siteOf(slot.by)) && readers.has(siteOf(slot.to));
}

function keepEarly(house: House, slot: Slot): void {
  const { early } = house.keys;
  early.set(slotKey(slot), slot);
  const [oldest] = early.keys();
  if (early.size > earlySlotsMax && oldest !== undefined) early.delete(oldest);
}

function keepsAtBothEnds(house: House, link: Link, slot: Slot): boolean {
  if (link.hosted === null || link.peer === null) return false;
  return keeps(house, link.hosted.site, slot) && keeps(house, siteOf(link.peer), slot);
}

function isGone(house: House, { case: id }: Slot): boolean {
  return house.keys.erased.has(id) || house.keys.erasing.has(id);
}

type GivenSlot = Extract<SlotsHead, { readonly step: "give" }>["slots"][number];

/** A slot as packets tell it. */
export function givenOf({ case: id, to, by, box, signature }: Slot): GivenSlot {
  return { case: id, to, by, box: toBase64(box), signature: toBase64(signature) };
}

function slotOf({ box, signature, ...name }: GivenSlot): Slot {
  return { ...name, box: bytesOf(box), signature: bytesOf(signature) };
}

/** What is no base64 is no bytes: then no signature is true. */
function bytesOf(text: string): Uint8Array {
  const bytes = fromBase64(text);
  return bytes.ok ? bytes.value : new Uint8Array(0);
}
