import { describe, expect, test } from "vitest";
import {
  contextOf,
  foldLogs,
  idOf,
  type Logs,
  missionBody,
  nightMs,
  say,
  testCharter,
} from "../../test/support/region.ts";
import { present } from "../basics/assert.ts";
import type { JsonObject } from "../basics/canonical-json.ts";
import type { FactRef, LogId } from "../basics/name.ts";
import { hourMs, minuteMs } from "../basics/time.ts";
import { declineReasons, statusReasons } from "./choices.ts";
import { soundlessSites, takenTasks } from "./desk-view.ts";
import type { KindName } from "./facts.ts";
import { concernedByItFailure, reliances } from "./it-failure.ts";
import type { MissionView } from "./mission-view.ts";
import { capabilityIds } from "./region-data.ts";
import { isTaskId, taskAbout } from "./task.ts";
import { cellOf, hospitalView, inboundTo, missionViewOf } from "./view.ts";

const charter = testCharter();
const box: LogId = "ukd/box/1-00000001";
const tablet: LogId = "ukd/tablet/1-00000001";
const düsseldorf: LogId = "lst-d/box/1-00000001";
const wuppertal: LogId = "lst-w/box/1-00000001";
const crew: LogId = "rtw-1/tablet/1-00000001";
const stranger: LogId = "rtw-2/tablet/1-00000001";
const neuss: LogId = "neuss/box/1-00000001";

const plain = (refs: readonly FactRef[]) => refs.map((ref) => [...ref]);

/** Views of the logs in one order and in the other: they never differ. */
function inBothOrders<T>(logs: Logs, view: (of: Logs) => T): T {
  const one = view(logs);
  expect(view(new Map([...logs].reverse()))).toEqual(one);
  return one;
}

function ctOf(logs: Logs, nowMs: number) {
  return inBothOrders(logs, (of) =>
    cellOf(hospitalView(contextOf(charter, foldLogs(charter, of), nowMs), "ukd"), "ct"),
  );
}

describe("a hospital takes a word back", () => {
  const ct = (state: string, over: readonly FactRef[] = []) => ({
    capability: "ct",
    state,
    over: plain(over),
  });

  test("[REGION12] what held before holds again, as old as it was, and shows that it was taken back", () => {
    const logs: Logs = new Map();
    const open = say(logs, box, "hospital.status/1", ct("open"));
    const slip = say(logs, box, "hospital.status/1", ct("cannot", [open]), { at: nightMs + 2 * hourMs });
    const back = {
      capability: "ct",
      takesBack: [...slip],
      earlierState: "open",
      earlierAtMs: nightMs,
      over: plain([slip]),
    };
    const taken = say(logs, box, "hospital.status-taken-back/1", back, {
      at: nightMs + 2 * hourMs + 5_000,
      by: "nurse#7",
    });
    expect(ctOf(logs, nightMs + 3 * hourMs)).toMatchObject({
      state: "open",
      source: "clinician",
      sinceMs: nightMs,
      runsOutMs: nightMs + 8 * hourMs,
      takenBack: { ref: taken, by: "nurse#7", sinceMs: nightMs + 2 * hourMs + 5_000 },
      over: [taken],
    });
    // It runs out when the earlier word would have.
    expect(ctOf(logs, nightMs + 8 * hourMs).state).toBe("unconfirmed");
    say(logs, box, "hospital.status/1", ct("full", [taken]), { at: nightMs + 3 * hourMs });
    expect(ctOf(logs, nightMs + 3 * hourMs)).toMatchObject({ state: "full", takenBack: null });
  });

  test("[REGION12] the first word of all leaves nothing behind but that it was taken back", () => {
    const logs: Logs = new Map();
    const slip = say(logs, box, "hospital.status/1", ct("open"));
    const taken = say(logs, tablet, "hospital.status-taken-back/1", {
      capability: "ct",
      takesBack: [...slip],
      over: [],
    });
    expect(ctOf(logs, nightMs)).toMatchObject({
      state: "unconfirmed",
      source: null,
      heads: [],
      takenBack: { site: "ukd" },
      over: [taken],
    });
  });

  test("[REGION12] another tablet's word that does not know of it stays, and leads over nothing", () => {
    const logs: Logs = new Map();
    const slip = say(logs, box, "hospital.status/1", ct("cannot"));
    const other = say(logs, tablet, "hospital.status/1", ct("limited"));
    say(logs, box, "hospital.status-taken-back/1", { capability: "ct", takesBack: [...slip], over: [] });
    expect(ctOf(logs, nightMs)).toMatchObject({ state: "limited", ref: other, takenBack: { site: "ukd" } });
  });

  test("[REGION12] a voice report that was taken down wrongly gives the hospital's own word back its place", () => {
    const logs: Logs = new Map();
    const own = say(logs, box, "hospital.status/1", ct("open"));
    const voice = { hospital: "ukd", answeredBy: "other", readBack: false };
    const slip = say(logs, düsseldorf, "voice.report/1", { ...ct("cannot", [own]), ...voice });
    expect(ctOf(logs, nightMs).state).toBe("cannot");
    const taken = { hospital: "ukd", capability: "ct", takesBack: [...slip], over: plain([own, slip]) };
    say(logs, wuppertal, "voice.report-taken-back/1", taken);
    expect(ctOf(logs, nightMs)).toMatchObject({ state: "open", ref: own, takenBack: { site: "lst-w" } });
  });

  test("[REGION12] nobody takes back the word of another hospital", () => {
    const logs: Logs = new Map();
    const own = say(logs, box, "hospital.status/1", ct("cannot"));
    const back = { capability: "ct", takesBack: [...own], earlierState: "open", over: [] };
    say(logs, neuss, "hospital.status-taken-back/1", back);
    expect(ctOf(logs, nightMs).state).toBe("cannot");
  });
});

