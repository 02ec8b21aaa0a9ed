import { assert, present } from "../basics/assert.ts";
import { concatBytes, utf8Encode } from "../basics/bytes.ts";
import { encodeCanonical, entryJsonLimits, type JsonObject } from "../basics/canonical-json.ts";
import type { DeviceId } from "../basics/name.ts";
import type { Random } from "../basics/random.ts";
import { secondMs } from "../basics/time.ts";
import { helloOffer, helloProof, helloText, plainChannel } from "../exchange/hello.ts";
import {
  decodePacket,
  encodePacket,
  type Packet,
  packetBytesMax,
  packetVersionHighest,
} from "../exchange/packet.ts";
import type { HelloOffer } from "../exchange/packet-head.ts";
import { formatCheckpoint, signCheckpoint } from "../log/checkpoint.ts";
import type { Sha256, Signer } from "../log/crypto.ts";
import { leafHash } from "../log/entry.ts";
import { appendLeaves, emptyRange, rootOf } from "../log/tree.ts";
import { logKeyName, makeVkey } from "../log/vkey.ts";
import type { ConnectionId, Input } from "../site/effects.ts";
import type { FaultCounts, FaultKind } from "./faults.ts";
import type { Host, Network } from "./network.ts";
import { type SimulatedDevice, simulatedRegion } from "./roster.ts";
import type { Timeline } from "./timeline.ts";

export const lieKinds = [
  "equivocation",
  "bad-root",
  "small-order-key",
  "huge-clock",
  "oversize",
] as const satisfies readonly FaultKind[];
export type LieKind = (typeof lieKinds)[number];

export type LiarPorts = {
  readonly timeline: Timeline;
  readonly network: Network;
  readonly random: Random;
  readonly counts: FaultCounts;
  readonly sha256: Sha256;
};

/** One connection that it dialed. */
type Call = { readonly peer: DeviceId; readonly own: HelloOffer; theirs: HelloOffer | null; isOpen: boolean };

const sharedEntries = 4;
const historyMax = 24;
const beatEveryMs = secondMs;
/** The y of the neutral point: as a key it makes one signature true for every message. */
const neutralPoint = Uint8Array.from({ length: 32 }, (_, at) => (at === 0 ? 1 : 0));

/** What a device signs with whose charter line holds a key of small order: everybody can make this signature. */
export function smallOrderSigner(sha256: Sha256, site: string, device: string): Signer {
  const vkey = makeVkey(sha256, "log", logKeyName(simulatedRegion, site, device), neutralPoint);
  return { vkey, sign: () => concatBytes(neutralPoint, new Uint8Array(32)) };
}

/** An enrolled device in the wrong hands: it keeps the forms of the exchange and lies wherever they leave room. */
export class Liar implements Host {
  readonly name: string;
  up = true;
  readonly #device: SimulatedDevice;
  readonly #ports: LiarPorts;
  readonly #lies: readonly LieKind[];
  /** A device with a key of small order, whose log is told beside its own. */
  readonly #weak: SimulatedDevice | null;
  readonly #calls = new Map<ConnectionId, Call>();
  /** Two histories of its log: one for each half of its peers. */
  readonly #histories: readonly [Uint8Array[], Uint8Array[]] = [[], []];
  #beats = 0;

  constructor(
    device: SimulatedDevice,
    lies: readonly LieKind[],
    weak: SimulatedDevice | null,
    ports: LiarPorts,
  ) {
    this.name = device.id;
    this.#device = device;
    this.#lies = lies;
    this.#weak = weak;
    this.#ports = ports;
    this.#grow(sharedEntries, true);
  }

  begin(): void {
    const { network } = this.#ports;
    for (const peer of this.#device.dials)
      network.dial(this, { hosted: this.#device.id, peer, isWanted: () => this.up });
    this.#goOn();
  }

  /** It is switched off; what it has said remains. */
  end(): void {
    this.up = false;
    this.#calls.clear();
    this.#ports.network.drop(this);
  }

  feed(input: Input): void {
    if (!this.up) return;
    if (input.type === "opened" && input.dialed !== null) this.#greet(input.connection, input.dialed.peer);
    if (input.type === "closed") this.#calls.delete(input.connection);
    if (input.type === "received") this.#receive(input.connection, input.bytes);
  }

  #greet(connection: ConnectionId, peer: DeviceId): void {
    const own = helloOffer(this.#self, peer, this.#ports.random.bytes(32));
    this.#calls.set(connection, { peer, own, theirs: null, isOpen: false });
    this.#send(connection, { type: "hello", head: own });
  }

  get #self() {
    const { origin, signer } = this.#device;
    return { region: simulatedRegion, origin, signer };
  }

  #receive(connection: ConnectionId, bytes: Uint8Array): void {
    const call = this.#calls.get(connection);
    const packet = decodePacket(bytes);
    if (call === undefined || !packet.ok || packet.value.type !== "hello") return;
    const { head } = packet.value;
    if (head.step === "offer") call.theirs = head;
    else if (call.theirs !== null && !call.isOpen) this.#prove(connection, call, call.theirs);
  }

  #prove(connection: ConnectionId, call: Call, theirs: HelloOffer): void {
    const text = helloText(simulatedRegion, call.own, theirs, plainChannel);
    this.#send(connection, { type: "hello", head: helloProof(this.#self, text) });
    call.isOpen = true;
    if (this.#device.signer.vkey.publicKey[0] === neutralPoint[0] && this.#lies.length === 0)
      this.#ports.counts.add("small-order-key");
    this.#tellHistory(connection);
  }

  #goOn(): void {
    const { timeline, random } = this.#ports;
    timeline.after(beatEveryMs, () => {
      if (!this.up) return;
      this.#beats += 1;
      for (const [connection, { isOpen }] of this.#calls) {
        if (!isOpen) continue;
        this.#beat(connection);
        const lie = random.oneIn(3) && this.#lies.length > 0 ? random.pick(this.#lies) : null;
        if (lie !== null) this.#lie(connection, lie);
      }
      this.#goOn();
    });
  }

