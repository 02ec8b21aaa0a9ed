import type { Scene } from "./scene.ts";

export const river: readonly Scene[] = [
  {
    name: "the hospital in sight lies over the water: the one on this bank is sooner there",
    situation: {
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
    },
    lines: [
      "→ Dormagen 9 min (Stroke Unit offen seit 02:51), kein näheres kommt infrage",
      "Benrath 19 min (Stroke Unit offen seit 02:40)",
    ],
    said: "Dormagen, neun Minuten, Stroke Unit offen.",
  },
  {
    name: "with a bridge beside it, it is the nearest again",
    situation: {
      map: ["     x = B     ", "       ~       ", "       ~       ", "     D ~       "].join("\n"),
      hospitals: {
        B: ["Benrath", "stroke-unit yes open 02:40"],
        D: ["Dormagen", "stroke-unit yes unconfirmed 02:00"],
      },
      need: "stroke",
    },
    lines: [
      "→ Benrath 7 min (Stroke Unit offen seit 02:40) statt Dormagen 6 min (Stroke Unit unbestätigt seit 02:00)",
      "Dormagen 6 min, gewertet mit 12 (Stroke Unit unbestätigt seit 02:00: +6)",
    ],
    said: "Benrath, sieben Minuten, Stroke Unit offen. Statt Dormagen: Stroke Unit unbestätigt.",
  },
];
