import { describe, expect, test } from "vitest";
import { present } from "../../src/basics/assert.ts";
import type { JsonObject } from "../../src/basics/canonical-json.ts";
import type { FactRef, LogId, Name } from "../../src/basics/name.ts";
import { kindsOf, knownKinds } from "../../src/region/facts.ts";
import { unusableEntries } from "../../src/region/fold.ts";
import { transferRefusalAt } from "../../src/site/transferring.ts";
import { crewBoardView } from "../../src/site/views/board-crew.ts";
import { hospitalBoardView } from "../../src/site/views/board-hospital.ts";
import { type BoardContext, boardView } from "../../src/site/views/board-rows.ts";
import { atMin, boardHouse } from "../support/board-house.ts";
import { foldLogs, type Logs, missionBody, nightMs, say, testCharter } from "../support/region.ts";
import { type AgreementScene, agreements } from "./themes/i-agreements.ts";

const centre: LogId = "lst-d/box/1-00000001";
const ukd: LogId = "ukd/box/1-00000001";
const otherCentre: LogId = "lst-w/box/1-00000001";

/** What was said of a transfer from UKD, and how to say more of it. */
function transfer() {
  const logs: Logs = new Map();
  let atMs = nightMs;
  const at = (by = "dispatcher#1") => {
    atMs += 1_000;
    return { at: atMs, by };
  };
  const mission = [...say(logs, centre, "mission.opened/1", { ...missionBody, from: "ukd" })];
  const asked = new Map<string, FactRef>();
  const ask = (to: Name) => {
    const body = { mission, answerWithinS: 60, over: [] };
    asked.set(to, say(logs, centre, "mission.asked/1", { ...body, hospital: to }, at()));
    const agreement = { ...body, hospital: "ukd", to };
    asked.set(`ukd ${to}`, say(logs, centre, "mission.agreement-asked/1", agreement, at()));
  };
  const answer = (who: string, role: string, word: string, to: Name) => {
    const [site = "", voice] = who.split("-");
    const ref = present(asked.get(site === "ukd" ? `ukd ${to}` : to), "it was asked");
    const body = { mission, asked: [...ref], answer: word, over: [] };
    if (voice === undefined)
      return say(logs, `${site}/box/1-00000001`, "mission.answered/1", body, at(`${role}#7`));
    const spoken = { answeredBy: role.replace("+", ""), readBack: role.endsWith("+"), channel: "telephone" };
    return say(logs, otherCentre, "mission.answer-spoken/1", { ...body, ...spoken }, at());
  };
  return { logs, mission, ask, answer };
}

function told({ said }: Pick<AgreementScene, "said">) {
  const { logs, mission, ask, answer } = transfer();
  for (const text of said) {
    const [who = "", role = "", word = "", to = ""] = text.split(" ");
    if (role === "asked") ask(who);
    else answer(who, role, word, to);
  }
  return { context: boardHouse(centre, logs), logs, mission };
}

function steering(context: BoardContext, mission: JsonObject[string], more: JsonObject = {}) {
  const body = { mission, hospital: "neuss", over: [], ...more };
  const post = { kind: "mission.steered/1", by: "dispatcher#1", body, request: undefined };
  return transferRefusalAt(context, atMin(1), post);
}

describe("[TRANSFER2] who has to agree before a transfer is steered", () => {
  test.each(agreements)("I agreements: $name", (scene) => {
    const { context, mission } = told(scene);
    const [row] = boardView(context, atMin(1)).missions;
    expect(row?.agreed).toEqual(scene.agreed);
    expect(steering(context, mission)).toBe(scene.toNeuss);
  });
});

/** Both have agreed to Neuss, and the crew drives there. */
function underWay() {
  const transferred = transfer();
  const { logs, mission, ask, answer } = transferred;
  ask("neuss");
  answer("neuss", "physician", "ready", "neuss");
  answer("ukd", "physician", "ready", "neuss");
  const at = { at: nightMs + 4_500 };
  say(logs, "rtw-1/tablet/1-00000001", "mission.destination/1", { mission, hospital: "neuss", over: [] }, at);
  return transferred;
}

const refusalOf = (context: BoardContext, kind: string, body: JsonObject, by = "dispatcher#1") =>
  transferRefusalAt(context, atMin(1), { kind, by, body: { over: [], ...body }, request: undefined });

