import type { Scene } from "./scene.ts";

export const noneLeft: readonly Scene[] = [
  {
    name: "no hospital has it at all: the three nearest, forced",
    situation: {
      map: "A   B  x C     D",
      hospitals: {
        A: ["Alpha", "stroke-unit no"],
        B: ["Bravo", "stroke-unit no"],
        C: ["Charlie", "stroke-unit no", "silent 03:04"],
        D: ["Delta", "stroke-unit no"],
      },
      need: "stroke",
    },
    lines: [
      "→ Bravo 6 min (kein geeignetes Haus frei: Zwangsbelegung; Stroke Unit nicht vorhanden)",
      "Alpha 11 min (kein geeignetes Haus frei: Zwangsbelegung; Stroke Unit nicht vorhanden)",
      "Delta 13 min (kein geeignetes Haus frei: Zwangsbelegung; Stroke Unit nicht vorhanden)",
    ],
    said: "Zwangsbelegung: Bravo, sechs Minuten, Stroke Unit nicht vorhanden.",
  },
  {
    name: "all who have it cannot: they are assigned, however near another lies that never had it",
    situation: {
      map: "A   B  x C     D",
      hospitals: {
        A: ["Alpha", "stroke-unit yes cannot 02:00"],
        B: ["Bravo", "stroke-unit no"],
        C: ["Charlie", "stroke-unit no"],
        D: ["Delta", "stroke-unit yes cannot 02:30"],
      },
      need: "stroke",
    },
    lines: [
      "→ Alpha 11 min (kein geeignetes Haus frei: Zwangsbelegung; Stroke Unit nicht möglich seit 02:00)",
      "Delta 13 min (kein geeignetes Haus frei: Zwangsbelegung; Stroke Unit nicht möglich seit 02:30)",
    ],
    said: "Zwangsbelegung: Alpha, elf Minuten, Stroke Unit nicht möglich.",
  },
  {
    name: "forced, and within five minutes: who has fewer on the way takes this one",
    situation: {
      map: "A   x  B",
      hospitals: {
        A: ["Alpha", "stroke-unit yes cannot 02:00"],
        B: ["Bravo", "stroke-unit yes cannot 02:00", "inbound 1", "places 5"],
      },
      need: "stroke",
    },
    lines: [
      "→ Alpha 7 min (kein geeignetes Haus frei: Zwangsbelegung; Stroke Unit nicht möglich seit 02:00)",
      "Bravo 6 min (kein geeignetes Haus frei: Zwangsbelegung; Stroke Unit nicht möglich seit 02:00, 1 unterwegs dorthin)",
    ],
    said: "Zwangsbelegung: Alpha, sieben Minuten, Stroke Unit nicht möglich.",
  },
  {
    name: "every suitable one is full: said so, and ranked as ever",
    situation: {
      map: "A   x  B",
      hospitals: {
        A: ["Alpha", "stroke-unit yes full 02:00"],
        B: ["Bravo", "stroke-unit yes full 02:10"],
      },
      need: "stroke",
    },
    lines: [
      "→ Bravo 6 min, gewertet mit 26 (alle geeigneten Häuser voll: Zwangsbelegung; Stroke Unit voll seit 02:10: +20)",
      "Alpha 7 min, gewertet mit 27 (alle geeigneten Häuser voll: Zwangsbelegung; Stroke Unit voll seit 02:00: +20)",
    ],
    said: "Zwangsbelegung: Bravo, sechs Minuten, Stroke Unit voll.",
  },
  {
    name: "the last one left declined this patient: it is assigned to it all the same",
    situation: {
      map: "A   x  B",
      hospitals: { A: ["Alpha", "stroke-unit yes open 02:00"], B: ["Bravo", "stroke-unit no"] },
      need: "stroke",
      declinedBy: ["A"],
    },
    lines: ["→ Alpha 7 min (kein geeignetes Haus frei: Zwangsbelegung; hat abgelehnt)"],
    said: "Zwangsbelegung: Alpha, sieben Minuten, hat abgelehnt.",
  },
  {
    name: "one is not known to have it, all others cannot: no force needed",
    situation: {
      map: "A   x  B",
      hospitals: { A: ["Alpha", "stroke-unit yes cannot 02:00"], B: ["Bravo", "stroke-unit unknown"] },
      need: "stroke",
    },
    lines: ["→ Bravo 6 min, gewertet mit 18 (Stroke Unit nicht bekannt: +12), kein näheres kommt infrage"],
    said: "Bravo, sechs Minuten, Stroke Unit nicht bekannt.",
  },
];
