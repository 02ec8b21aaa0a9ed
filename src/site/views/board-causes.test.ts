import { describe, expect, test } from "vitest";
import { atMin, boardHouse } from "../../../test/support/board-house.ts";
import { type Logs, missionBody, nightMs, say } from "../../../test/support/region.ts";
import type { FactRef, LogId } from "../../basics/name.ts";
import { foldEntry, newFold } from "../../region/fold.ts";
import { crewBoardView } from "./board-crew.ts";
import { type BoardContext, boardView } from "./board-rows.ts";
import { whereTo } from "./where-to.ts";

const box: LogId = "ukd/box/1-00000001";
const centre: LogId = "lst-d/box/1-00000001";
const crew: LogId = "rtw-1/tablet/1-00000001";

const at = (minute: number) => ({ at: nightMs + minute * 60_000 });

/** A crew that drives to ukd since minute 0. */
function onTheWay() {
  const logs: Logs = new Map();
  const mission = [...say(logs, centre, "mission.opened/1", missionBody)];
  say(logs, crew, "mission.destination/1", { mission, hospital: "ukd", over: [] });
  const chose = (kind: "steered" | "kept", minute: number) => {
    const reason = kind === "kept" ? { reason: "crew-decided" } : {};
    return [
      ...say(
        logs,
        centre,
        `mission.${kind}/1`,
        { mission, hospital: "ukd", ...reason, over: [] },
        at(minute),
      ),
    ];
  };
  return { logs, mission, chose };
}

function causeAt(context: BoardContext, minute: number): string | undefined {
  return boardView(context, atMin(minute)).missions[0]?.decide?.cause;
}

/** One entry came later than it was said. */
function withLate(context: BoardContext, logs: Logs, [lateLog, lateIndex]: FactRef, minute: number) {
  const fold = newFold();
  for (const [log, entries] of logs)
    for (const [index, entry] of entries.entries()) {
      const isLate = log === lateLog && index === lateIndex;
      const storedMs = isLate ? at(minute).at : (entry?.at ?? nightMs);
      foldEntry(fold, context.house.charter, { log, index, entry, storedMs, local: false });
    }
  return { ...context, house: { ...context.house, fold } };
}

describe("[ADVICE14] a destination that cannot, once a centre has chosen it, is lost again", () => {
  const cannot = { capability: "emergency-department", state: "cannot", over: [] };
  const voice = { hospital: "ukd", capability: "emergency-department", state: "open" };
  const byPhysician = { ...voice, answeredBy: "physician", readBack: true };

  test("when a word that was said before only came after, over a broken uplink", () => {
    const { logs, chose } = onTheWay();
    const said = say(logs, box, "hospital.status/1", cannot, at(1));
    chose("steered", 2);
    expect(causeAt(boardHouse(centre, logs), 5)).toBeUndefined();
    const late = withLate(boardHouse(centre, logs), logs, said, 4);
    expect(causeAt(late, 5)).toBe("destination-cannot");
    chose("kept", 5);
    expect(causeAt(withLate(boardHouse(centre, logs), logs, said, 4), 6)).toBeUndefined();
  });

  test("when the voice that opened it is withdrawn, and when that one runs out", () => {
    const { logs, chose } = onTheWay();
    const own = [...say(logs, box, "hospital.status/1", cannot, at(1))];
    const opened = { ...byPhysician, untilMs: at(30).at, over: [own] };
    const takesBack = [...say(logs, centre, "voice.report/1", opened, at(2))];
    chose("kept", 3);
    expect(causeAt(boardHouse(centre, logs), 29)).toBeUndefined();
    expect(causeAt(boardHouse(centre, logs), 30)).toBe("destination-cannot");
    const back = { hospital: "ukd", capability: "emergency-department", takesBack, over: [takesBack] };
    say(logs, centre, "voice.report-taken-back/1", back, at(4));
    expect(causeAt(boardHouse(centre, logs), 5)).toBe("destination-cannot");
    chose("kept", 6);
    expect(causeAt(boardHouse(centre, logs), 31)).toBeUndefined();
  });

  test("but not when a voice runs out that never led over the word", () => {
    const { logs, chose } = onTheWay();
    say(logs, box, "hospital.status/1", cannot, at(1));
    say(logs, centre, "voice.report/1", { ...byPhysician, untilMs: at(30).at, over: [] }, at(2));
    chose("kept", 3);
    expect(causeAt(boardHouse(centre, logs), 31)).toBeUndefined();
  });

  test("a crew's own choice is nobody's at a centre", () => {
    const { logs, mission } = onTheWay();
    say(logs, box, "hospital.status/1", cannot, at(1));
    say(logs, crew, "mission.destination/1", { mission, hospital: "ukd", over: [] }, at(2));
    expect(causeAt(boardHouse(centre, logs), 3)).toBe("destination-cannot");
  });
});

