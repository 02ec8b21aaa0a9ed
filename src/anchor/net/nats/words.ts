import type { NatsConnection } from "@nats-io/transport-node";
import { present } from "../../../basics/assert.ts";
import type { DeviceId, Origin } from "../../../basics/name.ts";
import { encodePacket, type Packet } from "../../../exchange/packet.ts";
import { receiptsInPacketMax } from "../../../exchange/packet-head.ts";
import { signVector } from "../../../exchange/signed-vector.ts";
import type { LogVersion } from "../../../exchange/vector.ts";
import { type Cosignature, formatReceipt, parseReceipt } from "../../../log/cosignature.ts";
import { holderKey } from "../../../region/charter.ts";
import type { ForkProof } from "../../../site/effects.ts";
import { forkProofHead } from "../../../site/forks/fork-keep.ts";
import type { House } from "../../../site/state.ts";
import type { NatsPace } from "./pace.ts";
import { wordSubject } from "./subjects.ts";

export type WordsPorts = {
  readonly nc: NatsConnection;
  readonly house: House;
  readonly pace: NatsPace;
  /** The hosted device that signs what is said here. */
  readonly speaker: DeviceId;
};

type Said = { readonly size: number; readonly timeS: number };

/** What this process says to all others on NATS: what it holds, the receipts and the proofs of forks that it knows. */
export class Words {
  readonly #ports: WordsPorts;
  readonly #toldVersions = new Map<Origin, LogVersion>();
  readonly #toldReceipts = new Map<string, Said>();
  /** Receipts of others that nobody has told here: when we first saw that. */
  readonly #untoldSinceMs = new Map<string, number>();
  readonly #toldForks = new Set<ForkProof>();
  #nextChangesMs = 0;
  #nextAllMs = 0;

  constructor(ports: WordsPorts) {
    this.#ports = ports;
  }

  /** Somebody came who may know nothing: soon everything is said again, also what others said before. */
  tellAllSoon(nowMs: number): void {
    this.#toldReceipts.clear();
    this.#nextAllMs = Math.min(this.#nextAllMs, nowMs + this.#ports.pace.tellChangesMs);
  }

  /** To be called when the house has changed and at each tick. */
  tell(nowMs: number): void {
    const { house, pace } = this.#ports;
    if (nowMs >= this.#nextAllMs) {
      this.#nextAllMs = nowMs + pace.tellAllMs;
      this.#toldVersions.clear();
      this.#toldForks.clear();
      this.#forgetOwnReceipts();
      this.#nextChangesMs = 0;
      this.#tellVector(nowMs, true);
    } else if (nowMs >= this.#nextChangesMs) this.#tellVector(nowMs, false);
    this.#tellReceipts(nowMs);
    for (const fork of house.forks.values()) this.#tellFork(fork);
  }

  /** What another has said is not said once more by us. */
  heardReceipts(receipts: readonly string[]): void {
    for (const text of receipts) {
      const receipt = parseReceipt(text);
      if (!receipt.ok) continue;
      const { holder, origin, size, timeS } = receipt.value;
      this.#toldReceipts.set(`${holder} ${origin}`, { size, timeS });
    }
  }

  #forgetOwnReceipts(): void {
    const own = new Set([...this.#ports.house.hosted.values()].map(({ holder }) => holder.vkey.name));
    for (const key of this.#toldReceipts.keys())
      if (own.has(key.slice(0, key.indexOf(" ")))) this.#toldReceipts.delete(key);
  }

  #tellVector(nowMs: number, isWhole: boolean): void {
    const { house, pace, speaker } = this.#ports;
    const logs = new Map<Origin, LogVersion>();
    for (const origin of house.vector.origins()) {
      const version = present(house.vector.get(origin), "a vector names what it holds");
      if (this.#toldVersions.get(origin) === version) continue;
      this.#toldVersions.set(origin, version);
      logs.set(origin, version);
    }
    if (logs.size === 0 && !isWhole) return;
    this.#nextChangesMs = nowMs + pace.tellChangesMs;
    const { signer, origin } = present(house.hosted.get(speaker), "the speaker is hosted here");
    for (const note of signVector(signer, origin, logs, isWhole))
      this.#say({ type: "vector", head: { level: "signed", note } });
  }

  #tellReceipts(nowMs: number): void {
    const notes: string[] = [];
    for (const [origin, holders] of this.#ports.house.receipts.newest)
      for (const [holder, receipt] of holders) {
        const key = `${receipt.holder} ${origin}`;
        if (this.#isDue(key, holder, receipt, nowMs)) notes.push(...this.#formatted(holder, receipt));
      }
    for (let at = 0; at < notes.length; at += receiptsInPacketMax)
      this.#say({ type: "receipt", head: { receipts: notes.slice(at, at + receiptsInPacketMax) } });
  }

  /** A holder tells of its receipts itself; others do so when nobody has for a while. */
  #isDue(key: string, holder: DeviceId, { size, timeS }: Cosignature, nowMs: number): boolean {
    const { house, pace } = this.#ports;
    const told = this.#toldReceipts.get(key);
    if (told !== undefined && (told.size > size || (told.size === size && told.timeS >= timeS))) {
      this.#untoldSinceMs.delete(key);
      return false;
    }
    const sinceMs = this.#untoldSinceMs.get(key) ?? nowMs;
    this.#untoldSinceMs.set(key, sinceMs);
    if (!house.hosted.has(holder) && nowMs - sinceMs < pace.relayAfterMs) return false;
    this.#toldReceipts.set(key, { size, timeS });
    this.#untoldSinceMs.delete(key);
    return true;
  }

  #formatted(holder: DeviceId, receipt: Cosignature): readonly string[] {
    const vkey = holderKey(this.#ports.house.charter, holder);
    return vkey === undefined ? [] : [formatReceipt(receipt, vkey)];
  }

  #tellFork(fork: ForkProof): void {
    if (this.#toldForks.has(fork)) return;
    const head = forkProofHead(this.#ports.house, fork);
    if (head === null) return;
    this.#toldForks.add(fork);
    this.#say({ type: "fork", head });
  }

  #say(packet: Packet): void {
    const { nc, house, speaker } = this.#ports;
    nc.publish(wordSubject(house.region, speaker), encodePacket(packet));
  }
}
