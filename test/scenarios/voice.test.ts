import { describe, expect, test } from "vitest";
import { present } from "../../src/basics/assert.ts";
import type { FactRef, LogId } from "../../src/basics/name.ts";
import { opensInVain } from "../../src/region/cell-view.ts";
import { cellOf, hospitalView } from "../../src/region/view.ts";
import { boardView } from "../../src/site/views/board-rows.ts";
import { contextOf, foldLogs, type Logs, missionBody, nightMs, say, testCharter } from "../support/region.ts";
import { type RoundScene, rounds, type VoiceScene, words } from "./themes/g-voice.ts";
import { watching } from "./watching.ts";

const box: LogId = "ukd/box/1-00000001";
const centre: LogId = "lst-d/box/1-00000001";
const otherCentre: LogId = "lst-w/box/1-00000001";
const crew: LogId = "rtw-1/tablet/1-00000001";
const charter = testCharter();

/** Three o'clock of the region is when a test night begins. */
function momentOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return nightMs + ((hours - 3) * 60 + minutes) * 60_000;
}

function sayWord(logs: Logs, text: string, before: readonly FactRef[]): FactRef {
  const [told = "", knowing = ""] = text.split(" knowing ");
  const [clock = "", who = "", state = "", readBack] = told.split(" ");
  const known =
    knowing === "" ? [] : knowing.split(" ").map((one) => present(before[Number(one) - 1], "said before"));
  const body = { capability: "ct", state, over: known.map((ref) => [...ref]) };
  const at = { at: momentOf(clock) };
  if (who === "clinic") return say(logs, box, "hospital.status/1", body, at);
  const voice = { hospital: "ukd", answeredBy: who, readBack: readBack === "read-back" };
  // Two centres: inside one log the later word replaces the earlier in any case.
  return say(
    logs,
    before.length % 2 === 0 ? centre : otherCentre,
    "voice.report/1",
    { ...body, ...voice },
    at,
  );
}

function shown({ said, at = "03:10" }: VoiceScene) {
  const logs: Logs = new Map();
  const refs: FactRef[] = [];
  for (const text of said) refs.push(sayWord(logs, text, refs));
  const context = contextOf(charter, foldLogs(charter, logs), momentOf(at));
  const cell = cellOf(hospitalView(context, "ukd"), "ct");
  const heads = cell.heads.map(
    ({ state, answeredBy, ended }) => `${state} (${answeredBy ?? "clinic"})${ended ? ", run out" : ""}`,
  );
  const asks = cell.heads.some((head) => opensInVain(cell, head));
  return { shows: cell.state === "unconfirmed" ? ["unconfirmed", ...heads] : heads, asks };
}

describe("[REGION19] what was said by voice beside a hospital's own word", () => {
  test.each(words)("G voice: $name", (scene) => {
    expect(shown(scene)).toEqual({ shows: scene.shows, asks: scene.asks === true });
  });
});

function sees({ crewClose, calls = [], takenBack }: RoundScene, atS: number): string {
  const logs: Logs = new Map();
  const at = (second: number) => ({ at: nightMs + second * 1_000 });
  if (crewClose) {
    const mission = say(logs, centre, "mission.opened/1", missionBody);
    say(logs, crew, "mission.destination/1", { mission: [...mission], hospital: "ukd", over: [] });
    say(logs, crew, "mission.step/1", { mission: [...mission], step: "arrived" });
  }
  const refs = calls.map(([second, line, answeredBy]) => {
    const who = answeredBy === undefined ? {} : { answeredBy };
    return say(logs, otherCentre, "voice.called/1", { hospital: "ukd", line, ...who }, at(second));
  });
  if (takenBack !== undefined) {
    const takesBack = [...present(refs[takenBack], "a call")];
    say(logs, centre, "voice.call-taken-back/1", { hospital: "ukd", takesBack });
  }
  const context = watching({ logs, untilS: atS, silentFromS: { ukd: 10 } });
  const view = boardView(context, { wallMs: nightMs + atS * 1_000, monoMs: atS * 1_000 });
  const silent = view.hospitals.some(({ contact }) => contact.verdict === "silent") ? ["silent"] : [];
  const [round] = view.centre?.rounds ?? [];
  if (round === undefined) return [...silent, "nothing to call"].join(", ");
  const inVain = round.tried.length === 0 ? [] : [`in vain ${round.tried.map(({ line }) => line).join(" ")}`];
  return [...silent, `call ${round.hospital}${round.urgent ? " at once" : ""}`, ...inVain].join(", ");
}

describe("[ROUND1] a hospital falls silent and is called", () => {
  test.each(rounds)("G voice: $name", (scene) => {
    expect(scene.looks.map(([atS]) => sees(scene, atS))).toEqual(scene.looks.map(([, says]) => says));
  });
});
