import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { cellRow, HandBoard, heard, silent } from "../../test/support/night.ts";
import { nightMs } from "../../test/support/region.ts";
import { Watch } from "./watch.ts";

const openRunsOutMs = 60_000;
const watches: Watch[] = [];

beforeEach(() => {
  vi.useFakeTimers({ now: nightMs });
});
afterEach(() => {
  for (const watch of watches.splice(0)) watch.stop();
  vi.useRealTimers();
});

/** @param answeredMs when the last word on UKD's CT was answered, by the script's own record; null: it has none */
function watched(answeredMs: number | null = nightMs) {
  const board = new HandBoard("duesseldorf");
  const written = { ref: ["ukd/box/1-00000001", 1], sentMs: 0, answeredMs: answeredMs ?? 0 } as const;
  const word = { hospital: "ukd", capability: "ct", state: "open", written } as const;
  const hospitals = { wordOn: () => (answeredMs === null ? undefined : word) };
  const watch = new Watch({ centres: [board], boards: [board], hospitals, openRunsOutMs });
  watches.push(watch);
  return { watch, board };
}

describe("silences", () => {
  test("a row that says silent without an outage is a false one; each time it begins counts", () => {
    const { watch, board } = watched();
    board.show([cellRow("neuss", {}, heard)]);
    expect(watch.falseSilences).toEqual([]);
    for (const contact of [silent, silent, heard, silent]) board.show([cellRow("neuss", {}, contact)]);
    expect(watch.falseSilences).toEqual(["duesseldorf neuss", "duesseldorf neuss"]);
  });

  test("neither late nor not yet heard is silent", () => {
    const { watch, board } = watched();
    for (const verdict of ["late", "not-yet-heard"] as const)
      board.show([cellRow("neuss", {}, { ...heard, verdict })]);
    expect(watch.falseSilences).toEqual([]);
  });

  test("a centre that is called silent without an outage is one as well", () => {
    const { watch, board } = watched();
    board.showOwn({ centres: [{ site: "wuppertal", contact: silent }] });
    expect(watch.falseSilences).toEqual(["duesseldorf wuppertal"]);
  });

  test("a hospital's or crew's board that calls a centre silent counts too, once the centre had its time to be heard there", () => {
    const { watch } = watched();
    const sees = (contact: typeof heard) =>
      watch.seeCentres({ site: "rtw-1", centres: [{ site: "wuppertal", contact }] });
    watch.begin("wuppertal");
    vi.advanceTimersByTime(9_000);
    watch.end("wuppertal");
    for (const ms of [0, 10_000]) {
      vi.advanceTimersByTime(ms);
      sees(silent);
    }
    expect(watch.falseSilences).toEqual([]);
    vi.advanceTimersByTime(1);
    for (const contact of [silent, silent, heard, silent]) sees(contact);
    expect(watch.falseSilences).toEqual(["rtw-1 wuppertal", "rtw-1 wuppertal"]);
  });

  test("a site is out from its fault until it was heard again, and only that site", () => {
    const { watch, board } = watched();
    watch.begin("ukd");
    vi.advanceTimersByTime(9_000);
    board.show([cellRow("ukd", {}, silent)]);
    expect(watch.falseSilences).toEqual([]);
    board.show([cellRow("neuss", {}, silent)]);
    expect(watch.falseSilences).toEqual(["duesseldorf neuss"]);
    board.show([cellRow("ukd", {}, heard)]);
    watch.end("ukd");
    vi.advanceTimersByTime(1_000);
    board.show([cellRow("ukd", {}, silent)]);
    expect(watch.falseSilences).toEqual(["duesseldorf neuss", "duesseldorf ukd"]);
    expect([-1, 0, 9_000, 9_001].map((ms) => watch.wasOut("ukd", nightMs + ms))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

describe("states shown as open", () => {
  /** What the watch finds when the board still shows this cell so long after the word was said. */
  function foundAfter(ms: number, cell: Parameters<typeof cellRow>[1], answeredMs?: number | null) {
    const { watch, board } = watched(answeredMs);
    board.show([cellRow("ukd", cell)]);
    vi.advanceTimersByTime(ms);
    // The board is told something every second: its cells stay.
    board.showOwn({});
    vi.advanceTimersByTime(500);
    return [...watch.shownOpen.keys()];
  }
  const untilMs = nightMs + openRunsOutMs;
  const found = [`duesseldorf ukd ct ${nightMs}`];

  test.each([
    ["open past its end", 63_000, { untilMs }, found],
    ["limited past its end", 63_000, { state: "limited", untilMs }, found],
    ["open until its end", 59_000, { untilMs }, []],
    ["open for as long as a board may need to say so", 61_000, { untilMs }, []],
    ["full, which does not end", 63_000, { state: "full" }, []],
    ["unconfirmed, as it ought to be", 63_000, { state: "unconfirmed" }, []],
    ["open with an end that the board puts off", 63_000, { untilMs: untilMs + 600_000 }, found],
    ["open without any end", 63_000, { untilMs: null }, found],
    ["open past an end that was given for this word", 14_000, { untilMs: nightMs + 10_000 }, found],
  ] as const)("a cell that is %s", (_, ms, cell, expected) => {
    expect(foundAfter(ms, cell)).toEqual(expected);
  });

  test("by the script's own record a later word holds longer, and a cell that nobody spoke of is over", () => {
    expect(foundAfter(63_000, { untilMs: untilMs + 30_000 }, nightMs + 30_000)).toEqual([]);
    expect(foundAfter(1_000, { untilMs: null }, null)).toEqual(found);
  });

  test("a board whose anchor is gone is not read: it says so itself", () => {
    const { watch, board } = watched();
    board.show([cellRow("ukd", { untilMs })]);
    vi.advanceTimersByTime(70_000);
    expect([...watch.shownOpen.keys()]).toEqual([]);
  });

  test("a word that ends after the last push is ended by the page; one that the anchor itself says past its end counts", () => {
    const { watch, board } = watched();
    vi.advanceTimersByTime(57_550);
    board.show([cellRow("ukd", { untilMs: nightMs + 56_600 })]);
    vi.advanceTimersByTime(2_500);
    expect([...watch.shownOpen.keys()]).toEqual([]);
    board.showOwn({});
    vi.advanceTimersByTime(500);
    expect([...watch.shownOpen.keys()]).toEqual(found);
  });

  test("it is counted once for each word, not for each look", () => {
    const { watch, board } = watched();
    for (const saidMs of [nightMs, nightMs + 1_000]) {
      board.show([cellRow("ukd", { saidMs, untilMs })]);
      vi.advanceTimersByTime(63_000);
      for (let looks = 0; looks < 3; looks += 1) {
        board.showOwn({});
        vi.advanceTimersByTime(500);
      }
    }
    expect(watch.shownOpen.size).toBe(2);
  });
});
