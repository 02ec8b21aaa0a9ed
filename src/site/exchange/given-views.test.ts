import { describe, expect, test } from "vitest";
import {
  authority,
  centreOne,
  east,
  type HandDevice,
  HandHouse,
  north,
  pocket,
} from "../../../test/support/hand-house.ts";
import { HandLog, HandPeer } from "../../../test/support/hand-peer.ts";
import { present } from "../../basics/assert.ts";
import { utf8Decode, utf8Encode } from "../../basics/bytes.ts";
import { cutCharter } from "../../region/charter.ts";
import { logOf } from "../replica.ts";

/** A control centre with a tablet and an anchor of one hospital, and an anchor of another. */
function centre(...more: readonly HandDevice[]) {
  const hand = new HandHouse(centreOne, ...more);
  const tablet = new HandPeer(hand, pocket).greet();
  return { hand, tablet, others: [new HandPeer(hand, east).greet(), new HandPeer(hand, north).greet()] };
}

/** As a shell does: draws these texts for the sites. */
function draw(hand: HandHouse, texts: Record<string, string | null>, sameMs: number | null = null): void {
  const views = Object.entries(texts).map(([site, text]) => {
    const body = text === null ? null : utf8Encode(JSON.stringify({ text }));
    return { site, asOfMs: hand.now.wallMs, body };
  });
  hand.feed({ type: "drawn", hosted: centreOne.id, views, sameMs });
}

function textsOf(peer: HandPeer): readonly string[] {
  return peer.heard("view").map(({ body }) => {
    const text = utf8Decode(body);
    return text.ok ? JSON.parse(text.value).text : "not a text";
  });
}

function wait(hand: HandHouse, ms: number): void {
  hand.monoMs += ms;
  hand.feed({ type: "wake" });
}

function newestBeat(hand: HandHouse, peer: HandPeer) {
  hand.pass(1_000);
  return present(peer.heard("beat").at(-1), "a beat").head;
}

describe("[POCKET3] a pocket is given the view of its own site", () => {
  test("and nobody else's; an anchor is given none", () => {
    const { hand, tablet, others } = centre();
    draw(hand, { east: "a", north: "b", "centre-one": "c" });
    const [view] = tablet.heard("view");
    const { asOfMs, digest } = { asOfMs: hand.now.wallMs, digest: hand.house.vector.digest() };
    expect(view?.head).toEqual({ site: "east", form: "hospital/1", boot: 1, number: 1, asOfMs, digest });
    expect([tablet, ...others].map(textsOf)).toEqual([["a"], [], []]);
  });

  test("that is there is given at once to one that comes later, and to every device of the site the same bytes", () => {
    const { hand, tablet } = centre();
    draw(hand, { east: "a" });
    const again = new HandPeer(hand, pocket).greet();
    const sent = hand.sent.filter(({ packet }) => packet.type === "view");
    expect(sent.map(({ connection }) => connection)).toEqual([tablet.connection, again.connection]);
    expect(sent[0]?.bytes).toEqual(sent[1]?.bytes);
  });

  test("[PACKET8] an older version is given none, and a device that has ended none any more", () => {
    const { hand, tablet } = centre(authority);
    const older = new HandPeer(hand, pocket);
    const offer = older.offer({ highest: 3 });
    older.say({ type: "hello", head: offer });
    older.prove(offer);
    draw(hand, { east: "a" });
    expect([tablet, older].map(textsOf)).toEqual([["a"], []]);
    expect(older.isOpen).toBe(true);
    const end = { site: "east", device: "tablet", log: null, size: 0, root: "0".repeat(64) };
    hand.submit(authority, "charter.device-ended/1", end);
    wait(hand, 1_000);
    draw(hand, { east: "b" });
    const back = new HandPeer(hand, pocket).greet();
    expect([tablet, back].map(textsOf)).toEqual([["a"], []]);
  });

  test("but none where the charter names the site no more, as after a fork of the authority's log", () => {
    const { hand, tablet } = centre();
    const { bySite } = present(hand.house.hosted.get(centreOne.id), "hosted").given;
    draw(hand, { east: "a" });
    expect(bySite.get("east")?.isDrawn).toBe(true);
    cutCharter(hand.house.charter, logOf(hand.house, authority.origin).id, 1);
    draw(hand, { east: "b" });
    wait(hand, 1_000);
    expect([textsOf(tablet), bySite.get("east")?.isDrawn]).toEqual([["a"], false]);
  });

  test("whose site was touched: by its own word, and by what comes to be held of that", () => {
    const { hand, tablet } = centre();
    const { touched } = hand.house.views;
    expect([...touched]).toEqual(["east"]);
    touched.clear();
    tablet.say(new HandLog(pocket).appendStatus(1).run());
    expect([...touched]).toContain("east");
    hand.feed({ type: "closed", connection: tablet.connection });
    expect([
      hand.house.views.takers,
      present(hand.house.hosted.get(centreOne.id), "").given.bySite.size,
    ]).toEqual([0, 0]);
  });
});

