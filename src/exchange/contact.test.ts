import { describe, expect, test } from "vitest";
import type { DeviceId } from "../basics/name.ts";
import { hourMs } from "../basics/time.ts";
import type { BeatNumber } from "./beat-number.ts";
import {
  clockAheadOf,
  clockPerhapsBehindMs,
  contactOf,
  heardBeat,
  heardByUs,
  ownContact,
  setSites,
} from "./contact.ts";
import { beatOf, charter, facts, type Hand, hear, newHand, nowOf, pass, verdict } from "./contact-hand.ts";
import { siteNamed } from "./contact-harness.ts";
import { contactLimits } from "./contact-state.ts";
import { beatNumberMax } from "./packet-head.ts";

describe("what is a sign of life", () => {
  test("[CONTACT1] a repeated number, a lower one and a lower boot leave the silence growing", () => {
    const hand = newHand();
    const say = (number: BeatNumber) => heardBeat(hand.contact, "a/box", beatOf(number), nowOf(hand));
    say([3, 10]);
    pass(hand, 5_000, ["b"]);
    for (const number of [
      [3, 10],
      [3, 9],
      [2, 900],
      [1, 1],
    ] as const)
      say(number);
    pass(hand, 250);
    expect(contactOf(hand.contact, "a")).toMatchObject({ verdict: "late", silentForMs: 5_250 });
    say([4, 1]);
    pass(hand, 250);
    expect(contactOf(hand.contact, "a")).toMatchObject({ verdict: "heard", silentForMs: 250 });
  });

  test("[CONTACT1] told of a higher boot, we take no lower one that others tell; [CONTACT20] its own beat counts", () => {
    const hand = newHand();
    hear(hand, "b", { heard: { "a/box": [3, 10] } });
    hear(hand, "c", { heard: { "a/box": [2, 900] } });
    pass(hand, 250);
    expect(verdict(hand, "a")).toBe("not-yet-heard");
    hear(hand, "a", { storing: false });
    pass(hand, 250);
    expect(contactOf(hand.contact, "a")).toMatchObject({ verdict: "heard", storing: false });
    // The box is told what others know of it, and counts from above.
    expect(heardByUs(hand.contact)["a/box"]).toEqual([3, 10]);
  });

  test("[CONTACT20] a lying anchor mutes nobody whom we hear, nor whom we heard and others hear now", () => {
    const hand = newHand();
    const lies = [beatNumberMax, contactLimits.bootsAheadMax + 2].map((boot) => ({
      heard: { "a/box": [boot, beatNumberMax] as const, "us/box": [boot, beatNumberMax] as const },
    }));
    const lie = () => {
      for (const one of lies) hear(hand, "b", one);
    };
    lie();
    for (let second = 0; second < 12; second += 1) {
      pass(hand, 1_000, ["a"]);
      lie();
    }
    expect(contactOf(hand.contact, "a")).toMatchObject({ verdict: "heard", heardVia: "direct" });
    expect(ownContact(hand.contact).newestOfUs).toBeNull();
    for (let beat = 13; beat < 25; beat += 1) {
      lie();
      hear(hand, "c", { heard: { "a/box": [1, beat] } });
      pass(hand, 1_000);
    }
    expect(contactOf(hand.contact, "a")).toMatchObject({ verdict: "heard", heardVia: { via: "c" } });
    for (let second = 0; second < 12; second += 1) {
      lie();
      pass(hand, 1_000, ["c"]);
    }
    expect(verdict(hand, "a")).toBe("silent");
  });

  test("[CONTACT20] on a connection opened after all that was heard of it a box counts anew, beside what an older one still brings", () => {
    const hand = newHand();
    const say = (number: BeatNumber, openedMonoMs: number) => {
      heardBeat(hand.contact, "a/box", beatOf(number), nowOf(hand), openedMonoMs);
      pass(hand, 250);
      return contactOf(hand.contact, "a").silentForMs === 250;
    };
    const firstMs = hand.monoMs;
    expect(say([7, 100], firstMs)).toBe(true);
    expect(say([6, 1], firstMs)).toBe(false);
    const secondMs = hand.monoMs;
    expect(say([5, 1], secondMs)).toBe(true);
    expect(say([5, 1], secondMs)).toBe(false);
    // A twin that lives, or what its last process had said before it ended.
    expect([say([7, 101], firstMs), say([7, 101], firstMs)]).toEqual([true, false]);
    expect([say([5, 2], secondMs), say([5, 1], secondMs)]).toEqual([true, false]);
    // A connection that stood open before the last beat proves nothing.
    expect(say([5, 1], secondMs + 1)).toBe(false);
  });

  test("[CONTACT1] one of two anchors is enough", () => {
    const hand = newHand([...charter, siteNamed("two", { devices: ["two/box", "two/spare"] })]);
    heardBeat(hand.contact, "two/box", beatOf([1, 1]), nowOf(hand));
    for (let beat = 1; beat <= 20; beat += 1) {
      heardBeat(hand.contact, "two/spare", beatOf([1, beat]), nowOf(hand));
      pass(hand, 1_000, ["a"]);
    }
    expect(verdict(hand, "two")).toBe("heard");
  });

  test("[CONTACT2] what a beat says of others brings numbers, no value; a mobile's hearsay brings nothing", () => {
    const hand = newHand();
    hear(hand, "b", { heard: { "a/box": [1, 1] } });
    pass(hand, 1_000);
    hear(hand, "b", { heard: { "a/box": [1, 2] }, storing: false, backByMs: 99, wallMs: 0 });
    hear(hand, "amb", { heard: { "c/box": [1, 1] } });
    hear(hand, "amb", { heard: { "c/box": [1, 2] } });
    pass(hand, 250);
    expect(contactOf(hand.contact, "a")).toMatchObject({
      verdict: "heard",
      heardVia: { via: "b" },
      storing: null,
      backByMs: null,
      clockOffsetMs: null,
    });
    expect(verdict(hand, "c")).toBe("not-yet-heard");
  });

  test("[CONTACT2] a device that the charter does not name is nothing, its hearsay neither", () => {
    const hand = newHand();
    heardBeat(hand.contact, "x/box", beatOf([1, 1], { heard: { "a/box": [1, 1] } }), nowOf(hand));
    heardBeat(
      hand.contact,
      "x/box",
      beatOf([1, 2], { heard: { "a/box": [1, 2], "y/box": [1, 2] } }),
      nowOf(hand),
    );
    pass(hand, 250);
    expect(verdict(hand, "a")).toBe("not-yet-heard");
    expect(heardByUs(hand.contact)).toEqual({});
  });

  test("[CONTACT2] our own beats carry the newest numbers of anchors, never ours or a mobile's", () => {
    const hand = newHand();
    hear(hand, "a");
    hear(hand, "amb");
    hear(hand, "b", { heard: { "a/box": [1, 7], "c/box": [2, 3], "us/box": [1, 5], "b/box": [9, 9] } });
    expect(heardByUs(hand.contact)).toEqual({ "a/box": [1, 7], "b/box": [1, 1], "c/box": [2, 3] });
  });

  test("[CONTACT3] after our start the first number that hearsay brings wakes nobody, a second one does", () => {
    const hand = newHand();
    hear(hand, "b", { heard: { "a/box": [7, 400] } });
    hear(hand, "c", { heard: { "a/box": [7, 400] } });
    pass(hand, 20_000, ["b"]);
    expect(verdict(hand, "a")).toBe("not-yet-heard");
    hear(hand, "b", { heard: { "a/box": [7, 401] } });
    pass(hand, 250);
    expect(verdict(hand, "a")).toBe("heard");
  });

  test("[CONTACT3] a site never heard is not accused, and alone it does not make us cut off", () => {
    const hand = newHand();
    pass(hand, 60_000);
    expect(facts(hand)).toEqual([]);
    expect(ownContact(hand.contact).cutOff).toBeNull();
    pass(hand, 60_000, ["b"]);
    expect(facts(hand)).toEqual([]);
  });
});

