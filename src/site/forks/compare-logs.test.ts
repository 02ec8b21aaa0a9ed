import { describe, expect, test } from "vitest";
import {
  centreOne,
  centreTwo,
  east,
  type HandDevice,
  HandHouse,
  north,
} from "../../../test/support/hand-house.ts";
import { HandLog, HandPeer } from "../../../test/support/hand-peer.ts";
import { present } from "../../basics/assert.ts";
import { toHex } from "../../basics/bytes.ts";
import type { VectorHead } from "../../exchange/packet-head.ts";
import { siteLogsEveryMs } from "../limits.ts";

type DevicesHead = Extract<VectorHead, { readonly level: "devices" }>;

function inEpoch(device: HandDevice, epoch: string): HandDevice {
  return { ...device, epoch, origin: `${device.signer.vkey.name}/${epoch}` };
}

const epochs = ["2-0000000a", "10-0000000b", "11-0000000c"];

/** East's box was put back twice: its logs, each with an entry more than the one before. */
function logsOf(count: number, device = east): readonly HandLog[] {
  return epochs.slice(0, count).map((epoch, i) => new HandLog(inEpoch(device, epoch)).appendStatus(i + 1));
}

/** A control centre that holds the first logs of east, and what it tells another one of them. */
function centreWith(count: number) {
  const hand = new HandHouse(centreOne);
  const bringer = new HandPeer(hand, north).greet();
  for (const log of logsOf(count)) bringer.say(log.run());
  const peer = new HandPeer(hand, centreTwo).greet();
  return { hand, peer };
}

/** What a house that holds these logs of east tells of them. */
function toldOf(count: number): DevicesHead {
  const { peer } = centreWith(count);
  peer.say({ type: "vector", head: { level: "sites", sites: { east: "1".repeat(64) } } });
  return present(peer.vectors("devices").at(-1), "east has more than one log");
}

function runsTo(peer: HandPeer): readonly string[] {
  return peer.heard("entries").map(({ head }) => head.checkpoint.split("\n")[0]?.split("/").at(-1) ?? "");
}

