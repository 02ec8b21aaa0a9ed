import { describe, expect, test } from "vitest";
import {
  authority,
  centreOne,
  centreTwo,
  east,
  type HandDevice,
  HandHouse,
  handRegion,
  keys,
  north,
  slow,
  wallStartMs,
} from "../../../test/support/hand-house.ts";
import { HandLog, HandPeer } from "../../../test/support/hand-peer.ts";
import { toBase64, toHex, utf8Encode } from "../../basics/bytes.ts";
import type { JsonObject } from "../../basics/canonical-json.ts";
import type { SlotsHead } from "../../exchange/packet-head.ts";
import { type Slot, signSlot, slotId } from "../../log/slot.ts";
import { slotsAgainMs, wrapForOthersAfterMs } from "../limits.ts";
import { erasureStanding } from "./erasure.ts";
import { slotsOf } from "./key-table.ts";

const { sha256 } = keys.crypto;
const id = `east/${"a".repeat(64)}`;

/** What is in the box is nobody's business here. */
function slot(to: HandDevice, by: HandDevice, of = id, box = "box"): Slot {
  return signSlot(sha256, by.signer, handRegion, { case: of, to: to.id, by: by.id }, utf8Encode(box));
}

function give(...slots: readonly Slot[]): { readonly type: "slots"; readonly head: SlotsHead } {
  const given = slots.map(({ box, signature, ...name }) => ({
    ...{ ...name, box: toBase64(box) },
    signature: toBase64(signature),
  }));
  return { type: "slots", head: { step: "give", slots: given } };
}

function word(kind: string, more: JsonObject = {}): JsonObject {
  return { at: wallStartMs, by: "nurse#7", kind, case: id, ...more };
}

/** East's log: it opens a case, and to north. */
const opening = new HandLog(east)
  .append(word("case.opened/1"))
  .append(word("case.shared/1", { to: "north" }));
const erasing = new HandLog(east).append(word("case.opened/1")).append(word("case.erased/1"));

function given(peer: HandPeer): readonly string[] {
  return peer
    .heard("slots")
    .flatMap(({ head }) => (head.step === "give" ? head.slots.map(({ to }) => to) : []));
}

function steps(peer: HandPeer): readonly SlotsHead["step"][] {
  return peer.heard("slots").map(({ head }) => head.step);
}

/** The centre with east's log, and east at the other end. */
function centreWithCase() {
  const hand = new HandHouse(centreOne);
  const author = new HandPeer(hand, east).greet();
  author.say(opening.run());
  return { hand, author };
}

describe("[SLOT1] who keeps a slot", () => {
  test("a centre keeps every one and gives it at once to its reader and to other centres, to nobody else", () => {
    const { hand, author } = centreWithCase();
    const [reader, other, stranger] = [north, centreTwo, slow].map((one) => new HandPeer(hand, one).greet());
    author.say(give(slot(east, east), slot(north, east)));
    expect(slotsOf(hand.house, id)).toHaveLength(2);
    expect([reader, other, stranger].map((peer) => peer && given(peer))).toEqual([
      [north.id],
      [east.id, north.id],
      [],
    ]);
  });

  test("a hospital keeps what is wrapped to it, and takes no other", () => {
    const hand = new HandHouse(north);
    const author = new HandPeer(hand, east).greet();
    author.say(opening.run());
    author.say(give(slot(north, east), slot(centreOne, east)));
    expect(slotsOf(hand.house, id).map(({ to }) => to)).toEqual([north.id]);
    expect(hand.notes).toEqual(["refused-slot-not-for-us"]);
  });
});

