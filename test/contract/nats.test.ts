import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { jetstream, jetstreamManager, type StreamConfig } from "@nats-io/jetstream";
import { connect, type NodeConnectionOptions } from "@nats-io/transport-node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/anchor/clock.ts";
import { endNeighbour, nameNeighbour } from "../../src/anchor/keys/authority.ts";
import { type NatsCarrier, neighbourCarrier } from "../../src/anchor/net/nats/carrier.ts";
import { type NatsConfig, natsOptions } from "../../src/anchor/net/nats/settings.ts";
import {
  directSubject,
  logSubject,
  logSubjects,
  neighbourInbox,
  streamName,
  wordSubject,
} from "../../src/anchor/net/nats/subjects.ts";
import { Neighbours } from "../../src/anchor/net/neighbours.ts";
import type { Now } from "../../src/basics/time.ts";
import { encodePacket } from "../../src/exchange/packet.ts";
import { signVector } from "../../src/exchange/signed-vector.ts";
import { formatVkey } from "../../src/log/vkey.ts";
import { hasOpenssl, makeCertificate } from "../support/certificate.ts";
import { root } from "../support/files.ts";
import { natsMissing } from "../support/foreign.ts";
import { type Founded, foundedRegion, foundRegion, valueIn } from "../support/founded.ts";
import { fastNats, onNats } from "../support/nats-node.ts";
import { NatsServer } from "../support/nats-server.ts";
import { fastClock, ShellNode, until } from "../support/shells.ts";
import { contentOf, packetsOf } from "./cargo.ts";

// What only a server of others can do to us: die, lose its disk, repeat, forget, be full. SQLite stays the record.

const missing = natsMissing();
const dayMs = 86_400_000;
const sites = ["duesseldorf", "ukd", "neuss"];
let founded: Founded;
let server: NatsServer;
const carriers = new Map<ShellNode, NatsCarrier>();

beforeAll(() => {
  founded = foundRegion({ duesseldorf: "control-centre", ukd: "hospital", neuss: "hospital" });
});
beforeEach((context) => {
  context.skip(missing !== null, missing ?? "");
});
afterEach(async () => {
  for (const node of [...carriers.keys()]) await leave(node);
  await server?.stop();
  for (const site of sites)
    for (const end of ["", "-wal", "-shm"])
      rmSync(join(founded.dir, site, `store.db${end}`), { force: true });
});
afterAll(() => rmSync(founded.dir, { recursive: true }));

async function arrive(
  site: string,
  more: Partial<NatsConfig> = {},
  clock: () => Now = fastClock,
): Promise<ShellNode> {
  const node = await (await new ShellNode(founded, site).start(clock)).takeCharter();
  carriers.set(node.tick(), onNats(node, founded.dir, server.url, more));
  return node;
}

/** The same with nothing but the authority's key. */
async function arriveWithoutCharter(site: string): Promise<ShellNode> {
  const node = await new ShellNode(founded, site).start();
  carriers.set(node.tick(), onNats(node, founded.dir, server.url));
  return node;
}

async function leave(node: ShellNode): Promise<void> {
  await carriers.get(node)?.stop();
  carriers.delete(node);
  await node.stop();
}

async function say(node: ShellNode, facts: number): Promise<void> {
  for (let at = 0; at < facts; at += 1) await node.status("ct", at % 2 === 0 ? "open" : "full");
}

async function agree(author: ShellNode, ...others: readonly ShellNode[]): Promise<void> {
  for (const other of others)
    await until(() => other.holds(author) === author.holds(author), `${other.site} has it all`, 20_000);
}

/** The centre's own word that it holds everything of this log, as its author knows it. */
async function isConfirmed(author: ShellNode): Promise<void> {
  const { origin } = author.hosted;
  const held = () => author.house.receipts.newest.get(origin)?.get("duesseldorf/box")?.size;
  await until(() => held() === author.holds(author), "the receipt is back", 20_000);
}

