import { expect, test } from "vitest";
import { BusyCore } from "./busy-core.ts";

test("a busy core works until it is stopped, and says for how much of the time it had one", async () => {
  const busy = new BusyCore();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const percent = await busy.stop();
  // Beside other work it has less than a whole one.
  expect(percent).toBeGreaterThan(5);
  expect(percent).toBeLessThanOrEqual(120);
});
