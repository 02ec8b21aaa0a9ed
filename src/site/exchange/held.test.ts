import { describe, expect, test } from "vitest";
import { authority, centreOne, centreTwo, east, HandHouse, north } from "../../../test/support/hand-house.ts";
import { HandLog, HandPeer } from "../../../test/support/hand-peer.ts";
import { present } from "../../basics/assert.ts";
import { toHex } from "../../basics/bytes.ts";
import { cosign, formatReceipt } from "../../log/cosignature.ts";
import { receiptsTogetherMs } from "../limits.ts";
import { centresSentAgain, heldByDispatchUpTo } from "./held.ts";

function writesOnce(hand: HandHouse): void {
  hand.submit(north, "hospital.status/1", { capability: "ct", state: "open", over: [] });
}

describe("a control centre that had to begin a new epoch", () => {
  const nextOrigin = centreTwo.origin.replace(/[^/]*$/, "2-00000001");
  const startMs = 1_599_775_260_000;

  /** The centre's second log, as its restored machine begins it. */
  function nextLog(): HandLog {
    const log = new HandLog({ ...centreTwo, origin: nextOrigin });
    log.entries.length = 0;
    const root = toHex(new HandLog(centreTwo).checkpoint().root);
    const previous = { epoch: centreTwo.epoch, size: 1, root };
    return log.append({ at: startMs, by: "holdfast", kind: "log.start/1", previous });
  }

  test("[RECEIPT9] what it confirmed before counts no more and shows as being sent again, until it confirms anew", () => {
    const hand = new HandHouse(north);
    writesOnce(hand);
    const peer = new HandPeer(hand, centreTwo).greet();
    peer.say(new HandLog(centreTwo).run());
    const own = HandLog.of(hand, north);
    peer.confirm(own.checkpoint());
    expect([
      heldByDispatchUpTo(hand.house, north.origin),
      centresSentAgain(hand.house, north.origin),
    ]).toEqual([2, []]);
    peer.say(nextLog().run());
    const outdated = [0, ["centre-two"]];
    const stand = () => [
      heldByDispatchUpTo(hand.house, north.origin),
      centresSentAgain(hand.house, north.origin),
    ];
    expect(stand()).toEqual(outdated);
    // What it said then is no news when somebody repeats it, nor after a restart.
    peer.confirm(own.checkpoint());
    expect(stand()).toEqual(outdated);
    hand.restart(2);
    expect(stand()).toEqual(outdated);
    const again = new HandPeer(hand, centreTwo).greet();
    const { holder } = centreTwo;
    const receipt = formatReceipt(cosign(holder, own.checkpoint(), startMs / 1_000), holder.vkey);
    again.say({ type: "receipt", head: { receipts: [receipt] } });
    expect(stand()).toEqual([2, []]);
  });

  test("[RECEIPT9] confirms everything anew at once, with no time before its epoch, whatever its clock says", () => {
    const hand = new HandHouse(centreTwo);
    const peer = new HandPeer(hand, north).greet();
    peer.say(new HandLog(north).appendStatus(2).run());
    hand.pass(500);
    expect(peer.receipts(north.origin)).toEqual(["centre-two 3"]);
    const first = new HandLog(centreTwo);
    peer.say(first.run());
    peer.say(nextLog().run());
    hand.pass(500);
    expect(peer.receipts(north.origin).length).toBeGreaterThan(1);
    const newest = hand.house.receipts.newest.get(north.origin)?.get(centreTwo.id);
    expect(present(newest, "a receipt").timeS).toBeGreaterThanOrEqual(startMs / 1_000);
  });
});

describe("a device that has ended", () => {
  test("[CHARTER11] may connect, and its receipts are kept; none of them counts", () => {
    const hand = new HandHouse(north, authority);
    writesOnce(hand);
    const peer = new HandPeer(hand, centreTwo).greet();
    const own = HandLog.of(hand, north);
    peer.confirm(own.checkpoint());
    expect(heldByDispatchUpTo(hand.house, north.origin)).toBe(2);
    writesOnce(hand);
    const longer = HandLog.of(hand, north);
    const end = { site: "centre-two", device: "anchor", log: null, size: 0, root: "0".repeat(64) };
    const token = hand.submit(authority, "charter.device-ended/1", end);
    expect(hand.answers.get(token)).toMatchObject({ ok: true });
    expect(heldByDispatchUpTo(hand.house, north.origin)).toBe(0);
    const back = new HandPeer(hand, centreTwo).greet();
    expect(back.isOpen).toBe(true);
    back.confirm(longer.checkpoint());
    hand.pass(receiptsTogetherMs);
    const stored = hand.store.readCosignatures(north.origin);
    expect(stored.ok && stored.value.map(({ size }) => size)).toEqual([2, 3]);
    expect(heldByDispatchUpTo(hand.house, north.origin)).toBe(0);
    new HandPeer(hand, centreOne).greet().confirm(longer.checkpoint());
    expect(heldByDispatchUpTo(hand.house, north.origin)).toBe(3);
  });

  test("[CHARTER11] confirms nothing itself", () => {
    const hand = new HandHouse(centreTwo, authority);
    const end = { site: "centre-two", device: "anchor", log: null, size: 0, root: "0".repeat(64) };
    hand.submit(authority, "charter.device-ended/1", end);
    const peer = new HandPeer(hand, east).greet();
    peer.say(new HandLog(east).appendStatus(2).run());
    hand.pass(1_000);
    expect(peer.receipts(east.origin)).toEqual([]);
  });
});