describe("[TRANSFER1] [TRANSFER2] what is told to whoever says it, before it is written", () => {
  const { context, mission, logs } = told({ said: ["neuss asked"] });
  const asked = [centre, 1];
  const answered = { mission, asked, answer: "ready" };
  const spoken = { ...answered, channel: "radio", readBack: true };
  const opened = { ...missionBody, from: "ukd" };
  test.each([
    ["mission.steered/1", { hospital: "neuss" }, "not-agreed"],
    ["mission.steered/1", { hospital: "ukd" }, "sends-the-patient"],
    ["mission.steered/1", { hospital: "neuss", forced: "only-one" }, "transfer-not-forced"],
    [
      "mission.kept/1",
      { hospital: "neuss", reason: "at-the-door", forced: "only-one" },
      "transfer-not-forced",
    ],
    ["mission.kept/1", { hospital: "neuss", reason: "at-the-door" }, null],
    ["mission.asked/1", { hospital: "ukd", answerWithinS: 60 }, "sends-the-patient"],
    ["mission.asked/1", { hospital: "barmen", answerWithinS: 60 }, null],
    ["mission.agreement-asked/1", { hospital: "neuss", to: "barmen", answerWithinS: 60 }, "no-transfer"],
    ["mission.agreement-asked/1", { hospital: "ukd", to: "barmen", answerWithinS: 60 }, null],
    ["mission.answer-spoken/1", { ...spoken, answeredBy: "charge-nurse" }, "physician-needed"],
    ["mission.answer-spoken/1", { ...spoken, answeredBy: "physician" }, null],
    ["mission.answer-spoken/1", { ...spoken, answeredBy: "physician", readBack: false }, "physician-needed"],
    ["mission.answer-spoken/1", { ...spoken, answeredBy: "switchboard", answer: "cannot" }, null],
    // Who drives with the patient decides when something happens on the way.
    ["mission.destination/1", { hospital: "barmen" }, null],
    ["mission.opened/1", opened, "transfer-elsewhere"],
    ["mission.opened/1", { ...opened, cell: cellOfUkd(context) }, null],
    ["mission.opened/1", missionBody, null],
  ])("%s %o: %s", (kind, body: JsonObject, refusal) => {
    expect(refusalOf(context, kind, kind === "mission.opened/1" ? body : { mission, ...body })).toBe(refusal);
  });

  test("a hospital's *ready* by its role, and in no emergency", () => {
    const neuss = boardHouse("neuss/box/1-00000001", logs);
    expect(refusalOf(neuss, "mission.answered/1", answered, "nurse#7")).toBe("physician-needed");
    expect(refusalOf(neuss, "mission.answered/1", answered, "physician#7")).toBeNull();
    expect(refusalOf(neuss, "mission.answered/1", { ...answered, answer: "cannot" }, "nurse#7")).toBeNull();
    const emergency = [...say(logs, centre, "mission.opened/1", missionBody)];
    const after = boardHouse(centre, logs);
    expect(steering(after, emergency, { forced: "only-one" })).toBeNull();
    expect(refusalOf(after, "mission.answered/1", { ...answered, mission: emergency }, "nurse#7")).toBeNull();
    const agreement = { mission: emergency, hospital: "ukd", to: "neuss", answerWithinS: 60 };
    expect(refusalOf(after, "mission.agreement-asked/1", agreement)).toBe("no-transfer");
  });
});

function cellOfUkd({ data }: BoardContext): JsonObject {
  const { latE3, lonE3 } = present(data.hospitals[0], "ukd");
  return { latE2: Math.floor(latE3 / 10), lonE2: Math.floor(lonE3 / 10) };
}

