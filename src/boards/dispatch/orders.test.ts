import { describe, expect, test } from "vitest";
import { missionLog, missionRow, silentMission } from "../../../test/support/board-sample.ts";
import { nightMs } from "../../../test/support/board-sight.ts";
import type { FactRef } from "../../basics/name.ts";
import { knownKinds } from "../../region/facts.ts";
import { faultOfBody, strangeField } from "../../region/kind.ts";
import { type Outbox, sending, withState } from "../shell/outbox.ts";
import { decisionUnderWay, followingOrder, type Order, onMission, postOf } from "./orders.ts";

const row = silentMission(1, nightMs);
const steered: Order = { ...onMission(row, "neuss-lukas"), what: "steered", answerWithinS: 60 };
const byForce: readonly Order[] = [
  { ...onMission(row, "neuss-lukas"), what: "steered", answerWithinS: 60, forced: "its-turn" },
  { ...onMission(row, "ukd"), what: "kept", reason: "at-the-door", answerWithinS: 60, forced: "only-one" },
];
const orders: readonly Order[] = [
  steered,
  { ...onMission(row, "ukd"), what: "kept", reason: "at-the-door", answerWithinS: 60 },
  { ...onMission(row, "ukd"), what: "called", reached: false, channel: "telephone" },
  { ...onMission(row, "neuss-lukas"), what: "asked", answerWithinS: 60 },
];

describe("orders as facts", () => {
  test.each([...orders, ...byForce])("$what has exactly the fields of its kind", (order) => {
    const post = postOf(order, "0123456789abcdef", "dispatcher#3");
    const kind = knownKinds.get(post.kind);
    if (kind === undefined) throw new Error(`no kind ${post.kind}`);
    const entry = JSON.parse(JSON.stringify({ ...post.body, at: nightMs, kind: post.kind, by: post.by }));
    expect(faultOfBody(kind, entry)).toBeNull();
    expect(strangeField(kind, entry)).toBeNull();
    expect(post.by).toBe("dispatcher#3");
    expect(entry.mission).toEqual(row.ref);
  });

  test("a new destination is followed by asking it, in knowledge of the proposal", () => {
    const written: FactRef = [missionLog, 40];
    const asked = followingOrder(steered, written);
    expect(asked).toMatchObject({
      what: "asked",
      hospital: "neuss-lukas",
      over: [...row.centreOver, written],
    });
    expect(asked && postOf(asked, "0123456789abcdef", "dispatcher#1").body).toMatchObject({
      answerWithinS: 60,
    });
    expect(orders.slice(1).map((order) => followingOrder(order, written))).toEqual([null, null, null]);
    // The hospital hears of it, also where the patient was on the way there already.
    expect(byForce.map((order) => followingOrder(order, written)?.what)).toEqual(["asked", "asked"]);
  });
});

describe("[BOARD5] the decision under way at this desk", () => {
  const written = { step: "written", ref: [missionLog, 40], atMs: nightMs } as const;
  const outbox: Outbox<Order> = sending([], postOf(steered, "request-1", "dispatcher#1"), steered);

  test("stands in the place of the choice until the mission's row shows it", () => {
    expect(decisionUnderWay(outbox, row)?.order).toBe(steered);
    const done = withState(outbox, "request-1", written);
    expect(decisionUnderWay(done, row)?.state).toBe(written);
    expect(decisionUnderWay(done, { ...row, centreOver: [...row.centreOver, written.ref] })).toBeNull();
  });

  test("is of this mission and no mere call", () => {
    expect(decisionUnderWay(outbox, missionRow(2, nightMs))).toBeNull();
    const called: Order = { ...onMission(row, "ukd"), what: "called", reached: true, channel: "telephone" };
    expect(
      decisionUnderWay(sending([], postOf(called, "request-2", "dispatcher#1"), called), row),
    ).toBeNull();
  });
});
