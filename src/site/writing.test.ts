import { describe, expect, test } from "vitest";
import {
  centreOne,
  centreTwo,
  east,
  type HandDevice,
  HandHouse,
  north,
  slow,
} from "../../test/support/hand-house.ts";
import { HandLog, HandPeer } from "../../test/support/hand-peer.ts";
import { contactOf } from "../exchange/contact.ts";
import { decodeEntry } from "../log/entry.ts";
import { heldUpTo } from "./exchange/receipts.ts";
import { batchBytesMax, batchEntriesMax, receiptsTogetherMs } from "./limits.ts";

const open = { capability: "ct", state: "open", over: [] };
const voice = { hospital: "east", ...open, answeredBy: "physician", readBack: true };
const full = { code: "disk-full", detail: "The disk of this test is full." } as const;

function say(hand: HandHouse, request?: string): number {
  return hand.submit(centreOne, "voice.report/1", voice, request);
}

/** Kinds of the entries that a store holds of our own log. */
function written(hand: HandHouse): readonly string[] {
  const bytes = hand.store.readLeafBytes(centreOne.origin, 0, 1_000);
  if (!bytes.ok) throw new Error("the store can be read");
  return bytes.value.map((one) => {
    const entry = decodeEntry(one);
    return entry.ok ? entry.value.kind : "?";
  });
}

/** Sites that beat once a second, for a while. */
function beatFor(hand: HandHouse, forMs: number, ...peers: readonly HandPeer[]): void {
  for (let goneMs = 0; goneMs < forMs; goneMs += 1_000) {
    for (const peer of peers) peer.beat();
    hand.pass(1_000);
  }
}

describe("a disk that takes five seconds", () => {
  test("[COMMIT2] nothing is acknowledged, sent or confirmed meanwhile; no site is silent", () => {
    const hand = new HandHouse(centreOne);
    const [author, follower] = [new HandPeer(hand, east).greet(), new HandPeer(hand, north).greet()];
    beatFor(hand, 3_000, author, follower);
    const digest = hand.house.vector.digest();
    hand.quickDisk = false;
    hand.sent = [];
    const token = say(hand);
    author.say(new HandLog(east).appendStatus(3).run());
    beatFor(hand, 5_000, author, follower);
    expect(hand.answers.has(token)).toBe(false);
    expect(
      hand.sent.map(({ packet }) => packet.type).filter((type) => ["entries", "receipt"].includes(type)),
    ).toEqual([]);
    const digests = [...author.heard("beat"), ...follower.heard("beat")].map(({ head }) => head.digest);
    expect(digests.length).toBeGreaterThanOrEqual(10);
    expect(new Set(digests)).toEqual(new Set([digest]));
    expect(hand.house.fold.hospitals.size).toBe(0);
    for (const site of ["east", "north"]) {
      const hosted = hand.house.hosted.get(centreOne.id);
      expect(hosted && contactOf(hosted.contact, site).verdict).toBe("heard");
    }
    hand.finishCommit();
    hand.finishCommit();
    expect(hand.answers.get(token)).toMatchObject({ ok: true });
    expect(follower.heard("entries")).toHaveLength(2);
    expect(author.heard("receipt")).toHaveLength(1);
    expect(heldUpTo(hand.house, east.origin, centreOne.id)).toBe(4);
  });

  test("[COMMIT1] one commit is under way; what comes meanwhile is the next one", () => {
    const hand = new HandHouse(centreOne);
    hand.quickDisk = false;
    const tokens = [say(hand), say(hand), say(hand)];
    expect(hand.commits.map(({ appends }) => appends[0]?.items.length)).toEqual([2]);
    hand.finishCommit();
    expect(hand.commits.map(({ appends }) => appends[0]?.items.length)).toEqual([2, 2]);
    expect(tokens.map((token) => hand.answers.has(token))).toEqual([true, false, false]);
    hand.finishCommit();
    expect(tokens.map((token) => hand.answers.get(token))).toMatchObject(
      [1, 2, 3].map((index) => ({ ok: true, ref: [expect.any(String), index] })),
    );
  });

  test("[COMMIT1] a commit holds at most 256 entries and 512 KiB, and one run however large", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, centreTwo).greet();
    hand.quickDisk = false;
    for (let i = 0; i < 300; i += 1) say(hand);
    const large = new HandLog(slow);
    for (let i = 0; i < 14; i += 1) large.append({ text: "x".repeat(65_000), number: i });
    const small = new HandLog(east).appendStatus(20);
    peer.say(large.run());
    peer.say(small.run());
    for (let i = 0; i < 5; i += 1) hand.finishCommit();
    const batches = hand.commits.map(({ appends }) => {
      const items = appends.flatMap((append) => append.items);
      return {
        entries: items.length,
        bytes: items.reduce((sum, one) => sum + one.length, 0),
        runs: appends.length,
      };
    });
    for (const { entries, bytes, runs } of batches) {
      expect(runs === 1 || (entries <= batchEntriesMax && bytes <= batchBytesMax)).toBe(true);
    }
    expect(batches[1]?.entries).toBe(256);
    expect(batches.some(({ bytes }) => bytes > batchBytesMax)).toBe(true);
    expect(batches.reduce((sum, { entries }) => sum + entries, 0)).toBe(301 + 15 + 21);
  });
});

