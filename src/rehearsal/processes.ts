import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { parseVisit, type Visit } from "../anchor/boards/visits.ts";
import { assert, present } from "../basics/assert.ts";
import { secondMs } from "../basics/time.ts";
import type { ProcessState } from "../site/views/rehearsal-view.ts";

export type ProcessesOptions = {
  /** Folder of the rehearsal: one folder a process inside, see setup.ts. */
  readonly dir: string;
  /** The project's own folder. */
  readonly root: string;
  /** A process ended although nobody here ended it. `how` is its exit code or signal. */
  readonly onDied: (id: string, how: string) => void;
  /** Somebody opened a board of a process, or wrote at it. */
  readonly onVisit?: (visit: Visit) => void;
};

type Child = {
  readonly process: ChildProcess;
  readonly ended: Promise<void>;
  expected: boolean;
  state: "starting" | "running" | "frozen";
};

/** One that ends at its start says so at once; one that only starts slowly, on an old machine with other work, is waited for. */
const listenWithinMs = 120 * secondMs;
const stopWithinMs = 10 * secondMs;
const listening = "listening on ";

/**
 * The processes of one rehearsal, each the same program that a real site runs. Only own children are ever signalled.
 * A child ends by itself when this process is gone, whatever happened to it: its standard input closes.
 */
export class Processes {
  readonly #options: ProcessesOptions;
  readonly #children = new Map<string, Child>();
  /** Processes that ended by themselves, and were not started again. */
  readonly #died = new Set<string>();

  constructor(options: ProcessesOptions) {
    this.#options = options;
    process.once("exit", () => this.killAll());
  }

  stateOf(id: string): ProcessState {
    return this.#children.get(id)?.state ?? (this.#died.has(id) ? "died" : "killed");
  }

  /** Resolves when the process serves its boards; rejects with a sentence when it does not. */
  start(id: string): Promise<void> {
    assert(!this.#children.has(id), `${id} is not running`);
    const { dir, root } = this.#options;
    const processDir = join(dir, id);
    const child = spawn(process.execPath, [join(root, "src", "cli.ts"), "anchor", processDir, "--child"], {
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, NODE_COMPILE_CACHE: join(root, ".holdfast", "compiled") },
    });
    const diary = createWriteStream(join(processDir, "diary.txt"), { flags: "a" });
    child.stderr?.pipe(diary);
    // Writing to a child that has just ended is no fault of ours.
    child.stdin?.on("error", () => undefined);
    const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
    const entry: Child = { process: child, ended, expected: false, state: "starting" };
    this.#children.set(id, entry);
    this.#died.delete(id);
    child.once("exit", (code, signal) => {
      if (this.#children.get(id) === entry) this.#children.delete(id);
      if (entry.expected) return;
      this.#died.add(id);
      this.#options.onDied(id, signal ?? `code ${code}`);
    });
    return this.#untilListening(entry, id, join(processDir, "diary.txt"));
  }

  /** As a power cut would end it: nothing is flushed, nothing is said. */
  async kill(id: string): Promise<void> {
    const child = this.#running(id);
    child.expected = true;
    child.process.kill("SIGKILL");
    await child.ended;
  }

  freeze(id: string): void {
    const child = this.#running(id);
    child.process.kill("SIGSTOP");
    child.state = "frozen";
  }

  thaw(id: string): void {
    const child = this.#running(id);
    child.process.kill("SIGCONT");
    child.state = "running";
  }

  /** As a power cut in all houses at once. Resolves when none is left. */
  async killEvery(): Promise<void> {
    const children = [...this.#children.values()];
    this.killAll();
    await Promise.all(children.map(({ ended }) => ended));
  }

  /** Asks every process to end and waits; one that does not is killed. */
  async stopAll(): Promise<void> {
    const children = [...this.#children.values()];
    for (const child of children) {
      child.expected = true;
      child.process.kill("SIGCONT");
      child.process.kill("SIGTERM");
    }
    const impatient = setTimeout(() => this.killAll(), stopWithinMs);
    await Promise.all(children.map(({ ended }) => ended));
    clearTimeout(impatient);
  }

  /** At once, also where nothing can be awaited any more. */
  killAll(): void {
    for (const child of this.#children.values()) {
      child.expected = true;
      child.process.kill("SIGKILL");
    }
  }

  #running(id: string): Child {
    return present(this.#children.get(id), `${id} is running`);
  }

  #untilListening(child: Child, id: string, diary: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const tooLate = setTimeout(
        () => reject(new Error(`${id} did not answer; see ${diary}`)),
        listenWithinMs,
      );
      child.process.once("exit", () => {
        clearTimeout(tooLate);
        reject(new Error(`${id} ended at its start; see ${diary}`));
      });
      readLines(child.process, (line) => {
        if (line.startsWith(listening)) {
          clearTimeout(tooLate);
          child.state = "running";
          resolve();
        }
        const visit = parseVisit(line);
        if (visit !== null) this.#options.onVisit?.(visit);
      });
    });
  }
}

function readLines({ stdout }: ChildProcess, take: (line: string) => void): void {
  let text = "";
  stdout?.on("data", (chunk: Buffer) => {
    text += chunk.toString("utf8");
    const lines = text.split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) take(line);
  });
}
