import { describe, expect, test } from "vitest";
import {
  authority,
  centreOne,
  centreTwo,
  east,
  HandHouse,
  north,
  slow,
  wallStartMs,
} from "../../../test/support/hand-house.ts";
import { HandLog, HandPeer, statusEntry } from "../../../test/support/hand-peer.ts";
import { present } from "../../basics/assert.ts";
import { toHex } from "../../basics/bytes.ts";
import type { LogId, Origin } from "../../basics/name.ts";
import type { Packet } from "../../exchange/packet.ts";
import { cosign, formatReceipt } from "../../log/cosignature.ts";
import { decodeEntry, type Entry } from "../../log/entry.ts";
import { sites } from "../../region/charter.ts";
import { logOf } from "../replica.ts";
import { storedAgain } from "./again.ts";
import { commonSize } from "./fork-proof.ts";

/** A status report; each of them differs in its request, so that a retry is told from another word. */
function report(hand: HandHouse, request: string): number {
  return hand.submit(north, "hospital.status/1", { capability: "ct", state: "open", over: [] }, request);
}

function originOfNorth(hand: HandHouse): Origin {
  return present(hand.house.hosted.get(north.id), "hosted").origin;
}

function entriesOf(hand: HandHouse, origin: Origin): readonly Entry[] {
  const stored = hand.store.readLeafBytes(origin, 0, 1_000);
  if (!stored.ok) throw new Error("a readable store");
  return stored.value.map((bytes) => {
    const entry = decodeEntry(bytes);
    if (!entry.ok) throw new Error(entry.error);
    return entry.value;
  });
}

function sizeOf(hand: HandHouse, origin: Origin): number {
  return entriesOf(hand, origin).length;
}

/** What a peer says that it holds of one log. */
function tell(peer: HandPeer, log: HandLog, size = log.entries.length): void {
  const root = toHex(log.checkpoint(size).root);
  peer.say({
    type: "vector",
    head: { level: "logs", site: "north", logs: { [log.device.origin]: [size, root] } },
  });
}

/** A house that wrote so many reports, and whose store is then put back to where it held only the first `kept`. */
function putBack(kept: number, written: number): { readonly hand: HandHouse; readonly whole: HandLog } {
  const hand = new HandHouse(north);
  for (let i = 0; i < kept; i += 1) report(hand, `request-${i}`);
  const image = hand.store.image();
  for (let i = kept; i < written; i += 1) report(hand, `request-${i}`);
  const whole = HandLog.of(hand, north);
  hand.store.crash();
  hand.store.putBack(image);
  return { hand, whole };
}

describe("a device at its start", () => {
  test("[EPOCH2] asks for up to 3 s what others hold of its log, and appends nothing before", () => {
    const hand = new HandHouse(north);
    hand.asks = [];
    hand.restart(2);
    hand.pass(250);
    const token = report(hand, "request-1");
    hand.pass(2_750);
    expect([hand.answers.has(token), hand.commits.length]).toEqual([false, 0]);
    hand.pass(500);
    expect(hand.answers.get(token)).toMatchObject({ ok: true });
    expect(originOfNorth(hand)).toBe(north.origin);
  });

  test("[EPOCH2] goes on as soon as everybody whom it dials has said that it holds no more", () => {
    const hand = new HandHouse(north);
    report(hand, "request-1");
    hand.asks = [centreOne.id, centreTwo.id];
    hand.restart(2);
    const token = report(hand, "request-2");
    const [one, two] = [new HandPeer(hand, centreOne).greet(), new HandPeer(hand, centreTwo).greet()];
    one.say({ type: "vector", head: { level: "region", digest: hand.house.vector.digest() } });
    expect(hand.answers.has(token)).toBe(false);
    two.say({ type: "vector", head: { level: "sites", sites: {} } });
    expect(hand.answers.get(token)).toMatchObject({ ok: true });
    expect(originOfNorth(hand)).toBe(north.origin);
  });

  test("[EPOCH2] another device of the same process is no answer", () => {
    const hand = new HandHouse(north, east);
    hand.asks = [east.id];
    hand.restart(2);
    const token = report(hand, "request-1");
    hand.pass(2_750);
    expect(hand.answers.has(token)).toBe(false);
    hand.pass(500);
    expect(hand.answers.has(token)).toBe(true);
  });

  test("[EPOCH2] a request that was answered before is answered at once; one that waits is one fact", () => {
    const hand = new HandHouse(north);
    const first = report(hand, "request-1");
    hand.asks = [];
    hand.restart(2);
    const again = report(hand, "request-1");
    expect(hand.answers.get(again)).toMatchObject({ ...hand.answers.get(first), repeated: true });
    const [a, b] = [report(hand, "request-2"), report(hand, "request-2")];
    hand.pass(3_500);
    expect(hand.answers.get(a)).toEqual(hand.answers.get(b));
    expect(sizeOf(hand, north.origin)).toBe(3);
  });
});

