import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { type Founded, foundRegion, valueIn } from "../../../test/support/founded.ts";
import { needlesOf } from "../../../test/support/needles.ts";
import { ShellNode, until } from "../../../test/support/shells.ts";
import { present } from "../../basics/assert.ts";
import { concatBytes, toBase64 } from "../../basics/bytes.ts";
import type { FactRef, Name } from "../../basics/name.ts";
import { decodePacket, encodePacket } from "../../exchange/packet.ts";
import type { CaseId } from "../../log/sealed.ts";
import { readersOf } from "../../region/case-fold.ts";
import { erasureStanding } from "../../site/sealing/erasure.ts";
import { slotsOf } from "../../site/sealing/key-table.ts";
import { codesOf, packetsOfCodes } from "../carry/carry-codes.ts";
import { cargoOfCodes, onlyTaker, openCargo, takeCargo } from "../carry/carry-in.ts";
import { cargoPackets } from "../carry/carry-out.ts";
import { readPacketFile, writePacketFile } from "../carry/packet-file.ts";
import { type Errand, runErrand } from "../errand.ts";
import { restoreStore } from "../store/store-backup.ts";
import { readIdentity, unwrapKey } from "./age.ts";

// Sealed bodies among real shells and stores: ukd, neuss and the centre, linked as a test says.

const plain = "Ada Probe, born 1900-01-01";
let founded: Founded;
const nodes: ShellNode[] = [];

afterEach(async () => {
  for (const node of nodes.splice(0)) await node.stop();
});
afterAll(() => rmSync(founded.dir, { recursive: true }));

async function started(site: Name): Promise<ShellNode> {
  const node = await new ShellNode(founded, site).start();
  nodes.push(node);
  await node.takeCharter();
  return node.tick();
}

async function stopped(node: ShellNode): Promise<void> {
  nodes.splice(nodes.indexOf(node), 1);
  await node.stop();
}

/** A new region: two hospitals, each linked with the control centre alone. */
async function linked(): Promise<Record<"ukd" | "neuss" | "centre", ShellNode>> {
  founded = foundRegion({ centre: "control-centre", ukd: "hospital", neuss: "hospital" });
  const [centre, ukd, neuss] = [await started("centre"), await started("ukd"), await started("neuss")];
  await ukd.dial(centre);
  await neuss.dial(centre);
  return { ukd, neuss, centre };
}

let requests = 0;
async function seal(node: ShellNode, id: CaseId | null = null, note = plain) {
  requests += 1;
  const request = `request-${requests}`;
  const { hosted } = node;
  return node.cases.seal({ hosted, case: id, mission: null, by: "nurse#7", request, body: { note } });
}

async function opened(node: ShellNode, id: CaseId): Promise<unknown> {
  const result = await node.cases.open(node.hosted, id);
  if (!result.ok) return result.error.code;
  return result.value.erased === null
    ? result.value.facts.map((fact) => ("body" in fact ? fact.body : fact.problem))
    : "erased";
}

function hasKey(node: ShellNode, id: CaseId): boolean {
  return slotsOf(node.house, id).some(({ to }) => to === node.id);
}

async function share(node: ShellNode, id: CaseId, to: Name): Promise<void> {
  expect(await node.submit("case.shared/1", { case: id, to })).toMatchObject({ ok: true });
}

async function erase(node: ShellNode, id: CaseId): Promise<FactRef> {
  const answer = await node.submit("case.erased/1", { case: id });
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.ref;
}

/** A case of ukd, opened to neuss, which has its key. */
async function sharedCase(nodes: Awaited<ReturnType<typeof linked>>): Promise<CaseId> {
  const { case: id } = valueIn(await seal(nodes.ukd));
  await share(nodes.ukd, id, "neuss");
  await until(() => hasKey(nodes.neuss, id), "the key comes to neuss");
  return id;
}

