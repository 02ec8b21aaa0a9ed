import { describe, expect, test } from "vitest";
import { atMin, boardHouse } from "../../../test/support/board-house.ts";
import { type Logs, missionBody, nightMs, say } from "../../../test/support/region.ts";
import { present } from "../../basics/assert.ts";
import type { JsonObject } from "../../basics/canonical-json.ts";
import type { FactRef, LogId } from "../../basics/name.ts";
import { minuteMs } from "../../basics/time.ts";
import type { KindName } from "../../region/facts.ts";
import { crewBoardView } from "./board-crew.ts";

const centre: LogId = "lst-d/box/1-00000001";
const crew: LogId = "rtw-1/tablet/1-00000001";

function night() {
  const logs: Logs = new Map();
  const mission = say(logs, centre, "mission.opened/1", missionBody);
  say(logs, centre, "mission.opened/1", { ...missionBody, vehicle: "rtw-2" });
  const of = (log: LogId, kind: KindName, body: JsonObject, minute = 0): FactRef =>
    say(logs, log, kind, { mission: [...mission], ...body }, { at: nightMs + minute * minuteMs });
  const row = (minute: number, held: Parameters<typeof boardHouse>[2] = []) => {
    const { missions } = crewBoardView(boardHouse(crew, logs, held), atMin(minute));
    expect(missions).toHaveLength(1);
    return present(missions[0], "the own mission");
  };
  return { mission, of, row };
}

