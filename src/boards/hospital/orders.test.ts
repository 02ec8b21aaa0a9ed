import { describe, expect, test } from "vitest";
import { nightMs } from "../../../test/support/board-sight.ts";
import {
  hospitalLog,
  hospitalView,
  ownWord,
  requestRow,
  saidRow,
  unsaidRow,
} from "../../../test/support/hospital-sample.ts";
import type { FactRef } from "../../basics/name.ts";
import type { Slip } from "../shell/outbox.ts";
import {
  answerOrder,
  asksOf,
  itFailureBack,
  itFailureOrders,
  itFailureRows,
  type Order,
  postOf,
  stateOrder,
  takeBackMs,
  takingBack,
} from "./orders.ts";
import { askedSlips, transferOrder } from "./transfers-orders.ts";

const ref: FactRef = [hospitalLog, 40];
const full = { state: "full", reason: "no-beds", untilMs: nightMs + 60_000 } as const;

function written(order: Order): Slip<Order> {
  return { post: postOf(order, "r", "nurse#107"), order, state: { step: "written", ref, atMs: nightMs } };
}

test("a state is posted against every word known here, without fields that nobody gave", () => {
  const order = stateOrder(saidRow("ct"), "ukd", full);
  expect(postOf(order, "r", "nurse#107")).toEqual({
    request: "r",
    by: "nurse#107",
    kind: "hospital.status/1",
    body: {
      capability: "ct",
      state: "full",
      reason: "no-beds",
      untilMs: nightMs + 60_000,
      over: [[hospitalLog, 0]],
    },
  });
  const open = stateOrder(unsaidRow("ct"), "ukd", { state: "open", reason: null, untilMs: null });
  expect(postOf(open, "r", "nurse#107").body).toEqual({ capability: "ct", state: "open", over: [] });
});

describe("[BOARD21] taking back", () => {
  const order = stateOrder(saidRow("ct", { endsMs: nightMs + 5 }), "ukd", full);
  const view = hospitalView({ capabilities: [saidRow("ct", { ref, state: "full" })] });

  test("names the slip and our own word before it", () => {
    const undo = takingBack(written(order), view, nightMs + 9_000);
    expect(undo === null ? null : postOf(undo, "u", "nurse#107")).toMatchObject({
      kind: "hospital.status-taken-back/1",
      body: {
        ...{ capability: "ct", takesBack: ref, over: [ref] },
        ...{ earlierState: "open", earlierUntilMs: nightMs + 5, earlierAtMs: ownWord().saidMs },
      },
    });
  });

  test("is over after ten seconds, and once the row shows another word", () => {
    expect(takingBack(written(order), view, nightMs + takeBackMs)).toBeNull();
    const other = hospitalView({ capabilities: [saidRow("ct", { ref: [hospitalLog, 41] })] });
    expect(takingBack(written(order), other, nightMs)).toBeNull();
  });

  test("of a first word names none before it; a word of the centre is not ours", () => {
    for (const row of [unsaidRow("ct"), saidRow("ct", { site: "duesseldorf" })]) {
      const undo = takingBack(written(stateOrder(row, "ukd", full)), view, nightMs);
      const body = undo === null ? {} : postOf(undo, "u", "nurse#107").body;
      expect(Object.keys(body).sort()).toEqual(["capability", "over", "takesBack"]);
    }
  });

  test("of an answer opens the request again", () => {
    const slip = written(answerOrder(requestRow(1), "ready", null));
    const answer = { ref, answer: "ready", reason: null, by: "nurse#107" } as const;
    const row = requestRow(1, { answer: { ...answer, saidMs: nightMs, heldByDispatch: false }, over: [ref] });
    const undo = takingBack(slip, hospitalView({ requests: [row] }), nightMs);
    expect(undo === null ? null : postOf(undo, "u", "nurse#107")).toMatchObject({
      kind: "mission.answer-taken-back/1",
      body: { mission: row.ref, asked: row.asked, takesBack: ref, over: [ref] },
    });
  });
});

