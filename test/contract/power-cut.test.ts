import { expect, test } from "vitest";
import { lossesOf } from "./power-cut.ts";
import { powerSqlite } from "./power-sqlite.ts";

const seeds = Array.from({ length: 8 }, (_, at) => at + 1);

test("[STORE1] the power is cut in the middle of writing: nothing acknowledged is lost, no commit is there by half", async () => {
  const sqlite = await powerSqlite();
  expect(seeds.flatMap((seed) => lossesOf(sqlite, seed, "FULL"))).toEqual([]);
}, 60_000);

test("the same cuts show a store that does not sync each commit", async () => {
  const sqlite = await powerSqlite();
  expect(seeds.some((seed) => lossesOf(sqlite, seed, "NORMAL").length > 0)).toBe(true);
}, 60_000);
