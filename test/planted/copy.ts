import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { root } from "../support/files.ts";
import type { Planted } from "./plants.ts";

/** What a checker found in one seed, and after how many events. */
export type Finding = { readonly seed: number; readonly checker: string; readonly events: number };

/** What the process that replays says, a line each: a seed that it begins, or what was found in it. */
export type ReplayLine = { readonly seed?: number; readonly finding?: Finding };

/** A seed without a mistake needs a tenth of it. */
const heapMbMax = 1_024;

/** A copy of the program, in a folder of its own, with one mistake after the other in it. */
export class PlantedCopy {
  readonly #folder = mkdtempSync(join(tmpdir(), "holdfast-planted-"));

  constructor() {
    const copy = join(this.#folder, "src");
    cpSync(join(root, "src"), copy, { recursive: true, filter: isProgram });
    cpSync(join(root, "package.json"), join(this.#folder, "package.json"));
    symlinkSync(join(root, "node_modules"), join(this.#folder, "node_modules"));
  }

  /**
   * What is found in so many seeds, from `first` on, with this mistake and no other. Throws when its text does not stand in
   * its file exactly once: the program has changed, and the plant must follow.
   */
  async findings(planted: Planted, first: number, count: number): Promise<readonly Finding[]> {
    const { name, file, text, replacement } = planted;
    const source = readFileSync(join(root, file), "utf8");
    const found = source.split(text).length - 1;
    if (found !== 1) throw new Error(`${name}: its text stands ${found} times in ${file}`);
    writeFileSync(
      join(this.#folder, file),
      source.replace(text, () => replacement),
    );
    try {
      return await replay(this.#folder, first, count);
    } finally {
      writeFileSync(join(this.#folder, file), source);
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}

function isProgram(path: string): boolean {
  return !/\.test\.tsx?$|[\\/]src[\\/]boards/.test(path);
}

/** A seed in which a mistake takes all memory ends the process; it counts as found by nobody's checker, and the rest is replayed. */
async function replay(folder: string, first: number, count: number): Promise<readonly Finding[]> {
  const { ended, lines } = await runChild(folder, first, count);
  const findings = lines.flatMap(({ finding }) => (finding === undefined ? [] : [finding]));
  if (ended === 0) return findings;
  const { seed } = lines.findLast(({ seed: begun }) => begun !== undefined) ?? {};
  if (seed === undefined) throw new Error(`The planted program ended with ${ended} before its first seed.`);
  const died: Finding = { seed, checker: "the process died", events: Number.POSITIVE_INFINITY };
  return [...findings, died, ...(await replayRest(folder, seed + 1, first + count))];
}

async function replayRest(folder: string, first: number, end: number): Promise<readonly Finding[]> {
  return first < end ? replay(folder, first, end - first) : [];
}

async function runChild(
  folder: string,
  first: number,
  count: number,
): Promise<{ readonly ended: number | null; readonly lines: readonly ReplayLine[] }> {
  const args = [
    `--max-old-space-size=${heapMbMax}`,
    join(import.meta.dirname, "replay-child.ts"),
    folder,
    `${first}`,
    `${count}`,
  ];
  // What is the same in every copy is compiled once.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, "compiled") };
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [ended] = await once(child, "close");
  const whole = said.split("\n").slice(0, -1);
  return { ended, lines: whole.map((line) => JSON.parse(line) as ReplayLine) };
}