describe("the ended epochs of a device", () => {
  test("[VECTOR5] are one digest to a peer of version 3, and each a line to one of version 2", () => {
    const { hand, peer } = centreWith(3);
    const older = new HandPeer(hand, north);
    const offer = older.offer({ highest: 2 });
    older.say({ type: "hello", head: offer });
    older.prove(offer);
    for (const one of [peer, older])
      one.say({ type: "vector", head: { level: "sites", sites: { east: "1".repeat(64) } } });
    expect(logsOfEast(peer)).toEqual([]);
    expect(Object.keys(peer.vectors("devices")[0]?.devices ?? {})).toEqual(["lifeboat"]);
    expect(peer.vectors("devices")[0]?.devices["lifeboat"]).toMatchObject({ epoch: "11-0000000c", size: 4 });
    expect(older.vectors("devices")).toEqual([]);
    expect(Object.keys(logsOfEast(older)[0]?.logs ?? {})).toHaveLength(3);
  });

  test("[VECTOR5] a device that has none is told log by log", () => {
    const { peer } = centreWith(1);
    peer.say({ type: "vector", head: { level: "sites", sites: { east: "1".repeat(64) } } });
    expect([peer.vectors("devices"), logsOfEast(peer).length]).toEqual([[], 1]);
  });

  test("[EXCHANGE6] are not spoken of where the digests agree: only what is newer is given", () => {
    const { hand, peer } = centreWith(3);
    peer.say({ type: "vector", head: toldOf(2) });
    hand.pass(1_000);
    expect(runsTo(peer)).toEqual(["11-0000000c"]);
    expect(peer.vectors("ask")).toEqual([]);
  });

  test("[EXCHANGE6] are asked for where the digests differ, and what the answer shows is given", () => {
    const { hand, peer } = centreWith(3);
    const told = toldOf(3);
    const newest = present(told.devices["lifeboat"], "a device");
    const other = { ...told, devices: { lifeboat: { ...newest, ended: "2".repeat(64) } } };
    peer.say({ type: "vector", head: other });
    expect(peer.vectors("ask")).toEqual([{ level: "ask", site: "east" }]);
    expect(runsTo(peer)).toEqual([]);
    const [first] = toldLogs(hand, peer);
    const logs = Object.fromEntries(Object.entries(first?.logs ?? {}).slice(1));
    peer.say({ type: "vector", head: { level: "logs", site: "east", logs } });
    hand.pass(1_000);
    expect(runsTo(peer)).toHaveLength(1);
    // The same question again within a second is none.
    peer.say({ type: "vector", head: other });
    expect(peer.vectors("ask")).toHaveLength(2);
    peer.say({ type: "vector", head: other });
    expect(peer.vectors("ask")).toHaveLength(2);
  });

  test("[EXCHANGE6] a peer that asks is told log by log, at most once a second", () => {
    const { hand, peer } = centreWith(3);
    expect(Object.keys(toldLogs(hand, peer)[0]?.logs ?? {})).toHaveLength(3);
    expect(toldLogs(hand, peer)).toHaveLength(1);
    hand.pass(siteLogsEveryMs);
    expect(toldLogs(hand, peer)).toHaveLength(2);
  });

  test("[EXCHANGE2] a peer that holds nothing of them, or of the device, is given all", () => {
    for (const devices of [{}, { lifeboat: present(toldOf(2).devices["lifeboat"], "a device") }]) {
      const { hand, peer } = centreWith(3);
      const bare = Object.fromEntries(
        Object.entries(devices).map(([name, { epoch, size, root }]) => [name, { epoch, size, root }]),
      );
      peer.say({ type: "vector", head: { level: "devices", site: "east", devices: bare } });
      hand.pass(1_000);
      const isHeld = Object.keys(devices).length > 0;
      expect(runsTo(peer).toSorted()).toEqual(
        epochs.filter((epoch) => !isHeld || epoch !== "10-0000000b").toSorted(),
      );
    }
  });

  test("[EXCHANGE6] who is told of more than it holds says what it has", () => {
    const { peer } = centreWith(2);
    peer.say({ type: "vector", head: toldOf(3) });
    expect([peer.vectors("devices").length, peer.vectors("ask")]).toEqual([1, []]);
  });

  test("[EPOCH2] of its own, behind another digest, a device asks before it writes anything", () => {
    const hand = new HandHouse(north);
    hand.asks = [centreOne.id];
    hand.restart(2);
    const body = { capability: "ct", state: "open", over: [] };
    const token = hand.submit(north, "hospital.status/1", body, "request-1");
    const peer = new HandPeer(hand, centreOne).greet();
    const [older, newer] = logsOf(2, north);
    const version = (log: HandLog) => [log.entries.length, toHex(log.checkpoint().root)];
    const [past, current] = [present(older, "a log"), present(newer, "a log")];
    const [size, root] = version(current) as [number, string];
    const device = { epoch: "10-0000000b", size, root, ended: "3".repeat(64) };
    peer.say({ type: "vector", head: { level: "devices", site: "north", devices: { lifeboat: device } } });
    expect(peer.vectors("ask")).toEqual([{ level: "ask", site: "north" }]);
    peer.say(current.run());
    expect(hand.answers.has(token)).toBe(false);
    const logs = Object.fromEntries(
      [past, current].map((log) => [log.device.origin, version(log) as [number, string]]),
    );
    peer.say({ type: "vector", head: { level: "logs", site: "north", logs } });
    expect(hand.answers.has(token)).toBe(false);
    peer.say(past.run());
    expect(hand.answers.get(token)).toMatchObject({ ok: true });
  });
});

function toldLogs(hand: HandHouse, peer: HandPeer) {
  hand.receive(peer.connection, { type: "vector", head: { level: "ask", site: "east" } });
  return logsOfEast(peer);
}

function logsOfEast(peer: HandPeer) {
  return peer.vectors("logs").filter(({ site }) => site === "east");
}
