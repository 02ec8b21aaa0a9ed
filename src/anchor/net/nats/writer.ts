import type { JetStreamClient } from "@nats-io/jetstream";
import { toHex } from "../../../basics/bytes.ts";
import type { DeviceId, Origin } from "../../../basics/name.ts";
import { isCentre } from "../../../region/charter.ts";
import { runPacket } from "../../../site/entries.ts";
import { logOf } from "../../../site/replica.ts";
import type { House } from "../../../site/state.ts";
import type { ReadLimits } from "../../../site/store-port.ts";
import { nodeCrypto } from "../../crypto-node.ts";
import type { StoreReads } from "../../store/store-reads.ts";
import type { Run } from "./intake.ts";
import type { NatsPace } from "./pace.ts";
import { logSubject } from "./subjects.ts";
import { type StreamTrouble, troubleOf } from "./trouble.ts";

/** Large runs: a message each, and a commit at the other side takes one however large it is. */
export const runLimits: ReadLimits = { entriesMax: 2_048, bytesMax: 393_216 };
const logsAtOnce = 16;
const msgIdCharacters = 32;

export type WriterPorts = {
  readonly js: JetStreamClient;
  readonly house: House;
  readonly reads: StoreReads;
  readonly pace: NatsPace;
  readonly payloadBytesMax: number;
  /** Whether this device speaks here itself. */
  readonly isHere: (device: DeviceId) => boolean;
  /** How the stream stands: null when it took an entry. */
  readonly stands: (trouble: StreamTrouble | null) => void;
};

/**
 * Gives the stream what it lacks of what is stored here. How much it has of each log is what it was seen to hold on this
 * connection; that it acknowledged something is no more than that, since it does not write through to the disk.
 */
export class StreamWriter {
  readonly #ports: WriterPorts;
  readonly #held = new Map<Origin, number>();
  readonly #lackingSinceMs = new Map<Origin, number>();
  readonly #busy = new Set<Origin>();
  #nextTryMs = 0;
  #stopped = false;

  constructor(ports: WriterPorts) {
    this.#ports = ports;
  }

  stop(): void {
    this.#stopped = true;
  }

  seen({ origin, size }: Run): void {
    this.#held.set(origin, Math.max(this.#held.get(origin) ?? 0, size));
  }

  /** Publishes what is due; to be called when something became durable and at each tick. */
  push(nowMs: number): void {
    const { house, pace } = this.#ports;
    if (this.#stopped || nowMs < this.#nextTryMs) return;
    for (const origin of house.vector.origins()) {
      if (this.#busy.size >= logsAtOnce) return;
      if (this.#busy.has(origin)) continue;
      if (!this.#lacks(origin)) {
        this.#lackingSinceMs.delete(origin);
        continue;
      }
      const sinceMs = this.#lackingSinceMs.get(origin) ?? nowMs;
      this.#lackingSinceMs.set(origin, sinceMs);
      if (this.#isOurs(origin) || nowMs - sinceMs >= pace.relayAfterMs) void this.#publish(origin);
    }
  }

  #lacks(origin: Origin): boolean {
    return (this.#ports.house.vector.get(origin)?.size ?? 0) > (this.#held.get(origin) ?? 0);
  }

  /** An author publishes its own log at once, a centre those of authors who do not speak here. */
  #isOurs(origin: Origin): boolean {
    const { house, isHere } = this.#ports;
    const { device } = logOf(house, origin);
    if (house.hosted.has(device)) return true;
    return !isHere(device) && [...house.hosted.values()].some(({ site }) => isCentre(house.charter, site));
  }

  async #publish(origin: Origin): Promise<void> {
    this.#busy.add(origin);
    try {
      while (!this.#stopped && this.#lacks(origin) && (await this.#publishRun(origin))) {
        // One message after the other: each log arrives in its order.
      }
    } catch (error) {
      this.#nextTryMs = performance.now() + this.#ports.pace.refusedAgainMs;
      if (!this.#stopped) this.#ports.stands(troubleOf(error));
    } finally {
      this.#busy.delete(origin);
    }
  }

  async #publishRun(origin: Origin): Promise<boolean> {
    const { js, house, reads, pace, payloadBytesMax, stands } = this.#ports;
    const run = await reads.readRun(origin, this.#held.get(origin) ?? 0, runLimits);
    if (!run.ok || run.value === undefined) return false;
    const bytes = runPacket(house, run.value);
    if (bytes === undefined) return false;
    if (bytes.length > payloadBytesMax) throw new TooLarge(origin, bytes.length, payloadBytesMax);
    const msgID = toHex(nodeCrypto.sha256(bytes)).slice(0, msgIdCharacters);
    await js.publish(logSubject(origin), bytes, { msgID, timeout: pace.publishWithinMs });
    this.seen({ origin, from: run.value.from, size: run.value.checkpoint.size });
    stands(null);
    return true;
  }
}

class TooLarge extends Error {
  constructor(origin: Origin, bytes: number, bytesMax: number) {
    super(`the server takes messages of at most ${bytesMax} bytes; one of ${origin} has ${bytes}`);
  }
}
