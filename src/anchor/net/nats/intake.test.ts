import { expect, test } from "vitest";
import { east, HandHouse, north } from "../../../../test/support/hand-house.ts";
import { HandLog } from "../../../../test/support/hand-peer.ts";
import { cosign } from "../../../log/cosignature.ts";
import type { Input } from "../../../site/effects.ts";
import type { WriteItem } from "../../../site/state.ts";
import { Intake } from "./intake.ts";

const receipt: WriteItem = {
  kind: "cosignature",
  cosignature: cosign(north.holder, new HandLog(east).checkpoint(), 1_599_775_200),
};
const other: WriteItem = { kind: "erase", case: "case" };

test.each([
  ["as many receipts as wait for something to go with", 255, 0, true],
  ["these, and one thing less than may wait", 224, 31, true],
  ["so many things that are no receipts", 0, 32, false],
  ["so many receipts that they wait no longer", 256, 0, false],
])("behind %s the next message is taken at once or waits", async (_what, receipts, others, isTaken) => {
  const { house } = new HandHouse(north);
  house.writing.queue.push(
    ...Array.from({ length: receipts }, () => receipt),
    ...Array.from({ length: others }, () => other),
  );
  const fed: Input[] = [];
  const intake = new Intake({ house, feed: (input) => fed.push(input) });
  const taken = intake.take(new Uint8Array([1]));
  intake.stop();
  expect([await taken, fed.length]).toEqual([isTaken, isTaken ? 1 : 0]);
});
