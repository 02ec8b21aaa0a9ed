import { describe, expect, test } from "vitest";
import { centreOne, east, HandHouse, pocket } from "../../test/support/hand-house.ts";
import { HandLog, HandPeer } from "../../test/support/hand-peer.ts";

/** A centre that holds the logs of an anchor and of a tablet of one hospital. */
function centreWithBoth() {
  const hand = new HandHouse(centreOne);
  const anchor = new HandPeer(hand, east).greet();
  const tablet = new HandPeer(hand, pocket).greet();
  tablet.say(new HandLog(pocket).appendStatus(2).run());
  anchor.say(new HandLog(east).appendStatus(2).run());
  for (let second = 0; second < 5; second += 1) {
    anchor.beat();
    hand.pass(1_000);
  }
  return { hand, anchor, tablet };
}

describe("a pocket", () => {
  test("[POCKET1] writes its own log, and is told how far it is held; an anchor gets it", () => {
    const { anchor, tablet } = centreWithBoth();
    expect(tablet.receipts(pocket.origin)).toContain("centre-one 3");
    expect(anchor.heard("entries").map(({ head }) => head.checkpoint.split("\n")[0])).toContain(
      pocket.origin,
    );
  });

  test("[POCKET1] is given no other log, no digest and no hearsay, whatever it says of what it lacks", () => {
    const { hand, anchor, tablet } = centreWithBoth();
    const digest = "1".repeat(64);
    tablet.say({ type: "vector", head: { level: "region", digest } });
    tablet.say({ type: "vector", head: { level: "sites", sites: { east: digest } } });
    tablet.say({ type: "vector", head: { level: "logs", site: "east", logs: { [pocket.origin]: [3, ""] } } });
    for (let i = 0; i < 4; i += 1) tablet.beat({ digest });
    hand.pass(10_000);
    const origins = tablet.heard("entries").map(({ head }) => head.checkpoint.split("\n")[0]);
    expect(origins.filter((origin) => origin === east.origin)).toEqual([]);
    expect([tablet.vectors("region"), tablet.vectors("sites")]).toEqual([[], []]);
    const heard = (peer: HandPeer) => peer.heard("beat").flatMap(({ head }) => Object.keys(head.heard));
    expect(heard(tablet)).toEqual([]);
    expect(heard(anchor)).not.toEqual([]);
  });

  test("[POCKET2] that lost its log is given that back", () => {
    const { hand, tablet } = centreWithBoth();
    hand.receive(tablet.connection, { type: "vector", head: { level: "logs", site: "east", logs: {} } });
    hand.pass(5_000);
    expect(tablet.heard("entries").map(({ head }) => head.checkpoint.split("\n")[0])).toContain(
      pocket.origin,
    );
  });
});