/** A stream that somebody else made, with limits that drop what is old. */
async function makeForgetfulStream(): Promise<void> {
  const nc = await connect({ servers: server.url });
  const jsm = await jetstreamManager(nc);
  const subjects = [logSubjects(foundedRegion)];
  await jsm.streams.add({ name: streamName(foundedRegion), subjects, max_msgs: 2 });
  await nc.close();
}

/** How our region's stream is kept, as the server says it. */
async function streamConfig(): Promise<StreamConfig> {
  const nc = await connect({ servers: server.url });
  const { config } = await (await jetstreamManager(nc)).streams.info(streamName(foundedRegion));
  await nc.close();
  return config;
}

describe("NATS JetStream", () => {
  test("[NATS1] our own stream is kept in files, nothing of it can be deleted or purged, and full means refused", async () => {
    server = await new NatsServer().start();
    const centre = await arrive("duesseldorf");
    const ukd = await arrive("ukd");
    await say(ukd, 1);
    await agree(ukd, centre);
    expect(await streamConfig()).toMatchObject({
      subjects: [logSubjects(foundedRegion)],
      storage: "file",
      retention: "limits",
      discard: "new",
      max_age: 0,
      max_msgs: -1,
      deny_delete: true,
      deny_purge: true,
    });
  }, 60_000);

  test("[NATS1] entries and receipts arrive, and again after the server was killed", async () => {
    server = await new NatsServer().start();
    const centre = await arrive("duesseldorf");
    const ukd = await arrive("ukd");
    await say(ukd, 3);
    await agree(ukd, centre);
    await isConfirmed(ukd);
    await server.kill();
    await say(ukd, 3);
    await server.start();
    await agree(ukd, centre);
    await agree(centre, ukd);
    await isConfirmed(ukd);
    expect(ukd.notes.join()).toMatch(/nats-gone/);
  }, 60_000);

  test("[NATS2] a server that lost its disk is given everything again, also what those wrote who are gone", async () => {
    server = await new NatsServer().start();
    const centre = await arrive("duesseldorf");
    const ukd = await arrive("ukd");
    await say(ukd, 4);
    await agree(ukd, centre);
    await leave(ukd);
    await server.kill();
    server.wipe();
    await server.start();
    const neuss = await arrive("neuss");
    await agree(ukd, neuss);
  }, 60_000);

  test("[NATS3] everything twice, past any window, and in the wrong order: the store is as it should be", async () => {
    server = await new NatsServer().start();
    const centre = await arrive("duesseldorf");
    const ukd = await arrive("ukd");
    await say(ukd, 6);
    await agree(ukd, centre);
    await isConfirmed(ukd);
    await leave(ukd);
    await carriers.get(centre)?.stop();
    const packets = (await packetsOf(centre, founded)).filter((bytes) => bytes[1] === 4);
    const [logs, content] = [[...centre.house.vector.origins()], await contentOf(centre)];
    await server.kill();
    server.wipe();
    await server.start();
    const nc = await connect({ servers: server.url });
    await (await jetstreamManager(nc)).streams.add({
      name: streamName(foundedRegion),
      subjects: [logSubjects(foundedRegion)],
    });
    for (const bytes of [...packets, ...packets].reverse()) await jetstream(nc).publish(anySubject, bytes);
    await nc.close();
    // Not even the charter is there before the last message.
    const neuss = await arriveWithoutCharter("neuss");
    await until(
      () => logs.every((origin) => neuss.house.vector.get(origin) !== undefined),
      "all logs",
      20_000,
    );
    await agree(ukd, neuss);
    expect(neuss.house.vector.get(ukd.hosted.origin)).toEqual(centre.house.vector.get(ukd.hosted.origin));
    expect(await contentOf(centre)).toBe(content);
  }, 60_000);

  test("[NATS4] away for days, from a stream that forgets: the others send what its vector does not cover", async () => {
    server = await new NatsServer().start();
    await makeForgetfulStream();
    const centre = await arrive("duesseldorf");
    const ukd = await arrive("ukd");
    await say(ukd, 30);
    await agree(ukd, centre);
    await leave(ukd);
    const neuss = await arrive("neuss", {}, () => {
      const { wallMs, monoMs } = fastClock();
      return { wallMs: wallMs + 5 * dayMs, monoMs: monoMs + 5 * dayMs };
    });
    await agree(ukd, neuss);
    expect(centre.notes.join()).toMatch(/nats-stream The stream \S+ drops old entries/);
  }, 60_000);

  test("[NATS5] a stream that is full is said in a sentence and loses nothing", async () => {
    server = await new NatsServer().start();
    const small = { stream: { replicas: 1, bytesMax: 4_000 } };
    const centre = await arrive("duesseldorf", small);
    const ukd = await arrive("ukd", small);
    await say(ukd, 40);
    await agree(ukd, centre);
    const neuss = await arrive("neuss", small);
    await agree(ukd, neuss);
    expect(ukd.notes.join()).toMatch(
      /nats-refused The stream is full and takes nothing more. Nothing is lost/,
    );
    expect(ukd.notes).toContain(
      "board NATS ist voll und nimmt nichts mehr an. Hier geht nichts verloren. Bitte die IT rufen.",
    );
    // Said when it changes, not at each attempt.
    expect(ukd.notes.filter((note) => note.startsWith("nats-refused")).length).toBeLessThan(5);
  }, 60_000);

  test("[NATS6] what does not prove itself is refused: garbage, beats, vectors in another's name", async () => {
    server = await new NatsServer().start();
    const centre = await arrive("duesseldorf");
    const ukd = await arrive("ukd");
    await say(ukd, 2);
    await agree(ukd, centre);
    const before = await contentOf(centre);
    const { signer } = founded.keysOf("neuss");
    const [note = ""] = signVector(signer, `${signer.vkey.name}/1-00000001`, new Map(), true);
    const stolen = note.replaceAll("/neuss/box/", "/ukd/box/");
    const digest = "0".repeat(64);
    const nc = await connect({ servers: server.url });
    for (const bytes of [
      Uint8Array.of(1, 2, 3),
      new Uint8Array(0),
      encodePacket({ type: "vector", head: { level: "signed", note: stolen } }),
      encodePacket({ type: "vector", head: { level: "signed", note: "nothing" } }),
      encodePacket({
        type: "beat",
        head: { boot: 9, beat: 9, wallMs: 1, storing: true, digest, backByMs: null, heard: {} },
      }),
    ])
      for (const subject of [wordSubject, directSubject])
        nc.publish(subject(foundedRegion, "duesseldorf/box"), bytes);
    await nc.flush();
    await until(
      () => centre.notes.filter((one) => one.startsWith("refused-")).length >= 8,
      "all are refused",
    );
    expect(centre.notes.join()).toMatch(/refused-bad-signature/);
    expect(centre.notes.join()).toMatch(/refused-needs-a-connection/);
    expect(await contentOf(centre)).toBe(before);
    expect(centre.sees(ukd).verdict).not.toBe("heard");
    await nc.close();
    await say(ukd, 1);
    await agree(ukd, centre);
  }, 60_000);
});

