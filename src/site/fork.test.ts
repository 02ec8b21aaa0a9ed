import { describe, expect, test } from "vitest";
import { centreOne, centreTwo, east, HandHouse, keys, north, slow } from "../../test/support/hand-house.ts";
import { HandLog, HandPeer } from "../../test/support/hand-peer.ts";
import { toHex } from "../basics/bytes.ts";
import { leafHash } from "../log/entry.ts";
import { consistencyProof } from "../log/tree.ts";

const { sha256 } = keys.crypto;

/** Two histories of one log that share the first two entries. */
function branches(ours: number, theirs: number): readonly [HandLog, HandLog] {
  return [
    new HandLog(east, "hospital.shared/1").appendStatus(ours),
    new HandLog(east, "hospital.shared/1", "hospital.other/1").appendStatus(theirs),
  ];
}

/** How a log grew from this size to its end, as its holder would show it. */
function answer(hand: HandPeer, log: HandLog, size: number): void {
  const leaves = log.entries.map((bytes) => leafHash(sha256, bytes));
  const path = consistencyProof(sha256, leaves, size).map(toHex);
  const root = toHex(log.checkpoint(size).root);
  hand.say({ type: "fork", head: { step: "answer", checkpoint: log.note(), size, root, path } });
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
    answer(peer, log, 3);
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
    answer(peer, theirs, ours.entries.length);
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
    answer(peer, theirs, 4);
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

  test("[FORK4] of a forked log nothing more is taken or sent", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, north).greet();
    const [ours, theirs] = branches(2, 4);
    peer.say(ours.run());
    peer.say(theirs.run(4));
    answer(peer, theirs, 4);
    peer.say(new HandLog(east, "hospital.shared/1").appendStatus(5).run(4));
    expect(hand.house.vector.get(east.origin)?.size).toBe(4);
    const other = new HandPeer(hand, slow).greet();
    other.say({ type: "vector", head: { level: "logs", site: "east", logs: {} } });
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
    for (let turn = 0; turn < 3; turn += 1) {
      for (const [from, to] of [
        [a, b],
        [b, a],
      ] as const) {
        for (const packet of [...from.heard("entries"), ...from.heard("fork")]) to.say(packet);
      }
    }
    expect([one.house.forks.size, two.house.forks.size]).toEqual([1, 1]);
  });
});
