import { describe, expect, test } from "vitest";
import {
  answeredStep,
  missionLog,
  missionRow,
  readyAnswer,
  silentMission,
} from "../../../../test/support/board-sample.ts";
import { nightMs, sampleSight } from "../../../../test/support/board-sight.ts";
import { voiceRow } from "../../../../test/support/desk-sample.ts";
import { type FactRef, type LogId, refKey } from "../../../basics/name.ts";
import { knownKinds } from "../../../region/facts.ts";
import { faultOfBody, strangeField } from "../../../region/kind.ts";
import type { MissionRow } from "../../../site/views/board-view.ts";
import { emptyCentre } from "../../shell/rows.ts";
import { isAsked } from "../mission-order.ts";
import { followingOrder, type Order, onMission, postOf } from "../orders.ts";
import type { Room } from "../sight.ts";
import {
  escalatedOrder,
  flownOrder,
  handoverDeclinedOrder,
  nextLine,
  openedOrder,
  requestedOf,
  roundKey,
  spokenOrder,
  stillRequested,
  takeBackMs,
  takeBackOf,
  takenOverOrder,
  taskOf,
  taskOrder,
  understoodOrder,
  voiceOrder,
} from "./orders.ts";

const row = missionRow(2, nightMs, {
  request: {
    ...{ step: "asked", ref: [missionLog, 9], over: [], hospital: "ukd", heldThere: true },
    askedMs: nightMs,
  },
});
if (!isAsked(row)) throw new Error("the hospital was asked");
const report = {
  hospital: "neuss-lukas",
  capability: "ct",
  state: "full",
  answeredBy: "charge-nurse",
  readBack: true,
} as const;
const voice = voiceOrder(report, [[missionLog, 7]]);
const task = taskOf("decide", row.mission);
const ref = [missionLog, 40] as const;
const written = { step: "written", ref, atMs: nightMs } as const;
const calm: Room = { ...sampleSight().room };

function slipOf(order: Order) {
  return { post: postOf(order, "0123456789abcdef", "dispatcher#1"), order, state: written };
}

function roomWith(mission: MissionRow): Room {
  return { ...calm, missions: new Map([[mission.mission, mission]]) };
}

const inForce: Room = {
  ...calm,
  centre: { ...emptyCentre, voices: [voiceRow({ ref })] },
};
const voiceBack = takeBackOf(slipOf(voice), inForce, nightMs)?.order;
const steer: Order = { ...onMission(row, "neuss-lukas"), what: "steered", answerWithinS: 60 };
const steered = { hospital: "neuss-lukas", saidMs: nightMs, heldByCrew: false, ref };
const steerBack = takeBackOf(slipOf(steer), roomWith({ ...row, steered }), nightMs)?.order;

const answer = { answer: "cannot", hospital: "ukd", reason: null, answeredMs: nightMs } as const;
const accepted = missionRow(2, nightMs, { request: { ...answeredStep, ...answer, answer: "ready" } });
const requested = requestedOf(accepted);
if (requested === null) throw new Error("an acceptance can be withdrawn");
const said = { answer: "cannot", answeredBy: "physician", readBack: true, channel: "radio" } as const;

const patient = { vehicle: "rtw-1", need: "stroke", urgency: 1, ageGroup: "0" } as const;
const askedOfTransfer: Order = {
  ...onMission({ ...row, from: "ukd" }, "neuss-lukas"),
  ...{ what: "asked", answerWithinS: 60 },
};
const opening = openedOrder(
  {
    ...patient,
    flags: ["cpr", "danger"],
    scene: ref,
    pzc: "421001",
    from: null,
  },
  { latE3: 51_205, lonE3: 6_805 },
  nightMs,
);