/** The key of a case in the clear and as each slot has it wrapped: what must be nowhere afterwards. */
async function secretsOf(node: ShellNode, id: CaseId): Promise<readonly Uint8Array[]> {
  const slots = slotsOf(node.house, id);
  const identity = present(valueIn(readIdentity(join(founded.dir, node.site), node.site, "box")), "identity");
  const own = present(
    slots.find(({ to }) => to === node.id),
    "a slot of ours",
  );
  return [present(await unwrapKey(identity, own.box), "a key"), ...slots.map(({ box }) => box)];
}

/** The files under the region's folder in which one of these byte strings stands, as it is, in hexadecimal or base64. */
function filesWith(secrets: readonly Uint8Array[], dir = founded.dir): readonly string[] {
  const needles = needlesOf(secrets);
  return readdirSync(dir, { recursive: true, encoding: "utf8" }).filter((name) => {
    const file = join(dir, name);
    if (!statSync(file).isFile()) return false;
    const bytes = readFileSync(file);
    return needles.some((needle) => bytes.includes(needle));
  });
}

const text = (words: string) => new TextEncoder().encode(words);

describe("a sealed body", () => {
  test("[SEAL7] is read by its own site, by whom that opens it to, through the centre, and by nobody else", async () => {
    const { ukd, neuss, centre } = await linked();
    const { case: id, ref } = valueIn(await seal(ukd));
    await until(() => neuss.holds(ukd) > ref[1] && centre.holds(ukd) > ref[1], "the facts are there");
    expect(await opened(ukd, id)).toEqual([{ note: plain }]);
    expect([await opened(neuss, id), await opened(centre, id)]).toEqual(["no-key", "no-key"]);
    // The centre keeps what it cannot open, for whoever loses it.
    await until(() => slotsOf(centre.house, id).length === 1, "the centre keeps the slot");
    await share(ukd, id, "neuss");
    await until(() => hasKey(neuss, id), "the key comes to neuss");
    expect(await opened(neuss, id)).toEqual([{ note: plain }]);
    expect(await opened(centre, id)).toBe("no-key");
    expect((await seal(centre, id)).ok).toBe(false);
    valueIn(await seal(neuss, id, "arrived"));
    await until(() => ukd.house.fold.cases.get(id)?.notes.size === 2, "the note of neuss is at ukd");
    expect(await opened(ukd, id)).toEqual([{ note: plain }, { note: "arrived" }]);
  });

  test("[SEAL7] the same request again is the same fact, and what does not fit opens no case", async () => {
    const { ukd } = await linked();
    const ask = () =>
      ukd.cases.seal({
        ...{ hosted: ukd.hosted, case: null, mission: null, by: "nurse#7", request: "request-again" },
        body: { note: plain },
      });
    const first = valueIn(await ask());
    expect(valueIn(await ask())).toEqual(first);
    expect(ukd.house.fold.cases.size).toBe(1);
    expect(await seal(ukd, null, "x".repeat(40_000))).toMatchObject({ error: { code: "body-too-long" } });
    expect(ukd.house.fold.cases.size).toBe(1);
    expect(await seal(ukd, `ukd/${"0".repeat(64)}`)).toMatchObject({ error: { code: "no-such-case" } });
  });

  test("[SEAL8] plaintext and key are in no file, backup, packet, stick and code", async () => {
    const region = await linked();
    const { ukd } = region;
    const id = await sharedCase(region);
    const [key, ...boxes] = await secretsOf(ukd, id);
    const backup = join(founded.dir, "backup.db");
    valueIn(await ukd.store.backup(backup));
    const packets: Uint8Array[] = [];
    const cargo = { to: null, sites: ["ukd"], sinceMs: null };
    for await (const packet of cargoPackets(ukd.store, ukd.house.charter, cargo))
      packets.push(valueIn(packet));
    writePacketFile(join(founded.dir, "stick.txt"), packets);
    const inCodes = valueIn(packetsOfCodes(valueIn(codesOf(packets))));
    expect(inCodes).toHaveLength(packets.length);
    const secrets = [present(key, "the key"), text(plain)];
    expect(filesWith(secrets)).toEqual([]);
    const needles = needlesOf([...secrets, ...boxes]);
    const showing = [...packets, ...inCodes].filter((bytes) =>
      needles.some((needle) => Buffer.from(bytes).includes(needle)),
    );
    expect(showing).toEqual([]);
    // Wherever in a packet a secret stood, the stick's base64 of it would be found.
    const leaks = [0, 1, 2].map((before) => [`leak-${before}`, new Uint8Array(before)] as const);
    for (const [name, before] of leaks)
      writePacketFile(join(founded.dir, name), [concatBytes(before, text(plain), before)]);
    expect(filesWith(secrets).toSorted()).toEqual(leaks.map(([name]) => name));
    // Wrapped it lies in key tables and nowhere else.
    const wrapped = filesWith(boxes);
    expect(wrapped.length).toBeGreaterThan(0);
    expect(wrapped.filter((name) => !/^(ukd|neuss|centre)\/store\.db/.test(name))).toEqual([]);
  });

  test("[SEAL9] a slot that comes by itself without a connection is refused, in a file for others whole", async () => {
    const region = await linked();
    const id = await sharedCase(region);
    const [slot] = slotsOf(region.ukd.house, id);
    const { box, signature, ...name } = present(slot, "a slot");
    const given = { ...name, box: toBase64(box), signature: toBase64(signature) };
    const bytes = encodePacket({ type: "slots", head: { step: "give", slots: [given] } });
    region.centre.shell.feed({ type: "carried", bytes });
    expect(region.centre.notes).toContain("refused-needs-a-connection carried");
    const file = join(founded.dir, "slots.txt");
    writePacketFile(file, [bytes]);
    expect(await openCargo(file, onlyTaker(region.centre.shell))).toMatchObject({
      ok: false,
      error: expect.any(String),
    });
  });

  test("[SEAL10] a machine that was lost gets the keys of its site again from a control centre", async () => {
    const region = await linked();
    const id = await sharedCase(region);
    await until(() => slotsOf(region.centre.house, id).length === 2, "the centre has both slots");
    await stopped(region.ukd);
    for (const end of ["", "-wal", "-shm"])
      rmSync(join(founded.dir, "ukd", `store.db${end}`), { force: true });
    const again = await started("ukd");
    expect(hasKey(again, id)).toBe(false);
    await again.dial(region.centre);
    await until(() => hasKey(again, id) && again.house.fold.cases.has(id), "the key is fetched");
    expect(await opened(again, id)).toEqual([{ note: plain }]);
  });
});

