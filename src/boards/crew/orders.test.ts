import { describe, expect, test } from "vitest";
import { nightMs } from "../../../test/support/board-sight.ts";
import { crewMission, crewOwn, drivingTo, resteer } from "../../../test/support/crew-sample.ts";
import { crewLog } from "../../../test/support/crew-server.ts";
import type { Outbox, SlipState } from "../shell/outbox.ts";
import {
  destinationOrder,
  isDestinationUnderWay,
  isHeld,
  type Order,
  positionOrder,
  postOf,
  shownSlips,
  stepOrder,
  takeBackOf,
  takeBackWithinMs,
} from "./orders.ts";

const by = "paramedic#101";
const before = crewMission({ destination: drivingTo("ukd", 3) });
const order = destinationOrder(before, "neuss-lukas");
const after = crewMission({ destination: drivingTo("neuss-lukas", 4), over: [[crewLog, 4]] });
const written: SlipState = { step: "written", ref: [crewLog, 4], atMs: nightMs };

function outboxOf(given: Order, state: SlipState): Outbox<Order> {
  return [{ post: postOf(given, "r1", by, nightMs), order: given, state }];
}

describe("[BOARD31] a destination", () => {
  test("is a fact over everything that was known", () => {
    expect(postOf(order, "r1", by, nightMs)).toEqual({
      request: "r1",
      kind: "mission.destination/1",
      by,
      body: { mission: before.ref, hospital: "neuss-lukas", over: before.over },
    });
  });

  test("can be taken back for 10 s, naming what held before", () => {
    const offer = takeBackOf(outboxOf(order, written), after, nightMs + takeBackWithinMs - 1);
    expect(offer?.leftMs).toBe(1);
    expect(postOf(offer?.order ?? order, "r2", by, nightMs)).toMatchObject({
      kind: "mission.destination-taken-back/1",
      body: {
        takesBack: [crewLog, 4],
        hospital: "neuss-lukas",
        earlier: "ukd",
        earlierAtMs: nightMs - 60_000,
        over: [[crewLog, 4]],
      },
    });
    expect(takeBackOf(outboxOf(order, written), after, nightMs + takeBackWithinMs)).toBeNull();
  });

  test("cannot be taken back when the mission shows another word, nor twice", () => {
    const other = crewMission({ destination: drivingTo("neuss-lukas", 5) });
    expect(takeBackOf(outboxOf(order, written), other, nightMs)).toBeNull();
    const offer = takeBackOf(outboxOf(order, written), after, nightMs);
    const taking = outboxOf(offer?.order ?? order, { step: "writing" });
    expect(takeBackOf([...outboxOf(order, written), ...taking], after, nightMs)).toBeNull();
  });

  test("without one before, taking back names none", () => {
    const first = destinationOrder(crewMission(), "neuss-lukas");
    const offer = takeBackOf(outboxOf(first, written), after, nightMs);
    expect(postOf(offer?.order ?? first, "r2", by, nightMs).body).not.toHaveProperty("earlier");
  });

  test("under way stops a second one", () => {
    expect(isDestinationUnderWay(outboxOf(order, { step: "writing" }), before.mission)).toBe(true);
    expect(isDestinationUnderWay(outboxOf(order, written), before.mission)).toBe(false);
    const step = stepOrder(before, "arrived");
    expect(isDestinationUnderWay(outboxOf(step, { step: "writing" }), before.mission)).toBe(false);
  });
});

test("[BOARD32] *understood* is a destination over the centre's word", () => {
  const row = crewMission({ resteer, over: [resteer.ref] });
  expect(postOf(destinationOrder(row, resteer.new.hospital), "r1", by, nightMs).body).toMatchObject({
    hospital: "neuss-lukas",
    over: [resteer.ref],
  });
});

test("[BOARD33] a step and a position name the mission; a position is a cell", () => {
  expect(postOf(stepOrder(before, "on-scene"), "r1", by, nightMs).body).toEqual({
    mission: before.ref,
    step: "on-scene",
  });
  const town = { name: "Hilden", latE3: 51_168, lonE3: 6_930 };
  expect(postOf(positionOrder(before, town, nightMs), "r1", by, nightMs).body).toEqual({
    mission: before.ref,
    cell: { latE2: 5_116, lonE2: 693 },
    ageS: 0,
  });
  const sentAgainMs = nightMs + 600_000;
  expect(postOf(positionOrder(before, town, nightMs), "r1", by, sentAgainMs).body).toMatchObject({
    ageS: 600,
  });
});

describe("[BOARD34] what was written here", () => {
  const slips = outboxOf(order, written);
  const holding = (size: number) => ({ ...crewOwn, heldByDispatch: { log: crewLog, size } });

  test("is held when the centre's confirmed size passes it", () => {
    expect(slips.map((slip) => isHeld(slip, holding(4)))).toEqual([false]);
    expect(slips.map((slip) => isHeld(slip, holding(5)))).toEqual([true]);
    expect(slips.map((slip) => isHeld(slip, { ...crewOwn, heldByDispatch: null }))).toEqual([false]);
  });

  test("stays on view until it is held, and for 10 s then", () => {
    const muchLater = nightMs + 600_000;
    expect(shownSlips(slips, holding(4), muchLater)).toHaveLength(1);
    expect(shownSlips(slips, holding(5), nightMs + 1)).toHaveLength(1);
    expect(shownSlips(slips, holding(5), muchLater)).toHaveLength(0);
  });
});
