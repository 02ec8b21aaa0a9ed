import { rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Carried, onlyTaker, takeCargo } from "../../src/anchor/carry/carry-in.ts";
import { nodeCrypto } from "../../src/anchor/crypto-node.ts";
import { encodeCanonical } from "../../src/basics/canonical-json.ts";
import { ok } from "../../src/basics/result.ts";
import { decodePacket, encodePacket, type Packet } from "../../src/exchange/packet.ts";
import { formatCheckpoint, signCheckpoint } from "../../src/log/checkpoint.ts";
import { leafHash } from "../../src/log/entry.ts";
import { appendLeaves, emptyRange, rootOf } from "../../src/log/tree.ts";
import { LinkProxy } from "../../src/rehearsal/proxy.ts";
import { type Founded, foundRegion, valueIn } from "../support/founded.ts";
import { fastBy, pause, until } from "../support/shells.ts";
import { SocketNode } from "./socket-node.ts";

// What only a connection owes: it can be slow, dead without saying so, and broken in the middle.

const host = "127.0.0.1";
let founded: Founded;
const nodes: SocketNode[] = [];
const ends: (() => void)[] = [];

beforeAll(() => {
  founded = foundRegion({ duesseldorf: "control-centre", ukd: "hospital", neuss: "hospital" });
});
afterEach(async () => {
  for (const end of ends.splice(0)) end();
  for (const node of nodes.splice(0)) await node.stop();
  for (const site of ["duesseldorf", "ukd"])
    for (const end of ["", "-wal", "-shm"]) rmSync(`${founded.dir}/${site}/store.db${end}`, { force: true });
});
afterAll(() => rmSync(founded.dir, { recursive: true }));

async function start(site: string): Promise<SocketNode> {
  const node = await (await new SocketNode(founded, site).start()).takeCharter();
  nodes.push(node.tick());
  return node;
}

/** A link that passes so many bytes a second from listener to dialer, as a bad uplink does, and counts them. */
class SlowLink {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #sources = new Set<Socket>();
  #held = false;
  passedBytes = 0;

  constructor(targetPort: number, bytesASecond: number) {
    this.#server = createServer((dialer) => {
      const listener = connect(targetPort, host);
      for (const socket of [dialer, listener]) this.#keep(socket);
      dialer.pipe(listener);
      listener.on("data", (bytes: Buffer) => {
        listener.pause();
        const tookMs = (1_000 * bytes.length) / bytesASecond;
        setTimeout(() => {
          this.passedBytes += bytes.length;
          dialer.write(bytes);
          if (!this.#held) listener.resume();
        }, tookMs);
      });
      this.#sources.add(listener);
    });
    ends.push(() => this.close());
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, host, resolve));
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  /** Nothing is taken from the listener any more, or it goes on. */
  hold(held: boolean): void {
    this.#held = held;
    for (const source of this.#sources) if (!held) source.resume();
  }

  /** Ends every connection in the middle of what it was saying; new ones may come. */
  drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.drop();
    this.#server.close();
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => {
      this.#sockets.delete(socket);
      this.drop();
    });
  }
}

/** Every packet that comes in, by its type, from now on. */
function arrivals(node: SocketNode): Packet[] {
  const packets: Packet[] = [];
  const feed = node.shell.feed.bind(node.shell);
  node.shell.feed = (input) => {
    if (input.type === "received") {
      const packet = decodePacket(input.bytes);
      if (packet.ok) packets.push(packet.value);
    }
    feed(input);
  };
  return packets;
}

/** A long log of neuss lies at the centre; the hospital reaches it over a slow link. */
async function behindSlowLink() {
  const centre = await start("duesseldorf");
  const hospital = await start("ukd");
  const { origin, packets } = largeLog(founded);
  valueIn(await takeCargo(onlyTaker(centre.shell), packets));
  const link = new SlowLink(centre.port, bytesASecond);
  const reads = countReads(centre);
  const held = (): number => hospital.house.vector.get(origin)?.size ?? 0;
  hospital.dialAt("duesseldorf", await link.listen());
  await until(() => held() > 0, "it has begun", 10_000);
  return { centre, hospital, link, reads, held };
}

/** Entries of a log that nobody here can read: stored, passed on and confirmed like any other. */
function largeLog(of: Founded) {
  const { signer } = of.keysOf("neuss");
  const origin = `${signer.vkey.name}/1-0000abcd`;
  const packets: Carried[] = [];
  let range = emptyRange;
  for (let at = 0; at < largeEntries; at += 1) {
    const entry = { at, by: "test", kind: "test.large/1", pad: "x".repeat(largeEntryBytes) };
    const bytes = valueIn(encodeCanonical(entry));
    range = appendLeaves(nodeCrypto.sha256, range, [leafHash(nodeCrypto.sha256, bytes)]);
    const root = rootOf(nodeCrypto.sha256, range);
    const signed = signCheckpoint(signer, { origin, size: at + 1, root });
    const head = { checkpoint: formatCheckpoint(signed, signer.vkey), from: at };
    const packet = encodePacket({ type: "entries", head, items: [{ kind: "bytes", bytes }] });
    packets.push({
      key: null,
      region: of.region,
      run: { origin, from: at, size: at + 1 },
      read: () => ok(packet),
    });
  }
  return { origin, packets };
}