describe("silence", () => {
  test("[CONTACT4] a gap of 60 s between two ticks counts as half a second", () => {
    const hand = newHand();
    pass(hand, 3_000, ["a", "b"]);
    hand.monoMs += 60_000;
    pass(hand, 0);
    expect(contactOf(hand.contact, "a")).toMatchObject({ verdict: "heard", silentForMs: 1_500 });
  });

  test("[CONTACT5] late begins over 4 s, silent over 8 s, and `lost` names the last beat", () => {
    const hand = newHand();
    hear(hand, "a");
    const lastHeardWallMs = nowOf(hand).wallMs;
    pass(hand, 4_000, ["b"]);
    expect(verdict(hand, "a")).toBe("heard");
    pass(hand, 250);
    expect(verdict(hand, "a")).toBe("late");
    pass(hand, 3_750, ["b"]);
    expect(contactOf(hand.contact, "a")).toMatchObject({ verdict: "late", silentForMs: 8_000 });
    expect(facts(hand)).toEqual([]);
    pass(hand, 250);
    expect(contactOf(hand.contact, "a")).toMatchObject({
      verdict: "silent",
      heardVia: null,
      lastHeardWallMs,
    });
    expect(facts(hand)).toEqual([{ type: "lost", site: "a", lastHeardWallMs, flaps: 0, backByMs: null }]);
  });

  test("[CONTACT5] an ambulance is late over 15 s and silent over 60 s", () => {
    const hand = newHand();
    hear(hand, "amb");
    pass(hand, 15_000, ["b"]);
    expect(verdict(hand, "amb")).toBe("heard");
    pass(hand, 250, ["b"]);
    expect(verdict(hand, "amb")).toBe("late");
    pass(hand, 44_750, ["b"]);
    expect(verdict(hand, "amb")).toBe("late");
    pass(hand, 250);
    expect(facts(hand)).toMatchObject([{ type: "lost", site: "amb" }]);
  });
});

