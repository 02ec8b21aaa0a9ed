import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import type { DeviceId } from "../../../basics/name.ts";
import { decodePacket } from "../../../exchange/packet.ts";
import { readSignedVector } from "../../../exchange/signed-vector.ts";
import { deviceKey } from "../../../region/charter.ts";
import { runPacket } from "../../../site/entries.ts";
import type { Taker } from "../../carry/carry-in.ts";
import { nodeCrypto } from "../../crypto-node.ts";
import type { StoreReads } from "../../store/store-reads.ts";
import { Intake, runIn } from "./intake.ts";
import type { NatsPace } from "./pace.ts";
import { type Lack, Peers } from "./peers.ts";
import { StreamReader } from "./reader.ts";
import { messageOf, type NatsConfig } from "./settings.ts";
import { lastMessages, openStream, requestWithinMs, streamFault } from "./stream.ts";
import { directSubject, streamName, wordSubjects } from "./subjects.ts";
import type { StreamTrouble } from "./trouble.ts";
import { Words } from "./words.ts";
import { runLimits, StreamWriter } from "./writer.ts";

export type NatsPorts = {
  readonly taker: Taker;
  readonly reads: StoreReads;
  readonly note: (code: string, about: string) => void;
  /** A number from 0 to below 1. */
  readonly random: () => number;
  /** What boards say of the stream from now on; null: it takes what it is given, or nothing is known of it. */
  readonly stands: (words: StreamTrouble["words"] | null) => void;
};

/** Space for headers beside a packet in one message. */
const headerBytesMax = 512;

/** One connection to NATS. Everything in it ends with it: the next one asks anew what the stream and the others hold. */
export class NatsSession {
  readonly #nc: NatsConnection;
  readonly #ports: NatsPorts;
  readonly #pace: NatsPace;
  readonly #config: NatsConfig;
  readonly #intake: Intake;
  readonly #peers: Peers;
  readonly #words: Words;
  #reader: StreamReader | null = null;
  #writer: StreamWriter | null = null;
  #pushTimer: NodeJS.Timeout | null = null;
  #wasStoring = true;
  #stands: string | null = null;

  constructor(nc: NatsConnection, config: NatsConfig, ports: NatsPorts, pace: NatsPace) {
    const { taker, random } = ports;
    this.#nc = nc;
    this.#ports = ports;
    this.#config = config;
    // Not everybody passes on in the same moment what its author did not say.
    this.#pace = { ...pace, relayAfterMs: pace.relayAfterMs * (1 + random()) };
    this.#intake = new Intake(taker);
    this.#peers = new Peers(taker.house, this.#pace);
    this.#words = new Words({ nc, house: taker.house, pace: this.#pace, speaker: config.hosted });
  }