describe("[SLOT2] both ends compare what both should have", () => {
  test("a digest by site, then ids, then what is lacking; again after half a minute, and nothing where it is equal", () => {
    const { hand, author } = centreWithCase();
    author.say(give(slot(east, east), slot(north, east)));
    const reader = new HandPeer(hand, north).greet();
    const ids = [slotId(sha256, slot(north, east))];
    const digest = toHex(sha256(utf8Encode(ids.join("\n"))));
    expect(reader.heard("slots").map(({ head }) => head)).toEqual([
      { step: "sites", sites: { east: digest } },
    ]);
    reader.say({ type: "slots", head: { step: "held", site: "east", held: [] } });
    expect(given(reader)).toEqual([north.id]);
    reader.say({ type: "slots", head: { step: "held", site: "east", held: ids } });
    reader.say({ type: "slots", head: { step: "held", site: "east", held: [], upTo: "0".repeat(16) } });
    reader.say({ type: "slots", head: { step: "sites", sites: { east: digest } } });
    expect(steps(reader)).toEqual(["sites", "give"]);
    hand.pass(2_000);
    reader.say({ type: "slots", head: { step: "sites", sites: { east: "0".repeat(64) } } });
    expect(reader.heard("slots").at(-1)?.head).toEqual({ step: "held", site: "east", held: ids });
    for (let goneMs = 0; goneMs < slotsAgainMs; goneMs += 5_000) {
      reader.beat();
      hand.pass(5_000);
    }
    expect(steps(reader)).toEqual(["sites", "give", "held", "sites"]);
  });
});

describe("[SLOT3] what is taken", () => {
  test.each([
    ["signed by another", { ...slot(north, east), by: centreOne.id }, "wrong-signature"],
    ["with another box", { ...slot(north, east), box: utf8Encode("other") }, "wrong-signature"],
    ["for another device", { ...slot(east, east), to: north.id }, "wrong-signature"],
    ["of another case", { ...slot(north, east), case: `east/${"b".repeat(64)}` }, "wrong-signature"],
    ["without a box", { ...slot(north, east), box: new Uint8Array(0) }, "wrong-signature"],
    ["wrapped by a device of no charter", { ...slot(north, east), by: "east/other" }, "unknown-device"],
    ["for a device of no charter", { ...slot(north, east), to: "north/other" }, "unknown-device"],
  ])("nothing %s", (_what, wrong, code) => {
    const { hand, author } = centreWithCase();
    author.say(give(wrong));
    expect(slotsOf(hand.house, id)).toEqual([]);
    expect(hand.notes).toEqual([`refused-${code}`]);
  });

  test("nothing by or for whom the facts do not allow; what comes before them waits for them", () => {
    const hand = new HandHouse(centreOne);
    const author = new HandPeer(hand, east).greet();
    author.say(give(slot(north, east), slot(slow, east), slot(east, slow)));
    expect(slotsOf(hand.house, id)).toEqual([]);
    author.say(opening.run(0, 2));
    expect(slotsOf(hand.house, id)).toEqual([]);
    author.say(opening.run(2));
    expect(slotsOf(hand.house, id).map(({ to, by }) => [to, by])).toEqual([[north.id, east.id]]);
  });
});

test("[SLOT4] of one name the first stays, and each wrapper's own beside it", () => {
  const { hand, author } = centreWithCase();
  author.say(give(slot(north, north, id, "false"), slot(north, east), slot(north, east, id, "later")));
  const boxes = slotsOf(hand.house, id).map(({ by, box }) => [by, new TextDecoder().decode(box)]);
  expect(boxes).toEqual([
    [north.id, "false"],
    [east.id, "box"],
  ]);
});

describe("[SLOT5] a reader without a key", () => {
  test("is given one by the case's own site at once; what did not come is asked for again", () => {
    const hand = new HandHouse(east);
    hand.feed({
      type: "wrapped",
      hosted: east.id,
      keys: [{ case: id, to: east.id, box: utf8Encode("own") }],
    });
    hand.submit(east, "case.opened/1", { case: id });
    hand.pass(500);
    expect(hand.wraps).toEqual([]);
    hand.submit(east, "case.shared/1", { case: id, to: "north" });
    hand.pass(500);
    const ask = { hosted: east.id, case: id, to: [{ device: north.id, recipient: north.recipient }] };
    expect(hand.wraps).toMatchObject([{ ...ask, slots: [{ to: east.id }] }]);
    hand.pass(31_000);
    expect(hand.wraps).toHaveLength(2);
    hand.feed({
      type: "wrapped",
      hosted: east.id,
      keys: [{ case: id, to: north.id, box: utf8Encode("new") }],
    });
    hand.pass(62_000);
    expect(hand.wraps).toHaveLength(2);
    expect(slotsOf(hand.house, id).map(({ to, by }) => [to, by])).toEqual([
      [east.id, east.id],
      [north.id, east.id],
    ]);
  });

  test("is given one by another reader when the own site has not done so for half a minute", () => {
    const hand = new HandHouse(north);
    const author = new HandPeer(hand, east).greet();
    author.say(opening.run());
    author.say(give(slot(north, east)));
    hand.feed({ type: "closed", connection: author.connection });
    hand.pass(wrapForOthersAfterMs - 1_000);
    expect(hand.wraps).toEqual([]);
    hand.pass(2_000);
    expect(hand.wraps.map(({ to }) => to.map(({ device }) => device))).toEqual([[east.id]]);
  });
});