  #beat(connection: ConnectionId): void {
    const isHuge = this.#lies.includes("huge-clock") && this.#beats % 2 === 0;
    if (isHuge) this.#ports.counts.add("huge-clock");
    const wallMs = isHuge ? Number.MAX_SAFE_INTEGER : this.#ports.timeline.nowMs;
    const head = {
      boot: 1,
      beat: this.#beats,
      wallMs,
      storing: true,
      digest: "0".repeat(64),
      backByMs: null,
    };
    this.#send(connection, { type: "beat", head: { ...head, heard: {} } });
  }

  #lie(connection: ConnectionId, lie: LieKind): void {
    const { counts, random, sha256 } = this.#ports;
    counts.add(lie);
    switch (lie) {
      case "equivocation":
        this.#grow(1, false);
        return this.#tellHistory(connection);
      case "bad-root": {
        const history = this.#historyFor(connection);
        return this.#send(connection, runOf(this.#device, history, random.bytes(32)));
      }
      case "small-order-key": {
        const weak = present(this.#weak, "who lies about weak keys knows one");
        const entries = [entryOf({ kind: "log.start/1", previous: null, by: "holdfast" }, 0)];
        return this.#send(connection, runOf(weak, entries, rootOfEntries(sha256, entries)));
      }
      case "huge-clock":
        this.#grow(1, true);
        return this.#tellHistory(connection);
      case "oversize":
        return this.#sendBytes(connection, random.oneIn(2) ? oversizePacket() : this.#tooDeepEntry());
    }
  }

  #tellHistory(connection: ConnectionId): void {
    const history = this.#historyFor(connection);
    this.#send(connection, runOf(this.#device, history, rootOfEntries(this.#ports.sha256, history)));
  }

  #historyFor(connection: ConnectionId): Uint8Array[] {
    const { peer } = present(this.#calls.get(connection), "a call");
    const isOther = this.#lies.includes("equivocation") && this.#device.dials.indexOf(peer) % 2 === 1;
    return this.#histories[isOther ? 1 : 0];
  }

  /** More entries in both histories, the same ones or not; in time as its clock has it. */
  #grow(count: number, isShared: boolean): void {
    for (let i = 0; i < count; i += 1) {
      for (const [at, history] of this.#histories.entries()) {
        if (history.length >= historyMax) continue;
        const isStart = history.length === 0;
        const isHuge = this.#lies.includes("huge-clock") && history.length % 2 === 1;
        const body: JsonObject = isStart
          ? { kind: "log.start/1", previous: null, by: "holdfast" }
          : {
              kind: "hospital.status/1",
              by: "nurse#7",
              capability: "ct",
              state: stateFor(isShared ? 0 : at),
              over: [],
            };
        history.push(entryOf(body, isHuge ? Number.MAX_SAFE_INTEGER : history.length));
      }
    }
  }

  /** An entry cannot be longer than a packet can say; it can be deeper than one may be. */
  #tooDeepEntry(): Uint8Array {
    const levels = entryJsonLimits.levelsMax + 1;
    const deep = utf8Encode(`{"a":${"[".repeat(levels)}${"]".repeat(levels)}}`);
    return encodePacket(runOf(this.#device, [deep], rootOfEntries(this.#ports.sha256, [deep])));
  }

  #send(connection: ConnectionId, packet: Packet): void {
    this.#sendBytes(connection, encodePacket(packet));
  }

  #sendBytes(connection: ConnectionId, bytes: Uint8Array): void {
    this.#ports.network.send(connection, bytes, null);
  }
}

function stateFor(history: number): string {
  return history === 0 ? "open" : "full";
}

function entryOf(body: JsonObject, at: number): Uint8Array {
  const bytes = encodeCanonical({ at, ...body });
  assert(bytes.ok, "a lie has the form of an entry");
  return bytes.value;
}

function rootOfEntries(sha256: Sha256, entries: readonly Uint8Array[]): Uint8Array {
  const leaves = entries.map((bytes) => leafHash(sha256, bytes));
  return rootOf(sha256, appendLeaves(sha256, emptyRange, leaves));
}

/** All of a history, signed for whatever root is wanted. */
function runOf(device: SimulatedDevice, entries: readonly Uint8Array[], root: Uint8Array): Packet {
  const { signer, origin } = device;
  const checkpoint = signCheckpoint(signer, { origin, size: entries.length, root });
  const items = entries.map((bytes) => ({ kind: "bytes" as const, bytes }));
  return { type: "entries", head: { checkpoint: formatCheckpoint(checkpoint, signer.vkey), from: 0 }, items };
}

function oversizePacket(): Uint8Array {
  const bytes = new Uint8Array(packetBytesMax + 1);
  bytes.set([packetVersionHighest, 2]);
  return bytes;
}