  /** Resolves with the reason when the connection has ended. */
  async run(): Promise<string> {
    const ticker = setInterval(() => this.#tick(), this.#pace.tickMs);
    try {
      this.#listen();
      const ended = this.#nc.closed().then((error) => (error === undefined ? "closed" : messageOf(error)));
      return await Promise.race([ended, this.#useStream()]);
    } catch (error) {
      return messageOf(error);
    } finally {
      clearInterval(ticker);
      if (this.#pushTimer !== null) clearTimeout(this.#pushTimer);
      this.#intake.stop();
      this.#reader?.stop();
      this.#writer?.stop();
      this.#ports.stands(null);
      await this.#nc.close();
    }
  }

  /** To be called whenever the house has changed. */
  changed(): void {
    const { storing } = this.#ports.taker.house.writing;
    if (storing && !this.#wasStoring) this.#reader?.readAgain();
    this.#wasStoring = storing;
    this.#pushTimer ??= setTimeout(() => {
      this.#pushTimer = null;
      this.#push();
    }, this.#pace.pushAfterMs);
  }

  #tick(): void {
    this.#peers.forgetAway(performance.now());
    this.#push();
  }

  #push(): void {
    const nowMs = performance.now();
    if (this.#nc.isClosed()) return;
    try {
      this.#intake.takeEarly();
      this.#words.tell(nowMs);
      this.#writer?.push(nowMs);
      for (const lack of this.#peers.lacking(nowMs)) void this.#resend(lack);
    } catch (error) {
      this.#ports.note("handler-threw", messageOf(error));
    }
  }

  /** Ends only with an error or with the stream. */
  async #useStream(): Promise<string> {
    const { house } = this.#ports.taker;
    const options = { timeout: requestWithinMs };
    const jsm = await jetstreamManager(this.#nc, options);
    const js = jetstream(this.#nc, options);
    const info = await openStream(jsm, house.region, this.#config);
    const fault = streamFault(info);
    const name = streamName(house.region);
    if (fault !== null)
      this.#ports.note("nats-stream", `The stream ${name} ${fault}; it is used all the same.`);
    const writer = new StreamWriter({
      js,
      house,
      reads: this.#ports.reads,
      pace: this.#pace,
      payloadBytesMax: (this.#nc.info?.max_payload ?? 0) - headerBytesMax,
      isHere: (device) => this.#peers.isHere(device),
      stands: (trouble) => this.#sayHowItStands(trouble),
    });
    const seen = writer.seen.bind(writer);
    for (const bytes of (await lastMessages(jsm, house.region, [...house.vector.origins()])).values()) {
      const run = runIn(house, bytes);
      if (run !== null) seen(run);
    }
    this.#writer = writer;
    const { note } = this.#ports;
    this.#reader = new StreamReader({ js, jsm, house, intake: this.#intake, seen, note });
    await this.#reader.run();
    return "the stream can no longer be read";
  }

  #listen(): void {
    const { region } = this.#ports.taker.house;
    for (const subject of [wordSubjects(region), directSubject(region, this.#config.hosted)])
      this.#nc.subscribe(subject, {
        callback: (error, message) => {
          if (error === null || error === undefined) void this.#hear(message.data);
        },
      });
  }

  /** Nothing that anybody sends may reach further than its own message. */
  async #hear(bytes: Uint8Array): Promise<void> {
    const { note } = this.#ports;
    try {
      const packet = decodePacket(bytes);
      if (packet.ok && packet.value.type === "vector" && packet.value.head.level === "signed")
        return this.#hearVector(packet.value.head.note);
      if (packet.ok && packet.value.type === "receipt") this.#words.heardReceipts(packet.value.head.receipts);
      await this.#intake.take(bytes);
    } catch (error) {
      note("handler-threw", messageOf(error));
    }
  }

  #hearVector(text: string): void {
    const { house } = this.#ports.taker;
    const keyOf = (device: DeviceId) => deviceKey(house.charter, device);
    const vector = readSignedVector(nodeCrypto, house.region, keyOf, text);
    if (!vector.ok) return this.#ports.note(`refused-${vector.error}`, "nats");
    if (house.hosted.has(vector.value.device)) return;
    const nowMs = performance.now();
    if (this.#peers.hear(vector.value, nowMs)) this.#words.tellAllSoon(nowMs);
    this.changed();
  }

  async #resend({ peer, origin, from }: Lack): Promise<void> {
    const { taker, reads } = this.#ports;
    const run = await reads.readRun(origin, from, runLimits);
    const bytes = run.ok && run.value !== undefined ? runPacket(taker.house, run.value) : undefined;
    if (bytes !== undefined && !this.#nc.isClosed())
      this.#nc.publish(directSubject(taker.house.region, peer), bytes);
  }

  /** Said when it changes, not at each attempt. */
  #sayHowItStands(trouble: StreamTrouble | null): void {
    const sentence = trouble?.note ?? null;
    if (sentence === this.#stands) return;
    this.#stands = sentence;
    this.#ports.note(
      sentence === null ? "nats-goes-on" : "nats-refused",
      sentence ?? "The stream takes entries again.",
    );
    this.#ports.stands(trouble?.words ?? null);
  }
}
