import { describe, expect, test } from "vitest";
import { adviceFor, type Situation } from "./drawing.ts";

function linesFor(situation: Situation): readonly string[] {
  return adviceFor(situation).lines.map((line) => line.text);
}

// Minutes by the estimate: 1 km 2, 2 km 4, 3 km 6, 4 km 7, 5 km 9, 6 km 10, 7 km 11, 8 km 13, 9 km 14, 10 km 15, 12 km 18, 15 km 22.

describe("[ADVICE1] drawn situation in, one line out", () => {
  test("the nearest stroke unit has fallen silent", () => {
    const lines = linesFor({
      map: "U    x        L",
      hospitals: {
        U: ["UKD", "stroke-unit yes open 02:40", "silent 03:04"],
        L: ["Neuss Lukas", "stroke-unit yes open 02:51"],
      },
      need: "stroke",
    });
    expect(lines).toEqual([
      "→ Neuss Lukas 14 min (Stroke Unit offen seit 02:51) statt UKD 9 min (schweigt seit 03:04)",
      "UKD 9 min, gewertet mit 24 (Stroke Unit zuletzt offen 02:40, schweigt seit 03:04: +15)",
    ]);
  });

  test("the same in English", () => {
    const lines = linesFor({
      map: "U    x        L",
      hospitals: {
        U: ["UKD", "stroke-unit yes open 02:40", "silent 03:04"],
        L: ["Neuss Lukas", "stroke-unit yes open 02:51"],
      },
      need: "stroke",
      language: "en",
    });
    expect(lines).toEqual([
      "→ Neuss Lukas 14 min (stroke unit open since 02:51) instead of UKD 9 min (silent since 03:04)",
      "UKD 9 min, counted as 24 (stroke unit last open 02:40, silent since 03:04: +15)",
    ]);
  });

  test("all is well: the nearest, and nobody need ask why", () => {
    const lines = linesFor({
      map: "U    x        L",
      hospitals: {
        U: ["UKD", "stroke-unit yes open 02:40"],
        L: ["Neuss Lukas", "stroke-unit yes open 02:51"],
      },
      need: "stroke",
    });
    expect(lines[0]).toBe("→ UKD 9 min (Stroke Unit offen seit 02:40), kein näheres kommt infrage");
  });

  test("a hospital round the corner that has no stroke unit is no news", () => {
    const lines = linesFor({
      map: "U    xK       L",
      hospitals: {
        K: ["Kaiserswerth", "stroke-unit no"],
        U: ["UKD", "stroke-unit yes cannot 03:10"],
        L: ["Neuss Lukas", "stroke-unit yes open 02:51"],
      },
      need: "stroke",
    });
    expect(lines).toEqual([
      "→ Neuss Lukas 14 min (Stroke Unit offen seit 02:51) statt UKD 9 min (Stroke Unit nicht möglich seit 03:10)",
    ]);
  });

  test("silent, but so much nearer that it still leads", () => {
    const lines = linesFor({
      map: "Ux                           L",
      hospitals: {
        U: ["UKD", "stroke-unit yes open 02:40", "silent 03:04"],
        L: ["Neuss Lukas", "stroke-unit yes open 02:51"],
      },
      need: "stroke",
    });
    expect(lines[0]).toBe(
      "→ UKD 2 min, gewertet mit 17 (Stroke Unit zuletzt offen 02:40, schweigt seit 03:04: +15), kein näheres kommt infrage",
    );
  });

  test("nobody knows whether the nearer one has a stroke unit", () => {
    const lines = linesFor({
      map: "U    x      L",
      hospitals: { U: ["Benrath", "stroke-unit unknown"], L: ["Neuss Lukas", "stroke-unit yes open 02:51"] },
      need: "stroke",
    });
    expect(lines).toEqual([
      "→ Neuss Lukas 11 min (Stroke Unit offen seit 02:51) statt Benrath 9 min (Stroke Unit nicht bekannt)",
      "Benrath 9 min, gewertet mit 19 (Stroke Unit nicht bekannt: +10)",
    ]);
  });

  test("before the first word of the day every cell is unconfirmed, and the nearest leads", () => {
    const lines = linesFor({
      map: "U    x      L",
      hospitals: { U: ["UKD", "stroke-unit yes"], L: ["Neuss Lukas", "stroke-unit yes unconfirmed 02:00"] },
      need: "stroke",
    });
    expect(lines).toEqual([
      "→ UKD 9 min, gewertet mit 19 (Stroke Unit noch nicht bestätigt: +10), kein näheres kommt infrage",
      "Neuss Lukas 11 min, gewertet mit 21 (Stroke Unit unbestätigt seit 02:00: +10)",
    ]);
  });

  test("full costs more than limited, and a word on the telephone is named as one", () => {
    const lines = linesFor({
      map: "U   x    L     E",
      hospitals: {
        U: ["UKD", "stroke-unit yes full 01:30"],
        L: ["Neuss Lukas", "stroke-unit yes limited 02:51"],
        E: ["Erkrath", "stroke-unit yes voice open 02:58"],
      },
      need: "stroke",
    });
    expect(lines).toEqual([
      "→ Neuss Lukas 9 min, gewertet mit 14 (Stroke Unit eingeschränkt seit 02:51: +5) statt UKD 7 min (Stroke Unit voll seit 01:30)",
      "Erkrath 17 min (Stroke Unit mündlich offen seit 02:58)",
      "UKD 7 min, gewertet mit 27 (Stroke Unit voll seit 01:30: +20)",
    ]);
  });

  test("the hospital that declined this patient is passed over, however near", () => {
    const lines = linesFor({
      map: "U    x      L",
      hospitals: {
        U: ["UKD", "stroke-unit yes open 02:40"],
        L: ["Neuss Lukas", "stroke-unit yes open 02:51"],
      },
      need: "stroke",
      declinedBy: ["U"],
    });
    expect(lines).toEqual([
      "→ Neuss Lukas 11 min (Stroke Unit offen seit 02:51) statt UKD 9 min (hat abgelehnt)",
    ]);
  });
});

