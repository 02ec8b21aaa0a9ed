import { expect, test } from "vitest";
import { Turns } from "./turns.ts";

test("[DOOR9] what is done for one mission waits for what was begun before, also where that failed; other missions do not", async () => {
  const turns = new Turns();
  const first = Promise.withResolvers<void>();
  const done: string[] = [];
  const note = (name: string) => async () => {
    done.push(name);
  };
  const failed = turns.inTurn("a", async () => {
    await first.promise;
    throw new Error("the disk");
  });
  const second = turns.inTurn("a", note("second"));
  const third = turns.inTurn("a", note("third"));
  await turns.inTurn("b", note("other"));
  expect(done).toEqual(["other"]);
  first.resolve();
  await expect(failed).rejects.toThrow("the disk");
  await Promise.all([second, third]);
  expect(done).toEqual(["other", "second", "third"]);
  await turns.inTurn("a", note("later"));
  expect(done.at(-1)).toBe("later");
});
