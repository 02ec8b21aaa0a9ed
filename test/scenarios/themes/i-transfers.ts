import type { Scene } from "./scene.ts";

const ed = "emergency-department yes open 02:00";
const map = "Ux       L   D";

/** `U` sends the patient, who lies beside it. */
export const transfers: readonly Scene[] = [
  {
    name: "the sending hospital is no destination, however open it is",
    situation: {
      map,
      hospitals: {
        U: ["UKD", "stroke-unit yes open 02:40"],
        L: ["Neuss Lukas", "stroke-unit yes open 02:51"],
      },
      need: "stroke",
      from: "U",
    },
    lines: ["→ Neuss Lukas 13 min (Stroke Unit offen seit 02:51), kein näheres kommt infrage"],
    said: "Neuss Lukas, dreizehn Minuten, Stroke Unit offen.",
  },
  {
    name: "a hospital that is lost and silent sends its patients on like any other: it is only never their destination",
    situation: {
      map,
      hospitals: {
        U: ["UKD", "stroke-unit yes cannot 02:40", "silent 03:04"],
        L: ["Neuss Lukas", "stroke-unit yes unconfirmed 20:00"],
        D: ["Duisburg", "stroke-unit yes open 02:51"],
      },
      need: "stroke",
      from: "U",
    },
    lines: [
      "→ Neuss Lukas 13 min, gewertet mit 18 (Stroke Unit unbestätigt seit 20:00: +5), kein näheres kommt infrage",
      "Duisburg 18 min (Stroke Unit offen seit 02:51)",
    ],
    said: "Neuss Lukas, dreizehn Minuten, Stroke Unit unbestätigt.",
  },
  {
    name: "where every other one is full nobody is assigned to by force",
    situation: {
      map,
      hospitals: {
        U: ["UKD", "stroke-unit yes open 02:40"],
        L: ["Neuss Lukas", "stroke-unit yes full 02:51"],
        D: ["Duisburg", "stroke-unit yes full 02:30"],
      },
      need: "stroke",
      from: "U",
    },
    lines: [
      "→ Neuss Lukas 13 min, gewertet mit 33 (alle geeigneten Häuser voll, verlegt wird nur mit Zusage; Stroke Unit voll seit 02:51: +20)",
      "Duisburg 18 min, gewertet mit 38 (alle geeigneten Häuser voll, verlegt wird nur mit Zusage; Stroke Unit voll seit 02:30: +20)",
    ],
    said: null,
  },
  {
    name: "where no other one can, the lines are no forced assignment, and nobody is on turn",
    situation: {
      map: "Ux      LD",
      hospitals: {
        U: ["UKD", "stroke-unit yes open 02:40"],
        L: ["Neuss Lukas", "stroke-unit yes cannot 02:51", "assigned 02:00"],
        D: ["Duisburg", "stroke-unit yes cannot 02:30"],
      },
      need: "stroke",
      from: "U",
    },
    lines: [
      "→ Neuss Lukas 11 min (kein geeignetes Haus frei, verlegt wird nur mit Zusage; Stroke Unit nicht möglich seit 02:51)",
      "Duisburg 13 min (kein geeignetes Haus frei, verlegt wird nur mit Zusage; Stroke Unit nicht möglich seit 02:30)",
    ],
    said: null,
  },
  {
    name: "the destination cannot any more, and the one that sends stands in no line beside it",
    situation: {
      map,
      hospitals: {
        U: ["UKD", "stroke-unit yes open 02:40"],
        L: ["Neuss Lukas", "stroke-unit yes cannot 03:05"],
        D: ["Duisburg", "stroke-unit yes open 02:51"],
      },
      need: "stroke",
      from: "U",
      besides: "L",
    },
    lines: [
      "→ Duisburg 18 min (Stroke Unit offen seit 02:51) statt Neuss Lukas 13 min (Stroke Unit nicht möglich seit 03:05)",
    ],
    said: "Duisburg, achtzehn Minuten, Stroke Unit offen. Statt Neuss Lukas: Stroke Unit nicht möglich.",
  },
  {
    name: "the only other hospital does not have it at all",
    situation: {
      map,
      hospitals: { U: ["UKD", ed, "burns yes open 02:40"], L: ["Neuss Lukas", ed, "burns no"] },
      need: "burn",
      from: "U",
      language: "en",
    },
    lines: [
      "→ Neuss Lukas 13 min (no suitable hospital is free, transfers only where agreed; burn centre not available)",
    ],
    said: null,
  },
];
