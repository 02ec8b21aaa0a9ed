import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { secondMs } from "../basics/time.ts";

/** Another process that loads one core, as long as something is measured beside it. */
export class BusyCore {
  readonly #child: ChildProcess;
  readonly #startedMs = performance.now();
  readonly #ended: Promise<void>;
  #said = "";

  constructor() {
    const child = spawn(process.execPath, [join(import.meta.dirname, "busy-child.ts")], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    child.stdout?.on("data", (chunk) => {
      this.#said += chunk;
    });
    // It may have ended by itself; then it says nothing, and that counts.
    child.stdin?.on("error", () => undefined);
    this.#child = child;
    this.#ended = new Promise((resolve) => child.once("close", () => resolve()));
  }

  /** Ends it. How much of a core it had, in percent; 0 when it ended before it was asked to. */
  async stop(): Promise<number> {
    const elapsedMs = performance.now() - this.#startedMs;
    this.#child.stdin?.end();
    await this.#ended;
    return Math.round((Number(this.#said) / secondMs / elapsedMs) * 100);
  }
}