describe("heard again", () => {
  function silentSite(): Hand {
    const hand = newHand();
    pass(hand, 3_000, ["a", "b"]);
    pass(hand, 9_000, ["b"]);
    expect(facts(hand)).toMatchObject([{ type: "lost" }]);
    hand.events.length = 0;
    return hand;
  }

  test("[CONTACT10] three new beats within 5 s; until then it is silent since its last beat before", () => {
    const hand = silentSite();
    const { lastHeardWallMs } = contactOf(hand.contact, "a");
    pass(hand, 1_750, ["b"]);
    hear(hand, "a");
    pass(hand, 2_500, ["b"]);
    hear(hand, "a");
    pass(hand, 2_250, ["b"]);
    expect(contactOf(hand.contact, "a")).toMatchObject({
      verdict: "silent",
      lastHeardWallMs,
      silentForMs: 16_500,
    });
    hear(hand, "a");
    pass(hand, 250);
    expect(verdict(hand, "a")).toBe("heard");
    expect(facts(hand)).toEqual([{ type: "regained", site: "a", silentForMs: 11_750, flaps: 0 }]);
  });

  test("[CONTACT10] three beats over more than 5 s are not enough", () => {
    const hand = silentSite();
    for (let beat = 0; beat < 6; beat += 1) {
      hear(hand, "a");
      pass(hand, 2_750, ["b"]);
    }
    expect(verdict(hand, "a")).toBe("silent");
    expect(facts(hand)).toEqual([]);
  });

  test("[CONTACT10] a burst of old beats that a dead site left in a pipe is one beat", () => {
    const hand = silentSite();
    for (let beat = 0; beat < 10; beat += 1) hear(hand, "a");
    pass(hand, 30_000, ["b"]);
    expect(verdict(hand, "a")).toBe("silent");
    expect(facts(hand)).toEqual([]);
  });

  test("[CONTACT10] nor are those that drain for most of a second, each in a tick of its own", () => {
    const hand = silentSite();
    for (let tick = 0; tick < 4; tick += 1) {
      for (let beat = 0; beat < 3; beat += 1) hear(hand, "a");
      pass(hand, 250);
    }
    pass(hand, 30_000, ["b"]);
    expect(facts(hand)).toEqual([]);
  });

  test("[CONTACT10] a number that others told before it came itself is one beat", () => {
    const hand = silentSite();
    for (const beat of [4, 5]) {
      hear(hand, "b", { heard: { "a/box": [1, beat] } });
      pass(hand, 1_000);
      hear(hand, "a");
      pass(hand, 1_000);
    }
    expect(verdict(hand, "a")).toBe("silent");
    hear(hand, "a");
    pass(hand, 250);
    expect(verdict(hand, "a")).toBe("heard");
  });

  test("[CONTACT10] an ambulance's three beats take 10 s", () => {
    const hand = newHand();
    hear(hand, "amb");
    pass(hand, 61_000, ["b"]);
    expect(verdict(hand, "amb")).toBe("silent");
    for (let beat = 0; beat < 3; beat += 1) {
      hear(hand, "amb");
      pass(hand, 5_000, ["b"]);
    }
    expect(verdict(hand, "amb")).toBe("heard");
  });

  test("[CONTACT11] a second silence in the same minute shows at once and is told when the minute is over", () => {
    const hand = silentSite(); // `lost` 1.75 s ago
    pass(hand, 3_000, ["a", "b"]);
    expect(facts(hand)).toMatchObject([{ type: "regained", flaps: 0 }]);
    const lastHeardWallMs = contactOf(hand.contact, "a").lastHeardWallMs;
    pass(hand, 8_500, ["b"]);
    expect(verdict(hand, "a")).toBe("silent");
    pass(hand, 46_500, ["b"]);
    expect(facts(hand)).toHaveLength(1);
    pass(hand, 500, ["b"]);
    expect(facts(hand).slice(1)).toEqual([
      { type: "lost", site: "a", lastHeardWallMs, flaps: 0, backByMs: null },
    ]);
  });

  test("[CONTACT11] a withheld `lost` is told though single beats come through", () => {
    const hand = silentSite();
    pass(hand, 3_000, ["a", "b"]);
    pass(hand, 9_000, ["b"]);
    for (let beat = 0; beat < 8; beat += 1) {
      hear(hand, "a");
      pass(hand, 6_000, ["b"]);
    }
    expect(verdict(hand, "a")).toBe("silent");
    expect(facts(hand).map((event) => event.type)).toEqual(["regained", "lost"]);
  });

  test("[CONTACT11] further flaps are a count in the next event", () => {
    const hand = silentSite();
    for (let flap = 0; flap < 4; flap += 1) {
      pass(hand, 3_000, ["a", "b"]);
      pass(hand, 9_000, ["b"]);
    }
    expect(contactOf(hand.contact, "a")).toMatchObject({ verdict: "silent", flaps: 3 });
    expect(facts(hand)).toMatchObject([{ type: "regained", flaps: 0 }]);
    pass(hand, 15_000, ["b"]);
    expect(facts(hand).slice(1)).toMatchObject([{ type: "lost", flaps: 3 }]);
    pass(hand, 4_000, ["a", "b"]);
    expect(facts(hand).slice(2)).toMatchObject([{ type: "regained", flaps: 0 }]);
    expect(contactOf(hand.contact, "a").flaps).toBe(0);
  });
});

