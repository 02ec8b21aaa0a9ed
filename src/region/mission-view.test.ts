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
import { minuteMs } from "../basics/time.ts";
import type { KindName } from "./facts.ts";
import { leadsMission } from "./fold.ts";
import type { MissionView } from "./mission-view.ts";
import { inboundTo, missionViewOf, runningMissions } from "./view.ts";

const charter = testCharter();
const düsseldorf: LogId = "lst-d/box/1-00000001";
const wuppertal: LogId = "lst-w/box/1-00000001";
const tablet: LogId = "rtw-1/tablet/1-00000001";
const phone: LogId = "rtw-1/phone/1-00000001";
const stranger: LogId = "rtw-2/tablet/1-00000001";
const neuss: LogId = "neuss/box/1-00000001";

/** A night with one mission, and short ways to say something of it. */
function night() {
  const logs: Logs = new Map();
  const mission = say(logs, düsseldorf, "mission.opened/1", missionBody);
  const of = (log: LogId, kind: KindName, body: JsonObject, atMin = 0, by = "test"): FactRef =>
    say(logs, log, kind, { mission: [...mission], ...body }, { at: nightMs + atMin * minuteMs, by });
  return {
    logs,
    mission,
    of,
    to: (log: LogId, hospital: string, over: readonly FactRef[] = [], by = "crew") =>
      of(log, "mission.destination/1", { hospital, over: over.map((ref) => [...ref]) }, 0, by),
    steer: (log: LogId, hospital: string, over: readonly FactRef[]) =>
      of(log, "mission.steered/1", { hospital, over: over.map((ref) => [...ref]) }),
    takeOver: (log: LogId, over: readonly FactRef[]) =>
      of(log, "mission.taken-over/1", { from: "lst-d", over: over.map((ref) => [...ref]) }),
    step: (log: LogId, step: string) => of(log, "mission.step/1", { step }),
  };
}

/** The same whichever log comes first. */
function viewOf(logs: Logs, mission: FactRef, nowMs = nightMs): MissionView {
  const views = [logs, new Map([...logs].reverse())].map((order) =>
    present(missionViewOf(contextOf(charter, foldLogs(charter, order), nowMs), idOf(mission)), "the mission"),
  );
  expect(views[1]).toEqual(views[0]);
  return present(views[0], "a view");
}

describe("a mission", () => {
  test("[REGION6] shows what was opened, and nothing before its opening is here", () => {
    const { logs, mission } = night();
    expect(viewOf(logs, mission)).toMatchObject({
      mission: idOf(mission),
      vehicle: "rtw-1",
      need: "aortic-emergency",
      urgency: 1,
      owners: ["lst-d"],
      position: { cell: missionBody["cell"], source: "call" },
      step: null,
      destination: null,
      running: true,
    });
    const without: Logs = new Map();
    say(without, tablet, "mission.step/1", { mission: [...mission], step: "on-scene" });
    const context = contextOf(charter, foldLogs(charter, without));
    expect(missionViewOf(context, idOf(mission))).toBeNull();
    expect(runningMissions(context)).toEqual([]);
  });

  test("[REGION7] goes where its crew says; only its own crew is asked", () => {
    const { logs, mission, to, step, of } = night();
    const first = to(tablet, "ukd");
    to(stranger, "barmen", [first]);
    step(tablet, "patient-on-board");
    step(stranger, "ended");
    of(stranger, "mission.position/1", { cell: { latE2: 1, lonE2: 1 }, ageS: 0 });
    const view = viewOf(logs, mission);
    expect(view.destination?.hospital).toBe("ukd");
    expect(view.otherDestinations).toEqual([]);
    expect(view.step?.step).toBe("patient-on-board");
    expect(view.position.source).toBe("call");
    expect(view.running).toBe(true);
  });

  test("[REGION7] of two tablets the furthest step counts, and each tablet may correct itself", () => {
    const { logs, mission, step } = night();
    step(tablet, "arrived");
    step(tablet, "on-scene");
    step(phone, "on-the-way");
    expect(viewOf(logs, mission).step?.step).toBe("on-scene");
    step("rtw-1/tablet/2-00000002", "on-the-way");
    expect(viewOf(logs, mission).step?.step).toBe("on-the-way");
    step(phone, "patient-on-board");
    expect(viewOf(logs, mission).step?.step).toBe("patient-on-board");
  });

  test("[REGION7] shows the newest position with its age", () => {
    const { logs, mission, of } = night();
    of(tablet, "mission.position/1", { cell: { latE2: 5_121, lonE2: 680 }, ageS: 10 }, 3);
    of(phone, "mission.position/1", { cell: { latE2: 5_122, lonE2: 680 }, ageS: 300 }, 4);
    expect(viewOf(logs, mission, nightMs + 5 * minuteMs).position).toEqual({
      cell: { latE2: 5_121, lonE2: 680 },
      ageMs: 2 * minuteMs + 10_000,
      source: "crew",
    });
  });

  test("[REGION7] of two tablets that do not know of each other the doctor's holds, then the confirming one", () => {
    const { logs, mission, to, steer } = night();
    const first = to(tablet, "ukd");
    const proposal = steer(düsseldorf, "neuss", [mission]);
    to(tablet, "ukd", [first]);
    to(phone, "neuss", [first, proposal]);
    expect(viewOf(logs, mission)).toMatchObject({
      destination: { hospital: "neuss" },
      otherDestinations: [{ hospital: "ukd" }],
    });
    to(tablet, "barmen", [first], "emergency-doctor");
    expect(viewOf(logs, mission)).toMatchObject({ destination: { hospital: "barmen" } });
  });
});