describe("a commit that fails", () => {
  test("[COMMIT3] writes nothing: the writer is told, tree, vector and fold are as before", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, east).greet();
    const first = say(hand);
    const before = [hand.house.vector.digest(), JSON.stringify([...hand.house.fold.logs])];
    const log = hand.house.logs.get(centreOne.origin);
    hand.quickDisk = false;
    hand.store.fail(full);
    const tokens = [say(hand), say(hand)];
    peer.say(new HandLog(east).run());
    hand.finishCommit();
    expect(tokens.map((token) => hand.answers.get(token))).toMatchObject([
      { ok: false, error: { code: "cannot-record", detail: "disk-full" } },
      { ok: false, error: { code: "cannot-record", detail: "disk-full" } },
    ]);
    expect(hand.answers.get(first)).toMatchObject({ ok: true });
    expect([hand.house.vector.digest(), JSON.stringify([...hand.house.fold.logs])]).toEqual(before);
    expect(log?.tail).toBe(log?.durable);
    expect(hand.house.logs.get(east.origin)?.tail.range.size).toBe(0);
    expect(say(hand)).toSatisfy((token: number) => hand.answers.get(token)?.ok === false);
    hand.pass(1_000);
    expect(peer.heard("beat").at(-1)?.head.storing).toBe(false);
  });

  test("[COMMIT4] is asked again every second; then beats say that it records, and peers are asked for what was lost", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, east).greet();
    const log = new HandLog(east).appendStatus(2);
    hand.store.fail(full);
    peer.say(log.run());
    expect(hand.house.writing.storing).toBe(false);
    hand.pass(3_500);
    expect(hand.commits.slice(1).map(({ appends, cosignatures }) => [appends, cosignatures])).toEqual([
      [[], []],
      [[], []],
      [[], []],
    ]);
    peer.say(log.run());
    expect([hand.commits.length, hand.house.writing.queue]).toEqual([4, []]);
    hand.store.fail(null);
    hand.sent = [];
    hand.pass(2_000);
    expect(peer.heard("beat").at(-1)?.head.storing).toBe(true);
    expect(peer.vectors("region").length).toBe(1);
    peer.say(log.run());
    expect(hand.house.vector.get(east.origin)?.size).toBe(3);
  });

  test("[COMMIT4] what the house observed meanwhile is written as it was observed", () => {
    const hand = new HandHouse(centreOne);
    const [lost, heard] = [new HandPeer(hand, east).greet(), new HandPeer(hand, north).greet()];
    beatFor(hand, 5_000, lost, heard);
    hand.store.fail(full);
    say(hand);
    beatFor(hand, 12_000, heard);
    const hosted = hand.house.hosted.get(centreOne.id);
    expect(hosted && contactOf(hosted.contact, "east").verdict).toBe("silent");
    expect(written(hand)).toEqual([]);
    hand.store.fail(null);
    beatFor(hand, 3_000, heard);
    expect(written(hand)).toEqual(["log.start/1", "contact.lost/1"]);
  });

  test("[COMMIT3] a receipt is never made for what was not stored", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, east).greet();
    hand.store.fail(full);
    peer.say(new HandLog(east).run());
    hand.pass(3_000);
    expect(peer.receipts(east.origin)).toEqual([]);
    expect(heldUpTo(hand.house, east.origin, centreOne.id)).toBe(0);
  });
});