describe("a store that is older than what others hold", () => {
  test("[EPOCH3] makes the device begin a new epoch, which names the last, and fetch what it lacks", () => {
    const { hand, whole } = putBack(1, 4);
    hand.asks = [centreOne.id];
    hand.restart(2);
    const retry = report(hand, "request-3");
    const fresh = report(hand, "request-9");
    const peer = new HandPeer(hand, centreOne).greet();
    tell(peer, whole);
    const origin = originOfNorth(hand);
    expect(origin).toMatch(/\/north\/lifeboat\/2-[0-9a-f]{8}$/);
    expect([hand.answers.has(retry), hand.answers.has(fresh)]).toEqual([false, false]);
    peer.say(whole.run(2));
    expect(sizeOf(hand, north.origin)).toBe(5);
    // What was acknowledged before is still one fact, at its old place; what is new stands in the new log.
    expect(hand.answers.get(retry)).toEqual({
      ok: true,
      ref: [logOf(hand.house, north.origin).id, 4],
      repeated: true,
    });
    expect(hand.answers.get(fresh)).toMatchObject({ ok: true, ref: [logOf(hand.house, origin).id, 1] });
    const [start] = entriesOf(hand, origin);
    const previous = { epoch: north.epoch, size: 2, root: toHex(whole.checkpoint(2).root) };
    expect(start).toMatchObject({ kind: "log.start/1", previous });
  });

  test("[EPOCH3] is found out later too, by the first signed run that goes further", () => {
    const { hand, whole } = putBack(1, 4);
    hand.restart(2);
    const peer = new HandPeer(hand, centreOne).greet();
    peer.say(whole.run(2));
    expect(hand.notes).toContain("own-log-is-ahead");
    expect(originOfNorth(hand)).not.toBe(north.origin);
    expect(sizeOf(hand, north.origin)).toBe(5);
    expect(hand.house.forks.size).toBe(0);
  });

  test("[EPOCH3] is no matter of what anybody says without the key: a false signature, an echo, a shorter log", () => {
    const hand = new HandHouse(north);
    for (let i = 0; i < 3; i += 1) report(hand, `request-${i}`);
    const whole = HandLog.of(hand, north);
    const peer = new HandPeer(hand, centreOne).greet();
    const liar = new HandLog({ ...north, signer: { ...east.signer, vkey: north.signer.vkey } }).appendStatus(
      9,
    );
    for (const packet of [whole.run(), whole.run(0, 2), liar.run(0)]) peer.say(packet);
    expect(originOfNorth(hand)).toBe(north.origin);
    report(hand, "request-9");
    expect(sizeOf(hand, north.origin)).toBe(5);
  });

  test("[EPOCH4] the new epoch is stored with its first entry, and stays after a restart", () => {
    const { hand, whole } = putBack(1, 4);
    hand.restart(2);
    new HandPeer(hand, centreOne).greet().say(whole.run(2));
    const origin = originOfNorth(hand);
    hand.restart(3);
    expect(originOfNorth(hand)).toBe(origin);
    report(hand, "request-9");
    expect(sizeOf(hand, origin)).toBe(2);
    expect(sizeOf(hand, north.origin)).toBe(5);
  });

  test("[EPOCH4] on a disk that fails at that moment it is stored as soon as the disk works", () => {
    const { hand, whole } = putBack(1, 4);
    hand.restart(2);
    hand.quickDisk = false;
    new HandPeer(hand, centreOne).greet().say(whole.run(2));
    const origin = originOfNorth(hand);
    hand.store.fail({ code: "disk-full", detail: "full" });
    hand.finishCommit();
    hand.store.fail(null);
    hand.quickDisk = true;
    hand.pass(2_000);
    hand.restart(3);
    expect(originOfNorth(hand)).toBe(origin);
  });

  test("[EPOCH4] what waits for the disk goes into the new log; what is under way stays where it is", () => {
    const { hand, whole } = putBack(1, 4);
    hand.restart(2);
    hand.quickDisk = false;
    const under = report(hand, "request-8");
    const waiting = report(hand, "request-9");
    new HandPeer(hand, centreOne).greet().say(whole.run(2));
    const origin = originOfNorth(hand);
    hand.quickDisk = true;
    hand.finishCommit();
    hand.pass(250);
    expect(hand.answers.get(under)).toMatchObject({ ref: [logOf(hand.house, north.origin).id, 2] });
    expect(hand.answers.get(waiting)).toMatchObject({ ref: [logOf(hand.house, origin).id, 1] });
  });

  test("[EPOCH5] a device that knows nothing of its past takes a counter above all that peers tell of", () => {
    const hand = new HandHouse(north);
    hand.asks = [centreOne.id];
    hand.restart(2);
    const later = new HandLog({ ...north, origin: north.origin.replace(/[^/]*$/, "7-00000001") });
    tell(new HandPeer(hand, centreOne).greet(), later);
    hand.pass(4_000);
    expect(originOfNorth(hand)).toMatch(/\/8-[0-9a-f]{8}$/);
  });

  test("[EPOCH5] but not above one that nobody could count on from", () => {
    const hand = new HandHouse(north);
    hand.asks = [centreOne.id];
    hand.restart(2);
    const later = new HandLog({ ...north, origin: north.origin.replace(/[^/]*$/, "999999999-00000001") });
    tell(new HandPeer(hand, centreOne).greet(), later);
    hand.pass(4_000);
    expect(originOfNorth(hand)).toBe(north.origin);
  });

  test("[EPOCH5] an authority's new log says again for which region it stands", () => {
    const hand = new HandHouse(authority);
    hand.asks = [centreOne.id];
    hand.restart(2);
    const charter = HandLog.of(hand, authority);
    charter.append({ at: 1, by: "authority#1", kind: "charter.site/1", site: "west", type: "hospital" });
    const peer = new HandPeer(hand, centreOne).greet();
    const root = toHex(charter.checkpoint().root);
    const logs = { [authority.origin]: [charter.entries.length, root] as [number, string] };
    peer.say({ type: "vector", head: { level: "logs", site: "authority", logs } });
    const { origin } = present(hand.house.hosted.get(authority.id), "hosted");
    const [first] = entriesOf(hand, authority.origin);
    const [start] = entriesOf(hand, origin);
    expect(start).toMatchObject({
      kind: "charter.start/1",
      recovery: first?.["recovery"],
      zone: first?.["zone"],
    });
    peer.say(charter.run(charter.entries.length - 1));
    const body = { site: "new-site", type: "hospital" };
    const token = hand.submit(authority, "charter.site/1", body);
    expect(hand.answers.get(token)).toMatchObject({ ok: true, ref: [logOf(hand.house, origin).id, 1] });
    expect(sites(hand.house.charter).map(({ site }) => site)).toEqual(
      expect.arrayContaining(["west", "new-site", "north"]),
    );
  });
});

