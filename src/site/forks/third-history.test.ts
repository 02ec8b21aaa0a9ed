import { describe, expect, test } from "vitest";
import { centreOne, centreTwo, east, HandHouse, north, slow } from "../../../test/support/hand-house.ts";
import { HandLog, HandPeer, statusEntry } from "../../../test/support/hand-peer.ts";
import { present } from "../../basics/assert.ts";
import type { Packet } from "../../exchange/packet.ts";
import { decodeEntry } from "../../log/entry.ts";
import { logOf } from "../replica.ts";
import { commonSize } from "./fork-proof.ts";

/** What the two histories of the proof share, and what each has. */
const [shared, whole] = [6, 9];

/** The first entries of another history, then its own ones. */
function branchOf(trunk: HandLog, upTo: number, size: number, own: number): HandLog {
  const log = new HandLog(trunk.device);
  log.entries.splice(0, 1, ...trunk.entries.slice(0, upTo));
  for (let i = log.entries.length; i < size; i += 1) log.append(statusEntry(100 * own + i));
  return log;
}

/** Answers whatever it is asked about the history that it holds, until it is asked no more. */
function answerAll(peer: HandPeer, held: HandLog): void {
  for (let at = 0; at < peer.heard("fork").length; at += 1) {
    const head = peer.heard("fork")[at]?.head;
    const note = head?.step === "ask" ? head.checkpoint : null;
    if (head?.step === "ask" && note === held.note()) peer.say(held.answer(head.size));
  }
}

function asked(peer: HandPeer): number {
  return peer.heard("fork").filter(({ head }) => head.step === "ask").length;
}

/** Time goes by on a connection that stays. */
function passWith(peer: HandPeer, forMs: number): void {
  for (let goneMs = 0; goneMs < forMs; goneMs += 5_000) {
    peer.beat();
    peer.hand.pass(5_000);
  }
}

function commonIn(hand: HandHouse, origin: string): number {
  return commonSize(present(hand.house.forks.get(origin), "a fork"));
}

/** The proof of two histories, as somebody tells it who found it. */
function proofOf(ours: HandLog, theirs: HandLog): Packet {
  const hand = new HandHouse(centreTwo);
  const [peer, other] = [new HandPeer(hand, centreOne).greet(), new HandPeer(hand, slow).greet()];
  peer.say(ours.run());
  peer.say(theirs.run(1));
  answerAll(peer, theirs);
  expect(commonIn(hand, ours.device.origin)).toBe(shared);
  return present(
    other.heard("fork").find(({ head }) => head.step === "proof"),
    "the proof is told",
  );
}