describe("[NATS7] settings", () => {
  test("the configuration of docs/nats.md works, with TLS and a password; a wrong one is said", async (context) => {
    context.skip(!hasOpenssl, "needs openssl");
    const doc = readFileSync(join(root, "docs/nats.md"), "utf8");
    const certificate = makeCertificate(founded.dir, "nats", "DNS:localhost");
    const config = (/```conf\n(.*?)```/s.exec(doc)?.[1] ?? "")
      .replace("0.0.0.0:4222", "LISTEN")
      .replace("/var/lib/nats", "STORE")
      .replace("/etc/nats/server.crt", certificate.certFile)
      .replace("/etc/nats/server.key", certificate.keyFile)
      .replaceAll("rehearsal-rhein-ruhr", foundedRegion);
    server = await new NatsServer(config).start();
    writeFileSync(join(founded.dir, "password"), "change-me\n");
    writeFileSync(join(founded.dir, "wrong"), "something else\n");
    const by = (passwordFile: string) => ({
      servers: [server.url.replace("nats:", "tls:")],
      tls: { caFile: "nats.crt" },
      credentials: { user: "rhein-ruhr", passwordFile },
    });
    const centre = await arrive("duesseldorf", by("password"));
    const ukd = await arrive("ukd", by("password"));
    const neuss = await arrive("neuss", by("wrong"));
    await say(ukd, 2);
    await agree(ukd, centre);
    await isConfirmed(ukd);
    await until(() => /nats-gone .*Authorization/i.test(neuss.notes.join()), "it says why");
    expect(neuss.notes.filter((note) => note.startsWith("nats-gone"))).toHaveLength(1);
  }, 60_000);

  test("a file that is not there is a sentence", () => {
    const config: NatsConfig = { servers: ["nats://x"], hosted: "ukd/box", stream: { replicas: 1 } };
    for (const more of [{ tls: { caFile: "none" } }, { credentials: { credsFile: "none" } }])
      expect(natsOptions(founded.dir, { ...config, ...more })).toMatchObject({
        ok: false,
        error: expect.stringMatching(/^The NATS settings name a file that cannot be read: .*none/),
      });
  });
});

