import { describe, expect, test } from "vitest";
import type { BeatNumber } from "./beat-number.ts";
import { newContact, ownContact } from "./contact.ts";
import { charter, type Hand, hear, newHand, pass } from "./contact-hand.ts";
import { contactLimits } from "./contact-state.ts";

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
    for (const lie of [[highest, 51], [highest + 1, 0], [2 ** 31, 0]] as const)
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