/** One mission on its way to the University Hospital, steered to Neuss. */
function steered() {
  const logs: Logs = new Map();
  const mission = say(logs, düsseldorf, "mission.opened/1", missionBody);
  const of = (log: LogId, kind: KindName, body: JsonObject, atMin = 0): FactRef =>
    say(logs, log, kind, { mission: [...mission], ...body }, { at: nightMs + atMin * minuteMs });
  const first = of(crew, "mission.destination/1", { hospital: "ukd", over: [] });
  const steer = of(düsseldorf, "mission.steered/1", { hospital: "neuss", over: plain([mission]) }, 1);
  const asked = of(
    düsseldorf,
    "mission.asked/1",
    { hospital: "neuss", answerWithinS: 90, over: plain([steer]) },
    1,
  );
  const view = (nowMs = nightMs + 10 * minuteMs): MissionView =>
    inBothOrders(logs, (order) =>
      present(missionViewOf(contextOf(charter, foldLogs(charter, order), nowMs), idOf(mission)), "it"),
    );
  return { logs, mission, of, first, steer, asked, view };
}

describe("a centre takes its choice back", () => {
  test("[REGION13] nothing is proposed after it, the request falls with it, the mission stays the centre's", () => {
    const { of, steer, asked, view } = steered();
    expect(view()).toMatchObject({ proposals: [{ crew: "open" }], requests: [{ takenBack: null }] });
    const back = of(düsseldorf, "mission.steer-taken-back/1", {
      takesBack: [...steer],
      hospital: "neuss",
      asked: [...asked],
      over: plain([steer, asked]),
    });
    expect(view()).toMatchObject({
      proposals: [],
      steerTakenBack: { hospital: "neuss", ref: back },
      destination: { hospital: "ukd" },
      requests: [{ hospital: "neuss", takenBack: { ref: back } }],
      owners: ["lst-d"],
    });
    of(düsseldorf, "mission.steered/1", { hospital: "barmen", over: plain([back]) });
    expect(view()).toMatchObject({ proposals: [{ hospital: "barmen" }], steerTakenBack: null });
  });

  test("[REGION13] what another centre chose apart stands, as long as `over` does not name it", () => {
    const { of, steer, view } = steered();
    of(wuppertal, "mission.steered/1", { hospital: "barmen", over: [] });
    of(düsseldorf, "mission.steer-taken-back/1", { takesBack: [...steer], hospital: "neuss", over: [] });
    expect(view().proposals).toMatchObject([{ site: "lst-w", hospital: "barmen", crew: "open" }]);
  });

  test("[REGION13] a request taken back before it arrived is taken back", () => {
    const logs: Logs = new Map();
    const mission = say(logs, düsseldorf, "mission.opened/1", missionBody);
    const asked: FactRef = [wuppertal, 1];
    const body = { mission: [...mission], hospital: "neuss", takesBack: [wuppertal, 2], asked: [...asked] };
    say(logs, düsseldorf, "mission.steer-taken-back/1", { ...body, over: [] });
    const request = { mission: [...mission], hospital: "neuss", answerWithinS: 90, over: [] };
    expect(say(logs, wuppertal, "mission.asked/1", request)).toEqual(asked);
    const view = inBothOrders(logs, (of) =>
      missionViewOf(contextOf(charter, foldLogs(charter, of)), idOf(mission)),
    );
    expect(view?.requests).toMatchObject([{ takenBack: { site: "lst-d" } }]);
  });
});