function countReads(node: SocketNode): { count: number } {
  const reads = { count: 0 };
  const readRun = node.store.readRun;
  Object.assign(node.store, {
    readRun: (...args: Parameters<typeof readRun>) => {
      reads.count += 1;
      return readRun(...args);
    },
  });
  return reads;
}

describe("WebSocket", () => {
  test("[CARRIER9] beats and fresh facts go before catch-up", async () => {
    const { centre, hospital, held } = await behindSlowLink();
    const packets = arrivals(hospital);
    await until(() => packets.length > 0, "something comes", 5_000);
    expect(await centre.submit("voice.report/1", voiceReport, "fresh-among-old")).toMatchObject({ ok: true });
    await until(() => hospital.holds(centre) > 1, "the fresh fact is there", 10_000);
    expect(held()).toBeLessThan(largeEntries);
    await until(() => held() === largeEntries, "catch-up is over", 30_000);
    const kinds = packets.map(({ type }) => type);
    const between = kinds.slice(kinds.indexOf("entries"), kinds.lastIndexOf("entries"));
    expect(between.filter((type) => type === "beat").length).toBeGreaterThan(4);
  }, 60_000);

  test("[CARRIER10] a connection that breaks in the middle goes on where it stood", async () => {
    const { link, reads, held } = await behindSlowLink();
    for (const share of [0.3, 0.6]) {
      await until(() => held() > share * largeEntries, "a part has come", 30_000);
      const before = held();
      link.drop();
      await until(() => held() > before, "it goes on", 10_000);
    }
    await until(() => held() === largeEntries, "all of it is there", 30_000);
    expect(link.passedBytes).toBeLessThan(1.5 * largeEntries * largeEntryBytes);
    expect(reads.count).toBeLessThan(2 * largeEntries);
  }, 60_000);

  test("[CARRIER11] a peer that takes nothing is read nothing for, and gets it later", async () => {
    const { link, reads, held } = await behindSlowLink();
    link.hold(true);
    // First the buffers on the way fill, on a busy machine slowly.
    let atStandstill = -1;
    for (let looks = 0; looks < 10 && reads.count > atStandstill + 1; looks += 1) {
      atStandstill = reads.count;
      await pause(700);
    }
    expect(reads.count).toBeLessThanOrEqual(atStandstill + 1);
    expect(atStandstill).toBeLessThan(largeEntries);
    link.hold(false);
    await until(() => held() === largeEntries, "all of it is there", 30_000);
  }, 60_000);

  test("[CARRIER12] a connection that is dead without saying so is closed and dialed anew", async () => {
    const centre = await start("duesseldorf");
    const hospital = await start("ukd");
    const proxy = new LinkProxy(centre.port);
    ends.push(() => proxy.close());
    hospital.dialAt("duesseldorf", await proxy.listen());
    await until(() => hospital.house.established.size === 1, "the two are linked");
    proxy.cut("both");
    const cutMs = performance.now();
    await hospital.status("ct", "open");
    await until(() => hospital.house.established.size === 0, "it is given up", 10_000);
    // Fifteen beats of a second, on a clock that is five times as fast.
    expect(performance.now() - cutMs).toBeGreaterThan(2_000);
    await until(() => centre.house.established.size === 0, "by both", 10_000);
    proxy.restore();
    await until(
      () => centre.holds(hospital) === hospital.holds(hospital),
      "what was said meanwhile is there",
      15_000,
    );
  }, 60_000);

  test("[CARRIER13] who has much to say is taken slower, and never refused", async () => {
    const centre = await start("duesseldorf");
    const hospital = await start("ukd");
    const states = ["open", "limited", "full", "cannot"];
    for (let at = 0; at < muchToSay; at += 50)
      await Promise.all(Array.from({ length: 50 }, (_, i) => hospital.status("ct", states[i % 4] ?? "open")));
    const packets = arrivals(hospital);
    const beganMs = performance.now();
    hospital.dialAt("duesseldorf", centre.port);
    await until(() => centre.holds(hospital) === muchToSay + 1, "everything is there", 40_000);
    // Ten seconds' worth come at once, then 50 a second, on a clock that is five times as fast.
    const seconds = (fastBy * (performance.now() - beganMs)) / 1_000;
    expect(seconds).toBeGreaterThan((muchToSay - 500) / 50 - 1);
    expect(packets.some((packet) => packet.type === "vector" && packet.head.level === "wait")).toBe(true);
    expect(centre.notes.filter((note) => note.startsWith("refused-"))).toEqual([]);
  }, 60_000);
});

const largeEntries = 250;
const largeEntryBytes = 40_000;
const bytesASecond = 4_000_000;
const muchToSay = 1_200;
const voiceReport = {
  hospital: "ukd",
  capability: "ct",
  state: "open",
  answeredBy: "physician",
  readBack: true,
  over: [],
};