describe("a store that answers nothing any more", () => {
  test("[COMMIT5] shows in the next beat; what became of the commit is told when it is known", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, east).greet();
    hand.quickDisk = false;
    const token = say(hand);
    hand.feed({ type: "store-stopped", reason: "thread-died" });
    hand.pass(5_000);
    expect(peer.heard("beat").at(-1)?.head.storing).toBe(false);
    expect(hand.answers.has(token)).toBe(false);
    expect(hand.commits).toHaveLength(1);
    hand.finishCommit();
    expect(hand.answers.get(token)).toMatchObject({ ok: true });
    hand.pass(1_000);
    expect(peer.heard("beat").at(-1)?.head.storing).toBe(true);
  });

  test("[COMMIT5] refuses what is new at once, and never waits for the disk to beat", () => {
    const hand = new HandHouse(centreOne);
    const peer = new HandPeer(hand, east).greet();
    hand.feed({ type: "store-stopped", reason: "thread-died" });
    const token = say(hand);
    expect(hand.answers.get(token)).toEqual({ ok: false, error: { code: "cannot-record" } });
    const before = peer.heard("beat").length;
    hand.pass(4_000);
    expect(peer.heard("beat").length - before).toBeGreaterThanOrEqual(4);
  });
});

describe("a request that is made again", () => {
  test("[REQUEST1] is the same fact: while it waits, afterwards, and after a restart", () => {
    const hand = new HandHouse(centreOne);
    hand.quickDisk = false;
    const [first, twice] = [say(hand, "request-1"), say(hand, "request-1")];
    hand.finishCommit();
    hand.quickDisk = true;
    const later = say(hand, "request-1");
    hand.restart(2);
    const restarted = say(hand, "request-1");
    const refs = [first, twice, later, restarted].map((token) => {
      const answer = hand.answers.get(token);
      return answer?.ok ? answer.ref[1] : answer;
    });
    expect(refs).toEqual([1, 1, 1, 1]);
    expect(written(hand)).toEqual(["log.start/1", "voice.report/1"]);
    expect(hand.answers.get(later)).toMatchObject({ repeated: true });
    expect(hand.answers.get(first)).toMatchObject({ repeated: false });
  });

  test("[REQUEST1] whose first commit failed is a new one", () => {
    const hand = new HandHouse(centreOne);
    hand.store.fail(full);
    const failed = say(hand, "request-2");
    hand.store.fail(null);
    hand.pass(2_000);
    const again = say(hand, "request-2");
    expect([hand.answers.get(failed)?.ok, hand.answers.get(again)?.ok]).toEqual([false, true]);
    expect(written(hand)).toEqual(["log.start/1", "voice.report/1"]);
  });

  test("[COMMIT3] after a crash under way it is not there, and is written once when asked again", () => {
    const hand = new HandHouse(centreOne);
    hand.quickDisk = false;
    say(hand, "request-3");
    hand.restart(2);
    hand.quickDisk = true;
    expect(written(hand)).toEqual([]);
    expect(hand.answers.get(say(hand, "request-3"))).toMatchObject({ ok: true, repeated: false });
    expect(written(hand)).toEqual(["log.start/1", "voice.report/1"]);
  });
});

