import { randomUUID } from "node:crypto";
import type { JsonObject } from "../basics/canonical-json.ts";
import type { FactRef } from "../basics/name.ts";
import { secondMs } from "../basics/time.ts";
import { answerRefusals } from "../site/exchange/answering.ts";
import type { BoardPost, BoardPostAnswer } from "../site/views/board-view.ts";
import type { Ledger } from "./ledger.ts";

/** When a fact was sent and answered, by the machine's clock, and where it stands. */
export type Written = { readonly ref: FactRef; readonly sentMs: number; readonly answeredMs: number };

/** How the requests of the script begin: everything else that is written at a board is a person's. */
export const scriptMark = "s_";

const answerWithinMs = 5 * secondMs;
const againAfterMs = 500;

/** A person's way to write at the board of one site: the board's own HTTP path and nothing else. */
export class Desk {
  readonly #url: string;
  readonly #by: string;
  readonly #ledger: Ledger;
  #left = false;
  #open = 0;

  /** @param by role and number, as `dispatcher#1` */
  constructor(url: string, by: string, ledger: Ledger) {
    this.#url = url;
    this.#by = by;
    this.#ledger = ledger;
  }

  /** Facts that are sent and not answered yet. */
  get open(): number {
    return this.#open;
  }

  /**
   * Writes a fact and waits for its durable answer. While the anchor is gone the same request is sent again: a retry
   * is not a second fact. Null: the anchor refused it, which the ledger notes unless it is the right answer to a late
   * click, or the person left before it answered.
   * @param seen the advice that it acts on, as the row names it
   */
  async write(kind: string, body: JsonObject, seen?: string): Promise<Written | null> {
    const post = { request: scriptMark + randomUUID(), kind, by: this.#by, body, seen };
    this.#open += 1;
    try {
      return await this.#sendUntilAnswered(post);
    } finally {
      this.#open -= 1;
    }
  }

  async #sendUntilAnswered(post: BoardPost & { readonly body: JsonObject }): Promise<Written | null> {
    const { request, kind, body } = post;
    const sentMs = Date.now();
    while (!this.#left) {
      const answer = await this.#send(post);
      if (answer?.ok === true) {
        this.#ledger.acknowledge({ ref: answer.ref, request, kind, body });
        return { ref: answer.ref, sentMs, answeredMs: Date.now() };
      }
      if (answer !== null && !mayRecover.has(answer.code)) {
        if (!tooLate.has(answer.code)) {
          this.#ledger.refused.push(`${kind} at ${this.#url}: ${answer.sentence.en}`);
        }
        return null;
      }
      await new Promise((resolve) => setTimeout(resolve, againAfterMs));
    }
    return null;
  }

  leave(): void {
    this.#left = true;
  }

  async #send(post: BoardPost): Promise<BoardPostAnswer | null> {
    try {
      const response = await fetch(`${this.#url}/facts`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(post),
        signal: AbortSignal.timeout(answerWithinMs),
      });
      // The anchor's own words, of the version that runs here.
      return (await response.json()) as BoardPostAnswer;
    } catch {
      return null;
    }
  }
}

/** Refusals that pass by themselves. */
const mayRecover: ReadonlySet<string> = new Set(["cannot-record", "too-many-waiting"]);

/** Right answers to a click on what changed a moment ago. */
const tooLate: ReadonlySet<string> = new Set(answerRefusals);