describe("[POCKET4] the whole, and only the newest", () => {
  test("what changes within 50 ms is one push, and the last of it", () => {
    const { hand, tablet } = centre();
    draw(hand, { east: "a" });
    for (const text of ["b", "c", "d"]) {
      wait(hand, 10);
      draw(hand, { east: text });
    }
    expect(textsOf(tablet)).toEqual(["a"]);
    wait(hand, 19);
    expect(textsOf(tablet)).toEqual(["a"]);
    wait(hand, 1);
    expect(textsOf(tablet)).toEqual(["a", "d"]);
    wait(hand, 500);
    expect(textsOf(tablet)).toEqual(["a", "d"]);
  });

  test("who takes slowly is given nothing more until the last has left, then the newest alone", () => {
    const { hand, tablet } = centre();
    hand.quickNetwork = false;
    for (const text of ["a", "b", "c"]) {
      draw(hand, { east: text });
      wait(hand, 1_000);
    }
    expect(textsOf(tablet)).toEqual(["a"]);
    hand.feed({ type: "drained", connection: tablet.connection, view: true });
    expect(textsOf(tablet)).toEqual(["a", "c"]);
  });
});

describe("[POCKET5] a beat says as of when the last view still holds", () => {
  test("once everything was looked at", () => {
    const { hand, tablet, others } = centre();
    draw(hand, { east: "a" });
    expect(newestBeat(hand, tablet)).not.toHaveProperty("viewsMs");
    const sameMs = hand.now.wallMs;
    draw(hand, {}, sameMs);
    expect(newestBeat(hand, tablet).viewsMs).toBe(sameMs);
    expect(others.map((peer) => peer.heard("beat").some(({ head }) => "viewsMs" in head))).toEqual([
      false,
      false,
    ]);
  });

  test("and not to whom the newest was not sent yet, nor where what stands there cannot be drawn", () => {
    const { hand, tablet } = centre();
    hand.quickNetwork = false;
    draw(hand, { east: "a" }, hand.now.wallMs);
    draw(hand, { east: "b" }, hand.now.wallMs);
    expect(newestBeat(hand, tablet)).not.toHaveProperty("viewsMs");
    hand.feed({ type: "drained", connection: tablet.connection, view: true });
    expect(newestBeat(hand, tablet)).toHaveProperty("viewsMs");
    draw(hand, { east: null }, hand.now.wallMs);
    expect(newestBeat(hand, tablet)).not.toHaveProperty("viewsMs");
    draw(hand, { east: "b" }, hand.now.wallMs);
    expect(newestBeat(hand, tablet)).not.toHaveProperty("viewsMs");
    hand.feed({ type: "drained", connection: tablet.connection, view: true });
    expect(newestBeat(hand, tablet)).toHaveProperty("viewsMs");
    expect(textsOf(tablet)).toEqual(["a", "b", "b"]);
  });
});
