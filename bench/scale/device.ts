import { randomBytes } from "node:crypto";
import { WebSocket } from "ws";
import { nodeCrypto } from "../../src/anchor/crypto-node.ts";
import { present } from "../../src/basics/assert.ts";
import type { JsonObject } from "../../src/basics/canonical-json.ts";
import type { FactRef, Name, Origin } from "../../src/basics/name.ts";
import { helloOffer, helloProof, helloText, plainChannel } from "../../src/exchange/hello.ts";
import { decodePacket, encodePacket, isPacketOf } from "../../src/exchange/packet.ts";
import type { HelloOffer } from "../../src/exchange/packet-head.ts";
import { formatCheckpoint, signCheckpoint } from "../../src/log/checkpoint.ts";
import { parseReceipt } from "../../src/log/cosignature.ts";
import type { Signer } from "../../src/log/crypto.ts";
import { encodeEntry, leafHash } from "../../src/log/entry.ts";
import { appendLeaves, emptyRange, rootOf } from "../../src/log/tree.ts";
import { anchorDevice, centre, host, type Pocket, region, signerOf, valueFrom } from "./founding.ts";

const noDigest = "0".repeat(64);

export type DeviceHears = {
  /** Its log is held up to this size. */
  readonly receipt: (device: Device, size: number) => void;
  /** A view came for this site. */
  readonly view: (device: Device, site: Name, bytes: Buffer) => void;
};

/**
 * A device as the centre sees it: a socket, a hello with its own key, beats, and a log of its own with signed
 * checkpoints. It stores nothing and does not check what the centre signs: it is load, not a product.
 */
export class Device {
  readonly pocket: Pocket;
  readonly #signer: Signer;
  readonly #origin: Origin;
  readonly #heard: DeviceHears;
  #socket: WebSocket | null = null;
  #range = emptyRange;
  #beat = 0;

  constructor(pocket: Pocket, heard: DeviceHears) {
    this.pocket = pocket;
    this.#signer = signerOf(pocket);
    this.#origin = `${this.#signer.vkey.name}/1-00000001`;
    this.#heard = heard;
  }

  get size(): number {
    return this.#range.size;
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Where its next fact will stand. */
  get next(): FactRef {
    const { site, device } = this.pocket;
    return [`${site}/${device}/1-00000001`, Math.max(this.#range.size, 1)];
  }

  /** Resolves when the hello is through for the centre too: it says something else. */
  connect(port: number): Promise<void> {
    const self = { region, origin: this.#origin, signer: this.#signer };
    const offer = helloOffer(self, `${centre}/${anchorDevice}`, randomBytes(32));
    const socket = new WebSocket(`ws://${host}:${port}/exchange`, { perMessageDeflate: false });
    this.#socket = socket;
    let theirs: HelloOffer | null = null;
    let isThrough = false;
    return new Promise((resolve, reject) => {
      socket.once("open", () => socket.send(encodePacket({ type: "hello", head: offer })));
      socket.once("error", reject);
      socket.once("close", () => reject(new Error(`${this.pocket.device} was let go`)));
      socket.on("message", (bytes: Buffer) => {
        if (isThrough) {
          resolve();
          return this.#take(bytes);
        }
        const packet = valueFrom(decodePacket(bytes));
        if (packet.type !== "hello") return;
        if (packet.head.step === "offer") {
          theirs = packet.head;
          return;
        }
        const text = helloText(region, offer, present(theirs, "an offer comes before a proof"), plainChannel);
        socket.send(encodePacket({ type: "hello", head: helloProof(self, text) }));
        isThrough = true;
        this.beat();
      });
    });
  }

  beat(): void {
    this.#beat += 1;
    const head = {
      boot: 1,
      beat: this.#beat,
      wallMs: Date.now(),
      storing: true,
      digest: noDigest,
      backByMs: null,
      heard: {},
    };
    if (this.isOpen) this.#socket?.send(encodePacket({ type: "beat", head }));
  }

  /** Writes one fact at the end of its log, the log's first entry before the first one. Returns the log's size. */
  write(atMs: number, said: JsonObject & { readonly kind: string; readonly by: string }): number {
    const start = { at: atMs, kind: "log.start/1", by: "holdfast", previous: null };
    const fact = { ...said, at: atMs };
    const from = this.#range.size;
    const items = [...(from === 0 ? [start] : []), fact].map((entry) => valueFrom(encodeEntry(entry)));
    const { sha256 } = nodeCrypto;
    this.#range = appendLeaves(
      sha256,
      this.#range,
      items.map((bytes) => leafHash(sha256, bytes)),
    );
    const { size } = this.#range;
    const root = rootOf(sha256, this.#range);
    const signed = signCheckpoint(this.#signer, { origin: this.#origin, size, root });
    const head = { checkpoint: formatCheckpoint(signed, this.#signer.vkey), from };
    const packet = {
      type: "entries" as const,
      head,
      items: items.map((bytes) => ({ kind: "bytes" as const, bytes })),
    };
    this.#socket?.send(encodePacket(packet));
    return size;
  }

  end(): void {
    this.#socket?.removeAllListeners();
    this.#socket?.on("error", () => undefined);
    this.#socket?.terminate();
  }

  #take(bytes: Buffer): void {
    if (isPacketOf("view", bytes)) this.#heard.view(this, siteOfView(bytes), bytes);
    if (!isPacketOf("receipt", bytes)) return;
    const packet = valueFrom(decodePacket(bytes));
    if (packet.type !== "receipt") return;
    for (const text of packet.head.receipts) {
      const receipt = valueFrom(parseReceipt(text));
      if (receipt.origin === this.#origin) this.#heard.receipt(this, receipt.size);
    }
  }
}

/** Of the head alone: reading every view whole would make the load dearer than what it measures. */
function siteOfView(bytes: Buffer): Name {
  const end = 6 + bytes.readUInt32BE(2);
  return (JSON.parse(bytes.toString("utf8", 6, end)) as { readonly site: Name }).site;
}
