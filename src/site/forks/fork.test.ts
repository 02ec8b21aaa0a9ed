import { describe, expect, test } from "vitest";
import {
  centreOne,
  centreTwo,
  east,
  HandHouse,
  keys,
  north,
  slow,
} from "../../../test/support/hand-house.ts";
import { HandLog, HandPeer, statusEntry } from "../../../test/support/hand-peer.ts";
import { present } from "../../basics/assert.ts";
import { toHex } from "../../basics/bytes.ts";
import type { Packet } from "../../exchange/packet.ts";
import { leafHash } from "../../log/entry.ts";
import { consistencyProof } from "../../log/tree.ts";
import { logOf } from "../replica.ts";
import { canSnapshot, SnapshotMaker } from "../snapshot.ts";
import { commonSize } from "./fork-proof.ts";

const { sha256 } = keys.crypto;

/** Two histories of one log that share the first two entries. */
function branches(ours: number, theirs: number): readonly [HandLog, HandLog] {
  return [
    new HandLog(east, "hospital.shared/1").appendStatus(ours),
    new HandLog(east, "hospital.shared/1", "hospital.other/1").appendStatus(theirs),
  ];
}

/** How a log grew from this size to its end, as its holder would show it. */
function answerAt(peer: HandPeer, log: HandLog, size: number): void {
  peer.say(log.answer(size));
}

/** Answers whatever the house asks about this history, until it asks no more. Returns the sizes that it asked for. */
function answerAll(peer: HandPeer, log: HandLog): readonly number[] {
  const sizes: number[] = [];
  for (let at = 0; at < peer.heard("fork").length; at += 1) {
    const head = peer.heard("fork")[at]?.head;
    if (head?.step !== "ask") continue;
    sizes.push(head.size);
    answerAt(peer, log, head.size);
  }
  return sizes;
}

/** Two houses over one connection: what one says to it, the other hears, until both are quiet. */
function carry(a: HandPeer, b: HandPeer): void {
  const told = new Map([
    [a, 0],
    [b, 0],
  ]);
  for (let moved = true; moved; ) {
    moved = false;
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const sent = from.hand.sent.filter(({ connection }) => connection === from.connection);
      for (const { packet, bytes } of sent.slice(told.get(from))) {
        if (packet.type !== "hello") to.say(bytes);
        moved = true;
      }
      told.set(from, sent.length);
    }
  }
}

function proofs(peer: HandPeer) {
  return peer.heard("fork").filter(({ head }) => head.step === "proof");
}

