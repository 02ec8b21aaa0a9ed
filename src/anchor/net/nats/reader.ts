import {
  type ConsumerMessages,
  DeliverPolicy,
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
} from "@nats-io/jetstream";
import type { House } from "../../../site/state.ts";
import { type Intake, isHeld, type Run, runIn } from "./intake.ts";
import { firstUnheld } from "./stream.ts";
import { streamName } from "./subjects.ts";

const messagesAhead = 64;
const storingPollMs = 100;

export type ReaderPorts = {
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly house: House;
  readonly intake: Intake;
  /** The stream was seen to hold this. */
  readonly seen: (run: Run) => void;
  /** One line for the diary. */
  readonly note: (code: string, about: string) => void;
};

/** Reads the region's stream from the first message that brings something new, then everything that comes. */
export class StreamReader {
  readonly #ports: ReaderPorts;
  #stopped = false;
  #fromTheBeginning = false;
  #readAgain = false;
  #messages: ConsumerMessages | null = null;

  constructor(ports: ReaderPorts) {
    this.#ports = ports;
  }

  stop(): void {
    this.#stopped = true;
    void this.#messages?.close();
  }

  /** What a failed disk did not take is read again. */
  readAgain(): void {
    this.#readAgain = true;
    void this.#messages?.close();
  }

  /** Resolves or throws when it cannot go on: then the connection is of no use any more. */
  async run(): Promise<void> {
    while (!this.#stopped) {
      const { house, jsm } = this.#ports;
      while (!this.#stopped && !house.writing.storing) await pause(storingPollMs);
      const { state } = await jsm.streams.info(streamName(house.region));
      const first = this.#fromTheBeginning
        ? Math.max(state.first_seq, 1)
        : await firstUnheld(jsm, house.region, state, (packet) => bringsNothing(house, packet));
      const isWhole = first <= Math.max(state.first_seq, 1);
      if (!(await this.#readFrom(first, isWhole))) return;
    }
  }

  /** True: it is to be read once more. */
  async #readFrom(first: number, isWhole: boolean): Promise<boolean> {
    const { js, house, intake } = this.#ports;
    const consumer = await js.consumers.get(streamName(house.region), {
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: first,
    });
    const messages = await consumer.consume({ max_messages: messagesAhead });
    this.#messages = messages;
    this.#readAgain = false;
    void this.#watch(messages);
    try {
      for await (const message of messages) {
        if (this.#stopped) return false;
        if (!(await this.#take(message))) return true;
        // What is still missing at the end lies further back than the store made believe.
        if (message.info.pending > 0 || isWhole || !intake.hasEarly || this.#fromTheBeginning) continue;
        this.#fromTheBeginning = true;
        return true;
      }
      return this.#readAgain;
    } finally {
      void messages.close();
    }
  }

  async #take(message: JsMsg): Promise<boolean> {
    const { house, intake, seen } = this.#ports;
    const run = runIn(house, message.data);
    if (run !== null) seen(run);
    return await intake.take(message.data);
  }

  /** The consumer begins itself anew after anything but the loss of the whole stream. */
  async #watch(messages: ConsumerMessages): Promise<void> {
    for await (const { type } of messages.status()) {
      if (type !== "stream_not_found" || this.#stopped) continue;
      this.#ports.note("nats-stream-gone", streamName(this.#ports.house.region));
      this.stop();
    }
  }
}

function bringsNothing(house: House, packet: Uint8Array): boolean {
  const run = runIn(house, packet);
  return run === null || isHeld(house, run);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
