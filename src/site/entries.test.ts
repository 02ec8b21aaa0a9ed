import { describe, expect, test } from "vitest";
import { centreOne, east, HandHouse, north, slow, stranger } from "../../test/support/hand-house.ts";
import { HandLog, HandPeer, statusEntry } from "../../test/support/hand-peer.ts";
import { toBase64, utf8Encode } from "../basics/bytes.ts";
import { originOf } from "../basics/name.ts";
import type { Packet } from "../exchange/packet.ts";
import { unusableEntries } from "../region/fold.ts";
import { heldUpTo } from "./exchange/receipts.ts";

/** All that a packet could change: rows, tree, vector, fold, what is believed of logs. */
function stateOf(hand: HandHouse): string {
  const { house, store } = hand;
  const logs = [...house.logs].map(([origin, { durable, tail }]) => [
    origin,
    durable.range.size,
    tail.range.size,
  ]);
  const folded = [...house.fold.logs].map(([log, { size }]) => [log, size]);
  const stored = store.storedLogs();
  const rows = stored.ok ? stored.value.map(({ checkpoint }) => toBase64(checkpoint.signature)) : null;
  return JSON.stringify([rows, logs, house.vector.digest(), folded, house.writing.queue.length]);
}

function sizeOf(hand: HandHouse, origin: string): number {
  return hand.house.vector.get(origin)?.size ?? 0;
}

