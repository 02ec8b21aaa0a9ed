import { describe, expect, test } from "vitest";
import {
  anchorNowMs,
  attemptFailed,
  attemptStarted,
  goneAfterMs,
  heardMessage,
  heardPush,
  type Link,
  linkState,
  loadingPercent,
  mustReopen,
  newLink,
  patienceMaxMs,
  reopenAfterMs,
  shownMoment,
} from "./link.ts";

const anchorMs = 1_600_000_000_000;

describe("[BOARD1] an anchor that says nothing", () => {
  test("is waited for at first, live from its first message on, gone after more than 4 s", () => {
    const link = newLink(0);
    expect(linkState(link, goneAfterMs)).toBe("waiting");
    expect(linkState(link, goneAfterMs + 1)).toBe("gone");
    const live = heardMessage(link, anchorMs, 10_000);
    expect(linkState(live, 10_000 + goneAfterMs)).toBe("live");
    expect(linkState(live, 10_001 + goneAfterMs)).toBe("gone");
  });

  test("leaves a clock behind that goes on, so that ages grow", () => {
    expect(anchorNowMs(newLink(0), 5_000)).toBeNull();
    const live = heardMessage(newLink(0), anchorMs, 1_000);
    expect(anchorNowMs(live, 1_000)).toBe(anchorMs);
    expect(anchorNowMs(live, 601_000)).toBe(anchorMs + 600_000);
  });

  test("gives another moment to show with each second of its clock, and the moment it counts as gone", () => {
    const live = heardMessage(newLink(0), anchorMs, 1_300);
    expect(shownMoment(live, 2_299)).toBe(shownMoment(live, 1_300));
    expect(shownMoment(live, 2_300)).not.toBe(shownMoment(live, 1_300));
    const goneMs = 1_300 + goneAfterMs + 1;
    expect(shownMoment(live, goneMs)).not.toBe(shownMoment(live, goneMs - 1));
  });
});

describe("[OPEN2] an anchor that still reads what it holds", () => {
  test("is gone for every row, and there: how much it has read is said, and the connection stays", () => {
    const live = heardMessage(newLink(0), anchorMs, 1_000);
    const reading = heardPush(live, { type: "loading", nowMs: anchorMs, percent: 40 }, 2_000);
    expect([linkState(reading, 2_000), loadingPercent(reading, 2_000)]).toEqual(["gone", 40]);
    expect(anchorNowMs(reading, 2_000)).toBe(anchorMs + 1_000);
    expect(mustReopen(reading, 2_000 + reopenAfterMs - 1)).toBe(false);
    expect(loadingPercent(reading, 2_001 + goneAfterMs)).toBeNull();
    const whole = heardPush(reading, { type: "all", nowMs: anchorMs + 2_000 }, 3_000);
    expect([linkState(whole, 3_000), loadingPercent(whole, 3_000)]).toEqual(["live", null]);
  });
});

describe("[BOARD2] the anchor is sought for ever", () => {
  /** Starts and failures of attempts while nothing answers, as the ticks of a board bring them about. */
  function startsWhile(link: Link, fails: boolean, untilMs: number): readonly number[] {
    const starts: number[] = [];
    let now = link;
    for (let ms = 0; ms <= untilMs; ms += 250) {
      if (mustReopen(now, ms)) {
        now = attemptStarted(now, ms);
        starts.push(ms);
        if (fails) now = attemptFailed(now);
      }
    }
    return starts;
  }

  test("a refused connection is tried again every 2 s", () => {
    const starts = startsWhile(attemptFailed(newLink(0)), true, 60_000);
    expect(starts[0]).toBe(reopenAfterMs);
    expect(starts).toHaveLength(30);
  });

  test("a connection without an answer is given up, with growing patience for slow links", () => {
    const starts = startsWhile(newLink(0), false, 120_000);
    const pauses = starts.slice(1).map((ms, i) => ms - (starts[i] ?? 0));
    expect(pauses.slice(0, 3)).toEqual([4_000, 8_000, 16_000]);
    expect(Math.max(...pauses)).toBe(patienceMaxMs);
  });

  test("a connection that spoke and fell silent is replaced as soon as it counts as gone, then after 2 s", () => {
    const live = heardMessage(newLink(0), anchorMs, 60_000);
    expect(mustReopen(live, 60_000 + goneAfterMs)).toBe(false);
    expect(mustReopen(live, 60_001 + goneAfterMs)).toBe(true);
    const again = attemptStarted(live, 65_000);
    expect(mustReopen(again, 65_000 + reopenAfterMs - 1)).toBe(false);
    expect(mustReopen(again, 65_000 + reopenAfterMs)).toBe(true);
  });

  test("one that is answered stays", () => {
    let link = newLink(0);
    for (let ms = 0; ms < 60_000; ms += 1_000) {
      link = heardMessage(link, anchorMs + ms, ms);
      expect(mustReopen(link, ms + 999)).toBe(false);
    }
  });
});