describe("a signed checkpoint that does not follow from what we hold", () => {
  test("[FORK1] blames nobody yet: the sender is asked how the log grew from our size", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, north).greet();
    const [ours, theirs] = branches(2, 4);
    peer.say(ours.run());
    peer.say(theirs.run(4));
    const asked = peer.heard("fork").map(({ head }) => head);
    expect(asked).toEqual([{ step: "ask", checkpoint: theirs.note(), size: 4 }]);
    expect(hand.house.forks.size).toBe(0);
    expect(peer.isOpen).toBe(true);
  });

  test("[FORK1] who is asked answers from its store", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, north).greet();
    const log = new HandLog(east).appendStatus(6);
    peer.say(log.run());
    peer.say({ type: "fork", head: { step: "ask", checkpoint: log.note(), size: 3 } });
    const leaves = log.entries.map((bytes) => leafHash(sha256, bytes));
    expect(peer.heard("fork").map(({ head }) => head)).toEqual([
      {
        step: "answer",
        checkpoint: log.note(),
        size: 3,
        root: toHex(log.checkpoint(3).root),
        path: consistencyProof(sha256, leaves, 3).map(toHex),
      },
    ]);
  });

  test("[FORK2] without a contradiction it was the sender's fault, and the log goes on", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, north).greet();
    const log = new HandLog(east).appendStatus(4);
    peer.say(log.run(0, 3));
    const damaged = log.run(3);
    if (damaged.type !== "entries") throw new Error("a run");
    const [first, ...others] = damaged.items;
    if (first?.kind !== "bytes") throw new Error("an entry");
    const bytes = first.bytes.slice();
    bytes[bytes.indexOf(0x37)] = 0x38;
    peer.say({ ...damaged, items: [{ kind: "bytes", bytes }, ...others] });
    answerAt(peer, log, 3);
    expect(hand.notes).toContain("refused-sender-at-fault");
    expect(hand.house.forks.size).toBe(0);
    peer.say(log.run(3));
    expect(hand.house.vector.get(east.origin)?.size).toBe(5);
  });

  test.each([
    ["longer than ours", 2, 4],
    ["as long as ours", 3, 2],
  ])("[FORK3] a contradiction is kept in the store and told to everyone else: a branch %s", (_what, a, b) => {
    const hand = new HandHouse(centreOne);
    const [peer, other] = [new HandPeer(hand, north).greet(), new HandPeer(hand, slow).greet()];
    const [ours, theirs] = branches(a, b);
    peer.say(ours.run());
    peer.say(theirs.run(2));
    answerAll(peer, theirs);
    expect(hand.notes).toContain("log-forked");
    const stored = hand.store.readForks();
    expect(stored.ok && stored.value.map(({ ours: one, theirs: two }) => [one.size, two.size])).toEqual([
      [ours.entries.length, theirs.entries.length],
    ]);
    expect(proofs(other)).toHaveLength(1);
    const late = new HandPeer(hand, centreTwo).greet();
    expect(proofs(late)).toHaveLength(1);
    hand.restart(2);
    expect([...hand.house.forks.keys()]).toEqual([east.origin]);
    expect(proofs(new HandPeer(hand, centreTwo).greet())).toHaveLength(1);
  });

  test("[FORK3] spreads: who is given the proof believes it without having seen either branch", () => {
    const first = new HandHouse(centreOne);
    const [peer, carrier] = [new HandPeer(first, north).greet(), new HandPeer(first, centreTwo).greet()];
    const [ours, theirs] = branches(2, 4);
    peer.say(ours.run());
    peer.say(theirs.run(4));
    answerAll(peer, theirs);
    const [proof] = proofs(carrier);
    if (proof === undefined) throw new Error("the proof is told");
    const second = new HandHouse(centreTwo);
    const [giver, next] = [new HandPeer(second, centreOne).greet(), new HandPeer(second, slow).greet()];
    giver.say(proof);
    expect([...second.house.forks.keys()]).toEqual([east.origin]);
    expect([proofs(giver).length, proofs(next).length]).toEqual([0, 1]);
    giver.say(proof);
    expect(proofs(next)).toHaveLength(1);
  });

  test("[FORK4] of a forked log nothing is taken or sent past what its histories share", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, north).greet();
    const [ours, theirs] = branches(2, 4);
    peer.say(ours.run());
    peer.say(theirs.run(4));
    answerAll(peer, theirs);
    peer.say(new HandLog(east, "hospital.shared/1").appendStatus(5).run(4));
    const stored = hand.store.storedLogs();
    expect(stored.ok && stored.value.find(({ origin }) => origin === east.origin)?.range.size).toBe(4);
    const other = new HandPeer(hand, slow).greet();
    const logs = { [east.origin]: [2, toHex(ours.checkpoint(2).root)] as [number, string] };
    other.say({ type: "vector", head: { level: "logs", site: "east", logs } });
    hand.pass(2_000);
    expect(other.heard("entries").filter(({ head }) => head.checkpoint.includes(east.origin))).toEqual([]);
  });

  test.each([
    ["two points of one history", "two sizes of one log"],
    ["a branch signed by another device", "another log"],
    ["a path that proves nothing", "a false path"],
  ])("[FORK2] no proof at all: %s", (_what, kind) => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, north).greet();
    const [ours, theirs] = branches(2, 4);
    const log =
      kind === "another log" ? new HandLog(north).appendStatus(6) : kind === "a false path" ? theirs : ours;
    const size = 3;
    const leaves = log.entries.map((bytes) => leafHash(sha256, bytes));
    const path = consistencyProof(sha256, leaves, size).map(toHex);
    const root = toHex(log.checkpoint(size).root);
    const falsePath = path.map(() => "0".repeat(64));
    peer.say({
      type: "fork",
      head: {
        step: "proof",
        ours: ours.note(size),
        theirs: log.note(),
        root,
        path: kind === "a false path" ? falsePath : path,
      },
    });
    expect(hand.house.forks.size).toBe(0);
    const stored = hand.store.readForks();
    expect(stored.ok && stored.value).toEqual([]);
  });

  test("[FORK1] equal sizes with other roots are found out by the exchange itself", () => {
    const [one, two] = [new HandHouse(centreOne), new HandHouse(centreTwo)];
    const [ours, theirs] = branches(3, 2);
    new HandPeer(one, north).greet().say(ours.run());
    new HandPeer(two, slow).greet().say(theirs.run());
    const [a, b] = [new HandPeer(one, centreTwo).greet(), new HandPeer(two, centreOne).greet()];
    const vector = (hand: HandHouse) =>
      Object.fromEntries(
        [...hand.house.vector.siteLogs("east")].map(([origin, { size, root }]) => [
          origin,
          [size, root] as [number, string],
        ]),
      );
    a.say({ type: "vector", head: { level: "logs", site: "east", logs: vector(two) } });
    carry(a, b);
    expect([one.house.forks.size, two.house.forks.size]).toEqual([1, 1]);
  });
});

