import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packetsOf } from "../../test/contract/cargo.ts";
import { type Founded, foundRegion, valueIn } from "../../test/support/founded.ts";
import { fastClock, ShellNode, until } from "../../test/support/shells.ts";
import { present } from "../basics/assert.ts";
import { toHex } from "../basics/bytes.ts";
import { encodeCanonical } from "../basics/canonical-json.ts";
import { type LogId, type Name, originOf, parseOrigin } from "../basics/name.ts";
import { ok, type Result } from "../basics/result.ts";
import { encodePacket } from "../exchange/packet.ts";
import { formatCheckpoint, signCheckpoint } from "../log/checkpoint.ts";
import { leafHash } from "../log/entry.ts";
import { caseIdOf } from "../log/sealed.ts";
import { appendLeaves, emptyRange, rootOf } from "../log/tree.ts";
import { formatVkey, logKeyName, makeVkey } from "../log/vkey.ts";
import { cellOf, hospitalView } from "../region/view.ts";
import type { StoreResult } from "../site/store-port.ts";
import { endNeighbour, nameNeighbour } from "./authority.ts";
import { buildHouse } from "./build-house.ts";
import { onlyTaker, soundPacket, type Takers, takeCargo } from "./carry-in.ts";
import { systemClock } from "./clock.ts";
import { nodeCrypto } from "./crypto-node.ts";
import { Neighbours } from "./neighbours.ts";
import { neighbourSnapshotFile } from "./store-marker.ts";

const { sha256 } = nodeCrypto;
/** Both regions have a site, and a device of it, by this name. */
const shared = "ukd";
const beside = "rehearsal-beside";
const enough = 10_000_000_000;

let ours: Founded;
let theirs: Founded;
/** What a centre of theirs puts on a stick: charter, logs, receipts. */
let stick: readonly Uint8Array[];
let node: ShellNode;
let neighbours: Neighbours;
let freeBytes = enough;

beforeAll(async () => {
  ours = foundRegion({ duesseldorf: "control-centre", [shared]: "hospital" });
  theirs = foundRegion({ duesseldorf: "control-centre", [shared]: "hospital" }, beside);
  const hospital = await (await new ShellNode(theirs, shared).start()).takeCharter();
  const centre = await (await new ShellNode(theirs, "duesseldorf").start()).takeCharter();
  await hospital.dial(centre);
  await hospital.status("ct", "full");
  const { origin } = hospital.hosted;
  const held = () => centre.house.receipts.newest.get(origin)?.get("duesseldorf/box")?.size;
  await until(() => held() === hospital.holds(hospital), "their centre has confirmed it");
  stick = await packetsOf(centre, theirs);
  await hospital.stop();
  await centre.stop();
  node = await openOurs();
}, 30_000);

afterAll(async () => {
  await close();
  for (const { dir } of [ours, theirs]) rmSync(dir, { recursive: true });
});

async function openOurs(): Promise<ShellNode> {
  node = await (await new ShellNode(ours, shared).start()).takeCharter();
  neighbours = new Neighbours({
    ...{ house: node.house, store: node.store, clock: fastClock, freeBytes: () => freeBytes },
    note: (code, about) => node.notes.push(`${code} ${about}`),
    changed: () => undefined,
    snapshotOf: (region) => ({
      ...{
        file: join(ours.dir, neighbourSnapshotFile(region)),
        version: "1",
        isOfStore: true,
        afterEntries: 1,
      },
    }),
  });
  node.whenChanged = () => neighbours.look();
  neighbours.look();
  return node;
}

async function close(): Promise<void> {
  await neighbours.stop();
  await node.stop();
}

async function bring(packets: readonly Uint8Array[]): Promise<Result<string, string>> {
  const takers: Takers = await neighbours.takers(node.shell);
  const cargo = [];
  for (const bytes of packets) {
    const sound = soundPacket(bytes, takers, () => ok(bytes));
    if (!sound.ok) return sound;
    cargo.push(sound.value);
  }
  return takeCargo(takers, cargo);
}

async function sayInCharter(say: (desk: string) => Result<undefined, string>): Promise<void> {
  valueIn(say(join(ours.dir, "authority")));
  const before = node.house.charter.revision;
  for (const bytes of ours.charter()) node.shell.feed({ type: "carried", bytes });
  await until(() => node.house.charter.revision > before, "our charter has grown");
}

