import type { Position } from "../../roads/plane.ts";
import type { Timeline } from "../timeline.ts";
import type { Draws } from "./draws.ts";
import type { WorldNumbers } from "./parameters.ts";
import type { DayRegion } from "./region.ts";
import type { Mission } from "./world.ts";

/** What the staff of a house say of one capability. */
export type Word = { readonly capability: number; readonly state: "open" | "full" | "cannot" };

/** Why a patient was turned away, as the crew hears it at the door. */
export type Refusal = "outage" | "closed" | "crowded";

/** What somebody in a house says on the telephone: they know their own house. */
export type Said = {
  readonly takes: (mission: Mission) => boolean;
  /** It is a physician or the charge nurse, and was read back: their word opens what the house closed. */
  readonly mayOpen: () => boolean;
  /** Of everything that it has; what it lacks is not asked. */
  readonly words: () => readonly Word[];
};

/** How a region is steered on a day: a policy with the people who carry it out. */
export type Arm = {
  /** The patient is to be driven somewhere: called before the ambulance leaves, and at each door that turned it away. */
  readonly decide: (mission: Mission) => void;
  /** Staff wrote it on the house's board. */
  readonly said: (house: number, words: readonly Word[]) => void;
  /** So many treatment places are free; below zero: so many wait. */
  readonly places: (house: number, free: number) => void;
  /** Nothing comes from the house any more, and later something again; of a sound house, by Holdfast's ways alone. */
  readonly cut: (house: number, sound: boolean) => void;
  readonly healed: (house: number, sound: boolean) => void;
  /** The crisis staff of a house has reached its home centre. */
  readonly reached: (house: number, said: Said) => void;
  readonly turnedAway: (mission: Mission, house: number, why: Refusal) => void;
  readonly taken: (mission: Mission, house: number) => void;
};

/** What anybody can do on a day, whatever they are steered by. Nothing here tells what nobody has said. */
export type Surroundings = {
  readonly timeline: Timeline;
  readonly region: DayRegion;
  readonly numbers: WorldNumbers;
  readonly draws: Draws;
  /** By house: which capabilities it has, 1, as everybody in the region knows by heart. */
  readonly known: readonly Uint8Array[];
  /** By house, 1: it lacks the capability, and no system was ever told. */
  readonly untold: readonly Uint8Array[];
  /** Where the patient is; null: at a hospital's door, or treated. */
  readonly positionOf: (mission: Mission) => Position | null;
  /** Tenths of a minute from there to each house, by the estimate. */
  readonly drivesOf: (mission: Mission) => Uint16Array;
  /** Whither the crew means to drive; -1: nowhere yet. */
  readonly destinationOf: (mission: Mission) => number;
  /** Houses that turned this very patient away. */
  readonly refusedBy: (mission: Mission) => ReadonlySet<number>;
  /** The crew drives there from now on. */
  readonly drive: (mission: Mission, house: number) => void;
  /** The house knows that this patient comes. */
  readonly announce: (mission: Mission, house: number) => void;
  /** A dispatcher rings; null: nobody answered. `mission` null: the call is about the house. */
  readonly ring: (
    centre: number,
    house: number,
    mission: Mission | null,
    stillWanted: () => boolean,
    heard: (said: Said | null) => void,
  ) => void;
  /** What a person in the house would answer at this moment to a question that reached it. */
  readonly ask: (house: number) => Said;
};

/** What a perfectly informed arm sees besides. */
export type Truth = {
  readonly takes: (house: number, mission: Mission, atMs: number) => boolean;
  readonly waitMs: (house: number, mission: Mission, atMs: number) => number;
};

export type MakeArm = (surroundings: Surroundings, truth: Truth) => Arm;