describe("a key that somebody carries where no connection leads", () => {
  let file = "";

  /** Two hospitals that nothing connects, and a case of one that is opened to the other. */
  async function apart() {
    founded = foundRegion({ centre: "control-centre", ukd: "hospital", neuss: "hospital" });
    file = join(founded.dir, "case.packets");
    const [ukd, neuss] = [await started("ukd"), await started("neuss")];
    const { case: id } = valueIn(await seal(ukd));
    await share(ukd, id, "neuss");
    await until(() => slotsOf(ukd.house, id).length === 2, "the key is wrapped for neuss");
    return { ukd, neuss, id };
  }

  type Carry = Extract<Errand, { readonly verb: "carry-out" }>;
  function carryOut(node: ShellNode, key: Carry["key"], to = "neuss/box", isRunning = true) {
    const { house, store, shell } = node;
    const nothing = {
      taker: null,
      takers: null,
      roads: null,
      advice: () => ({ ok: false, error: "" }) as const,
    };
    const errand: Carry = { verb: "carry-out", file, to, sites: ["ukd", "authority"], sinceMs: null, key };
    return runErrand(errand, {
      ...{ ...nothing, region: founded.region, authority: founded.authority, reads: store },
      backup: (copy) => store.backup(copy),
      keys: isRunning ? { house, submit: (submission) => shell.submit(submission) } : null,
    });
  }

  async function carryIn(node: ShellNode): Promise<string> {
    const takers = onlyTaker(node.shell);
    const cargo = await openCargo(file, takers);
    return cargo.ok ? valueIn(await takeCargo(takers, cargo.value)) : cargo.error;
  }

  test("[SEAL11] is on the stick or in the codes for its one reader, and that it left is a fact", async () => {
    const { ukd, neuss, id } = await apart();
    valueIn(await carryOut(ukd, { case: id, by: "nurse#7" }));
    expect((await ukd.kinds(ukd)).at(-1)).toBe("case.key-carried/1");
    expect(ukd.house.fold.cases.get(id)?.carriedTo).toEqual(new Set(["neuss/box"]));
    const codes = valueIn(codesOf(valueIn(readPacketFile(file))));
    const takers = onlyTaker(neuss.shell);
    expect(await takeCargo(takers, valueIn(cargoOfCodes(codes, takers)))).toMatchObject({
      value: expect.stringContaining(`the key of ${id} is here`),
    });
    expect(await opened(neuss, id)).toEqual([{ note: plain }]);
    expect(await carryIn(neuss)).toContain(`the key of ${id} is here`);
    // Whoever else finds it takes nothing of it.
    const before = ukd.holds(ukd);
    expect(await carryIn(ukd)).toContain("a key that is for neuss/box alone.");
    expect(ukd.holds(ukd)).toBe(before);
  });

  test("[SEAL11] is refused beside a second one, waits for the facts by which it may be read here, and is taken with them", async () => {
    const { ukd, neuss, id } = await apart();
    valueIn(await carryOut(ukd, { case: id, by: "nurse#7" }));
    const packets = valueIn(readPacketFile(file));
    const two = [...packets, ...packets.slice(-1)];
    writePacketFile(file, two);
    const takers = onlyTaker(neuss.shell);
    expect([await carryIn(neuss), cargoOfCodes(valueIn(codesOf(two)), takers)]).toEqual([
      expect.stringContaining(`line ${two.length + 1}: more keys of cases`),
      { ok: false, error: expect.stringContaining("more keys of cases") },
    ]);
    writePacketFile(file, packets.slice(-1));
    expect(await carryIn(neuss)).toContain(`the key of ${id} waits`);
    writePacketFile(file, packets.slice(0, -1));
    await carryIn(neuss);
    await until(() => hasKey(neuss, id), "the key is taken");
    expect(await opened(neuss, id)).toEqual([{ note: plain }]);
  });

  test("[SEAL11] leaves only by who runs there and says who he is, and for whom it is wrapped", async () => {
    const { ukd, id } = await apart();
    const key = { case: id, by: "nurse#7" };
    expect([
      await carryOut(ukd, key, "neuss/box", false),
      await carryOut(ukd, key, "centre/box"),
      await carryOut(ukd, { ...key, by: "anybody" }),
      await carryOut(ukd, { ...key, case: `ukd/${"0".repeat(64)}` }),
    ]).toEqual(
      Array.from({ length: 4 }, () => ({ ok: false, error: expect.stringMatching(/^[A-Z].+[.?]$/) })),
    );
    expect(await ukd.kinds(ukd)).not.toContain("case.key-carried/1");
  });

  test("[ERASE4] is taken from no stick once the case is erased, and the erasure names who carried it where", async () => {
    const { ukd, neuss, id } = await apart();
    const key = { case: id, by: "nurse#7" };
    valueIn(await carryOut(ukd, key));
    const older = valueIn(readPacketFile(file));
    await carryIn(neuss);
    await erase(ukd, id);
    expect(erasureStanding(ukd.house, id)).toMatchObject({ carriedTo: ["neuss/box"] });
    expect(await carryOut(ukd, key)).toEqual({ ok: false, error: `The case ${id} is erased.` });
    valueIn(await carryOut(ukd, null));
    await carryIn(neuss);
    await until(() => neuss.house.keys.erased.has(id), "neuss has erased");
    writePacketFile(file, older);
    expect(await carryIn(neuss)).toContain(`no key of ${id} is taken: it is erased`);
    expect(hasKey(neuss, id)).toBe(false);
  });
});

