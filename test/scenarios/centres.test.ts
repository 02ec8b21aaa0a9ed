import { describe, expect, test } from "vitest";
import type { FactRef, LogId } from "../../src/basics/name.ts";
import { crewBoardView } from "../../src/site/views/board-crew.ts";
import type { ContestRow } from "../../src/site/views/board-desk-view.ts";
import { hospitalBoardView } from "../../src/site/views/board-hospital.ts";
import { boardView } from "../../src/site/views/board-rows.ts";
import type { MissionRow } from "../../src/site/views/board-view.ts";
import { atMin, boardHouse } from "../support/board-house.ts";
import { type Logs, missionBody, nightMs, say } from "../support/region.ts";
import {
  type ContestScene,
  contests,
  type HandoverScene,
  type HomeScene,
  handovers,
  homes,
} from "./themes/j-centres.ts";
import { watching } from "./watching.ts";

const box: LogId = "ukd/box/1-00000001";
const logOf = { d: "lst-d/box/1-00000001", w: "lst-w/box/1-00000001" } as const;

function isCentre(letter: string): letter is keyof typeof logOf {
  return Object.hasOwn(logOf, letter);
}

function sites({ silent, heardByWuppertal = [] }: HomeScene): readonly string[] {
  const atS = 100;
  const silentFromS = Object.fromEntries(silent.map((site) => [site, 10]));
  const context = watching({ logs: new Map(), untilS: atS, silentFromS, heardByOther: heardByWuppertal });
  const { own, hospitals, centre } = boardView(context, {
    wallMs: nightMs + atS * 1_000,
    monoMs: atS * 1_000,
  });
  if (own.cutOffSinceMs !== null)
    return ["we are cut off", ...(centre?.rounds ?? []).map(({ hospital }) => hospital)];
  return hospitals.flatMap(({ hospital, contact: { verdict, via } }) => {
    if (via !== null) return [`${hospital} ${verdict} by ${via}`];
    const round = centre?.rounds.find((one) => one.hospital === hospital);
    if (round !== undefined) return [`${hospital} ${verdict}, ${round.centre} calls`];
    return verdict === "heard" || verdict === "late" ? [] : [`${hospital} ${verdict}`];
  });
}

describe("[ROUND2] several centres, and whose task a hospital is", () => {
  test.each(homes)("J centres: $name", (scene) => {
    expect(sites(scene)).toEqual(scene.sees);
  });
});

function led({ said }: HandoverScene): string {
  const logs: Logs = new Map();
  const mission = [...say(logs, logOf.d, "mission.opened/1", missionBody)];
  const rowNow = (): MissionRow => {
    const [row] = boardView(boardHouse(logOf.d, logs), atMin(30)).missions;
    if (row === undefined) throw new Error("the mission runs");
    return row;
  };
  let asked: FactRef | null = null;
  for (const [i, text] of said.entries()) {
    const [letter = "", what = "", to = ""] = text.split(" ");
    if (!isCentre(letter)) throw new Error(`${letter} is no centre`);
    const at = { at: nightMs + i * 60_000 };
    const log = logOf[letter];
    const over = rowNow().centreOver.map((ref) => [...ref]);
    if (what === "asks") asked = say(logs, log, "mission.handover-asked/1", { mission, to: `lst-${to}` }, at);
    else if (what === "declines")
      say(logs, log, "mission.handover-declined/1", { mission, asked: [...(asked ?? [])] }, at);
    else if (to === "back")
      say(logs, log, "mission.word-taken-back/1", { mission, takesBack: [...(asked ?? [])] }, at);
    else
      say(logs, log, "mission.taken-over/1", { mission, from: letter === "w" ? "lst-d" : "lst-w", over }, at);
  }
  const { owners, handover, handoverDeclinedMs } = rowNow();
  return [
    `${owners.join(" and ")} leads`,
    ...(handover === undefined ? [] : [`${handover.to} is asked`]),
    ...(handoverDeclinedMs === undefined ? [] : ["declined"]),
  ].join(", ");
}

describe("[REGION21] a mission is handed over on question and answer", () => {
  test.each(handovers)("J centres: $name", (scene) => {
    expect(led(scene)).toBe(scene.shows);
  });
});

function besides(contest: Pick<ContestRow, "free" | "freeSaidMs" | "others"> | undefined): readonly string[] {
  if (contest === undefined) return [];
  const owners = contest.others.flatMap((other) => other.owners).join(" ");
  if (contest.freeSaidMs !== nightMs) throw new Error("it says since when there are so many");
  return [`beside ${owners} for ${contest.free} place`];
}

/** What the centres' boards say of each, and what the hospital's own does. */
function contested({ free, coming, answers = {} }: ContestScene) {
  const logs: Logs = new Map();
  if (free !== null) say(logs, box, "hospital.beds/1", { ward: "emergency-department", free, over: [] });
  for (const [i, letter] of coming.entries()) {
    const opened = { ...missionBody, callAtMs: nightMs + i };
    const mission = [...say(logs, logOf[letter], "mission.opened/1", opened)];
    const body = { mission, hospital: "ukd", answerWithinS: 600, over: [] };
    const asked = [...say(logs, logOf[letter], "mission.asked/1", body)];
    const answer = answers[i];
    if (answer !== undefined) say(logs, box, "mission.answered/1", { mission, asked, answer, over: [] });
  }
  const centre = boardView(boardHouse(logOf.d, logs), atMin(1)).missions.map(({ request, contest }) =>
    [request.step === "answered" ? request.answer : request.step, ...besides(contest)].join(", "),
  );
  const { requests } = hospitalBoardView(boardHouse(box, logs), atMin(1));
  const hospital = requests
    .toSorted(
      (a, b) =>
        coming.indexOf(a.centre === "lst-d" ? "d" : "w") - coming.indexOf(b.centre === "lst-d" ? "d" : "w"),
    )
    .map(({ answer, contest }) => [answer?.answer ?? "asked", ...besides(contest)].join(", "));
  return { centre, hospital };
}