test("[FACT6] a fact out of turn is refused and not written", () => {
  const hand = new HandHouse(centreOne);
  const token = hand.submit(centreOne, "hospital.status/1", open);
  expect(hand.answers.get(token)).toMatchObject({ ok: false, error: { code: "not-yours-to-say" } });
  expect(hand.commits).toEqual([]);
});

describe("[COMMIT6] a process that hosts many sites", () => {
  const hospitals = [north, east, slow];
  const author = centreTwo;

  /** Each hosted device has a connection of its own with the same peer. */
  function linked(...devices: readonly HandDevice[]) {
    const hand = new HandHouse(...devices);
    const peers = devices.map(({ id }) => new HandPeer(hand, author, id).greet());
    // Where no control centre is heard, neighbours confirm each other.
    beatFor(hand, 2_000, ...peers);
    return { hand, peers };
  }

  /** Entries and receipts of each commit since the last look. */
  function counted(hand: HandHouse): readonly string[] {
    return hand.commits
      .splice(0)
      .map(
        ({ appends, cosignatures }) =>
          `${appends.reduce((sum, { items }) => sum + items.length, 0)} entries, ${cosignatures.length} receipts`,
      );
  }

  test.each([1, 2, 3])("writes a fact, or takes one that each of %i is told, in one commit", (count) => {
    const { hand, peers } = linked(...hospitals.slice(0, count));
    hand.submit(north, "hospital.status/1", open);
    expect(counted(hand)).toEqual(["2 entries, 0 receipts"]);
    const log = new HandLog(author).appendStatus(1);
    for (const peer of peers) peer.say(log.run());
    expect(counted(hand)).toEqual(["2 entries, 0 receipts"]);
    const own = HandLog.of(hand, north).checkpoint();
    for (const peer of peers) peer.confirm(own);
    hand.pass(1_000);
    expect(counted(hand)).toEqual(["0 entries, 1 receipts"]);
  });

  test("has a fact wait for no commit of receipts: they are stored with it, or by themselves after 250 ms", () => {
    const { hand, peers } = linked(...hospitals.slice(0, 2));
    const submit = () => hand.submit(north, "hospital.status/1", open);
    submit();
    const own = HandLog.of(hand, north).checkpoint();
    hand.commits.length = 0;
    for (const peer of peers) peer.confirm(own);
    expect(counted(hand)).toEqual([]);
    submit();
    expect(counted(hand)).toEqual(["1 entries, 1 receipts"]);
    for (const peer of peers) peer.confirm(HandLog.of(hand, north).checkpoint());
    hand.pass(receiptsTogetherMs);
    expect(counted(hand)).toEqual(["0 entries, 1 receipts"]);
    submit();
    counted(hand);
    for (const peer of peers) peer.confirm(HandLog.of(hand, north).checkpoint());
    hand.feed({ type: "store-receipts" });
    expect(counted(hand)).toEqual(["0 entries, 1 receipts"]);
    hand.feed({ type: "store-receipts" });
    hand.pass(receiptsTogetherMs);
    expect(counted(hand)).toEqual([]);
  });

  test.each([
    [[centreOne], 1],
    [[centreOne, centreTwo], 2],
    [[centreOne, centreTwo, ...hospitals.slice(0, 2)], 2],
  ])("gives the receipts of all its centres in one more, case %#", (devices, receipts) => {
    const hand = new HandHouse(...devices);
    new HandPeer(hand, slow).greet().say(new HandLog(slow).appendStatus(1).run());
    hand.pass(1_000);
    expect(counted(hand)).toEqual(["2 entries, 0 receipts", `0 entries, ${receipts} receipts`]);
  });
});