describe("who holds a third history of a forked log", () => {
  const one = branchOf(new HandLog(east).appendStatus(whole), whole, whole, 0);
  const other = branchOf(one, shared, whole, 1);
  const proof = proofOf(one, other);

  /** A control centre that was given this history first and the proof then. */
  function holderOf(history: HandLog): { readonly hand: HandHouse; readonly peer: HandPeer } {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, north).greet();
    peer.say(history.run());
    peer.say(proof);
    expect(commonIn(hand, east.origin)).toBe(shared);
    hand.pass(250);
    return { hand, peer };
  }

  test.each([
    ["longer", 14],
    ["shorter", 8],
    ["as long as what the two share", shared],
  ])(
    "[FORK7] finds out that it shares less with them, and everybody learns of it: it is %s",
    (_what, size) => {
      const { hand, peer } = holderOf(branchOf(one, 2, size, 2));
      const listener = new HandPeer(hand, slow).greet();
      answerAll(peer, one);
      expect(commonIn(hand, east.origin)).toBe(2);
      expect(hand.house.vector.get(east.origin)).toEqual({ size: 2, root: "forked:2" });
      const told = present(listener.heard("fork").at(-1), "told");
      const third = new HandHouse(centreTwo);
      const teller = new HandPeer(third, centreOne).greet();
      teller.say(proof);
      teller.say(told);
      expect(commonIn(third, east.origin)).toBe(2);
      const before = asked(peer);
      passWith(peer, 30_000);
      expect(asked(peer)).toBe(before);
    },
  );

  test("[FORK7] asks for the other one when nobody shows the first, and goes on where an answer was lost", () => {
    const { hand, peer } = holderOf(branchOf(one, 2, 14, 2));
    answerAll(peer, other);
    expect(commonIn(hand, east.origin)).toBe(shared);
    passWith(peer, 10_000);
    expect(asked(peer)).toBe(2);
    peer.say(other.answer(whole));
    expect(asked(peer)).toBe(3);
    // What it asks now is lost, and so is the one search.
    passWith(peer, 20_000);
    answerAll(peer, one);
    answerAll(peer, other);
    expect(commonIn(hand, east.origin)).toBe(2);
  });

  test.each([
    ["the beginning of one of the two", branchOf(one, 7, 7, 0)],
    ["more of one of the two", branchOf(one, whole, 12, 3)],
    ["another one that parts where they do", branchOf(one, shared, 12, 4)],
  ])("[FORK7] learns that what it holds is %s, and asks no more", (_what, history) => {
    const { hand, peer } = holderOf(history);
    answerAll(peer, one);
    const before = asked(peer);
    passWith(peer, 30_000);
    expect([asked(peer), commonIn(hand, east.origin)]).toEqual([before, shared]);
    hand.restart(2);
    const again = new HandPeer(hand, north).greet();
    hand.pass(250);
    answerAll(again, one);
    passWith(again, 30_000);
    expect([hand.house.unsure.size, commonIn(hand, east.origin)]).toEqual([0, shared]);
  });

  test("[FORK7] asks seldom after ten minutes in which nobody has shown one, and often again once somebody comes", () => {
    const { hand, peer } = holderOf(branchOf(one, shared, shared, 0));
    passWith(peer, 600_000);
    const often = asked(peer);
    expect(often).toBeGreaterThan(50);
    passWith(peer, 660_000);
    expect(asked(peer) - often).toBeLessThan(3);
    const comer = new HandPeer(hand, slow).greet();
    passWith(comer, 10_000);
    expect(asked(comer)).toBe(1);
    answerAll(comer, one);
    answerAll(comer, other);
    expect(hand.house.unsure.size).toBe(0);
  });

  test("[AGAIN1] a device whose history is the third one says again all that lies past what it shares; its requests stay answered after a start", () => {
    const hand = new HandHouse(north);
    const report = (number: number): number => {
      const body = { capability: "ct", state: "open", over: [] };
      return hand.submit(north, "hospital.status/1", body, `request-${number}`);
    };
    report(0);
    const trunk = branchOf(HandLog.of(hand, north), 2, whole, 0);
    const second = branchOf(trunk, shared, whole, 1);
    for (let i = 1; i < 8; i += 1) report(i);
    const peer = new HandPeer(hand, centreOne).greet();
    peer.say(proofOf(trunk, second));
    hand.pass(250);
    answerAll(peer, trunk);
    expect(commonIn(hand, north.origin)).toBe(2);
    const { origin } = present(hand.house.hosted.get(north.id), "hosted");
    const { entries } = HandLog.of(hand, north, origin);
    const again = entries.flatMap((bytes) => {
      const entry = decodeEntry(bytes);
      return entry.ok && entry.value["again"] !== undefined ? [entry.value["again"]] : [];
    });
    const log = logOf(hand.house, north.origin).id;
    expect(new Set(again.map(String)).size).toBe(again.length);
    expect(again).toHaveLength(7);
    for (let index = 2; index < 9; index += 1) expect(again).toContainEqual([log, index]);
    hand.restart(2);
    hand.pass(4_000);
    expect(hand.answers.get(report(7))).toEqual({ ok: true, ref: [log, 8], repeated: true });
  });
});
