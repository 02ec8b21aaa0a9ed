import { describe, expect, test } from "vitest";
import type { BoardPost } from "../../site/views/board-view.ts";
import { current, discarded, type Outbox, sending, withState, writtenShownMs } from "./outbox.ts";

const post = (request: string): BoardPost => ({
  request,
  kind: "mission.kept/1",
  by: "dispatcher#1",
  body: {},
});

function twoSlips(): Outbox<string> {
  return sending(sending<string>([], post("one"), "first"), post("two"), "second");
}

describe("[BOARD5] slips of a desk", () => {
  test("start as being written and change alone", () => {
    const outbox = withState(twoSlips(), "one", { step: "unsure" });
    expect(outbox.map(({ state }) => state.step)).toEqual(["unsure", "writing"]);
  });

  test("sent again are the same slip, under the same request", () => {
    const unsure = withState(twoSlips(), "one", { step: "unsure" });
    const again = sending(unsure, post("one"), "first");
    expect(again.map((slip) => [slip.post.request, slip.state.step])).toEqual([
      ["two", "writing"],
      ["one", "writing"],
    ]);
    expect(discarded(again, "one")).toHaveLength(1);
  });

  test("stay in view while unfinished; what was written leaves after two minutes", () => {
    const written = withState(twoSlips(), "one", {
      step: "written",
      ref: ["a/b/1-00000000", 0],
      atMs: 1_000,
    });
    expect(current(written, 1_000 + writtenShownMs - 1)).toHaveLength(2);
    expect(current(written, 1_000 + writtenShownMs).map(({ order }) => order)).toEqual(["second"]);
  });
});