describe("[ADVICE1] the river", () => {
  test("the hospital in sight lies over the water: the one on this bank is sooner there", () => {
    const lines = linesFor({
      map: [
        "       ~       ",
        "     x ~ B     ",
        "       ~       ",
        "       ~       ",
        "       ~       ",
        "       ~       ",
        "     D ~       ",
        "       =       ",
      ].join("\n"),
      hospitals: {
        B: ["Benrath", "stroke-unit yes open 02:40"],
        D: ["Dormagen", "stroke-unit yes open 02:51"],
      },
      need: "stroke",
    });
    expect(lines).toEqual([
      "→ Dormagen 9 min (Stroke Unit offen seit 02:51), kein näheres kommt infrage",
      "Benrath 19 min (Stroke Unit offen seit 02:40)",
    ]);
  });

  test("with a bridge beside it, it is the nearest again", () => {
    const lines = linesFor({
      map: ["     x = B     ", "       ~       ", "       ~       ", "     D ~       "].join("\n"),
      hospitals: {
        B: ["Benrath", "stroke-unit yes open 02:40"],
        D: ["Dormagen", "stroke-unit yes unconfirmed 02:00"],
      },
      need: "stroke",
    });
    expect(lines[0]).toBe(
      "→ Benrath 7 min (Stroke Unit offen seit 02:40) statt Dormagen 6 min (Stroke Unit unbestätigt seit 02:00)",
    );
  });
});

describe("[ADVICE2] one capability out of a group, another preferred", () => {
  test("heart surgery is worth a detour of up to twenty minutes", () => {
    const lines = linesFor({
      map: "V    x              H",
      hospitals: {
        V: ["Mettmann", "vascular-surgery yes open 02:40", "cardiac-surgery no"],
        H: ["Wuppertal-Barmen", "vascular-surgery yes open 02:30", "cardiac-surgery yes open 02:30"],
      },
      need: "aorta",
    });
    expect(lines).toEqual([
      "→ Wuppertal-Barmen 22 min (Gefäßchirurgie offen seit 02:30, Herzchirurgie offen seit 02:30) statt Mettmann 9 min (Herzchirurgie nicht vorhanden)",
      "Mettmann 9 min, gewertet mit 29 (Gefäßchirurgie offen seit 02:40, Herzchirurgie nicht vorhanden: +20)",
    ]);
  });

  test("the better half of a group counts", () => {
    const lines = linesFor({
      map: "V    x",
      hospitals: { V: ["Krefeld", "vascular-surgery yes full 02:40", "cardiac-surgery yes limited 02:41"] },
      need: "aorta",
    });
    expect(lines).toEqual([
      "→ Krefeld 9 min, gewertet mit 19 (Herzchirurgie eingeschränkt seit 02:41: +10), kein näheres kommt infrage",
    ]);
  });
});

