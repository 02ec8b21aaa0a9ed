import { describe, expect, test } from "vitest";
import { centreOne, centreTwo, east, HandHouse, north, stranger } from "../../../test/support/hand-house.ts";
import { HandLog, HandPeer } from "../../../test/support/hand-peer.ts";
import { toBase64 } from "../../basics/bytes.ts";
import { helloProof, helloText } from "../../exchange/hello.ts";
import { helloBytesMax, type Packet } from "../../exchange/packet.ts";

const region = "rehearsal-drill";

/** Everything but a hello that could be said on a connection. */
function otherPackets(): readonly Packet[] {
  const log = new HandLog(east, "hospital.status/1");
  const digest = "0".repeat(64);
  const beat = { boot: 9, beat: 9, wallMs: 1, storing: true, digest, backByMs: null, heard: {} };
  return [
    { type: "beat", head: beat },
    { type: "vector", head: { level: "region", digest } },
    log.run(),
    { type: "receipt", head: { receipts: [] } },
    { type: "fork", head: { step: "ask", checkpoint: log.note(), size: 1 } },
  ];
}

describe("a hello", () => {
  test("[LINK1] between two devices of the charter opens the connection; then a beat and a vector follow", () => {
    const hand = new HandHouse(north);
    const peer = new HandPeer(hand, east);
    expect(hand.sent).toEqual([]);
    const own = peer.offer();
    peer.say({ type: "hello", head: own });
    expect(peer.heard("hello").map(({ head }) => head.step)).toEqual(["offer", "proof"]);
    expect([peer.heard("beat"), peer.heard("vector")]).toEqual([[], []]);
    peer.prove(own);
    expect([peer.heard("beat").length, peer.vectors("region").length]).toEqual([1, 1]);
  });

  test("[HELLO1] the dialer speaks first and proves itself only after the listener did", () => {
    const hand = new HandHouse(north);
    const connection = hand.open({ hosted: north.id, peer: east.id });
    const [offer] = hand.packetsTo(connection, "hello").map(({ head }) => head);
    expect(offer).toMatchObject({ step: "offer", to: east.id, origin: north.origin, lowest: 1, highest: 4 });
    if (offer?.step !== "offer") throw new Error("the dialer offers");
    const answer = { ...offer, origin: east.origin, to: north.id, nonce: "5".repeat(64) };
    hand.receive(connection, { type: "hello", head: answer });
    expect(hand.packetsTo(connection, "hello")).toHaveLength(1);
    const self = { region, origin: east.origin, signer: east.signer };
    hand.receive(connection, {
      type: "hello",
      head: helloProof(self, helloText(region, offer, answer, "plain")),
    });
    expect(hand.packetsTo(connection, "hello").map(({ head }) => head.step)).toEqual(["offer", "proof"]);
    expect(hand.packetsTo(connection, "beat")).toHaveLength(1);
  });

  test.each(otherPackets().map((packet) => [packet.type, packet] as const))(
    "[LINK1] before it nothing is read: %s",
    (_type, packet) => {
      const hand = new HandHouse(north);
      const before = JSON.stringify(hand.store.storedLogs());
      const peer = new HandPeer(hand, east);
      peer.say(packet);
      expect([hand.closed.get(peer.connection), peer.isOpen]).toEqual(["no-hello", false]);
      expect([hand.sent, hand.commits]).toEqual([[], []]);
      expect(JSON.stringify(hand.store.storedLogs())).toBe(before);
    },
  );

  test.each(otherPackets().map((packet) => [packet.type, packet] as const))(
    "[LINK1] an offer alone does not open the ear: %s",
    (_type, packet) => {
      const hand = new HandHouse(north);
      const peer = new HandPeer(hand, east);
      peer.say({ type: "hello", head: peer.offer() });
      peer.say(packet);
      expect(hand.closed.get(peer.connection)).toBe("no-hello");
      expect(hand.commits).toEqual([]);
    },
  );

  test("[LINK2] longer than 4 KiB is refused, even if it could be read", () => {
    const hand = new HandHouse(north);
    const peer = new HandPeer(hand, east);
    const long = { ...peer.offer(), more: "x".repeat(helloBytesMax) };
    peer.say({ type: "hello", head: long });
    expect(hand.closed.get(peer.connection)).toBe("no-hello");
  });

  test("[LINK2] that is not complete after five seconds ends the connection, however far it is", () => {
    const hand = new HandHouse(north);
    const silent = new HandPeer(hand, east);
    const half = new HandPeer(hand, centreOne);
    half.say({ type: "hello", head: half.offer() });
    const whole = new HandPeer(hand, centreTwo).greet();
    hand.pass(5_000);
    expect(hand.closed.size).toBe(0);
    hand.pass(250);
    expect([...hand.closed.values()]).toEqual(["hello-too-late", "hello-too-late"]);
    expect([silent.isOpen, half.isOpen, whole.isOpen]).toEqual([false, false, true]);
  });

  test.each([
    ["another region", { region: "rehearsal-other" }, "other-region"],
    [
      "an origin of another region",
      { origin: "holdfast/1/elsewhere/east/lifeboat/1-00000001" },
      "other-region",
    ],
    ["only newer versions", { lowest: 5, highest: 6 }, "other-version"],
    ["only older versions", { lowest: 0, highest: 0 }, "other-version"],
    ["a device that is not hosted here", { to: east.id }, "not-for-us"],
  ] as const)("[HELLO2] with %s is refused before anything is signed", (_what, more, reason) => {
    const hand = new HandHouse(north);
    const peer = new HandPeer(hand, east);
    peer.say({ type: "hello", head: peer.offer(more) });
    expect(hand.closed.get(peer.connection)).toBe(reason);
    expect(hand.sent).toEqual([]);
  });

  test("[HELLO2] versions that overlap ours are spoken to", () => {
    const hand = new HandHouse(north);
    const peer = new HandPeer(hand, east);
    peer.say({ type: "hello", head: peer.offer({ lowest: 0, highest: 7 }) });
    expect(peer.heard("hello")).toHaveLength(2);
  });

  test("[LINK3] of a device that the charter does not name is refused", () => {
    const hand = new HandHouse(north);
    const peer = new HandPeer(hand, stranger);
    peer.say({ type: "hello", head: peer.offer() });
    expect(hand.closed.get(peer.connection)).toBe("unknown-device");
    expect(hand.sent).toEqual([]);
  });

  test("[HELLO3] signed by another key than the charter's is refused", () => {
    const hand = new HandHouse(north);
    const peer = new HandPeer(hand, east);
    const own = peer.offer();
    peer.say({ type: "hello", head: own });
    const text = helloText(region, own, peer.offered(), "plain");
    peer.say({ type: "hello", head: { step: "proof", signature: toBase64(stranger.signer.sign(text)) } });
    expect(hand.closed.get(peer.connection)).toBe("wrong-signature");
    expect(peer.heard("beat")).toEqual([]);
  });

  test("[HELLO3] replayed on a second connection is refused: the listener's nonce is another", () => {
    const hand = new HandHouse(north);
    const first = new HandPeer(hand, east);
    const own = first.offer();
    first.say({ type: "hello", head: own });
    const recorded = helloProof(first.self, helloText(region, own, first.offered(), "plain"));
    first.say({ type: "hello", head: recorded });
    expect(first.isOpen).toBe(true);
    const second = new HandPeer(hand, east);
    second.say({ type: "hello", head: own });
    expect(second.offered().nonce).not.toBe(first.offered().nonce);
    second.say({ type: "hello", head: recorded });
    expect(hand.closed.get(second.connection)).toBe("wrong-signature");
  });

  test("[HELLO3] relayed to a third anchor is refused: it names whom it is meant for", () => {
    const victim = new HandHouse(north);
    const relay = new HandPeer(victim, east, centreOne.id);
    // East dialed centre-one; whoever sits between hands east's own words to north.
    relay.say({ type: "hello", head: relay.offer() });
    expect(victim.closed.get(relay.connection)).toBe("not-for-us");
    const rewritten = new HandPeer(victim, east);
    const meant = rewritten.offer({ to: centreOne.id });
    rewritten.say({ type: "hello", head: { ...meant, to: north.id } });
    const forCentre = helloText(region, meant, { ...rewritten.offered(), origin: centreOne.origin }, "plain");
    rewritten.say({ type: "hello", head: helloProof(rewritten.self, forCentre) });
    expect(victim.closed.get(rewritten.connection)).toBe("wrong-signature");
  });

  test("[HELLO3] over another TLS certificate than the dialer sees is refused", () => {
    const hand = new HandHouse(north);
    const seen = "a".repeat(64);
    const peer = new HandPeer(hand, east);
    const own = peer.offer();
    peer.say({ type: "hello", head: own });
    peer.prove(own, seen);
    expect(hand.closed.get(peer.connection)).toBe("wrong-signature");
  });

  test("[HELLO2] with our own name is refused, so that our proof cannot be played back to us", () => {
    const hand = new HandHouse(north);
    const mirror = new HandPeer(hand, north);
    mirror.say({ type: "hello", head: mirror.offer() });
    expect(hand.closed.get(mirror.connection)).toBe("our-own-name");
    expect(hand.sent).toEqual([]);
  });

  test("[LINK4] of another device than the one dialed is refused", () => {
    const hand = new HandHouse(north);
    const connection = hand.open({ hosted: north.id, peer: centreOne.id });
    const peer = new HandPeer(hand, east);
    hand.receive(connection, { type: "hello", head: peer.offer() });
    expect(hand.closed.get(connection)).toBe("not-whom-we-dialed");
  });

  test.each([
    ["a second offer", (peer: HandPeer) => peer.offer()],
    ["a proof before an offer", (peer: HandPeer) => helloProof(peer.self, new Uint8Array(1))],
  ] as const)("[LINK5] out of turn ends the connection: %s", (what, head) => {
    const hand = new HandHouse(north);
    const peer = new HandPeer(hand, east);
    if (what === "a second offer") peer.say({ type: "hello", head: peer.offer() });
    peer.say({ type: "hello", head: head(peer) });
    expect(hand.closed.get(peer.connection)).toBe("out-of-turn");
  });

  test("[LINK5] after the hello a further one ends the connection", () => {
    const hand = new HandHouse(north);
    const peer = new HandPeer(hand, east).greet();
    peer.say({ type: "hello", head: peer.offer() });
    expect(hand.closed.get(peer.connection)).toBe("out-of-turn");
  });

  test("one process with two devices answers as the one that is meant", () => {
    const hand = new HandHouse(north, centreOne);
    const peer = new HandPeer(hand, east, centreOne.id).greet();
    expect(peer.offered().origin).toBe(centreOne.origin);
    expect(hand.house.links.get(peer.connection)?.hosted?.id).toBe(centreOne.id);
  });
});