describe("a device whose own log was signed in two ways", () => {
  /** A second machine with the same store and key went on by itself; both wrote. */
  function twins(): { readonly hand: HandHouse; readonly peer: HandPeer; readonly other: HandLog } {
    const { hand, whole } = putBack(1, 4);
    hand.restart(2);
    for (let i = 5; i < 7; i += 1) report(hand, `request-${i}`);
    return { hand, peer: new HandPeer(hand, centreOne).greet(), other: whole };
  }

  /** Answers the house's questions about the other history. */
  function showOther(peer: HandPeer, other: HandLog): void {
    for (let at = 0; at < peer.heard("fork").length; at += 1) {
      const head = peer.heard("fork")[at]?.head;
      if (head?.step === "ask") peer.say(other.answer(head.size));
    }
  }

  /** Somebody found that this history and another one share so many entries. */
  function proofOf(ours: HandLog, shared: number): Packet {
    const theirs = new HandLog(ours.device);
    theirs.entries.splice(0, 1, ...ours.entries.slice(0, shared));
    theirs.appendStatus(ours.entries.length);
    const finder = new HandHouse(centreTwo);
    const [peer, listener] = [new HandPeer(finder, centreOne).greet(), new HandPeer(finder, slow).greet()];
    peer.say(ours.run());
    peer.say(theirs.run(shared));
    showOther(peer, theirs);
    return present(
      listener.heard("fork").find(({ head }) => head.step === "proof"),
      "the proof is told",
    );
  }

  const again = (entries: readonly Entry[]): readonly unknown[] => entries.map((entry) => entry["again"]);

  test("[AGAIN1] begins a new epoch and says again what its own history had past the common part", () => {
    const { hand, peer, other } = twins();
    const log: LogId = logOf(hand.house, north.origin).id;
    peer.say(other.run(2));
    expect(originOfNorth(hand)).not.toBe(north.origin);
    showOther(peer, other);
    expect(hand.house.vector.get(north.origin)).toEqual({ size: 2, root: "forked:2" });
    const said = entriesOf(hand, originOfNorth(hand));
    expect(again(said)).toEqual([undefined, [log, 2], [log, 3]]);
    const old = entriesOf(hand, north.origin);
    const { request: _request, ...body } = present(old[3], "an entry");
    expect(said[2]).toEqual({ ...body, again: [log, 3] });
    hand.refold();
    expect(hand.house.fold.hospitals.get("north")?.cells.get("ct")?.heads).toMatchObject([
      { log: logOf(hand.house, originOfNorth(hand)).id, index: 2 },
    ]);
  });

  test("[AGAIN1] says it once: not after a restart, nor when the proof comes again", () => {
    const { hand, peer, other } = twins();
    peer.say(other.run(2));
    showOther(peer, other);
    const size = sizeOf(hand, originOfNorth(hand));
    hand.asks = [];
    hand.restart(3);
    hand.pass(4_000);
    expect(sizeOf(hand, originOfNorth(hand))).toBe(size);
  });

  test("[AGAIN1] what is about to be said again counts as said for this start, and not for a snapshot", () => {
    const { hand, peer, other } = twins();
    const stored = (): number => storedAgain(hand.house).flatMap(([, places]) => places).length;
    peer.say(other.run(2));
    hand.quickDisk = false;
    showOther(peer, other);
    hand.finishCommit();
    expect([hand.house.saidAgain.size, stored()]).toEqual([2, 0]);
    hand.quickDisk = true;
    hand.finishCommit();
    expect([hand.house.saidAgain.size, stored()]).toEqual([2, 2]);
  });

  test("[AGAIN1] says it once more where the log in which it was said again is forked below it", () => {
    const { hand, peer, other } = twins();
    const log = logOf(hand.house, north.origin).id;
    peer.say(other.run(2));
    showOther(peer, other);
    const second = HandLog.of(hand, north, originOfNorth(hand));
    peer.say(proofOf(second, 2));
    const third = originOfNorth(hand);
    expect(third).not.toBe(second.device.origin);
    expect(again(entriesOf(hand, third))).toEqual([undefined, [log, 3]]);
    peer.say(proofOf(second, 1));
    expect(again(entriesOf(hand, third))).toEqual([undefined, [log, 3], [log, 2]]);
    hand.asks = [];
    hand.restart(3);
    hand.pass(4_000);
    expect(sizeOf(hand, originOfNorth(hand))).toBe(3);
  });

  test("[AGAIN1] says it once more where it was about to be said in one log, and was moved to another that is forked", () => {
    const { hand, peer, other } = twins();
    const log = logOf(hand.house, north.origin).id;
    peer.say(other.run(2));
    const second = originOfNorth(hand);
    hand.quickDisk = false;
    showOther(peer, other);
    report(hand, "request-8");
    // The fork is stored; under way is that report, and behind it waits what is to be said again.
    hand.finishCommit();
    peer.say(HandLog.of(hand, north, second).appendStatus(3).run(1));
    const third = originOfNorth(hand);
    expect(third).not.toBe(second);
    hand.quickDisk = true;
    hand.finishCommit();
    hand.pass(250);
    expect(again(entriesOf(hand, third))).toEqual([undefined, [log, 2], [log, 3]]);
    peer.say(proofOf(HandLog.of(hand, north, third), 1));
    expect(originOfNorth(hand)).not.toBe(third);
    expect(again(entriesOf(hand, originOfNorth(hand)))).toEqual([undefined, [log, 2], [log, 3]]);
  });

  test("[AGAIN1] says again, too, what was on its way to the disk when several devices of one process learned it at once", () => {
    const hand = new HandHouse(north, east);
    const status = { capability: "ct", state: "open", over: [] };
    for (const device of [north, east])
      hand.submit(device, "hospital.status/1", status, `request-${device.site}`);
    const proofs = [north, east].map((device) => proofOf(HandLog.of(hand, device), 1));
    const peer = new HandPeer(hand, centreOne).greet();
    hand.quickDisk = false;
    hand.submit(north, "hospital.status/1", status, "request-before");
    for (const proof of proofs) peer.say(proof);
    hand.finishCommit();
    const token = hand.submit(east, "hospital.status/1", status, "request-late");
    hand.quickDisk = true;
    hand.finishCommit();
    const log = logOf(hand.house, east.origin).id;
    expect(hand.answers.get(token)).toMatchObject({ ok: true, ref: [log, 2] });
    const { origin } = present(hand.house.hosted.get(east.id), "hosted");
    expect(again(entriesOf(hand, origin))).toEqual([undefined, [log, 1], [log, 2]]);
  });

  test("[AGAIN1] says it after a restart, when it ended before it was said", () => {
    const { hand, peer, other } = twins();
    const image = hand.store.image();
    peer.say(other.run(2));
    showOther(peer, other);
    const proof = present(
      hand.store.readForks().ok ? hand.house.forks.get(north.origin) : undefined,
      "a proof",
    );
    hand.store.crash();
    hand.store.putBack(image);
    hand.store.commit({ id: 0, storedMs: 0, appends: [], cosignatures: [], forks: [proof] }, () => undefined);
    hand.asks = [];
    hand.restart(3);
    hand.pass(4_000);
    expect(again(entriesOf(hand, originOfNorth(hand)))).toHaveLength(3);
    expect(originOfNorth(hand)).not.toBe(north.origin);
  });
});

