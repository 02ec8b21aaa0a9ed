import { describe, expect, test } from "vitest";
import { contextOf, foldLogs, type Logs, nightMs, say, testCharter } from "../../test/support/region.ts";
import type { LogId } from "../basics/name.ts";
import { dayMs, hourMs } from "../basics/time.ts";
import { closuresInForce } from "./closures-view.ts";
import type { ViewContext } from "./view-context.ts";

const charter = testCharter();
const düsseldorf: LogId = "lst-d/box/1-00000001";
const wuppertal: LogId = "lst-w/box/1-00000001";
const flood = { latE3: 51_227, lonE3: 6_773, radiusM: 200, reason: "flood", endsMs: nightMs + hourMs };
const inForce = (logs: Logs, nowMs = nightMs) =>
  closuresInForce(contextOf(charter, foldLogs(charter, logs), nowMs));

describe("[ROADS29] a closure is a fact of a control centre, with an end", () => {
  test("it holds until its end, and says who said it", () => {
    const logs: Logs = new Map();
    const ref = say(logs, düsseldorf, "road.closed/1", flood, { by: "dispatcher#3" });
    expect(inForce(logs)).toMatchObject([{ ...flood, ref, site: "lst-d", by: "dispatcher#3" }]);
    expect(inForce(logs, flood.endsMs - 1)).toHaveLength(1);
    expect(inForce(logs, flood.endsMs)).toEqual([]);
  });

  test("a writer's clock that may be behind, or is ahead, ends it no sooner", () => {
    const logs: Logs = new Map();
    say(logs, düsseldorf, "road.closed/1", flood);
    const endsWith = (more: Partial<ViewContext>) =>
      closuresInForce({ ...contextOf(charter, foldLogs(charter, logs), nightMs), ...more })[0]?.endsMs;
    expect(endsWith({ perhapsBehindMs: () => 20_000 })).toBe(flood.endsMs + 20_000);
    expect(endsWith({ clockOffsetMs: () => -60_000 })).toBe(flood.endsMs + 60_000);
    expect(endsWith({ clockOffsetMs: () => 60_000 })).toBe(flood.endsMs);
  });

  test("without an end, or said by a hospital or a crew, it means nothing; a wrong year ends after 31 days", () => {
    const logs: Logs = new Map();
    const { endsMs: _endsMs, ...endless } = flood;
    say(logs, düsseldorf, "road.closed/1", endless);
    say(logs, "ukd/box/1-00000001", "road.closed/1", flood);
    say(logs, "rtw-1/tablet/1-00000001", "road.closed/1", flood);
    expect(inForce(logs)).toEqual([]);
    say(logs, wuppertal, "road.closed/1", { ...flood, endsMs: nightMs + 900 * dayMs });
    expect(inForce(logs, nightMs + 31 * dayMs - 1)).toHaveLength(1);
    expect(inForce(logs, nightMs + 31 * dayMs)).toEqual([]);
  });

  test("any centre lifts it, in whatever order the two words arrive", () => {
    const logs: Logs = new Map();
    const [log, index] = say(logs, düsseldorf, "road.closed/1", flood);
    say(logs, wuppertal, "road.opened/1", { closed: [log, index] });
    expect(inForce(logs)).toEqual([]);
    expect(inForce(new Map([...logs].reverse()))).toEqual([]);
    say(logs, düsseldorf, "road.closed/1", flood);
    expect(inForce(logs)).toHaveLength(1);
  });

  test("said again in a new log it is the same closure, and its first name lifts it", () => {
    const logs: Logs = new Map();
    const again: LogId = "lst-d/box/2-00000002";
    say(logs, again, "road.closed/1", { ...flood, again: [düsseldorf, 7] });
    expect(inForce(logs)).toMatchObject([{ ref: [düsseldorf, 7] }]);
    say(logs, wuppertal, "road.opened/1", { closed: [düsseldorf, 7] });
    expect(inForce(logs)).toEqual([]);
  });
});
