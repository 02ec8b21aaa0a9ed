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
      "→ Alpha 7 min (kein geeignetes Haus frei: Zwangsbelegung; Stroke Unit nicht möglich seit 02:00, an der Reihe)",
      "Bravo 6 min (kein geeignetes Haus frei: Zwangsbelegung; Stroke Unit nicht möglich seit 02:00, 1 unterwegs dorthin)",
    ],
    said: "Zwangsbelegung: Alpha, sieben Minuten, Stroke Unit nicht möglich, an der Reihe.",
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
  {
    name: "forced, and within five minutes: who was assigned one of late waits its turn",
    situation: {
      map: "A   x  B",
      hospitals: {
        A: ["Alpha", "stroke-unit yes cannot 02:00"],
        B: ["Bravo", "stroke-unit yes cannot 02:00", "assigned 02:40"],
      },
      need: "stroke",
    },
    lines: [
      "→ Alpha 7 min (kein geeignetes Haus frei: Zwangsbelegung; Stroke Unit nicht möglich seit 02:00, an der Reihe)",
      "Bravo 6 min (kein geeignetes Haus frei: Zwangsbelegung; Stroke Unit nicht möglich seit 02:00, schon 1 Zwangsbelegung, zuletzt 02:40)",
    ],
    said: "Zwangsbelegung: Alpha, sieben Minuten, Stroke Unit nicht möglich, an der Reihe.",
  },
  {
    name: "forced, both assigned as often: whose last one is older takes this one",
    situation: {
      map: "A   x  B",
      hospitals: {
        A: ["Alpha", "stroke-unit yes cannot 02:00", "assigned 23:50 01:10"],
        B: ["Bravo", "stroke-unit yes cannot 02:00", "assigned 00:30 02:40"],
      },
      need: "stroke",
    },
    lines: [
      "→ Alpha 7 min (kein geeignetes Haus frei: Zwangsbelegung; Stroke Unit nicht möglich seit 02:00, an der Reihe, schon 2 Zwangsbelegungen, zuletzt 01:10)",
      "Bravo 6 min (kein geeignetes Haus frei: Zwangsbelegung; Stroke Unit nicht möglich seit 02:00, schon 2 Zwangsbelegungen, zuletzt 02:40)",
    ],
    said: "Zwangsbelegung: Alpha, sieben Minuten, Stroke Unit nicht möglich, an der Reihe.",
  },
  {
    name: "forced, one assigned once just now, the other twice long ago: fewest goes before oldest, and before who is on the way",
    situation: {
      map: "A   x  B",
      hospitals: {
        A: ["Alpha", "stroke-unit yes cannot 02:00", "assigned 02:55", "inbound 1", "places 5"],
        B: ["Bravo", "stroke-unit yes cannot 02:00", "assigned 22:10 23:40"],
      },
      need: "stroke",
    },
    lines: [
      "→ Alpha 7 min (kein geeignetes Haus frei: Zwangsbelegung; Stroke Unit nicht möglich seit 02:00, an der Reihe, schon 1 Zwangsbelegung, zuletzt 02:55, 1 unterwegs dorthin)",
      "Bravo 6 min (kein geeignetes Haus frei: Zwangsbelegung; Stroke Unit nicht möglich seit 02:00, schon 2 Zwangsbelegungen, zuletzt 23:40)",
    ],
    said: "Zwangsbelegung: Alpha, sieben Minuten, Stroke Unit nicht möglich, an der Reihe.",
  },
  {
    name: "forced, and an assignment of over six hours ago: it counts no more, the nearer one is first",
    situation: {
      map: "A   x  B",
      hospitals: {
        A: ["Alpha", "stroke-unit yes cannot 02:00"],
        B: ["Bravo", "stroke-unit yes cannot 02:00", "assigned 21:09"],
      },
      need: "stroke",
    },
    lines: [
      "→ Bravo 6 min (kein geeignetes Haus frei: Zwangsbelegung; Stroke Unit nicht möglich seit 02:00)",
      "Alpha 7 min (kein geeignetes Haus frei: Zwangsbelegung; Stroke Unit nicht möglich seit 02:00)",
    ],
    said: "Zwangsbelegung: Bravo, sechs Minuten, Stroke Unit nicht möglich.",
  },
  {
    name: "forced, over five minutes apart: nobody drives farther for a turn",
    situation: {
      map: "A       x  B",
      hospitals: {
        A: ["Alpha", "stroke-unit yes cannot 02:00"],
        B: ["Bravo", "stroke-unit yes cannot 02:00", "assigned 00:30 01:20 02:40"],
      },
      need: "stroke",
    },
    lines: [
      "→ Bravo 6 min (kein geeignetes Haus frei: Zwangsbelegung; Stroke Unit nicht möglich seit 02:00, schon 3 Zwangsbelegungen, zuletzt 02:40)",
      "Alpha 13 min (kein geeignetes Haus frei: Zwangsbelegung; Stroke Unit nicht möglich seit 02:00)",
    ],
    said: "Zwangsbelegung: Bravo, sechs Minuten, Stroke Unit nicht möglich.",
  },
  {
    name: "forced, three alike in turn: fewest first, then the oldest",
    situation: {
      map: "A   x  B\n    C   ",
      hospitals: {
        A: ["Alpha", "stroke-unit yes cannot 02:00", "assigned 02:10"],
        B: ["Bravo", "stroke-unit yes cannot 02:00"],
        C: ["Charlie", "stroke-unit yes cannot 02:00", "assigned 01:30"],
      },
      need: "stroke",
    },
    lines: [
      "→ Bravo 6 min (kein geeignetes Haus frei: Zwangsbelegung; Stroke Unit nicht möglich seit 02:00, an der Reihe)",
      "Charlie 2 min (kein geeignetes Haus frei: Zwangsbelegung; Stroke Unit nicht möglich seit 02:00, schon 1 Zwangsbelegung, zuletzt 01:30)",
      "Alpha 7 min (kein geeignetes Haus frei: Zwangsbelegung; Stroke Unit nicht möglich seit 02:00, schon 1 Zwangsbelegung, zuletzt 02:10)",
    ],
    said: "Zwangsbelegung: Bravo, sechs Minuten, Stroke Unit nicht möglich, an der Reihe.",
  },
  {
    name: "forced, in English: the same turn, the same reasons",
    situation: {
      map: "A   x  B",
      hospitals: {
        A: ["Alpha", "stroke-unit yes cannot 02:00"],
        B: ["Bravo", "stroke-unit yes cannot 02:00", "assigned 02:40"],
      },
      need: "stroke",
      language: "en",
    },
    lines: [
      "→ Alpha 7 min (no suitable hospital is free: forced assignment; stroke unit cannot since 02:00, its turn)",
      "Bravo 6 min (no suitable hospital is free: forced assignment; stroke unit cannot since 02:00, 1 forced assignment already, last 02:40)",
    ],
    said: "Forced assignment: Alpha, seven minutes, stroke unit cannot, its turn.",
  },
  {
    name: "every suitable one is full: an earlier assignment is no reason to drive farther to a door that lets in",
    situation: {
      map: "A   x  B",
      hospitals: {
        A: ["Alpha", "stroke-unit yes full 02:00"],
        B: ["Bravo", "stroke-unit yes full 02:10", "assigned 02:40"],
      },
      need: "stroke",
    },
    lines: [
      "→ Bravo 6 min, gewertet mit 26 (alle geeigneten Häuser voll: Zwangsbelegung; Stroke Unit voll seit 02:10: +20)",
      "Alpha 7 min, gewertet mit 27 (alle geeigneten Häuser voll: Zwangsbelegung; Stroke Unit voll seit 02:00: +20)",
    ],
    said: "Zwangsbelegung: Bravo, sechs Minuten, Stroke Unit voll.",
  },
];