describe("steering", () => {
  test("[REGION8] a proposal is open until the crew's own word, then confirmed or not", () => {
    const { logs, mission, to, steer } = night();
    const first = to(tablet, "ukd");
    const proposal = steer(düsseldorf, "neuss", [mission]);
    expect(viewOf(logs, mission).proposals).toMatchObject([
      { decision: "steered", hospital: "neuss", crew: "open" },
    ]);
    expect(viewOf(logs, mission).destination?.hospital).toBe("ukd");
    const refused = to(tablet, "barmen", [first, proposal]);
    expect(viewOf(logs, mission).proposals).toMatchObject([{ crew: "other-destination" }]);
    const confirmed = to(tablet, "neuss", [refused, proposal]);
    const view = viewOf(logs, mission);
    expect(view.proposals).toMatchObject([{ crew: "confirmed" }]);
    expect(view.destination).toMatchObject({ hospital: "neuss", ref: confirmed });
    expect(view.crewOver).toEqual([proposal, confirmed]);
  });

  test("[REGION8] a word from before the proposal does not confirm it, even for the same hospital", () => {
    const { logs, mission, to, steer } = night();
    const first = to(tablet, "ukd");
    const proposal = steer(düsseldorf, "ukd", [mission]);
    expect(viewOf(logs, mission).proposals).toMatchObject([{ hospital: "ukd", crew: "open" }]);
    to(tablet, "ukd", [first, proposal]);
    expect(viewOf(logs, mission).proposals).toMatchObject([{ crew: "confirmed" }]);
  });

  test("[REGION8] a newer proposal replaces the one it names; kept is a proposal with its reason", () => {
    const { logs, mission, of, steer } = night();
    const first = steer(düsseldorf, "neuss", [mission]);
    const second = of(düsseldorf, "mission.kept/1", {
      hospital: "ukd",
      reason: "at-the-door",
      over: [[...first]],
    });
    const view = viewOf(logs, mission);
    expect(view.proposals).toMatchObject([{ decision: "kept", hospital: "ukd", reason: "at-the-door" }]);
    expect(view.centreOver).toEqual([second]);
  });

  test("[REGION9] a request shows its hospital's answer only; of two tablets' answers the more cautious", () => {
    const { logs, mission, of } = night();
    const asked = of(düsseldorf, "mission.asked/1", { hospital: "neuss", answerWithinS: 90, over: [] });
    const answer = (log: LogId, given: string) =>
      of(log, "mission.answered/1", { asked: [...asked], answer: given, over: [] });
    answer("ukd/box/1-00000001", "ready");
    expect(viewOf(logs, mission).requests).toMatchObject([
      { hospital: "neuss", answer: null, answerWithinMs: 90_000, storedMs: nightMs, escalated: [] },
    ]);
    of(düsseldorf, "mission.escalated/1", { asked: [...asked], channel: "telephone" }, 2);
    answer(neuss, "ready");
    expect(viewOf(logs, mission).requests).toMatchObject([
      { answer: { answer: "ready", site: "neuss" }, escalated: [{ channel: "telephone" }] },
    ]);
    answer("neuss/tablet/1-00000001", "cannot");
    expect(viewOf(logs, mission).requests[0]?.answer?.answer).toBe("cannot");
    const over = viewOf(logs, mission).requests[0]?.answerOver ?? [];
    of(neuss, "mission.answered/1", {
      asked: [...asked],
      answer: "ready",
      over: over.map((ref) => [...ref]),
    });
    expect(viewOf(logs, mission).requests[0]?.answer?.answer).toBe("ready");
  });

  test("[REGION9] requests stand in the order in which they were asked, calls beside them", () => {
    const { logs, mission, of } = night();
    of(wuppertal, "mission.asked/1", { hospital: "barmen", answerWithinS: 90, over: [] }, 2);
    of(düsseldorf, "mission.asked/1", { hospital: "neuss", answerWithinS: 90, over: [] }, 1);
    of(düsseldorf, "mission.called/1", { hospital: "neuss", channel: "telephone", reached: false }, 3);
    const { requests, calls } = viewOf(logs, mission);
    expect(requests.map(({ hospital }) => hospital)).toEqual(["neuss", "barmen"]);
    expect(calls).toMatchObject([{ hospital: "neuss", channel: "telephone", reached: false }]);
  });
});