describe("an erasure", () => {
  test("[ERASE3] deletes the key in every file of every store, and who has not confirmed is named", async () => {
    const region = await linked();
    const { ukd, neuss, centre } = region;
    const ids = [await sharedCase(region)];
    // Enough that pages are split and rows move.
    for (let i = 0; i < 40; i += 1) ids.push(valueIn(await seal(ukd)).case);
    const [id = ""] = ids;
    await until(() => slotsOf(centre.house, id).length === 2, "the centre has both slots");
    const secrets = await secretsOf(ukd, id);
    expect(filesWith(secrets)).not.toEqual([]);
    neuss.cut();
    await erase(ukd, id);
    await until(() => erasureStanding(ukd.house, id)?.waiting.length === 1, "the centre confirms");
    expect(erasureStanding(ukd.house, id)).toEqual({
      carriedTo: [],
      ended: [],
      confirmed: expect.arrayContaining(["ukd/box", "centre/box"]),
      waiting: ["neuss/box"],
    });
    expect(filesWith(secrets).filter((name) => !name.startsWith("neuss/"))).toEqual([]);
    expect([await opened(ukd, id), await opened(neuss, id)]).toEqual(["erased", [{ note: plain }]]);
    expect(await seal(ukd, id)).toMatchObject({ ok: false });
    expect(await ukd.submit("case.note/1", { case: id, sealed: "A".repeat(60) })).toMatchObject({
      error: { code: "case-erased" },
    });
    // The others are read as before.
    expect(await opened(ukd, ids[7] ?? "")).toEqual([{ note: plain }]);
    await neuss.dial(centre);
    await until(() => erasureStanding(ukd.house, id)?.waiting.length === 0, "neuss confirms");
    expect(filesWith(secrets)).toEqual([]);
    const kinds = await neuss.kinds(ukd);
    expect(kinds.filter((kind) => kind === "case.note/1")).toHaveLength(41);
  });

  test("[ERASE4] wins over a slot of whoever was away since before it, and over a backup from before", async () => {
    const region = await linked();
    const { ukd, neuss, centre } = region;
    const id = await sharedCase(region);
    const secrets = await secretsOf(ukd, id);
    const slots = slotsOf(ukd.house, id);
    const backup = join(founded.dir, "neuss.db");
    valueIn(await neuss.store.backup(backup));
    neuss.cut();
    await erase(ukd, id);
    await until(() => centre.house.keys.erased.has(id), "the centre has erased");
    await stopped(neuss);
    // Its key stays in use with the restored store, which knows nothing of the erasure.
    valueIn(restoreStore(backup, join(founded.dir, "neuss")));
    const again = await started("neuss");
    expect(hasKey(again, id)).toBe(true);
    await again.dial(centre);
    await until(() => again.house.keys.erased.has(id), "neuss has erased");
    expect(filesWith(secrets)).toEqual([]);
    // Whoever still has them may give them as often as he likes.
    const link = present([...centre.house.established][0], "a link of the centre");
    const given = slots.map(({ box, signature, ...name }) => ({
      ...{ ...name, box: toBase64(box) },
      signature: toBase64(signature),
    }));
    const bytes = encodePacket({ type: "slots", head: { step: "give", slots: given } });
    centre.shell.feed({ type: "received", connection: link.id, bytes });
    expect(centre.notes.some((note) => note.startsWith("refused-slot-of-erased-case"))).toBe(true);
    expect(decodePacket(bytes).ok && slotsOf(centre.house, id)).toEqual([]);
    expect(filesWith(secrets)).toEqual([]);
    expect([...readersOf(centre.house.fold, id)].sort()).toEqual(["neuss", "ukd"]);
  });

  test("[ERASE5] is not confirmed while the own disk has not carried it out, and not forgotten over that", async () => {
    const region = await linked();
    const { ukd, centre } = region;
    const id = await sharedCase(region);
    await until(() => slotsOf(centre.house, id).length === 2, "the centre has both slots");
    centre.store.fault({ delayMs: 400 });
    const [log, index] = await erase(ukd, id);
    await until(() => centre.holds(ukd) > index, "the centre holds the fact");
    const confirmed = () => centre.house.receipts.newest.get(ukd.hosted.origin)?.get(centre.id)?.size ?? 0;
    await until(() => confirmed() > index, "the centre confirms");
    expect(centre.house.keys.erased.has(id)).toBe(true);
    expect(log).toBe(ukd.house.fold.cases.get(id)?.erasures.values().next().value?.[0]);
  });
});