const anySubject = logSubject(`holdfast/1/${foundedRegion}/any/box/1-00000000`);

/** Their own anchors, and the user of docs/nats.md that they give to a neighbour. */
function readOnlyServer(region: string): string {
  const doc = readFileSync(join(root, "docs/nats.md"), "utf8");
  const [, user] = [...doc.matchAll(/```conf\n(.*?)```/gs)].map(([, block = ""]) => block);
  const users = `{ user: "theirs", password: "change-me-too" }\n${user?.replaceAll("rehearsal-rhein-ruhr", region)}`;
  return `listen: "LISTEN"\njetstream { store_dir: "STORE" }\nauthorization { users: [\n${users}] }\n`;
}

/** Of everything that could be done to a stream: what servers do for who comes with these options. */
async function allowed(options: NodeConnectionOptions, stream: string): Promise<readonly string[]> {
  const nc = await connect({ ...options, inboxPrefix: neighbourInbox });
  const consumer = { stream_name: stream, config: { deliver_subject: "elsewhere", ack_policy: "none" } };
  const asks: Readonly<Record<string, object>> = {
    "STREAM.INFO": {},
    "STREAM.MSG.GET": { seq: 1 },
    "STREAM.MSG.DELETE": { seq: 1 },
    "STREAM.PURGE": {},
    "STREAM.DELETE": {},
    "STREAM.UPDATE": { name: stream },
    "CONSUMER.CREATE": consumer,
    "CONSUMER.LIST": {},
  };
  const done: string[] = [];
  for (const [ask, body] of Object.entries(asks)) {
    const answer = nc.request(`$JS.API.${ask}.${stream}`, JSON.stringify(body), { timeout: 1_000 });
    await answer.then(
      () => done.push(ask),
      (error) => expect(String(error)).toMatch(/Permissions Violation/i),
    );
  }
  const subject = logSubject(`holdfast/1/${stream.replace("holdfast-", "")}/ukd/box/9-00000000`);
  await expect(nc.request(subject, "a fact", { timeout: 1_000 })).rejects.toThrow(/Permissions Violation/i);
  await nc.close();
  return done;
}

/** Deletes a stream and makes it again, empty, before anybody who reads it looks the next time. */
async function makeAnew(options: NodeConnectionOptions, stream: string): Promise<void> {
  const nc = await connect(options);
  const { streams } = await jetstreamManager(nc);
  const { config } = await streams.info(stream);
  await streams.delete(stream);
  await streams.add(config);
  await nc.close();
}

