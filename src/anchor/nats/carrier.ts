import { connect, type NodeConnectionOptions } from "@nats-io/transport-node";
import { ok, type Result } from "../../basics/result.ts";
import { natsPace } from "./pace.ts";
import { type NatsPorts, NatsSession } from "./session.ts";
import { messageOf, type NatsConfig, natsOptions } from "./settings.ts";

/** Not started yet; a setting that cannot work is a sentence. */
export function openCarrier(dir: string, config: NatsConfig, ports: NatsPorts): Result<NatsCarrier, string> {
  const options = natsOptions(dir, config);
  return options.ok ? ok(new NatsCarrier(options.value, config, ports)) : options;
}

/**
 * The NATS carrier: entries through the region's JetStream stream, signed vectors, receipts and proofs of forks beside it.
 * It knows nothing of contact, and takes only what proves itself. SQLite stays the record.
 */
export class NatsCarrier {
  readonly #options: NodeConnectionOptions;
  readonly #config: NatsConfig;
  readonly #ports: NatsPorts;
  readonly #pace: typeof natsPace;
  #session: NatsSession | null = null;
  #close: (() => void) | null = null;
  #stopped = false;
  #ended: Promise<void> = Promise.resolve();
  #said = "";

  constructor(options: NodeConnectionOptions, config: NatsConfig, ports: NatsPorts, pace = natsPace) {
    this.#options = options;
    this.#config = config;
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
      this.#say("nats-gone", `${this.#config.servers.join(", ")}: ${reason}`);
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
    try {
      const nc = await connect(this.#options);
      if (this.#stopped) {
        await nc.close();
        return "stopped";
      }
      this.#close = () => void nc.close();
      this.#say("nats-connected", nc.getServer());
      this.#session = new NatsSession(nc, this.#config, this.#ports, this.#pace);
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
