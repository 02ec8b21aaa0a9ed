// Minutes by the estimate: 1 km 2, 2 km 4, 3 km 6, 4 km 7, 5 km 9, 6 km 10, 7 km 11, 8 km 13, 9 km 14, 10 km 15, 12 km 18, 15 km 22.
import type { Situation } from "../drawing.ts";
import type { ResteerScene } from "../resteering.ts";

const ukd = ["UKD", "stroke-unit yes open 02:40"] as const;
const lukas = ["Neuss Lukas", "stroke-unit yes open 02:51"] as const;
const onTheWay: Situation = { map: "U    x     L", hospitals: { U: ukd, L: lukas }, need: "stroke" };
const full = ["UKD", "stroke-unit yes full 03:05"] as const;

export const resteer: readonly ResteerScene[] = [
  {
    name: "the destination says full: another is sooner",
    situation: onTheWay,
    drivesTo: "U",
    chose: "03:00",
    moments: [
      { at: "03:04", says: null },
      {
        at: "03:05",
        hospitals: { U: full },
        says: "10 min: → Neuss Lukas 10 min (Stroke Unit offen seit 02:51) statt UKD 9 min (Stroke Unit voll seit 03:05)",
      },
    ],
  },
  {
    name: "what saves less than five minutes is not worth a word",
    situation: { ...onTheWay, map: "U    x        L" },
    drivesTo: "U",
    chose: "03:00",
    moments: [{ at: "03:06", hospitals: { U: full }, says: null }],
  },
  {
    name: "one more has set out for it since the crew chose it: this one waits behind it",
    situation: onTheWay,
    drivesTo: "U",
    chose: "03:00",
    moments: [
      { at: "03:04", hospitals: { U: [...ukd, "inbound 3 02:55"] }, says: null },
      {
        at: "03:05",
        hospitals: { U: [...ukd, "inbound 4 03:05"] },
        says: "19 min: → Neuss Lukas 10 min (Stroke Unit offen seit 02:51) statt UKD 9 min (4 unterwegs dorthin, Plätze nicht gemeldet)",
      },
    ],
  },
  {
    name: "a hospital much nearer opens",
    situation: {
      map: "U         x L",
      hospitals: { U: ukd, L: ["Neuss Lukas", "stroke-unit yes full 02:30"] },
      need: "stroke",
    },
    drivesTo: "U",
    chose: "03:00",
    moments: [
      { at: "03:04", says: null },
      {
        at: "03:05",
        hospitals: { L: ["Neuss Lukas", "stroke-unit yes open 03:05"] },
        says: "11 min: → Neuss Lukas 4 min (Stroke Unit offen seit 03:05), kein näheres kommt infrage",
      },
    ],
  },
  {
    name: "a hospital much nearer is heard again",
    situation: {
      map: "U         x L",
      hospitals: { U: ukd, L: [...lukas, "silent 02:30"] },
      need: "stroke",
    },
    drivesTo: "U",
    chose: "03:00",
    moments: [
      { at: "03:04", says: null },
      {
        at: "03:05",
        hospitals: { L: [...lukas, "heard 03:05"] },
        says: "11 min: → Neuss Lukas 4 min (Stroke Unit offen seit 02:51), kein näheres kommt infrage",
      },
    ],
  },
  {
    name: "nothing changed but the place: the crew chose knowing both",
    situation: { map: "U         xL", hospitals: { U: ukd, L: lukas }, need: "stroke" },
    drivesTo: "U",
    chose: "03:00",
    moments: [
      { at: "03:05", says: null },
      { at: "03:10", map: "U            xL", says: null },
    ],
  },
  {
    name: "kept is kept: the same cause is not raised again, a new one is, and after two there are no more",
    situation: onTheWay,
    drivesTo: "U",
    chose: "03:00",
    moments: [
      {
        at: "03:05",
        hospitals: { U: full },
        says: "10 min: → Neuss Lukas 10 min (Stroke Unit offen seit 02:51) statt UKD 9 min (Stroke Unit voll seit 03:05)",
      },
      { at: "03:06", kept: true, says: null },
      { at: "03:12", says: null },
      {
        at: "03:13",
        hospitals: { U: [...full, "inbound 2 03:13"] },
        says: "20 min: → Neuss Lukas 10 min (Stroke Unit offen seit 02:51) statt UKD 9 min (Stroke Unit voll seit 03:05, 2 unterwegs dorthin, Plätze nicht gemeldet)",
      },
      { at: "03:14", kept: true, says: null },
      { at: "03:20", hospitals: { U: [...full, "inbound 5 03:20"] }, says: null },
    ],
  },
  {
    name: "within three minutes of the last word of the centre none is made; then it is",
    situation: onTheWay,
    drivesTo: "U",
    chose: "03:00",
    moments: [
      { at: "03:04", kept: true, says: null },
      { at: "03:06", hospitals: { U: ["UKD", "stroke-unit yes full 03:06"] }, says: null },
      {
        at: "03:07",
        says: "10 min: → Neuss Lukas 10 min (Stroke Unit offen seit 02:51) statt UKD 9 min (Stroke Unit voll seit 03:06)",
      },
    ],
  },
  {
    name: "from an old place none is made; one that was made stays",
    situation: onTheWay,
    drivesTo: "U",
    chose: "03:00",
    moments: [
      { at: "03:05", hospitals: { U: full }, positionAgeS: 61, says: null },
      {
        at: "03:06",
        positionAgeS: 5,
        says: "10 min: → Neuss Lukas 10 min (Stroke Unit offen seit 02:51) statt UKD 9 min (Stroke Unit voll seit 03:05)",
      },
      {
        at: "03:08",
        positionAgeS: 125,
        says: "10 min: → Neuss Lukas 10 min (Stroke Unit offen seit 02:51) statt UKD 9 min (Stroke Unit voll seit 03:05)",
      },
    ],
  },
  {
    name: "it goes by itself where it would save nothing any more, and comes again when somebody arrived there",
    situation: onTheWay,
    drivesTo: "U",
    chose: "03:00",
    moments: [
      {
        at: "03:05",
        hospitals: { U: full },
        says: "10 min: → Neuss Lukas 10 min (Stroke Unit offen seit 02:51) statt UKD 9 min (Stroke Unit voll seit 03:05)",
      },
      { at: "03:07", hospitals: { L: [...lukas, "inbound 2 03:07"] }, says: null },
      { at: "03:09", hospitals: { L: lukas }, says: null },
      {
        at: "03:10",
        hospitals: { L: [...lukas, "left 03:10"] },
        says: "10 min: → Neuss Lukas 10 min (Stroke Unit offen seit 02:51) statt UKD 9 min (Stroke Unit voll seit 03:05)",
      },
    ],
  },
  {
    name: "an open word that is two hours old counts for less from then on",
    situation: {
      map: "U    x    L",
      hospitals: { U: ["UKD", "stroke-unit yes open 01:05", "inbound 1 02:00"], L: lukas },
      need: "stroke",
    },
    drivesTo: "U",
    chose: "03:00",
    moments: [
      { at: "03:04", says: null },
      {
        at: "03:06",
        says: "9 min: → Neuss Lukas 9 min (Stroke Unit offen seit 02:51), kein näheres kommt infrage",
      },
    ],
  },
];