describe("a run of entries at the door of a house", () => {
  const log = new HandLog(east).appendStatus(5);

  test("[LOG5] that follows what is held is stored, and confirmed by a control centre", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, east).greet();
    peer.say(log.run(0, 3));
    peer.say(log.run(3));
    expect(sizeOf(hand, east.origin)).toBe(6);
    hand.pass(500);
    expect(heldUpTo(hand.house, east.origin, centreOne.id)).toBe(6);
    expect(peer.heard("receipt").length).toBeGreaterThan(0);
  });

  test("[EXCHANGE4] that comes again, byte for byte, from another peer is not given back to that peer", () => {
    const hand = new HandHouse(centreOne);
    hand.quickDisk = false;
    const author = new HandPeer(hand, east).greet();
    const other = new HandPeer(hand, north).greet();
    author.say(log.run(0, 3));
    other.say(log.run(0, 3));
    hand.finishCommit();
    expect(other.heard("entries")).toEqual([]);
    const appends = hand.commits.flatMap((commit) => commit.appends);
    expect([appends.length, sizeOf(hand, east.origin)]).toEqual([1, 3]);
  });

  test("[LOG5] that comes again after its commit failed is stored then", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, east).greet();
    hand.store.fail({ code: "disk-full", detail: "The disk is full." });
    peer.say(log.run(0, 3));
    expect(sizeOf(hand, east.origin)).toBe(0);
    hand.store.fail(null);
    hand.pass(2_000);
    peer.say(log.run(0, 3));
    expect(sizeOf(hand, east.origin)).toBe(3);
  });

  const gap: Packet = log.run(4);
  const torn: Packet = { type: "entries", head: { checkpoint: log.note(), from: 2 }, items: [] };
  const [first, second, third, fourth, ...others] = (log.run(2) as Extract<Packet, { type: "entries" }>)
    .items;
  if (first === undefined || second === undefined || third === undefined || fourth === undefined)
    throw new Error("a run of four");
  const bytes = (text: string) => ({ kind: "bytes" as const, bytes: utf8Encode(text) });
  const withItem = (item: typeof first): Packet => ({
    type: "entries",
    head: { checkpoint: log.note(), from: 2 },
    items: [first, item, third, fourth, ...others],
  });
  const large = new HandLog(east);
  large.entries.push(...log.entries.slice(1, 2), utf8Encode(`{"a":"${"x".repeat(65_400)}"}`));
  const forgedNote = log
    .note()
    .replace(/— (\S+) (\S)/, (_, name, letter) => `— ${name} ${letter === "A" ? "B" : "A"}`);
  const elsewhere = log.note().replaceAll("rehearsal-drill", "rehearsal-other");

  test.each<readonly [string, string, Packet]>([
    ["[LOG7] an entry after a gap", "refused-gap", gap],
    ["[LOG6] items that end before the checkpoint", "refused-wrong-length", torn],
    ["[LOG8] an entry changed on the way", "refused-wrong-root", withItem(bytes(`{"a":1}`))],
    ["[LOG8] two entries exchanged", "refused-wrong-root", withItem(third)],
    ["[LOG9] an entry that is not canonical", "refused-bad-entry", withItem(bytes(`{"b":1, "a":2}`))],
    ["[LOG9] an entry that is no object", "refused-bad-entry", withItem(bytes(`[1]`))],
    [
      "[LOG9] an entry with a number that is no safe integer",
      "refused-bad-entry",
      withItem(bytes(`{"a":1.5}`)),
    ],
    [
      "[LOG9] a leaf hash in place of an entry",
      "refused-reserved-item",
      withItem({ kind: "hash", hash: new Uint8Array(32) }),
    ],
    [
      "[LOG9] a signature that is not the log's",
      "refused-not-a-note",
      { type: "entries", head: { checkpoint: "no note", from: 2 }, items: [] },
    ],
    [
      "[LOG9] another region's log",
      "refused-other-region",
      {
        type: "entries",
        head: { checkpoint: elsewhere, from: 0 },
        items: log.entries.map((one) => ({ kind: "bytes", bytes: one })),
      },
    ],
    [
      "[LOG9] a log of a device that the charter does not name",
      "refused-unknown-device",
      new HandLog(stranger).run(),
    ],
  ])("%s is refused and nothing changes", (_what, code, packet) => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, east).greet();
    peer.say(log.run(0, 2));
    const before = stateOf(hand);
    peer.say(packet);
    expect(hand.notes).toContain(code);
    expect(stateOf(hand)).toBe(before);
    expect(peer.isOpen).toBe(true);
    peer.say(log.run(2));
    expect(sizeOf(hand, east.origin)).toBe(6);
  });

  test("[LOG9] a changed signature is refused and nothing changes", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, east).greet();
    const before = stateOf(hand);
    const packet = log.run() as Extract<Packet, { type: "entries" }>;
    peer.say({ ...packet, head: { ...packet.head, checkpoint: forgedNote } });
    expect(stateOf(hand)).toBe(before);
    expect(hand.notes.filter((code) => code.startsWith("refused-"))).toHaveLength(1);
  });

  test("[LOG9] any number of epochs that nobody signed leaves nothing behind", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, east).greet();
    const before = stateOf(hand);
    for (let i = 0; i < 50; i += 1) {
      const origin = originOf("rehearsal-drill", `east/lifeboat/2-${String(i).padStart(8, "0")}`);
      const packet = log.run() as Extract<Packet, { type: "entries" }>;
      const checkpoint = packet.head.checkpoint.replace(east.origin, origin);
      peer.say({ ...packet, head: { ...packet.head, checkpoint } });
    }
    expect(stateOf(hand)).toBe(before);
  });

  test("[LOG7] after a gap the sender is told how far we are, and sends what is missing", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, east).greet();
    peer.say(log.run(0, 2));
    peer.say(gap);
    expect(peer.vectors("logs").at(-1)?.logs[east.origin]?.[0]).toBe(2);
  });

  test("an empty log that its author has signed changes nothing and stops no store", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, east).greet();
    const before = stateOf(hand);
    peer.say(new HandLog(east).run(0, 0));
    expect(stateOf(hand)).toBe(before);
    expect(hand.house.writing.storing).toBe(true);
  });
});

test("what our device wrote before it lost its store is taken back from a peer, like any other log", () => {
  const hand = new HandHouse(north);
  const older = { ...north, origin: originOf("rehearsal-drill", "north/lifeboat/1-00000000") };
  const peer = new HandPeer(hand, east).greet();
  peer.say(new HandLog(older).appendStatus(2).run());
  expect(sizeOf(hand, older.origin)).toBe(3);
  hand.submit(north, "hospital.status/1", { capability: "ct", state: "open", over: [] });
  expect(sizeOf(hand, north.origin)).toBe(2);
});

