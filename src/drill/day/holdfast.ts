import { advise } from "../../advice/advise.ts";
import type { AnnouncementPolicy } from "../../advice/announcement.ts";
import type { AdviceBase } from "../../advice/base.ts";
import { adviceBaseOf, announcementPolicyOf, resteerPolicyOf } from "../../advice/region-base.ts";
import { noProposals, type Proposals, type ResteerPolicy } from "../../advice/resteer.ts";
import type { Question } from "../../advice/weigh.ts";
import { assert, present } from "../../basics/assert.ts";
import { cellAt, cellMiddle } from "../../region/cell.ts";
import type { Surroundings } from "./arm.ts";
import { comesNoMore, type Loads, newLoads, setsOutFor } from "./holdfast-loads.ts";
import { isShownClosed, newWords, type Words } from "./holdfast-words.ts";
import { wallMs } from "./wall.ts";
import type { Mission } from "./world.ts";

/** What Holdfast remembers of one mission. */
export type Run = {
  /** The house among whose inbound patients this one is counted; -1: none. */
  aim: number;
  /** When that was named, and when a centre last chose; null: never. */
  aimSinceMs: number;
  centreChoseMs: number | null;
  chosen: number;
  proposals: Proposals;
  /** A dispatcher is looking at what to do with it. */
  inHand: boolean;
  /** Houses that said *cannot* to this very patient. */
  readonly declinedBy: Set<number>;
};

/** A region that runs Holdfast, as one arm of a day. */
export type Holdfast = {
  readonly around: Surroundings;
  readonly base: AdviceBase;
  readonly words: Words;
  readonly loads: Loads;
  readonly resteer: ResteerPolicy;
  readonly announcement: AnnouncementPolicy;
  readonly runs: Map<number, Run>;
  /** By house: nothing comes from it and nothing reaches it, whether or not anybody has noticed. */
  readonly cut: Uint8Array;
  /** By house: when a call to it was last not answered; null: never. */
  readonly unansweredMs: (number | null)[];
};

export function newHoldfast(around: Surroundings): Holdfast {
  const { data } = around.region;
  const base = adviceBaseOf(data);
  return {
    ...{ around, base, words: newWords(around.timeline, base, data), loads: newLoads(base) },
    resteer: resteerPolicyOf(data),
    announcement: announcementPolicyOf(data),
    runs: new Map(),
    cut: new Uint8Array(base.hospitals.length),
    unansweredMs: base.hospitals.map(() => null),
  };
}

export function runOf({ runs }: Holdfast, { index }: Mission): Run {
  const known = runs.get(index);
  if (known !== undefined) return known;
  const run: Run = {
    ...{ aim: -1, aimSinceMs: 0, centreChoseMs: null, chosen: 0, proposals: noProposals, inHand: false },
    declinedBy: new Set(),
  };
  runs.set(index, run);
  return run;
}

/** What advice is asked about a mission now: facts name its cell, not its place. */
export function questionOf(holdfast: Holdfast, mission: Mission): Question {
  const { around, base } = holdfast;
  const run = runOf(holdfast, mission);
  const place = around.positionOf(mission) ?? present(doorOf(holdfast, mission), "a door");
  const idsOf = (houses: Iterable<number>) => [...houses].map((house) => base.hospitals[house]?.id ?? "");
  return {
    ...{ base, position: cellMiddle(cellAt(place.latE3, place.lonE3)) },
    need: present(around.region.needs[mission.need], "a need").need,
    ...{ urgency: mission.urgency, danger: false, callAtMs: wallMs(mission.callMs) },
    declinedBy: idsOf(new Set([...run.declinedBy, ...around.refusedBy(mission)])),
    inboundTo: run.aim < 0 ? [] : idsOf([run.aim]),
    expected: {},
    nowMs: wallMs(around.timeline.nowMs),
  };
}

/** At a door the ambulance stands where the house is that turned the patient away last. */
function doorOf({ base, around }: Holdfast, mission: Mission) {
  const last = [...around.refusedBy(mission)].at(-1);
  return last === undefined ? null : base.hospitals[last];
}

/** The first line of the advice, beside where the crew drives already. `forced`: that hospital does not fit either. */
export function firstLine(
  holdfast: Holdfast,
  mission: Mission,
  besides: number | null,
): { readonly house: number; readonly forced: boolean } {
  const { base } = holdfast;
  const advice = advise({
    ...questionOf(holdfast, mission),
    ...{ linesMax: 1, language: "de", clock: () => "" },
    besides: besides === null ? null : (base.hospitals[besides]?.id ?? null),
  });
  assert(advice.ok, "advice has an answer inside its region");
  const { lines, forced } = advice.value;
  const house = present(base.hospitalIndex.get(lines[0]?.hospital ?? ""), "a listed hospital");
  return { house, forced: forced === "none-suitable" || forced === "none-besides" };
}

/** Where a crew drives that follows no advice: the nearest house that has what is needed and is not shown closed. */
export function nearestKnown({ around, words }: Holdfast, mission: Mission): number {
  const required = present(around.region.needs[mission.need], "a need").columns.required;
  const drives = around.drivesOf(mission);
  const able = around.known.flatMap((has, house) => {
    if (around.refusedBy(mission).has(house)) return [];
    const isOpen = (column: number) => has[column] === 1 && !isShownClosed(words, house, column);
    return required.every((group) => group.some(isOpen)) ? [house] : [];
  });
  const [first, ...rest] = able;
  if (first === undefined) return -1;
  return rest.reduce((best, one) => ((drives[one] ?? 0) < (drives[best] ?? 0) ? one : best), first);
}

/** The crew's destination, as a fact: counted at all boards from now on. */
export function aimAt({ around, loads, runs }: Holdfast, mission: Mission, house: number): void {
  const run = present(runs.get(mission.index), "a mission that runs");
  const { nowMs } = around.timeline;
  if (run.aim === house) return;
  if (run.aim >= 0) comesNoMore(loads, run.aim, mission, nowMs);
  run.aim = house;
  run.aimSinceMs = nowMs;
  if (house >= 0) setsOutFor(loads, house, mission, nowMs);
}