const nameThem = () => sayInCharter((desk) => nameNeighbour(desk, formatVkey(theirs.authority), systemClock));
const endThem = () => sayInCharter((desk) => endNeighbour(desk, beside, systemClock));

function theirHouse() {
  return present(
    neighbours.list().find(({ neighbour }) => neighbour.region === beside)?.house,
    "their house",
  );
}

/** What their hospital of the shared name says of its CT, as it is folded here. */
function theirCt() {
  const { fold, charter } = theirHouse();
  const runOut = { openRunsOutMs: 1e9, voiceRunsOutMs: 1e9 };
  const context = { fold, charter, nowMs: fastClock().wallMs, runOut, clockOffsetMs: () => 0 };
  return cellOf(hospitalView(context, shared), "ct").state;
}

/** Everything that our own region is here. */
async function ourSelves(): Promise<string> {
  const { vector, forks, logs, receipts, keys, fold, logStarts } = node.house;
  const stored = valueIn(await node.store.storedLogs()).filter(({ origin }) => !origin.includes(beside));
  return JSON.stringify([
    vector.digest(),
    [...forks.keys()],
    [...logs.keys()],
    [...receipts.newest].map(([origin, holders]) => [origin, [...holders.keys()]]),
    [...keys.erased, ...keys.erasing.keys()],
    [...fold.hospitals.keys(), ...fold.logs.keys(), ...fold.cases.keys()],
    [...logStarts.keys()],
    stored.map(({ origin, checkpoint }) => [origin, checkpoint.size]),
  ]);
}

/** A run that the key of a device of theirs signs, under whatever name and whatever it says. */
function runOf(region: Name, log: LogId, bodies: readonly object[]) {
  const { site, device } = valueIn(parseOrigin(originOf(region, log)));
  const { signer } = theirs.keysOf(site);
  const vkey = makeVkey(sha256, "log", logKeyName(region, site, device), signer.vkey.publicKey);
  const items = bodies.map((body) => valueIn(encodeCanonical({ at: 1, by: "test", ...body })));
  const leaves = items.map((bytes) => leafHash(sha256, bytes));
  const root = rootOf(sha256, appendLeaves(sha256, emptyRange, leaves));
  const signed = signCheckpoint(
    { ...signer, vkey },
    { origin: originOf(region, log), size: items.length, root },
  );
  const checkpoint = formatCheckpoint(signed, vkey);
  const packet = encodePacket({
    type: "entries",
    head: { checkpoint, from: 0 },
    items: items.map((bytes) => ({ kind: "bytes", bytes })),
  });
  return { packet, checkpoint, root };
}

