import { describe, expect, test } from "vitest";
import { atMin, boardHouse } from "../../../test/support/board-house.ts";
import { idOf, type Logs, missionBody, nightMs, say } from "../../../test/support/region.ts";
import type { JsonObject } from "../../basics/canonical-json.ts";
import type { FactRef, LogId } from "../../basics/name.ts";
import { heardBeat, setSites, tick } from "../../exchange/contact.ts";
import type { KindName } from "../../region/facts.ts";
import { cellDetail } from "./board-centre.ts";
import { crewBoardView } from "./board-crew.ts";
import { hospitalBoardView } from "./board-hospital.ts";
import { type BoardContext, boardView } from "./board-rows.ts";
import { viewContext } from "./region-context.ts";
import { whereTo } from "./where-to.ts";

const box: LogId = "ukd/box/1-00000001";
const centre: LogId = "lst-d/box/1-00000001";
const other: LogId = "lst-w/box/1-00000001";
const crew: LogId = "rtw-1/tablet/1-00000001";
const voice = { hospital: "ukd", capability: "ct", answeredBy: "physician", readBack: true, over: [] };

function centreOf(logs: Logs, minute: number, held: Parameters<typeof boardHouse>[2] = []) {
  return boardView(boardHouse(centre, logs, held), atMin(minute));
}

/** A centre that has heard everybody and, for the last ten seconds, ukd no more. */
function withoutUkd(logs: Logs, silentForS = 10): BoardContext {
  const context = boardHouse(centre, logs);
  const { contact } = context.hosted;
  const site = (name: string) => ({ site: name, devices: [`${name}/box`], mobile: false, ownHouse: false });
  setSites(contact, ["lst-w", "ukd", "neuss"].map(site));
  const beat = (name: string, number: number, second: number): void =>
    heardBeat(
      contact,
      `${name}/box`,
      { boot: 1, beat: number, wallMs: 0, storing: true, digest: "", backByMs: null, heard: {} },
      { wallMs: nightMs + second * 1_000, monoMs: second * 1_000 },
    );
  for (const name of ["lst-w", "ukd", "neuss"]) beat(name, 1, 0);
  for (let second = 0; second <= silentForS; second += 0.25) {
    if (Number.isInteger(second)) for (const name of ["lst-w", "neuss"]) beat(name, second + 2, second);
    tick(contact, { wallMs: nightMs + second * 1_000, monoMs: second * 1_000 });
  }
  return context;
}

describe("[NATS5] that a stream takes nothing", () => {
  const stream = () => ({ de: "NATS ist voll.", en: "NATS is full." });

  test("a control centre sees for as long as it is so, a hospital never", () => {
    const at = (log: LogId, said: NonNullable<BoardContext["stream"]>) =>
      boardView({ ...boardHouse(log, new Map()), stream: said }, atMin(1)).own.stream;
    expect(at(centre, stream)).toEqual(stream());
    expect(at(centre, () => null)).toBeUndefined();
    expect(at(box, stream)).toBeUndefined();
  });
});