describe("[VIEW4] a crew's board", () => {
  test("always the best three, a proposal until the centre confirmed that hospital", () => {
    const { of, row } = night();
    expect(row(1).lines.map(({ confirmed }) => confirmed)).toEqual([false, false, false]);
    expect(row(1)).toMatchObject({ destination: null, resteer: null });
    const best = present(row(1).lines[1], "a second line").hospital;
    of(centre, "mission.steered/1", { hospital: best, over: [] }, 1);
    expect(
      row(2)
        .lines.filter(({ confirmed }) => confirmed)
        .map(({ hospital }) => hospital),
    ).toEqual([best]);
    of(crew, "mission.destination/1", { hospital: best, over: row(2).over.map((ref) => [...ref]) }, 2);
    expect(row(3).lines.filter(({ confirmed }) => confirmed)).toHaveLength(1);
    expect(row(3).lines).toHaveLength(3);
  });

  test("the announcement: written here, held by dispatch, held there, answered", () => {
    const { of, row } = night();
    of(crew, "mission.destination/1", { hospital: "ukd", over: [] });
    const destination = (...held: readonly (readonly [LogId, string, number])[]) => row(1, held).destination;
    expect(destination()).toMatchObject({ hospital: "ukd", heldByDispatch: false, heldThere: false });
    expect(destination([crew, "lst-w/box", 2])).toMatchObject({ heldByDispatch: true, heldThere: false });
    expect(destination([crew, "ukd/box", 2])).toMatchObject({ heldByDispatch: false, heldThere: true });
    expect(destination()?.request).toEqual({ step: "none" });
    const asked = of(centre, "mission.asked/1", { hospital: "ukd", answerWithinS: 60, over: [] });
    expect(destination()?.request).toMatchObject({ step: "asked", dueMs: nightMs + 60_000 });
    expect(destination()?.request).not.toHaveProperty("heldThere");
    of("ukd/box/1-00000001", "mission.answered/1", { asked: [...asked], answer: "ready", over: [] });
    expect(destination()?.request).toMatchObject({ step: "answered", answer: "ready" });
  });

  test("[VIEW3] by whom an acceptance is held, where it is another centre and the mission's is not heard", () => {
    const box: LogId = "ukd/box/1-00000001";
    const { of, row } = night();
    of(crew, "mission.destination/1", { hospital: "ukd", over: [] });
    const asked = of(centre, "mission.asked/1", { hospital: "ukd", answerWithinS: 60, over: [] });
    of(box, "mission.answered/1", { asked: [...asked], answer: "ready", over: [] }, 1);
    const request = (...held: readonly (readonly [LogId, string, number])[]) =>
      row(2, held).destination?.request;
    expect(request([box, "lst-w/box", 9])).toMatchObject({ answer: "ready", heldAt: "lst-w" });
    expect(request([box, "lst-w/box", 9], [box, "lst-d/box", 9])).not.toHaveProperty("heldAt");
    expect(request()).not.toHaveProperty("heldAt");
  });

  describe("[BOARD130] an acceptance that holds no more", () => {
    const box: LogId = "ukd/box/1-00000001";
    const evening = () => {
      const one = night();
      one.of(crew, "mission.destination/1", { hospital: "ukd", over: [] });
      const asked = one.of(centre, "mission.asked/1", { hospital: "ukd", answerWithinS: 60, over: [] });
      const answer = (log: LogId, kind: KindName, more: JsonObject, minute: number) =>
        one.of(log, kind, { asked: [...asked], over: [], ...more }, minute);
      return { ...one, answer, request: () => one.row(5).destination?.request };
    };
    const spoken = { answer: "ready", answeredBy: "physician", readBack: true, channel: "telephone" };

    test("the hospital says cannot after all: when it had accepted", () => {
      const { answer, request } = evening();
      answer(box, "mission.answered/1", { answer: "ready" }, 1);
      expect(request()).not.toHaveProperty("acceptedMs");
      answer(box, "mission.answered/1", { answer: "cannot", reason: "no-beds" }, 2);
      expect(request()).toMatchObject({ answer: "cannot", acceptedMs: nightMs + minuteMs });
    });

    test("the hospital typed ready and telephones cannot: the desk enters that over its own word", () => {
      const { answer, request } = evening();
      const ready = answer(box, "mission.answered/1", { answer: "ready" }, 1);
      answer(centre, "mission.answer-spoken/1", { ...spoken, answer: "cannot", over: [[...ready]] }, 2);
      expect(request()).toMatchObject({ answer: "cannot", acceptedMs: nightMs + minuteMs, accepted: ready });
      const unknown = evening();
      unknown.answer(box, "mission.answered/1", { answer: "ready" }, 1);
      unknown.answer(centre, "mission.answer-spoken/1", { ...spoken, answer: "cannot" }, 2);
      expect(unknown.request()).toMatchObject({ answer: "cannot", differs: true });
      expect(unknown.request()).not.toHaveProperty("acceptedMs");
    });

    test("the hospital takes its answer back: open again, and when it had accepted", () => {
      const { answer, request } = evening();
      const slip = answer(box, "mission.answered/1", { answer: "ready" }, 1);
      answer(box, "mission.answer-taken-back/1", { takesBack: [...slip] }, 2);
      const back = { answerTakenBackMs: nightMs + 2 * minuteMs, acceptedMs: nightMs + minuteMs };
      expect(request()).toMatchObject({ step: "asked", ...back });
      answer(box, "mission.answered/1", { answer: "ready" }, 3);
      expect(request()).toMatchObject({ answer: "ready", answeredMs: nightMs + 3 * minuteMs });
      expect(request()).not.toHaveProperty("acceptedMs");
    });

    test("by voice at the desk: ready, then cannot; or ready that was entered by mistake", () => {
      const one = evening();
      one.answer(centre, "mission.answer-spoken/1", spoken, 1);
      one.answer(centre, "mission.answer-spoken/1", { ...spoken, answer: "cannot" }, 2);
      expect(one.request()).toMatchObject({ answer: "cannot", acceptedMs: nightMs + minuteMs });
      const other = evening();
      const slip = other.answer(centre, "mission.answer-spoken/1", spoken, 1);
      expect(other.request()).toMatchObject({ answer: "ready" });
      other.of(centre, "mission.word-taken-back/1", { takesBack: [...slip] }, 2);
      expect(other.request()).toMatchObject({ step: "asked", acceptedMs: nightMs + minuteMs });
    });

    test("asked anew: still, until it accepts again; what was asked before that counts no more", () => {
      const one = evening();
      const { answer, request } = one;
      answer(box, "mission.answered/1", { answer: "ready" }, 1);
      answer(box, "mission.answered/1", { answer: "cannot", reason: "no-beds" }, 2);
      const askAnew = (minute: number) =>
        one.of(centre, "mission.asked/1", { hospital: "ukd", answerWithinS: 60, over: [] }, minute);
      const again = askAnew(3);
      expect(request()).toMatchObject({ step: "asked", acceptedMs: nightMs + minuteMs });
      one.of(box, "mission.answered/1", { asked: [...again], answer: "ready", over: [] }, 4);
      expect(request()).toMatchObject({ answer: "ready" });
      expect(request()).not.toHaveProperty("acceptedMs");
      askAnew(5);
      expect(request()).not.toHaveProperty("acceptedMs");
    });

    test("cannot to a new request, while its ready to an earlier one stands: that holds no more", () => {
      const { of, answer, request } = evening();
      answer(box, "mission.answered/1", { answer: "ready" }, 1);
      const asked = { hospital: "ukd", answerWithinS: 60, over: [] };
      of(centre, "mission.asked/1", asked, 2);
      const last = of(centre, "mission.asked/1", asked, 3);
      expect(request()).not.toHaveProperty("acceptedMs");
      of(box, "mission.answered/1", { asked: [...last], answer: "cannot", reason: "no-beds", over: [] }, 4);
      expect(request()).toMatchObject({ answer: "cannot", acceptedMs: nightMs + minuteMs });
    });
  });

  test("a re-steer shows old and new until the crew's word or a spoken understood", () => {
    const { of, row } = night();
    of(crew, "mission.destination/1", { hospital: "ukd", over: [] });
    const steer = of(centre, "mission.steered/1", { hospital: "neuss", over: [] }, 1);
    const { resteer, over } = row(2);
    expect(resteer).toMatchObject({
      ref: steer,
      centre: "lst-d",
      old: { hospital: "ukd" },
      new: { hospital: "neuss" },
    });
    expect(resteer?.radio.de).toMatch(/^lst-d von rtw-1: verstanden, fahren .+ an statt .+\.$/);
    const body = { hospital: "neuss", channel: "radio", over: over.map((ref) => [...ref]) };
    of(centre, "mission.understood/1", body, 3);
    expect(row(4)).toMatchObject({ resteer: null, destination: { hospital: "neuss", spoken: true } });
  });

  test("a steering that was taken back is no re-steer any more", () => {
    const { of, row } = night();
    const steer = of(centre, "mission.steered/1", { hospital: "neuss", over: [] }, 1);
    const body = { takesBack: [...steer], hospital: "neuss", over: [] };
    of(centre, "mission.steer-taken-back/1", body, 1);
    expect(row(2)).toMatchObject({ resteer: null, takenBack: [{ what: "steered", hospital: "neuss" }] });
  });

  test("the radio line says who, where to, when, and what the patient has", () => {
    const { of, row } = night();
    expect(row(1).radio.de).toBe(
      "lst-d von rtw-1: noch ohne Ziel. Aortennotfall, 65–79 Jahre, Notarzt dabei.",
    );
    of(crew, "mission.destination/1", { hospital: "neuss", over: [] });
    of(crew, "mission.step/1", { step: "patient-on-board" });
    expect(row(1).radio.en).toMatch(
      /^lst-d from rtw-1: driving to \D+, arrival 01:\d\d\. aortic emergency, 65–79 years, doctor with us\.$/,
    );
  });
});
