import type { Scene } from "./scene.ts";

const two = "U    x        L";
const ukdOpen = "stroke-unit yes open 02:40";
const lukas = ["Neuss Lukas", "stroke-unit yes open 02:51"] as const;
const paediatric = "paediatrics yes open 02:10";
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
  {
    name: "a sick child: internal medicine is asked for no more, paediatrics is",
    situation: {
      map: two,
      hospitals: {
        U: ["Benrath", ed, "internal-medicine yes open 02:00", "paediatrics no"],
        L: ["Neuss Lukas", ed, "internal-medicine yes cannot 02:00", "paediatrics yes open 02:10"],
      },
      need: "medical",
      patient: { ageGroup: "1-5" },
    },
    lines: ["→ Neuss Lukas 14 min (Kinderheilkunde offen seit 02:10), kein näheres kommt infrage"],
    said: "Neuss Lukas, vierzehn Minuten, Kinderheilkunde offen.",
  },
  {
    name: "a child with an injury: paediatrics is preferred, not required",
    situation: {
      map: two,
      hospitals: {
        U: ["Hilden", ed, "trauma-supraregional yes open 02:00", "paediatrics no"],
        L: ["UKD", ed, "trauma-supraregional yes open 02:00", "paediatrics yes open 02:10"],
      },
      need: "trauma",
      urgency: 1,
      patient: { ageGroup: "6-17" },
    },
    lines: [
      "→ UKD 14 min (überregionales Traumazentrum offen seit 02:00, Kinderheilkunde offen seit 02:10) statt Hilden 9 min (Kinderheilkunde nicht vorhanden)",
      "Hilden 9 min, gewertet mit 30 (überregionales Traumazentrum offen seit 02:00: +1, Kinderheilkunde nicht vorhanden: +20)",
    ],
    said: "UKD, vierzehn Minuten, überregionales Traumazentrum offen. Statt Hilden: Kinderheilkunde nicht vorhanden.",
  },
  {
    name: "a child in a crisis: psychiatry is for adults and counts for nothing",
    situation: {
      map: two,
      hospitals: {
        U: ["Benrath", ed, "psychiatry yes cannot 02:00", "paediatrics yes open 02:00"],
        L: ["Neuss Lukas", ed, "psychiatry yes open 02:00", "paediatrics no"],
      },
      need: "mind",
      patient: { ageGroup: "6-17" },
    },
    lines: [
      "→ Benrath 9 min (Notaufnahme offen seit 02:00, Kinderheilkunde offen seit 02:00), kein näheres kommt infrage",
      "Neuss Lukas 14 min, gewertet mit 36 (Notaufnahme offen seit 02:00: +2, Kinderheilkunde nicht vorhanden: +20)",
    ],
    said: "Benrath, neun Minuten, Notaufnahme offen.",
  },
  {
    name: "pregnant with a stroke: obstetrics is worth minutes, the stroke unit is required",
    situation: {
      map: two,
      hospitals: {
        U: ["UKD", ukdOpen, "obstetrics no"],
        L: [...lukas, "obstetrics yes open 02:10"],
      },
      need: "stroke",
      patient: { pregnant: true },
    },
    lines: [
      "→ Neuss Lukas 14 min (Stroke Unit offen seit 02:51, Geburtshilfe offen seit 02:10) statt UKD 9 min (Geburtshilfe nicht vorhanden)",
      "UKD 9 min, gewertet mit 30 (Stroke Unit offen seit 02:40: +1, Geburtshilfe nicht vorhanden: +20)",
    ],
    said: "Neuss Lukas, vierzehn Minuten, Stroke Unit offen. Statt UKD: Geburtshilfe nicht vorhanden.",
  },
  {
    name: "ventilated: without intensive care it is no destination, and the line speaks of the need",
    situation: {
      map: two,
      hospitals: {
        U: ["UKD", ukdOpen, "intensive-care yes cannot 02:30"],
        L: [...lukas, "intensive-care yes open 02:10"],
      },
      need: "stroke",
      patient: { ventilated: true },
    },
    lines: [
      "→ Neuss Lukas 14 min (Stroke Unit offen seit 02:51) statt UKD 9 min (Intensivstation nicht möglich seit 02:30)",
    ],
    said: "Neuss Lukas, vierzehn Minuten, Stroke Unit offen. Statt UKD: Intensivstation nicht möglich.",
  },
  {
    name: "ventilated: intensive care is full in both",
    situation: {
      map: two,
      hospitals: {
        U: ["UKD", ukdOpen, "intensive-care yes full 02:30"],
        L: [...lukas, "intensive-care yes full 02:10"],
      },
      need: "stroke",
      patient: { ventilated: true },
    },
    lines: [
      "→ UKD 9 min, gewertet mit 29 (alle geeigneten Häuser voll: Zwangsbelegung; Intensivstation voll seit 02:30, Stroke Unit offen seit 02:40: +20)",
      "Neuss Lukas 14 min, gewertet mit 34 (alle geeigneten Häuser voll: Zwangsbelegung; Intensivstation voll seit 02:10, Stroke Unit offen seit 02:51: +20)",
    ],
    said: "Zwangsbelegung: UKD, neun Minuten, Stroke Unit offen.",
  },
  {
    name: "infectious: an isolation place that somebody has said is free",
    situation: {
      map: two,
      hospitals: {
        U: ["Benrath", ed, "internal-medicine yes open 02:00"],
        L: ["Neuss Lukas", ed, "internal-medicine yes open 02:00", "isolation yes open 02:10"],
      },
      need: "medical",
      patient: { infectious: true },
    },
    lines: [
      "→ Neuss Lukas 14 min (Innere Medizin offen seit 02:00, Isolierplatz offen seit 02:10) statt Benrath 9 min (Isolierplatz nicht bekannt)",
      "Benrath 9 min, gewertet mit 30 (Innere Medizin offen seit 02:00: +1, Isolierplatz nicht bekannt: +20)",
    ],
    said: "Neuss Lukas, vierzehn Minuten, Innere Medizin offen. Statt Benrath: Isolierplatz nicht bekannt.",
  },
  {
    name: "infectious and in danger of life: nobody drives farther for an isolation place",
    situation: {
      map: two,
      hospitals: {
        U: ["Benrath", ed, "internal-medicine yes open 02:00"],
        L: ["Neuss Lukas", ed, "internal-medicine yes open 02:00", "isolation yes open 02:10"],
      },
      need: "medical",
      urgency: 1,
      patient: { infectious: true },
    },
    lines: [
      "→ Benrath 9 min (Innere Medizin offen seit 02:00), kein näheres kommt infrage",
      "Neuss Lukas 14 min (Innere Medizin offen seit 02:00)",
    ],
    said: "Benrath, neun Minuten, Innere Medizin offen.",
  },
  {
    name: "over 200 kg: the CT that carries it",
    situation: {
      map: two,
      hospitals: { U: ["UKD", ukdOpen, "heavy-load no"], L: [...lukas, "heavy-load yes open 02:10"] },
      need: "stroke",
      patient: { heavy: true },
    },
    lines: [
      "→ Neuss Lukas 14 min (Stroke Unit offen seit 02:51, Schwerlast über 200 Kilo offen seit 02:10) statt UKD 9 min (Schwerlast über 200 Kilo nicht vorhanden)",
      "UKD 9 min, gewertet mit 30 (Stroke Unit offen seit 02:40: +1, Schwerlast über 200 Kilo nicht vorhanden: +20)",
    ],
    said: "Neuss Lukas, vierzehn Minuten, Stroke Unit offen. Statt UKD: Schwerlast über zweihundert Kilo nicht vorhanden.",
  },
  {
    name: "mother and newborn together: obstetrics for her, paediatrics for the child, one transport",
    situation: {
      map: two,
      hospitals: {
        U: ["Benrath", "obstetrics yes open 02:10", "paediatrics no", "perinatal-level-1 no"],
        L: ["Neuss Lukas", "obstetrics yes open 02:10", paediatric, "perinatal-level-1 no"],
      },
      need: "birth",
      patient: { newborn: true },
    },
    lines: [
      "→ Neuss Lukas 14 min, gewertet mit 36 (Geburtshilfe offen seit 02:10: +2, Perinatalzentrum Level 1 nicht vorhanden: +20, Kinderheilkunde offen seit 02:10) statt Benrath 9 min (Perinatalzentrum Level 1 nicht vorhanden, Kinderheilkunde nicht vorhanden)",
      "Benrath 9 min, gewertet mit 50 (Geburtshilfe offen seit 02:10: +1, Perinatalzentrum Level 1 nicht vorhanden: +20, Kinderheilkunde nicht vorhanden: +20)",
    ],
    said: "Neuss Lukas, vierzehn Minuten, Geburtshilfe offen. Statt Benrath: Perinatalzentrum Level eins nicht vorhanden.",
  },
  {
    name: "several of one scene: the one before, without a destination yet, counts where advice would send them",
    situation: {
      map: two,
      hospitals: { U: ["UKD", ukdOpen], L: lukas },
      need: "stroke",
      expected: { U: 2 },
    },
    lines: [
      "→ Neuss Lukas 14 min (Stroke Unit offen seit 02:51) statt UKD 9 min (2 von derselben Einsatzstelle, Plätze nicht gemeldet)",
      "UKD 9 min, gewertet mit 20 (Stroke Unit offen seit 02:40: +1, 2 von derselben Einsatzstelle, Plätze nicht gemeldet: +10)",
    ],
    said: "Neuss Lukas, vierzehn Minuten, Stroke Unit offen. Statt UKD: dort warten andere.",
  },
  {
    name: "several of one scene: one is on the way, one is expected, two places are free",
    situation: {
      map: two,
      hospitals: { U: ["UKD", ukdOpen, ed, "inbound 1", "places 2"], L: lukas },
      need: "stroke",
      expected: { U: 1 },
    },
    lines: [
      "→ UKD 9 min, gewertet mit 15 (Stroke Unit offen seit 02:40: +1, 1 unterwegs dorthin, 1 von derselben Einsatzstelle, 2 Plätze frei: +5), kein näheres kommt infrage",
      "Neuss Lukas 14 min (Stroke Unit offen seit 02:51)",
    ],
    said: "UKD, neun Minuten, Stroke Unit offen.",
  },
];
