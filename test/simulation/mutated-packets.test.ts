import { expect, test } from "vitest";
import { present } from "../../src/basics/assert.ts";
import { concatBytes, toHex } from "../../src/basics/bytes.ts";
import { type Random, seededRandom } from "../../src/basics/random.ts";
import { encodePacket, type Packet } from "../../src/exchange/packet.ts";
import { centreOne, east, HandHouse, north, slow } from "../support/hand-house.ts";
import { HandLog, HandPeer } from "../support/hand-peer.ts";

const mutations = 200_000;
const seed = 20_200_911;

/** What no damaged packet may change: rows, what is believed of logs, receipts, forks, who is heard. */
function stateOf({ house, store }: HandHouse): string {
  const stored = store.storedLogs();
  const rows = (stored.ok ? stored.value : []).map(({ origin, checkpoint }) => [
    origin,
    toHex(checkpoint.signature),
  ]);
  const logs = [...house.logs].map(([origin, log]) => [origin, log.tail.range.size, log.durable.range.size]);
  const receipts = [...house.receipts.newest].map(([origin, holders]) => [origin, [...holders.keys()]]);
  const unproved = [...house.receipts.unproved.keys()];
  const writing = [house.writing.queue.length, house.writing.storing, house.writing.lastId];
  return JSON.stringify([
    rows,
    logs,
    receipts,
    unproved,
    [...house.forks.keys()],
    writing,
    house.vector.digest(),
  ]);
}

function sizesOf({ house, commits }: HandHouse): string {
  const { unproved, due } = house.receipts;
  return `${commits.length} ${house.logs.size} ${house.forks.size} ${unproved.size} ${due.size} ${house.writing.queue.length}`;
}

/** A house in the middle of its work, and one packet of every type and step that it could be sent next. */
function scene() {
  const hand = new HandHouse(centreOne);
  const [peer, other] = [new HandPeer(hand, east).greet(), new HandPeer(hand, north).greet()];
  const log = new HandLog(east).appendStatus(6);
  peer.say(log.run(0, 4));
  other.say(new HandLog(north).appendStatus(2).run());
  hand.pass(1_000);
  const vector = hand.house.vector;
  const sites = Object.fromEntries(vector.siteDigests());
  const logs = Object.fromEntries(
    [...vector.siteLogs("east")].map(([origin, { size, root }]) => [
      origin,
      [size, root] as [number, string],
    ]),
  );
  peer.beat();
  const beat = present(peer.heard("beat").at(-1), "a beat");
  const offer = { type: "hello", head: peer.offer() } as const;
  const path = [toHex(log.checkpoint(1).root), toHex(log.checkpoint(2).root)];
  const receipt = present(peer.heard("receipt").at(-1), "a receipt");
  const packets: readonly Packet[] = [
    offer,
    { type: "hello", head: { step: "proof", signature: `${"A".repeat(86)}==` } },
    { ...beat, head: { ...beat.head, heard: { [north.id]: [1, 5], [slow.id]: [2, 3] } } },
    { type: "vector", head: { level: "region", digest: vector.digest() } },
    { type: "vector", head: { level: "sites", sites } },
    { type: "vector", head: { level: "logs", site: "east", logs } },
    { type: "vector", head: { level: "wait", logs: { [east.origin]: [4, 50] } } },
    log.run(4),
    log.run(2, 6),
    new HandLog(slow).appendStatus(1).run(),
    receipt,
    { type: "fork", head: { step: "ask", checkpoint: log.note(4), size: 2 } },
    {
      type: "fork",
      head: { step: "answer", checkpoint: log.note(), size: 4, root: toHex(log.checkpoint(4).root), path },
    },
    {
      type: "fork",
      head: {
        step: "proof",
        ours: log.note(4),
        theirs: log.note(),
        root: toHex(log.checkpoint(4).root),
        path,
      },
    },
  ];
  return { hand, peer, log, packets: packets.map((packet) => encodePacket(packet)) };
}

/** The state of a scene in which one of its packets is said as it is. */
function stateAfter(at: number): string {
  const { hand, peer, packets } = scene();
  peer.say(present(packets[at], "a packet"));
  return stateOf(hand);
}

/** One to three changes: a bit, a byte, a piece cut out, doubled or moved, the end cut off. */
function mutated(random: Random, packet: Uint8Array): Uint8Array {
  let bytes = packet;
  for (let i = 1 + random.below(3); i > 0; i -= 1) bytes = changed(random, bytes);
  return bytes;
}

function changed(random: Random, packet: Uint8Array): Uint8Array {
  if (packet.length < 2) return random.bytes(3);
  const at = random.below(packet.length);
  const length = 1 + random.below(Math.min(40, packet.length - at));
  const piece = packet.slice(at, at + length);
  const [before, after] = [packet.subarray(0, at), packet.subarray(at + length)];
  switch (random.below(6)) {
    case 0: {
      const flipped = packet.slice();
      flipped[at] = (flipped[at] ?? 0) ^ (1 << random.below(8));
      return flipped;
    }
    case 1:
      return concatBytes(before, random.bytes(length), after);
    case 2:
      return concatBytes(before, after);
    case 3:
      return concatBytes(before, piece, piece, after);
    case 4:
      return concatBytes(after, piece, before);
    default:
      return packet.slice(0, at);
  }
}

test("200,000 mutated packets throw nothing and change nothing that was not signed", {
  timeout: 60_000,
}, () => {
  const random = seededRandom(seed);
  let { hand, peer, packets } = scene();
  const [before, sizes] = [stateOf(hand), sizesOf(hand)];
  const honest = new Set(packets.map((_, at) => stateAfter(at)));
  const counts = { refused: 0, ended: 0, taken: 0 };
  for (let i = 0; i < mutations; i += 1) {
    const bytes = mutated(random, random.pick(packets));
    const notes = hand.notes.length;
    peer.say(bytes);
    counts.refused += hand.notes.length > notes ? 1 : 0;
    // Whatever else changes shows in one of these counts, or in the full look at every hundredth.
    const isQuiet = peer.isOpen && sizesOf(hand) === sizes && i % 100 !== 0;
    if (isQuiet) continue;
    const after = stateOf(hand);
    if (after === before && peer.isOpen) continue;
    // What is held already is not looked at again: such a packet may still bring what its author has signed.
    if (!honest.has(after))
      throw new Error(`mutation ${i} of seed ${seed} changed the house: ${toHex(bytes)}`);
    counts[after === before ? "ended" : "taken"] += 1;
    ({ hand, peer, packets } = scene());
  }
  // A test that nothing passes, or everything, shows nothing.
  expect(counts.refused).toBeGreaterThan(mutations / 2);
  expect(counts.refused + counts.ended + counts.taken).toBeLessThan(mutations * 0.99);
  expect([counts.ended > 100, counts.taken > 100]).toEqual([true, true]);
});

test("the packets that are mutated are read when nothing is changed in them", () => {
  const { hand, peer, log, packets } = scene();
  for (const bytes of packets.slice(2)) peer.say(bytes);
  expect(hand.notes.filter((code) => code !== "refused-sender-at-fault")).toEqual([]);
  expect(hand.house.vector.get(east.origin)?.size).toBe(log.entries.length);
  expect(peer.isOpen).toBe(true);
});
