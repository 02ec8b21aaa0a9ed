import { present } from "../../basics/assert.ts";
import { hourMs, minuteMs } from "../../basics/time.ts";
import type { Position } from "../../roads/plane.ts";
import type { Draws } from "./draws.ts";
import type { WorldNumbers } from "./parameters.ts";
import { type DayRegion, minTenthMs } from "./region.ts";

/** So long a world goes on, from midnight: who called on this day is treated by then. */
export const worldEndMs = 40 * hourMs;

/** What a house truly is on this day. */
export type House = {
  readonly centre: number;
  /** Treatment places of its emergency department. */
  readonly places: number;
  readonly resusRooms: number;
  /** By capability, 1: it has it. */
  readonly has: Uint8Array;
  /** By capability, 1: it lacks it, and never said so. */
  readonly untold: Uint8Array;
  /** By capability: when it truly cannot be had. */
  readonly closings: readonly (readonly Closing[])[];
};

export type Closing = Span & {
  /** The same for all draws that hang on it. */
  readonly key: number;
  /** Staff would say *cannot* of it; otherwise *full*. */
  readonly broken: boolean;
};

export type Span = { readonly fromMs: number; readonly toMs: number };

/** Nothing of a house is heard. `attack` null: it is sound, and only Holdfast's way to it is broken. */
export type Silence = Span & { readonly house: number; readonly attack: Attack | null };

export type Attack = {
  /** It treats patients all the same, and nobody can be told so. */
  readonly canTake: boolean;
  readonly phoneWorks: boolean;
  /** When its crisis staff reaches the home centre by itself; null: never while it is silent. */
  readonly selfReportMs: number | null;
};

export type WalkIn = {
  readonly atMs: number;
  readonly house: number;
  readonly urgency: number;
  readonly stayMs: number;
};

/** One patient who is driven somewhere. */
export type Mission = {
  readonly index: number;
  readonly callMs: number;
  /** When the ambulance leaves the scene. */
  readonly readyMs: number;
  readonly need: number;
  readonly urgency: number;
  readonly position: Position;
  /** Tenths of a minute from the scene to each house, by the estimate. */
  readonly drives: Uint16Array;
  /** True drives of this mission, in terms of the estimate. */
  readonly driveFactor: number;
  readonly centre: number;
  readonly stayMs: number;
};

/** A day as it truly is: the same for every arm, whatever anybody knows of it. */
export type World = {
  readonly seed: number;
  readonly draws: Draws;
  readonly numbers: WorldNumbers;
  readonly region: DayRegion;
  readonly houses: readonly House[];
  readonly silences: readonly Silence[];
  readonly walkIns: readonly WalkIn[];
  readonly missions: readonly Mission[];
};

/** In a third of the seeds the silent hospital can in truth take patients. */
export function canTakeIn(seed: number): boolean {
  return seed % 3 === 0;
}

/** What is there before anything of the day is drawn. */
export type Ground = Pick<World, "seed" | "draws" | "numbers" | "region">;

/** The attack under which a house lies at this moment; null: none. */
export function attackOn({ silences }: World, house: number, atMs: number): Attack | null {
  const silence = silences.find((one) => one.house === house && one.attack !== null && isIn(one, atMs));
  return silence?.attack ?? null;
}

export function isIn({ fromMs, toMs }: Span, atMs: number): boolean {
  return fromMs <= atMs && atMs < toMs;
}

/** It has the capability, and nothing keeps it from using it. */
export function hasNow({ houses }: World, house: number, capability: number, atMs: number): boolean {
  const { has, closings } = present(houses[house], "a house of the world");
  return has[capability] === 1 && !(closings[capability] ?? []).some((closing) => isIn(closing, atMs));
}

/** One capability of each required group, by what the house truly has on this day. */
export function isSuitable({ houses, region }: World, house: number, need: number): boolean {
  const { has } = present(houses[house], "a house of the world");
  return requiredOf(region, need).every((group) => group.some((column) => has[column] === 1));
}

/** Whether its crowd aside a house can truly treat such a patient at this moment. */
export function couldTreat(world: World, house: number, need: number, atMs: number): boolean {
  const attack = attackOn(world, house, atMs);
  if (attack !== null && !attack.canTake) return false;
  return requiredOf(world.region, need).every((group) =>
    group.some((column) => hasNow(world, house, column, atMs)),
  );
}

export function requiredOf({ needs }: DayRegion, need: number): readonly (readonly number[])[] {
  return present(needs[need], "a need of the region").columns.required;
}

/** Patients whose nearest suitable house is silent at any moment from the choice to when they would be there. */
export function isAffected(world: World, mission: Mission): boolean {
  const { numbers, silences } = world;
  const nearest = nearestSuitable(world, mission);
  const fromMs = mission.readyMs - numbers.decideBeforeMin * minuteMs;
  const thereMs = mission.readyMs + driveMs(mission, nearest);
  return silences.some((one) => one.house === nearest && one.fromMs <= thereMs && fromMs < one.toMs);
}

function nearestSuitable(world: World, { drives, need }: Mission): number {
  let nearest = -1;
  for (let house = 0; house < drives.length; house += 1) {
    const isNearer = nearest < 0 || (drives[house] ?? 0) < (drives[nearest] ?? 0);
    if (isNearer && isSuitable(world, house, need)) nearest = house;
  }
  return nearest;
}

/** The true drive from the scene. */
export function driveMs({ drives, driveFactor }: Mission, house: number): number {
  return (drives[house] ?? 0) * minTenthMs * driveFactor;
}
