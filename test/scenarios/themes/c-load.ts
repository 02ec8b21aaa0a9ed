import type { Scene } from "./scene.ts";

const two = "U    x        L";
const ukdOpen = "stroke-unit yes open 02:40";
const lukas = ["Neuss Lukas", "stroke-unit yes open 02:51"] as const;

export const load: readonly Scene[] = [
  {
    name: "two are on the way to the nearest, and it does not report its places",
    situation: {
      map: two,
      hospitals: { U: ["UKD", ukdOpen, "inbound 2"], L: lukas },
      need: "stroke",
    },
    lines: [
      "→ Neuss Lukas 14 min (Stroke Unit offen seit 02:51) statt UKD 9 min (2 unterwegs dorthin, Plätze nicht gemeldet)",
      "UKD 9 min, gewertet mit 20 (Stroke Unit offen seit 02:40: +1, 2 unterwegs dorthin, Plätze nicht gemeldet: +10)",
    ],
    said: "Neuss Lukas, vierzehn Minuten, Stroke Unit offen. Statt UKD: dort warten andere.",
  },
  {
    name: "it reports places for them: no wait",
    situation: {
      map: two,
      hospitals: { U: ["UKD", ukdOpen, "inbound 2", "places 3"], L: lukas },
      need: "stroke",
    },
    lines: [
      "→ UKD 9 min (Stroke Unit offen seit 02:40), kein näheres kommt infrage",
      "Neuss Lukas 14 min (Stroke Unit offen seit 02:51)",
    ],
    said: "UKD, neun Minuten, Stroke Unit offen.",
  },
  {
    name: "it reports one place, and two are on the way",
    situation: {
      map: two,
      hospitals: { U: ["UKD", ukdOpen, "inbound 2", "places 1"], L: lukas },
      need: "stroke",
    },
    lines: [
      "→ Neuss Lukas 14 min (Stroke Unit offen seit 02:51) statt UKD 9 min (2 unterwegs dorthin, 1 Platz frei)",
      "UKD 9 min, gewertet mit 20 (Stroke Unit offen seit 02:40: +1, 2 unterwegs dorthin, 1 Platz frei: +10)",
    ],
    said: "Neuss Lukas, vierzehn Minuten, Stroke Unit offen. Statt UKD: dort warten andere.",
  },
  {
    name: "no place and nobody on the way: this patient waits",
    situation: {
      map: "U    x      L",
      hospitals: { U: ["UKD", ukdOpen, "places 0"], L: lukas },
      need: "stroke",
    },
    lines: [
      "→ Neuss Lukas 11 min (Stroke Unit offen seit 02:51) statt UKD 9 min (kein Platz frei)",
      "UKD 9 min, gewertet mit 15 (Stroke Unit offen seit 02:40: +1, kein Platz frei: +5)",
    ],
    said: "Neuss Lukas, elf Minuten, Stroke Unit offen. Statt UKD: dort warten andere.",
  },
  {
    name: "this patient is one of those on the way: not counted against itself",
    situation: {
      map: two,
      hospitals: { U: ["UKD", ukdOpen, "inbound 1"], L: lukas },
      need: "stroke",
      inboundTo: ["U"],
    },
    lines: [
      "→ UKD 9 min (Stroke Unit offen seit 02:40), kein näheres kommt infrage",
      "Neuss Lukas 14 min (Stroke Unit offen seit 02:51)",
    ],
    said: "UKD, neun Minuten, Stroke Unit offen.",
  },
  {
    name: "urgency 1 waits for nobody but its like",
    situation: {
      map: two,
      hospitals: { U: ["UKD", ukdOpen, "inbound 4", "places 0"], L: lukas },
      need: "stroke",
      urgency: 1,
    },
    lines: [
      "→ UKD 9 min (Stroke Unit offen seit 02:40), kein näheres kommt infrage",
      "Neuss Lukas 14 min (Stroke Unit offen seit 02:51)",
    ],
    said: "UKD, neun Minuten, Stroke Unit offen.",
  },
  {
    name: "another of urgency 1 is on the way there: the resuscitation room is one",
    situation: {
      map: "U    x      L",
      hospitals: { U: ["UKD", ukdOpen, "inbound 4", "urgent 1"], L: lukas },
      need: "stroke",
      urgency: 1,
    },
    lines: [
      "→ Neuss Lukas 11 min (Stroke Unit offen seit 02:51) statt UKD 9 min (1 in Lebensgefahr unterwegs dorthin, Schockraumplätze nicht gemeldet)",
      "UKD 9 min, gewertet mit 15 (Stroke Unit offen seit 02:40: +1, 1 in Lebensgefahr unterwegs dorthin, Schockraumplätze nicht gemeldet: +5)",
    ],
    said: "Neuss Lukas, elf Minuten, Stroke Unit offen. Statt UKD: dort warten andere.",
  },
  {
    name: "full costs more than limited, and a word on the telephone is named as one",
    situation: {
      map: "U   x    L     E",
      hospitals: {
        U: ["UKD", "stroke-unit yes full 01:30"],
        L: ["Neuss Lukas", "stroke-unit yes limited 02:51"],
        E: ["Erkrath", "stroke-unit yes voice open 02:58"],
      },
      need: "stroke",
    },
    lines: [
      "→ Neuss Lukas 9 min, gewertet mit 15 (Stroke Unit eingeschränkt seit 02:51: +6) statt UKD 7 min (Stroke Unit voll seit 01:30)",
      "Erkrath 17 min (Stroke Unit mündlich offen seit 02:58)",
      "UKD 7 min, gewertet mit 23 (Stroke Unit voll seit 01:30: +16)",
    ],
    said: "Neuss Lukas, neun Minuten, Stroke Unit eingeschränkt. Statt UKD: Stroke Unit voll.",
  },
  {
    name: "equals are spread: who has fewer on the way goes first",
    situation: {
      map: "A    x    B",
      hospitals: {
        A: ["Alpha", "stroke-unit yes open 02:00", "inbound 1", "places 3"],
        B: ["Bravo", "stroke-unit yes open 02:00", "places 3"],
      },
      need: "stroke",
    },
    lines: [
      "→ Bravo 9 min (Stroke Unit offen seit 02:00), kein näheres kommt infrage",
      "Alpha 9 min (Stroke Unit offen seit 02:00)",
    ],
    said: "Bravo, neun Minuten, Stroke Unit offen.",
  },
  {
    name: "the neighbour of a silent hospital fills up: the next one is sooner",
    situation: {
      map: "U    xL     D",
      hospitals: {
        U: ["UKD", ukdOpen, "silent 02:40"],
        L: ["Neuss Lukas", "stroke-unit yes open 02:51", "inbound 3"],
        D: ["Dormagen", "stroke-unit yes open 02:51"],
      },
      need: "stroke",
    },
    lines: [
      "→ Dormagen 11 min (Stroke Unit offen seit 02:51) statt Neuss Lukas 2 min (3 unterwegs dorthin, Plätze nicht gemeldet)",
      "Neuss Lukas 2 min, gewertet mit 18 (Stroke Unit offen seit 02:51: +1, 3 unterwegs dorthin, Plätze nicht gemeldet: +15)",
      "UKD 9 min, gewertet mit 21 (Stroke Unit zuletzt offen 02:40, schweigt seit 02:40: +12)",
    ],
    said: "Dormagen, elf Minuten, Stroke Unit offen. Statt Neuss Lukas: dort warten andere.",
  },
];
