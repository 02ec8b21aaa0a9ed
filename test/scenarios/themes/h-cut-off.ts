import type { Scene } from "./scene.ts";

export const cutOff: readonly Scene[] = [
  {
    name: "we are cut off: nobody is called silent, and still there is an answer",
    situation: {
      map: "A   x  B",
      hospitals: {
        A: ["Alpha", "stroke-unit yes unknown 03:04", "cut-off 03:04"],
        B: ["Bravo", "stroke-unit unknown", "not-yet-heard"],
      },
      need: "stroke",
    },
    lines: [
      "→ Bravo 6 min, gewertet mit 18 (Stroke Unit nicht bekannt, noch nicht gehört: +12), kein näheres kommt infrage",
      "Alpha 7 min, gewertet mit 19 (Stroke Unit nicht bekannt seit 03:04, unsere Verbindung fehlt seit 03:04: +12)",
    ],
    said: "Bravo, sechs Minuten, noch nicht gehört.",
  },
  {
    name: "cut off for hours: it weighs no more than at first",
    situation: {
      map: "A   x  B",
      hospitals: {
        A: ["Alpha", "stroke-unit yes unknown 23:04", "cut-off 23:04"],
        B: ["Bravo", "stroke-unit yes unknown 23:04", "cut-off 23:04"],
      },
      need: "stroke",
    },
    lines: [
      "→ Bravo 6 min, gewertet mit 18 (Stroke Unit nicht bekannt seit 23:04, unsere Verbindung fehlt seit 23:04: +12), kein näheres kommt infrage",
      "Alpha 7 min, gewertet mit 19 (Stroke Unit nicht bekannt seit 23:04, unsere Verbindung fehlt seit 23:04: +12)",
    ],
    said: "Bravo, sechs Minuten, unsere Verbindung fehlt.",
  },
  {
    name: "a cannot before we were cut off still excludes",
    situation: {
      map: "A   x  B",
      hospitals: {
        A: ["Alpha", "stroke-unit yes unknown 03:04", "cut-off 03:04"],
        B: ["Bravo", "stroke-unit yes cannot 02:30", "cut-off 03:04"],
      },
      need: "stroke",
    },
    lines: [
      "→ Alpha 7 min, gewertet mit 19 (Stroke Unit nicht bekannt seit 03:04, unsere Verbindung fehlt seit 03:04: +12) statt Bravo 6 min (unsere Verbindung fehlt seit 03:04, Stroke Unit nicht möglich seit 02:30)",
    ],
    said: "Alpha, sieben Minuten, unsere Verbindung fehlt. Statt Bravo: unsere Verbindung fehlt.",
  },
  {
    name: "what was said by voice since we were cut off counts at once",
    situation: {
      map: "A   x  B",
      hospitals: {
        A: ["Alpha", "stroke-unit yes voice open 03:05", "cut-off 03:04"],
        B: ["Bravo", "stroke-unit yes voice open 03:03", "cut-off 03:04"],
      },
      need: "stroke",
    },
    lines: [
      "→ Alpha 7 min (Stroke Unit zuletzt mündlich offen 03:05, unsere Verbindung fehlt seit 03:04) statt Bravo 6 min (unsere Verbindung fehlt seit 03:04)",
      "Bravo 6 min, gewertet mit 18 (Stroke Unit zuletzt mündlich offen 03:03, unsere Verbindung fehlt seit 03:04: +12)",
    ],
    said: "Alpha, sieben Minuten, unsere Verbindung fehlt. Statt Bravo: unsere Verbindung fehlt.",
  },
  {
    name: "a patient who needs nothing special goes to the nearest that is heard",
    situation: {
      map: "A   x  B",
      hospitals: { A: ["Alpha"], B: ["Bravo", "silent 03:04"] },
      need: "anything",
    },
    lines: [
      "→ Alpha 7 min statt Bravo 6 min (schweigt seit 03:04)",
      "Bravo 6 min, gewertet mit 12 (schweigt seit 03:04: +6)",
    ],
    said: "Alpha, sieben Minuten. Statt Bravo: schweigt.",
  },
];
