import { describe, expect, test } from "vitest";
import { atMin, boardHouse } from "../../../test/support/board-house.ts";
import { type Logs, missionBody, nightMs, say } from "../../../test/support/region.ts";
import { present } from "../../basics/assert.ts";
import type { JsonObject } from "../../basics/canonical-json.ts";
import type { FactRef, LogId } from "../../basics/name.ts";
import { minuteMs } from "../../basics/time.ts";
import { heardBeat, setSites } from "../../exchange/contact.ts";
import type { KindName } from "../../region/facts.ts";
import { hospitalBoardView } from "./board-hospital.ts";
import { boardView } from "./board-rows.ts";

const box: LogId = "ukd/box/1-00000001";
const centre: LogId = "lst-d/box/1-00000001";
const crew: LogId = "rtw-1/tablet/1-00000001";

function night() {
  const logs: Logs = new Map();
  const at = (minute: number) => ({ at: nightMs + minute * minuteMs, by: "nurse#107" });
  const mission = say(logs, centre, "mission.opened/1", missionBody);
  const of = (log: LogId, kind: KindName, body: JsonObject, minute = 0): FactRef =>
    say(logs, log, kind, { mission: [...mission], ...body }, at(minute));
  return {
    ...{ logs, mission },
    of,
    step: (step: string, minute = 0) => of(crew, "mission.step/1", { step }, minute),
    to: (hospital: string, minute = 0) => of(crew, "mission.destination/1", { hospital, over: [] }, minute),
    status: (body: JsonObject, minute = 0) =>
      say(logs, box, "hospital.status/1", { capability: "ct", over: [], ...body }, at(minute)),
    view: (minute: number, held: Parameters<typeof boardHouse>[2] = []) =>
      hospitalBoardView(boardHouse(box, logs, held), atMin(minute)),
  };
}

function ctIn(view: ReturnType<typeof hospitalBoardView>) {
  return present(
    view.capabilities.find(({ capability }) => capability === "ct"),
    "every capability is listed",
  );
}

describe("[VIEW1] what we can take", () => {
  test("every capability stands there, said or not", () => {
    const { capabilities } = night().view(0);
    expect(capabilities).toHaveLength(21);
    expect(ctIn(night().view(0))).toMatchObject({ cell: null, words: [], over: [], itFailure: true });
  });

  test("a word says by whom, and whether a control centre holds it: the last one only when its receipt covers it", () => {
    const { status, view } = night();
    const first = status({ state: "open" });
    expect(ctIn(view(1)).words).toMatchObject([{ ref: first, by: "nurse#107", heldByDispatch: false }]);
    expect(ctIn(view(1, [[box, "neuss/box", 2]])).words).toMatchObject([{ heldByDispatch: false }]);
    expect(ctIn(view(1, [[box, "lst-d/box", 1]])).words).toMatchObject([{ heldByDispatch: false }]);
    expect(ctIn(view(1, [[box, "lst-d/box", 2]])).words).toMatchObject([{ heldByDispatch: true }]);
  });

  test("an open is asked for again half an hour before it ends, a closed state never", () => {
    const { status, view } = night();
    status({ state: "open" });
    expect(ctIn(view(8 * 60 - 31)).runsOutSoon).toBe(false);
    expect(ctIn(view(8 * 60 - 30)).runsOutSoon).toBe(true);
    status({ state: "cannot", reason: "it-check" });
    expect(ctIn(view(8 * 60 - 1))).toMatchObject({ runsOutSoon: false, cell: { reason: "it-check" } });
  });

  test("a slip shows as taken back", () => {
    const { logs, status, view } = night();
    const slip = status({ state: "cannot" }, 1);
    say(logs, box, "hospital.status-taken-back/1", { capability: "ct", takesBack: [...slip], over: [] });
    expect(ctIn(view(2))).toMatchObject({
      cell: { state: "unconfirmed", takenBackMs: nightMs },
      takenBack: { site: "ukd", heldByDispatch: false },
    });
  });
});

