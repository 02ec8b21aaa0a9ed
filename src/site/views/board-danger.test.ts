import { describe, expect, test } from "vitest";
import { boardHouse } from "../../../test/support/board-house.ts";
import { type Logs, missionBody, nightMs, say } from "../../../test/support/region.ts";
import type { LogId } from "../../basics/name.ts";
import { declineReasons } from "../../region/choices.ts";
import { boardView } from "./board-rows.ts";
import { whereTo } from "./where-to.ts";

const box: LogId = "ukd/box/1-00000001";
const centre: LogId = "lst-d/box/1-00000001";
const crew: LogId = "rtw-1/tablet/1-00000001";

/** What is to be decided of a mission that drives to the UKD, which refuses it; and the line that the UKD then has. */
function refused(flags: object, reason: string | null, spoken = false) {
  const logs: Logs = new Map();
  const mission = [...say(logs, centre, "mission.opened/1", { ...missionBody, ...flags })];
  say(logs, crew, "mission.destination/1", { mission, hospital: "ukd", over: [] });
  const asked = [
    ...say(logs, centre, "mission.asked/1", { mission, hospital: "ukd", answerWithinS: 60, over: [] }),
  ];
  const why = reason === null ? {} : { reason };
  const answer = { mission, asked, answer: "cannot", ...why, over: [] };
  const by = { answeredBy: "physician", readBack: true, channel: "telephone" };
  if (spoken) say(logs, centre, "mission.answer-spoken/1", { ...answer, ...by });
  else say(logs, box, "mission.answered/1", answer);
  const context = boardHouse(centre, logs);
  const now = { wallMs: nightMs + 60_000, monoMs: 60_000 };
  const [row] = boardView(context, now).missions;
  const best = whereTo(context, now, { patient: { mission: row?.mission ?? "" }, hospital: "ukd" });
  return {
    cause: row?.decide?.cause ?? null,
    isOut: best?.named?.excluded,
    text: best?.named?.text.de ?? "",
  };
}

describe("[ADVICE9] a hospital refuses a patient in immediate danger", () => {
  test("no bed, nothing broken and no room in use keeps it from stabilising: it is not left, nor left out, and its line says that it declined", () => {
    for (const reason of declineReasons.filter((one) => one !== "no-staff")) {
      const { cause, isOut, text } = refused({ cpr: true }, reason);
      expect([cause, isOut], reason).toEqual([null, false]);
      expect(text, reason).toContain("hat eben einen solchen abgelehnt");
    }
    expect(refused({ danger: true }, "no-beds")).toMatchObject({ cause: null, isOut: false });
  });

  test("by voice without a reason is none for which it could not stabilise", () => {
    expect(refused({ cpr: true }, null, true)).toMatchObject({ cause: null, isOut: false });
  });

  test("where nobody is there, no power or no house, it is lost", () => {
    for (const reason of ["no-staff", "power-failure", "evacuation"])
      expect(refused({ cpr: true }, reason), reason).toMatchObject({ cause: "declined", isOut: true });
  });

  test("everybody else is turned away by every refusal", () => {
    for (const reason of [...declineReasons, null])
      expect(refused({}, reason), reason ?? "none").toMatchObject({ cause: "declined", isOut: true });
  });
});