describe("a log with an entry of a future kind in the middle", () => {
  test("[LOG3] [FACT7] is stored, forwarded and confirmed whole; only that entry means nothing", () => {
    const hand = new HandHouse(centreOne);
    const author = new HandPeer(hand, east).greet();
    const other = new HandPeer(hand, north).greet();
    other.beat();
    const log = new HandLog(east).appendStatus(2);
    log.append({ ...statusEntry(2), kind: "hospital.future/9", more: ["of", { it: 1 }] });
    log.append({ strange: true });
    log.appendStatus(1);
    author.say(log.run());
    hand.pass(500);
    expect(sizeOf(hand, east.origin)).toBe(6);
    expect(heldUpTo(hand.house, east.origin, centreOne.id)).toBe(6);
    expect(unusableEntries(hand.house.fold)).toEqual([
      { log: expect.stringContaining("east/lifeboat/"), entries: 2 },
    ]);
    const [heads] = [...(hand.house.fold.hospitals.get("east")?.cells.values() ?? [])];
    expect(heads?.heads.map(({ index }) => index)).toEqual([5]);
    const [forwarded] = other.heard("entries").filter(({ head }) => head.checkpoint.includes(east.origin));
    expect(forwarded?.items.map((item) => (item.kind === "bytes" ? item.bytes : null))).toEqual(log.entries);
  });
});

describe("the pull limit", () => {
  const states = Array.from({ length: 60 }, (_, i) => i);

  test("[PULL3] the 51st entry waits, is told so, and is taken later", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, slow).greet();
    const log = new HandLog(slow).appendStatus(60);
    for (const i of states.slice(0, 50)) peer.say(log.run(i, i + 1));
    expect(sizeOf(hand, slow.origin)).toBe(50);
    expect(peer.vectors("wait")).toEqual([]);
    peer.say(log.run(50, 51));
    expect(sizeOf(hand, slow.origin)).toBe(50);
    expect(peer.vectors("wait")).toMatchObject([{ logs: { [slow.origin]: [50, 200] } }]);
    expect(hand.notes.filter((code) => code.startsWith("refused-"))).toEqual([]);
    hand.pass(250);
    peer.say(log.run(50, 51));
    expect(sizeOf(hand, slow.origin)).toBe(51);
  });

  test("[PULL1] who connects anew has no new allowance", () => {
    const hand = new HandHouse(centreOne);
    const log = new HandLog(slow).appendStatus(60);
    const peer = new HandPeer(hand, slow).greet();
    for (const i of states.slice(0, 50)) peer.say(log.run(i, i + 1));
    const again = new HandPeer(hand, slow).greet();
    again.say(log.run(50, 51));
    expect(sizeOf(hand, slow.origin)).toBe(50);
    expect(again.vectors("wait")).toHaveLength(1);
  });

  test("[PULL3] does not hold for what others bring", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, east).greet();
    peer.say(new HandLog(slow).appendStatus(200).run());
    expect(sizeOf(hand, slow.origin)).toBe(201);
  });

  test("[PULL3] who is told to wait holds back that log alone, and sends it then", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, east).greet();
    peer.beat();
    const voice = {
      hospital: "north",
      capability: "ct",
      state: "open",
      answeredBy: "physician",
      readBack: true,
    };
    const say = (): number => hand.submit(centreOne, "voice.report/1", { ...voice, over: [] });
    say();
    const ownRuns = () =>
      peer.heard("entries").filter(({ head }) => head.checkpoint.includes(centreOne.origin));
    expect(ownRuns()).toHaveLength(1);
    peer.say({ type: "vector", head: { level: "wait", logs: { [centreOne.origin]: [2, 2_000] } } });
    say();
    say();
    new HandPeer(hand, slow).greet().say(new HandLog(slow).run());
    hand.pass(1_500);
    expect(ownRuns()).toHaveLength(1);
    expect(peer.heard("entries").some(({ head }) => head.checkpoint.includes(slow.origin))).toBe(true);
    hand.pass(750);
    expect(ownRuns().map(({ head, items }) => [head.from, items.length])).toEqual([
      [0, 2],
      [2, 2],
    ]);
  });
});