describe("another region's logs", () => {
  test("[NEIGHBOUR2] a region that nobody named is refused whole, as ever", async () => {
    const before = await ourSelves();
    const refused = { ok: false, error: `packets of the region ${beside}; this is rehearsal-founded.` };
    expect(await bring([...ours.charter(), ...stick])).toEqual(refused);
    for (const bytes of stick) node.shell.feed({ type: "carried", bytes });
    expect(node.notes).toContain("refused-other-region carried");
    expect(await ourSelves()).toBe(before);
    expect(valueIn(await node.store.storedLogs()).some(({ origin }) => origin.includes(beside))).toBe(false);
  });

  test("[NEIGHBOUR2] [NEIGHBOUR3] named, its logs prove themselves by its own charter and stay apart from ours", async () => {
    await nameThem();
    const before = await ourSelves();
    const taken = valueIn(await bring(stick));
    expect(taken).toMatch(`Of the region ${beside}: Taken in: `);
    expect(theirCt()).toBe("full");
    expect(await ourSelves()).toBe(before);
    // In the one store, and nobody of ours has signed anything of it.
    const receipts = valueIn(await node.store.newestCosignatures());
    const ofTheirs = receipts.filter(({ origin }) => origin.includes(beside));
    expect(ofTheirs.length).toBeGreaterThan(0);
    expect(receipts.every(({ origin, holder }) => origin.includes(beside) === holder.includes(beside))).toBe(
      true,
    );
    // Nor does it leave with what is ours.
    const out = await packetsOf(node, ours);
    expect(out.every((bytes) => soundPacket(bytes, onlyTaker(node.shell), () => ok(bytes)).ok)).toBe(true);
    expect(valueIn(await bring(stick))).toMatch(/Nothing new was brought/);
  });

  test("[NEIGHBOUR3] what a named region signs under our name, of our cases or twice touches nothing of ours", async () => {
    const key = new Uint8Array(32).fill(7);
    const ourCase = caseIdOf(sha256, ours.region, shared, key);
    const slot = { case: ourCase, to: node.id, by: node.id, box: key, signature: key };
    const kept = { id: 0, storedMs: 1, appends: [], cosignatures: [], forks: [], slots: [slot] };
    valueIn(await new Promise<StoreResult<undefined>>((done) => node.store.commit(kept, done)));
    const before = await ourSelves();
    const start = { kind: "log.start/1", previous: null };
    const ourLog = `${shared}/box/9-0000abcd`;
    const stolen = runOf(ours.region, ourLog, [start]);
    expect(valueIn(await bring([stolen.packet]))).toMatch("does not prove itself");
    const log = `${shared}/box/7-0000abcd`;
    const erasing = runOf(beside, log, [start, { kind: "case.erased/1", case: ourCase }]);
    const other = runOf(beside, log, [start, start]);
    expect(valueIn(await bring([erasing.packet]))).toMatch("2 entries of 1 logs");
    const proof = { step: "proof", ours: erasing.checkpoint, theirs: other.checkpoint } as const;
    const head = { ...proof, root: toHex(other.root), path: [] };
    valueIn(await bring([encodePacket({ type: "fork", head })]));
    expect([...theirHouse().forks.keys()]).toEqual([originOf(beside, log)]);
    expect(valueIn(await node.store.readKeyTable())).toMatchObject({
      slots: [{ case: ourCase }],
      erased: [],
    });
    expect(await ourSelves()).toBe(before);
  });

  test("[NEIGHBOUR4] it is there after a restart, from a snapshot of its own too", async () => {
    const file = join(ours.dir, neighbourSnapshotFile(beside));
    const logs = [...theirHouse().fold.logs.keys()].sort();
    // The first may be of before the fork, and is then discarded as OPEN5 has it; the second start uses what it finds.
    for (const mayDiscard of [true, false]) {
      await until(() => existsSync(file), "a snapshot lies there");
      await close();
      await openOurs();
      await neighbours.takers(node.shell);
      await until(() => theirHouse().loading === null, "it is folded");
      expect(theirCt()).toBe("full");
      expect([...theirHouse().fold.logs.keys()].sort()).toEqual(logs);
      if (!mayDiscard) expect(node.notes.filter((note) => note.startsWith("snapshot"))).toEqual([]);
    }
  });

  test("[NEIGHBOUR5] once its naming has ended nothing new is taken, and what is there stays", async () => {
    const start = { kind: "log.start/1", previous: null };
    const { packet: more } = runOf(beside, "duesseldorf/box/9-0000abcd", [start]);
    await endThem();
    expect(await bring([more])).toMatchObject({
      ok: false,
      error: expect.stringMatching("nothing new of it is taken"),
    });
    expect(theirCt()).toBe("full");
    expect(neighbours.list()).toMatchObject([{ neighbour: { region: beside, ended: true } }]);
    await nameThem();
    freeBytes = 1_000_000;
    expect(await bring([more])).toMatchObject({
      ok: false,
      error: expect.stringMatching("The disk is nearly full"),
    });
    freeBytes = enough;
    expect(valueIn(await bring([more]))).toMatch("1 entries of 1 logs");
  });

  test("[NEIGHBOUR3] the next epoch of our device follows its own logs, not theirs of the same name", async () => {
    const hosted = [{ site: shared, device: "box", mobile: false }];
    const listen = { host: "127.0.0.1", port: 0 };
    const settings = { region: ours.region, authority: formatVkey(ours.authority), listen, regionData: "" };
    const config = { ...settings, hosted, dials: [], policy: {}, faults: false };
    const dir = join(ours.dir, shared);
    const built = valueIn(await buildHouse({ dir, config, note: () => undefined }, node.store, fastClock));
    const own = [...built.house.hosted.values()].map(({ origin }) => origin.split("/").at(-1));
    // The store holds nothing that our device wrote, and epoch 7 of theirs.
    expect(own).toEqual([expect.stringMatching(/^1-/)]);
  });
});