describe("how much two histories share", () => {
  test.each([
    ["one entry longer", 3, 3],
    ["much longer", 2, 30],
    ["as long", 9, 8],
    ["from the second entry on", 1, 60],
  ])("[FORK5] is found out to the entry before anybody is told: theirs is %s", (_what, a, b) => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, north).greet();
    const [ours, theirs] = branches(a, b);
    peer.say(ours.run());
    peer.say(theirs.run(2));
    const asked = answerAll(peer, theirs);
    expect(asked.length).toBeLessThan(2 + Math.ceil(Math.log2(ours.entries.length)));
    expect(commonSize(present(hand.house.forks.get(east.origin), "a fork"))).toBe(2);
  });

  test("[FORK5] a search that lost its answer goes on with the next run that does not follow", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, north).greet();
    const [ours, theirs] = branches(9, 9);
    peer.say(ours.run());
    peer.say(theirs.run(2));
    answerAt(peer, theirs, ours.entries.length);
    expect(hand.house.forks.size).toBe(0);
    const asked = () => peer.heard("fork").flatMap(({ head }) => (head.step === "ask" ? [head.size] : []));
    expect(asked()).toEqual([11, 5]);
    peer.say(theirs.run(2));
    expect(asked()).toEqual([11, 5, 5]);
    answerAll(peer, theirs);
    expect(hand.house.forks.size).toBe(1);
  });

  test("[FORK5] what lies past it means nothing, on boards and in the charter alike", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, north).greet();
    const [ours, theirs] = branches(6, 8);
    peer.say(ours.run());
    expect(hand.house.fold.logs.get(logOf(hand.house, east.origin).id)?.meant).toBe(8);
    peer.say(theirs.run(2));
    answerAll(peer, theirs);
    hand.refold();
    const { meant, size } = present(hand.house.fold.logs.get(logOf(hand.house, east.origin).id), "folded");
    expect([meant, size]).toEqual([2, 8]);
    expect(hand.house.fold.hospitals.get("east")?.cells.size ?? 0).toBe(0);
    hand.restart(2);
    expect(hand.house.fold.logs.get(logOf(hand.house, east.origin).id)?.meant).toBe(2);
  });

  test("[OPEN5] between a fork and the fold made anew no snapshot is made, and one under way comes to nothing", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, north).greet();
    const [ours, theirs] = branches(6, 8);
    peer.say(ours.run());
    const maker = new SnapshotMaker(hand.house);
    expect([...maker.lines()].length).toBeGreaterThan(0);
    peer.say(theirs.run(2));
    answerAll(peer, theirs);
    expect(hand.house.forks.size).toBe(1);
    expect(maker.end("v")).toBeNull();
    expect(canSnapshot(hand.house)).toBe(false);
    hand.refold();
    expect(canSnapshot(hand.house)).toBe(true);
  });

  test("[FORK5] a later proof that shows less in common counts, in whatever order they come", () => {
    const [early, late] = [proofOfBranches(2), proofOfBranches(5)];
    for (const order of [
      [early, late],
      [late, early],
    ]) {
      const hand = new HandHouse(centreTwo);
      const peer = new HandPeer(hand, centreOne).greet();
      for (const proof of order) peer.say(proof);
      expect(hand.house.vector.get(east.origin)).toBeUndefined();
      expect(commonSize(present(hand.house.forks.get(east.origin), "a fork"))).toBe(2);
      hand.restart(2);
      expect(commonSize(present(hand.house.forks.get(east.origin), "a fork"))).toBe(2);
    }
  });

  test.each([
    ["a smaller size than where they part", { size: 2 }],
    ["size 0", { size: 0 }],
    ["a size past the checkpoint", { size: 99 }],
  ])("[FORK3] a proof that claims less in common than it shows is refused: %s", (_what, change) => {
    const proof = proofOfBranches(2);
    if (proof.type !== "fork" || proof.head.step !== "proof" || proof.head.first === undefined)
      throw new Error("a proof with its first difference");
    const hand = new HandHouse(centreTwo);
    const peer = new HandPeer(hand, centreOne).greet();
    peer.say({ type: "fork", head: { ...proof.head, first: { ...proof.head.first, ...change } } });
    expect(hand.house.forks.size).toBe(0);
  });

  test("[FORK3] the proof of a version that knows no first difference is one", () => {
    const proof = proofOfBranches(2);
    if (proof.type !== "fork" || proof.head.step !== "proof") throw new Error("a proof");
    const { first: _first, ...head } = proof.head;
    const hand = new HandHouse(centreTwo);
    new HandPeer(hand, centreOne).greet().say({ type: "fork", head });
    expect(commonSize(present(hand.house.forks.get(east.origin), "a fork"))).toBe(7);
  });
});