describe("[SLOT6] who is told nothing of slots", () => {
  test("a peer of the first packet version", () => {
    const { hand, author } = centreWithCase();
    author.say(give(slot(north, east)));
    const older = new HandPeer(hand, north);
    const own = older.offer({ highest: 1 });
    older.say({ type: "hello", head: own });
    older.prove(own);
    older.say({ type: "slots", head: { step: "held", site: "east", held: [] } });
    author.say(give(slot(north, north)));
    expect([older.isOpen, older.heard("slots")]).toEqual([true, []]);
  });
});

describe("[ERASE5] an erasure that the disk has not carried out", () => {
  test("is covered by no receipt; when the disk has done both the key is gone, and no other is taken", () => {
    const hand = new HandHouse(centreOne);
    const author = new HandPeer(hand, east).greet();
    author.say(erasing.run(0, 2));
    author.say(give(slot(east, east)));
    expect(slotsOf(hand.house, id)).toHaveLength(1);
    hand.pass(500);
    hand.quickDisk = false;
    author.say(erasing.run(2));
    hand.pass(1_000);
    expect([author.receipts(east.origin), slotsOf(hand.house, id).length]).toEqual([["centre-one 2"], 1]);
    hand.quickDisk = true;
    hand.finishCommit();
    const table = hand.store.readKeyTable();
    expect(table).toEqual({ ok: true, value: { slots: [], erased: [id] } });
    hand.pass(500);
    expect(author.receipts(east.origin)).toEqual(["centre-one 2", "centre-one 3"]);
    expect(erasureStanding(hand.house, id)?.confirmed).toEqual([east.id, centreOne.id]);
    author.say(give(slot(east, east, id, "again")));
    expect(hand.notes).toContain("refused-slot-of-erased-case");
  });

  test("is carried out when the fact was stored and then the power failed", () => {
    const hand = new HandHouse(centreOne);
    const author = new HandPeer(hand, east).greet();
    author.say(erasing.run(0, 2));
    author.say(give(slot(east, east)));
    hand.quickDisk = false;
    author.say(erasing.run(2));
    hand.finishCommit();
    hand.restart(2);
    hand.quickDisk = true;
    hand.pass(500);
    expect(hand.store.readKeyTable()).toEqual({ ok: true, value: { slots: [], erased: [id] } });
  });
});

test("[ERASE3] an erasure names who has the key though no fact says any more that they read it", () => {
  const hand = new HandHouse(east);
  hand.submit(east, "case.opened/1", { case: id });
  // Slow had it by a mission that has left the fold since.
  const slots = [slot(slow, east), slot(east, east)];
  const nothing = { id: 0, storedMs: 0, appends: [], cosignatures: [], forks: [] };
  hand.store.commit({ ...nothing, slots }, () => undefined);
  hand.restart(2);
  hand.submit(east, "case.erased/1", { case: id });
  expect(hand.house.fold.cases.get(id)?.given).toEqual(new Set([slow.id]));
  expect(slotsOf(hand.house, id)).toEqual([]);
  expect(erasureStanding(hand.house, id)?.waiting).toContain(slow.id);
});

test("[ERASE3] of a device that was ended nobody hears that it erased: it is named apart from those that are awaited", () => {
  const hand = new HandHouse(east, authority);
  hand.submit(east, "case.opened/1", { case: id });
  hand.submit(east, "case.shared/1", { case: id, to: "north" });
  const end = { site: "north", device: "lifeboat", log: null, size: 0, root: "0".repeat(64) };
  hand.submit(authority, "charter.device-ended/1", end);
  hand.submit(east, "case.erased/1", { case: id });
  const standing = erasureStanding(hand.house, id);
  expect(standing?.ended).toEqual([north.id]);
  expect(standing?.waiting).not.toContain(north.id);
});