describe("[ADVICE2] two groups are required", () => {
  test("each doubt is said, and the worst counts; the one the need is about is always said", () => {
    const lines = linesFor({
      map: "U    x      L",
      hospitals: {
        U: ["UKD", "vascular-surgery yes unconfirmed 02:00", "stroke-unit yes unconfirmed 02:10"],
        L: ["Neuss Lukas", "vascular-surgery yes open 02:20", "stroke-unit yes open 02:30"],
      },
      need: "both",
    });
    expect(lines).toEqual([
      "→ Neuss Lukas 11 min (Stroke Unit offen seit 02:30) statt UKD 9 min (Gefäßchirurgie unbestätigt seit 02:00, Stroke Unit unbestätigt seit 02:10)",
      "UKD 9 min, gewertet mit 19 (Gefäßchirurgie unbestätigt seit 02:00, Stroke Unit unbestätigt seit 02:10: +10)",
    ]);
  });

  test("of what excludes a hospital, tonight's refusal is named, not what it never had", () => {
    const lines = linesFor({
      map: "U    x      L",
      hospitals: {
        U: ["UKD", "vascular-surgery no", "cardiac-surgery yes cannot 03:10"],
        L: ["Neuss Lukas", "vascular-surgery yes open 02:20", "cardiac-surgery unknown"],
      },
      need: "aorta",
    });
    expect(lines).toEqual([
      "→ Neuss Lukas 11 min, gewertet mit 31 (Gefäßchirurgie offen seit 02:20, Herzchirurgie nicht bekannt: +20) statt UKD 9 min (Herzchirurgie nicht möglich seit 03:10)",
    ]);
  });
});

describe("[ADVICE4] never empty", () => {
  test("no hospital has it: the three nearest, forced", () => {
    const advice = adviceFor({
      map: "A   B  x C     D",
      hospitals: {
        A: ["Alpha", "stroke-unit no"],
        B: ["Bravo", "stroke-unit yes cannot 02:00"],
        C: ["Charlie", "stroke-unit no", "silent 03:04"],
        D: ["Delta", "stroke-unit no"],
      },
      need: "stroke",
    });
    expect(advice.forced).toBe("none-suitable");
    const rule = "kein geeignetes Haus bekannt: Zuweisung nach Nähe";
    expect(advice.lines.map((line) => line.text)).toEqual([
      `→ Charlie 4 min (${rule}; schweigt seit 03:04, Stroke Unit nicht vorhanden)`,
      `Bravo 6 min (${rule}; Stroke Unit nicht möglich seit 02:00)`,
      `Alpha 11 min (${rule}; Stroke Unit nicht vorhanden)`,
    ]);
  });

  test("every suitable one is full: said so, and ranked as ever", () => {
    const advice = adviceFor({
      map: "A   x  B",
      hospitals: {
        A: ["Alpha", "stroke-unit yes full 02:00"],
        B: ["Bravo", "stroke-unit yes full 02:10"],
      },
      need: "stroke",
    });
    expect(advice.forced).toBe("all-full");
    const rule = "alle geeigneten Häuser voll: Zuweisung nach Nähe";
    expect(advice.lines.map((line) => line.text)).toEqual([
      `→ Bravo 6 min, gewertet mit 26 (${rule}; Stroke Unit voll seit 02:10: +20)`,
      `Alpha 7 min, gewertet mit 27 (${rule}; Stroke Unit voll seit 02:00: +20)`,
    ]);
  });

  test("we are cut off: nothing is known of anybody, and still there is an answer", () => {
    const lines = linesFor({
      map: "A   x  B",
      hospitals: {
        A: ["Alpha", "stroke-unit yes unknown 03:04", "cut-off 03:04"],
        B: ["Bravo", "stroke-unit unknown", "not-yet-heard"],
      },
      need: "stroke",
    });
    expect(lines).toEqual([
      "→ Bravo 6 min, gewertet mit 31 (Stroke Unit nicht bekannt: +10, noch nicht gehört: +15), kein näheres kommt infrage",
      "Alpha 7 min, gewertet mit 32 (Stroke Unit nicht bekannt seit 03:04: +10, unsere Verbindung fehlt seit 03:04: +15)",
    ]);
  });

  test("a patient who needs nothing special goes to the nearest that is heard", () => {
    const lines = linesFor({
      map: "A   x  B",
      hospitals: { A: ["Alpha"], B: ["Bravo", "silent 03:04"] },
      need: "anything",
    });
    expect(lines).toEqual([
      "→ Alpha 7 min statt Bravo 6 min (schweigt seit 03:04)",
      "Bravo 6 min, gewertet mit 21 (schweigt seit 03:04: +15)",
    ]);
  });
});
