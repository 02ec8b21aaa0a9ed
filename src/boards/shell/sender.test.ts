import { describe, expect, test } from "vitest";
import type { BoardPost, BoardPostAnswer } from "../../site/views/board-view.ts";
import { giveUpAfterMs } from "./outbox.ts";
import { type SenderPorts, send } from "./sender.ts";

const post: BoardPost = { request: "request-1", kind: "mission.kept/1", by: "dispatcher#1", body: {} };

/** A line that loses the first answers; waiting only moves the clock. */
function line(losses: number, answer: BoardPostAnswer) {
  let nowMs = 0;
  const sent: BoardPost[] = [];
  const ports: SenderPorts = {
    post: async (fact) => {
      sent.push(fact);
      nowMs += 100;
      if (sent.length <= losses) throw new Error("the line is cut");
      return answer;
    },
    wait: async (ms) => {
      nowMs += ms;
    },
    steadyMs: () => nowMs,
    anchorNowMs: () => 5_000,
  };
  return { ports, sent, passedMs: () => nowMs };
}

describe("[BOARD5] a post", () => {
  test("is written only on the anchor's answer, and every try carries the same request", async () => {
    const { ports, sent } = line(3, { ok: true, ref: ["a/b/1-00000000", 4] });
    expect(await send(ports, post)).toEqual({ step: "written", ref: ["a/b/1-00000000", 4], atMs: 5_000 });
    expect(sent).toEqual([post, post, post, post]);
  });

  test("that is refused shows the anchor's sentence and is not tried again", async () => {
    const sentence = { de: "Nein.", en: "No." };
    const { ports, sent } = line(0, { ok: false, code: "bad-field", sentence });
    expect(await send(ports, post)).toEqual({ step: "refused", sentence });
    expect(sent).toHaveLength(1);
  });

  test("without any answer ends as open after 30 s: an old decision does not write itself", async () => {
    const { ports, passedMs } = line(Number.POSITIVE_INFINITY, { ok: true, ref: ["a/b/1-00000000", 4] });
    expect(await send(ports, post)).toEqual({ step: "unsure" });
    expect(passedMs()).toBeGreaterThan(giveUpAfterMs - 3_000);
    expect(passedMs()).toBeLessThanOrEqual(giveUpAfterMs);
  });
});