describe("who leads a mission", () => {
  test("[REGION10] the centre that opened it, until another takes it over by a fact", () => {
    const { logs, mission, takeOver } = night();
    takeOver(wuppertal, [mission]);
    expect(viewOf(logs, mission).owners).toEqual(["lst-w"]);
    const fold = foldLogs(charter, logs);
    expect(["lst-d", "lst-w"].map((site) => leadsMission(fold, mission, site))).toEqual([false, true]);
  });

  test("[REGION10] both, when they acted without knowing of each other; the crew's word holds; one takeover ends it", () => {
    const { logs, mission, steer, takeOver, to } = night();
    const taken = takeOver(wuppertal, [mission]);
    const here = steer(düsseldorf, "neuss", [mission]);
    const there = steer(wuppertal, "barmen", [taken]);
    to(tablet, "barmen", [there]);
    const split = viewOf(logs, mission);
    expect(split.owners).toEqual(["lst-d", "lst-w"]);
    expect(split.proposals).toMatchObject([
      { hospital: "neuss", crew: "open" },
      { hospital: "barmen", crew: "confirmed" },
    ]);
    expect(split.destination?.hospital).toBe("barmen");
    expect(split.centreOver).toEqual([here, there]);
    takeOver(wuppertal, split.centreOver);
    expect(viewOf(logs, mission).owners).toEqual(["lst-w"]);
  });

  test("[REGION10] acting without a takeover takes it from nobody", () => {
    const { logs, mission, steer } = night();
    steer(wuppertal, "barmen", [mission]);
    expect(viewOf(logs, mission).owners).toEqual(["lst-d", "lst-w"]);
  });
});

describe("the missions under way", () => {
  test("[REGION11] one ends by its crew's word or a centre's; the list goes by urgency, then by the call", () => {
    const logs: Logs = new Map();
    const open = (more: JsonObject) => say(logs, düsseldorf, "mission.opened/1", { ...missionBody, ...more });
    const late = open({ callAtMs: nightMs + 5, vehicle: "rtw-2" });
    const urgent2 = open({ urgency: 2 });
    const early = open({ callAtMs: nightMs - 5 });
    const listed = () => runningMissions(contextOf(charter, foldLogs(charter, logs))).map(({ ref }) => ref);
    expect(listed()).toEqual([early, late, urgent2]);
    say(logs, tablet, "mission.step/1", { mission: [...early], step: "ended" });
    say(logs, tablet, "mission.step/1", { mission: [...late], step: "ended" });
    say(logs, düsseldorf, "mission.closed/1", { mission: [...urgent2], reason: "duplicate", over: [] });
    expect(listed()).toEqual([late]);
    const closed = missionViewOf(contextOf(charter, foldLogs(charter, logs)), idOf(urgent2));
    expect(closed).toMatchObject({ running: false, closed: { reason: "duplicate", site: "lst-d" } });
  });

  test("[REGION11] inbound to a hospital are those whose crew drives there and that have not ended", () => {
    const { logs, mission, to, step } = night();
    to(tablet, "ukd");
    const inbound = (hospital: string) => inboundTo(foldLogs(charter, logs), hospital);
    expect([inbound("ukd"), inbound("neuss")]).toEqual([[mission], []]);
    step(tablet, "ended");
    expect(inbound("ukd")).toEqual([]);
  });
});
