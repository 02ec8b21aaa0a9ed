import { expect, test } from "vitest";
import { centreOne, centreTwo, east, HandHouse, north } from "../../../test/support/hand-house.ts";
import { HandLog, HandPeer } from "../../../test/support/hand-peer.ts";
import { err, ok } from "../../basics/result.ts";
import { isPacketOf } from "../../exchange/packet.ts";
import type { Input } from "../../site/effects.ts";
import { commonSize } from "../../site/forks/fork-proof.ts";
import { receiptsTogetherMs } from "../../site/limits.ts";
import { onlyTaker, soundPacket, takeCargo } from "./carry-in.ts";
import { cargoPackets } from "./carry-out.ts";

const { origin } = east;

/** A centre to which a hospital has shown two histories of another one's log, which share two entries. */
function whoKnowsTheFork(): HandHouse {
  const hand = new HandHouse(centreOne);
  const peer = new HandPeer(hand, north).greet();
  const ours = new HandLog(east, "hospital.shared/1").appendStatus(2);
  const theirs = new HandLog(east, "hospital.shared/1", "hospital.other/1").appendStatus(4);
  peer.say(ours.run());
  peer.say(theirs.run(4));
  for (let at = 0; at < peer.heard("fork").length; at += 1) {
    const head = peer.heard("fork")[at]?.head;
    if (head?.step === "ask") peer.say(theirs.answer(head.size));
  }
  return hand;
}

async function packetsOf(hand: HandHouse): Promise<readonly Uint8Array[]> {
  const packets: Uint8Array[] = [];
  const everything = { to: null, sites: [], sinceMs: null };
  for await (const packet of cargoPackets(hand.store, hand.house.charter, everything))
    if (packet.ok) packets.push(packet.value);
  return packets;
}

test("[CARRY5] whoever is given a stick alone learns of the forks that its bearer knows, as of the bearer", async () => {
  const bearer = whoKnowsTheFork();
  const reader = new HandHouse(centreTwo);
  const feed = (input: Input): void => {
    reader.feed(input);
    // So long receipts wait for something to be stored with.
    reader.pass(receiptsTogetherMs);
  };
  const taker = { house: reader.house, feed };
  const packets = await packetsOf(bearer);
  const cargo = packets.map((bytes) => soundPacket(bytes, onlyTaker(taker), () => ok(bytes)));
  const taken = await takeCargo(
    onlyTaker(taker),
    cargo.flatMap((one) => (one.ok ? [one.value] : [])),
  );
  expect(cargo.every(({ ok: isSound }) => isSound)).toBe(true);
  expect(taken.ok).toBe(true);
  const known = bearer.house.forks.get(origin);
  const learnt = reader.house.forks.get(origin);
  expect(known && learnt && commonSize(learnt)).toBe(known && commonSize(known));
  expect(learnt).toBeDefined();
  expect(reader.house.vector.get(origin)).toEqual(bearer.house.vector.get(origin));
});

test("[CARRY5] a proof of another region is refused", async () => {
  const packets = await packetsOf(whoKnowsTheFork());
  const proofs = packets.filter((bytes) => isPacketOf("fork", bytes));
  const takers = { region: "rehearsal-elsewhere", takerOf: () => err("of another region") };
  const foreign = proofs.map((bytes) => soundPacket(bytes, takers, () => ok(bytes)));
  expect(foreign.map(({ ok: isSound }) => isSound)).toEqual([false]);
});
