import { describe, expect, test, vi } from "vitest";
import {
  authority,
  centreOne,
  centreTwo,
  charter,
  east,
  HandHouse,
  north,
  slow,
  stranger,
  wallStartMs,
} from "../../test/support/hand-house.ts";
import { HandLog, HandPeer } from "../../test/support/hand-peer.ts";
import { present } from "../basics/assert.ts";
import { originOf } from "../basics/name.ts";
import { markBehind } from "./exchange/link.ts";

/** Site and first position of each run that was sent, in order. */
function runsTo(peer: HandPeer): readonly string[] {
  return peer.heard("entries").map(({ head }) => `${head.checkpoint.split("/")[3]} ${head.from}`);
}

function lacks(peer: HandPeer, site: string): void {
  peer.say({ type: "vector", head: { level: "logs", site, logs: {} } });
}

const voice = {
  hospital: "east",
  capability: "ct",
  state: "open",
  answeredBy: "physician",
  readBack: true,
  over: [],
} as const;

/** A control centre that holds logs of three hospitals, each in runs of one batch at a time. */
function filledCentre(): HandHouse {
  const hand = new HandHouse(centreOne);
  const bringer = new HandPeer(hand, centreTwo).greet();
  for (const device of [east, north, slow]) {
    const log = new HandLog(device).appendStatus(299);
    for (let from = 0; from < 300; from += 50) bringer.say(log.run(from, from + 50));
  }
  return hand;
}