describe("[TRANSFER3] what advice and the desk make of a transfer", () => {
  test("waits for a destination from its opening on; the sending hospital is in no line, nobody is forced, no time is aimed at", () => {
    const { logs } = transfer();
    const [row] = boardView(boardHouse(centre, logs), atMin(200)).missions;
    const lines = present(row?.decide, "a decision").lines;
    expect(row?.decide).toMatchObject({ cause: "no-destination", forced: false });
    expect(lines.map(({ hospital }) => hospital).sort()).toEqual(["barmen", "neuss"]);
    expect(lines.map(({ text }) => text.de).join()).not.toMatch(/nach dem Notruf|Zwangsbelegung/);
  });

  test("CPR sends it nowhere to be stabilised: it lies in a hospital", () => {
    const logs: Logs = new Map();
    say(logs, centre, "mission.opened/1", { ...missionBody, cpr: true, from: "ukd" });
    const [row] = boardView(boardHouse(centre, logs), atMin(1)).missions;
    expect(row?.decide?.lines[0]?.text.de).not.toContain("stabilisieren");
  });

  test("who declines it has turned no emergency away, and the desk is told that it is lost", () => {
    const { logs, answer } = underWay();
    answer("neuss", "nurse", "cannot", "neuss");
    say(logs, otherCentre, "mission.opened/1", { ...missionBody, vehicle: "rtw-2" });
    const context = boardHouse(centre, logs);
    const [transferred] = boardView(context, atMin(1)).missions;
    expect(transferred?.decide).toMatchObject({ cause: "declined", forced: false });
    expect(transferred?.agreed).toEqual([]);
    expect(context.base.declines.every((declines) => declines.size === 0)).toBe(true);
  });
});

describe("[TRANSFER4] a transfer that is headed where it is not agreed is decided on", () => {
  test("when the sending hospital no longer agrees, until a centre keeps it, and then until the next word against it", () => {
    const { logs, mission, ask, answer } = underWay();
    const decide = () => boardView(boardHouse(centre, logs), atMin(1)).missions[0]?.decide;
    const keep = (second: number) =>
      say(
        logs,
        centre,
        "mission.kept/1",
        { mission, hospital: "neuss", reason: "crew-decided", over: [] },
        { at: nightMs + second * 1_000 },
      );
    expect(decide()).toBeNull();
    const word = answer("ukd", "physician", "cannot", "neuss");
    expect(decide()).toMatchObject({
      cause: "not-agreed",
      lines: expect.arrayContaining([expect.objectContaining({ hospital: "neuss" })]),
    });
    keep(20);
    expect(decide()).toBeNull();
    const body = { mission, asked: [centre, 3], takesBack: [...word], over: [[...word]] };
    say(logs, ukd, "mission.answer-taken-back/1", body, { at: nightMs + 30_000 });
    expect(decide()).toMatchObject({ cause: "not-agreed", sinceMs: nightMs + 30_000 });
    keep(40);
    expect(decide()).toBeNull();
    ask("barmen");
    expect(decide()).toBeNull();
  });

  test("of several hospitals asked side by side each keeps its own request, and the sender's question about it", () => {
    const { logs, mission, ask, answer } = transfer();
    const row = () => boardView(boardHouse(centre, logs), atMin(1)).missions[0];
    const destinationsAsked = () => row()?.agreements?.map(({ to }) => to);
    ask("neuss");
    expect(row()).not.toHaveProperty("otherRequests");
    ask("barmen");
    const open = (hospital: Name, index: number) => ({ step: "asked", hospital, ref: [centre, index] });
    expect(row()).toMatchObject({ request: open("barmen", 4), otherRequests: [open("neuss", 2)] });
    const about = {
      agreements: [
        { ...open("ukd", 3), to: "neuss" },
        { ...open("ukd", 5), to: "barmen" },
      ],
    };
    expect(row()).toMatchObject(about);
    const refuse = () => {
      answer("neuss", "nurse", "cannot", "neuss");
      answer("ukd", "physician", "cannot", "neuss");
    };
    refuse();
    const refused = { otherRequests: [{ step: "answered", hospital: "neuss", answer: "cannot" }] };
    expect(row()).toMatchObject({ request: open("barmen", 4), ...refused });
    expect(row()?.agreements).toMatchObject([
      { step: "answered", hospital: "ukd", answer: "cannot", to: "neuss" },
      { ...open("ukd", 5), to: "barmen" },
    ]);
    // Asked anew, the refusal has had its time; once it is confirmed where to go, every other one.
    ask("neuss");
    expect(row()).toMatchObject({ request: open("neuss", 6), otherRequests: [open("barmen", 4)] });
    expect(destinationsAsked()).toEqual(["barmen", "neuss"]);
    refuse();
    ask("barmen");
    expect(row()).toMatchObject({ request: open("barmen", 8), ...refused });
    expect(destinationsAsked()).toEqual(["neuss", "barmen"]);
    answer("barmen", "physician", "ready", "barmen");
    answer("ukd", "physician", "ready", "barmen");
    expect(row()).toMatchObject({ agreed: ["barmen"], ...refused });
    const body = { mission, hospital: "barmen", over: [] };
    say(logs, centre, "mission.steered/1", body, { at: nightMs + 30_000 });
    expect(row()).not.toHaveProperty("otherRequests");
    expect(destinationsAsked()).toEqual(["barmen"]);
  });

  test("when its crew names what nobody agreed to", () => {
    const { logs, mission, ask } = transfer();
    ask("neuss");
    const body = { mission, hospital: "barmen", over: [] };
    say(logs, "rtw-1/tablet/1-00000001", "mission.destination/1", body, { at: nightMs + 10_000 });
    const [row] = boardView(boardHouse(centre, logs), atMin(1)).missions;
    expect(row?.decide).toMatchObject({ cause: "not-agreed", sinceMs: nightMs + 10_000 });
  });
});

