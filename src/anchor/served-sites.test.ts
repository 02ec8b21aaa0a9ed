import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { ctIs, postFact, type SmallRegion, setUpSmallRegion, startHere } from "../../test/support/anchors.ts";
import { present } from "../basics/assert.ts";
import type { HospitalBoardView, SitePush } from "../site/views/board-site-view.ts";
import type { BoardPush, BoardRegion, PersonRow } from "../site/views/board-view.ts";
import type { Anchor } from "./anchor.ts";
import { closedAfterMs } from "./boards/open-boards.ts";
import { type Clock, systemClock } from "./clock.ts";

let region: SmallRegion;
let aheadMs = 0;
const clock: Clock = () => {
  const { wallMs, monoMs } = systemClock();
  return { wallMs, monoMs: monoMs + aheadMs };
};
const anchors: Anchor[] = [];

beforeAll(async () => {
  region = await setUpSmallRegion();
  for (const id of ["duesseldorf", "ukd"]) {
    const anchor = await startHere(region.dirOf(id), [], clock);
    if (typeof anchor === "string") throw new Error(anchor);
    anchors.push(anchor);
  }
});
afterAll(async () => {
  for (const anchor of anchors) await anchor.stop();
  rmSync(region.dir, { recursive: true });
});

/** What a site's own board has been told, until it shows what is waited for. */
async function boardOf<Push>(site: string, isShown: (push: Push) => boolean): Promise<Push> {
  const abort = new AbortController();
  const url = `${region.urlOf(site)}/api/${site}/board/events`;
  const response = await fetch(url, { signal: abort.signal });
  let text = "";
  for await (const chunk of present(response.body, "a stream").pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const push = JSON.parse(text.slice("data: ".length, end)) as Push;
      text = text.slice(end + 2);
      if (!isShown(push)) continue;
      abort.abort();
      return push;
    }
  }
  throw new Error("the stream ended");
}

/** Until the charter has come a site has no roles, and nobody begins a shift there. */
function startShift(site: string, role: string, name: string): Promise<PersonRow> {
  const post = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ role, name }),
  };
  const begin = async (): Promise<PersonRow> => {
    const response = await fetch(`${region.urlOf(site)}/api/${site}/shift`, post);
    expect(response.status).toBe(200);
    return (await response.json()) as PersonRow;
  };
  return vi.waitFor(begin, { timeout: 10_000, interval: 100 });
}

describe("[VIEW7] a running process", () => {
  test("[PEOPLE2] names stand on the site's own boards and in no log; the region names every site", async () => {
    const { by, number } = await startShift("ukd", "nurse", "Anna Äpfel");
    expect(by).toBe("nurse#100");
    await boardOf<SitePush<HospitalBoardView>>(
      "ukd",
      (push) => push.type === "all" && push.view.own.people?.[0]?.name === "Anna Äpfel",
    );
    await postFact(region.urlOf("ukd"), "ukd", ctIs("open", "request-1"));
    const centre = await boardOf<BoardPush>("duesseldorf", (push) => push.type === "all");
    expect(JSON.stringify(centre)).not.toContain("Anna");
    expect(readFileSync(join(region.dirOf("ukd"), "store.db-wal")).includes("Anna")).toBe(false);
    const url = `${region.urlOf("ukd")}/api/ukd`;
    expect((await fetch(`${url}/people/${number}`, { method: "DELETE" })).status).toBe(200);
    const given = (await (await fetch(`${url}/region`)).json()) as BoardRegion;
    expect(given.names).toMatchObject({ duesseldorf: "duesseldorf", ukd: "ukd" });
  });

  test("[VIEW1] a hospital's word turns from written here to held by dispatch on its own board", async () => {
    const { answer } = await postFact(region.urlOf("ukd"), "ukd", ctIs("limited", "request-2"));
    if (!answer.ok) throw new Error(answer.code);
    const held = await boardOf<SitePush<HospitalBoardView>>("ukd", (push) => {
      const rows = push.type === "all" ? push.view.capabilities : [];
      const changed = push.type === "rows" ? (push.changes.capabilities ?? []) : rows;
      return changed.some(
        ({ capability, words }) =>
          capability === "ct" && words[0]?.ref[1] === answer.ref[1] && words[0].heldByDispatch,
      );
    });
    expect(held.type).not.toBe("alive");
  });

  test("[VIEW5] a centre's board is told whose task is whose, as a change of that member alone", async () => {
    const abort = boardOf<BoardPush>(
      "duesseldorf",
      (push) => push.type === "rows" && (push.centreChanges?.tasks?.length ?? 0) > 0,
    );
    await postFact(region.urlOf("duesseldorf"), "duesseldorf", {
      request: "request-3",
      kind: "task.taken/1",
      by: "dispatcher#7",
      body: { task: "confirm:ukd", over: [] },
    });
    const push = await abort;
    expect(push).toMatchObject({
      centreChanges: {
        tasks: [{ task: "confirm:ukd", owners: [{ centre: "duesseldorf", by: "dispatcher#7" }] }],
      },
    });
    expect(push).not.toMatchObject({ centreChanges: { voices: expect.anything() } });
  });

  test("[BOARD115] sound that is known is not written again; that no board is open the anchor writes, and the centre reads it", async () => {
    const say = (request: string) =>
      postFact(region.urlOf("ukd"), "ukd", { request, kind: "board.sound/1", body: { sound: "on" } });
    const { answer } = await say("request-4");
    expect((await say("request-5")).answer).toEqual(answer);
    const isClosed = (push: BoardPush): boolean => {
      const centre =
        push.type === "rows" ? push.centreChanges : push.type === "all" ? push.view.centre : null;
      return centre?.noSound?.some(({ site, closed }) => site === "ukd" && closed === true) ?? false;
    };
    const told = boardOf("duesseldorf", isClosed);
    aheadMs += closedAfterMs;
    await told;
    expect((await say("request-6")).answer).not.toEqual(answer);
    // The first push may still be from before it came.
    await boardOf<BoardPush>("duesseldorf", (push) => {
      const isTold =
        push.type === "all" || (push.type === "rows" && push.centreChanges?.noSound !== undefined);
      return isTold && !isClosed(push);
    });
  });
});
