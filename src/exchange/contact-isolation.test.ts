import { describe, expect, test } from "vitest";
import { contactOf, ownContact } from "./contact.ts";
import { charter, facts, hear, newHand, nowOf, pass, verdict } from "./contact-hand.ts";
import { siteNamed } from "./contact-harness.ts";

describe("is it they or we", () => {
  test("[CONTACT6] beats spread over 3 s before our own cable is pulled: nobody is accused, then we are cut off", () => {
    const hand = newHand();
    hear(hand, "a");
    pass(hand, 1_500);
    hear(hand, "b");
    pass(hand, 1_500);
    hear(hand, "c");
    const fromWallMs = nowOf(hand).wallMs;
    pass(hand, 30_000);
    expect(facts(hand)).toEqual([{ type: "cut-off", fromWallMs }]);
    expect(["a", "b", "c"].map((site) => verdict(hand, site))).toEqual(["late", "late", "late"]);
  });

  test("[CONTACT6] a held site is given 3 s when another comes back, and is accused if it stays away", () => {
    const hand = newHand();
    pass(hand, 2_000, ["a", "b"]);
    pass(hand, 6_750); // nobody is heard, and no cut-off is sure yet
    pass(hand, 3_000, ["b"]);
    expect(facts(hand)).toEqual([]);
    expect(contactOf(hand.contact, "a")).toMatchObject({ verdict: "late", silentForMs: 10_750 });
    pass(hand, 1_500, ["b"]);
    expect(facts(hand)).toMatchObject([{ type: "lost", site: "a" }]);
  });

  test("[CONTACT6] a held site that comes back with the others is never accused", () => {
    const hand = newHand();
    pass(hand, 2_000, ["a", "b", "c"]);
    pass(hand, 6_750);
    pass(hand, 2_000, ["b"]);
    pass(hand, 60_000, ["a", "b", "c"]);
    expect(facts(hand)).toEqual([]);
  });

  test("[CONTACT6] one bad link, late again and again, does not hide that the other site is dead", () => {
    const hand = newHand([siteNamed("us"), siteNamed("a"), siteNamed("b")]);
    pass(hand, 5_000, ["a", "b"]);
    for (let round = 0; round < 5; round += 1) {
      hear(hand, "b");
      pass(hand, 4_750);
    }
    expect(facts(hand)).toMatchObject([{ type: "lost", site: "a" }]);
  });

  test("[CONTACT6] an ambulance and another site of our own house do not prove that we reach anybody", () => {
    const hand = newHand([...charter, siteNamed("annexe", { ownHouse: true })]);
    pass(hand, 3_000, ["a", "annexe", "amb"]);
    pass(hand, 20_000, ["annexe", "amb"]);
    expect(facts(hand)).toMatchObject([{ type: "cut-off" }]);
  });

  test("[CONTACT7] with a single outside site its silence is our own isolation", () => {
    const hand = newHand([siteNamed("us"), siteNamed("a")]);
    pass(hand, 3_000, ["a"]);
    const fromWallMs = contactOf(hand.contact, "a").lastHeardWallMs;
    pass(hand, 7_000);
    expect(ownContact(hand.contact).cutOff).toBeNull();
    pass(hand, 10_000);
    expect(ownContact(hand.contact).cutOff).toEqual({ sinceWallMs: fromWallMs });
    expect(facts(hand)).toEqual([{ type: "cut-off", fromWallMs }]);
    expect(verdict(hand, "a")).toBe("late");
  });

  test("[CONTACT7] a site that straggles moves the beginning of the cut-off, not the verdict on the others", () => {
    const hand = newHand();
    pass(hand, 2_000, ["a", "b", "c"]);
    pass(hand, 3_000, ["c"]);
    pass(hand, 30_000);
    const fromWallMs = contactOf(hand.contact, "c").lastHeardWallMs;
    expect(facts(hand)).toEqual([{ type: "cut-off", fromWallMs }]);
  });

  test("[CONTACT7] a site that was silent before stays silent, and its minute's withheld word is not spoken", () => {
    const hand = newHand();
    pass(hand, 3_000, ["a", "b"]);
    pass(hand, 9_000, ["b"]);
    expect(verdict(hand, "a")).toBe("silent");
    pass(hand, 4_000, ["a", "b"]);
    pass(hand, 10_000, ["b"]);
    pass(hand, 120_000);
    expect(verdict(hand, "a")).toBe("silent");
    expect(facts(hand).map((event) => event.type)).toEqual(["lost", "regained", "cut-off"]);
  });

  test("[CONTACT8] on return one event says from when to when, and the others have their full 8 s again", () => {
    const hand = newHand();
    pass(hand, 3_000, ["a", "b"]);
    const fromWallMs = contactOf(hand.contact, "a").lastHeardWallMs;
    pass(hand, 60_000);
    hear(hand, "b");
    const toWallMs = nowOf(hand).wallMs;
    pass(hand, 250);
    expect(facts(hand).slice(1)).toEqual([{ type: "cut-off-ended", fromWallMs, toWallMs }]);
    expect(ownContact(hand.contact).cutOff).toBeNull();
    pass(hand, 7_750, ["b"]);
    expect(contactOf(hand.contact, "a")).toMatchObject({ verdict: "late" });
    pass(hand, 500, ["b"]);
    expect(facts(hand).slice(2)).toMatchObject([{ type: "lost", site: "a" }]);
  });

  test("[CONTACT9] with one outside site heard, all others are silent at once, and a fault between us is likely", () => {
    const hand = newHand();
    pass(hand, 3_000, ["a", "b", "c"]);
    pass(hand, 8_500, ["b"]);
    expect(facts(hand)).toMatchObject([
      { type: "lost", site: "a" },
      { type: "lost", site: "c" },
    ]);
    expect(ownContact(hand.contact).halfSilentWithinMinute).toBe(true);
    pass(hand, 90_000, ["b"]);
    expect(ownContact(hand.contact).halfSilentWithinMinute).toBe(true);
    pass(hand, 4_000, ["a", "b", "c"]);
    expect(ownContact(hand.contact).halfSilentWithinMinute).toBe(false);
  });

  test("[CONTACT9] one silent site of two is half the region, and no sign", () => {
    const hand = newHand();
    pass(hand, 3_000, ["a", "b"]);
    pass(hand, 9_000, ["b"]);
    expect(verdict(hand, "a")).toBe("silent");
    expect(ownContact(hand.contact).halfSilentWithinMinute).toBe(false);
  });

  test("[CONTACT13] when all are quiet, no path is called broken for what hearsay once said first", () => {
    const hand = newHand();
    pass(hand, 1_000, ["a", "b"], { heard: { "a/box": [1, 1], "b/box": [1, 1] } });
    hear(hand, "b", { heard: { "a/box": [1, 2] } });
    pass(hand, 2_000, ["a"]);
    pass(hand, 20_000);
    expect(contactOf(hand.contact, "a")).toMatchObject({
      verdict: "late",
      heardVia: "direct",
      pathBroken: false,
    });
  });

  test("[CONTACT9] half the region silent over more than a minute is no such sign", () => {
    const hand = newHand([...charter, siteNamed("d")]);
    pass(hand, 3_000, ["a", "b", "c", "d"]);
    pass(hand, 65_000, ["b", "c", "d"]);
    pass(hand, 20_000, ["b", "c"]);
    expect(facts(hand)).toHaveLength(2);
    expect(ownContact(hand.contact).halfSilentWithinMinute).toBe(false);
  });

  test("[CONTACT12] our number stands still in the beats of those we hear", () => {
    const hand = newHand();
    hand.contact.boot = 4;
    pass(hand, 3_000, ["a"], { heard: { "us/box": [4, 17] } });
    expect(ownContact(hand.contact)).toMatchObject({ notHeard: false, newestOfUs: [4, 17] });
    pass(hand, 7_000, ["a"], { heard: { "us/box": [4, 17] } });
    expect(ownContact(hand.contact).notHeard).toBe(true);
    hear(hand, "a", { heard: { "us/box": [4, 18] } });
    pass(hand, 250);
    expect(ownContact(hand.contact).notHeard).toBe(false);
  });

  test("[CONTACT12] nobody names us at all: we are not heard; a mobile device cannot tell so", () => {
    const anchor = newHand();
    pass(anchor, 9_000, ["a"]);
    expect(ownContact(anchor.contact).notHeard).toBe(true);
    const mobile = newHand([siteNamed("us", { mobile: true }), siteNamed("a")]);
    pass(mobile, 90_000, ["a"]);
    expect(ownContact(mobile.contact).notHeard).toBe(false);
  });

  test("[CONTACT12] our own house's word for us does not count, and a cut-off is no *not heard*", () => {
    const hand = newHand([...charter, siteNamed("annexe", { ownHouse: true })]);
    for (let beat = 1; beat <= 10; beat += 1) {
      pass(hand, 1_000, ["annexe"], { heard: { "us/box": [1, beat] } });
    }
    expect(ownContact(hand.contact)).toMatchObject({ notHeard: false, newestOfUs: null });
    pass(hand, 9_000, ["a"]);
    expect(ownContact(hand.contact).notHeard).toBe(true);
    pass(hand, 5_000);
    expect(ownContact(hand.contact).notHeard).toBe(false);
  });

  test("[CONTACT13] our path is broken while another hears it; its own next beat mends it", () => {
    const hand = newHand();
    pass(hand, 3_000, ["a", "b"]);
    const a = () => contactOf(hand.contact, "a");
    for (let beat = 4; beat <= 10; beat += 1) pass(hand, 1_000, ["b"], { heard: { "a/box": [1, beat] } });
    expect(a()).toMatchObject({ verdict: "heard", heardVia: "direct", pathBroken: false });
    pass(hand, 1_000, ["b"], { heard: { "a/box": [1, 11] } });
    expect(a()).toMatchObject({ verdict: "heard", heardVia: { via: "b" }, pathBroken: true });
    expect(facts(hand)).toEqual([]);
    hear(hand, "a"); // slower than hearsay: its own beat counts all the same
    pass(hand, 250);
    expect(a()).toMatchObject({ heardVia: "direct", pathBroken: false, silentForMs: 250 });
  });
});