describe("what a beat says of its sender", () => {
  test("[CONTACT14] cannot record, until that device itself says that it can", () => {
    const hand = newHand([...charter, siteNamed("two", { devices: ["two/box", "two/spare"] })]);
    const say = (device: DeviceId, beat: number, storing: boolean) =>
      heardBeat(hand.contact, device, beatOf([1, beat], { storing }), nowOf(hand));
    say("two/box", 1, false);
    say("two/spare", 1, true);
    expect(contactOf(hand.contact, "two").storing).toBe(false);
    hear(hand, "b", { heard: { "two/box": [1, 2] } });
    say("two/box", 1, true);
    expect(contactOf(hand.contact, "two").storing).toBe(false);
    say("two/box", 3, true);
    expect(contactOf(hand.contact, "two").storing).toBe(true);
  });

  test("[CONTACT15] the offset is that of the fastest beat, over 30 s it is shown, a step of our own clock is none", () => {
    const hand = newHand();
    const beatWith = (aheadMs: number) => hear(hand, "a", { wallMs: nowOf(hand).wallMs + aheadMs });
    for (const delayMs of [9_000, 40, 2_000]) beatWith(30_000 - delayMs);
    pass(hand, 250);
    expect(contactOf(hand.contact, "a")).toMatchObject({ clockOffsetMs: 29_960, clockOff: false });
    beatWith(30_001);
    pass(hand, 250);
    expect(contactOf(hand.contact, "a")).toMatchObject({ clockOffsetMs: 30_001, clockOff: true });
    hand.wallAheadMs = 30_000;
    pass(hand, 250);
    expect(clockAheadOf(hand.contact, "a/box")).toBe(1);
    expect(clockAheadOf(hand.contact, "c/box")).toBeNull();
    for (let beat = 0; beat < contactLimits.clockBeats; beat += 1) beatWith(-60_000);
    expect(contactOf(hand.contact, "a")).toMatchObject({ clockOffsetMs: -60_000, clockOff: true });
  });

  test("[CONTACT19] a clock that looks slow by up to 30 s counts as right, for beats that come late look the same", () => {
    const hand = newHand();
    const aheadAfter = (aheadMs: number) => {
      for (let beat = 0; beat < contactLimits.clockBeats; beat += 1)
        hear(hand, "a", { wallMs: nowOf(hand).wallMs + aheadMs });
      return clockAheadOf(hand.contact, "a/box");
    };
    expect([-30_001, -30_000, -4_000, -1, 0, 1, 4_000].map(aheadAfter)).toEqual([
      -30_001, 0, 0, 0, 0, 1, 4_000,
    ]);
    aheadAfter(-4_000);
    expect(clockPerhapsBehindMs(hand.contact, "a/box")).toBe(4_000);
    aheadAfter(-30_001);
    expect(clockPerhapsBehindMs(hand.contact, "a/box")).toBe(0);
  });

  test("[CONTACT18] when nearly all others agree, it is our own clock that is wrong; who still differs is named", () => {
    const hand = newHand();
    const behind = (byMs: number) => ({ wallMs: nowOf(hand).wallMs - byMs });
    for (const site of ["a", "b"]) hear(hand, site, behind(9 * hourMs));
    pass(hand, 250);
    expect(ownContact(hand.contact).clockOffMs).toBeNull();
    expect(contactOf(hand.contact, "a").clockOff).toBe(true);
    hear(hand, "c", behind(0));
    pass(hand, 250);
    expect(ownContact(hand.contact).clockOffMs).toBe(9 * hourMs);
    expect(["a", "b", "c"].map((site) => contactOf(hand.contact, site).clockOff)).toEqual([
      false,
      false,
      true,
    ]);
    expect(hand.events.at(-1)).toMatchObject({ type: "changed", own: true });
    for (let beat = 0; beat < contactLimits.clockBeats; beat += 1) hear(hand, "b", behind(hourMs));
    pass(hand, 250);
    expect(ownContact(hand.contact).clockOffMs).toBeNull();
  });

  test("[CONTACT16] a planned restart goes with the verdict and with `lost`, and ends with the next beat", () => {
    const hand = newHand();
    hear(hand, "a", { backByMs: 123 });
    pass(hand, 8_500, ["b"]);
    expect(contactOf(hand.contact, "a")).toMatchObject({ verdict: "silent", backByMs: 123 });
    expect(facts(hand)).toMatchObject([{ type: "lost", backByMs: 123 }]);
    hear(hand, "a");
    expect(contactOf(hand.contact, "a").backByMs).toBeNull();
  });

  test("[CONTACT17] each change is reported by the tick that makes it, and nothing else is", () => {
    const hand = newHand();
    expect(hand.events).toEqual([{ type: "changed", sites: ["us", "a", "b", "c", "amb"], own: true }]);
    hand.events.length = 0;
    pass(hand, 3_000, ["a", "b"]);
    expect(hand.events).toEqual([{ type: "changed", sites: ["a", "b"], own: false }]);
    hand.events.length = 0;
    pass(hand, 8_000, ["b"], { heard: { "us/box": [1, 1] } });
    expect(hand.events.map((event) => event.type)).toEqual(["changed", "lost", "changed"]);
    hand.events.length = 0;
    hear(hand, "b", { storing: false });
    pass(hand, 1_000);
    expect(hand.events).toContainEqual({ type: "changed", sites: ["b"], own: false });
  });
});

describe("the charter changes", () => {
  test("[CONTACT3] a new site is not yet heard, one that stays keeps its silence, one that goes is unknown", () => {
    const hand = newHand();
    pass(hand, 3_000, ["a", "b"]);
    pass(hand, 5_000, ["b"]);
    setSites(hand.contact, [siteNamed("us"), siteNamed("a"), siteNamed("d")]);
    expect(contactOf(hand.contact, "a")).toMatchObject({ verdict: "late", silentForMs: 6_000 });
    expect(verdict(hand, "d")).toBe("not-yet-heard");
    expect(contactOf(hand.contact, "b")).toMatchObject({ verdict: "not-yet-heard", lastHeardWallMs: null });
    expect(verdict(hand, "us")).toBe("heard");
    setSites(hand.contact, [siteNamed("us"), siteNamed("a", { devices: [] })]);
    expect(verdict(hand, "a")).toBe("not-yet-heard");
  });
});
