import { type RoadClass, roadClasses } from "./profile.ts";

/** Tags of a node or way of OpenStreetMap. */
export type Tags = { readonly [key: string]: string | undefined };

/** What a way means for an ambulance. */
export type WayRule = {
  readonly road: RoadClass;
  readonly ramp: boolean;
  readonly roundabout: boolean;
  /** Whether it may be driven in the order of its nodes, and against it. Never neither. */
  readonly forward: boolean;
  readonly backward: boolean;
  /** Posted limit in km/h each way; 0: none is mapped. */
  readonly forwardLimitKmh: number;
  readonly backwardLimitKmh: number;
  /** Null: the tags do not say. */
  readonly insideTown: boolean | null;
};

/** The tags that {@link wayRule} reads; a reader may drop all others. */
export const wayTagKeys = [
  ...["highway", "junction", "oneway", "oneway:emergency", "area", "route"],
  ...["access", "vehicle", "motor_vehicle", "motorcar", "emergency", "barrier", "impassable"],
  ...["maxspeed", "maxspeed:forward", "maxspeed:backward"],
  ...["zone:traffic", "source:maxspeed", "maxspeed:type", "zone:maxspeed", "lit", "sidewalk"],
  ...["tracktype", "surface"],
] as const;

const aliases: { readonly [highway: string]: RoadClass } = { road: "unclassified" };
/** Ways that are no road for cars unless they say that they are. */
const byPermission = new Set(["track", "pedestrian", "footway", "path", "cycleway", "bridleway", "busway"]);
const barred = new Set(
  "no private agricultural forestry psv bus military restricted locked closed emergency_only".split(" "),
);
const pavedSurfaces = new Set("paved asphalt concrete concrete:plates paving_stones".split(" "));
const permitted = new Set(
  "yes designated permissive destination public customers delivery official".split(" "),
);

/** Null: not a road, or closed to ambulances. Ferries are out: a crossing depends on a timetable and on the water. */
export function wayRule(tags: Tags): WayRule | null {
  const { highway } = tags;
  if (highway === undefined || tags["area"] === "yes" || tags["impassable"] === "yes") return null;
  if (tags["route"] === "ferry") return null;
  const ramp = highway.endsWith("_link");
  const road = roadOf(ramp ? highway.slice(0, -"_link".length) : highway, tags);
  if (road === null || !isOpen(tags)) return null;
  const roundabout = tags["junction"] === "roundabout" || tags["junction"] === "circular";
  const direction = directionOf(tags, road === "motorway" && !ramp, roundabout);
  if (direction === null) return null;
  const limit = limitKmh(tags["maxspeed"]);
  return {
    road,
    ramp,
    roundabout,
    ...direction,
    forwardLimitKmh: limitKmh(tags["maxspeed:forward"]) || limit,
    backwardLimitKmh: limitKmh(tags["maxspeed:backward"]) || limit,
    insideTown: townOf(tags),
  };
}

function roadOf(highway: string, tags: Tags): RoadClass | null {
  if (byPermission.has(highway)) {
    const allowed = permitted.has(tags["emergency"] ?? "") || mayDrive(tags) === true;
    if (!allowed) return null;
    if (highway !== "track") return "emergency";
    return isPavedTrack(tags) ? "service" : "track";
  }
  const alias = aliases[highway];
  if (alias !== undefined) return alias;
  const road = roadClasses.find((name) => name === highway);
  return road === undefined || road === "emergency" ? null : road;
}

/** A track of which nothing is said is rough: minutes that are too many cost less than a vehicle that is awaited. */
function isPavedTrack({ tracktype, surface }: Tags): boolean {
  return surface === undefined ? tracktype === "grade1" : pavedSurfaces.has(surface);
}

/** The most particular word decides: motorcar before motor_vehicle before vehicle; null: none was said. */
function mayDrive(tags: Tags): boolean | null {
  const word = tags["motorcar"] ?? tags["motor_vehicle"] ?? tags["vehicle"];
  return word === undefined ? null : isPermit(word);
}

/** `agricultural;forestry` bars; `destination;agricultural` does not: one open word is enough. */
function isPermit(value: string): boolean {
  return !value.split(";").every((word) => barred.has(word.trim()));
}