describe("[VIEW5] a control centre sees", () => {
  test("voice reports in force, who took them down, and whether they lead", () => {
    const logs: Logs = new Map();
    say(logs, box, "hospital.status/1", { capability: "ct", state: "cannot", over: [] });
    const ref = say(logs, other, "voice.report/1", { ...voice, state: "open" }, { by: "dispatcher#101" });
    expect(centreOf(logs, 1).centre?.voices).toMatchObject([
      { ref, hospital: "ukd", state: "open", centre: "lst-w", by: "dispatcher#101", leads: false },
    ]);
    expect(centreOf(logs, 61).centre?.voices).toEqual([]);
    const more = {
      ...voice,
      capability: "burns",
      state: "full",
      reason: "no-beds",
      untilMs: nightMs + 20 * 60_000,
    };
    const closed = say(logs, other, "voice.report/1", more);
    expect(centreOf(logs, 19).centre?.voices[0]).toMatchObject({
      ...{ ref: closed, state: "full", reason: "no-beds", endsMs: nightMs + 20 * 60_000 },
    });
    expect(centreOf(logs, 20).centre?.voices.map(({ capability }) => capability)).toEqual(["ct"]);
    const context = boardHouse(centre, logs);
    const detail = cellDetail(context.house, viewContext(context, atMin(1)), "ukd", "ct");
    expect(detail.words.map(({ state, heldByDispatch }) => [state, heldByDispatch])).toEqual([
      ["cannot", false],
      ["open", true],
    ]);
    expect(detail.over).toHaveLength(2);
  });

  test("where no board can be heard, and who has a task, also at the other centre", () => {
    const logs: Logs = new Map();
    const mission = say(logs, centre, "mission.opened/1", missionBody);
    const task = `decide:${idOf(mission)}`;
    say(logs, box, "board.sound/1", { sound: "held-back" });
    const taken = say(logs, other, "task.taken/1", { task, over: [] }, { by: "dispatcher#101" });
    expect(centreOf(logs, 1).centre).toMatchObject({
      noSound: [{ site: "ukd", sinceMs: nightMs }],
      tasks: [{ task, owners: [{ centre: "lst-w", by: "dispatcher#101" }], over: [taken] }],
    });
    say(logs, crew, "mission.step/1", { mission: [...mission], step: "ended" });
    expect(centreOf(logs, 1).centre?.tasks).toEqual([]);
    say(logs, box, "board.sound/1", { sound: "closed" });
    expect(centreOf(logs, 1).centre?.noSound).toEqual([{ site: "ukd", sinceMs: nightMs, closed: true }]);
  });

  test("what is about to run out, the next one first", () => {
    const logs: Logs = new Map();
    say(
      logs,
      box,
      "hospital.status/1",
      { capability: "ct", state: "open", over: [] },
      { at: nightMs + 60_000 },
    );
    say(logs, box, "hospital.status/1", { capability: "burns", state: "limited", over: [] });
    expect(centreOf(logs, 7 * 60).centre?.runsOut).toEqual([]);
    expect(centreOf(logs, 8 * 60 - 5).centre?.runsOut.map(({ capability }) => capability)).toEqual([
      "burns",
      "ct",
    ]);
  });

  test("[ROUND2] what was closed by voice is asked for before it runs out, and from then on until somebody says what holds", () => {
    const logs: Logs = new Map();
    const closed = say(logs, other, "voice.report/1", { ...voice, state: "cannot" });
    const row = { hospital: "ukd", capability: "ct", state: "cannot", endsMs: nightMs + 60 * 60_000 };
    expect(centreOf(logs, 50).centre?.runsOut).toEqual([]);
    for (const minute of [53, 60, 300])
      expect(centreOf(logs, minute).centre?.runsOut, `${minute}`).toEqual([row]);
    say(
      logs,
      box,
      "hospital.status/1",
      { capability: "ct", state: "open", over: [closed] },
      { at: nightMs + 300 * 60_000 },
    );
    expect(centreOf(logs, 301).centre?.runsOut).toEqual([]);
  });

  test("what was opened by voice is asked for no more once it has run out", () => {
    const logs: Logs = new Map();
    say(logs, other, "voice.report/1", { ...voice, state: "open" });
    expect(centreOf(logs, 59).centre?.runsOut).toHaveLength(1);
    expect(centreOf(logs, 60).centre?.runsOut).toEqual([]);
  });

  test("[ADVICE9] under CPR, or with an airway or a bleeding not controlled, only that the hospital cannot stabilise is a reason to decide anew", () => {
    const causeAt = (flags: object, ...cannot: readonly string[]) => {
      const logs: Logs = new Map();
      const mission = [...say(logs, centre, "mission.opened/1", { ...missionBody, ...flags })];
      say(logs, crew, "mission.destination/1", { mission, hospital: "ukd", over: [] });
      for (const capability of cannot)
        say(
          logs,
          box,
          "hospital.status/1",
          { capability, state: "cannot", over: [] },
          { at: nightMs + 60_000 },
        );
      return centreOf(logs, 2).missions[0]?.decide?.cause;
    };
    const needed = ["vascular-surgery", "cardiac-surgery"];
    expect(causeAt({}, ...needed)).toBe("destination-cannot");
    expect(causeAt({ danger: false }, ...needed)).toBe("destination-cannot");
    for (const flags of [{ cpr: true }, { danger: true }]) {
      expect(causeAt(flags, ...needed)).toBeUndefined();
      expect(causeAt(flags, "resuscitation")).toBe("destination-cannot");
    }
  });

  test("[ADVICE14] a house that never had the one way and says *cannot* of the other is lost; that it lacks one alone is not", () => {
    const causeAt = (state: string) => {
      const logs: Logs = new Map();
      const mission = [...say(logs, centre, "mission.opened/1", { ...missionBody, need: "polytrauma" })];
      say(logs, crew, "mission.destination/1", { mission, hospital: "barmen", over: [] });
      const said = { capability: "trauma-regional", state, over: [] };
      say(logs, "barmen/box/1-00000001", "hospital.status/1", said, { at: nightMs + 60_000 });
      const cause = centreOf(logs, 2).missions[0]?.decide?.cause;
      return cause === "destination-silent" ? "silent" : cause;
    };
    expect(causeAt("cannot")).toBe("destination-cannot");
    expect(causeAt("open")).not.toBe("destination-cannot");
  });

  test("who confirmed to hold each step of a mission", () => {
    const logs: Logs = new Map();
    const mission = say(logs, centre, "mission.opened/1", missionBody);
    const steer = { mission: [...mission], hospital: "neuss", over: [] };
    say(logs, centre, "mission.steered/1", steer);
    const held = [
      [centre, "rtw-1/tablet", 2],
      [centre, "lst-w/box", 3],
    ] as const;
    expect(centreOf(logs, 1, held).missions[0]?.receipts).toMatchObject([
      { what: "opened", heldBy: ["rtw-1", "lst-w"] },
      { what: "steered", heldBy: ["lst-w"] },
    ]);
  });

  test("its own paths: the other centres always, hospitals where they are not heard directly", () => {
    const context = withoutUkd(new Map());
    expect(boardView(context, atMin(1)).centre?.paths).toEqual({
      heard: 2,
      rows: [
        { site: "lst-w", state: "heard", lastHeardMs: null },
        { site: "ukd", state: "silent", lastHeardMs: nightMs },
      ],
    });
  });

  test("only a control centre sees that", () => {
    expect(boardView(boardHouse(box, new Map()), atMin(1)).centre).toBeUndefined();
  });
});

