import { expect, test } from "vitest";
import { atMin, boardHouse } from "../../../test/support/board-house.ts";
import { type Logs, nightMs, say } from "../../../test/support/region.ts";
import type { LogId } from "../../basics/name.ts";
import { secondMs } from "../../basics/time.ts";
import { knownHospital } from "./known-hospitals.ts";
import { viewContext } from "./region-context.ts";

test("[HUB2] beds that were counted too long ago are no longer free on a board that saw them a second before", () => {
  const box: LogId = "ukd/box/1-00000001";
  const logs: Logs = new Map();
  say(logs, box, "hospital.beds/1", { ward: "emergency-department", free: 3, over: [] }, { at: nightMs });
  const context = boardHouse(box, logs);
  const { wallMs, monoMs } = atMin(context.runOut.openRunsOutMs / 60_000);
  const freeAt = (afterMs: number) => {
    const now = { wallMs: wallMs + afterMs, monoMs: monoMs + afterMs };
    return knownHospital(context.known, viewContext(context, now), "ukd").beds[0]?.free;
  };
  expect([freeAt(-secondMs), freeAt(0)]).toEqual([3, null]);
});
