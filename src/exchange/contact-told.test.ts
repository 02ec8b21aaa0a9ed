import { describe, expect, test } from "vitest";
import type { BeatNumber } from "./beat-number.ts";
import { contactOf, heardByUs, newContact, ownContact } from "./contact.ts";
import { charter, facts, type Hand, hear, newHand, pass, verdict } from "./contact-hand.ts";
import { siteNamed } from "./contact-harness.ts";
import { type Beat, contactLimits } from "./contact-state.ts";

function tellOfUs(hand: Hand, number: BeatNumber): BeatNumber {
  hear(hand, "b", { heard: { "us/box": number } });
  pass(hand, 250);
  return [hand.contact.boot, hand.contact.beat];
}

describe("what others tell of ourselves", () => {
  const highest = 1 + contactLimits.bootsAheadMax;

  test("[CONTACT22] is passed over up to 4,000 starts above the stored count, however often a liar begins anew", () => {
    const hand = newHand();
    expect(tellOfUs(hand, [1, 1_001])).toEqual([2, 0]);
    expect(tellOfUs(hand, [highest - 1, 7])).toEqual([highest, 0]);
    hand.contact.beat = 50;
    for (const lie of [
      [highest, 51],
      [highest + 1, 0],
      [2 ** 31, 0],
    ] as const)
      expect(tellOfUs(hand, lie)).toEqual([highest, 50]);
    expect(hand.events.filter(({ type }) => type === "passed-over")).toHaveLength(2);
  });

  test("[CONTACT22] no start lies below what the one before it has said for longer than until it is told so", () => {
    const before = newHand();
    tellOfUs(before, [highest - 1, 7]);
    const hand = newHand();
    hand.contact = newContact("us/box", charter, 2);
    expect(tellOfUs(hand, [before.contact.boot, 900])).toEqual([highest + 1, 0]);
  });

  test("[CONTACT12] [CONTACT22] is no echo if we never sent it, and hides none", () => {
    const hand = newHand();
    for (let beat = 1; beat <= 12; beat += 1) {
      hand.contact.beat = beat;
      hear(hand, "b", { heard: { "us/box": [1, beat] } });
      hear(hand, "c", { heard: { "us/box": [highest, 0] } });
      pass(hand, 1_000);
    }
    expect(ownContact(hand.contact)).toMatchObject({ notHeard: false, newestOfUs: [1, 12] });
  });
});

describe("a number that is too high", () => {
  const lie = { "a/box": [2, 0] as const };

  /** Our own next beat goes out; then `site` says its own, having heard of ours up to `heardOfUs`. */
  function answer(hand: Hand, site: string, heardOfUs: number, heard: Beat["heard"] = {}): void {
    hand.contact.beat += 1;
    hear(hand, site, { heard: { ...heard, "us/box": [1, heardOfUs] } });
    pass(hand, 1_000, ["b"]);
  }

  test("[CONTACT23] is forgotten once the device itself says less and has heard of it, and the teller is named once", () => {
    const hand = newHand();
    for (let i = 0; i < 3; i += 1) answer(hand, "a", hand.contact.beat);
    hear(hand, "b", { heard: lie });
    answer(hand, "a", 1_003);
    expect(heardByUs(hand.contact)["a/box"]).toEqual([2, 0]);
    answer(hand, "a", 1_004);
    expect(heardByUs(hand.contact)["a/box"]).toEqual([1, 5]);
    hear(hand, "b", { heard: lie });
    expect(heardByUs(hand.contact)["a/box"]).toEqual([1, 5]);
    hear(hand, "b", { heard: { "a/box": [2, 1] } });
    for (let i = 0; i < 2; i += 1) answer(hand, "a", hand.contact.beat);
    expect(heardByUs(hand.contact)["a/box"]).toEqual([1, 7]);
    expect(facts(hand)).toEqual([{ type: "disproved", device: "a/box", by: "b/box" }]);
  });

  test("[CONTACT23] what a sender cannot have heard of disproves nothing: an old number, one of ours that only a copy of our machine has said", () => {
    const hand = newHand();
    hear(hand, "b", { heard: { "a/box": [1, 900] } });
    hear(hand, "b", { heard: lie });
    for (const heardOfUs of [999, 1_000]) answer(hand, "c", heardOfUs, { "a/box": [1, heardOfUs - 9] });
    expect(heardByUs(hand.contact)["a/box"]).toEqual([2, 0]);
    expect(contactOf(hand.contact, "a").silentForMs).toBe(2_000);
    answer(hand, "c", 1_001, { "a/box": [1, 993] });
    // No sign of life yet, but what is higher is one.
    expect(contactOf(hand.contact, "a").silentForMs).toBe(3_000);
    answer(hand, "c", 1_002, { "a/box": [1, 994] });
    expect(contactOf(hand.contact, "a").silentForMs).toBe(1_000);
    hear(hand, "b", { heard: { "a/box": [2, 1] } });
    // A twin of ours said so much: we have passed over it.
    hear(hand, "c", { heard: { "us/box": [1, 2_000] } });
    hand.contact.beat = 3_000;
    hear(hand, "c", { heard: { "a/box": [1, 995], "us/box": [1, 2_001] } });
    expect(heardByUs(hand.contact)["a/box"]).toEqual([2, 1]);
  });

  test("[CONTACT23] is taken back by who told it, in the same start: an ambulance, whose own word nobody reads, goes by that", () => {
    const hand = newHand([siteNamed("us", { mobile: true }), siteNamed("a"), siteNamed("b")]);
    for (let beat = 1; beat <= 3; beat += 1) pass(hand, 1_000, ["b"], { heard: { "a/box": [1, beat] } });
    hear(hand, "b", { heard: lie });
    for (let beat = 4; beat <= 20; beat += 1) pass(hand, 1_000, ["b"], { heard: { "a/box": [1, beat] } });
    expect([verdict(hand, "a"), heardByUs(hand.contact)["a/box"]]).toEqual(["heard", [1, 20]]);
  });
});
