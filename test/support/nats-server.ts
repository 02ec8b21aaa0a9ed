import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../src/rehearsal/ports.ts";
import { pause } from "./shells.ts";

const host = "127.0.0.1";
const startsWithinMs = 10_000;

/** A real nats-server on a free port of loopback, with a store of its own. */
export class NatsServer {
  readonly dir = mkdtempSync(join(tmpdir(), "holdfast-nats-"));
  port = 0;
  #process: ChildProcess | null = null;
  readonly #config: string;

  /** @param config its configuration, with `LISTEN` and `STORE` where those are to be put */
  constructor(config = 'listen: "LISTEN"\njetstream { store_dir: "STORE" }\n') {
    this.#config = config;
  }

  get url(): string {
    return `nats://${host}:${this.port}`;
  }

  /** Starts it, at the port that it had before. */
  async start(): Promise<this> {
    if (this.port === 0) this.port = await freePort();
    const file = join(this.dir, "nats.conf");
    const config = this.#config.replace("LISTEN", `${host}:${this.port}`).replace("STORE", this.#storeDir);
    writeFileSync(file, config);
    this.#process = spawn("nats-server", ["-c", file, "--log", join(this.dir, "log")], { stdio: "ignore" });
    const endMs = performance.now() + startsWithinMs;
    while (!(await this.#answers())) {
      if (performance.now() > endMs) throw new Error("nats-server does not start");
      await pause(20);
    }
    return this;
  }

  /** As a power cut ends it. */
  async kill(): Promise<void> {
    const ended = this.#process;
    this.#process = null;
    if (ended === null || ended.exitCode !== null) return;
    const gone = new Promise((resolve) => ended.once("exit", resolve));
    ended.kill("SIGKILL");
    await gone;
  }

  /** Its disk is lost. Only while it does not run. */
  wipe(): void {
    rmSync(this.#storeDir, { recursive: true, force: true });
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.dir, { recursive: true, force: true });
  }

  get #storeDir(): string {
    return join(this.dir, "store");
  }

  #answers(): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.port, host);
      socket.once("data", () => resolve(true));
      socket.once("error", () => resolve(false));
      socket.once("close", () => resolve(false));
      setTimeout(() => socket.destroy(), 500);
    }).then((answers) => answers === true);
  }
}