test("[REGION13] two centres that take the same request back: one is shown, whoever comes first", () => {
  const { of, steer, asked, view } = steered();
  for (const centre of [düsseldorf, wuppertal]) {
    const body = { takesBack: [...steer], hospital: "neuss", asked: [...asked], over: [] };
    of(centre, "mission.steer-taken-back/1", body, centre === wuppertal ? 2 : 3);
  }
  expect(view().requests).toMatchObject([{ takenBack: { site: "lst-d" } }]);
});

describe("a spoken understood", () => {
  test("[REGION14] makes the steered hospital the destination, entered by the centre for the crew", () => {
    const { of, view } = steered();
    const entered = of(
      düsseldorf,
      "mission.understood/1",
      { hospital: "neuss", channel: "radio", over: plain(view().crewOver) },
      3,
    );
    expect(view()).toMatchObject({
      destination: { hospital: "neuss", spoken: true, site: "lst-d", sinceMs: nightMs + 3 * minuteMs },
      otherDestinations: [],
      formerDestinations: [{ hospital: "ukd", spoken: false }],
      proposals: [{ crew: "confirmed" }],
    });
    expect(view().crewOver).toContainEqual(entered);
  });

  test("[REGION14] a later word of the crew that knows of it holds, also when the next one does not name it", () => {
    const { logs, of, view } = steered();
    of(düsseldorf, "mission.understood/1", {
      hospital: "neuss",
      channel: "radio",
      over: plain(view().crewOver),
    });
    of(crew, "mission.destination/1", { hospital: "barmen", over: plain(view().crewOver) });
    expect(view()).toMatchObject({ destination: { hospital: "barmen", spoken: false } });
    const last = of(crew, "mission.destination/1", { hospital: "ukd", over: [] });
    expect(view()).toMatchObject({ destination: { hospital: "ukd", ref: last }, otherDestinations: [] });
    expect(inboundTo(foldLogs(charter, logs), "ukd")).toHaveLength(1);
  });

  test("[REGION14] beside a word of the crew that does not know of it the crew's own holds, both are shown", () => {
    const { of, view } = steered();
    of(wuppertal, "mission.understood/1", { hospital: "neuss", channel: "telephone", over: [] });
    of(stranger, "mission.destination/1", { hospital: "barmen", over: plain(view().crewOver) });
    expect(view()).toMatchObject({
      destination: { hospital: "ukd" },
      otherDestinations: [{ hospital: "neuss", spoken: true }],
    });
  });
});

describe("a centre takes back what it entered or asked", () => {
  test("[REGION22] an *understood*: what the crew itself said holds again, and the hospital is told", () => {
    const { logs, of, view } = steered();
    const over = plain(view().crewOver);
    const entered = of(düsseldorf, "mission.understood/1", { hospital: "neuss", channel: "radio", over });
    expect(inboundTo(foldLogs(charter, logs), "neuss")).toHaveLength(1);
    of(düsseldorf, "mission.word-taken-back/1", { takesBack: [...entered] });
    expect(view()).toMatchObject({
      destination: { hospital: "ukd", spoken: false },
      destinationTakenBack: { hospital: "neuss" },
      formerDestinations: [{ hospital: "neuss" }],
      proposals: [{ crew: "open" }],
    });
    expect(inboundTo(foldLogs(charter, logs), "neuss")).toHaveLength(0);
    of(crew, "mission.destination/1", { hospital: "barmen", over: plain(view().crewOver) });
    expect(view()).toMatchObject({ destination: { hospital: "barmen" }, destinationTakenBack: null });
  });

  test("[REGION22] a request: it is withdrawn, whatever was proposed stays, also when it is said again", () => {
    const { of, asked, view } = steered();
    const before = view().proposals;
    of(düsseldorf, "mission.word-taken-back/1", { takesBack: [...asked] });
    expect(view()).toMatchObject({ requests: [{ takenBack: { site: "lst-d" } }], steerTakenBack: null });
    expect(view().proposals).toEqual(before);
    const ask = { hospital: "neuss", answerWithinS: 60, over: [] };
    of("lst-d/box/2-00000002", "mission.asked/1", { ...ask, again: [...asked] });
    expect(view().requests.map(({ takenBack }) => takenBack?.site)).toEqual(["lst-d", "lst-d"]);
  });

  test("[REGION22] a second channel", () => {
    const { of, asked, view } = steered();
    const taken = of(düsseldorf, "mission.escalated/1", { asked: [...asked], channel: "radio" });
    expect(view().requests).toMatchObject([{ escalated: [{ channel: "radio" }] }]);
    of(düsseldorf, "mission.word-taken-back/1", { takesBack: [...taken] });
    expect(view().requests).toMatchObject([{ escalated: [] }]);
  });
});

