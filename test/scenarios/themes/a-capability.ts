import type { Scene } from "./scene.ts";

const two = "U    x        L";
const ukdOpen = "stroke-unit yes open 02:40";
const lukas = ["Neuss Lukas", "stroke-unit yes open 02:51"] as const;

export const capability: readonly Scene[] = [
  {
    name: "all is well: the nearest, and nobody need ask why",
    situation: { map: two, hospitals: { U: ["UKD", ukdOpen], L: lukas }, need: "stroke" },
    lines: [
      "→ UKD 9 min (Stroke Unit offen seit 02:40), kein näheres kommt infrage",
      "Neuss Lukas 14 min (Stroke Unit offen seit 02:51)",
    ],
    said: "UKD, neun Minuten, Stroke Unit offen.",
  },
  {
    name: "the nearest cannot: excluded, and the first line says so",
    situation: {
      map: two,
      hospitals: { U: ["UKD", "stroke-unit yes cannot 03:00"], L: lukas },
      need: "stroke",
    },
    lines: [
      "→ Neuss Lukas 14 min (Stroke Unit offen seit 02:51) statt UKD 9 min (Stroke Unit nicht möglich seit 03:00)",
    ],
    said: "Neuss Lukas, vierzehn Minuten, Stroke Unit offen. Statt UKD: Stroke Unit nicht möglich.",
  },
  {
    name: "the nearest declined this very patient",
    situation: { map: two, hospitals: { U: ["UKD", ukdOpen], L: lukas }, need: "stroke", declinedBy: ["U"] },
    lines: ["→ Neuss Lukas 14 min (Stroke Unit offen seit 02:51) statt UKD 9 min (hat abgelehnt)"],
    said: "Neuss Lukas, vierzehn Minuten, Stroke Unit offen. Statt UKD: hat abgelehnt.",
  },
  {
    name: "the nearest has declined another stroke within the hour: likely to again",
    situation: {
      map: two,
      hospitals: { U: ["UKD", ukdOpen, "declined stroke 02:45"], L: lukas },
      need: "stroke",
    },
    lines: [
      "→ Neuss Lukas 14 min (Stroke Unit offen seit 02:51) statt UKD 9 min (hat eben einen solchen abgelehnt)",
      "UKD 9 min, gewertet mit 19 (Stroke Unit offen seit 02:40, hat eben einen solchen abgelehnt: +10)",
    ],
    said: "Neuss Lukas, vierzehn Minuten, Stroke Unit offen. Statt UKD: hat eben einen solchen abgelehnt.",
  },
  {
    name: "that refusal is more than an hour old: nothing of it is left",
    situation: {
      map: two,
      hospitals: { U: ["UKD", ukdOpen, "declined stroke 02:05"], L: lukas },
      need: "stroke",
    },
    lines: [
      "→ UKD 9 min (Stroke Unit offen seit 02:40), kein näheres kommt infrage",
      "Neuss Lukas 14 min (Stroke Unit offen seit 02:51)",
    ],
    said: "UKD, neun Minuten, Stroke Unit offen.",
  },
  {
    name: "what it declined was of another need",
    situation: {
      map: two,
      hospitals: { U: ["UKD", ukdOpen, "declined burn 02:45"], L: lukas },
      need: "stroke",
    },
    lines: [
      "→ UKD 9 min (Stroke Unit offen seit 02:40), kein näheres kommt infrage",
      "Neuss Lukas 14 min (Stroke Unit offen seit 02:51)",
    ],
    said: "UKD, neun Minuten, Stroke Unit offen.",
  },
  {
    name: "an open of the evening before weighs less than one of just now",
    situation: {
      map: "U    x     L",
      hospitals: { U: ["UKD", "stroke-unit yes open 23:10"], L: lukas },
      need: "stroke",
    },
    lines: [
      "→ Neuss Lukas 10 min (Stroke Unit offen seit 02:51) statt UKD 9 min (Stroke Unit offen seit 23:10, nicht mehr frisch)",
      "UKD 9 min, gewertet mit 14 (Stroke Unit offen seit 23:10, nicht mehr frisch: +5)",
    ],
    said: "Neuss Lukas, zehn Minuten, Stroke Unit offen. Statt UKD: Stroke Unit nicht mehr frisch.",
  },
  {
    name: "no in principle stands even against a word of open",
    situation: {
      map: two,
      hospitals: { U: ["UKD", "stroke-unit no open 02:40"], L: lukas },
      need: "stroke",
    },
    lines: ["→ Neuss Lukas 14 min (Stroke Unit offen seit 02:51), kein näheres kommt infrage"],
    said: "Neuss Lukas, vierzehn Minuten, Stroke Unit offen.",
  },
  {
    name: "nobody knows whether the nearer one has a stroke unit",
    situation: {
      map: "U    x      L",
      hospitals: { U: ["Benrath", "stroke-unit unknown"], L: lukas },
      need: "stroke",
    },
    lines: [
      "→ Neuss Lukas 11 min (Stroke Unit offen seit 02:51) statt Benrath 9 min (Stroke Unit nicht bekannt)",
      "Benrath 9 min, gewertet mit 17 (Stroke Unit nicht bekannt: +8)",
    ],
    said: "Neuss Lukas, elf Minuten, Stroke Unit offen. Statt Benrath: Stroke Unit nicht bekannt.",
  },
  {
    name: "before the first word of the day every cell is unconfirmed, and the nearest leads",
    situation: {
      map: "U    x      L",
      hospitals: {
        U: ["UKD", "stroke-unit yes"],
        L: ["Neuss Lukas", "stroke-unit yes unconfirmed 02:00"],
      },
      need: "stroke",
    },
    lines: [
      "→ UKD 9 min, gewertet mit 21 (Stroke Unit noch nicht bestätigt: +12), kein näheres kommt infrage",
      "Neuss Lukas 11 min, gewertet mit 23 (Stroke Unit unbestätigt seit 02:00: +12)",
    ],
    said: "UKD, neun Minuten, Stroke Unit unbestätigt.",
  },
  {
    name: "heart surgery is preferred: worth the detour",
    situation: {
      map: "V    x              H",
      hospitals: {
        V: ["Mettmann", "vascular-surgery yes open 02:40", "cardiac-surgery no"],
        H: ["Wuppertal-Barmen", "vascular-surgery yes open 02:30", "cardiac-surgery yes open 02:30"],
      },
      need: "aorta",
    },
    lines: [
      "→ Wuppertal-Barmen 22 min (Gefäßchirurgie offen seit 02:30, Herzchirurgie offen seit 02:30) statt Mettmann 9 min (Herzchirurgie nicht vorhanden)",
      "Mettmann 9 min, gewertet mit 31 (Gefäßchirurgie offen seit 02:40: +2, Herzchirurgie nicht vorhanden: +20)",
    ],
    said: "Wuppertal-Barmen, zweiundzwanzig Minuten, Gefäßchirurgie offen. Statt Mettmann: Herzchirurgie nicht vorhanden.",
  },
  {
    name: "the better half of a group counts",
    situation: {
      map: "V    x",
      hospitals: { V: ["Krefeld", "vascular-surgery yes full 02:40", "cardiac-surgery yes limited 02:41"] },
      need: "aorta",
    },
    lines: [
      "→ Krefeld 9 min, gewertet mit 27 (Herzchirurgie eingeschränkt seit 02:41: +18), kein näheres kommt infrage",
    ],
    said: "Krefeld, neun Minuten, Herzchirurgie eingeschränkt.",
  },
  {
    name: "two are required: each doubt is said, and the worst counts",
    situation: {
      map: "U    x      L",
      hospitals: {
        U: ["UKD", "vascular-surgery yes unconfirmed 02:00", "stroke-unit yes unconfirmed 02:10"],
        L: ["Neuss Lukas", "vascular-surgery yes open 02:20", "stroke-unit yes open 02:30"],
      },
      need: "both",
    },
    lines: [
      "→ Neuss Lukas 11 min (Stroke Unit offen seit 02:30) statt UKD 9 min (Gefäßchirurgie unbestätigt seit 02:00, Stroke Unit unbestätigt seit 02:10)",
      "UKD 9 min, gewertet mit 17 (Gefäßchirurgie unbestätigt seit 02:00, Stroke Unit unbestätigt seit 02:10: +8)",
    ],
    said: "Neuss Lukas, elf Minuten, Stroke Unit offen. Statt UKD: Gefäßchirurgie unbestätigt.",
  },
  {
    name: "of what excludes a hospital, tonight's refusal is named, not what it never had",
    situation: {
      map: "U    x      L",
      hospitals: {
        U: ["UKD", "vascular-surgery no", "cardiac-surgery yes cannot 03:10"],
        L: ["Neuss Lukas", "vascular-surgery yes open 02:20", "cardiac-surgery unknown"],
      },
      need: "aorta",
    },
    lines: [
      "→ Neuss Lukas 11 min, gewertet mit 33 (Gefäßchirurgie offen seit 02:20: +2, Herzchirurgie nicht bekannt: +20) statt UKD 9 min (Herzchirurgie nicht möglich seit 03:10)",
    ],
    said: "Neuss Lukas, elf Minuten, Gefäßchirurgie offen. Statt UKD: Herzchirurgie nicht möglich.",
  },
  {
    name: "open, and nothing else near: being turned away there would cost more than elsewhere",
    situation: {
      map: "U         x          LM",
      hospitals: {
        U: ["UKD", "stroke-unit yes open 23:00"],
        L: ["Neuss Lukas", "stroke-unit yes open 23:00"],
        M: ["Dormagen", "stroke-unit yes open 02:40"],
      },
      need: "stroke",
    },
    lines: [
      "→ Dormagen 18 min (Stroke Unit offen seit 02:40) statt UKD 15 min (Stroke Unit offen seit 23:00, nicht mehr frisch)",
      "Neuss Lukas 17 min, gewertet mit 19 (Stroke Unit offen seit 23:00, nicht mehr frisch: +2)",
      "UKD 15 min, gewertet mit 23 (Stroke Unit offen seit 23:00, nicht mehr frisch: +8)",
    ],
    said: "Dormagen, achtzehn Minuten, Stroke Unit offen. Statt UKD: Stroke Unit nicht mehr frisch.",
  },
];