describe("what a desk confirms, as facts", () => {
  const orders = {
    voice,
    voiceBack,
    limited: voiceOrder({ ...report, state: "limited", reason: "no-staff", untilMs: nightMs }, []),
    steerBack,
    taken: taskOrder("task-taken", task),
    released: taskOrder("task-released", task, { task, owners: [], over: [ref] }),
    escalated: escalatedOrder(row, "radio"),
    understood: understoodOrder(row, "neuss-lukas", "telephone"),
    opened: opening,
    flown: flownOrder(row, true),
    spoken: spokenOrder(accepted, requested, said),
    transfer: openedOrder(
      { ...patient, flags: [], scene: null, pzc: null, from: "ukd" },
      { latE3: 51_205, lonE3: 6_805 },
      nightMs,
    ),
    bothAsked: followingOrder(askedOfTransfer, ref) ?? undefined,
  };
  test.each(Object.entries(orders))("%s has exactly the fields of its kind", (_, order) => {
    if (order === undefined) throw new Error("no such order");
    const post = postOf(order, "0123456789abcdef", "shift-leader#104");
    const kind = knownKinds.get(post.kind);
    if (kind === undefined) throw new Error(`no kind ${post.kind}`);
    const entry = JSON.parse(JSON.stringify({ ...post.body, at: nightMs, kind: post.kind, by: post.by }));
    expect(faultOfBody(kind, entry)).toBeNull();
    expect(strangeField(kind, entry)).toBeNull();
  });
});

describe("[BOARD107] a spoken answer is one to the request that it was begun for", () => {
  test("until another hospital is asked, whatever has been answered meanwhile", () => {
    const asked = row.request.ref;
    expect(stillRequested(row, asked)?.hospital).toBe("ukd");
    expect(stillRequested(accepted, asked)?.answer).toMatchObject({ answer: "ready" });
    const elsewhere = { ...row.request, hospital: "neuss-lukas", ref: [missionLog, 10] as const };
    expect(stillRequested({ ...row, request: elsewhere }, asked)).toBeNull();
    expect(stillRequested({ ...row, request: { step: "none" } }, asked)).toBeNull();
  });

  test("in knowledge of the answer that stood, and no more once the patient is there", () => {
    const over = [[missionLog, 12] as const];
    const known = missionRow(2, nightMs, { request: { ...answeredStep, ...answer, over } });
    const now = requestedOf(known);
    if (now === null) throw new Error("it can be answered otherwise");
    expect(spokenOrder(known, now, said).body).toMatchObject({ asked: answeredStep.asked, over });
    expect(requestedOf({ ...known, step: "arrived" })).toBeNull();
    expect(requestedOf({ ...row, step: "arrived" })?.hospital).toBe("ukd");
  });
});

describe("[BOARD106] a call-round", () => {
  test("goes on with the first way that was not tried, the radio group last; with none left it begins again", () => {
    const tried = (...lines: readonly number[]) => ({
      tried: lines.map((line) => ({ line, saidMs: nightMs })),
    });
    expect([[], [1], [1, 2], [1, 2, 0]].map((lines) => nextLine(tried(...lines), [1, 2, 0]))).toEqual([
      1, 2, 0, 1,
    ]);
    expect(nextLine(tried(), [0])).toBe(0);
  });

  test("of another silence is another one", () => {
    const round = { hospital: "ukd", silentSinceMs: nightMs, centre: "duesseldorf", tried: [] };
    expect(roundKey({ ...round, silentSinceMs: nightMs + 1_000 })).not.toBe(roundKey(round));
    expect(roundKey({ ...round, tried: [{ line: 1, saidMs: nightMs }] })).toBe(roundKey(round));
  });
});

