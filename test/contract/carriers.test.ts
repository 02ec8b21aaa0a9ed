import { rmSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { present } from "../../src/basics/assert.ts";
import { seededRandom } from "../../src/basics/random.ts";
import { decodePacket, encodePacket, type Packet } from "../../src/exchange/packet.ts";
import { charterState } from "../../src/region/charter.ts";
import { natsMissing } from "../support/foreign.ts";
import { foundRegion, valueIn } from "../support/founded.ts";
import { until } from "../support/shells.ts";
import { type CargoRegion, contentOf, freshReceiver, makeCargo, packetsOf, receiver } from "./cargo.ts";
import { carriers } from "./carriers.ts";
import { natsCarrier } from "./nats-carrier.ts";
import type { SocketNode } from "./socket-node.ts";

// What every carrier owes, whatever it is made of: the same packets mean the same, and nothing else comes of them.

const factsEach = 12;
let region: CargoRegion;
/** Founded before under the same names: what lies on a stick from another year. */
let earlier: CargoRegion;
let node: SocketNode;

beforeAll(async () => {
  earlier = await makeCargo(1);
  region = await makeCargo(factsEach);
}, 60_000);
afterAll(() => {
  for (const { founded } of [earlier, region]) rmSync(founded.dir, { recursive: true });
});

/** Every log and receipt of the cargo is here. */
function holdsAll(): boolean {
  return [...region.sizes].every(
    ([origin, size]) =>
      node.house.vector.get(origin)?.size === size &&
      node.house.receipts.newest.get(origin)?.get("wuppertal/box")?.size === size,
  );
}

const entriesOf = (bytes: Uint8Array): Extract<Packet, { readonly type: "entries" }> | null => {
  const packet = valueIn(decodePacket(bytes));
  return packet.type === "entries" ? packet : null;
};

/** The last packet of ukd's log, changed. */
function changedRun(
  change: (packet: Extract<Packet, { readonly type: "entries" }>) => Packet,
): readonly Uint8Array[] {
  return region.packets.map((bytes) => {
    const packet = entriesOf(bytes);
    return packet?.head.checkpoint.includes("/ukd/") === true ? encodePacket(change(packet)) : bytes;
  });
}

const missing = natsMissing();

const tried = missing === null ? [...carriers, natsCarrier] : carriers;

describe.each(tried)("$name", ({ tells, bring, end }) => {
  afterEach(() => node.stop());
  afterAll(() => end?.());

  const take = (packets: readonly Uint8Array[]): Promise<string> => bring(node, region.founded, packets);

  test("[CARRIER1] brings every entry and receipt, and the receiver owes its own", async () => {
    node = await freshReceiver(region.founded);
    await take(region.packets);
    expect(holdsAll()).toBe(true);
    for (const [origin, size] of region.sizes)
      await until(
        () => node.house.receipts.newest.get(origin)?.get(`${receiver}/box`)?.size === size,
        "its own receipt",
      );
    expect(await packetsOf(node, region.founded)).toHaveLength(region.packets.length);
  });

  test("[CARRIER2] brings the same any number of times, and the store stays as it was", async () => {
    node = await freshReceiver(region.founded);
    await take(region.packets);
    const before = await contentOf(node);
    for (let again = 0; again < 3; again += 1) {
      const said = await take(region.packets);
      if (tells) expect(said).toMatch(/^Nothing new was brought; \d+ packets were held already\.$/);
    }
    expect(await contentOf(node)).toBe(before);
    expect(holdsAll()).toBe(true);
  });

  test("[CARRIER3] brings them in any order, and again until nothing is missing", async () => {
    node = await freshReceiver(region.founded);
    const random = seededRandom(7);
    for (let round = 0; round < 8 && !holdsAll(); round += 1) {
      const order = [...region.packets].map((bytes) => ({ bytes, at: random.below(1_000) }));
      await take(order.sort((a, b) => a.at - b.at).map(({ bytes }) => bytes));
    }
    expect(holdsAll()).toBe(true);
  });

  test("[CARRIER4] brings a part, and the rest later", async () => {
    node = await freshReceiver(region.founded);
    for (let upTo = 1; upTo <= region.packets.length; upTo += 1) await take(region.packets.slice(0, upTo));
    expect(holdsAll()).toBe(true);
  });

  test("[CARRIER4] says what is missing where the middle of a log has not come", async () => {
    node = await freshReceiver(region.founded);
    const late = changedRun((packet) => ({
      ...packet,
      head: { ...packet.head, from: packet.head.from + 2 },
      items: packet.items.slice(2),
    }));
    const said = await take(late);
    expect(said).toMatch(!tells ? /refused-gap/ : /of ukd\/box\/\S+ the entries 0 to 1 are missing/);
    await take(region.packets);
    expect(holdsAll()).toBe(true);
  });

  const forgeries: readonly (readonly [string, () => readonly Uint8Array[]])[] = [
    [
      "a changed entry",
      () =>
        changedRun((packet) => {
          const [first, ...rest] = packet.items;
          const bytes = new TextEncoder().encode('{"at":1,"by":"nurse#7","kind":"hospital.status/1"}');
          return { ...packet, items: first === undefined ? [] : [{ kind: "bytes", bytes }, ...rest] };
        }),
    ],
    [
      "a signature by nobody",
      () =>
        changedRun((packet) => ({
          ...packet,
          head: {
            ...packet.head,
            checkpoint: packet.head.checkpoint.replace(/(.{20})\n$/, `${"A".repeat(19)}=\n`),
          },
        })),
    ],
    [
      "a leaf hash in place of an entry",
      () =>
        changedRun((packet) => ({
          ...packet,
          items: packet.items.map(() => ({ kind: "hash", hash: new Uint8Array(32) })),
        })),
    ],
  ];
  test.each(forgeries)(
    "[CARRIER5] %s is refused, the rest is taken, and the truth still can be",
    async (_, forged) => {
      node = await freshReceiver(region.founded);
      const said = await take(forged());
      const [ukd = "", neuss = ""] = region.sizes.keys();
      expect(node.house.vector.get(ukd)?.size ?? 0).toBe(0);
      expect(node.house.vector.get(neuss)?.size ?? 0).toBe(
        !tells || said.startsWith("Taken in") ? factsEach + 1 : 0,
      );
      expect(said).toMatch(/refused-|does not prove itself|damaged/);
      await take(region.packets);
      expect(holdsAll()).toBe(true);
    },
  );

  test("[CARRIER6] what belongs to another region changes nothing", async () => {
    node = await freshReceiver(region.founded);
    const before = await contentOf(node);
    const foreign = changedRun((packet) => ({
      ...packet,
      head: {
        ...packet.head,
        checkpoint: packet.head.checkpoint.replaceAll("rehearsal-founded", "rehearsal-elsewhere"),
      },
    })).filter((bytes) => entriesOf(bytes)?.head.checkpoint.includes("elsewhere") === true);
    expect(foreign).toHaveLength(1);
    const said = await take(foreign);
    expect(said).toMatch(
      !tells ? /refused-other-region/ : /packets of the region rehearsal-elsewhere; this is/,
    );
    expect(await contentOf(node)).toBe(before);
  });

  test("[CARRIER6] what only a connection may bring is nothing without one", async () => {
    node = await freshReceiver(region.founded);
    const before = await contentOf(node);
    const digest = node.house.vector.digest();
    const beat = { boot: 1, beat: 1, wallMs: 1, storing: true, digest, backByMs: null, heard: {} };
    const said = await take([encodePacket({ type: "beat", head: beat })]);
    if (tells) expect(said).toContain("a packet that only a connection may bring.");
    expect(await contentOf(node)).toBe(before);
  });

  test("[CARRIER7] a device that the charter here does not name is refused, and its sentence names it", async () => {
    const other = foundRegion({ duesseldorf: "control-centre", wuppertal: "control-centre" });
    node = await freshReceiver(other);
    const before = await contentOf(node);
    const strangers = region.packets.filter((bytes) => entriesOf(bytes)?.head.checkpoint.includes("/ukd/"));
    const said = await bring(node, other, strangers);
    expect(said).toMatch(!tells ? /refused-unknown-device/ : /the charter here does not name ukd\/box/);
    expect(await contentOf(node)).toBe(before);
    rmSync(other.dir, { recursive: true });
  });

  test("[CARRIER14] of another founding of the region everything is refused in one sentence", async () => {
    node = await freshReceiver(region.founded);
    await take(region.packets);
    const before = await contentOf(node);
    const { revision } = node.house.charter;
    const said = await take(earlier.packets);
    if (tells)
      expect(said).toMatch(
        /packets of another founding of rehearsal-founded: another authority's key signed them\.$/,
      );
    else expect(said).toMatch(/refused-bad-signature/);
    expect([await contentOf(node), node.house.charter.revision]).toEqual([before, revision]);
  });

  test("[CARRIER14] without its charter the sentence names whose other key signed", async () => {
    node = await freshReceiver(region.founded);
    const before = await contentOf(node);
    const said = await take(
      earlier.packets.filter((bytes) => entriesOf(bytes)?.head.checkpoint.includes("/ukd/")),
    );
    if (tells) {
      expect(said).toMatch(/does not prove itself: another key signed it than the charter here names for/);
      expect(said).toMatch(/for ukd\/box\.$/);
    } else expect(said).toMatch(/refused-bad-signature/);
    expect(await contentOf(node)).toBe(before);
  });

  test("[CARRIER14] a stick from before a device ended brings what it said, and the device stays ended", async () => {
    const before = earlier.packets;
    earlier.founded.end("ukd", null, 0);
    node = await freshReceiver(earlier.founded);
    const ended = () => charterState(node.house.charter).devices.get("ukd/box")?.end;
    expect(ended()).toEqual({ log: null, size: 0 });
    await bring(node, earlier.founded, before);
    expect(ended()).toEqual({ log: null, size: 0 });
    for (const [origin, size] of earlier.sizes) expect(node.house.vector.get(origin)?.size).toBe(size);
    const has = (site: string) => (node.house.fold.hospitals.get(site)?.cells.size ?? 0) > 0;
    expect([has("neuss"), has("ukd")]).toEqual([true, false]);
  });

  test("[CARRIER7] bytes that are no packet change nothing", async () => {
    node = await freshReceiver(region.founded);
    const before = await contentOf(node);
    const first = present(region.packets.at(-2), "a packet");
    const random = seededRandom(3);
    for (const garbage of [
      first.slice(0, 40),
      first.slice(0, -1),
      Uint8Array.from({ length: 300 }, () => random.below(256)),
      new Uint8Array(0),
      Uint8Array.from(first, (byte, at) => (at === 0 ? 9 : byte)),
    ]) {
      const said = await take([garbage]);
      expect(said).toMatch(!tells ? /refused-/ : /damaged/);
    }
    expect(await contentOf(node)).toBe(before);
    await take(region.packets);
    expect(holdsAll()).toBe(true);
  });

  test("[CARRIER8] while the disk is full nothing is taken and nothing is said to be; afterwards it can be", async () => {
    node = await freshReceiver(region.founded);
    const before = await contentOf(node);
    node.store.fault({ full: true });
    const said = await take(region.packets);
    if (tells) expect(said).toContain("cannot record");
    expect(await contentOf(node)).toBe(before);
    node.store.fault({ full: false });
    node.tick();
    await until(() => node.house.writing.storing, "it records again", 15_000);
    await take(region.packets);
    expect(holdsAll()).toBe(true);
  });
});

describe("NATS JetStream", () => {
  test("[CARRIER1] is held to the same page", (context) => {
    context.skip(missing !== null, missing ?? "");
    expect(tried).toContain(natsCarrier);
  });
});
