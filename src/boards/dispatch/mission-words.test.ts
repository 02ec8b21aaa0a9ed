import { describe, expect, test } from "vitest";
import { answeredStep, missionLog, missionRow, silentMission } from "../../../test/support/board-sample.ts";
import { nightMs, sampleSight } from "../../../test/support/board-sight.ts";
import { minuteMs } from "../../basics/time.ts";
import type { MissionRow, RequestState } from "../../site/views/board-view.ts";
import { positionOldAfterMs } from "../shell/age.ts";
import { patientText } from "../shell/fact-words.ts";
import { compareDeciding, type Deciding, inRunningOrder, isDeciding } from "./mission-order.ts";
import { arrivalOf, causeText, shownRequest, shownRequestOf } from "./mission-words.ts";

const sight = sampleSight();
const plain = (text: string) => text.replaceAll("\u00a0", " ");

function deciding(number: number, more: Partial<MissionRow> = {}): Deciding {
  const row = silentMission(number, nightMs, more);
  if (!isDeciding(row)) throw new Error("a mission that waits for a decision");
  return row;
}

test("[BOARD7] the most urgent decision comes first, then the nearest to its door, then the longest open", () => {
  const calm = deciding(1, { urgency: 2, arrivalMinTenths: 10 });
  const far = deciding(2, { arrivalMinTenths: 200 });
  const near = deciding(3, { arrivalMinTenths: 30 });
  const unknown = deciding(4, { arrivalMinTenths: null });
  const older = { ...deciding(5, { arrivalMinTenths: 200 }) };
  const waited = { ...older, decide: { ...older.decide, sinceMs: nightMs - 600_000 } };
  // Who would only be sooner elsewhere comes after everybody who cannot go on as they do.
  const sooner = { ...deciding(6), decide: { ...older.decide, cause: "another-sooner" as const } };
  const order = [sooner, unknown, calm, far, near, waited].sort(compareDeciding);
  expect(order.map(({ vehicle }) => vehicle.at(-1))).toEqual(["3", "5", "2", "4", "1", "6"]);
});

test("[BOARD7] who loses nothing yet comes after everybody whom a silence or a no holds up, but at urgency 1", () => {
  const because = (number: number, cause: Deciding["decide"]["cause"], more: Partial<MissionRow>) => {
    const row = deciding(number, more);
    return { ...row, decide: { ...row.decide, cause } };
  };
  const noAim = { arrivalMinTenths: null, destination: null } as const;
  const silentCalm = because(1, "destination-silent", { urgency: 3, step: "patient-on-board" });
  const refused = because(2, "declined", { urgency: 1, step: "on-scene" });
  const cannot = because(3, "destination-cannot", { urgency: 2, step: "patient-on-board" });
  const atScene = because(4, "no-destination", { ...noAim, urgency: 2, step: "on-scene" });
  const urgentAtScene = because(5, "no-destination", { ...noAim, urgency: 1, step: "on-scene" });
  const boarded = because(6, "no-destination", { ...noAim, urgency: 2, step: "patient-on-board" });
  const apart = because(7, "chosen-apart", { urgency: 2, step: "on-the-way" });
  const notAgreed = because(8, "not-agreed", { urgency: 3, step: "on-scene" });
  const sooner = because(9, "another-sooner", { urgency: 1 });
  const rows = [sooner, notAgreed, apart, boarded, urgentAtScene, atScene, cannot, refused, silentCalm];
  const numbers = rows.sort(compareDeciding).map(({ vehicle }) => Number(vehicle.at(-1)));
  expect(numbers).toEqual([2, 5, 3, 6, 1, 7, 4, 8, 9]);
});

test("[BOARD7] at the same urgency a patient on board comes before one at the scene, who loses nothing by a drive not begun", () => {
  const atScene = deciding(1, { step: "on-scene", arrivalMinTenths: 30 });
  const onBoard = deciding(2, { step: "patient-on-board", arrivalMinTenths: 150 });
  expect([atScene, onBoard].sort(compareDeciding)).toEqual([onBoard, atScene]);
  const door = { hospital: "ukd", silentSinceMs: nightMs, arrived: false, tries: 0 };
  const near = missionRow(3, nightMs, { urgency: 3, step: "patient-on-board", door });
  const canWait = deciding(4, { urgency: 2, step: "on-scene", destination: null });
  const waits = { ...canWait, decide: { ...canWait.decide, cause: "no-destination" as const } };
  const closed = { ...near, door: { ...door, arrived: true } };
  expect([waits, near].sort(compareDeciding)).toEqual([near, waits]);
  expect([onBoard, closed].sort(compareDeciding)).toEqual([closed, onBoard]);
});