function isOpen(tags: Tags): boolean {
  const { emergency } = tags;
  if (emergency === "no") return false;
  if (permitted.has(emergency ?? "")) return true;
  const driving = mayDrive(tags);
  if (driving !== null) return driving;
  return isPermit(tags["access"] ?? "yes");
}

type Direction = Pick<WayRule, "forward" | "backward">;

/** Null: a lane whose direction changes by the hour is no road to plan with. */
function directionOf(tags: Tags, motorway: boolean, roundabout: boolean): Direction | null {
  const both = { forward: true, backward: true };
  if (tags["oneway:emergency"] === "no") return both;
  switch (tags["oneway"]) {
    case "yes":
    case "true":
    case "1":
      return { forward: true, backward: false };
    case "-1":
    case "reverse":
      return { forward: false, backward: true };
    case "no":
    case "false":
    case "0":
      return both;
    case "reversible":
      return null;
    default:
      return motorway || roundabout ? { forward: true, backward: false } : both;
  }
}

const unlimitedKmh = 130;
const zoneLimits: { readonly [zone: string]: number } = {
  "DE:urban": 50,
  "DE:rural": 100,
  "DE:motorway": unlimitedKmh,
  "DE:living_street": 7,
  "CH:urban": 50,
  "CH:rural": 80,
  "CH:motorway": 120,
  "AT:urban": 50,
  "AT:rural": 100,
  "AT:motorway": 130,
};

/** km/h of one `maxspeed`; 0 for what is absent, depends on the hour (`signals`) or cannot be read. */
function limitKmh(value: string | undefined): number {
  if (value === undefined) return 0;
  if (value === "none") return unlimitedKmh;
  if (value === "walk") return 7;
  const zone = zoneLimits[value];
  if (zone !== undefined) return zone;
  const match = /^(\d{1,3})(?: ?(mph|km\/h|kmh))?$/.exec(value);
  if (match === null) return 0;
  const number = Number(match[1]);
  return match[2] === "mph" ? Math.round((number * 1_609) / 1_000) : number;
}

function townOf(tags: Tags): boolean | null {
  for (const key of ["zone:traffic", "maxspeed:type", "source:maxspeed", "zone:maxspeed", "maxspeed"]) {
    const word = tags[key]?.toLowerCase() ?? "";
    if (word.includes("urban") || word.includes("zone")) return true;
    if (word.includes("rural") || word.includes("motorway") || word.includes("trunk")) return false;
  }
  const sidewalk = tags["sidewalk"];
  const hasSidewalk = sidewalk !== undefined && sidewalk !== "no" && sidewalk !== "none";
  return hasSidewalk || tags["lit"] === "yes" ? true : null;
}

/** What a node means for who drives over it; several may hold. */
export const nodeFlag = {
  /** Traffic lights for both directions, for traffic in the order of the way's nodes, for traffic against it. */
  signal: 1,
  signalForward: 2,
  signalBackward: 4,
  /** No car passes. */
  barrier: 8,
  /** Where ambulances drive up to an emergency department. */
  entrance: 16,
} as const;

/** The tags that {@link nodeFlags} reads. */
export const nodeTagKeys = [
  ...["highway", "barrier", "emergency", "traffic_signals:direction"],
  ...["access", "vehicle", "motor_vehicle", "motorcar"],
] as const;

const openBarriers = new Set(
  "entrance cattle_grid toll_booth border_control bump_gate height_restrictor sally_port kerb".split(" "),
);

export function nodeFlags(tags: Tags): number {
  let flags = 0;
  if (tags["highway"] === "traffic_signals") {
    const direction = tags["traffic_signals:direction"];
    if (direction === "forward") flags |= nodeFlag.signalForward;
    else if (direction === "backward") flags |= nodeFlag.signalBackward;
    else flags |= nodeFlag.signal;
  }
  if (isBarrier(tags)) flags |= nodeFlag.barrier;
  if (tags["emergency"] === "emergency_ward_entrance") flags |= nodeFlag.entrance;
  return flags;
}

/** A barrier closes unless it is one to drive through, or says that cars or ambulances may. */
function isBarrier(tags: Tags): boolean {
  const { barrier } = tags;
  if (barrier === undefined || barrier === "no" || openBarriers.has(barrier)) return false;
  if (permitted.has(tags["emergency"] ?? "")) return false;
  const word = tags["motorcar"] ?? tags["motor_vehicle"] ?? tags["vehicle"] ?? tags["access"];
  return word === undefined || !permitted.has(word);
}
