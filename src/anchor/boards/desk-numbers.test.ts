import { expect, test } from "vitest";
import { err, ok } from "../../basics/result.ts";
import { DeskNumbers } from "./desk-numbers.ts";
import type { NumberKeeper } from "./people.ts";

function keeper(meta: Map<string, string>): NumberKeeper {
  return {
    readMeta: async (key) => ok(meta.get(key)),
    writeMeta: async (key, value) => {
      meta.set(key, value);
      return ok(undefined);
    },
  };
}

test("[BOARD66] each desk that asks gets a number of its own, also after a restart, and never one of a person's", async () => {
  const meta = new Map<string, string>();
  const desks = new DeskNumbers(keeper(meta));
  expect(await Promise.all([desks.next("lst-d"), desks.next("lst-d"), desks.next("lst-w")])).toEqual([
    1, 2, 1,
  ]);
  const again = new DeskNumbers(keeper(meta));
  expect(await again.next("lst-d")).toBe(3);
  meta.set("desk:lst-d", "98");
  expect([await again.next("lst-d"), await again.next("lst-d")]).toEqual([99, 1]);
});

test("[BOARD66] where nothing can be kept no number is given", async () => {
  const full = async () => err({ code: "disk-full" as const, detail: "" });
  expect(await new DeskNumbers({ ...keeper(new Map()), writeMeta: full }).next("lst-d")).toBeNull();
});