test("[BOARD23] an IT failure leaves alone what is closed, absent, in check, or needs no IT", () => {
  const rows = [
    saidRow("ct"),
    unsaidRow("surgery"),
    saidRow("burns", { state: "full" }),
    saidRow("neurosurgery", { state: "cannot" }),
    saidRow("cath-lab", { state: "limited", reason: "it-check" }),
    unsaidRow("obstetrics", { principle: "no" }),
    saidRow("psychiatry"),
    // Nobody knows whether it is there, and nobody has said so: limited would be a promise.
    unsaidRow("vascular-surgery", { principle: "unknown" }),
    saidRow("resuscitation", {}, { principle: "unknown" }),
  ];
  expect(itFailureRows(rows).map(({ capability }) => capability)).toEqual(["ct", "surgery", "resuscitation"]);
  expect(itFailureOrders(rows, "ukd")[0]).toMatchObject({
    state: "limited",
    reason: "it-check",
    untilMs: null,
  });
});

test("[BOARD23] an IT failure is taken back as a whole, once all of it is answered, but not what was said since", () => {
  const both = [saidRow("ct"), unsaidRow("surgery")];
  const given = ["ct", "surgery"];
  const refs: Readonly<Record<string, FactRef>> = { ct: [hospitalLog, 40], surgery: [hospitalLog, 41] };
  const slips = itFailureOrders(both, "ukd").map((order): Slip<Order> => {
    const written = refs["capability" in order ? order.capability : ""];
    if (written === undefined) throw new Error("one of both");
    const state = { step: "written", ref: written, atMs: nightMs } as const;
    return { post: postOf(order, "r", "nurse#107"), order, state };
  });
  const checked = { state: "limited", reason: "it-check" } as const;
  const view = hospitalView({
    capabilities: [
      saidRow("ct", { ...checked, ref: [hospitalLog, 40] }),
      saidRow("surgery", { ...checked, ref: [hospitalLog, 41] }),
    ],
  });
  const at = (ms: number, outbox = slips) => itFailureBack(given, outbox, view, nightMs + ms);
  expect(at(2_000)).toMatchObject({
    leftMs: takeBackMs - 2_000,
    orders: [
      { what: "state-taken-back", capability: "ct", earlier: { state: "open" } },
      { what: "state-taken-back", capability: "surgery", earlier: null },
    ],
  });
  expect(at(takeBackMs)).toBeNull();
  const [first, second] = slips;
  if (first === undefined || second === undefined) throw new Error("two slips");
  expect(at(0, [first, { ...second, state: { step: "writing" } }])).toBeNull();
  const open = stateOrder(saidRow("ct"), "ukd", { state: "open", reason: null, untilMs: null });
  expect(at(0, [...slips, written(open)])?.orders).toMatchObject([{ capability: "surgery" }]);
});

test("[TRANSFER7] of several transfers asked for none is left out that came to nothing, of those written the last one shows", () => {
  const order = transferOrder({ need: "stroke", urgency: 2, ageGroup: "65-79", flags: [] });
  const slip = (request: string, state: Slip<Order>["state"]): Slip<Order> => ({
    post: postOf(order, request, "nurse#107"),
    order,
    state,
  });
  const isWritten = written(order).state;
  const sentence = { de: "Nein.", en: "No." };
  const outbox = [
    slip("written", isWritten),
    slip("unsure", { step: "unsure" }),
    written(stateOrder(saidRow("ct"), "ukd", full)),
    slip("refused", { step: "refused", sentence }),
    slip("written last", isWritten),
    slip("writing", { step: "writing" }),
  ];
  expect(askedSlips(outbox).map(({ post }) => post.request)).toEqual([
    "unsure",
    "refused",
    "written last",
    "writing",
  ]);
  expect(askedSlips([])).toEqual([]);
});

test("[BOARD24] asked again: first what is in check, then what soon ends, each once", () => {
  const rows = [
    saidRow("ct", {}, { runsOutSoon: true }),
    saidRow("surgery", { state: "limited", reason: "it-check" }, { runsOutSoon: true }),
    saidRow("burns"),
  ];
  expect(asksOf(rows).map(({ capability }) => capability)).toEqual(["surgery", "ct"]);
});