describe("an exchange", () => {
  test("[EXCHANGE1] of equal digests ends with them: nothing more is asked or sent", () => {
    const hand = filledCentre();
    const peer = new HandPeer(hand, north).greet();
    peer.say({ type: "vector", head: { level: "region", digest: hand.house.vector.digest() } });
    for (let i = 0; i < 4; i += 1) peer.beat();
    hand.pass(5_000);
    expect([peer.vectors("sites"), peer.vectors("logs"), peer.heard("entries")]).toEqual([[], [], []]);
  });

  test("[EXCHANGE1] begins at the second beat in a row with another digest, and at most every two seconds", () => {
    const hand = filledCentre();
    const peer = new HandPeer(hand, north).greet();
    const digest = "1".repeat(64);
    hand.pass(2_000);
    peer.beat({ digest });
    expect(peer.vectors("sites")).toHaveLength(0);
    peer.beat();
    peer.beat({ digest });
    expect(peer.vectors("sites")).toHaveLength(0);
    for (let i = 0; i < 6; i += 1) peer.beat({ digest });
    expect(peer.vectors("sites")).toHaveLength(1);
    hand.pass(2_000);
    for (let i = 0; i < 2; i += 1) peer.beat({ digest });
    expect(peer.vectors("sites")).toHaveLength(2);
  });

  test("[EXCHANGE1] does not begin with a peer that is where we were within 4 s, but with one that stays there", () => {
    const hand = filledCentre();
    const peer = new HandPeer(hand, north).greet();
    const digest = hand.house.vector.digest();
    hand.submit(centreOne, "voice.report/1", voice);
    for (let i = 0; i < 3; i += 1) {
      hand.pass(1_000);
      peer.beat({ digest });
    }
    expect(peer.vectors("sites")).toHaveLength(0);
    hand.pass(1_500);
    for (let i = 0; i < 2; i += 1) peer.beat({ digest });
    expect(peer.vectors("sites")).toHaveLength(1);
  });

  test("[EXCHANGE1] does not begin with a peer that was where we are a moment later", () => {
    const hand = filledCentre();
    const twin = filledCentre();
    const peer = new HandPeer(hand, north).greet();
    twin.submit(centreOne, "voice.report/1", voice);
    peer.beat({ digest: twin.house.vector.digest() });
    hand.submit(centreOne, "voice.report/1", voice);
    expect(hand.house.vector.digest()).toBe(twin.house.vector.digest());
    peer.beat({ digest: "1".repeat(64) });
    expect(peer.vectors("sites")).toHaveLength(0);
    peer.beat({ digest: "1".repeat(64) });
    expect(peer.vectors("sites")).toHaveLength(1);
  });

  test("[EXCHANGE1] goes from sites to logs only where they differ", () => {
    const hand = filledCentre();
    const peer = new HandPeer(hand, north).greet();
    const sites = Object.fromEntries(hand.house.vector.siteDigests());
    peer.say({ type: "vector", head: { level: "sites", sites: { ...sites, east: "2".repeat(64) } } });
    expect(peer.vectors("logs").map(({ site }) => site)).toEqual(["east"]);
    expect(peer.vectors("logs")[0]?.logs[east.origin]?.[0]).toBe(300);
  });

  test("[EXCHANGE2] gives a peer that was restored from a backup everything again, whatever it was sent before", () => {
    const hand = filledCentre();
    const peer = new HandPeer(hand, north).greet();
    lacks(peer, "east");
    expect(runsTo(peer)).toEqual(["east 0", "east 250"]);
    lacks(peer, "east");
    expect(runsTo(peer)).toEqual(["east 0", "east 250", "east 0", "east 250"]);
    const root = "3".repeat(64);
    peer.say({ type: "vector", head: { level: "logs", site: "east", logs: { [east.origin]: [250, root] } } });
    expect(runsTo(peer).slice(4)).toEqual(["east 250"]);
  });

  test("[EXCHANGE3] sends one catch-up packet at a time, the charter first, the others in rotation", () => {
    const hand = filledCentre();
    hand.quickNetwork = false;
    const peer = new HandPeer(hand, north).greet();
    for (const { site } of [east, north, slow, authority]) lacks(peer, site);
    const drained = (): void => hand.feed({ type: "drained", connection: peer.connection });
    expect(runsTo(peer)).toEqual(["east 0"]);
    for (let i = 0; i < 7; i += 1) drained();
    expect(runsTo(peer)).toEqual([
      "east 0",
      "authority 0",
      "east 250",
      "north 0",
      "slow 0",
      "north 250",
      "slow 250",
    ]);
  });

  test("[EXCHANGE3] what was written here within the last minute goes before what the peer lacks of others", () => {
    for (const [ageMs, runs] of [
      [30_000, ["east 0", "centre-one 0", "north 0"]],
      [90_000, ["east 0", "north 0", "slow 0"]],
    ] as const) {
      const hand = filledCentre();
      hand.submit(centreOne, "voice.report/1", voice);
      hand.pass(ageMs);
      hand.quickNetwork = false;
      const peer = new HandPeer(hand, north).greet();
      for (const site of ["east", "north", "slow", "centre-one"]) lacks(peer, site);
      for (let i = 0; i < 4; i += 1) hand.feed({ type: "drained", connection: peer.connection });
      const begun = runsTo(peer).filter((run) => run.endsWith(" 0"));
      expect(begun.slice(0, 3)).toEqual(runs);
    }
  });

  test("[EXCHANGE3] a long log of ours, written to just now, leaves every second packet to the others", () => {
    const hand = filledCentre();
    for (let i = 0; i < 600; i += 1) hand.submit(centreOne, "voice.report/1", voice);
    hand.quickNetwork = false;
    const peer = new HandPeer(hand, north).greet();
    for (const site of ["east", "north", "centre-one"]) lacks(peer, site);
    for (let i = 0; i < 4; i += 1) hand.feed({ type: "drained", connection: peer.connection });
    expect(runsTo(peer).map((run) => run.split(" ")[0])).toEqual([
      "east",
      "centre-one",
      "east",
      "centre-one",
      "north",
    ]);
  });

  test("[EXCHANGE3] of thousands of logs that a peer lacks few are looked at for a packet", () => {
    const hand = filledCentre();
    const { house } = hand;
    const peer = new HandPeer(hand, centreTwo).greet();
    hand.quickNetwork = false;
    lacks(peer, "east");
    const link = present(house.links.get(peer.connection), "it is connected");
    const epochs = Array.from({ length: 2_000 }, (_, i) => `1-${String(i + 1).padStart(8, "0")}`);
    for (const epoch of epochs)
      markBehind(house, link, originOf(house.region, `slow/box/${epoch}`), hand.now);
    const lookedAt = vi.spyOn(house.logs, "get");
    hand.feed({ type: "drained", connection: peer.connection });
    expect(runsTo(peer)).toEqual(["east 0", "east 250"]);
    expect(lookedAt.mock.calls.length).toBeLessThan(50);
  });

  test("[EXCHANGE3] fresh entries and beats do not wait for catch-up", () => {
    const hand = filledCentre();
    hand.quickNetwork = false;
    const peer = new HandPeer(hand, north).greet();
    lacks(peer, "east");
    lacks(peer, "slow");
    hand.submit(centreOne, "voice.report/1", voice);
    hand.pass(1_000);
    expect(runsTo(peer)).toEqual(["east 0", "centre-one 0"]);
    expect(peer.heard("beat").length).toBeGreaterThan(1);
  });

  test("[EXCHANGE4] keeps to itself the log of a device that the charter does not name yet, and its links stay", () => {
    const hand = new HandHouse(centreOne, stranger);
    const peer = new HandPeer(hand, north).greet();
    hand.submit(stranger, "hospital.status/1", { capability: "ct", state: "open", over: [] });
    lacks(peer, "stranger");
    hand.pass(2_000);
    expect(hand.house.vector.get(stranger.origin)?.size).toBe(2);
    expect(runsTo(peer).filter((run) => run.startsWith("stranger"))).toEqual([]);
    expect([peer.isOpen, hand.closed.size]).toEqual([true, 0]);
  });

  test("[EXCHANGE4] passes on what it has stored to everyone who holds the log so far, not back to its source", () => {
    const hand = new HandHouse(centreOne);
    const log = new HandLog(east).appendStatus(4);
    const author = new HandPeer(hand, east).greet();
    const follower = new HandPeer(hand, north).greet();
    const other = new HandPeer(hand, slow).greet();
    author.say(log.run(0, 2));
    lacks(other, "east");
    hand.pass(1_000);
    author.say(log.run(2));
    expect(runsTo(follower)).toEqual(["east 0", "east 2"]);
    expect(runsTo(other).at(-1)).toBe("east 2");
    expect(runsTo(author)).toEqual([]);
  });

  describe("[EXCHANGE5] of two control centres", () => {
    /** The house is the second centre, which hears the first. */
    function second() {
      const hand = new HandHouse(centreTwo);
      const log = new HandLog(east).appendStatus(4);
      const [first, author, follower] = [centreOne, east, north].map((one) =>
        new HandPeer(hand, one).greet(),
      ) as [HandPeer, HandPeer, HandPeer];
      first.beat();
      hand.pass(250);
      first.beat();
      hand.pass(250);
      return { hand, log, first, author, follower };
    }

    test("the second gives its own entries to everyone, and what others write to the first alone", () => {
      const { hand, log, first, author, follower } = second();
      author.say(log.run(0, 2));
      hand.submit(centreTwo, "voice.report/1", voice);
      expect(runsTo(first)).toEqual(["east 0", "centre-two 0"]);
      expect(runsTo(follower)).toEqual(["centre-two 0"]);
    });

    test("the second gives to everyone what they lack for three seconds", () => {
      const { hand, log, first, author, follower } = second();
      author.say(log.run(0, 2));
      lacks(follower, "east");
      first.beat();
      hand.pass(2_500);
      expect(runsTo(follower)).toEqual([]);
      hand.pass(750);
      expect(runsTo(follower)).toEqual(["east 0"]);
    });

    test("the second gives everything at once to whoever asks for it in its beats, for as long as it asks", () => {
      const { log, author, follower } = second();
      follower.beat({ wantsAll: true });
      author.say(log.run(0, 2));
      author.say(log.run(2, 3));
      follower.beat();
      author.say(log.run(3));
      expect(runsTo(follower)).toEqual(["east 0", "east 2"]);
    });

    test("who has no connection to the first asks the second, on one connection, and no more once it has one", () => {
      const hand = new HandHouse(north, slow);
      const other = new HandPeer(hand, centreTwo, north.id).greet();
      const mobile = new HandPeer(hand, centreTwo, slow.id).greet();
      const asked = (peer: HandPeer) =>
        peer.heard("beat").filter(({ head }) => head.wantsAll === true).length;
      /** The second centre beats and tells of the first; a second passes. */
      const pass = (seconds: number): void => {
        for (let i = 0; i < seconds; i += 1) {
          other.beat({ heard: { [centreOne.id]: [1, other.beats] } });
          hand.pass(1_000);
        }
      };
      pass(4);
      expect([asked(other), asked(mobile)]).toEqual([0, 0]);
      pass(4);
      const before = asked(other);
      expect([before > 1, asked(mobile)]).toEqual([true, 0]);
      new HandPeer(hand, centreOne, slow.id).greet();
      pass(4);
      expect(asked(other)).toBe(before);
    });

    test("the second gives everything at once while the first cannot record", () => {
      const { hand, log, first, author, follower } = second();
      first.beat({ storing: false });
      hand.pass(250);
      author.say(log.run(0, 2));
      expect(runsTo(follower)).toEqual(["east 0"]);
    });

    test("what a peer was given by the first the second does not give again when it begins to", () => {
      const { hand, log, first, author, follower } = second();
      author.say(log.run(0, 2));
      follower.beat();
      first.beat({ storing: false });
      hand.pass(250);
      author.say(log.run(2, 3));
      expect(runsTo(follower)).toEqual(["east 2"]);
    });

    test("the second gives everything at once when the first is late", () => {
      const { hand, log, author, follower } = second();
      author.beat();
      hand.pass(4_250);
      author.say(log.run(0, 2));
      expect(runsTo(follower)).toEqual(["east 0"]);
    });
  });

  describe("[EXCHANGE5] an anchor that is no control centre", () => {
    const log = new HandLog(slow).appendStatus(4);

    function hospital(): { hand: HandHouse; author: HandPeer; other: HandPeer } {
      const hand = new HandHouse(north);
      const [author, other] = [new HandPeer(hand, slow).greet(), new HandPeer(hand, east).greet()];
      return { hand, author, other };
    }

    test("gives its own entries to every peer at once, and keeps what others write until a peer lacks it", () => {
      const { hand, author, other } = hospital();
      author.say(log.run(0, 2));
      hand.submit(north, "hospital.status/1", { capability: "ct", state: "open", over: [] });
      expect(runsTo(other)).toEqual(["north 0"]);
      expect(runsTo(author)).toEqual(["north 0"]);
      lacks(other, "slow");
      hand.pass(2_000);
      expect(runsTo(other)).toEqual(["north 0"]);
      hand.pass(1_000);
      expect(runsTo(other)).toEqual(["north 0", "slow 0"]);
    });

    test("leaves it to others for three seconds, and gives nothing that the peer has by then", () => {
      const { hand, author, other } = hospital();
      author.say(log.run());
      lacks(other, "slow");
      hand.pass(1_000);
      other.beat();
      hand.pass(5_000);
      expect(runsTo(other)).toEqual([]);
    });

    test("passes everything at once to a peer that lacked something, for a minute", () => {
      const { hand, author, other } = hospital();
      author.say(log.run(0, 1));
      lacks(other, "slow");
      hand.pass(3_000);
      author.say(log.run(1, 2));
      expect(runsTo(other)).toEqual(["slow 0", "slow 1"]);
      hand.pass(60_000);
      const again = runsTo(other).length;
      author.say(log.run(2, 3));
      expect(runsTo(other)).toHaveLength(again);
    });

    test("passes the charter on at once", () => {
      const { hand, author, other } = hospital();
      const before = runsTo(other).length;
      const longer = new HandLog(authority);
      longer.entries.splice(0, longer.entries.length, ...charter.items);
      const site = { site: "west", type: "hospital" };
      longer.append({ at: wallStartMs, by: "authority#1", kind: "charter.site/1", ...site });
      other.say({ type: "vector", head: { level: "region", digest: hand.house.vector.digest() } });
      author.say(longer.run(charter.items.length));
      expect(runsTo(other)).toHaveLength(before + 1);
    });
  });
});
