import { describe, expect, test } from "vitest";
import { answeredStep, readyAnswer } from "../../../test/support/board-sample.ts";
import { nightMs, sampleSight } from "../../../test/support/board-sight.ts";
import { drivingTo } from "../../../test/support/crew-sample.ts";
import { announcementOf, arrivalText, requestSaid } from "./announcement.ts";
import { german, type Sight } from "./speech.ts";

function crewSight(more: Partial<Sight> = {}): Sight {
  return { ...sampleSight(), ...german, ...more };
}

const words = (more: Parameters<typeof drivingTo>[2]) =>
  announcementOf(drivingTo("ukd", 3, more), crewSight()).map(({ word }) => word);

describe("[BOARD34] the announcement", () => {
  test("not held by the centre is unmistakable and says what to do", () => {
    const [centre] = announcementOf(drivingTo("ukd", 3), crewSight());
    expect(centre).toEqual({ shape: "silent", word: german.texts.centreHoldsNot, isUrgent: true });
  });

  test("goes as far as each side's durable word", () => {
    expect(words({ heldByDispatch: true })).toEqual(["Leitstelle hat es", "Haus noch nicht angefragt"]);
    expect(words({ heldByDispatch: true, heldThere: true })).toContain("unser Ziel liegt dort vor");
    const asked = { step: "asked", ref: ["x", 1], over: [], hospital: "ukd", askedMs: nightMs } as const;
    expect(words({ request: { ...asked, heldThere: false } })[1]).toMatch(/noch nicht dort angekommen/);
    expect(words({ request: { ...asked, heldThere: true } })[1]).toMatch(/noch keine Antwort/);
    expect(words({ request: asked })[1]).not.toMatch(/dort/);
  });

  test("an answer: ready, or cannot with its reason", () => {
    const answered = { ...answeredStep, hospital: "ukd", answeredMs: nightMs } as const;
    const ready = { ...answered, answer: "ready", reason: null } as const;
    expect(requestSaid(ready, crewSight())).toMatchObject({ shape: "accepted" });
    const cannot = { ...answered, answer: "cannot", reason: "no-beds" } as const;
    expect(requestSaid(cannot, crewSight())).toMatchObject({
      shape: "cannot",
      word: "Haus kann nicht annehmen: keine Betten",
      isUrgent: true,
    });
  });

  test("[BOARD1] [BOARD9] is the last known while the anchor is gone or cut off", () => {
    const ready = readyAnswer("ukd", 0);
    for (const sight of [crewSight({ gone: true }), crewSight({ cutOffSinceMs: nightMs })]) {
      expect(requestSaid(ready, sight)).toMatchObject({ shape: "old" });
    }
  });
});

test("[BOARD10] an arrival is a clock time only where it is known", () => {
  expect(arrivalText(drivingTo("ukd", 3), crewSight())).toBe("an 03:16 · Fahrt 9 min");
  expect(arrivalText({ arrivalMs: null, driveMinTenths: null }, crewSight())).toBe(german.texts.driveUnknown);
});
