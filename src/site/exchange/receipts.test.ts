import { describe, expect, onTestFinished, test, vi } from "vitest";
import { centreOne, centreTwo, east, HandHouse, north, slow } from "../../../test/support/hand-house.ts";
import { HandLog, HandPeer } from "../../../test/support/hand-peer.ts";
import { receiptsTogetherMs } from "../limits.ts";
import { heldByDispatchUpTo } from "./held.ts";
import { heldUpTo } from "./receipts.ts";

/** A log of centre-one that asks the hospital north for something. */
function logToNorth(): HandLog {
  const log = new HandLog(centreOne);
  return log.append({
    at: 1,
    by: "dispatcher#1",
    kind: "voice.report/1",
    hospital: "north",
    capability: "ct",
    state: "open",
    answeredBy: "physician",
    readBack: true,
    over: [],
  });
}

describe("a receipt", () => {
  test("[RECEIPT4] of every log is made by a control centre, and sent to the author", () => {
    const hand = new HandHouse(centreOne);
    const author = new HandPeer(hand, east).greet();
    const other = new HandPeer(hand, north).greet();
    author.say(new HandLog(east).appendStatus(2).run());
    expect(author.receipts(east.origin)).toEqual(["centre-one 3"]);
    expect(other.receipts(east.origin)).toEqual([]);
  });

  test("[RECEIPT4] is made by another site only for a log that speaks to it", () => {
    const hand = new HandHouse(north);
    const peer = new HandPeer(hand, centreOne).greet();
    peer.beat();
    hand.pass(250);
    peer.say(new HandLog(east).appendStatus(2).run());
    peer.say(new HandLog(centreOne).run());
    hand.pass(1_000);
    expect([...hand.house.receipts.newest.keys()]).toEqual([]);
    peer.say(logToNorth().run(1));
    hand.pass(1_000);
    expect(peer.receipts(centreOne.origin)).toEqual(["north 2"]);
    expect(heldUpTo(hand.house, east.origin, north.id)).toBe(0);
  });

  test("[RECEIPT4] is made by a neighbour while no control centre is heard", () => {
    const hand = new HandHouse(north);
    const peer = new HandPeer(hand, east).greet();
    peer.say(new HandLog(east).appendStatus(2).run());
    new HandPeer(hand, centreOne).greet();
    expect(peer.receipts(east.origin)).toEqual(["north 3"]);
    const heard = new HandHouse(north);
    const [author, centre] = [new HandPeer(heard, east).greet(), new HandPeer(heard, centreOne).greet()];
    centre.beat();
    heard.pass(250);
    author.say(new HandLog(east).appendStatus(2).run());
    expect(author.receipts(east.origin)).toEqual([]);
  });

  test("[RECEIPT5] is made at most once a log and 200 ms; the last one covers everything", () => {
    const hand = new HandHouse(centreOne);
    const [author, other] = [new HandPeer(hand, east).greet(), new HandPeer(hand, north).greet()];
    const log = new HandLog(east).appendStatus(9);
    for (let i = 0; i < 10; i += 1) author.say(log.run(i, i + 1));
    other.say(new HandLog(north).run());
    expect(author.receipts(east.origin)).toEqual(["centre-one 1"]);
    expect(other.receipts(north.origin)).toEqual(["centre-one 1"]);
    hand.monoMs += 199;
    hand.feed({ type: "wake" });
    expect(author.receipts(east.origin)).toHaveLength(1);
    hand.monoMs += 1;
    hand.feed({ type: "wake" });
    expect(author.receipts(east.origin)).toEqual(["centre-one 1", "centre-one 10"]);
  });

  test("[RECEIPT6] goes to the other control centres too", () => {
    const hand = new HandHouse(centreOne);
    const [author, centre] = [new HandPeer(hand, east).greet(), new HandPeer(hand, centreTwo).greet()];
    author.say(new HandLog(east).run());
    expect(centre.receipts(east.origin)).toEqual(["centre-one 1"]);
  });

  test("[RECEIPT6] goes back over a neighbour when the author is not linked, and who passes it on adds nothing", () => {
    const hand = new HandHouse(centreOne);
    const neighbour = new HandPeer(hand, north).greet();
    const bystander = new HandPeer(hand, slow).greet();
    const log = new HandLog(east).appendStatus(1);
    neighbour.say(log.run());
    expect(neighbour.receipts(east.origin)).toEqual(["centre-one 2"]);
    expect(bystander.receipts(east.origin)).toEqual([]);
    const relay = new HandHouse(north);
    const [author, centre] = [new HandPeer(relay, east).greet(), new HandPeer(relay, centreOne).greet()];
    centre.beat();
    relay.pass(250);
    author.say(log.run());
    centre.confirm(log.checkpoint());
    expect(author.receipts(east.origin)).toEqual(["centre-one 2"]);
    expect(heldByDispatchUpTo(relay.house, east.origin)).toBe(2);
  });

  test("[RECEIPT6] goes to everybody when neither the author nor the way its entries came is left", () => {
    const hand = new HandHouse(centreOne);
    const neighbour = new HandPeer(hand, north).greet();
    const log = new HandLog(east).appendStatus(2);
    neighbour.say(log.run(0, 1));
    neighbour.say(log.run(1));
    const other = new HandPeer(hand, slow).greet();
    hand.feed({ type: "closed", connection: neighbour.connection });
    hand.pass(250);
    expect(other.receipts(east.origin).at(-1)).toBe("centre-one 3");
  });

  test("[RECEIPT6] goes once to each peer, on the connection that it was heard on last", () => {
    const hand = new HandHouse(centreOne);
    const author = new HandPeer(hand, east).greet();
    const [quiet, lively] = [new HandPeer(hand, centreTwo).greet(), new HandPeer(hand, centreTwo).greet()];
    hand.monoMs += 10;
    lively.beat();
    author.say(new HandLog(east).run());
    expect([quiet, lively].map((peer) => peer.receipts(east.origin))).toEqual([[], ["centre-one 1"]]);
  });

  test("[RECEIPT7] is told again to whom it may not have reached: at each connection, and every half minute", () => {
    const hand = new HandHouse(centreOne);
    const first = new HandPeer(hand, east).greet();
    first.say(new HandLog(east).run());
    hand.feed({ type: "closed", connection: first.connection });
    const second = new HandPeer(hand, east).greet();
    expect(second.receipts(east.origin)).toEqual(["centre-one 1"]);
    for (let i = 0; i < 30; i += 1) {
      second.beat();
      hand.pass(1_000);
    }
    expect(second.receipts(east.origin)).toEqual(["centre-one 1", "centre-one 1"]);
  });

  test("[RECEIPT7] that was never made for stored rows is made after the next start", () => {
    const hand = new HandHouse(centreOne);
    const author = new HandPeer(hand, east).greet();
    const log = new HandLog(east).appendStatus(1);
    author.say(log.run(0, 1));
    author.say(log.run(1));
    expect(heldUpTo(hand.house, east.origin, centreOne.id)).toBe(1);
    hand.restart(2);
    hand.feed({ type: "wake" });
    expect(heldUpTo(hand.house, east.origin, centreOne.id)).toBe(2);
  });

  test("[RECEIPT7] that was lost with its commit is made again, by whom the log speaks to and by nobody else", () => {
    const hand = new HandHouse(north);
    const peer = new HandPeer(hand, centreOne).greet();
    peer.beat();
    hand.pass(250);
    hand.quickDisk = false;
    peer.say(logToNorth().run());
    peer.say(new HandLog(east).run());
    hand.finishCommit();
    hand.finishCommit();
    expect(heldUpTo(hand.house, centreOne.origin, north.id)).toBe(2);
    hand.restart(2);
    expect(heldUpTo(hand.house, centreOne.origin, north.id)).toBe(0);
    hand.feed({ type: "wake" });
    expect(heldUpTo(hand.house, centreOne.origin, north.id)).toBe(2);
    expect(heldUpTo(hand.house, east.origin, north.id)).toBe(0);
  });

  test("[RECEIPT8] for rows that are not here yet is believed when they come, and only if the root is theirs", () => {
    const hand = new HandHouse(centreTwo);
    const [centre, author] = [new HandPeer(hand, centreOne).greet(), new HandPeer(hand, east).greet()];
    const log = new HandLog(east).appendStatus(3);
    author.say(log.run(0, 2));
    centre.confirm(log.checkpoint(4));
    expect(heldUpTo(hand.house, east.origin, centreOne.id)).toBe(0);
    expect(author.receipts(east.origin).filter((one) => one.startsWith("centre-one"))).toEqual([
      "centre-one 4",
    ]);
    centre.confirm(log.checkpoint(4));
    expect(author.receipts(east.origin).filter((one) => one.startsWith("centre-one"))).toHaveLength(1);
    author.say(log.run(2));
    expect(heldUpTo(hand.house, east.origin, centreOne.id)).toBe(4);
    hand.pass(receiptsTogetherMs);
    hand.restart(2);
    expect(heldUpTo(hand.house, east.origin, centreOne.id)).toBe(4);
  });

  test("[RECEIPT8] for rows that are not here yet is verified once, however many connections bring it", () => {
    const hand = new HandHouse(centreTwo);
    const [author, ...others] = [east, north, slow].map((device) => new HandPeer(hand, device).greet());
    const log = new HandLog(east).appendStatus(3);
    author?.say(log.run(0, 2));
    const verify = vi.spyOn(hand.house.ports.crypto, "verify");
    onTestFinished(() => verify.mockRestore());
    for (const peer of others) peer.confirm(log.checkpoint(4), centreOne);
    expect(verify).toHaveBeenCalledTimes(1);
  });

  test("[RECEIPT8] that rows prove begins no commit in the middle of the one that brought them", () => {
    const hand = new HandHouse(centreTwo);
    const [centre, author] = [new HandPeer(hand, centreOne).greet(), new HandPeer(hand, east).greet()];
    const log = new HandLog(east).appendStatus(3);
    author.say(log.run(0, 2));
    centre.confirm(log.checkpoint(4));
    const voice = {
      hospital: "east",
      capability: "ct",
      state: "open",
      answeredBy: "physician",
      readBack: true,
    };
    const say = (): number => hand.submit(centreTwo, "voice.report/1", { ...voice, over: [] });
    hand.quickDisk = false;
    say();
    author.say(log.run(2));
    const second = say();
    hand.finishCommit();
    const third = say();
    hand.finishCommit();
    hand.finishCommit();
    expect([second, third].map((token) => hand.answers.get(token))).toMatchObject([
      { ok: true, ref: [expect.any(String), 2] },
      { ok: true, ref: [expect.any(String), 3] },
    ]);
    expect(heldUpTo(hand.house, east.origin, centreOne.id)).toBe(4);
  });

  test("[RECEIPT8] for another history than ours is refused, and believed of nobody", () => {
    const hand = new HandHouse(centreTwo);
    const [centre, author] = [new HandPeer(hand, centreOne).greet(), new HandPeer(hand, east).greet()];
    author.say(new HandLog(east).appendStatus(3).run());
    centre.confirm(new HandLog(east, "hospital.beds/1").appendStatus(2).checkpoint());
    expect(hand.notes).toContain("refused-receipt-for-another-root");
    const ahead = new HandLog(east, "hospital.beds/1").appendStatus(3);
    centre.confirm(ahead.checkpoint());
    author.say(new HandLog(east).appendStatus(4).run(4));
    expect(heldUpTo(hand.house, east.origin, centreOne.id)).toBe(0);
  });

  test.each([
    [
      "a holder that the charter does not name",
      "refused-unknown-holder",
      `${"holdfast/1/rehearsal-drill/stranger"}`,
    ],
    ["another signature", "refused-bad-signature", "holdfast/1/rehearsal-drill/centre-two"],
  ])("[RECEIPT3] of %s is refused", (_what, code, holder) => {
    const hand = new HandHouse(north);
    const [centre, author] = [new HandPeer(hand, centreOne).greet(), new HandPeer(hand, east).greet()];
    const log = new HandLog(east);
    author.say(log.run());
    const forged = { ...centreOne, holder: { ...centreTwo.holder, sign: centreOne.holder.sign } };
    const vkey = { ...centreTwo.holder.vkey, name: `${holder}/anchor/holder` };
    const liar = new HandPeer(hand, { ...forged, holder: { ...forged.holder, vkey } }).greet();
    liar.confirm(log.checkpoint());
    expect(hand.notes).toContain(code);
    expect([...(hand.house.receipts.newest.get(east.origin)?.keys() ?? [])]).toEqual([north.id]);
    expect(centre.isOpen).toBe(true);
  });
});