test("[RECEIPT9] a log that was begun in two ways says nothing of when its device's newest epoch began", () => {
  const hand = new HandHouse(centreOne);
  const peer = new HandPeer(hand, centreTwo).greet();
  const begun = (laterMs: number, epoch = "1-00000001"): HandLog => {
    const log = new HandLog({ ...centreTwo, origin: `${centreTwo.origin.replace(/[^/]+$/, "")}${epoch}` });
    const start = { at: wallStartMs + laterMs, by: "holdfast", kind: "log.start/1", previous: null };
    log.entries.length = 0;
    return log.append(start).append(statusEntry(laterMs));
  };
  const other = new HandLog(north).appendStatus(3);
  peer.say(other.run());
  // The machine was set back to before it had begun its log, and its clock by an hour.
  peer.say(begun(3_600_000).run());
  peer.say(begun(0).run());
  for (let at = 0; at < peer.heard("fork").length; at += 1) {
    const head = peer.heard("fork")[at]?.head;
    if (head?.step === "ask") peer.say(begun(0).answer(head.size));
  }
  expect([...hand.house.forks.values()].map(commonSize)).toEqual([0]);
  peer.say(begun(1_000, "2-00000002").run());
  peer.confirm(other.checkpoint());
  expect(hand.house.receipts.newest.get(north.origin)?.get(centreTwo.id)?.size).toBeUndefined();
  hand.pass(60_000);
  const receipt = formatReceipt(
    cosign(centreTwo.holder, other.checkpoint(), wallStartMs / 1_000 + 60),
    centreTwo.holder.vkey,
  );
  new HandPeer(hand, centreTwo).greet().say({ type: "receipt", head: { receipts: [receipt] } });
  expect(hand.house.receipts.newest.get(north.origin)?.get(centreTwo.id)?.size).toBe(4);
});
