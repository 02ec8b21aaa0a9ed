// Cases of the map, looked at one by one by hand: what is drawn of each, and whether it may be driven there and back.

import type { Tags } from "../../src/roads/network/way-rule.ts";

export const street: Tags = { highway: "residential", maxspeed: "30" };

export type RoadCase = readonly [
  name: string,
  /** `way` or `node` with its number in OpenStreetMap, or `drawn`. */
  element: string,
  /** Of the way, and of a node in its middle. */
  way: Tags,
  node: Tags,
  isOpen: readonly [there: boolean, back: boolean],
];

// Tags of ways and nodes as they stand in the extracts of Heidelberg, southern Lower Saxony and Liechtenstein, with the
// element's number in OpenStreetMap (© OpenStreetMap contributors, ODbL 1.0): each can be looked at there, and is looked up in
// the extracts where these are at hand (test/roads-extracts.test.ts). Three kinds of which they have none are drawn.
export const roadCases: readonly RoadCase[] = [
  ["a two-way street", "way 4084954", { highway: "residential" }, {}, [true, true]],
  ["a one-way street", "way 4446359", { highway: "residential", oneway: "yes" }, {}, [true, false]],
  [
    "a one-way street against its points",
    "way 253238771",
    { highway: "secondary", oneway: "-1" },
    {},
    [false, true],
  ],
  [
    "a lane that changes direction",
    "way 35767082",
    { highway: "trunk_link", oneway: "reversible", motor_vehicle: "yes" },
    {},
    [false, false],
  ],
  [
    "one-way, but not for ambulances",
    "drawn",
    { highway: "residential", oneway: "yes", "oneway:emergency": "no" },
    {},
    [true, true],
  ],
  ["a motorway", "way 3666783", { highway: "motorway", oneway: "yes" }, {}, [true, false]],
  ["a motorway is one-way unsaid", "drawn", { highway: "motorway" }, {}, [true, false]],
  [
    "a ramp of a motorway is one-way as it says",
    "way 4059056",
    { highway: "motorway_link", oneway: "yes" },
    {},
    [true, false],
  ],
  [
    "a ramp of a motorway for works alone",
    "way 35150969",
    { highway: "motorway_link", oneway: "yes", access: "no" },
    {},
    [false, false],
  ],
  ["a ramp both ways", "way 62293930", { highway: "primary_link" }, {}, [true, true]],
  [
    "a roundabout is one-way unsaid",
    "way 4280142",
    { highway: "tertiary", junction: "roundabout" },
    {},
    [true, false],
  ],
  [
    "a circular junction too",
    "way 260976449",
    { highway: "primary", junction: "circular" },
    {},
    [true, false],
  ],
  [
    "a ferry that takes cars",
    "drawn",
    { highway: "tertiary", route: "ferry", motor_vehicle: "yes" },
    {},
    [false, false],
  ],
  ["a ferry", "way 237319900", { route: "ferry", motor_vehicle: "no" }, {}, [false, false]],
  ["a private drive", "way 24272327", { highway: "service", access: "private" }, {}, [false, false]],
  [
    "a private drive that ambulances may use",
    "way 25318877",
    { highway: "service", vehicle: "private", emergency: "yes" },
    {},
    [true, true],
  ],
  [
    "closed, but open to cars",
    "way 250090509",
    { highway: "residential", motor_vehicle: "no", motorcar: "yes" },
    {},
    [true, true],
  ],
  [
    "a street that is closed to all",
    "way 258716578",
    { highway: "residential", access: "no" },
    {},
    [false, false],
  ],
  [
    "a farm track",
    "way 25189510",
    { highway: "track", motor_vehicle: "agricultural;forestry" },
    {},
    [false, false],
  ],
  ["a track for cars", "way 27435176", { highway: "track", motorcar: "yes" }, {}, [true, true]],
  [
    "residents only",
    "way 5132809",
    { highway: "residential", motor_vehicle: "destination" },
    {},
    [true, true],
  ],
  ["a bus lane", "way 200535839", { highway: "service", access: "psv" }, {}, [false, false]],
  ["a pedestrian zone", "way 14192541", { highway: "pedestrian" }, {}, [false, false]],
  [
    "a pedestrian zone that ambulances may use",
    "way 155203308",
    { highway: "pedestrian", emergency: "yes" },
    {},
    [true, true],
  ],
  ["a road that is being built", "way 25497454", { highway: "construction" }, {}, [false, false]],
  ["a bollard", "node 27085548", street, { barrier: "bollard" }, [false, false]],
  ["a gate", "node 21698270", street, { barrier: "gate" }, [false, false]],
  [
    "a gate that ambulances open",
    "node 1377227850",
    street,
    { barrier: "gate", emergency: "yes" },
    [true, true],
  ],
  [
    "a lift gate that is open to all",
    "node 1991899931",
    street,
    { barrier: "lift_gate", access: "yes" },
    [true, true],
  ],
  ["a cattle grid", "node 1503612181", street, { barrier: "cattle_grid" }, [true, true]],
];
