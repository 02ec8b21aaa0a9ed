import type { JetStreamManager } from "@nats-io/jetstream";
import type { House } from "../../../site/state.ts";
import { type Intake, isHeld, runIn } from "./intake.ts";
import type { NatsPace } from "./pace.ts";
import { firstUnheld, messagesFrom } from "./stream.ts";
import { streamName } from "./subjects.ts";

export type PollReaderPorts = {
  readonly jsm: JetStreamManager;
  readonly house: House;
  readonly intake: Intake;
  readonly pace: Pick<NatsPace, "tickMs">;
};

/**
 * Reads another region's stream by asking for its messages. Nothing is made there: who may make a consumer may also
 * have it deliver to any subject, and end those of others.
 */
export class PollReader {
  readonly #ports: PollReaderPorts;
  #stopped = false;
  #again = false;

  constructor(ports: PollReaderPorts) {
    this.#ports = ports;
  }

  stop(): void {
    this.#stopped = true;
  }

  /** What a failed disk did not take is read again. */
  readAgain(): void {
    this.#again = true;
  }

  /** Resolves when it is stopped; throws when the stream or the servers do not answer. */
  async run(): Promise<void> {
    const { jsm, house, intake, pace } = this.#ports;
    for (let fromTheBeginning = false; !this.#stopped; ) {
      if (!house.writing.storing) {
        await pause(pace.tickMs);
        continue;
      }
      this.#again = false;
      const { state, created } = await jsm.streams.info(streamName(house.region));
      const beginning = Math.max(state.first_seq, 1);
      const first = fromTheBeginning
        ? beginning
        : await firstUnheld(jsm, house.region, state, (packet) => bringsNothing(house, packet));
      await this.#readFrom(first, created, first > beginning);
      // What is still missing at the end lies further back than the store made believe.
      fromTheBeginning ||= intake.hasEarly;
    }
  }

  /** Until it is to be begun anew. */
  async #readFrom(first: number, created: string, mayLackEarlier: boolean): Promise<void> {
    const { jsm, house, intake, pace } = this.#ports;
    for (let next = first; !this.#stopped && !this.#again; ) {
      const info = await jsm.streams.info(streamName(house.region));
      // Another stream of the same name: its server lost the first one.
      if (info.created !== created) return;
      if (info.state.last_seq < next) {
        if (mayLackEarlier && intake.hasEarly) return;
        await pause(pace.tickMs);
        continue;
      }
      const read = await messagesFrom(jsm, house.region, next, info.state.last_seq);
      for (const data of read.messages) if (!(await intake.take(data))) return;
      next = read.next;
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
