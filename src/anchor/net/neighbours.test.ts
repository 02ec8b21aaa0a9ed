import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packetsOf } from "../../../test/contract/cargo.ts";
import { type Founded, foundRegion, valueIn } from "../../../test/support/founded.ts";
import { fastClock, ShellNode, until } from "../../../test/support/shells.ts";
import { present } from "../../basics/assert.ts";
import { toHex } from "../../basics/bytes.ts";
import { encodeCanonical } from "../../basics/canonical-json.ts";
import { type LogId, type Name, originOf, parseOrigin } from "../../basics/name.ts";
import { ok, type Result } from "../../basics/result.ts";
import { encodePacket } from "../../exchange/packet.ts";
import { formatCheckpoint, signCheckpoint } from "../../log/checkpoint.ts";
import { leafHash } from "../../log/entry.ts";
import { caseIdOf } from "../../log/sealed.ts";
import { appendLeaves, emptyRange, rootOf } from "../../log/tree.ts";
import { formatVkey, logKeyName, makeVkey, type Vkey } from "../../log/vkey.ts";
import { type Charter, foldCharter, newCharter } from "../../region/charter.ts";
import { cellOf, hospitalView } from "../../region/view.ts";
import type { House } from "../../site/state.ts";
import type { StoreResult } from "../../site/store-port.ts";
import { buildHouse } from "../build-house.ts";
import { onlyTaker, soundPacket, type Takers, takeCargo } from "../carry/carry-in.ts";
import { systemClock } from "../clock.ts";
import { nodeCrypto } from "../crypto-node.ts";
import { endNeighbour, nameNeighbour } from "../keys/authority.ts";
import type { StoreThread } from "../store/store.ts";
import { neighbourSnapshotFile } from "../store/store-marker.ts";
import { Neighbours } from "./neighbours.ts";

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
let freeBytes: number | null = enough;

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
  neighbours = neighboursOf(node.house);
  node.whenChanged = () => neighbours.look();
  neighbours.look();
  return node;
}

