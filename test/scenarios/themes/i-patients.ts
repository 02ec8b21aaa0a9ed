import type { Scene } from "./scene.ts";

const two = "U    x        L";
const ukdOpen = "stroke-unit yes open 02:40";
const lukas = ["Neuss Lukas", "stroke-unit yes open 02:51"] as const;
const ed = "emergency-department yes open 02:00";

export const patients: readonly Scene[] = [
  {
    name: "a child: an emergency department without paediatrics is passed over",
    situation: {
      map: two,
      hospitals: {
        U: ["Benrath", ed, "paediatrics no"],
        L: ["Neuss Lukas", ed, "paediatrics yes open 02:10"],
      },
      need: "child",
    },
    lines: ["→ Neuss Lukas 14 min (Kinderheilkunde offen seit 02:10), kein näheres kommt infrage"],
    said: "Neuss Lukas, vierzehn Minuten, Kinderheilkunde offen.",
  },
  {
    name: "a child, and the children's ward is unconfirmed",
    situation: {
      map: two,
      hospitals: {
        U: ["Benrath", ed, "paediatrics yes unconfirmed 21:00"],
        L: ["Neuss Lukas", ed, "paediatrics yes open 02:10"],
      },
      need: "child",
    },
    lines: [
      "→ Neuss Lukas 14 min (Kinderheilkunde offen seit 02:10) statt Benrath 9 min (Kinderheilkunde unbestätigt seit 21:00)",
      "Benrath 9 min, gewertet mit 18 (Kinderheilkunde unbestätigt seit 21:00: +9)",
    ],
    said: "Neuss Lukas, vierzehn Minuten, Kinderheilkunde offen. Statt Benrath: Kinderheilkunde unbestätigt.",
  },
  {
    name: "a birth: a perinatal centre is preferred, not required",
    situation: {
      map: "U    x            L",
      hospitals: {
        U: ["Benrath", "obstetrics yes open 02:10", "perinatal-level-1 no"],
        L: ["Neuss Lukas", "obstetrics yes open 02:10", "perinatal-level-1 yes open 02:10"],
      },
      need: "birth",
    },
    lines: [
      "→ Neuss Lukas 19 min (Geburtshilfe offen seit 02:10, Perinatalzentrum Level 1 offen seit 02:10) statt Benrath 9 min (Perinatalzentrum Level 1 nicht vorhanden)",
      "Benrath 9 min, gewertet mit 31 (Geburtshilfe offen seit 02:10: +2, Perinatalzentrum Level 1 nicht vorhanden: +20)",
    ],
    said: "Neuss Lukas, neunzehn Minuten, Geburtshilfe offen. Statt Benrath: Perinatalzentrum Level eins nicht vorhanden.",
  },
  {
    name: "a birth: nobody knows of the nearer one whether it is a perinatal centre",
    situation: {
      map: "U    x          L",
      hospitals: {
        U: ["Benrath", "obstetrics yes open 02:10", "perinatal-level-1 unknown"],
        L: ["Neuss Lukas", "obstetrics yes open 02:10", "perinatal-level-1 yes open 02:10"],
      },
      need: "birth",
    },
    lines: [
      "→ Neuss Lukas 17 min (Geburtshilfe offen seit 02:10, Perinatalzentrum Level 1 offen seit 02:10) statt Benrath 9 min (Perinatalzentrum Level 1 nicht bekannt)",
      "Benrath 9 min, gewertet mit 30 (Geburtshilfe offen seit 02:10: +1, Perinatalzentrum Level 1 nicht bekannt: +20)",
    ],
    said: "Neuss Lukas, siebzehn Minuten, Geburtshilfe offen. Statt Benrath: Perinatalzentrum Level eins nicht bekannt.",
  },
  {
    name: "a burn: two centres, one unconfirmed and far",
    situation: {
      map: "B         x                    D",
      hospitals: {
        B: ["Köln-Merheim", "burns yes unconfirmed 20:00"],
        D: ["Duisburg BG", "burns yes open 01:30"],
      },
      need: "burn",
    },
    lines: [
      "→ Köln-Merheim 15 min, gewertet mit 27 (Brandverletztenzentrum unbestätigt seit 20:00: +12), kein näheres kommt infrage",
      "Duisburg BG 29 min (Brandverletztenzentrum offen seit 01:30)",
    ],
    said: "Köln-Merheim, fünfzehn Minuten, Brandverletztenzentrum unbestätigt.",
  },
  {
    name: "trauma: the higher level is preferred",
    situation: {
      map: "R    x       S",
      hospitals: {
        R: ["Hilden", ed, "trauma-regional yes open 02:00", "trauma-supraregional no"],
        S: ["UKD", ed, "trauma-regional yes open 02:00", "trauma-supraregional yes open 02:00"],
      },
      need: "trauma",
      urgency: 1,
    },
    lines: [
      "→ UKD 13 min (regionales Traumazentrum offen seit 02:00, überregionales Traumazentrum offen seit 02:00) statt Hilden 9 min (überregionales Traumazentrum nicht vorhanden)",
      "Hilden 9 min, gewertet mit 30 (regionales Traumazentrum offen seit 02:00: +1, überregionales Traumazentrum nicht vorhanden: +20)",
    ],
    said: "UKD, dreizehn Minuten, regionales Traumazentrum offen. Statt Hilden: überregionales Traumazentrum nicht vorhanden.",
  },
  {
    name: "immediate danger: the nearest that can resuscitate, though it is silent",
    situation: {
      map: "B   x      L",
      hospitals: {
        B: ["Benrath", ed, "resuscitation yes open 02:00", "silent 02:40"],
        L: ["Neuss Lukas", ed, "resuscitation yes open 02:00", "stroke-unit yes open 02:51"],
      },
      need: "stroke",
      danger: true,
    },
    lines: [
      "→ Benrath 7 min (unmittelbare Gefahr: stabilisieren, dann verlegen; Schockraum zuletzt offen 02:00, schweigt seit 02:40), kein näheres kommt infrage",
      "Neuss Lukas 11 min (unmittelbare Gefahr: stabilisieren, dann verlegen; Schockraum offen seit 02:00)",
    ],
    said: "Stabilisieren: Benrath, sieben Minuten, schweigt.",
  },
  {
    name: "immediate danger: full and four on the way cost nothing",
    situation: {
      map: "B   x      L",
      hospitals: {
        B: ["Benrath", "emergency-department yes full 02:00", "resuscitation yes full 02:00", "inbound 4"],
        L: ["Neuss Lukas", ed, "resuscitation yes open 02:00"],
      },
      need: "stroke",
      danger: true,
    },
    lines: [
      "→ Benrath 7 min (unmittelbare Gefahr: stabilisieren, dann verlegen; Notaufnahme voll seit 02:00, Schockraum voll seit 02:00), kein näheres kommt infrage",
      "Neuss Lukas 11 min (unmittelbare Gefahr: stabilisieren, dann verlegen; Schockraum offen seit 02:00)",
    ],
    said: "Stabilisieren: Benrath, sieben Minuten.",
  },
  {
    name: "immediate danger: who cannot resuscitate is passed over",
    situation: {
      map: "B   x      L",
      hospitals: {
        B: ["Benrath", ed, "resuscitation yes cannot 02:50"],
        L: ["Neuss Lukas", ed, "resuscitation yes open 02:00"],
      },
      need: "stroke",
      danger: true,
    },
    lines: [
      "→ Neuss Lukas 11 min (unmittelbare Gefahr: stabilisieren, dann verlegen; Schockraum offen seit 02:00) statt Benrath 7 min (Schockraum nicht möglich seit 02:50)",
    ],
    said: "Stabilisieren: Neuss Lukas, elf Minuten. Statt Benrath: Schockraum nicht möglich.",
  },
  {
    name: "the time aimed at cannot be kept: every line says by how much",
    situation: {
      map: "B  x               L",
      hospitals: {
        B: ["Benrath", ed, "stroke-unit no"],
        L: ["Neuss Lukas", ed, "stroke-unit yes open 02:51"],
      },
      need: "stroke",
      call: "02:20",
    },
    lines: [
      "→ Neuss Lukas 23 min (Stroke Unit offen seit 02:51; dort erst 73 min nach dem Notruf, Ziel 60 min), kein näheres kommt infrage",
    ],
    said: "Neuss Lukas, dreiundzwanzig Minuten, Stroke Unit offen.",
    stabilise: "Benrath 6 min (am schnellsten zum Stabilisieren, dann verlegen; Schockraum nicht bekannt)",
  },
  {
    name: "in time by a minute: nothing is said of it",
    situation: {
      map: two,
      hospitals: { U: ["UKD", ukdOpen], L: lukas },
      need: "stroke",
      call: "02:19",
    },
    lines: [
      "→ UKD 9 min (Stroke Unit offen seit 02:40), kein näheres kommt infrage",
      "Neuss Lukas 14 min (Stroke Unit offen seit 02:51; dort erst 65 min nach dem Notruf, Ziel 60 min)",
    ],
    said: "UKD, neun Minuten, Stroke Unit offen.",
  },
];
