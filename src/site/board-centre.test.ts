import { describe, expect, test } from "vitest";
import { atMin, boardHouse } from "../../test/support/board-house.ts";
import { idOf, type Logs, missionBody, nightMs, say } from "../../test/support/region.ts";
import type { LogId } from "../basics/name.ts";
import { heardBeat, setSites, tick } from "../exchange/contact.ts";
import { cellDetail } from "./board-centre.ts";
import { crewBoardView } from "./board-crew.ts";
import { type BoardContext, boardView, viewContext } from "./board-rows.ts";

const box: LogId = "ukd/box/1-00000001";
const centre: LogId = "lst-d/box/1-00000001";
const other: LogId = "lst-w/box/1-00000001";
const crew: LogId = "rtw-1/tablet/1-00000001";
const voice = { hospital: "ukd", capability: "ct", answeredBy: "physician", readBack: true, over: [] };

function centreOf(logs: Logs, minute: number, held: Parameters<typeof boardHouse>[2] = []) {
  return boardView(boardHouse(centre, logs, held), atMin(minute));
}

/** A centre that has heard everybody and, for the last ten seconds, ukd no more. */
function withoutUkd(logs: Logs): BoardContext {
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
  for (let second = 0; second <= 10; second += 0.25) {
    if (Number.isInteger(second)) for (const name of ["lst-w", "neuss"]) beat(name, second + 2, second);
    tick(contact, { wallMs: nightMs + second * 1_000, monoMs: second * 1_000 });
  }
  return context;
}

describe("[VIEW5] a control centre sees", () => {
  test("voice reports in force, who took them down, and whether they lead", () => {
    const logs: Logs = new Map();
    say(logs, box, "hospital.status/1", { capability: "ct", state: "cannot", over: [] });
    const ref = say(logs, other, "voice.report/1", { ...voice, state: "open" }, { by: "dispatcher#101" });
    expect(centreOf(logs, 1).centre?.voices).toMatchObject([
      { ref, hospital: "ukd", state: "open", centre: "lst-w", by: "dispatcher#101", leads: false },
    ]);
    expect(centreOf(logs, 61).centre?.voices).toEqual([]);
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

test("[VIEW4] a crew that drives to a hospital which is silent is told so: its yes is its last word", () => {
  const logs: Logs = new Map();
  const mission = say(logs, centre, "mission.opened/1", missionBody);
  say(logs, crew, "mission.destination/1", { mission: [...mission], hospital: "ukd", over: [] });
  const seenBy = (context: BoardContext) =>
    crewBoardView({ ...context, hosted: { ...context.hosted, site: "rtw-1" } }, lateNow).missions[0]
      ?.destination;
  const lateNow = { wallMs: nightMs + 10_000, monoMs: 10_000 };
  expect(seenBy(boardHouse(centre, logs))).not.toHaveProperty("silentSinceMs");
  expect(seenBy(withoutUkd(logs))).toMatchObject({ hospital: "ukd", silentSinceMs: nightMs });
});
