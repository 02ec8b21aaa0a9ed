import { describe, expect, test } from "vitest";
import { answeredStep, readyAnswer } from "../../../test/support/board-sample.ts";
import { nightMs, sampleSight } from "../../../test/support/board-sight.ts";
import { crewMission, crewView, drivingTo } from "../../../test/support/crew-sample.ts";
import type { RequestState } from "../../site/views/board-view.ts";
import { announcementOf, arrivalText, requestSaid } from "./announcement.ts";
import { german, type Sight } from "./speech.ts";
import { callsOf } from "./state.ts";

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

  test("[VIEW3] an acceptance says by whom it is held where that is another centre than the mission's", () => {
    const ready = { ...readyAnswer("ukd", 0), answeredMs: nightMs } as const;
    expect(requestSaid(ready, crewSight()).word).toBe("Haus nimmt an, 03:07");
    expect(requestSaid({ ...ready, heldAt: "wuppertal" }, crewSight())).toEqual({
      shape: "accepted",
      word: "Haus nimmt an, 03:07, liegt Leitstelle Wuppertal vor",
    });
  });

  test("[BOARD130] an acceptance that holds no more is said with its time, urgently, whatever stands in its place", () => {
    const answered = { ...answeredStep, hospital: "ukd", answeredMs: nightMs, acceptedMs: nightMs } as const;
    const cannot = { ...answered, answer: "cannot", reason: "no-beds" } as const;
    expect(requestSaid(cannot, crewSight())).toEqual({
      shape: "cannot",
      word: "Zusage von 03:07 gilt NICHT mehr. Haus kann nicht annehmen: keine Betten",
      isUrgent: true,
    });
    const asked = { step: "asked", ref: ["x", 1], over: [], hospital: "ukd", askedMs: nightMs } as const;
    const again = requestSaid({ ...asked, heldThere: true, acceptedMs: nightMs }, crewSight());
    expect(again).toMatchObject({ shape: "silent", isUrgent: true });
    expect(again.word).toMatch(
      /^Zusage von 03:07 gilt NICHT mehr\. Haus angefragt .*, liegt dort vor, noch keine Antwort$/,
    );
    const { acceptedMs: _, ...first } = { ...asked, acceptedMs: nightMs };
    expect(requestSaid(first, crewSight())).toEqual({
      shape: "late",
      word: expect.not.stringMatching("Zusage"),
    });
  });

  test("[BOARD130] sounds once for each acceptance that holds no more", () => {
    const calls = (request: RequestState) =>
      callsOf(crewView(crewMission({ destination: drivingTo("ukd", 3, { request }) })));
    const cannot = { ...readyAnswer("ukd", 0), answer: "cannot", reason: "no-beds" } as const;
    const mission = crewMission().mission;
    expect(calls(cannot)).toEqual([mission]);
    const ready = ["ukd/anchor/1-00000002", 7] as const;
    const noMore = (acceptedMs: number) => calls({ ...cannot, acceptedMs, accepted: ready });
    expect(noMore(nightMs)).toEqual([mission, `${mission} ${ready[0]}#7`]);
    // The same acceptance, its moment measured anew.
    for (const ms of [-1_000, 1_000]) expect(noMore(nightMs + ms)).toEqual(noMore(nightMs));
    const again = calls({ ...cannot, acceptedMs: nightMs, accepted: [ready[0], 9] });
    expect(again).not.toEqual(noMore(nightMs));
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
