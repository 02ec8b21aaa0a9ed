import { expect, test } from "vitest";
import { missionLog, missionRow, readyAnswer } from "../../../../test/support/board-sample.ts";
import { nightMs } from "../../../../test/support/board-sight.ts";
import type { RequestState } from "../../../site/views/board-view.ts";
import { followingOrder } from "../orders.ts";
import { askOrder, unaskedOf } from "./asking.ts";

const states = {
  none: null,
  open: { step: "asked", ref: [missionLog, 9], over: [], hospital: "", askedMs: nightMs, dueMs: nightMs },
  late: { step: "asked", ref: [missionLog, 9], over: [], hospital: "", askedMs: nightMs, dueMs: nightMs - 1 },
  ready: readyAnswer("", nightMs),
  cannot: { ...readyAnswer("", nightMs), answer: "cannot" },
} as const satisfies { readonly [state: string]: RequestState | null };
type State = keyof typeof states;

function rowWith(receiver: State, sender: State | "no transfer", agreed: readonly string[] = []) {
  const [ours, theirs] = [states[receiver], sender === "no transfer" ? null : states[sender]];
  return missionRow(1, nightMs, {
    // Another hospital was asked since.
    request: { ...states.open, hospital: "krefeld-helios" },
    ...(ours === null ? {} : { otherRequests: [{ ...ours, hospital: "neuss-lukas" }] }),
    ...(sender === "no transfer" ? {} : { from: "ukd", agreed }),
    ...(theirs === null ? {} : { agreements: [{ ...theirs, hospital: "ukd", to: "neuss-lukas" }] }),
  });
}

test.each([
  ["none", "no transfer", "receiver"],
  ["open", "no transfer", ""],
  ["late", "no transfer", "receiver"],
  ["cannot", "no transfer", "receiver"],
  ["ready", "no transfer", ""],
  ["none", "none", "receiver sender"],
  ["open", "open", ""],
  ["cannot", "ready", "receiver"],
  ["late", "open", "receiver"],
  ["ready", "cannot", "sender"],
  ["ready", "none", "sender"],
  ["open", "late", "sender"],
  ["ready", "open", ""],
  // Both said so and it does not count, as where no physician did.
  ["ready", "ready", "receiver sender"],
] as const)(
  "[TRANSFER4] hospital %s, sending hospital %s: to be asked again: %s",
  (receiver, sender, sides) => {
    const row = rowWith(receiver, sender);
    const unasked = unaskedOf(row, "neuss-lukas", nightMs);
    expect(unasked.map((side) => (side === "asked" ? "receiver" : "sender")).join(" ")).toBe(sides);
    const first = askOrder(row, "neuss-lukas", 60, nightMs);
    const second = first === null ? null : followingOrder(first, [missionLog, 12]);
    expect([first, second].flatMap((order) => (order === null ? [] : [order.what]))).toEqual(unasked);
  },
);

test("[TRANSFER4] who took its request back is asked again, not who takes the patient", () => {
  const row = rowWith("ready", "ready");
  const sides = (senderBackMs: number) => unaskedOf({ ...row, senderBackMs }, "neuss-lukas", nightMs);
  expect(sides(nightMs + 1)).toEqual(["agreement-asked"]);
  expect(sides(nightMs - 1)).toEqual(["asked", "agreement-asked"]);
});

test("[TRANSFER4] where both have agreed nobody is asked", () => {
  expect(unaskedOf(rowWith("ready", "ready", ["neuss-lukas"]), "neuss-lukas", nightMs)).toEqual([]);
});
