// How fast an ambulance drives, as data. Everything that a speed or a delay is made from stands in this file.

/** A official, B published, C general knowledge, D our own estimate, fitted or derived. */
type Certainty = "A" | "B" | "C" | "D";

type Sourced<T> = { readonly value: T; readonly certainty: Certainty; readonly source: string };

export const profileIds = ["blue-light", "normal"] as const;
export type ProfileId = (typeof profileIds)[number];

/** What a table is computed for; it is written into the table and named wherever minutes are shown. */
export type Profile = {
  readonly id: ProfileId;
  /** Thousandths of the minutes of a normal car. */
  readonly timeE3: number;
  readonly certainty: Certainty;
  readonly source: string;
};

export const profiles: { readonly [id in ProfileId]: Profile } = {
  "blue-light": {
    id: "blue-light",
    timeE3: 850,
    certainty: "C",
    source: "0.85 of a normal car's minutes; no measured speeds with blue lights are at hand",
  },
  normal: {
    id: "normal",
    timeE3: 1_000,
    certainty: "D",
    source: "speed limits and class of road, junction delays fitted on three extracts",
  },
};

/** Classes of road, the most important first: the rank of a road is its place in this list. */
export const roadClasses = [
  "motorway",
  "trunk",
  "primary",
  "secondary",
  "tertiary",
  "unclassified",
  "residential",
  "living_street",
  "service",
  "track",
  "emergency",
] as const;
export type RoadClass = (typeof roadClasses)[number];

/** Usual limits in km/h where no sign is mapped: outside towns, inside towns. German law (StVO § 3) where it speaks. */
export const usualLimitKmh: Sourced<{ readonly [road in RoadClass]: readonly [number, number] }> = {
  value: {
    motorway: [130, 100],
    trunk: [100, 70],
    primary: [100, 50],
    secondary: [100, 50],
    tertiary: [80, 50],
    unclassified: [70, 50],
    residential: [50, 30],
    living_street: [10, 10],
    service: [20, 20],
    track: [10, 10],
    emergency: [15, 15],
  },
  certainty: "C",
  source: "StVO § 3, § 18 and usual zones; service, living streets and tracks by general knowledge",
};

/** What is really driven on the open road as thousandths of the limit, and at most, in km/h. */
export const drivenOfLimit: Sourced<{
  readonly [road in RoadClass]: { readonly shareE3: number; readonly mostKmh: number };
}> = {
  value: {
    motorway: { shareE3: 950, mostKmh: 115 },
    trunk: { shareE3: 960, mostKmh: 105 },
    primary: { shareE3: 980, mostKmh: 85 },
    secondary: { shareE3: 980, mostKmh: 80 },
    tertiary: { shareE3: 960, mostKmh: 70 },
    unclassified: { shareE3: 900, mostKmh: 60 },
    residential: { shareE3: 900, mostKmh: 45 },
    living_street: { shareE3: 900, mostKmh: 10 },
    service: { shareE3: 900, mostKmh: 20 },
    track: { shareE3: 1_000, mostKmh: 10 },
    emergency: { shareE3: 1_000, mostKmh: 15 },
  },
  certainty: "D",
  source:
    "fitted so that whole drives take what Valhalla 3.6.1 says (docs/decisions/0011); it drives 7 to 13 km/h on unpaved tracks",
};

/** Ramps are driven at most this fast, km/h. */
export const rampMostKmh: Sourced<number> = { value: 65, certainty: "D", source: "general knowledge" };

/** Milliseconds that a junction takes a normal car. Turns are not told apart: a node has one cost a way in. */
export const junctionDelayMs: Sourced<{
  readonly signal: number;
  readonly giveWay: number;
  readonly crossing: number;
}> = {
  value: { signal: 3_500, giveWay: 2_000, crossing: 1_000 },
  certainty: "D",
  source: "fitted so that whole drives take what Valhalla 3.6.1 says (docs/decisions/0011)",
};

/** From a place beside the road to the road, on foot or over a yard, km/h. */
export const offRoadKmh: Sourced<number> = { value: 15, certainty: "D", source: "own estimate" };