describe("[ADVICE14] a destination that declined stays lost", () => {
  const declinedOnTheWay = () => {
    const night = onTheWay();
    const { logs, mission } = night;
    const ask = (minute: number) =>
      [
        ...say(
          logs,
          centre,
          "mission.asked/1",
          { mission, hospital: "ukd", answerWithinS: 60, over: [] },
          at(minute),
        ),
      ] as const;
    const answer = (
      asked: readonly [LogId, number],
      said: string,
      minute: number,
      over: readonly FactRef[] = [],
    ) => {
      const body = { mission, asked: [...asked], answer: said, over: over.map((ref) => [...ref]) };
      return say(logs, box, "mission.answered/1", body, at(minute));
    };
    return { ...night, ask, answer, declined: answer(ask(1), "cannot", 2) };
  };

  test("also when it had accepted: an acceptance is withdrawn, by its own word or by one on the telephone", () => {
    const { logs, mission, ask, answer } = declinedOnTheWay();
    const again = ask(3);
    const first = answer(again, "ready", 4);
    const row = () => boardView(boardHouse(centre, logs), atMin(9)).missions[0];
    expect(row()).toMatchObject({ decide: null, request: { answer: "ready", asked: again, over: [first] } });
    const second = answer(again, "cannot", 5, [first]);
    // What it had accepted until then is said too.
    const acceptedMs = nightMs + 4 * 60_000;
    const lost = { step: "answered", answer: "cannot", ref: second, acceptedMs };
    expect(row()).toMatchObject({ decide: { cause: "declined" }, request: lost });
    const crewRow = crewBoardView(boardHouse(crew, logs), atMin(9)).missions[0];
    expect(crewRow?.destination?.request).toMatchObject(lost);
    const third = answer(again, "ready", 6, [second]);
    expect(row()?.decide).toBeNull();
    expect(row()?.request).not.toHaveProperty("acceptedMs");
    const voice = { answeredBy: "other", readBack: false, channel: "telephone" };
    const spoken = { mission, asked: [...again], answer: "cannot", ...voice, over: [[...third]] };
    say(logs, centre, "mission.answer-spoken/1", spoken, at(7));
    expect(row()).toMatchObject({ decide: { cause: "declined" }, request: { spokenBy: "other" } });
  });

  test("when a centre kept it before that answer came", () => {
    const { logs, chose, declined } = declinedOnTheWay();
    chose("kept", 3);
    expect(causeAt(boardHouse(centre, logs), 5)).toBeUndefined();
    expect(causeAt(withLate(boardHouse(centre, logs), logs, declined, 4), 5)).toBe("declined");
  });

  test("when it is asked again, and when that request is taken back; until it accepts", () => {
    const { logs, mission, ask, answer, chose } = declinedOnTheWay();
    const again = ask(3);
    expect(causeAt(boardHouse(centre, logs), 3)).toBe("declined");
    answer(again, "ready", 4);
    expect(causeAt(boardHouse(centre, logs), 5)).toBeUndefined();
    const whose = { mission: `${mission[0]}#${mission[1]}` };
    const asked = { patient: whose, hospital: "ukd" };
    expect(whereTo(boardHouse(centre, logs), atMin(5), asked)?.named?.excluded).toBe(false);
    const takesBack = chose("steered", 6);
    const back = { mission, takesBack, hospital: "ukd", asked: [...again], over: [] };
    say(logs, centre, "mission.steer-taken-back/1", back, at(6));
    expect(causeAt(boardHouse(centre, logs), 7)).toBe("declined");
  });
});
