import { expect, test } from "vitest";
import { stateNow } from "./state-now.ts";

const said = { source: "clinician", saidMs: 0, reason: null, disputed: false } as const;

test.each([
  ["open", 60, 59, "open"],
  ["open", 60, 60, "unconfirmed"],
  ["limited", 60, 61, "unconfirmed"],
  ["open", null, 61, "open"],
  ["full", null, 61, "full"],
  ["cannot", null, 61, "cannot"],
  ["cannot", 60, 59, "cannot"],
  ["cannot", 60, 60, "unconfirmed"],
] as const)("a state said as %s until %s is at %s %s", (state, untilMs, nowMs, shown) => {
  expect(stateNow({ ...said, state, untilMs }, nowMs)).toBe(shown);
});
