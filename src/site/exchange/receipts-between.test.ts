import { describe, expect, test } from "vitest";
import {
  centreOne,
  centreThree,
  centreTwo,
  east,
  HandHouse,
  north,
} from "../../../test/support/hand-house.ts";
import { HandLog, HandPeer } from "../../../test/support/hand-peer.ts";
import { receiptsTogetherMs } from "../limits.ts";
import { heldBy } from "./held.ts";
import { mayBeHeldBy } from "./prove-receipts.ts";
import { heldUpTo } from "./receipts.ts";

/** Control centre one, which north and centre two are connected with. */
function centreBetween() {
  const hand = new HandHouse(centreOne);
  const [hospital, other] = [new HandPeer(hand, north).greet(), new HandPeer(hand, centreTwo).greet()];
  const log = () => HandLog.of(hand, centreOne);
  return { hand, hospital, other, log };
}

function say(hand: HandHouse): void {
  const voice = { hospital: "north", capability: "ct", state: "open", answeredBy: "physician" };
  hand.submit(centreOne, "voice.report/1", { ...voice, readBack: true, over: [] });
}

describe("a receipt between control centres", () => {
  test("[RECEIPT10] of a hospital is passed on to the other centres once it is believed, and to nobody else", () => {
    const { hand, hospital, other, log } = centreBetween();
    const bystander = new HandPeer(hand, east).greet();
    say(hand);
    hospital.confirm(log().checkpoint());
    hand.pass(250);
    expect(other.receipts(centreOne.origin)).toEqual(["north 2"]);
    expect(bystander.receipts(centreOne.origin)).toEqual([]);
    expect(hospital.receipts(centreOne.origin)).toEqual([]);
  });

  test("[RECEIPT10] goes at most once a log, holder and 200 ms; the last one covers everything", () => {
    const { hand, hospital, other, log } = centreBetween();
    hand.pass(250);
    for (let i = 0; i < 5; i += 1) {
      say(hand);
      hospital.confirm(log().checkpoint());
    }
    hand.monoMs += 199;
    hand.feed({ type: "wake" });
    expect(other.receipts(centreOne.origin)).toHaveLength(1);
    hand.monoMs += 1;
    hand.feed({ type: "wake" });
    expect(other.receipts(centreOne.origin)).toEqual([expect.any(String), "north 6"]);
  });

  test("[RECEIPT10] of our own log is passed on whoever told it, of another's only what no centre told", () => {
    const hand = new HandHouse(centreOne);
    const [two, three] = [new HandPeer(hand, centreTwo).greet(), new HandPeer(hand, centreThree).greet()];
    say(hand);
    two.confirm(HandLog.of(hand, centreOne).checkpoint(), north);
    hand.pass(250);
    expect(three.receipts(centreOne.origin)).toEqual(["north 2"]);
    const log = new HandLog(east).appendStatus(2);
    new HandPeer(hand, east).greet().say(log.run(0));
    two.confirm(log.checkpoint(), north);
    hand.pass(1_000);
    expect(three.receipts(east.origin)).toEqual(["centre-one 3"]);
  });

  test("[RECEIPT11] what is known already is told behind what is new, in parts", () => {
    const { hand, hospital, other, log } = centreBetween();
    say(hand);
    hospital.confirm(log().checkpoint());
    hand.feed({ type: "closed", connection: other.connection });
    hand.pass(1_000);
    hand.quickNetwork = false;
    const back = new HandPeer(hand, centreTwo).greet();
    hand.feed({ type: "drained", connection: back.connection });
    hand.pass(250);
    hand.feed({ type: "drained", connection: back.connection });
    hand.pass(250);
    expect(back.receipts(centreOne.origin)).toEqual(["north 2"]);
  });
});

describe("a receipt about a size at which no run ended here", () => {
  test("[RECEIPT12] of one far behind does not keep others from being proved, nor does one that is known already", () => {
    const hand = new HandHouse(centreTwo);
    const [centre, author] = [new HandPeer(hand, centreOne).greet(), new HandPeer(hand, east).greet()];
    const log = new HandLog(east).appendStatus(9);
    author.say(log.run(0, 1));
    centre.confirm(log.checkpoint(2), north);
    centre.confirm(log.checkpoint(7), centreThree);
    expect(hand.house.receipts.unproved.get(east.origin)?.size).toBe(2);
    author.say(log.run(1, 4));
    author.say(log.run(4));
    expect([
      heldUpTo(hand.house, east.origin, north.id),
      heldUpTo(hand.house, east.origin, centreThree.id),
    ]).toEqual([2, 7]);
    expect(hand.house.receipts.unproved.get(east.origin)?.size).toBe(0);
  });

  test("[RECEIPT12] is proved from the rows that are stored, and what is of another history never", () => {
    const hand = new HandHouse(centreTwo);
    const [centre, author] = [new HandPeer(hand, centreOne).greet(), new HandPeer(hand, east).greet()];
    const log = new HandLog(east).appendStatus(9);
    author.say(log.run(0, 2));
    author.say(log.run(2));
    centre.confirm(log.checkpoint(7), north);
    expect(heldUpTo(hand.house, east.origin, north.id)).toBe(7);
    const other = new HandLog(east, "hospital.beds/1").appendStatus(9);
    centre.confirm(other.checkpoint(8), north);
    expect(heldUpTo(hand.house, east.origin, north.id)).toBe(7);
  });

  test("[RECEIPT12] that comes before its rows is proved when they come; until then nobody can tell", () => {
    const hand = new HandHouse(centreTwo);
    const [centre, author] = [new HandPeer(hand, centreOne).greet(), new HandPeer(hand, east).greet()];
    const log = new HandLog(east).appendStatus(9);
    const fact = [`${east.id}/${east.epoch}`, 6] as const;
    author.say(log.run(0, 2));
    centre.confirm(log.checkpoint(7), north);
    expect([heldBy(hand.house, "north", fact), mayBeHeldBy(hand.house, "north", fact)]).toEqual([
      false,
      true,
    ]);
    author.say(log.run(2));
    expect([heldBy(hand.house, "north", fact), mayBeHeldBy(hand.house, "north", fact)]).toEqual([
      true,
      false,
    ]);
    hand.pass(receiptsTogetherMs);
    hand.restart(2);
    expect(heldUpTo(hand.house, east.origin, north.id)).toBe(7);
  });
});
