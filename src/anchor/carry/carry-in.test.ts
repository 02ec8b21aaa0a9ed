import { expect, test } from "vitest";
import { centreOne, centreTwo, east, HandHouse } from "../../../test/support/hand-house.ts";
import { HandLog, HandPeer } from "../../../test/support/hand-peer.ts";
import { pause } from "../../../test/support/shells.ts";
import { ok } from "../../basics/result.ts";
import { encodePacket } from "../../exchange/packet.ts";
import { cosign, formatReceipt } from "../../log/cosignature.ts";
import { onlyTaker, soundPacket, takeCargo } from "./carry-in.ts";

test("what was brought is durable when its own commit is, whatever a busy machine has to store behind it", async () => {
  const hand = new HandHouse(centreTwo);
  const author = new HandPeer(hand, east).greet();
  const log = new HandLog(east).appendStatus(200);
  author.say(log.run(0, 2));
  hand.quickDisk = false;
  author.say(log.run(2, 3));
  const taker = { house: hand.house, feed: hand.feed.bind(hand) };
  const { holder } = centreOne;
  const receipts = [formatReceipt(cosign(holder, log.checkpoint(2), 1_599_775_200), holder.vkey)];
  const bytes = encodePacket({ type: "receipt", head: { receipts } });
  const carried = soundPacket(bytes, onlyTaker(taker), () => ok(bytes));
  let said = "nothing";
  void takeCargo(onlyTaker(taker), carried.ok ? [carried.value] : []).then((result) => {
    said = result.ok ? "taken" : result.error;
  });
  // Whenever a commit ends, the next one is there.
  for (let size = 3; said === "nothing" && size < log.entries.length; size += 1) {
    author.say(log.run(size, size + 1));
    hand.finishCommit();
    expect(hand.house.writing.inFlight).not.toBeNull();
    await pause(5);
  }
  expect(said).toBe("taken");
  const own = hand.commits.find(({ cosignatures }) =>
    cosignatures.some((one) => one.holder === holder.vkey.name && one.size === 2),
  );
  expect(own?.id).toBeLessThan(hand.house.writing.inFlight?.commit.id ?? 0);
});