describe("[TRANSFER5] who sees what of a transfer", () => {
  test("the sending hospital is asked and sees who goes out, the other one who comes from where; the crew reads it", () => {
    const { logs } = underWay();
    const sender = hospitalBoardView(boardHouse(ukd, logs), atMin(1));
    expect(sender.requests).toMatchObject([{ from: "ukd", to: "neuss", state: "answered" }]);
    expect(sender.inbound).toEqual([]);
    expect(sender.outgoing).toMatchObject([{ vehicle: "rtw-1", from: "ukd", to: "neuss" }]);
    const neuss = hospitalBoardView(boardHouse("neuss/box/1-00000001", logs), atMin(1));
    expect(neuss.requests).toMatchObject([{ from: "ukd", state: "answered" }]);
    expect(neuss.requests[0]).not.toHaveProperty("to");
    expect(neuss.inbound).toMatchObject([{ from: "ukd", state: "announced" }]);
    expect(neuss.outgoing).toEqual([]);
    const crew = crewBoardView(boardHouse("rtw-1/tablet/1-00000001", logs), atMin(1));
    expect(crew.missions).toMatchObject([{ from: "ukd", forced: false }]);
  });

  test("where it is agreed, or still asked, another question or way withdraws nothing: a centre may steer there", () => {
    const { logs, mission, ask } = underWay();
    const states = (site: Name) =>
      hospitalBoardView(boardHouse(`${site}/box/1-00000001`, logs), atMin(1)).requests.map(
        ({ state }) => state,
      );
    ask("barmen");
    expect([states("neuss"), states("barmen")]).toEqual([["answered"], ["open"]]);
    const body = { mission, hospital: "barmen", over: [["rtw-1/tablet/1-00000001", 1]] };
    say(logs, "rtw-1/tablet/1-00000001", "mission.destination/1", body, { at: nightMs + 20_000 });
    expect(boardView(boardHouse(centre, logs), atMin(1)).missions[0]?.agreed).toEqual(["neuss"]);
    expect(states("neuss")).toEqual(["answered"]);
    expect(states("ukd")).toEqual(["open", "answered"]);
    ask("neuss");
    expect(states("neuss")).toEqual(["open", "withdrawn"]);
  });

  test("a question that is asked anew, or about a place where nobody drives, waits for nobody", () => {
    const { logs, mission, ask } = transfer();
    ask("neuss");
    ask("barmen");
    ask("neuss");
    const states = () =>
      hospitalBoardView(boardHouse(ukd, logs), atMin(1)).requests.map(({ to, state }) => [to, state]);
    expect(states()).toEqual([
      ["barmen", "open"],
      ["neuss", "open"],
      ["neuss", "withdrawn"],
    ]);
    const at = { at: nightMs + 20_000 };
    say(
      logs,
      "rtw-1/tablet/1-00000001",
      "mission.destination/1",
      { mission, hospital: "barmen", over: [] },
      at,
    );
    expect(states().filter(([, state]) => state === "open")).toEqual([["barmen", "open"]]);
  });
});

test("[TRANSFER6] an older program reads an emergency from there, and counts what it cannot use", () => {
  const { logs } = underWay();
  const older = kindsOf([...knownKinds.values()].filter(({ kind }) => kind !== "mission.agreement-asked/1"));
  const fold = foldLogs(testCharter(), logs, older);
  expect(unusableEntries(fold)).toEqual([{ log: centre, entries: 1 }]);
  const context = boardHouse(centre, logs);
  const [row] = boardView({ ...context, house: { ...context.house, fold } }, atMin(1)).missions;
  expect(row).toMatchObject({ destination: { hospital: "neuss" }, agreed: [] });
  expect(row).not.toHaveProperty("agreement");
});
