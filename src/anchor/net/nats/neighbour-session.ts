import { jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import type { Name } from "../../../basics/name.ts";
import type { Result } from "../../../basics/result.ts";
import { isPacketOf } from "../../../exchange/packet.ts";
import type { Taker } from "../../carry/carry-in.ts";
import { Intake } from "./intake.ts";
import type { NatsPace } from "./pace.ts";
import { PollReader } from "./poll-reader.ts";
import { messageOf } from "./settings.ts";
import { requestWithinMs } from "./stream.ts";
import { wordSubjects } from "./subjects.ts";

export type NeighbourPorts = {
  readonly region: Name;
  /** An error: nothing of it is taken now. */
  readonly takerOf: () => Result<Taker, string>;
  readonly note: (code: string, about: string) => void;
};

/** One connection to another region's servers: reads its stream, receipts and proofs of forks, and says nothing there. */
export class NeighbourSession {
  readonly #nc: NatsConnection;
  readonly #ports: NeighbourPorts;
  readonly #pace: NatsPace;
  #reader: PollReader | null = null;
  #wasStoring = true;

  constructor(nc: NatsConnection, ports: NeighbourPorts, pace: NatsPace) {
    this.#nc = nc;
    this.#ports = ports;
    this.#pace = pace;
  }

  /** Resolves with the reason when the connection has ended, or nothing of the region is taken any more. */
  async run(): Promise<string> {
    const taker = this.#ports.takerOf();
    if (!taker.ok) return this.#close(taker.error);
    const intake = new Intake(taker.value);
    const refused = Promise.withResolvers<string>();
    const ticker = setInterval(() => {
      const refusal = this.#tick(taker.value, intake);
      if (refusal !== null) refused.resolve(refusal);
    }, this.#pace.tickMs);
    try {
      this.#listen(intake);
      const ended = this.#nc.closed().then((error) => (error === undefined ? "closed" : messageOf(error)));
      return await Promise.race([ended, refused.promise, this.#read(taker.value, intake)]);
    } catch (error) {
      return messageOf(error);
    } finally {
      clearInterval(ticker);
      intake.stop();
      this.#reader?.stop();
      await this.#nc.close();
    }
  }

  /** What is ours does not concern it. */
  changed(): void {}

  /** Why nothing more is taken; null: it is. */
  #tick({ house, refusal }: Taker, intake: Intake): string | null {
    const { storing } = house.writing;
    if (storing && !this.#wasStoring) this.#reader?.readAgain();
    this.#wasStoring = storing;
    try {
      intake.takeEarly();
      return refusal?.() ?? null;
    } catch (error) {
      this.#ports.note("handler-threw", messageOf(error));
      return null;
    }
  }

  async #read({ house }: Taker, intake: Intake): Promise<string> {
    // What an account may do is not asked: the user of docs/nats.md may not.
    const jsm = await jetstreamManager(this.#nc, { timeout: requestWithinMs, checkAPI: false });
    this.#reader = new PollReader({ jsm, house, intake, pace: this.#pace });
    await this.#reader.run();
    return "the stream can no longer be read";
  }

  #listen(intake: Intake): void {
    this.#nc.subscribe(wordSubjects(this.#ports.region), {
      callback: (error, { data }) => {
        if (error === null && (isPacketOf("receipt", data) || isPacketOf("fork", data)))
          intake.take(data).catch((thrown) => this.#ports.note("handler-threw", messageOf(thrown)));
      },
    });
  }

  async #close(reason: string): Promise<string> {
    await this.#nc.close();
    return reason;
  }
}