describe("[VIEW9] a decision", () => {
  test("offers other hospitals than the one that the crew drives to: staying there is *kept*", () => {
    const logs: Logs = new Map();
    const mission = say(logs, centre, "mission.opened/1", missionBody);
    say(logs, crew, "mission.destination/1", { mission: [...mission], hospital: "ukd", over: [] });
    const [row] = boardView(withoutUkd(logs), { wallMs: nightMs + 10_000, monoMs: 10_000 }).missions;
    expect(row?.destination?.hospital).toBe("ukd");
    expect(row?.decide?.cause).toBe("destination-silent");
    expect(row?.decide?.lines.map(({ hospital }) => hospital).sort()).toEqual(["barmen", "neuss"]);
  });
});

describe("[BOARD86] a decision because a hospital was found silent", () => {
  const decideAfter = (silentForS: number, more: (logs: Logs, mission: readonly [LogId, number]) => void) => {
    const logs: Logs = new Map();
    const mission = say(logs, centre, "mission.opened/1", missionBody);
    say(logs, crew, "mission.destination/1", { mission: [...mission], hospital: "ukd", over: [] });
    const cell = { latE2: 5_150, lonE2: 640 };
    say(logs, crew, "mission.position/1", { mission: [...mission], cell, ageS: 0 });
    more(logs, mission);
    const now = { wallMs: nightMs + silentForS * 1_000, monoMs: silentForS * 1_000 };
    return boardView(withoutUkd(logs, silentForS), now).missions[0]?.decide;
  };
  const far = () => undefined;

  test("is there with its lines at once, and quiet until 50 s after it was found", () => {
    const atOnce = decideAfter(8.25, far);
    expect(atOnce).toMatchObject({ cause: "destination-silent", quiet: true, call: false });
    expect(atOnce?.lines).toHaveLength(2);
    expect(decideAfter(58, far)).toEqual(atOnce);
    const { quiet, ...loud } = atOnce ?? {};
    expect(quiet).toBe(true);
    expect(decideAfter(58.25, far)).toEqual(loud);
  });

  test("is never quiet within ten minutes of the door: the centre is asked to call", () => {
    const near = decideAfter(8.25, (logs, mission) => {
      const cell = { latE2: 5_121, lonE2: 677 };
      say(logs, crew, "mission.position/1", { mission: [...mission], cell, ageS: 0 });
    });
    expect(near).toMatchObject({ cause: "destination-silent", call: true });
    expect(near).not.toHaveProperty("quiet");
  });

  test("for any other reason it is never quiet", () => {
    const declined = decideAfter(8.25, (logs, mission) => {
      const request = { mission: [...mission], hospital: "ukd", answerWithinS: 60, over: [] };
      const asked = say(logs, centre, "mission.asked/1", request);
      const answer = { mission: [...mission], asked: [...asked], answer: "cannot", over: [] };
      say(logs, box, "mission.answered/1", answer);
    });
    expect(declined).toMatchObject({ cause: "declined" });
    expect(declined).not.toHaveProperty("quiet");
  });
});