describe("what vectors say of a forked log", () => {
  test("[FORK6] houses that hold different histories agree, and send nothing more", () => {
    const [one, two] = [new HandHouse(centreOne), new HandHouse(centreTwo)];
    const [ours, theirs] = branches(3, 9);
    new HandPeer(one, north).greet().say(ours.run());
    new HandPeer(two, slow).greet().say(theirs.run());
    const [a, b] = [new HandPeer(one, centreTwo).greet(), new HandPeer(two, centreOne).greet()];
    carry(a, b);
    for (const hand of [one, two]) {
      expect(hand.house.vector.get(east.origin)).toEqual({ size: 2, root: "forked:2" });
      hand.restart(2);
      expect(hand.house.vector.get(east.origin)).toEqual({ size: 2, root: "forked:2" });
    }
    expect(one.house.vector.digest()).toBe(two.house.vector.digest());
  });

  test("[FORK6] who lacks entries that all histories share gets them from any, and is then closed", () => {
    const [ours, theirs] = branches(3, 9);
    const [one, two] = [new HandHouse(centreOne), new HandHouse(centreTwo)];
    const peer = new HandPeer(one, north).greet();
    peer.say(ours.run());
    peer.say(theirs.run(2));
    answerAll(peer, theirs);
    const [a, b] = [new HandPeer(one, centreTwo).greet(), new HandPeer(two, centreOne).greet()];
    one.pass(3_000);
    two.pass(3_000);
    carry(a, b);
    expect(two.house.vector.get(east.origin)).toEqual({ size: 2, root: "forked:2" });
    expect(two.house.vector.digest()).toBe(one.house.vector.digest());
    const before = one.sent.length;
    a.say({ type: "vector", head: { level: "region", digest: two.house.vector.digest() } });
    expect(one.sent.slice(before)).toEqual([]);
  });

  test("[FORK6] who does not know of the fork is told the proof, not more entries", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, north).greet();
    const [ours, theirs] = branches(3, 9);
    peer.say(ours.run());
    peer.say(theirs.run(2));
    answerAll(peer, theirs);
    const other = new HandPeer(hand, slow).greet();
    const before = proofs(other).length;
    const logs = { [east.origin]: [3, toHex(ours.checkpoint(3).root)] as [number, string] };
    other.say({ type: "vector", head: { level: "logs", site: "east", logs } });
    hand.pass(2_000);
    expect(proofs(other).length).toBe(before + 1);
    expect(other.heard("entries").filter(({ head }) => head.checkpoint.includes(east.origin))).toEqual([]);
  });
});

/** The proof, as a house tells it, of two histories that share this many entries; the shorter one has eight. */
function proofOfBranches(common: number): Packet {
  const hand = new HandHouse(centreOne);
  const [peer, carrier] = [new HandPeer(hand, north).greet(), new HandPeer(hand, slow).greet()];
  const history = (last: number): HandLog => {
    const log = new HandLog(east).appendStatus(common - 1);
    for (let i = log.entries.length; i < 8 + last; i += 1) log.append(statusEntry(100 * (1 + last) + i));
    return log;
  };
  const [ours, theirs] = [history(0), history(1)];
  peer.say(ours.run());
  peer.say(theirs.run(common));
  answerAll(peer, theirs);
  return present(proofs(carrier)[0], "the proof is told");
}
