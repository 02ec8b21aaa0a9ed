import { describe, expect, test } from "vitest";
import { present } from "../../src/basics/assert.ts";
import { type FactRef, type LogId, originOf } from "../../src/basics/name.ts";
import { newDeliveries } from "../../src/site/exchange/delivery.ts";
import { keepUnproved } from "../../src/site/exchange/prove-receipts.ts";
import { type BoardContext, boardView } from "../../src/site/views/board-rows.ts";
import type { RequestState } from "../../src/site/views/board-view.ts";
import { boardHouse } from "../support/board-house.ts";
import { type Logs, missionBody, nightMs, say } from "../support/region.ts";
import { type AnnouncementScene, announcement, type SpokenScene, spoken } from "./themes/d-announcement.ts";

const centre: LogId = "lst-d/box/1-00000001";
const otherCentre: LogId = "lst-w/box/1-00000001";
const box: LogId = "ukd/box/1-00000001";
const crew: LogId = "rtw-1/tablet/1-00000001";

/** What a centre's board says of the request at each look. */
function seen({
  answerWithinS,
  heldAtS,
  answeredAtS,
  elsewhere,
  unproved,
  looks,
}: AnnouncementScene): readonly string[] {
  const deliveries = newDeliveries();
  return looks.map(([atS]) => {
    const logs: Logs = new Map();
    const mission = say(logs, centre, "mission.opened/1", missionBody);
    const named = { mission: [...mission], hospital: "ukd" };
    say(logs, crew, "mission.destination/1", { ...named, over: [] });
    const asked = say(logs, centre, "mission.asked/1", { ...named, answerWithinS, over: [] });
    if (answeredAtS !== undefined && answeredAtS <= atS) {
      const answer = { mission: [...mission], asked: [...asked], answer: "ready", over: [] };
      say(logs, box, "mission.answered/1", answer, { at: nightMs + answeredAtS * 1_000 });
    }
    const held = heldAtS !== null && heldAtS <= atS ? ([[centre, "ukd/box", 9]] as const) : [];
    const nowMs = nightMs + atS * 1_000;
    // Each look is at the same board: it remembers what it saw on its way.
    const context = { ...boardHouse(elsewhere ? otherCentre : centre, logs, held), deliveries };
    if (unproved) leaveUnproved(context);
    const [row] = boardView(context, { wallMs: nowMs, monoMs: atS * 1_000 }).missions;
    return row === undefined ? "no mission" : textOf(row.request, nowMs);
  });
}

function leaveUnproved({ house }: BoardContext): void {
  const origin = originOf(house.region, centre);
  const nothing = new Uint8Array(64);
  const receipt = { origin, size: 9, root: nothing.slice(32), holder: "", timeS: 0, signature: nothing };
  keepUnproved(house, "ukd/box", receipt);
}

function textOf(request: RequestState, nowMs: number): string {
  if (request.step !== "asked") return request.step === "answered" ? request.answer : "not asked";
  const { heldThere, dueMs = 0 } = request;
  const due = (dueMs - nightMs) / 1_000;
  if (heldThere === undefined) return nowMs > dueMs ? `TASK: no answer by ${due}` : `asked, answer by ${due}`;
  if (nowMs > dueMs) return `TASK: ${heldThere ? "there, no answer" : "not there"} by ${due}`;
  return heldThere ? `there, answer by ${due}` : `not there yet, expected by ${due}`;
}

describe("[BOARD100] an announcement on its way", () => {
  test.each(announcement)("D announcement: $name", (scene) => {
    expect(seen(scene)).toEqual(scene.looks.map(([, says]) => says));
  });
});

/** What a centre's board says of the request after these answers. */
function answered({ said }: SpokenScene): string {
  const logs: Logs = new Map();
  const mission = [...say(logs, centre, "mission.opened/1", missionBody)];
  const ask = () => [
    ...say(logs, centre, "mission.asked/1", { mission, hospital: "ukd", answerWithinS: 60, over: [] }),
  ];
  let asked = ask();
  const refs: FactRef[] = [];
  for (const text of said) {
    const [told = "", knowing = ""] = text.split(" knowing ");
    const [who = "", answer = "", readBack] = told.split(" ");
    const over = knowing === "" ? [] : [[...present(refs[Number(knowing) - 1], "said before")]];
    const last = [...(refs.at(-1) ?? [])];
    const body = { mission, asked, answer, over };
    const voice = { answeredBy: who, readBack: readBack === "read-back", channel: "telephone" };
    if (text === "slip") say(logs, centre, "mission.word-taken-back/1", { mission, takesBack: last });
    else if (text === "asked again") asked = ask();
    else if (text === "own back")
      say(logs, box, "mission.answer-taken-back/1", { mission, asked, takesBack: last, over: [last] });
    else if (who === "own") refs.push(say(logs, box, "mission.answered/1", body));
    else refs.push(say(logs, otherCentre, "mission.answer-spoken/1", { ...body, ...voice }));
  }
  const [row] = boardView(boardHouse(centre, logs), { wallMs: nightMs, monoMs: 0 }).missions;
  if (row?.request.step !== "answered") return "open";
  const { answer, spokenBy, differs } = row.request;
  return `${answer} (${spokenBy ?? "own"})${differs ? ", differs" : ""}`;
}

describe("[REGION20] an answer by voice", () => {
  test.each(spoken)("D announcement: $name", (scene) => {
    expect(answered(scene)).toBe(scene.shows);
  });
});
