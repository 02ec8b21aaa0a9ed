import { describe, expect, test } from "vitest";
import { authority, centreOne, east, HandHouse, north, slow } from "../../../test/support/hand-house.ts";
import { HandLog, HandPeer } from "../../../test/support/hand-peer.ts";
import { formatVkey } from "../../log/vkey.ts";

/** Site of each run that was sent, in order. */
function runsTo(peer: HandPeer): readonly string[] {
  return peer.heard("entries").map(({ head }) => head.checkpoint.split("/")[3] ?? "");
}

/** North's box; the charter names it as the relay of slow's where `isRelay`. */
function northWith({ isRelay }: { readonly isRelay: boolean }) {
  const hand = new HandHouse(north);
  const charter = HandLog.of(hand, authority);
  const from = charter.entries.length;
  const { site, device, role } = slow;
  const keys = { key: formatVkey(slow.signer.vkey), holder: formatVkey(slow.holder.vkey) };
  const relays = isRelay ? { relays: [north.id] } : {};
  const word = { site, device, ...keys, roles: [role], ...relays };
  charter.append({ at: hand.now.wallMs, by: "authority", kind: "charter.device/1", ...word });
  new HandPeer(hand, east).greet().say(charter.run(from));
  const peers = [slow, centreOne, east].map((one) => new HandPeer(hand, one).greet());
  const [lifeboat, centre, neighbour] = peers as [HandPeer, HandPeer, HandPeer];
  return { hand, lifeboat, centre, neighbour };
}

describe("[RELAY2] a relay", () => {
  test("gives at once what its device writes, and its device what everybody writes", () => {
    const { lifeboat, centre, neighbour } = northWith({ isRelay: true });
    lifeboat.say(new HandLog(slow).appendStatus(2).run());
    centre.say(new HandLog(centreOne).append({ at: 1, by: "dispatcher#1", kind: "desk.sound/1" }).run());
    expect([runsTo(centre), runsTo(neighbour)]).toEqual([["slow"], ["slow"]]);
    expect(runsTo(lifeboat)).toEqual(["centre-one"]);
  });

  test("passes its device the receipts of others, and theirs to who is behind it", () => {
    const { lifeboat, centre } = northWith({ isRelay: true });
    const log = new HandLog(slow).appendStatus(2);
    lifeboat.say(log.run());
    centre.confirm(log.checkpoint());
    expect(lifeboat.receipts(slow.origin)).toContain("centre-one 3");
    const own = new HandLog(centreOne).appendStatus(1);
    centre.say(own.run());
    lifeboat.confirm(own.checkpoint());
    expect(centre.receipts(centreOne.origin)).toContain("slow 2");
  });

  test("is one by the charter alone: who is none leaves it to others first", () => {
    const { hand, lifeboat, centre, neighbour } = northWith({ isRelay: false });
    lifeboat.say(new HandLog(slow).appendStatus(2).run());
    centre.say(new HandLog(centreOne).appendStatus(1).run());
    hand.pass(250);
    expect([lifeboat, centre, neighbour].map(runsTo)).toEqual([[], [], []]);
  });
});
