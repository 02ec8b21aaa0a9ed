import { present } from "../../src/basics/assert.ts";
import { toHex } from "../../src/basics/bytes.ts";
import type { Json, JsonObject } from "../../src/basics/canonical-json.ts";
import { encodeCanonical } from "../../src/basics/canonical-json.ts";
import type { DeviceId } from "../../src/basics/name.ts";
import { type SimulatedDevice, simulatedRegion } from "../../src/drill/roster.ts";
import { type HelloSelf, helloOffer, helloProof, helloText } from "../../src/exchange/hello.ts";
import type { Packet } from "../../src/exchange/packet.ts";
import type { BeatHead, HelloOffer, VectorHead } from "../../src/exchange/packet-head.ts";
import { formatCheckpoint, type SignedCheckpoint, signCheckpoint } from "../../src/log/checkpoint.ts";
import { cosign, formatReceipt, parseReceipt } from "../../src/log/cosignature.ts";
import { leafHash } from "../../src/log/entry.ts";
import { appendLeaves, consistencyProof, emptyRange, rootOf } from "../../src/log/tree.ts";
import type { HandHouse } from "./hand-house.ts";
import { keys, wallStartMs } from "./hand-house.ts";

const { sha256 } = keys.crypto;

/** A log as its author, or a liar with the author's key, may write it. */
export class HandLog {
  readonly device: SimulatedDevice;
  readonly entries: Uint8Array[] = [];

  constructor(device: SimulatedDevice, ...kinds: readonly string[]) {
    this.device = device;
    this.append({ at: wallStartMs, by: "holdfast", kind: "log.start/1", previous: null });
    for (const kind of kinds) this.append({ at: wallStartMs, by: "nurse#7", kind });
  }

  append(entry: Json | Uint8Array): this {
    const bytes = entry instanceof Uint8Array ? entry : canonical(entry);
    this.entries.push(bytes);
    return this;
  }

  /** So many status reports, each its own entry. */
  appendStatus(count: number): this {
    for (let i = 0; i < count; i += 1) this.append(statusEntry(i));
    return this;
  }

  /** The log of a house as it lies in its store. */
  static of(hand: HandHouse, device: SimulatedDevice, origin = device.origin): HandLog {
    const log = new HandLog({ ...device, origin });
    const stored = hand.store.readLeafBytes(origin, 0, Number.MAX_SAFE_INTEGER);
    if (stored.ok) log.entries.splice(0, log.entries.length, ...stored.value);
    return log;
  }

  checkpoint(size = this.entries.length): SignedCheckpoint {
    const leaves = this.entries.slice(0, size).map((bytes) => leafHash(sha256, bytes));
    const root = rootOf(sha256, appendLeaves(sha256, emptyRange, leaves));
    return signCheckpoint(this.device.signer, { origin: this.device.origin, size, root });
  }

  note(size = this.entries.length): string {
    return formatCheckpoint(this.checkpoint(size), this.device.signer.vkey);
  }

  /** How this log grew from a size to its end, as its holder shows it. */
  answer(size: number): Packet {
    const leaves = this.entries.map((bytes) => leafHash(sha256, bytes));
    const path = consistencyProof(sha256, leaves, size).map(toHex);
    const root = toHex(this.checkpoint(size).root);
    return { type: "fork", head: { step: "answer", checkpoint: this.note(), size, root, path } };
  }

  /** The packet of the entries from `from` up to `size`. */
  run(from = 0, size = this.entries.length): Packet {
    const items = this.entries.slice(from, size).map((bytes) => ({ kind: "bytes" as const, bytes }));
    return { type: "entries", head: { checkpoint: this.note(size), from }, items };
  }
}

export function statusEntry(number: number): JsonObject {
  const body = { capability: "ct", state: number % 2 === 0 ? "open" : "full", over: [] };
  return { at: wallStartMs + number, by: "nurse#7", kind: "hospital.status/1", ...body };
}

function canonical(value: Json): Uint8Array {
  const bytes = encodeCanonical(value);
  if (!bytes.ok) throw new Error(`a test's entry is canonical: ${bytes.error}`);
  return bytes.value;
}

/** One end of a connection, played by hand: says what a test wants it to say, true or not. */
export class HandPeer {
  readonly device: SimulatedDevice;
  readonly hand: HandHouse;
  readonly connection: number;
  readonly to: DeviceId;
  beats = 0;

  constructor(
    hand: HandHouse,
    device: SimulatedDevice,
    to = present(hand.devices[0], "a house hosts a device").id,
  ) {
    this.hand = hand;
    this.device = device;
    this.to = to;
    this.connection = hand.open(null);
  }

  get self(): HelloSelf {
    return { region: simulatedRegion, origin: this.device.origin, signer: this.device.signer };
  }

  offer(more: Partial<HelloOffer> = {}): HelloOffer {
    return { ...helloOffer(this.self, this.to, sha256(this.device.signer.vkey.publicKey)), ...more };
  }

  /** What the house has offered on this connection. */
  offered(): HelloOffer {
    const offers = this.hand.packetsTo(this.connection, "hello").map(({ head }) => head);
    return present(
      offers.find((head) => head.step === "offer"),
      "the house has offered",
    );
  }

  prove(own: HelloOffer, channel = "plain"): void {
    const text = helloText(simulatedRegion, own, this.offered(), channel);
    this.say({ type: "hello", head: helloProof(this.self, text) });
  }

  /** The whole hello; the connection stands afterwards. */
  greet(): this {
    const own = this.offer();
    this.say({ type: "hello", head: own });
    this.prove(own);
    return this;
  }

  say(packet: Packet | Uint8Array): void {
    this.hand.receive(this.connection, packet);
  }

  beat(more: Partial<BeatHead> = {}): void {
    this.beats += 1;
    const { wallMs } = this.hand.now;
    const digest = this.hand.house.vector.digest();
    const head = { boot: 1, beat: this.beats, wallMs, storing: true, digest, backByMs: null, heard: {} };
    this.say({ type: "beat", head: { ...head, ...more } });
  }

  /** `device`: whose receipt it is, of another than itself it is passed on. */
  confirm(checkpoint: SignedCheckpoint, { holder }: SimulatedDevice = this.device): void {
    const receipt = formatReceipt(cosign(holder, checkpoint, wallStartMs / 1_000), holder.vkey);
    this.say({ type: "receipt", head: { receipts: [receipt] } });
  }

  heard<Type extends Packet["type"]>(type: Type): readonly Extract<Packet, { readonly type: Type }>[] {
    return this.hand.packetsTo(this.connection, type);
  }

  vectors<Level extends VectorHead["level"]>(level: Level) {
    return this.heard("vector").flatMap(({ head }) =>
      head.level === level ? [head as Extract<VectorHead, { readonly level: Level }>] : [],
    );
  }

  /** Holder and size of every receipt of this log that was sent to the peer, oldest first. */
  receipts(origin: string): readonly string[] {
    return this.heard("receipt").flatMap(({ head }) =>
      head.receipts.flatMap((text) => {
        const receipt = parseReceipt(text);
        if (!receipt.ok || receipt.value.origin !== origin) return [];
        const [, , , site] = receipt.value.holder.split("/");
        return [`${site} ${receipt.value.size}`];
      }),
    );
  }

  get isOpen(): boolean {
    return this.hand.house.links.has(this.connection);
  }
}
