import { expect, test } from "vitest";
import { calmOwn } from "../../../test/support/board-sample.ts";
import { nightMs } from "../../../test/support/region.ts";
import { goneAfterMs } from "../shell/link.ts";
import { momentOf, newState, pushed } from "./state.ts";

test("[BOARD1] [BOARD88] a desk can write while its anchor is heard and can record, and not otherwise", () => {
  const canWrite = (storing: boolean, atMs: number): boolean | undefined => {
    const own = { ...calmOwn, storing };
    const view = { own, hospitals: [], missions: [] };
    return momentOf(pushed(newState(0, null), { type: "all", nowMs: nightMs, view }, 1_000), atMs)?.canWrite;
  };
  expect(momentOf(newState(0, null), 0)).toBeNull();
  expect(canWrite(true, 1_000)).toBe(true);
  expect(canWrite(false, 1_000)).toBe(false);
  expect(canWrite(true, 1_001 + goneAfterMs)).toBe(false);
});
