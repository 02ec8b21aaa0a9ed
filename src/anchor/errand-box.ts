import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { err, type Result } from "../basics/result.ts";
import { type Errand, errandSchema, runErrand, type Workplace } from "./errand.ts";

/*
 * How a command reaches the anchor that holds the store: a folder beside the store, into which only who may write
 * there can put an errand. One file asks, one answers; no port is opened for it.
 */

const answerSchema = v.variant("ok", [
  v.object({ ok: v.literal(true), value: v.string() }),
  v.object({ ok: v.literal(false), error: v.string() }),
]);

const lookEveryMs = 200;
/** A running anchor takes an errand at its next look, one that is at another errand when that is done. */
const takenSoonMs = 1_000;
const takenWithinMs = 10_000;

function boxOf(dir: string): string {
  return join(dir, "errands");
}

/** The anchor's side: looks into the box and does one errand after the other. */
export class ErrandBox {
  readonly #dir: string;
  readonly #place: Workplace;
  readonly #ticker: NodeJS.Timeout;
  #busy = false;

  /** @param dir the folder of the process, where its store lies */
  constructor(dir: string, place: Workplace) {
    this.#dir = boxOf(dir);
    this.#place = place;
    // What was asked of an earlier process has been given up by who asked.
    rmSync(this.#dir, { recursive: true, force: true });
    mkdirSync(this.#dir, { recursive: true, mode: 0o700 });
    this.#ticker = setInterval(() => void this.#look(), lookEveryMs);
  }

  stop(): void {
    clearInterval(this.#ticker);
    rmSync(this.#dir, { recursive: true, force: true });
  }

  async #look(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (const name of readdirSync(this.#dir).filter((one) => one.endsWith(".ask"))) await this.#do(name);
    } catch {
      // The folder was taken away: whoever did that gets no answers.
    }
    this.#busy = false;
  }

  async #do(name: string): Promise<void> {
    const file = join(this.#dir, name);
    const text = readFileSync(file, "utf8");
    rmSync(file);
    const parsed = v.safeParse(errandSchema, parseJson(text));
    const answer = parsed.success ? await this.#run(parsed.output) : err("Not an errand of this version.");
    writeWhole(join(this.#dir, name.replace(/\.ask$/, ".answer")), JSON.stringify(answer));
  }

  async #run(errand: Errand): Promise<Result<string, string>> {
    try {
      return await runErrand(errand, this.#place);
    } catch (error) {
      return err(`The anchor could not do it: ${String(error)}`);
    }
  }
}

/**
 * The command's side: puts an errand into the box of a running anchor and waits for the answer.
 * @param patience how long an anchor is given to take it
 * @returns null when no anchor took it
 */
export async function askAnchor(
  dir: string,
  errand: Errand,
  patience: "soon" | "busy",
): Promise<Result<string, string> | null> {
  if (!existsSync(boxOf(dir))) return null;
  const ask = join(boxOf(dir), `${randomBytes(8).toString("hex")}.ask`);
  const answer = ask.replace(/\.ask$/, ".answer");
  writeWhole(ask, JSON.stringify(errand));
  const patienceMs = patience === "soon" ? takenSoonMs : takenWithinMs;
  for (let waitedMs = 0; !existsSync(answer); waitedMs += answerPollMs) {
    // It is the anchor's from the moment at which it is gone from the box.
    if (waitedMs > patienceMs && takeBack(ask)) return null;
    if (!existsSync(boxOf(dir))) return err("The anchor ended before it had done that.");
    await new Promise((resolve) => setTimeout(resolve, answerPollMs));
  }
  const parsed = v.safeParse(answerSchema, parseJson(readFileSync(answer, "utf8")));
  rmSync(answer);
  return parsed.success ? parsed.output : err("The anchor's answer cannot be read.");
}

const answerPollMs = 25;

function takeBack(ask: string): boolean {
  try {
    rmSync(ask);
    return true;
  } catch {
    return false;
  }
}

/** Whoever looks for the file finds all of it or nothing. */
function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