test("[SCENE4] patients of one scene stand together, where the first of them would", () => {
  const row = (number: number, more: Partial<MissionRow>) => missionRow(number, nightMs, more);
  const scene = row(3, {}).ref;
  const rows = [
    row(1, { urgency: 3, callAtMs: nightMs, scene }),
    row(2, { urgency: 2, callAtMs: nightMs - minuteMs }),
    row(3, { urgency: 2, callAtMs: nightMs }),
    row(4, { urgency: 1, callAtMs: nightMs, scene }),
    row(5, { urgency: 1, callAtMs: nightMs - minuteMs }),
  ];
  const order = (some: readonly MissionRow[]) => inRunningOrder(some).map(({ vehicle }) => vehicle.at(-1));
  expect(order(rows)).toEqual(["5", "4", "3", "1", "2"]);
  // The first one's mission ended: the others still name it.
  expect(order(rows.filter(({ mission }) => !mission.endsWith("#3")))).toEqual(["5", "4", "1", "2"]);
});

test("the patient in one line, in both languages", () => {
  const row = missionRow(1, nightMs, { flags: ["doctor", "ventilated"] });
  expect(patientText(row, sight)).toBe("Schlaganfall, 65–79 Jahre, mit Notarzt, beatmet");
  expect(patientText(row, sampleSight({ inEnglish: true }))).toBe(
    "stroke, 65–79 years, with doctor, ventilated",
  );
});

test("why a person must decide names the hospital that is meant: a proposal before the old destination", () => {
  expect(causeText(deciding(1), sight)).toBe("Uniklinik Düsseldorf schweigt seit 03:06");
  const steered = { hospital: "neuss-lukas", saidMs: nightMs, heldByCrew: false };
  const row = deciding(1, { steered });
  const declined = { ...row, decide: { ...row.decide, cause: "declined" as const } };
  expect(causeText(declined, sight)).toBe("Neuss Lukas hat abgelehnt, 03:06");
  const notAgreed = { ...row, decide: { ...row.decide, cause: "not-agreed" as const } };
  expect(causeText(notAgreed, sight)).toBe("Verlegung nach Neuss Lukas nicht (mehr) zugesagt, 03:06");
  expect(causeText(deciding(1, { destination: null }), sight)).toBe("Noch kein Ziel");
  const apart = [
    { hospital: "ukd", centre: "duesseldorf", saidMs: nightMs },
    { hospital: "neuss-lukas", centre: "wuppertal", saidMs: nightMs },
  ];
  const split = { ...deciding(1, { apart }), decide: { ...row.decide, cause: "chosen-apart" as const } };
  expect(causeText(split, sight)).toBe(
    "Verschieden gelenkt: Leitstelle Düsseldorf nach Uniklinik Düsseldorf (03:07), Leitstelle Wuppertal nach Neuss Lukas (03:07). Bis jemand entscheidet, gilt das Ziel der Besatzung.",
  );
  const sooner = { ...row, decide: { ...row.decide, cause: "another-sooner" as const, savedMin: 9 } };
  expect(causeText(sooner, sight)).toBe("Neuss Lukas spart 9 min gegen Neuss Lukas");
});

test("[TRANSFER2] of a transfer it is said whether both hospitals agree to where it goes", () => {
  const ready = { ...answeredStep, hospital: "neuss-lukas", reason: null, answeredMs: nightMs } as const;
  const request = { ...ready, answer: "ready" } as const;
  const transfer = missionRow(1, nightMs, { from: "ukd", agreed: [], destination: null, request });
  const half = shownRequestOf(transfer, true, sight);
  expect(half.shape).toBe("late");
  expect(half.notes.at(-1)).toBe("Verlegung nach Neuss Lukas: nicht von beiden Häusern zugesagt");
  const both = shownRequestOf({ ...transfer, agreed: ["neuss-lukas"] }, true, sight);
  expect(both.shape).toBe("accepted");
  expect(both.notes.at(-1)).toBe("Verlegung nach Neuss Lukas: von beiden Häusern zugesagt");
  const { from: _, ...emergency } = transfer;
  expect(shownRequestOf(emergency, true, sight)).toEqual(shownRequest(request, true, sight));
});

