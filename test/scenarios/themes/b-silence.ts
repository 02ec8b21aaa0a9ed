import type { Scene } from "./scene.ts";

const two = "U    x        L";
const ukdOpen = "stroke-unit yes open 02:40";
const lukas = ["Neuss Lukas", "stroke-unit yes open 02:51"] as const;

export const silence: readonly Scene[] = [
  {
    name: "the nearest stroke unit has just fallen silent",
    situation: {
      map: two,
      hospitals: { U: ["UKD", ukdOpen, "silent 03:04"], L: lukas },
      need: "stroke",
    },
    lines: [
      "→ Neuss Lukas 14 min (Stroke Unit offen seit 02:51) statt UKD 9 min (schweigt seit 03:04)",
      "UKD 9 min, gewertet mit 18 (Stroke Unit zuletzt offen 02:40, schweigt seit 03:04: +9)",
    ],
    said: "Neuss Lukas, vierzehn Minuten, Stroke Unit offen. Statt UKD: schweigt.",
  },
  {
    name: "the same in English",
    situation: {
      map: two,
      hospitals: { U: ["UKD", ukdOpen, "silent 03:04"], L: lukas },
      need: "stroke",
      language: "en",
    },
    lines: [
      "→ Neuss Lukas 14 min (stroke unit open since 02:51) instead of UKD 9 min (silent since 03:04)",
      "UKD 9 min, counted as 18 (stroke unit last open 02:40, silent since 03:04: +9)",
    ],
    said: "Neuss Lukas, fourteen minutes, stroke unit open. Instead of UKD: silent.",
  },
  {
    name: "silent for half an hour: twice as likely to turn away",
    situation: {
      map: two,
      hospitals: { U: ["UKD", ukdOpen, "silent 02:40"], L: lukas },
      need: "stroke",
    },
    lines: [
      "→ Neuss Lukas 14 min (Stroke Unit offen seit 02:51) statt UKD 9 min (schweigt seit 02:40)",
      "UKD 9 min, gewertet mit 27 (Stroke Unit zuletzt offen 02:40, schweigt seit 02:40: +18)",
    ],
    said: "Neuss Lukas, vierzehn Minuten, Stroke Unit offen. Statt UKD: schweigt.",
  },
  {
    name: "silent, and its charge nurse said on the telephone since then that it takes strokes",
    situation: {
      map: two,
      hospitals: { U: ["UKD", "stroke-unit yes voice open 03:06", "silent 02:40"], L: lukas },
      need: "stroke",
    },
    lines: [
      "→ UKD 9 min (Stroke Unit zuletzt mündlich offen 03:06, schweigt seit 02:40), kein näheres kommt infrage",
      "Neuss Lukas 14 min (Stroke Unit offen seit 02:51)",
    ],
    said: "UKD, neun Minuten, schweigt.",
  },
  {
    name: "silent, and what was said by telephone is from before",
    situation: {
      map: two,
      hospitals: { U: ["UKD", "stroke-unit yes voice open 02:30", "silent 02:40"], L: lukas },
      need: "stroke",
    },
    lines: [
      "→ Neuss Lukas 14 min (Stroke Unit offen seit 02:51) statt UKD 9 min (schweigt seit 02:40)",
      "UKD 9 min, gewertet mit 27 (Stroke Unit zuletzt mündlich offen 02:30, schweigt seit 02:40: +18)",
    ],
    said: "Neuss Lukas, vierzehn Minuten, Stroke Unit offen. Statt UKD: schweigt.",
  },
  {
    name: "silent, but so much nearer that it still leads",
    situation: {
      map: "Ux                           L",
      hospitals: { U: ["UKD", ukdOpen, "silent 03:04"], L: lukas },
      need: "stroke",
    },
    lines: [
      "→ UKD 2 min, gewertet mit 14 (Stroke Unit zuletzt offen 02:40, schweigt seit 03:04: +12), kein näheres kommt infrage",
      "Neuss Lukas 37 min (Stroke Unit offen seit 02:51)",
    ],
    said: "UKD, zwei Minuten, schweigt.",
  },
  {
    name: "late is not silent",
    situation: { map: two, hospitals: { U: ["UKD", ukdOpen, "late"], L: lukas }, need: "stroke" },
    lines: [
      "→ UKD 9 min (Stroke Unit offen seit 02:40), kein näheres kommt infrage",
      "Neuss Lukas 14 min (Stroke Unit offen seit 02:51)",
    ],
    said: "UKD, neun Minuten, Stroke Unit offen.",
  },
  {
    name: "not yet heard since our start: nobody is called silent, and it counts as not known",
    situation: {
      map: two,
      hospitals: { U: ["UKD", ukdOpen, "not-yet-heard"], L: lukas },
      need: "stroke",
    },
    lines: [
      "→ Neuss Lukas 14 min (Stroke Unit offen seit 02:51) statt UKD 9 min (noch nicht gehört)",
      "UKD 9 min, gewertet mit 18 (Stroke Unit zuletzt offen 02:40, noch nicht gehört: +9)",
    ],
    said: "Neuss Lukas, vierzehn Minuten, Stroke Unit offen. Statt UKD: noch nicht gehört.",
  },
  {
    name: "silent and full: the worse of the two counts, not both",
    situation: {
      map: two,
      hospitals: { U: ["UKD", "stroke-unit yes full 02:40", "silent 02:40"], L: lukas },
      need: "stroke",
    },
    lines: [
      "→ Neuss Lukas 14 min (Stroke Unit offen seit 02:51) statt UKD 9 min (schweigt seit 02:40, Stroke Unit zuletzt voll 02:40)",
      "UKD 9 min, gewertet mit 27 (Stroke Unit zuletzt voll 02:40, schweigt seit 02:40: +18)",
    ],
    said: "Neuss Lukas, vierzehn Minuten, Stroke Unit offen. Statt UKD: schweigt.",
  },
  {
    name: "both are silent: the nearer leads, and each says since when",
    situation: {
      map: two,
      hospitals: {
        U: ["UKD", ukdOpen, "silent 03:04"],
        L: ["Neuss Lukas", "stroke-unit yes open 02:51", "silent 03:05"],
      },
      need: "stroke",
    },
    lines: [
      "→ UKD 9 min, gewertet mit 21 (Stroke Unit zuletzt offen 02:40, schweigt seit 03:04: +12), kein näheres kommt infrage",
      "Neuss Lukas 14 min, gewertet mit 26 (Stroke Unit zuletzt offen 02:51, schweigt seit 03:05: +12)",
    ],
    said: "UKD, neun Minuten, schweigt.",
  },
  {
    name: "as many minutes: who is heard goes first",
    situation: {
      map: "A    x    B",
      hospitals: {
        A: ["Alpha", "stroke-unit yes open 02:00", "silent 03:04"],
        B: ["Bravo", "stroke-unit unknown"],
      },
      need: "stroke",
    },
    lines: [
      "→ Bravo 9 min, gewertet mit 21 (Stroke Unit nicht bekannt: +12), kein näheres kommt infrage",
      "Alpha 9 min, gewertet mit 21 (Stroke Unit zuletzt offen 02:00, schweigt seit 03:04: +12)",
    ],
    said: "Bravo, neun Minuten, Stroke Unit nicht bekannt.",
  },
  {
    name: "a silent hospital that cannot is excluded by its last word",
    situation: {
      map: two,
      hospitals: { U: ["UKD", "stroke-unit yes cannot 02:55", "silent 03:04"], L: lukas },
      need: "stroke",
    },
    lines: [
      "→ Neuss Lukas 14 min (Stroke Unit offen seit 02:51) statt UKD 9 min (schweigt seit 03:04, Stroke Unit nicht möglich seit 02:55)",
    ],
    said: "Neuss Lukas, vierzehn Minuten, Stroke Unit offen. Statt UKD: schweigt.",
  },
];