describe("[VIEW2] what is inbound", () => {
  test("a vehicle at the scene is announced; with the patient on board it has an arrival", () => {
    const { to, step, view } = night();
    step("on-scene");
    to("ukd");
    expect(view(1).inbound).toMatchObject([{ state: "announced", arrivalMs: null, vehicle: "rtw-1" }]);
    step("patient-on-board", 2);
    const [row] = view(3).inbound;
    expect(row).toMatchObject({ state: "inbound", positionOld: true });
    // Counted from its last position, so that it stands still while nothing is heard.
    expect(row?.arrivalMs).toBeGreaterThan(nightMs);
    expect(view(30).inbound[0]?.arrivalMs).toBe(row?.arrivalMs);
    // From when the patient came on board, where that was later.
    step("patient-on-board", 22);
    expect(view(30).inbound[0]?.arrivalMs).toBe((row?.arrivalMs ?? 0) + 20 * minuteMs);
  });

  test("a position is old after two minutes", () => {
    const { of, to, step, view } = night();
    to("ukd");
    step("patient-on-board");
    of(crew, "mission.position/1", { cell: { latE2: 5121, lonE2: 680 }, ageS: 0 }, 5);
    expect(view(7).inbound).toMatchObject([{ positionOld: false, positionSaidMs: nightMs + 5 * minuteMs }]);
    expect(view(7.1).inbound).toMatchObject([{ positionOld: true }]);
  });

  test("only what drives to us; a proposal of the centre brings nobody", () => {
    const { of, to, view } = night();
    to("neuss");
    of(centre, "mission.steered/1", { hospital: "ukd", over: [] });
    expect(view(1).inbound).toEqual([]);
  });

  test("it goes when it arrives", () => {
    const { to, step, view } = night();
    to("ukd");
    step("arrived");
    expect(view(1).inbound).toEqual([]);
  });

  test("a mission that ended on the way says for ten minutes that nobody comes; one that arrived or was handed over does not", () => {
    const { of, to, step, view } = night();
    const asked = of(centre, "mission.asked/1", { hospital: "ukd", answerWithinS: 120, over: [] });
    of(box, "mission.answered/1", { asked: [...asked], answer: "ready", over: [] });
    to("ukd");
    step("patient-on-board");
    step("ended", 5);
    const broken = { state: "broken-off", divertedMs: nightMs + 5 * minuteMs, arrivalMs: null };
    expect(view(6)).toMatchObject({ inbound: [broken], requests: [{ state: "withdrawn" }] });
    expect(view(15).inbound).toHaveLength(1);
    expect(view(15.1)).toMatchObject({ inbound: [], requests: [] });
    const arrived = night();
    arrived.to("ukd");
    arrived.step("arrived", 4);
    arrived.step("ended", 5);
    expect(arrived.view(6).inbound).toEqual([]);
    for (const [reason, count] of [
      ["handed-over", 0],
      ["no-transport", 1],
    ] as const) {
      const closed = night();
      closed.to("ukd");
      closed.of(centre, "mission.closed/1", { reason, over: [] }, 5);
      expect(closed.view(6).inbound).toHaveLength(count);
    }
    const elsewhere = night();
    elsewhere.to("neuss");
    elsewhere.step("ended", 5);
    expect(elsewhere.view(6).inbound).toEqual([]);
  });

  test.each([
    [
      "heard late, after a partition: when it was said, for ten minutes from when it is known here",
      5,
      45,
      46,
      5,
    ],
    ["heard late and known here for over ten minutes", 5, 45, 55.1, null],
    ["heard late, after over an hour without contact: whoever waits hears of it", 5, 66, 66, 5],
    ["a crew whose clock is two hours behind: not before it began", -115, 5, 6, 0],
    ["a clock that was ahead when it was stored, and is right since", 5, 125, 6, 5],
    ["a clock that was ahead when it was stored: no longer than others", 5, 125, 15.1, null],
    ["who ended it has a clock that is ahead: when it came here", 30, 5, 6, 5],
  ])("a mission that ended on the way, %s", (_name, saidMin, storedMin, lookMin, shownMin) => {
    const { logs, mission, to, view } = night();
    to("ukd");
    const moments = { at: nightMs + saidMin * minuteMs, storedMs: nightMs + storedMin * minuteMs };
    say(logs, crew, "mission.step/1", { mission: [...mission], step: "ended" }, moments);
    expect(view(lookMin).inbound.map(({ divertedMs }) => divertedMs)).toEqual(
      shownMin === null ? [] : [nightMs + shownMin * minuteMs],
    );
  });

  test("what ended days ago is no news to a store that is new", () => {
    const logs: Logs = new Map();
    const days = (minute: number) => ({
      at: nightMs - 3 * 1440 * minuteMs + minute * minuteMs,
      storedMs: nightMs,
    });
    const mission = [...say(logs, centre, "mission.opened/1", missionBody, days(0))];
    say(logs, crew, "mission.destination/1", { mission, hospital: "ukd", over: [] }, days(1));
    say(logs, crew, "mission.step/1", { mission, step: "ended" }, days(5));
    expect(hospitalBoardView(boardHouse(box, logs), atMin(1)).inbound).toEqual([]);
  });

  test("a crew that is turned away, drives on and ends on the way has not arrived there", () => {
    const { to, step, view } = night();
    to("neuss");
    step("arrived", 2);
    step("patient-on-board", 3);
    to("ukd", 4);
    step("ended", 5);
    expect(view(6).inbound).toMatchObject([{ state: "broken-off" }]);
  });

  test("two tablets of a crew name two hospitals, and it ends on the way: both hear of it", () => {
    const { logs, of, to, step, view } = night();
    to("ukd");
    of("rtw-1/phone/1-00000001", "mission.destination/1", { hospital: "neuss", over: [] }, 1);
    expect(view(2).inbound).toMatchObject([{ disputed: true }]);
    step("ended", 5);
    const neuss = hospitalBoardView(boardHouse("neuss/box/1-00000001", logs), atMin(6));
    for (const { inbound } of [view(6), neuss])
      expect(inbound).toMatchObject([{ state: "broken-off", disputed: true }]);
  });

  test("a mission that was ended by mistake, went on and ended on the way: when it ended at last", () => {
    const { to, step, view } = night();
    to("ukd");
    step("ended", 1);
    step("patient-on-board", 2);
    expect(view(3).inbound).toMatchObject([{ state: "inbound" }]);
    step("ended", 30);
    expect(view(31).inbound).toMatchObject([{ state: "broken-off", divertedMs: nightMs + 30 * minuteMs }]);
  });

  test("diverted shows where to, for ten minutes", () => {
    const { to, step, view } = night();
    to("ukd");
    step("patient-on-board");
    to("neuss", 5);
    expect(view(6).inbound).toMatchObject([
      { state: "diverted", divertedTo: "neuss", divertedMs: nightMs + 5 * minuteMs, arrivalMs: null },
    ]);
    expect(view(15).inbound).toHaveLength(1);
    expect(view(15.1).inbound).toEqual([]);
  });

  test("an announcement that was a slip shows as taken back", () => {
    const { of, to, view } = night();
    const slip = to("ukd");
    of(crew, "mission.destination-taken-back/1", { takesBack: [...slip], hospital: "ukd", over: [] }, 1);
    expect(view(2).inbound).toMatchObject([{ state: "taken-back", divertedTo: null }]);
  });
});

