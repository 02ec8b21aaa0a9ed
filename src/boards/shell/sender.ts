import type { BoardPost, BoardPostAnswer } from "../../site/views/board-view.ts";
import { pause } from "./insist.ts";
import { giveUpAfterMs, type SlipState, tryAgainAfterMs } from "./outbox.ts";

/** An answer may wait for a slow disk; past this the connection counts as lost. */
const answerWithinMs = 10_000;

/** Posts facts to the anchor at `url`, each until it answers. */
export function factSender(
  url: string,
  steadyMs: () => number,
  anchorNowMs: () => number,
): (post: BoardPost) => Promise<SlipState> {
  return (post) => send({ post: (fact) => postFact(url, fact), wait: pause, steadyMs, anchorNowMs }, post);
}

export type SenderPorts = {
  /** Posts once; rejects when no answer of the anchor came back. */
  readonly post: (post: BoardPost) => Promise<BoardPostAnswer>;
  readonly wait: (ms: number) => Promise<void>;
  readonly steadyMs: () => number;
  /** The anchor's clock, UTC ms. */
  readonly anchorNowMs: () => number;
};

/**
 * Posts until the anchor answers, always under the same request id, so that a lost answer is no second fact. After
 * {@link giveUpAfterMs} it stops: an old decision must not be written by itself when the anchor comes back.
 */
export async function send(ports: SenderPorts, post: BoardPost): Promise<SlipState> {
  const startedMs = ports.steadyMs();
  for (;;) {
    try {
      return stateOf(await ports.post(post), ports.anchorNowMs());
    } catch {
      if (ports.steadyMs() - startedMs + tryAgainAfterMs > giveUpAfterMs) return { step: "unsure" };
      await ports.wait(tryAgainAfterMs);
    }
  }
}

function stateOf(answer: BoardPostAnswer, nowMs: number): SlipState {
  return answer.ok
    ? { step: "written", ref: answer.ref, atMs: nowMs }
    : { step: "refused", sentence: answer.sentence };
}

/** One try over HTTP. Whatever is not an answer of the anchor (a proxy's page, a cut line) rejects. */
async function postFact(url: string, post: BoardPost): Promise<BoardPostAnswer> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(post),
    signal: AbortSignal.timeout(answerWithinMs),
  });
  const answer: unknown = await response.json();
  if (!isAnswer(answer)) throw new Error("not an answer of the anchor");
  return answer;
}

function isAnswer(value: unknown): value is BoardPostAnswer {
  if (typeof value !== "object" || value === null || !("ok" in value)) return false;
  return value.ok === true ? "ref" in value : value.ok === false && "sentence" in value;
}

/** 128 random bits: also where the page came over plain http, which has no `randomUUID`. */
export function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