describe("[BOARD116] two centres that steer one mission without knowing of each other", () => {
  const crew: LogId = "rtw-1/tablet/1-00000001";

  function apart() {
    const logs: Logs = new Map();
    const mission = [...say(logs, logOf.d, "mission.opened/1", missionBody)];
    say(logs, crew, "mission.destination/1", { mission, hospital: "ukd", over: [] });
    const choose = (log: LogId, hospital: string, over: readonly (readonly [LogId, number])[] = []) => {
      const body = { mission, hospital, over: over.map((ref) => [...ref]) };
      const steered = say(logs, log, "mission.steered/1", body, { at: nightMs + 60_000 });
      say(logs, log, "mission.asked/1", { mission, hospital, answerWithinS: 600, over: [] });
      return steered;
    };
    const rowAt = (log: LogId) => boardView(boardHouse(log, logs), atMin(2)).missions[0];
    const crewRow = () => crewBoardView(boardHouse(crew, logs), atMin(2)).missions[0];
    const requests = (hospital: string) =>
      hospitalBoardView(boardHouse(`${hospital}/box/1-00000001`, logs), atMin(2)).requests;
    const both = [choose(logOf.d, "neuss"), choose(logOf.w, "barmen")] as const;
    return { logs, mission, both, choose, rowAt, crewRow, requests };
  }

  test("both see both, as something to decide; neither is the crew's, whose destination holds", () => {
    const { rowAt, crewRow, requests } = apart();
    for (const log of [logOf.d, logOf.w]) {
      const row = rowAt(log);
      expect(row?.apart).toMatchObject([
        { hospital: "neuss", centre: "lst-d" },
        { hospital: "barmen", centre: "lst-w" },
      ]);
      expect(row).toMatchObject({ steered: null, decide: { cause: "chosen-apart" } });
      expect(row?.decide?.lines.length).toBeGreaterThan(0);
    }
    const row = crewRow();
    expect(row).toMatchObject({ resteer: null, destination: { hospital: "ukd" }, apart: [{}, {}] });
    expect(row?.lines.some(({ confirmed }) => confirmed)).toBe(false);
    // Whoever was asked is still asked.
    for (const hospital of ["neuss", "barmen"]) expect(requests(hospital)).toMatchObject([{ state: "open" }]);
  });

  test("until one chooses in knowledge of both, or the crew says where it drives", () => {
    const settled = apart();
    settled.choose(logOf.w, "neuss", settled.both);
    expect(settled.rowAt(logOf.d)).toMatchObject({ steered: { hospital: "neuss" }, decide: null });
    expect(settled.rowAt(logOf.d)).not.toHaveProperty("apart");
    expect(settled.crewRow()?.resteer).toMatchObject({ centre: "lst-w", new: { hospital: "neuss" } });
    const { logs, mission, both, rowAt, crewRow } = apart();
    const over = [...both, [crew, 0] as const].map((ref) => [...ref]);
    say(logs, crew, "mission.destination/1", { mission, hospital: "barmen", over });
    expect(rowAt(logOf.d)).toMatchObject({ destination: { hospital: "barmen" }, decide: null });
    expect(crewRow()).not.toHaveProperty("apart");
  });

  test("also where the crew confirmed one before it heard of the other: it drives there until one chooses over both", () => {
    const { logs, mission, both, choose, rowAt, crewRow, requests } = apart();
    const [, barmen] = both;
    const over = [[...barmen], [crew, 0]];
    say(logs, crew, "mission.destination/1", { mission, hospital: "barmen", over }, { at: nightMs + 90_000 });
    for (const log of [logOf.d, logOf.w]) {
      expect(rowAt(log)).toMatchObject({ steered: null, decide: { cause: "chosen-apart" }, apart: [{}, {}] });
    }
    expect(crewRow()).toMatchObject({ resteer: null, destination: { hospital: "barmen" }, apart: [{}, {}] });
    for (const hospital of ["neuss", "barmen"]) expect(requests(hospital)).toMatchObject([{ state: "open" }]);
    choose(logOf.w, "neuss", both);
    expect(crewRow()).toMatchObject({ resteer: { new: { hospital: "neuss" } } });
    expect(crewRow()).not.toHaveProperty("apart");
  });

  test("the same hospital, chosen twice, is no conflict", () => {
    const night = apart();
    night.choose(logOf.d, "barmen");
    expect(night.rowAt(logOf.w)).toMatchObject({ steered: { hospital: "barmen" }, decide: null });
  });
});

describe("[VIEW12] two centres on one last place", () => {
  test.each(contests)("J centres: $name", (scene) => {
    expect(contested(scene)).toEqual({ centre: scene.shows, hospital: scene.shows });
  });
});
