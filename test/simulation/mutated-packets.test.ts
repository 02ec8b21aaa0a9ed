import { expect, test } from "vitest";
import { present } from "../../src/basics/assert.ts";
import { toBase64, toHex, utf8Encode } from "../../src/basics/bytes.ts";
import type { Origin } from "../../src/basics/name.ts";
import { seededRandom } from "../../src/basics/random.ts";
import { deviceVersions } from "../../src/exchange/device-versions.ts";
import { encodePacket, type Packet } from "../../src/exchange/packet.ts";
import { signVector } from "../../src/exchange/signed-vector.ts";
import type { LogVersion } from "../../src/exchange/vector.ts";
import { leafHash } from "../../src/log/entry.ts";
import { caseIdOf } from "../../src/log/sealed.ts";
import { signSlot, slotId } from "../../src/log/slot.ts";
import { consistencyProof } from "../../src/log/tree.ts";
import { centreOne, east, HandHouse, handRegion, keys, north, slow } from "../support/hand-house.ts";
import { HandLog, HandPeer, statusEntry } from "../support/hand-peer.ts";
import { mutated } from "../support/mutated.ts";

const { sha256 } = keys.crypto;

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
  const unproved = [...house.receipts.unproved].map(([origin, holders]) => [origin, [...holders.keys()]]);
  const writing = [house.writing.queue.length, house.writing.storing, house.writing.lastId];
  return JSON.stringify([
    rows,
    logs,
    receipts,
    unproved,
    [...house.forks.keys()],
    writing,
    house.vector.digest(),
    [...house.keys.byCase.keys(), ...house.keys.early.keys()],
    [...house.hosted.values()].map(({ shown, given }) => [
      shown.from,
      shown.byAnchor.size,
      given.bySite.size,
    ]),
  ]);
}

function sizesOf({ house, commits }: HandHouse): string {
  const { unproved, due } = house.receipts;
  const { logs, forks, keys, writing } = house;
  const maps = [logs, forks, unproved, due, keys.byCase, keys.early].map(({ size }) => size);
  return [commits.length, writing.queue.length, ...maps].join(" ");
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
    { type: "vector", head: { level: "devices", site: "east", devices: devicesOf(vector.siteLogs("east")) } },
    { type: "vector", head: { level: "ask", site: "east" } },
    { type: "vector", head: { level: "signed", note: signedVector(vector.siteLogs("east")) } },
    ...slotPackets(),
    viewPacket(),
    forkProof(log, true),
  ];
  return { hand, peer, log, packets: packets.map((packet) => encodePacket(packet)) };
}

function devicesOf(logs: ReadonlyMap<Origin, LogVersion>) {
  const versions = [...deviceVersions(sha256, logs)];
  return Object.fromEntries(versions.map(([name, version]) => [name, { ...version, ended: "1".repeat(64) }]));
}

function signedVector(logs: ReadonlyMap<Origin, LogVersion>): string {
  return present(signVector(east.signer, east.origin, logs, false)[0], "one log is one note");
}

/** A key of a case of which no fact has come yet. */
function slotPackets(): readonly Packet[] {
  const name = { case: caseIdOf(sha256, handRegion, "east", new Uint8Array(32)), to: east.id, by: east.id };
  const slot = signSlot(sha256, east.signer, handRegion, name, new Uint8Array(48));
  const given = { ...name, box: toBase64(slot.box), signature: toBase64(slot.signature) };
  const held = [slotId(sha256, name)];
  return [
    { type: "slots", head: { step: "sites", sites: { east: "1".repeat(64) } } },
    { type: "slots", head: { step: "held", site: "east", held, after: "0".repeat(16), upTo: held[0] ?? "" } },
    { type: "slots", head: { step: "give", slots: [given] } },
  ];
}

/** An anchor is shown nothing: it has what views are made from. */
function viewPacket(): Packet {
  const [boot, number, asOfMs, digest] = [1, 1, 1_599_775_200_000, "1".repeat(64)];
  const head = { site: "centre-one", form: "hospital/1", boot, number, asOfMs, digest };
  return { type: "view", head, body: utf8Encode(`{"capabilities":[{"capability":"ct","cell":null}]}`) };
}

/** East's log is signed in another way, too: from its third entry on. */
function forkProof(log: HandLog, isWhole: boolean): Packet {
  const other = new HandLog(east);
  other.entries.splice(0, 1, ...log.entries.slice(0, 2));
  other.append(statusEntry(9)).appendStatus(3);
  const atFour = branchOf(other, 4);
  const first = { size: 3, ours: branchOf(log, 3, 4), theirs: branchOf(other, 3) };
  const head = { step: "proof" as const, ours: log.note(4), theirs: other.note(), ...atFour };
  return { type: "fork", head: isWhole ? { ...head, first } : head };
}

function branchOf(log: HandLog, size: number, upTo = log.entries.length) {
  const leaves = log.entries.slice(0, upTo).map((bytes) => leafHash(sha256, bytes));
  return { root: toHex(log.checkpoint(size).root), path: consistencyProof(sha256, leaves, size).map(toHex) };
}

/** The states of a scene in which one of its packets is said as it is, or a proof of a fork without what it may lack. */
function honestStates(): ReadonlySet<string> {
  const after = (packetOf: (made: ReturnType<typeof scene>) => Packet | Uint8Array): string => {
    const made = scene();
    made.peer.say(packetOf(made));
    return stateOf(made.hand);
  };
  const each = scene().packets.map((_, at) => after(({ packets }) => present(packets[at], "a packet")));
  return new Set([...each, after(({ log }) => forkProof(log, false))]);
}

test("200,000 mutated packets throw nothing and change nothing that was not signed", {
  timeout: 60_000,
}, () => {
  const random = seededRandom(seed);
  let { hand, peer, packets } = scene();
  const [before, sizes] = [stateOf(hand), sizesOf(hand)];
  const honest = honestStates();
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
  for (const bytes of packets.slice(2, -1)) peer.say(bytes);
  const refused = hand.notes.filter((code) => code !== "refused-sender-at-fault");
  expect(refused).toEqual(["refused-view-for-no-pocket"]);
  expect(hand.house.vector.get(east.origin)?.size).toBe(log.entries.length);
  expect(hand.house.keys.early.size).toBe(1);
  peer.say(present(packets.at(-1), "a proof"));
  expect(hand.house.vector.get(east.origin)).toEqual({ size: 2, root: "forked:2" });
  expect(peer.isOpen).toBe(true);
});
