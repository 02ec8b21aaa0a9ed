import type { DeviceId, Name } from "../basics/name.ts";
import type { Now } from "../basics/time.ts";
import type { BeatNumber } from "./beat-number.ts";
import {
  type Beat,
  type Contact,
  type ContactEvent,
  contactOf,
  heardBeat,
  newContact,
  tick,
} from "./contact.ts";
import { anchorOf, siteNamed } from "./contact-harness.ts";
import { contactLimits } from "./contact-state.ts";

/** One listener, fed by hand: site `us` hears `a`, `b`, `c`; `amb` is an ambulance. Time moves in ticks. */
const us = "us/box";
const wallStartMs = 5_000_000;
export const charter = [
  siteNamed("us", { ownHouse: true }),
  siteNamed("a"),
  siteNamed("b"),
  siteNamed("c"),
  siteNamed("amb", { mobile: true }),
];

export type Hand = {
  contact: Contact;
  monoMs: number;
  wallAheadMs: number;
  beats: Map<DeviceId, number>;
  events: ContactEvent[];
};

export function newHand(sites = charter): Hand {
  const hand = {
    contact: newContact(us, sites, 1),
    monoMs: 700,
    wallAheadMs: 0,
    beats: new Map(),
    events: [],
  };
  // It has beaten before: what others tell of it may be true.
  hand.contact.beat = 1_000;
  pass(hand, 0);
  return hand;
}

export function nowOf(hand: Hand): Now {
  return { wallMs: wallStartMs + hand.monoMs + hand.wallAheadMs, monoMs: hand.monoMs };
}

export function beatOf(number: BeatNumber, more: Partial<Beat> = {}): Beat {
  const [boot, beat] = number;
  return { boot, beat, wallMs: wallStartMs, storing: true, digest: "", backByMs: null, heard: {}, ...more };
}

/** A direct beat with the site's next number. */
export function hear(hand: Hand, site: Name, more: Partial<Beat> = {}): void {
  const device = anchorOf(site);
  const beat = (hand.beats.get(device) ?? 0) + 1;
  hand.beats.set(device, beat);
  heardBeat(hand.contact, device, beatOf([1, beat], { wallMs: nowOf(hand).wallMs, ...more }), nowOf(hand));
}

/** Ticks for `forMs`; the named sites beat once a second, in the same moment, before the tick. */
export function pass(
  hand: Hand,
  forMs: number,
  beating: readonly Name[] = [],
  more: Partial<Beat> = {},
): void {
  if (forMs === 0) hand.events.push(...tick(hand.contact, nowOf(hand)));
  for (let goneMs = 0; goneMs < forMs; goneMs += contactLimits.tickMs) {
    if (goneMs % 1_000 === 0) for (const site of beating) hear(hand, site, more);
    hand.monoMs += contactLimits.tickMs;
    hand.events.push(...tick(hand.contact, nowOf(hand)));
  }
}

export function facts(hand: Hand): ContactEvent[] {
  return hand.events.filter((event) => event.type !== "changed");
}

export function verdict(hand: Hand, site: Name): string {
  return contactOf(hand.contact, site).verdict;
}