describe("[BOARD61] the way back", () => {
  test("is there for ten seconds", () => {
    const at = (ms: number) => takeBackOf(slipOf(voice), inForce, nightMs + ms)?.leftMs;
    expect([at(0), at(takeBackMs - 1), at(takeBackMs)]).toEqual([takeBackMs, 1, undefined]);
  });

  test("is of that very word, and is gone once it is taken", () => {
    expect(takeBackOf(slipOf(voice), calm, nightMs)).toBeNull();
    const another = { ...calm, centre: { ...emptyCentre, voices: [voiceRow()] } };
    expect(takeBackOf(slipOf(voice), another, nightMs)).toBeNull();
    if (voiceBack === undefined) throw new Error("there is a way back");
    expect(takeBackOf(slipOf(voice), { ...inForce, outbox: [slipOf(voiceBack)] }, nightMs)).toBeNull();
  });

  test("of a steering takes back the request made with it, and waits while that is being written", () => {
    expect(steerBack?.body).not.toHaveProperty("asked");
    const before: Order = { ...onMission(row, "neuss-lukas"), what: "asked", answerWithinS: 60 };
    const asked: Order = { ...before, over: [...row.centreOver, ref] };
    const room = roomWith({ ...row, steered });
    const stood = { ...slipOf(before), state: { ...written, ref: [missionLog, 40] as const } };
    expect(takeBackOf(slipOf(steer), { ...room, outbox: [stood] }, nightMs)?.order.body).not.toHaveProperty(
      "asked",
    );
    const after = { ...slipOf(asked), state: { ...written, ref: [missionLog, 41] as const } };
    const back = takeBackOf(slipOf(steer), { ...room, outbox: [after] }, nightMs);
    expect(back?.order.body).toMatchObject({ asked: [missionLog, 41] });
    const writing = { ...slipOf(asked), state: { step: "writing" } as const };
    expect(takeBackOf(slipOf(steer), { ...room, outbox: [writing] }, nightMs)).toBeNull();
  });

  test("[REGION13] of a steering leaves standing what another centre chose without knowing of it", () => {
    const elsewhere: LogId = "wuppertal/box/1-00000001";
    const apart = { ...row, centreOver: [ref, [elsewhere, 3]], steered } satisfies MissionRow;
    expect(takeBackOf(slipOf(steer), roomWith(apart), nightMs)?.order.body).toMatchObject({
      takesBack: ref,
      over: [],
    });
  });

  test("of a *kept* is there while its receipt stands; a call is taken back by a word of its own", () => {
    const kept: Order = { ...onMission(row, "ukd"), what: "kept", reason: "at-the-door", answerWithinS: 60 };
    expect(takeBackOf(slipOf(kept), roomWith(row), nightMs)).toBeNull();
    const shown = { ...row, receipts: [{ what: "kept", ref, heldBy: [] }] } satisfies MissionRow;
    expect(takeBackOf(slipOf(kept), roomWith(shown), nightMs)?.order.kind).toBe("mission.steer-taken-back/1");
    const called: Order = {
      ...onMission(silentMission(2, nightMs), "ukd"),
      ...{ what: "called", reached: true, channel: "radio" },
    };
    expect(takeBackOf(slipOf(called), roomWith(shown), nightMs)?.order.kind).toBe(
      "mission.word-taken-back/1",
    );
  });

  test("of a hand-over that was declined is a word of its own; what has its opposite on the same spot has none", () => {
    const question = {
      ref: [missionLog, 12] as const,
      from: "wuppertal",
      to: "duesseldorf",
      saidMs: nightMs,
    };
    expect(
      takeBackOf(slipOf(handoverDeclinedOrder(row, question)), roomWith(row), nightMs)?.order,
    ).toMatchObject({ kind: "mission.word-taken-back/1", body: { mission: row.ref, takesBack: ref } });
    const turned = [
      taskOrder("task-taken", task),
      taskOrder("task-released", task),
      takenOverOrder(row, "wuppertal"),
    ];
    for (const order of turned) expect(takeBackOf(slipOf(order), roomWith(row), nightMs)).toBeNull();
  });

  test("of a request made alone and of an *understood* is there while the board shows that very word", () => {
    const asked: Order = { ...onMission(row, "neuss-lukas"), what: "asked", answerWithinS: 60 };
    const request = { step: "asked", ref, over: [], hospital: "neuss-lukas", askedMs: nightMs } as const;
    const waits = roomWith({ ...row, request });
    expect(takeBackOf(slipOf(asked), roomWith(row), nightMs)).toBeNull();
    expect(takeBackOf(slipOf(asked), waits, nightMs)?.order).toMatchObject({
      kind: "mission.word-taken-back/1",
      body: { mission: row.ref, takesBack: ref },
    });
    // The steering's own way back takes the request with it.
    const withIt: Order = { ...asked, over: [...row.centreOver, ref] };
    expect(takeBackOf(slipOf(withIt), { ...waits, outbox: [slipOf(steer)] }, nightMs)).toBeNull();
    expect(takeBackOf(slipOf(asked), { ...waits, outbox: [slipOf(steer)] }, nightMs)).not.toBeNull();
    const understood = understoodOrder(row, "neuss-lukas", "telephone");
    expect(takeBackOf(slipOf(understood), roomWith(row), nightMs)).toBeNull();
    const destination = { hospital: "neuss-lukas", saidMs: nightMs, ref, spoken: true } as const;
    expect(takeBackOf(slipOf(understood), roomWith({ ...row, destination }), nightMs)?.order.body).toEqual({
      mission: row.ref,
      takesBack: ref,
    });
  });

  test("[TRANSFER4] of the two questions of a transfer is one, and takes back both", () => {
    const waits = missionRow(2, nightMs, { from: "ukd" });
    const asked = { ...onMission(waits, "neuss-lukas"), what: "asked", answerWithinS: 60 } as const;
    const agreement = followingOrder(asked, ref);
    if (agreement === null) throw new Error("the sending hospital is asked too");
    const second: FactRef = [missionLog, 41];
    const [first, next] = [slipOf(asked), { ...slipOf(agreement), state: { ...written, ref: second } }];
    const open = { step: "asked", over: [], askedMs: nightMs } as const;
    const toBoth = {
      ...waits,
      request: { ...open, ref, hospital: "neuss-lukas" },
      agreements: [{ ...open, ref: second, hospital: "ukd", to: "neuss-lukas" }],
    };
    const room = { ...roomWith(toBoth), outbox: [first, next] };
    expect(takeBackOf(next, room, nightMs)).toBeNull();
    const back = takeBackOf(first, room, nightMs)?.order;
    if (back === undefined) throw new Error("there is a way back");
    expect(back.body).toEqual({ mission: waits.ref, takesBack: ref });
    const rest = followingOrder(back, [missionLog, 42]);
    expect(rest).toMatchObject({ kind: back.kind, body: { mission: waits.ref, takesBack: second } });
    expect(rest !== null && followingOrder(rest, [missionLog, 43])).toBeNull();
    const writing = { ...next, state: { step: "writing" } as const };
    expect(takeBackOf(first, { ...room, outbox: [first, writing] }, nightMs)).toBeNull();
    // Once the hospital has answered, what the sending one was asked has a way back of its own.
    const answered = roomWith({ ...toBoth, request: readyAnswer("neuss-lukas", nightMs) });
    expect(takeBackOf(next, { ...answered, outbox: [first, next] }, nightMs)?.order.body).toMatchObject({
      takesBack: second,
    });
  });

  test("of a mission opened by mistake ends it, once", () => {
    const opened = { ...row, mission: refKey(ref), ref };
    const slip = slipOf(opening);
    const back = takeBackOf(slip, roomWith(opened), nightMs)?.order;
    expect(back).toMatchObject({
      kind: "mission.closed/1",
      body: { mission: ref, reason: "cancelled", over: row.centreOver },
    });
    if (back === undefined) throw new Error("there is a way back");
    expect(takeBackOf(slip, { ...roomWith(opened), outbox: [slipOf(back)] }, nightMs)).toBeNull();
  });
});
