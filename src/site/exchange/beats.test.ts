import { describe, expect, test } from "vitest";
import { boardHouse } from "../../../test/support/board-house.ts";
import { authority, centreOne, east, HandHouse, north, slow } from "../../../test/support/hand-house.ts";
import { HandPeer } from "../../../test/support/hand-peer.ts";
import { type Logs, missionBody, nightMs, say } from "../../../test/support/region.ts";
import { present } from "../../basics/assert.ts";
import { contactOf, heardBeat } from "../../exchange/contact.ts";
import { decodeEntry } from "../../log/entry.ts";
import type { Effect } from "../effects.ts";
import { beginLoading, endLoading } from "../views/loading.ts";
import { judgeContact, takeCharterSites } from "./beats.ts";

function contactIn(hand: HandHouse, site: string) {
  const hosted = present(hand.house.hosted.get(present(hand.devices[0], "a device").id), "a hosted device");
  return contactOf(hosted.contact, site);
}

function beatFor(hand: HandHouse, forMs: number, ...peers: readonly HandPeer[]): void {
  for (let goneMs = 0; goneMs < forMs; goneMs += 1_000) {
    for (const peer of peers) peer.beat();
    hand.pass(1_000);
  }
}

/** Kind and site of every contact fact in a store. */
function contactFacts(hand: HandHouse): readonly string[] {
  const bytes = hand.store.readLeafBytes(centreOne.origin, 0, 1_000);
  return (bytes.ok ? bytes.value : []).flatMap((one) => {
    const entry = decodeEntry(one);
    if (!entry.ok || !entry.value.kind.startsWith("contact.")) return [];
    return [`${entry.value.kind} ${String(entry.value["site"] ?? "")}`.trim()];
  });
}

describe("beats", () => {
  test("[BEAT1] go out every second on each connection, with a number that only grows and the boot of this start", () => {
    const hand = new HandHouse(north);
    const [one, two] = [new HandPeer(hand, east).greet(), new HandPeer(hand, centreOne).greet()];
    beatFor(hand, 5_000, one, two);
    for (const peer of [one, two]) {
      const numbers = peer.heard("beat").map(({ head }) => [head.boot, head.beat]);
      expect(numbers.length).toBeGreaterThanOrEqual(6);
      expect(
        numbers.every(
          ([boot, beat], i) => boot === 1 && (i === 0 || (beat ?? 0) > (numbers[i - 1]?.[1] ?? 0)),
        ),
      ).toBe(true);
    }
    hand.restart(2);
    const again = new HandPeer(hand, east).greet();
    expect(again.heard("beat").map(({ head }) => [head.boot, head.beat])).toEqual([[2, 1]]);
  });

  test("[BEAT2] in another's name change nothing: a connection speaks for the device that proved its key", () => {
    const hand = new HandHouse(centreOne);
    const liar = new HandPeer(hand, east).greet();
    const claimed = { [north.id]: [9, 900], [slow.id]: [9, 900], [east.id]: [9, 900] } as const;
    const heard = Object.fromEntries(
      Object.entries(claimed).map(([id, pair]) => [id, [...pair] as [number, number]]),
    );
    liar.beat({ heard, storing: false, backByMs: 5 });
    hand.pass(1_000);
    const verdicts = ["north", "slow", "east"].map((site) => contactIn(hand, site).verdict);
    expect(verdicts).toEqual(["not-yet-heard", "not-yet-heard", "heard"]);
    expect(contactIn(hand, "north")).toMatchObject({ storing: null, backByMs: null, clockOffsetMs: null });
    expect(contactIn(hand, "east")).toMatchObject({ storing: false, backByMs: 5 });
  });

  test("[BEAT2] of a peer that has not proved its key are not read", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, east);
    peer.say({ type: "hello", head: peer.offer() });
    peer.beat();
    hand.pass(1_000);
    expect([peer.isOpen, contactIn(hand, "east").verdict]).toEqual([false, "not-yet-heard"]);
  });

  test("[BEAT3] a replayed beat keeps nobody alive", () => {
    const hand = new HandHouse(centreOne);
    const [peer, other] = [new HandPeer(hand, east).greet(), new HandPeer(hand, north).greet()];
    beatFor(hand, 3_000, peer, other);
    for (let i = 0; i < 12; i += 1) {
      peer.beats -= 1;
      peer.beat();
      other.beat();
      hand.pass(1_000);
    }
    expect(contactIn(hand, "east").verdict).toBe("silent");
    expect(contactFacts(hand)).toEqual(["contact.lost/1 east"]);
  });
});

