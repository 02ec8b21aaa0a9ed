import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { calmOwn, heard, missionRow } from "../../../test/support/board-sample.ts";
import type { BoardPush, BoardView, HospitalRow } from "../../site/views/board-view.ts";
import { BoardHub } from "./board-hub.ts";

const nowMs = 1_599_782_400_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function row(hospital: string, inbound = 0): HospitalRow {
  return { hospital, contact: heard, cells: {}, inbound };
}

/** A hub over a view that a test may change. */
function hubOver(first: BoardView) {
  const state = { view: first, made: 0 };
  const hub = new BoardHub({
    clock: () => ({ wallMs: nowMs, monoMs: 0 }),
    view: () => {
      state.made += 1;
      return state.view;
    },
  });
  return { hub, state };
}

function board(hub: BoardHub) {
  const pushes: BoardPush[] = [];
  const leave = hub.subscribe({ push: (message) => pushes.push(message) });
  return { pushes, leave };
}

const calm: BoardView = {
  own: calmOwn,
  hospitals: [row("ukd"), row("neuss")],
  missions: [missionRow(1, nowMs), missionRow(2, nowMs)],
};

describe("[HUB1] a board gets the whole first, then what changed", () => {
  test("the whole at once", () => {
    const { pushes } = board(hubOver(calm).hub);
    expect(pushes).toEqual([{ type: "all", nowMs, view: calm }]);
  });

  test("rows that changed, missions that are gone, within 20 ms", () => {
    const { hub, state } = hubOver(calm);
    const { pushes } = board(hub);
    const ukd = row("ukd", 3);
    const [kept, changed] = [calm.missions[0] ?? missionRow(1, nowMs), missionRow(3, nowMs)];
    state.view = { ...calm, hospitals: [ukd, row("neuss")], missions: [kept, changed] };
    hub.changed();
    expect(pushes).toHaveLength(1);
    vi.advanceTimersByTime(20);
    expect(pushes[1]).toEqual({
      type: "rows",
      nowMs,
      hospitals: [ukd],
      missions: [changed],
      gone: [missionRow(2, nowMs).mission],
    });
  });

  test("how the anchor itself stands", () => {
    const { hub, state } = hubOver(calm);
    const { pushes } = board(hub);
    const own = { ...calmOwn, storing: false };
    state.view = { ...calm, own };
    hub.changed();
    vi.advanceTimersByTime(20);
    expect(pushes[1]).toMatchObject({ type: "rows", own, hospitals: [], missions: [] });
  });

  test("nothing when nothing that shows has changed", () => {
    const { hub, state } = hubOver(calm);
    const { pushes } = board(hub);
    state.view = structuredClone(calm);
    hub.changed();
    vi.advanceTimersByTime(500);
    expect(pushes).toHaveLength(1);
  });

  test("a burst of changes is one push", () => {
    const { hub, state } = hubOver(calm);
    const { pushes } = board(hub);
    const before = state.made;
    for (let inbound = 1; inbound <= 50; inbound += 1) {
      state.view = { ...calm, hospitals: [row("ukd", inbound), row("neuss")] };
      hub.changed();
    }
    vi.advanceTimersByTime(20);
    expect([pushes.length, state.made - before]).toEqual([2, 1]);
    expect(pushes[1]).toMatchObject({ hospitals: [{ hospital: "ukd", inbound: 50 }] });
  });

  test("receipts alone within 100 ms, many of them as one, and with a fact as soon as that one shows", () => {
    const { hub, state } = hubOver(calm);
    const { pushes } = board(hub);
    const before = state.made;
    for (const ms of [40, 40, 19]) {
      hub.changed(true);
      vi.advanceTimersByTime(ms);
    }
    expect(state.made - before).toBe(0);
    vi.advanceTimersByTime(1);
    expect(state.made - before).toBe(1);
    state.view = { ...calm, hospitals: [row("ukd", 1), row("neuss")] };
    hub.changed(true);
    hub.changed();
    vi.advanceTimersByTime(20);
    expect([pushes.length, state.made - before]).toEqual([2, 2]);
    vi.advanceTimersByTime(100);
    expect(state.made - before).toBe(2);
  });
});

describe("[HUB2] a sign of life every second", () => {
  test("with the anchor's clock, and with what changed by time alone", () => {
    const { hub, state } = hubOver(calm);
    const { pushes } = board(hub);
    state.view = { ...calm, hospitals: [row("ukd", 1), row("neuss")] };
    vi.advanceTimersByTime(3_000);
    expect(pushes.map(({ type }) => type)).toEqual(["all", "rows", "alive", "alive", "alive"]);
    expect(pushes.at(-1)).toEqual({ type: "alive", nowMs });
  });
});

describe("[HUB3] several boards", () => {
  test("one that comes while changes wait gets the whole first, the others what changed", () => {
    const { hub, state } = hubOver(calm);
    const early = board(hub);
    state.view = { ...calm, hospitals: [row("ukd", 1), row("neuss")] };
    hub.changed();
    const late = board(hub);
    expect(late.pushes).toEqual([{ type: "all", nowMs, view: state.view }]);
    expect(early.pushes.map(({ type }) => type)).toEqual(["all", "rows"]);
    vi.advanceTimersByTime(20);
    expect([early.pushes.length, late.pushes.length]).toEqual([2, 1]);
  });

  test("one that leaves gets nothing more; when the last has left nothing is made any more", () => {
    const { hub, state } = hubOver(calm);
    const [first, second] = [board(hub), board(hub)];
    first.leave();
    vi.advanceTimersByTime(1_000);
    expect([first.pushes.length, second.pushes.length]).toEqual([1, 2]);
    second.leave();
    const { made } = state;
    hub.changed();
    vi.advanceTimersByTime(5_000);
    expect([second.pushes.length, state.made]).toEqual([2, made]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("stopping ends them all, and a later board begins with the whole", () => {
    const { hub, state } = hubOver(calm);
    const { pushes } = board(hub);
    hub.stop();
    state.view = { ...calm, missions: [] };
    hub.changed();
    vi.advanceTimersByTime(5_000);
    expect(pushes).toHaveLength(1);
    expect(board(hub).pushes).toEqual([{ type: "all", nowMs, view: state.view }]);
    hub.stop();
  });
});

test("[BOARD118] a board to which a push failed is not told that it is alive, and gets the whole as soon as that can be", () => {
  const { hub, state } = hubOver(calm);
  const heardTypes: string[] = [];
  let fails = true;
  const leave = hub.subscribe({
    push: (message) => {
      if (fails && message.type !== "loading") throw new Error("not to be pushed");
      heardTypes.push(message.type);
    },
  });
  vi.advanceTimersByTime(1_000);
  state.view = { ...calm, hospitals: [row("ukd", 3), row("neuss")] };
  hub.changed();
  vi.advanceTimersByTime(500);
  expect(new Set(heardTypes)).toEqual(new Set(["loading"]));
  fails = false;
  vi.advanceTimersByTime(1_000);
  expect(heardTypes.slice(-1)).toEqual(["all"]);
  leave();
});