describe("[BOARD8] a request shows no more than the other side's durable word", () => {
  const asked = { step: "asked", ref: [missionLog, 9], over: [], hospital: "ukd", askedMs: nightMs } as const;
  const answered = { ...answeredStep, hospital: "ukd", reason: null, answeredMs: nightMs } as const;
  const ready = { ...answered, answer: "ready" } as const;
  const shown = (request: RequestState, isFresh = true) => {
    const { shape, word, notes } = shownRequest(request, isFresh, sight);
    return [shape, word, ...notes].map(plain);
  };

  test.each<[RequestState, readonly string[]]>([
    [{ step: "none" }, ["absent", "Haus nicht gefragt"]],
    [asked, ["late", "Uniklinik Düsseldorf gefragt vor < 1 min"]],
    [
      { ...asked, heldThere: false },
      ["late", "Uniklinik Düsseldorf gefragt vor < 1 min", "noch nicht dort angekommen"],
    ],
    [
      { ...asked, heldThere: true },
      ["late", "Uniklinik Düsseldorf gefragt vor < 1 min", "liegt dort vor, noch keine Antwort"],
    ],
    [
      { ...asked, heldThere: true, acceptedMs: nightMs },
      [
        ...["late", "Uniklinik Düsseldorf gefragt vor < 1 min", "liegt dort vor, noch keine Antwort"],
        "Zusage von 03:07 gilt nicht mehr",
      ],
    ],
    [ready, ["accepted", "Uniklinik Düsseldorf nimmt an, 03:07"]],
    [
      { ...answered, answer: "cannot", reason: "no-beds" },
      ["cannot", "Uniklinik Düsseldorf kann nicht annehmen: keine Betten"],
    ],
  ])("%o", (request, words) => {
    expect(shown(request)).toEqual(words);
  });

  test("[BOARD8] the answer of a hospital that is not heard any more is its last word", () => {
    expect(shown(ready, false)).toEqual(["old", "zuletzt: Uniklinik Düsseldorf nahm an, 03:07"]);
    const cannot = { ...answered, answer: "cannot", reason: "no-beds" } as const;
    const word = "zuletzt Uniklinik Düsseldorf kann nicht annehmen: keine Betten, 03:07";
    expect(shown(cannot, false)).toEqual(["old", word]);
    const withdrawn = { ...cannot, acceptedMs: nightMs - minuteMs };
    expect(shownRequest(withdrawn, true, sight).notes).toEqual(["Zusage von 03:06 gilt nicht mehr"]);
  });
});

describe("[BOARD10] arrival", () => {
  const at = (saidMs: number) => ({ latE3: 51_205, lonE3: 6_805, saidMs });

  test("is a time of the clock with its margin, counted from the position or the later boarding, only with the patient on board", () => {
    const row = missionRow(1, nightMs, { arrivalMinTenths: 200, position: at(nightMs - minuteMs) });
    expect(arrivalOf(row, sight).text).toBe("an 03:26 ± 6 min");
    expect(arrivalOf({ ...row, boardedMs: nightMs + minuteMs }, sight).text).toBe("an 03:28 ± 6 min");
    expect(arrivalOf({ ...row, step: "on-scene" }, sight).text).toBe("Fahrt 20 ± 6 min");
    expect(arrivalOf({ ...row, step: "arrived" }, sight).text).toBe("angekommen");
    expect(arrivalOf({ ...row, arrivalMinTenths: null }, sight).text).toBe("Ankunft nicht bekannt");
  });

  test("says beside the position since when the vehicle itself is not heard", () => {
    const row = missionRow(1, nightMs, { position: at(nightMs), vehicleSilentMs: nightMs - minuteMs });
    expect(plain(arrivalOf(row, sight).position)).toMatch(/^Ort .*, Fahrzeug seit 03:06 nicht gehört$/);
  });

  test("carries the age of the position, marked when it is over two minutes or the anchor is gone", () => {
    const fresh = missionRow(1, nightMs, { position: at(nightMs - positionOldAfterMs) });
    expect(arrivalOf(fresh, sight)).toMatchObject({ isOld: false });
    expect(plain(arrivalOf(fresh, sight).position)).toBe("Ort vor 2 min");
    expect(arrivalOf(fresh, sampleSight({ nowMs: nightMs + 1 })).isOld).toBe(true);
    expect(plain(arrivalOf(fresh, sampleSight({ gone: true })).position)).toBe("Ort alt: vor 2 min");
  });
});