test("[BOARD86] in a silence a centre's choice ends the decision, a crew's does not: it may not know", () => {
  const causeWhen = (named: (logs: Logs, mission: [LogId, number]) => void) => {
    const logs: Logs = new Map();
    const mission: [LogId, number] = [...say(logs, centre, "mission.opened/1", missionBody)];
    named(logs, mission);
    const now = { wallMs: nightMs + 20_000, monoMs: 20_000 };
    return boardView(withoutUkd(logs, 20), now).missions[0]?.decide?.cause;
  };
  const inS = (second: number) => ({ at: nightMs + second * 1_000 });
  const named = { hospital: "ukd", over: [] };
  const byCrew = (second: number) => (logs: Logs, mission: [LogId, number]) =>
    say(logs, crew, "mission.destination/1", { mission, ...named }, inS(second));
  const byCentre =
    (kind: string, second: number, more = {}) =>
    (logs: Logs, mission: [LogId, number]) => {
      byCrew(0)(logs, mission);
      say(logs, centre, `mission.${kind}/1`, { mission, ...named, ...more }, inS(second));
    };
  expect(causeWhen(byCrew(10))).toBe("destination-silent");
  expect(causeWhen(byCentre("steered", 10))).toBeUndefined();
  expect(causeWhen(byCentre("steered", 4))).toBe("destination-silent");
  expect(causeWhen(byCentre("kept", 4, { reason: "crew-decided" }))).toBeUndefined();
});

describe("[VIEW11] the door of a silent hospital", () => {
  const now = { wallMs: nightMs + 10_000, monoMs: 10_000 };
  const doorOf = (more: (logs: Logs, mission: readonly [LogId, number]) => void) => {
    const logs: Logs = new Map();
    const mission = say(logs, centre, "mission.opened/1", missionBody);
    const named = [...mission];
    say(logs, crew, "mission.destination/1", { mission: named, hospital: "ukd", over: [] });
    more(logs, mission);
    return [boardView(withoutUkd(logs), now), boardView(boardHouse(centre, logs), now)].map(
      ({ missions: [row] }) => [row?.door ?? null, row?.decide?.cause ?? null],
    );
  };
  const door = { hospital: "ukd", silentSinceMs: nightMs, arrived: false, tries: 0 };

  test("somebody is to be called when the crew stands there, decided or not, and when it is close", () => {
    const at = (latE2: number, lonE2: number) =>
      doorOf((logs, mission) =>
        say(logs, crew, "mission.position/1", { mission: [...mission], cell: { latE2, lonE2 }, ageS: 0 }),
      );
    expect(at(5_150, 640)).toEqual([
      [null, "destination-silent"],
      [null, null],
    ]);
    expect(at(5_121, 677)[0]).toEqual([door, "destination-silent"]);
    const there = doorOf((logs, mission) =>
      say(logs, crew, "mission.step/1", { mission: [...mission], step: "arrived" }),
    );
    expect(there).toEqual([
      [{ ...door, arrived: true }, null],
      [null, null],
    ]);
  });

  test("until somebody was reached: a call in vain is counted, an earlier one is no answer", () => {
    const called = (reached: boolean, at = nightMs + 9_000) =>
      doorOf((logs, mission) => {
        say(logs, crew, "mission.step/1", { mission: [...mission], step: "arrived" });
        const call = { mission: [...mission], hospital: "ukd", channel: "telephone", reached };
        say(logs, centre, "mission.called/1", call, { at });
      })[0]?.[0];
    expect(called(false)).toEqual({ ...door, arrived: true, tries: 1, lastTryMs: nightMs + 9_000 });
    expect(called(true)).toBeNull();
    expect(called(true, nightMs - 60_000)).toEqual({ ...door, arrived: true });
  });
});

test("[REGION22] a call at the door that was a slip does not count: somebody still has to be called", () => {
  const logs: Logs = new Map();
  const mission = [...say(logs, centre, "mission.opened/1", missionBody)];
  say(logs, crew, "mission.destination/1", { mission, hospital: "ukd", over: [] });
  say(logs, crew, "mission.step/1", { mission, step: "arrived" });
  const doorNow = () =>
    boardView(withoutUkd(logs), { wallMs: nightMs + 10_000, monoMs: 10_000 }).missions[0]?.door;
  const call = { mission, hospital: "ukd", channel: "telephone", reached: true };
  const takesBack = [...say(logs, centre, "mission.called/1", call, { at: nightMs + 9_000 })];
  expect(doorNow()).toBeUndefined();
  say(logs, other, "mission.word-taken-back/1", { mission, takesBack });
  expect(doorNow()).toMatchObject({ hospital: "ukd", tries: 0 });
});