describe("silence", () => {
  test("[BEAT4] is written by a control centre within ten seconds of the last beat, and its end too", () => {
    const hand = new HandHouse(centreOne);
    const [peer, other] = [new HandPeer(hand, east).greet(), new HandPeer(hand, north).greet()];
    beatFor(hand, 5_000, peer, other);
    // The last beat came a second before the five were over.
    beatFor(hand, 7_000, other);
    expect(contactFacts(hand)).toEqual([]);
    beatFor(hand, 1_000, other);
    expect(contactFacts(hand)).toEqual(["contact.lost/1 east"]);
    beatFor(hand, 4_000, other, peer);
    expect(contactFacts(hand)).toEqual(["contact.lost/1 east", "contact.regained/1 east"]);
  });

  test("[BEAT4] names who was on the way there", () => {
    const logs: Logs = new Map();
    const mission = [...say(logs, "lst-d/box/1-00000001", "mission.opened/1", missionBody)];
    say(logs, "rtw-1/tablet/1-00000001", "mission.destination/1", { mission, hospital: "ukd", over: [] });
    const { house, hosted } = boardHouse("lst-d/box/1-00000001", logs);
    takeCharterSites(house);
    const out: Effect[] = [];
    for (let second = 0; second < 20; second += 0.25) {
      const now = { wallMs: nightMs + second * 1_000, monoMs: second * 1_000 };
      for (const site of second < 5 ? ["ukd", "neuss"] : ["neuss"]) {
        const said = { wallMs: now.wallMs, storing: true, digest: "", backByMs: null, heard: {} };
        heardBeat(hosted.contact, `${site}/box`, { boot: 1, beat: second * 4, ...said }, now);
      }
      judgeContact(house, [hosted], now, out);
    }
    const commits = out.flatMap((effect) => (effect.type === "commit" ? effect.commit.appends : []));
    const entries = commits.flatMap(({ items }) => items.map((bytes) => decodeEntry(bytes)));
    const lost = entries.flatMap((one) => (one.ok && one.value.kind === "contact.lost/1" ? [one.value] : []));
    expect(lost).toMatchObject([{ site: "ukd", inbound: [mission] }]);
  });

  test("[CONTACT21] that a centre wrote outlasts its restart, and its end is written then too", () => {
    const hand = new HandHouse(centreOne);
    const [peer, other] = [new HandPeer(hand, east).greet(), new HandPeer(hand, north).greet()];
    beatFor(hand, 5_000, peer, other);
    const { lastHeardWallMs } = contactIn(hand, "east");
    beatFor(hand, 9_000, other);
    hand.restart(2);
    beatFor(hand, 20_000, new HandPeer(hand, north).greet());
    expect(contactIn(hand, "east")).toMatchObject({ verdict: "silent", lastHeardWallMs, heardVia: null });
    expect(contactIn(hand, "slow").verdict).toBe("not-yet-heard");
    expect(contactFacts(hand)).toEqual(["contact.lost/1 east"]);
    beatFor(hand, 4_000, new HandPeer(hand, east).greet());
    expect(contactIn(hand, "east").verdict).toBe("heard");
    expect(contactFacts(hand)).toEqual(["contact.lost/1 east", "contact.regained/1 east"]);
    hand.restart(3);
    hand.pass(1_000);
    expect(contactIn(hand, "east").verdict).toBe("not-yet-heard");
  });

  test("[CONTACT21] is not recalled while we hear nobody, and of whom we hear by then only the end is written", () => {
    const hand = new HandHouse(centreOne);
    const [peer, other] = [new HandPeer(hand, east).greet(), new HandPeer(hand, north).greet()];
    beatFor(hand, 5_000, peer, other);
    beatFor(hand, 9_000, other);
    hand.restart(2);
    hand.pass(20_000);
    expect(contactIn(hand, "east").verdict).toBe("not-yet-heard");
    const verdicts = new Set<string>();
    const back = [new HandPeer(hand, east).greet(), new HandPeer(hand, north).greet()];
    for (let i = 0; i < 6; i += 1) {
      beatFor(hand, 1_000, ...back);
      verdicts.add(contactIn(hand, "east").verdict);
    }
    expect([...verdicts]).toEqual(["heard"]);
    expect(contactFacts(hand)).toEqual(["contact.lost/1 east", "contact.regained/1 east"]);
  });

  test("[CONTACT21] whoever returned and fell silent again while the store was read is written as both, in this order", () => {
    const hand = new HandHouse(centreOne);
    const [peer, other] = [new HandPeer(hand, east).greet(), new HandPeer(hand, north).greet()];
    beatFor(hand, 5_000, peer, other);
    beatFor(hand, 9_000, other);
    hand.restart(2);
    beginLoading(hand.house);
    const back = [new HandPeer(hand, east).greet(), new HandPeer(hand, north).greet()] as const;
    beatFor(hand, 5_000, ...back);
    beatFor(hand, 10_000, back[1]);
    expect(contactIn(hand, "east").verdict).toBe("silent");
    endLoading(hand.house);
    beatFor(hand, 1_000, back[1]);
    expect(contactFacts(hand)).toEqual([
      "contact.lost/1 east",
      "contact.regained/1 east",
      "contact.lost/1 east",
    ]);
    expect(contactIn(hand, "east").silentForMs).toBeLessThan(13_000);
  });

  test("[BEAT4] is written by nobody else", () => {
    const hand = new HandHouse(north);
    const [peer, other] = [new HandPeer(hand, east).greet(), new HandPeer(hand, centreOne).greet()];
    beatFor(hand, 5_000, peer, other);
    beatFor(hand, 12_000, other);
    expect(contactIn(hand, "east").verdict).toBe("silent");
    expect(hand.commits).toEqual([]);
  });

  test("[BEAT5] of all is our own isolation: no contact-lost, and one fact afterwards that says from when to when", () => {
    const hand = new HandHouse(centreOne);
    const peers = [new HandPeer(hand, east).greet(), new HandPeer(hand, north).greet()];
    beatFor(hand, 5_000, ...peers);
    hand.pass(14_000);
    expect(contactFacts(hand)).toEqual([]);
    beatFor(hand, 6_000, ...peers);
    expect(contactFacts(hand)).toEqual(["contact.cut-off/1"]);
  });

  test("[BEAT6] a connection on which nothing comes for fifteen beats is closed, so that it is dialed anew", () => {
    const hand = new HandHouse(centreOne);
    const [peer, other] = [new HandPeer(hand, east).greet(), new HandPeer(hand, north).greet()];
    beatFor(hand, 15_000, other);
    expect(peer.isOpen).toBe(true);
    beatFor(hand, 1_000, other);
    expect([hand.closed.get(peer.connection), other.isOpen]).toEqual(["nothing-heard", true]);
  });

  test("of a site without a device is nobody's business", () => {
    const hand = new HandHouse(centreOne);
    beatFor(hand, 12_000, new HandPeer(hand, north).greet());
    expect(contactIn(hand, authority.site).verdict).toBe("not-yet-heard");
    expect(contactFacts(hand)).toEqual([]);
  });

  test("[BEAT7] a planned restart is told to every peer at once, until it is withdrawn or its time has passed", () => {
    const hand = new HandHouse(north);
    const peers = [new HandPeer(hand, east).greet(), new HandPeer(hand, centreOne).greet()];
    const told = () => peers.map((peer) => peer.heard("beat").at(-1)?.head.backByMs);
    const backByMs = hand.now.wallMs + 3_000;
    expect(told()).toEqual([null, null]);
    hand.feed({ type: "announce", backByMs });
    expect(told()).toEqual([backByMs, backByMs]);
    hand.feed({ type: "announce", backByMs: null });
    expect(told()).toEqual([null, null]);
    hand.feed({ type: "announce", backByMs });
    beatFor(hand, 2_000, ...peers);
    expect(told()).toEqual([backByMs, backByMs]);
    beatFor(hand, 3_000, ...peers);
    expect(told()).toEqual([null, null]);
  });
});