describe("a crew and a hospital take back", () => {
  test("[REGION15] the crew's destination: the earlier one holds again, and a proposal is open again", () => {
    const { of, steer, first, view } = steered();
    const slip = of(crew, "mission.destination/1", { hospital: "neuss", over: plain([first, steer]) }, 2);
    expect(view().proposals).toMatchObject([{ crew: "confirmed" }]);
    const back = { takesBack: [...slip], hospital: "neuss", earlier: "ukd", earlierAtMs: nightMs };
    of(crew, "mission.destination-taken-back/1", { ...back, over: plain([slip, steer]) }, 2);
    expect(view()).toMatchObject({
      destination: { hospital: "ukd", sinceMs: nightMs },
      destinationTakenBack: { hospital: "neuss" },
      formerDestinations: [{ hospital: "neuss" }],
      proposals: [{ crew: "open" }],
    });
  });

  test("[REGION15] the crew's first destination leaves none", () => {
    const { of, first, view } = steered();
    of(crew, "mission.destination-taken-back/1", { takesBack: [...first], hospital: "ukd", over: [] });
    expect(view()).toMatchObject({ destination: null, destinationTakenBack: { hospital: "ukd" } });
  });

  test("[REGION15] the hospital's answer: the request is open again until it answers anew", () => {
    const { of, asked, view } = steered();
    const slip = of(neuss, "mission.answered/1", { asked: [...asked], answer: "cannot", over: [] });
    expect(view().requests).toMatchObject([{ answer: { answer: "cannot" }, answerTakenBack: null }]);
    const back = of(neuss, "mission.answer-taken-back/1", {
      asked: [...asked],
      takesBack: [...slip],
      over: plain([slip]),
    });
    expect(view().requests).toMatchObject([
      { answer: null, answerTakenBack: { ref: back }, answerOver: [back] },
    ]);
    of(neuss, "mission.answered/1", { asked: [...asked], answer: "ready", over: plain([back]) });
    expect(view().requests).toMatchObject([{ answer: { answer: "ready" }, answerTakenBack: null }]);
  });
});

test("[AGAIN1] what was taken back or declined stays so when its writer says it again in a new log", () => {
  const logs: Logs = new Map();
  const mission = [...say(logs, wuppertal, "mission.opened/1", missionBody)];
  const ask = { mission, hospital: "neuss", answerWithinS: 60, over: [] };
  const asked = [...say(logs, wuppertal, "mission.asked/1", ask)];
  const voice = { answer: "ready", answeredBy: "physician", readBack: true, channel: "radio", over: [] };
  const forked: LogId = "lst-d/box/2-00000002";
  const cases: readonly [KindName, JsonObject, KindName][] = [
    [
      "mission.called/1",
      { mission, hospital: "neuss", channel: "radio", reached: true },
      "mission.word-taken-back/1",
    ],
    ["mission.answer-spoken/1", { mission, asked, ...voice }, "mission.word-taken-back/1"],
    ["voice.called/1", { hospital: "neuss", line: 1, answeredBy: "physician" }, "voice.call-taken-back/1"],
  ];
  for (const [i, [kind, body, back]] of cases.entries()) {
    // Its first log means nothing past the common part.
    const first = [düsseldorf, 7 + i];
    say(logs, wuppertal, back, { mission, hospital: "neuss", takesBack: first });
    say(logs, forked, kind, { ...body, again: first });
  }
  const over = [[...mission]];
  say(logs, forked, "mission.taken-over/1", { mission, from: "lst-w", over: [...over, asked] });
  const question = [düsseldorf, 20];
  say(logs, wuppertal, "mission.handover-declined/1", { mission, asked: question });
  say(logs, forked, "mission.handover-asked/1", { mission, to: "lst-w", again: question });
  const context = contextOf(charter, foldLogs(charter, logs));
  expect(missionViewOf(context, `${mission[0]}#${mission[1]}`)).toMatchObject({
    owners: ["lst-d"],
    calls: [],
    requests: [{ answer: null }],
    handover: null,
    handoverDeclined: { site: "lst-w" },
  });
  expect(hospitalView(context, "neuss").calls).toEqual([]);
});

