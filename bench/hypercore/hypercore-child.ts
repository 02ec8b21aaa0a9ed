// One of two processes that replicate logs with hypercore over TCP on loopback: `serve DIR` makes them and says where they
// are, `fetch DIR PORT` reads that line on its standard input and takes them all; see measure.ts.

import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import process from "node:process";
import type { Duplex } from "node:stream";
import { entriesALog, entryAt, logs } from "./shape.ts";

/** As far as this bench uses it; the package has no types of its own. */
type Core = {
  readonly key: Uint8Array;
  readonly length: number;
  readonly contiguousLength: number;
  readonly ready: () => Promise<void>;
  readonly append: (blocks: readonly Uint8Array[]) => Promise<unknown>;
  readonly replicate: (stream: unknown) => unknown;
  readonly download: (range: { readonly start: number; readonly end: number }) => {
    readonly done: () => Promise<unknown>;
  };
  readonly close: () => Promise<void>;
};
type CoreClass = {
  new (storage: unknown, key: Uint8Array, options?: { keyPair: KeyPair; manifest: Manifest }): Core;
  readonly key: (manifest: Manifest) => Uint8Array;
  readonly createProtocolStream: (isInitiator: boolean) => Duplex;
};
type StorageClass = new (dir: string) => unknown;
type KeyPair = { readonly publicKey: Uint8Array };
type Manifest = { readonly version: 1; readonly signers: readonly { readonly publicKey: Uint8Array }[] };
type Keys = { readonly keyPair: () => KeyPair };

async function installed<Loaded>(name: string): Promise<Loaded> {
  const file = join(import.meta.dirname, "node_modules", name, "index.js");
  return ((await import(file)) as { readonly default: Loaded }).default;
}

const Hypercore = await installed<CoreClass>("hypercore");
const crypto = await installed<Keys>("hypercore-crypto");
const HypercoreStorage = await installed<StorageClass>("hypercore-storage");

function replicated(cores: readonly Core[], socket: Socket, isInitiator: boolean): void {
  const stream = Hypercore.createProtocolStream(isInitiator);
  for (const core of cores) core.replicate(stream);
  socket.pipe(stream).pipe(socket);
  socket.on("error", () => undefined);
}

async function serve(dir: string): Promise<void> {
  const storage = new HypercoreStorage(dir);
  const cores: Core[] = [];
  for (let log = 0; log < logs; log += 1) {
    const keyPair = crypto.keyPair();
    const manifest: Manifest = { version: 1, signers: [{ publicKey: keyPair.publicKey }] };
    const core = new Hypercore(storage, Hypercore.key(manifest), { keyPair, manifest });
    await core.ready();
    const blocks = Array.from({ length: entriesALog }, (_, at) => entryAt(log, at));
    // As the logs that it is compared with: half are written entry by entry.
    const batch = log % 2 === 0 ? 1 : 256;
    for (let at = 0; at < entriesALog; at += batch) await core.append(blocks.slice(at, at + batch));
    cores.push(core);
  }
  const server = createServer((socket) => replicated(cores, socket, false)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  console.log(JSON.stringify({ port, keys: cores.map(({ key }) => Buffer.from(key).toString("hex")) }));
  process.stdin.resume().once("close", () => process.exit(0));
}

async function fetchAll(dir: string, told: string): Promise<void> {
  const { port, keys } = JSON.parse(told) as { readonly port: number; readonly keys: readonly string[] };
  const storage = new HypercoreStorage(dir);
  const cores = keys.map((key) => new Hypercore(storage, Buffer.from(key, "hex")));
  for (const core of cores) await core.ready();
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  const beganMs = performance.now();
  replicated(cores, socket, true);
  await Promise.all(cores.map((core) => core.download({ start: 0, end: entriesALog }).done()));
  const ms = performance.now() - beganMs;
  const entries = cores.reduce((sum, { contiguousLength }) => sum + contiguousLength, 0);
  console.log(JSON.stringify({ entries, ms }));
  process.exit(0);
}

const [role = "", dir = "", told = ""] = process.argv.slice(2);
await (role === "serve" ? serve(dir) : fetchAll(dir, readFileSync(told, "utf8")));