describe("another region's servers", () => {
  test("[NATS8] its stream and its receipts are read with a user that may do nothing else, while our authority names it", async () => {
    const beside = "rehearsal-beside";
    const theirs = foundRegion({ duesseldorf: "control-centre", ukd: "hospital" }, beside);
    writeFileSync(join(theirs.dir, "password"), "change-me-too");
    server = await new NatsServer(readOnlyServer(beside)).start();
    const as = (user: string) => ({ credentials: { user, passwordFile: "password" } });
    const there = async (site: string) => {
      const node = await (await new ShellNode(theirs, site).start()).takeCharter();
      carriers.set(node.tick(), onNats(node, theirs.dir, server.url, as("theirs")));
      return node;
    };
    const [hospital, centre] = [await there("ukd"), await there("duesseldorf")];
    await say(hospital, 2);
    await agree(hospital, centre);

    const node = await (await new ShellNode(founded, "duesseldorf").start()).takeCharter();
    const note = (code: string, about: string) => node.notes.push(`${code} ${about}`);
    const neighbours = new Neighbours({
      ...{ house: node.house, store: node.store, clock: fastClock, note, changed: () => undefined },
      snapshotOf: () => ({
        file: join(founded.dir, "unused"),
        version: "1",
        isOfStore: true,
        afterEntries: 1e9,
      }),
      freeBytes: () => 1e12,
    });
    node.whenChanged = () => neighbours.look();
    const place = { servers: [server.url], hosted: node.id, ...as("neighbour") };
    let bugs = 1;
    const takerOf = () => {
      const taker = neighbours.takerOf(beside);
      if (!taker.ok) return taker;
      const refusal = () => {
        if (bugs === 0) return taker.value.refusal?.() ?? null;
        bugs -= 1;
        throw new Error("a bug of ours");
      };
      return { ok: true, value: { ...taker.value, refusal } } as const;
    };
    const ports = { region: beside, takerOf, note, random: Math.random };
    const options = valueIn(natsOptions(theirs.dir, place));
    const carrier = neighbourCarrier(options, ports, fastNats).start();
    const says = async (say: (desk: string) => unknown) => {
      say(join(founded.dir, "authority"));
      for (const bytes of founded.charter()) node.shell.feed({ type: "carried", bytes });
    };
    await until(() => node.notes.join().includes(`this is ${founded.region}`), "nobody named it yet");
    await says((desk) => valueIn(nameNeighbour(desk, formatVkey(theirs.authority), systemClock)));
    const held = () => neighbours.list()[0]?.house?.vector.get(hospital.hosted.origin)?.size ?? 0;
    const confirmed = () =>
      neighbours.list()[0]?.house?.receipts.newest.get(hospital.hosted.origin)?.get("duesseldorf/box")?.size;
    await until(() => held() === hospital.holds(hospital), "what they said is here", 20_000);
    await say(hospital, 1);
    await until(() => held() === hospital.holds(hospital), "what they go on to say too", 20_000);
    await until(() => confirmed() === held(), "and their centre's receipt", 20_000);

    const stream = streamName(beside);
    expect(await allowed(options, stream)).toEqual(["STREAM.INFO", "STREAM.MSG.GET"]);
    expect(node.notes.filter((one) => one.startsWith("handler-threw"))).toEqual([
      "handler-threw a bug of ours",
    ]);

    // Their server loses the stream; another of the same name begins at its beginning.
    await makeAnew(valueIn(natsOptions(theirs.dir, { ...place, ...as("theirs") })), stream);
    await carriers.get(hospital)?.stop();
    await say(hospital, 2);
    carriers.set(hospital, onNats(hospital, theirs.dir, server.url, as("theirs")));
    await until(() => held() === hospital.holds(hospital), "what stands in the new stream is here", 20_000);
    const before = held();
    await says((desk) => valueIn(endNeighbour(desk, beside, systemClock)));
    await until(
      () => node.notes.join().includes("nothing new of it is taken"),
      "the naming has ended",
      20_000,
    );
    await say(hospital, 1);
    await agree(hospital, centre);
    expect(held()).toBe(before);
    expect([...node.house.logs.keys()].every((origin) => origin.includes(founded.region))).toBe(true);
    await carrier.stop();
    await neighbours.stop();
    await node.stop();
    for (const one of [hospital, centre]) await leave(one);
    rmSync(theirs.dir, { recursive: true });
  });
});
