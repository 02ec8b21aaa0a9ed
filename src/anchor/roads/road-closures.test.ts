import { EventEmitter } from "node:events";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  drawnHospitals,
  drawnTown,
  networkOf,
  originE3,
  tableOf,
} from "../../../test/support/drawn-roads.ts";
import { present } from "../../basics/assert.ts";
import { seededRandom } from "../../basics/random.ts";
import type { ClosureView } from "../../region/closures-view.ts";
import { closeRoads } from "../../roads/table/closures.ts";
import { RoadClosures } from "./road-closures.ts";

/** Threads that begin, and end as the test says: none computes anything. */
const threads = vi.hoisted(() => [] as EventEmitter[]);
vi.mock("node:worker_threads", async (original) => ({
  ...(await original<object>()),
  Worker: class extends EventEmitter {
    constructor() {
      super();
      threads.push(this);
    }
    terminate(): void {}
  },
}));

const random = seededRandom(3);
const network = networkOf(drawnTown(8, random));
const table = tableOf(network, drawnHospitals(network, 4, random));
const flood = { latE3: originE3.latE3 + 6, lonE3: originE3.lonE3 + 9, radiusM: 200 };
const closureOf = (index: number): ClosureView => ({
  ...{
    ref: ["lst/box/1-00000001", index],
    site: "lst",
    by: "dispatcher#1",
    reason: "flood",
    sinceMs: 0,
    ageMs: 0,
  },
  ...{ ...flood, endsMs: 1 },
});

let inForce: readonly ClosureView[] = [];
let closures: RoadClosures;
const notes: string[] = [];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  threads.length = 0;
  notes.length = 0;
  closures = new RoadClosures({
    table,
    inForce: () => inForce,
    changed: () => undefined,
    note: (code) => notes.push(code),
  });
});
afterEach(() => {
  closures.stop();
  vi.useRealTimers();
});

const lastThread = () => present(threads.at(-1), "a thread");
function fail(): void {
  const thread = lastThread();
  thread.emit("error", new RangeError("Array buffer allocation failed"));
  thread.emit("exit", 1);
}
function succeed(): void {
  const thread = lastThread();
  const around = inForce.map(() => ({ ...flood, latE7: flood.latE3 * 10_000, lonE7: flood.lonE3 * 10_000 }));
  thread.emit("message", closeRoads(table, around));
  thread.emit("exit", 0);
}

/** Seconds until the next thread begins. */
function secondsToNext(): number {
  const before = threads.length;
  for (let second = 1; second < 10_000; second += 1) {
    vi.advanceTimersByTime(1_000);
    if (threads.length > before) return second;
  }
  return 10_000;
}

test("[ROADS26] closures that cannot be computed are tried again after 30 s, each time twice as long, at most half an hour; meanwhile the old minutes hold", () => {
  inForce = [closureOf(1)];
  closures.look();
  const waits: number[] = [];
  for (let i = 0; i < 8; i += 1) {
    fail();
    waits.push(secondsToNext());
  }
  expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1_800, 1_800]);
  expect(notes).toEqual(new Array(8).fill("road-closures-failed"));
  expect([table.closed, closures.counted().size]).toEqual([null, 0]);
  succeed();
  expect([...closures.counted().values()]).toEqual([true]);
  expect(table.closed?.segments).toContain(1);
  // Once it went well the next failure is a first one again.
  inForce = [closureOf(1), closureOf(2)];
  closures.look();
  fail();
  expect(secondsToNext()).toBe(30);
});

test("[ROADS26] other closures do not wait for those that failed, and when all have ended the table holds at once", () => {
  inForce = [closureOf(1), closureOf(2)];
  closures.look();
  fail();
  vi.advanceTimersByTime(10_000);
  expect(threads).toHaveLength(1);
  inForce = [closureOf(2)];
  vi.advanceTimersByTime(1_000);
  expect(threads).toHaveLength(2);
  succeed();
  expect(table.closed).not.toBeNull();
  inForce = [closureOf(2), closureOf(3)];
  vi.advanceTimersByTime(1_000);
  fail();
  inForce = [];
  vi.advanceTimersByTime(1_000);
  expect([table.closed, closures.counted().size, threads.length]).toEqual([null, 0, 3]);
});
