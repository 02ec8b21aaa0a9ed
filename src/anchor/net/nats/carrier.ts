import { connect, type NatsConnection, type NodeConnectionOptions } from "@nats-io/transport-node";
import { ok, type Result } from "../../../basics/result.ts";
import { type NeighbourPorts, NeighbourSession } from "./neighbour-session.ts";
import { type NatsPace, natsPace } from "./pace.ts";
import { type NatsPorts, NatsSession } from "./session.ts";
import { messageOf, type NatsConfig, type NatsPlace, natsOptions } from "./settings.ts";
import { neighbourInbox } from "./subjects.ts";

/** What is done on one connection. */
export type Session = {
  /** Resolves with the reason when the connection has ended. */
  readonly run: () => Promise<string>;
  readonly changed: () => void;
};

export type CarrierPorts = Pick<NatsPorts, "note" | "random"> & {
  readonly open: (nc: NatsConnection, pace: NatsPace) => Session;
  /** Why there is nothing to connect for now; null: there is. */
  readonly refusal: () => string | null;
};

/** Not started yet; a setting that cannot work is a sentence. */
export function openCarrier(dir: string, config: NatsConfig, ports: NatsPorts): Result<NatsCarrier, string> {
  const options = natsOptions(dir, config);
  return options.ok ? ok(new NatsCarrier(options.value, ownPorts(config, ports))) : options;
}

export function ownPorts(config: NatsConfig, ports: NatsPorts): CarrierPorts {
  const { note, random } = ports;
  return { note, random, refusal: () => null, open: (nc, pace) => new NatsSession(nc, config, ports, pace) };
}

/** As {@link openCarrier}, of another region's servers: read, and never written to. */
export function openNeighbourCarrier(
  dir: string,
  place: NatsPlace,
  ports: NeighbourPorts & Pick<NatsPorts, "random">,
): Result<NatsCarrier, string> {
  const options = natsOptions(dir, place);
  return options.ok ? ok(neighbourCarrier(options.value, ports)) : options;
}

export function neighbourCarrier(
  options: NodeConnectionOptions,
  ports: NeighbourPorts & Pick<NatsPorts, "random">,
  pace = natsPace,
): NatsCarrier {
  return new NatsCarrier({ ...options, inboxPrefix: neighbourInbox }, neighbourPorts(ports), pace);
}

function neighbourPorts(ports: NeighbourPorts & Pick<NatsPorts, "random">): CarrierPorts {
  const { takerOf, note, random } = ports;
  const refusal = (): string | null => {
    const taker = takerOf();
    return taker.ok ? null : taker.error;
  };
  return { note, random, refusal, open: (nc, pace) => new NeighbourSession(nc, ports, pace) };
}

/**
 * The NATS carrier: entries through the region's JetStream stream, signed vectors, receipts and proofs of forks beside it.
 * It knows nothing of contact, and takes only what proves itself. SQLite stays the record.
 */
export class NatsCarrier {
  readonly #options: NodeConnectionOptions;
  readonly #ports: CarrierPorts;
  readonly #pace: NatsPace;
  #session: Session | null = null;
  #close: (() => void) | null = null;
  #stopped = false;
  #ended: Promise<void> = Promise.resolve();
  #said = "";

  constructor(options: NodeConnectionOptions, ports: CarrierPorts, pace = natsPace) {
    this.#options = options;
    this.#ports = ports;
    this.#pace = pace;
  }

  start(): this {
    this.#ended = this.#run();
    return this;
  }

  /** To be called whenever the house has changed. */
  changed(): void {
    this.#session?.changed();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#close?.();
    await this.#ended;
  }

  /** Connects for ever. */
  async #run(): Promise<void> {
    for (let attempt = 0; !this.#stopped; attempt += 1) {
      const beganMs = performance.now();
      const reason = await this.#connection();
      if (this.#stopped) return;
      this.#say("nats-gone", `${String(this.#options.servers)}: ${reason}`);
      // Who lets us in and throws us out is not asked more often than who is not there.
      if (performance.now() - beganMs > this.#pace.redialMaxMs) attempt = 0;
      const longestMs = Math.min(
        this.#pace.redialMaxMs,
        this.#pace.redialFirstMs * 2 ** Math.min(attempt, 10),
      );
      await this.#pause(longestMs * (0.5 + this.#ports.random() / 2));
    }
  }

  async #connection(): Promise<string> {
    const refusal = this.#ports.refusal();
    if (refusal !== null) return refusal;
    try {
      const nc = await connect(this.#options);
      if (this.#stopped) {
        await nc.close();
        return "stopped";
      }
      this.#close = () => void nc.close();
      this.#say("nats-connected", nc.getServer());
      this.#session = this.#ports.open(nc, this.#pace);
      return await this.#session.run();
    } catch (error) {
      return messageOf(error);
    } finally {
      this.#session = null;
      this.#close = null;
    }
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#close = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Each state once, however often it is tried. */
  #say(code: string, about: string): void {
    if (this.#said === `${code} ${about}`) return;
    this.#said = `${code} ${about}`;
    this.#ports.note(code, about);
  }
}