describe("[VIEW3] what we are asked", () => {
  const ask = ({ of }: ReturnType<typeof night>, minute = 0, hospital = "ukd") =>
    of(centre, "mission.asked/1", { hospital, answerWithinS: 120, over: [] }, minute);

  test("open with its deadline and second channels, answered, held by dispatch", () => {
    const evening = night();
    const { of, view } = evening;
    const asked = ask(evening);
    of(centre, "mission.escalated/1", { asked: [...asked], channel: "telephone" }, 2);
    expect(view(3).requests).toMatchObject([
      {
        state: "open",
        asked,
        centre: "lst-d",
        dueMs: nightMs + 2 * minuteMs,
        escalated: ["telephone"],
        answer: null,
      },
    ]);
    of(box, "mission.answered/1", { asked: [...asked], answer: "cannot", reason: "no-beds", over: [] }, 3);
    expect(view(4).requests).toMatchObject([
      { state: "answered", answer: { answer: "cannot", reason: "no-beds", heldByDispatch: false } },
    ]);
    expect(view(4, [[box, "lst-d/box", 9]]).requests[0]?.answer).toMatchObject({ heldByDispatch: true });
    expect(view(4, [[box, "lst-d/box", 9]]).requests[0]?.answer).not.toHaveProperty("heldAt");
  });

  test("an answer that another centre holds alone: named while the mission's is not heard, else not held", () => {
    const evening = night();
    const asked = ask(evening);
    evening.of(box, "mission.answered/1", { asked: [...asked], answer: "ready", over: [] }, 1);
    const context = boardHouse(box, evening.logs, [[box, "lst-w/box", 9]]);
    const answer = () => hospitalBoardView(context, atMin(2)).requests[0]?.answer;
    expect(answer()).toMatchObject({ heldByDispatch: true, heldAt: "lst-w" });
    const { contact } = context.hosted;
    setSites(
      contact,
      ["lst-d", "lst-w"].map((site) => ({ site, devices: [`${site}/box`], mobile: false, ownHouse: false })),
    );
    const beat = { boot: 1, beat: 1, wallMs: nightMs, storing: true, digest: "", backByMs: null, heard: {} };
    heardBeat(contact, "lst-d/box", beat, atMin(2));
    expect(answer()).toMatchObject({ heldByDispatch: false });
  });

  test("where the request after ours was taken back, ours runs", () => {
    const evening = night();
    ask(evening);
    const elsewhere = ask(evening, 1, "neuss");
    const concerned = () => boardView(boardHouse(box, evening.logs), atMin(3)).missions.length;
    expect([evening.view(3).requests[0]?.state, concerned()]).toEqual(["withdrawn", 0]);
    evening.of(centre, "mission.word-taken-back/1", { takesBack: [...elsewhere] }, 2);
    expect([evening.view(3).requests[0]?.state, concerned()]).toEqual(["open", 1]);
  });

  test("an answer that was taken back leaves it open", () => {
    const evening = night();
    const { of, view } = evening;
    const asked = ask(evening);
    const slip = of(box, "mission.answered/1", { asked: [...asked], answer: "ready", over: [] });
    of(box, "mission.answer-taken-back/1", { asked: [...asked], takesBack: [...slip], over: [] }, 1);
    const back = { state: "open", answer: null, answerTakenBackMs: nightMs + minuteMs };
    expect(view(2).requests).toMatchObject([
      { ...back, takenBackHeld: { heldByDispatch: false }, acceptedMs: nightMs },
    ]);
    expect(view(2, [[box, "lst-d/box", 3]]).requests).toMatchObject([
      { takenBackHeld: { heldByDispatch: true } },
    ]);
    // Nobody is heard here: the other centre's word counts, and it is named.
    expect(view(2, [[box, "lst-w/box", 3]]).requests).toMatchObject([
      { takenBackHeld: { heldByDispatch: true, heldAt: "lst-w" } },
    ]);
  });

  test("[BOARD130] an acceptance that holds no more says so, with its time", () => {
    const evening = night();
    const { of, view } = evening;
    const asked = ask(evening);
    const answer = (word: object, minute: number) =>
      of(box, "mission.answered/1", { asked: [...asked], over: [], ...word }, minute);
    answer({ answer: "ready" }, 1);
    expect(view(2).requests[0]).not.toHaveProperty("acceptedMs");
    answer({ answer: "cannot", reason: "no-beds" }, 3);
    expect(view(4).requests).toMatchObject([
      { answer: { answer: "cannot", heldByDispatch: false }, acceptedMs: nightMs + minuteMs },
    ]);
  });

  test("[BOARD130] so does one that the hospital withdrew by telephone, also at the desk", () => {
    const evening = night();
    const asked = ask(evening);
    const body = { asked: [...asked], over: [] };
    const ready = evening.of(box, "mission.answered/1", { ...body, answer: "ready" }, 1);
    const voice = { answeredBy: "physician", readBack: true, channel: "telephone", over: [[...ready]] };
    evening.of(centre, "mission.answer-spoken/1", { ...body, ...voice, answer: "cannot" }, 2);
    const withdrawn = { acceptedMs: nightMs + minuteMs };
    expect(evening.view(3).requests).toMatchObject([{ answer: { answer: "cannot" }, ...withdrawn }]);
    const { missions } = boardView(boardHouse(centre, evening.logs), atMin(3));
    expect(missions).toMatchObject([{ request: { answer: "cannot", ...withdrawn } }]);
  });

  test.each<[string, (evening: ReturnType<typeof night>, asked: FactRef) => void]>([
    ["asked elsewhere", (evening) => ask(evening, 5, "neuss")],
    ["the crew drives elsewhere", ({ to }) => to("neuss", 5)],
    [
      "the steering was taken back",
      ({ of }, asked) => {
        const body = { takesBack: [...asked], hospital: "ukd", asked: [...asked], over: [] };
        of(centre, "mission.steer-taken-back/1", body, 5);
      },
    ],
  ])("%s: withdrawn, for ten minutes", (_name, withdraw) => {
    const evening = night();
    const asked = ask(evening);
    withdraw(evening, asked);
    expect(evening.view(6).requests).toMatchObject([{ state: "withdrawn" }]);
    expect(evening.view(15.1).requests).toEqual([]);
  });
});