test("[REGION21] [REGION22] a hand-over that was declined by mistake is open again, and can be declined anew", () => {
  const logs: Logs = new Map();
  const mission = plain([say(logs, düsseldorf, "mission.opened/1", missionBody)])[0] ?? [];
  const asked = [...say(logs, düsseldorf, "mission.handover-asked/1", { mission, to: "lst-w" })];
  const view = () =>
    inBothOrders(logs, (of) =>
      missionViewOf(contextOf(charter, foldLogs(charter, of), nightMs), `${mission[0]}#${mission[1]}`),
    );
  const slip = say(logs, wuppertal, "mission.handover-declined/1", { mission, asked });
  expect(view()).toMatchObject({ handover: null, handoverDeclined: { site: "lst-w" } });
  say(logs, wuppertal, "mission.word-taken-back/1", { mission, takesBack: [...slip] });
  expect(view()).toMatchObject({ handover: { to: "lst-w" }, handoverDeclined: null });
  say(logs, wuppertal, "mission.handover-declined/1", { mission, asked });
  expect(view()).toMatchObject({ handover: null, handoverDeclined: { site: "lst-w" } });
});

describe("desks", () => {
  const task = `decide:${düsseldorf}#1`;

  test("[REGION16] a task has an owner until a later word of any centre; two that did not know are both shown", () => {
    const logs: Logs = new Map();
    say(logs, düsseldorf, "mission.opened/1", missionBody);
    const tasks = () => inBothOrders(logs, (of) => takenTasks(contextOf(charter, foldLogs(charter, of))));
    const first = say(logs, düsseldorf, "task.taken/1", { task, over: [] }, { by: "dispatcher#3" });
    expect(tasks()).toMatchObject([{ task, owners: [{ site: "lst-d", by: "dispatcher#3" }], over: [first] }]);
    const second = say(logs, wuppertal, "task.taken/1", { task, over: [] }, { by: "dispatcher#9" });
    expect(tasks()[0]?.owners.map(({ by }) => by)).toEqual(["dispatcher#3", "dispatcher#9"]);
    say(logs, wuppertal, "task.released/1", { task, over: plain([first, second]) });
    expect(tasks()).toEqual([]);
  });

  test("[REGION16] a task is a topic and a mission or a hospital, nothing else", () => {
    for (const text of [task, "confirm:ukd", "call:x"]) expect(isTaskId(text)).toBe(true);
    for (const text of [
      "decide",
      "decide:",
      "hum:ukd",
      "decide:Frau Müller",
      `${task}#1`,
      `decide:${box}#01`,
    ])
      expect(isTaskId(text)).toBe(false);
    expect(taskAbout("confirm:ukd")).toBe("ukd");
  });

  test("[REGION17] a site has no sound when no device of it says that sound is on", () => {
    const logs: Logs = new Map();
    const soundless = () =>
      inBothOrders(logs, (of) => soundlessSites(contextOf(charter, foldLogs(charter, of))));
    say(logs, box, "board.sound/1", { sound: "held-back" });
    expect(soundless()).toEqual([{ site: "ukd", sinceMs: nightMs, isClosed: false }]);
    say(logs, tablet, "board.sound/1", { sound: "on" });
    expect(soundless()).toEqual([]);
    say(logs, tablet, "board.sound/1", { sound: "held-back" });
    say(logs, box, "board.sound/1", { sound: "on" });
    expect(soundless()).toEqual([]);
    say(logs, box, "board.sound/1", { sound: "closed" }, { at: nightMs - minuteMs });
    expect(soundless()).toEqual([{ site: "ukd", sinceMs: nightMs, isClosed: false }]);
    say(logs, tablet, "board.sound/1", { sound: "closed" }, { at: nightMs - 2 * minuteMs });
    expect(soundless()).toEqual([{ site: "ukd", sinceMs: nightMs - minuteMs, isClosed: true }]);
  });
});

test("[REGION18] an IT failure concerns what needs images, laboratory, blood or theatre", () => {
  const unconcerned = capabilityIds.filter((capability) => !concernedByItFailure(capability));
  expect(unconcerned).toEqual(["psychiatry", "isolation", "heavy-load"]);
  expect(reliances.ct).toEqual(["images"]);
  expect(new Set(declineReasons.map((reason) => statusReasons[reason].de)).size).toBe(6);
});
