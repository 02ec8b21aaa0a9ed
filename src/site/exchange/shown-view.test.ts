import { describe, expect, test } from "vitest";
import { centreOne, centreTwo, HandHouse, north, pocket } from "../../../test/support/hand-house.ts";
import { HandPeer } from "../../../test/support/hand-peer.ts";
import { present } from "../../basics/assert.ts";
import { utf8Decode, utf8Encode } from "../../basics/bytes.ts";
import { encodePacket, type Packet } from "../../exchange/packet.ts";
import type { ViewHead } from "../../exchange/packet-head.ts";
import { shownView, viewAgeMs } from "./shown-view.ts";

function tablet() {
  const hand = new HandHouse(pocket);
  const anchor = new HandPeer(hand, centreOne).greet();
  anchor.beat();
  return { hand, anchor };
}

function view(hand: HandHouse, text: string, more: Partial<ViewHead> = {}): Packet {
  const head = { site: "east", form: "hospital/1", boot: 1, number: 1, digest: "1".repeat(64) };
  const body = utf8Encode(JSON.stringify({ text }));
  return { type: "view", head: { ...head, asOfMs: hand.now.wallMs, ...more }, body };
}

function shown(hand: HandHouse) {
  return shownView(present(hand.house.hosted.get(pocket.id), "hosted"));
}

/** What it shows, and how old that is in seconds. */
function shows(hand: HandHouse): readonly [string, number] | null {
  const now = shown(hand);
  if (now === null) return null;
  const text = utf8Decode(now.body);
  return [text.ok ? JSON.parse(text.value).text : "", viewAgeMs(now, hand.now) / 1_000];
}

function pass(hand: HandHouse, seconds: number): void {
  hand.monoMs += seconds * 1_000;
}

describe("[POCKET6] a pocket shows", () => {
  test("the newest view of its own site that an anchor gave it, and hands each on", () => {
    const { hand, anchor } = tablet();
    expect(shows(hand)).toBe(null);
    anchor.say(view(hand, "a"));
    anchor.say(view(hand, "b", { number: 2 }));
    expect(shows(hand)).toEqual(["b", 0]);
    expect(hand.shown.map(({ head }) => head.number)).toEqual([1, 2]);
    anchor.say(view(hand, "a"));
    expect([shows(hand), hand.notes]).toEqual([["b", 0], ["refused-old-view"]]);
    anchor.say(view(hand, "restarted", { boot: 2 }));
    expect(shows(hand)?.[0]).toBe("restarted");
  });

  test("nothing of another site, of a form that it does not know, or of what is garbled; the connection stands", () => {
    const { hand, anchor } = tablet();
    anchor.say(view(hand, "a"));
    const garbled = encodePacket(view(hand, "b", { number: 2 }));
    anchor.say(garbled.subarray(0, -1));
    for (const more of [{ site: "north" }, { form: "crew/1" }, { form: "hospital/2" }])
      anchor.say(view(hand, "b", { number: 2, ...more }));
    expect(hand.notes).toEqual([
      "refused-bad-view",
      "refused-view-of-another-site",
      "refused-unknown-view",
      "refused-unknown-view",
    ]);
    expect([shows(hand), anchor.isOpen, hand.shown.length]).toEqual([["a", 0], true, 1]);
  });

  test("nothing that a pocket says; and an anchor shows nothing at all", () => {
    const hand = new HandHouse(north);
    const peers = [new HandPeer(hand, centreOne).greet(), new HandPeer(hand, pocket).greet()];
    for (const peer of peers) {
      peer.beat();
      peer.say(view(hand, "a", { site: "north" }));
    }
    expect(hand.notes).toEqual(["refused-view-for-no-pocket", "refused-view-for-no-pocket"]);
  });

  test("its age by its own clock: what came late is as old as it is, whatever clocks say", () => {
    const { hand, anchor } = tablet();
    const late = view(hand, "a");
    pass(hand, 20);
    anchor.say(late);
    expect(shows(hand)).toEqual(["a", 20]);
    // Its clock is an hour ahead of ours: from its beats the pocket knows.
    const ahead = new HandPeer(hand, centreTwo).greet();
    const wallMs = hand.now.wallMs + 3_600_000;
    ahead.beat({ wallMs });
    ahead.say(view(hand, "b", { asOfMs: wallMs - 2_000 }));
    expect(shows(hand)).toEqual(["b", 2]);
  });

  test("nothing from the future of an anchor whose clock was set back: on a new connection it ages as any other", () => {
    const { hand } = tablet();
    const backMs = 600_000;
    const again = new HandPeer(hand, centreOne).greet();
    const beat = (viewsMs?: number) =>
      again.beat({ wallMs: hand.now.wallMs - backMs, ...(viewsMs === undefined ? {} : { viewsMs }) });
    beat();
    const drawnMs = hand.now.wallMs;
    again.say(view(hand, "a"));
    pass(hand, 20);
    expect(shows(hand)).toEqual(["a", 20]);
    // It has looked at nothing since its clock was set.
    beat(drawnMs);
    expect(shows(hand)).toEqual(["a", 20]);
    beat(hand.now.wallMs - backMs - 1_000);
    expect(shows(hand)).toEqual(["a", 1]);
  });

  test("its age with what it slept, when its monotonic clock stood still, until the next word", () => {
    const { hand, anchor } = tablet();
    anchor.say(view(hand, "a"));
    hand.wallOverMonoMs += 300_000;
    expect(shows(hand)).toEqual(["a", 300]);
    pass(hand, 5);
    expect(shows(hand)).toEqual(["a", 305]);
    anchor.beat({ viewsMs: hand.now.wallMs - 1_000 });
    expect(shows(hand)).toEqual(["a", 1]);
    hand.wallOverMonoMs -= 600_000;
    pass(hand, 2);
    expect(shows(hand)).toEqual(["a", 3]);
  });

  test("young for as long as the anchor says on this connection that it is still so, and not a moment longer", () => {
    const { hand, anchor } = tablet();
    anchor.say(view(hand, "a"));
    pass(hand, 30);
    anchor.beat({ viewsMs: hand.now.wallMs - 1_000 });
    expect(shows(hand)).toEqual(["a", 1]);
    pass(hand, 30);
    anchor.beat();
    expect(shows(hand)).toEqual(["a", 31]);
    // It comes back, and what it says holds for what it gives on the new connection alone.
    const again = new HandPeer(hand, centreOne).greet();
    again.beat({ viewsMs: hand.now.wallMs });
    expect(shows(hand)).toEqual(["a", 31]);
    again.say(view(hand, "a", { asOfMs: hand.now.wallMs - 61_000 }));
    again.beat({ viewsMs: hand.now.wallMs });
    expect([shows(hand), hand.shown.length]).toEqual([["a", 0], 1]);
  });

  test("one anchor's as long as it is young, then another's", () => {
    const { hand, anchor } = tablet();
    const other = new HandPeer(hand, centreTwo).greet();
    other.beat();
    anchor.say(view(hand, "one"));
    pass(hand, 1);
    other.say(view(hand, "two"));
    expect(shows(hand)).toEqual(["one", 1]);
    pass(hand, 8);
    other.beat({ viewsMs: hand.now.wallMs });
    expect(shows(hand)).toEqual(["two", 0]);
    expect(hand.shown.map(({ from }) => from)).toEqual([centreOne.id, centreTwo.id]);
  });
});