test("[VIEW11] [ROUND1] who was reached in a call-round was reached for the crew at the door, and the other way round", () => {
  const called: readonly [KindName, JsonObject][] = [
    ["voice.called/1", { hospital: "ukd", line: 1, answeredBy: "physician" }],
    ["mission.called/1", { hospital: "ukd", channel: "telephone", reached: true }],
  ];
  const seen = [null, ...called].map((call) => {
    const logs: Logs = new Map();
    const mission = [...say(logs, centre, "mission.opened/1", missionBody)];
    say(logs, crew, "mission.destination/1", { mission, hospital: "ukd", over: [] });
    say(logs, crew, "mission.step/1", { mission, step: "arrived" });
    if (call !== null) {
      const body = call[0] === "mission.called/1" ? { mission, ...call[1] } : call[1];
      say(logs, centre, call[0], body, { at: nightMs + 9_000 });
    }
    const view = boardView(withoutUkd(logs), { wallMs: nightMs + 10_000, monoMs: 10_000 });
    return [view.missions[0]?.door?.hospital, ...(view.centre?.rounds ?? []).map(({ hospital }) => hospital)];
  });
  expect(seen).toEqual([["ukd", "ukd"], [undefined], [undefined]]);
});

test("[VIEW4] a crew that drives to a hospital which is silent is told so: its yes is its last word", () => {
  const logs: Logs = new Map();
  const mission = say(logs, centre, "mission.opened/1", missionBody);
  say(logs, crew, "mission.destination/1", { mission: [...mission], hospital: "ukd", over: [] });
  const seenBy = (context: BoardContext) =>
    crewBoardView({ ...context, site: "rtw-1" }, lateNow).missions[0]?.destination;
  const lateNow = { wallMs: nightMs + 10_000, monoMs: 10_000 };
  expect(seenBy(boardHouse(centre, logs))).not.toHaveProperty("silentSinceMs");
  expect(seenBy(withoutUkd(logs))).toMatchObject({ hospital: "ukd", silentSinceMs: nightMs });
});

describe("[SCENE2] several patients of one scene", () => {
  const opened = (logs: Logs, vehicle: string, more: JsonObject = {}) =>
    say(logs, centre, "mission.opened/1", { ...missionBody, vehicle, need: "stroke", urgency: 2, ...more });

  test("each counts those before who drive nowhere yet; each board names the others' vehicles", () => {
    const logs: Logs = new Map();
    const first = opened(logs, "rtw-1");
    const scene = { scene: [...first] };
    const second = opened(logs, "rtw-2", scene);
    opened(logs, "rtw-3");
    const context = boardHouse(centre, logs);
    const mates = boardView(context, atMin(1)).missions.map((row) => [row.vehicle, row.mates, row.scene]);
    expect(mates.toSorted()).toEqual([
      ["rtw-1", ["rtw-2"], undefined],
      ["rtw-2", ["rtw-1"], first],
      ["rtw-3", undefined, undefined],
    ]);
    const linesOf = (mission: FactRef) =>
      whereTo(context, atMin(1), { patient: { mission: idOf(mission) }, hospital: null })?.lines ?? [];
    const [best] = linesOf(first);
    const again = linesOf(second).find(({ hospital }) => hospital === best?.hospital);
    expect(best?.text.de).not.toContain("Einsatzstelle");
    expect(again?.text.de).toContain("1 von derselben Einsatzstelle");
  });

  test("who has a destination counts there as on the way, once", () => {
    const logs: Logs = new Map();
    const first = opened(logs, "rtw-1");
    const second = opened(logs, "rtw-2", { scene: [...first] });
    say(logs, crew, "mission.destination/1", { mission: [...first], hospital: "neuss", over: [] });
    const context = boardHouse(centre, logs);
    const lines = whereTo(context, atMin(1), { patient: { mission: idOf(second) }, hospital: "neuss" });
    expect(lines?.named?.text.de).toContain("1 unterwegs dorthin, Plätze");
    const inbound = hospitalBoardView(boardHouse("neuss/box/1-00000001", logs), atMin(1)).inbound;
    expect(inbound.map(({ mates }) => mates)).toEqual([["rtw-2"]]);
  });
});
