import type { Scene } from "./scene.ts";

const near = ["Benrath", "stroke-unit yes open 02:40"] as const;
const far = ["Neuss Lukas", "stroke-unit yes open 02:51"] as const;
const map = "U    x                     L";

// A flight takes ten minutes, and one for 3.7 km: 5 km 11, 10 km 13, 22 km 16, 44 km 22.
export const flights: readonly Scene[] = [
  {
    name: "far off it flies where a landing place is known, and asks where no register says so; near by it drives",
    situation: {
      map,
      hospitals: {
        U: ["Benrath", "stroke-unit yes full 02:40", "landing known"],
        L: [...far, "landing ask"],
      },
      need: "stroke",
      flown: true,
    },
    lines: [
      "→ Neuss Lukas 16 min im Flug (Landeplatz erfragen; Stroke Unit offen seit 02:51) statt Benrath 9 min am Boden (Stroke Unit voll seit 02:40)",
      "Benrath 9 min am Boden, gewertet mit 29 (Stroke Unit voll seit 02:40: +20)",
    ],
    said: "Neuss Lukas, sechzehn Minuten im Flug, Stroke Unit offen. Statt Benrath: Stroke Unit voll.",
  },
  {
    name: "without a helicopter the same patient is driven",
    situation: {
      map,
      hospitals: {
        U: ["Benrath", "stroke-unit yes full 02:40", "landing known"],
        L: [...far, "landing ask"],
      },
      need: "stroke",
    },
    lines: [
      "→ Benrath 9 min, gewertet mit 29 (Stroke Unit voll seit 02:40: +20), kein näheres kommt infrage",
      "Neuss Lukas 30 min (Stroke Unit offen seit 02:51)",
    ],
    said: "Benrath, neun Minuten, Stroke Unit voll.",
  },
  {
    name: "no landing place is known: a helicopter changes nothing, and the line says by road",
    situation: { map, hospitals: { U: near, L: far }, need: "stroke", flown: true },
    lines: [
      "→ Benrath 9 min am Boden (Stroke Unit offen seit 02:40), kein näheres kommt infrage",
      "Neuss Lukas 30 min am Boden (Stroke Unit offen seit 02:51)",
    ],
    said: "Benrath, neun Minuten am Boden, Stroke Unit offen.",
  },
  {
    name: "over the river it flies straight, the drive goes over the bridge",
    situation: {
      map: "   ~   \n x ~ L \n   ~   \n   ~   \n   ~   \n   ~   \n   ~   \n   ~   \n   =   ",
      hospitals: { L: [...far, "landing known"] },
      need: "stroke",
      flown: true,
    },
    lines: ["→ Neuss Lukas 11 min im Flug (Stroke Unit offen seit 02:51), kein näheres kommt infrage"],
    said: "Neuss Lukas, elf Minuten im Flug, Stroke Unit offen.",
  },
  {
    name: "immediate danger: the soonest, by air or by road",
    situation: {
      map,
      hospitals: {
        U: ["Benrath", "emergency-department yes open 02:00", "resuscitation yes cannot 02:00"],
        L: [...far, "emergency-department yes open 02:00", "resuscitation yes open 02:00", "landing known"],
      },
      need: "stroke",
      danger: true,
      flown: true,
    },
    lines: [
      "→ Neuss Lukas 16 min im Flug (unmittelbare Gefahr: stabilisieren, dann verlegen; Schockraum offen seit 02:00) statt Benrath 9 min am Boden (Schockraum nicht möglich seit 02:00)",
    ],
    said: "Stabilisieren: Neuss Lukas, sechzehn Minuten im Flug. Statt Benrath: Schockraum nicht möglich.",
  },
  {
    name: "flown there, it has fallen silent: another one by road is sooner",
    situation: {
      map,
      hospitals: { U: near, L: [...far, "landing known", "silent 03:04"] },
      need: "stroke",
      flown: true,
      besides: "L",
    },
    lines: ["→ Benrath 9 min am Boden (Stroke Unit offen seit 02:40), kein näheres kommt infrage"],
    said: "Benrath, neun Minuten am Boden, Stroke Unit offen.",
  },
  {
    name: "in English, too late all the same",
    situation: {
      map,
      hospitals: { L: [...far, "landing ask"] },
      need: "stroke",
      flown: true,
      call: "02:05",
      language: "en",
    },
    lines: [
      "→ Neuss Lukas 16 min by air (ask for the landing place; stroke unit open since 02:51; there only 81 min after the call, aim 60 min), none nearer qualifies",
    ],
    said: "Neuss Lukas, sixteen minutes by air, stroke unit open.",
  },
];