function neighboursOf(house: House, store: StoreThread = node.store): Neighbours {
  return new Neighbours({
    ...{ house, store, clock: fastClock },
    freeBytes: () => present(freeBytes, "a disk that answers"),
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

/** Our charter as it is read once nothing that an earlier authority said counts any more. */
function charterNaming(key: Vkey): Charter {
  const charter = newCharter(ours.region, ours.authority, sha256);
  const said = { at: 1, by: "test" };
  const recovery = formatVkey(
    makeVkey(sha256, "log", logKeyName(ours.region, "land", "recovery"), new Uint8Array(32).fill(9)),
  );
  const facts = [
    { kind: "charter.start/1", previous: null, zone: "Europe/Berlin", name: "Test", recovery },
    { kind: "charter.neighbour/1", region: beside, key: formatVkey(key) },
  ];
  for (const [index, fact] of facts.entries())
    foldCharter(charter, "land/desk/1-00000001", index, { ...said, ...fact });
  return charter;
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

  test("[NEIGHBOUR6] what was stored under a key that our charter no longer names is closed at once and makes room for the right one", async () => {
    const false_ = foundRegion({ duesseldorf: "control-centre", [shared]: "hospital" }, beside);
    const charters = [false_, theirs].map(({ authority }) => charterNaming(authority));
    let charter = present(charters[0], "the charter while our authority's key was stolen");
    const house = Object.defineProperty({ region: ours.region }, "charter", { get: () => charter }) as House;
    await neighbours.stop();
    const kept = () => node.store.readMeta(`neighbour ${beside}`).then(valueIn);
    neighbours = neighboursOf(house);
    neighbours.look();
    await neighbours.takers(node.shell);
    const forgotten = node.notes.filter((note) => note.startsWith("neighbour-forgotten"));
    expect(forgotten).toEqual([expect.stringMatching(`${beside}: \\d logs`)]);
    // Only what is stored was checked with it.
    expect(await kept()).toBeUndefined();
    valueIn(await bring(false_.charter()));
    expect(await kept()).toBe(formatVkey(false_.authority));
    expect(theirHouse().charter.revision).toBeGreaterThan(0);
    const taker = valueIn(neighbours.takerOf(beside));

    charter = present(charters[1], "the charter after its recovery");
    expect(neighbours.list()).toMatchObject([{ neighbour: { key: theirs.authority }, house: null }]);
    expect(taker.refusal?.()).toMatch("another key");
    expect(neighbours.takerOf(beside)).toMatchObject({ ok: false });
    neighbours.look();
    expect(valueIn(await bring(stick))).toMatch(/Taken in: /);
    await until(() => theirCt() === "full", "it is folded");
    expect(await kept()).toBe(formatVkey(theirs.authority));
    const origins = valueIn(await node.store.storedLogs()).map(({ origin }) => origin);
    expect(origins.filter((origin) => origin.startsWith(`holdfast/1/${beside}/land/`))).toHaveLength(1);
    rmSync(false_.dir, { recursive: true });
  });

  test("[NEIGHBOUR6] a disk that cannot be asked is a sentence, a store that fails is asked again, and ours goes on", async () => {
    await neighbours.stop();
    const asked: string[] = [];
    const answers: (() => Promise<StoreResult<string | undefined>>)[] = [
      () => Promise.reject(new Error("thrown")),
      async () => ({ ok: false, error: { code: "io-error", detail: "An I/O error." } }),
    ];
    const store = Object.create(node.store, {
      readMeta: {
        value: (key: string) => {
          asked.push(key);
          return answers.shift()?.() ?? node.store.readMeta(key);
        },
      },
    }) as StoreThread;
    neighbours = neighboursOf(node.house, store);
    neighbours.look();
    expect(valueIn(await bring(ours.charter()))).toMatch(/Nothing new was brought/);
    await until(() => neighbours.list()[0]?.house !== null, "it is open");
    expect(asked).toHaveLength(3);
    expect(node.notes.filter((note) => note.startsWith("neighbour-not-opened"))).toEqual([
      expect.stringMatching("thrown"),
      expect.stringMatching("An I/O error."),
    ]);
    freeBytes = null;
    expect(neighbours.takerOf(beside)).toMatchObject({
      ok: false,
      error: expect.stringMatching("How much room the disk has cannot be read"),
    });
    freeBytes = enough;
  });

  test("[NEIGHBOUR6] a store that breaks while it is read is read again, and what throws in their house ends nothing", async () => {
    await neighbours.stop();
    rmSync(join(ours.dir, neighbourSnapshotFile(beside)), { force: true });
    let torn = 1;
    const read: StoreThread["forEachEntryOf"] = (...args) => {
      // The charter is read before; what is folded behind it is read in slices.
      if (args[3] === undefined || torn === 0) return node.store.forEachEntryOf(...args);
      torn -= 1;
      return Promise.reject(new Error("torn away"));
    };
    neighbours = neighboursOf(node.house, Object.create(node.store, { forEachEntryOf: { value: read } }));
    neighbours.look();
    await until(() => neighbours.list()[0]?.house?.loading === null && theirCt() === "full", "it is folded");
    expect(node.notes).toContainEqual(expect.stringMatching(/^neighbour-not-opened .*torn away/));
    const house = theirHouse();
    const { writing } = house;
    let ticks = 0;
    Object.defineProperty(house, "writing", {
      configurable: true,
      get: () => {
        ticks += 1;
        throw new Error("a bug of ours");
      },
    });
    await until(() => ticks >= 3, "it goes on to tick");
    Object.defineProperty(house, "writing", { value: writing });
    expect(node.notes.filter((note) => note.includes("a bug of ours"))).toEqual([
      `handler-threw ${beside}: Error: a bug of ours`,
    ]);
  });
});
