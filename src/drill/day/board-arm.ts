import { present } from "../../basics/assert.ts";
import { minuteMs, secondMs } from "../../basics/time.ts";
import type { Arm, MakeArm, Refusal, Said, Surroundings, Word } from "./arm.ts";
import type { Mission } from "./world.ts";

/** A house, or a house for one need, is not driven to by one centre for a while. */
type Strike = { readonly fromMs: number; readonly untilMs: number };

/** What a control centre with a board of today knows. */
type Board = {
  readonly around: Surroundings;
  readonly withPhone: boolean;
  /** By house and capability, 1: the board says full or cannot. It stands until somebody writes another word. */
  readonly closed: readonly Uint8Array[];
  /** By centre and house: by need, or `wholeHouse`. */
  readonly strikes: readonly Map<number, Strike>[][];
  /** By centre and house: calls in a row that nobody answered. */
  readonly unanswered: readonly Uint8Array[];
};

const wholeHouse = -1;

/** (a): the nearest house that the board does not show closed; what crews heard at a door is passed on by mouth. */
export const boardAlone: MakeArm = (around) => boardArm(around, false);

/**
 * (b): the same, and each patient of urgency 1 is announced by a call. Who says no on the telephone is struck off at once;
 * who does not answer twice in a row is doubted: urgent patients are then taken elsewhere if that is not much farther.
 */
export const boardAndPhone: MakeArm = (around) => boardArm(around, true);

function boardArm(around: Surroundings, withPhone: boolean): Arm {
  const { known, region } = around;
  const centres = region.data.region.controlCentres;
  const board: Board = {
    ...{ around, withPhone },
    closed: known.map(({ length }) => new Uint8Array(length)),
    strikes: centres.map(() => known.map(() => new Map())),
    unanswered: centres.map(() => new Uint8Array(known.length)),
  };
  return {
    decide: (mission) => decide(board, mission, 0),
    said: (house, words) => write(board, house, words),
    places: () => {},
    cut: () => {},
    healed: () => {},
    reached: (house, said) => hearItself(board, house, said),
    turnedAway: (mission, house, why) => passOn(board, mission, house, why),
    taken: (mission, house) => {
      present(board.unanswered[mission.centre], "a centre")[house] = 0;
    },
  };
}

/** A word on the board is newer than what crews heard: it lifts every strike of the house. */
function write({ closed, strikes }: Board, house: number, words: readonly Word[]): void {
  const cells = present(closed[house], "a house");
  for (const { capability, state } of words) cells[capability] = state === "open" ? 0 : 1;
  if (!words.some(({ state }) => state === "open")) return;
  for (const houses of strikes) houses[house]?.clear();
}

/** The crisis staff tells its home centre that nobody can come; the other centre hears of it later, as of everything. */
function hearItself(board: Board, house: number, said: Said): void {
  if (!board.withPhone || said.words().some(({ state }) => state === "open")) return;
  const home = present(board.around.region.centres[house], "a home centre");
  strike(board, home, house, wholeHouse, 0);
}

function passOn(board: Board, { centre, need }: Mission, house: number, why: Refusal): void {
  const { numbers } = board.around;
  strike(board, centre, house, why === "outage" ? wholeHouse : need, numbers.strikeOwnMin * minuteMs);
}

/** Its own centre strikes it off after `ownMs`, every other one so much later as news takes to get there. */
function strike({ around, strikes }: Board, own: number, house: number, need: number, ownMs: number): void {
  const { numbers, timeline } = around;
  const otherMs = ownMs + (numbers.strikeOtherMin - numbers.strikeOwnMin) * minuteMs;
  for (const [centre, houses] of strikes.entries()) {
    timeline.after(centre === own ? ownMs : otherMs, () => {
      const fromMs = timeline.nowMs;
      const untilMs =
        need === wholeHouse ? Number.POSITIVE_INFINITY : fromMs + numbers.strikeLastsMin * minuteMs;
      houses[house]?.set(need, { fromMs, untilMs });
    });
  }
}

function decide(board: Board, mission: Mission, calls: number): void {
  const house = nearest(board, mission, () => false);
  board.around.drive(mission, house);
  const isCalled = board.withPhone && mission.urgency <= board.around.numbers.calledUrgencyMax;
  if (isCalled) announce(board, mission, house, calls);
}

/** Nobody rings more often for one patient. */
const callsMax = 4;

function announce(board: Board, mission: Mission, house: number, calls: number): void {
  const { around } = board;
  const { centre } = mission;
  const isWanted = () => around.destinationOf(mission) === house && around.positionOf(mission) !== null;
  if (calls >= callsMax) return;
  around.ring(centre, house, mission, isWanted, (said) => {
    const silent = present(board.unanswered[centre], "a centre");
    if (said === null) {
      silent[house] = Math.min(255, (silent[house] ?? 0) + 1);
      if (isWanted()) hearNobody(board, mission, house, calls + 1);
      return;
    }
    silent[house] = 0;
    if (!isWanted()) return;
    if (said.takes(mission)) around.announce(mission, house);
    else hearNo(board, mission, house, calls + 1);
  });
}

function hearNo(board: Board, mission: Mission, house: number, calls: number): void {
  strike(board, mission.centre, house, mission.need, 0);
  turn(
    board,
    mission,
    nearest(board, mission, (one) => one === house),
    calls,
  );
}

/** Rings again; at the second silence in a row the patient goes elsewhere, if that is not much farther. */
function hearNobody(board: Board, mission: Mission, house: number, calls: number): void {
  const { around } = board;
  if (!isDoubted(board, mission.centre, house)) {
    announce(board, mission, house, calls);
    return;
  }
  const other = nearest(board, mission, (one) => one === house);
  const drives = around.drivesOf(mission);
  const fartherMin = ((drives[other] ?? 0) - (drives[house] ?? 0)) / 10;
  if (fartherMin <= around.numbers.doubtDetourMin) turn(board, mission, other, calls);
}

function turn(board: Board, mission: Mission, house: number, calls: number): void {
  const { timeline, numbers, drive, positionOf } = board.around;
  timeline.after(numbers.radioS * secondMs, () => {
    if (positionOf(mission) === null) return;
    drive(mission, house);
    announce(board, mission, house, calls);
  });
}

function isDoubted({ around, unanswered }: Board, centre: number, house: number): boolean {
  return (unanswered[centre]?.[house] ?? 0) >= around.numbers.doubtCalls;
}

/** By drive, and what a preferred capability is worth; who is struck off or closed only where nobody else is left. */
function nearest(board: Board, mission: Mission, isOut: (house: number) => boolean): number {
  const refused = board.around.refusedBy(mission);
  const may = (house: number) => !refused.has(house) && !isOut(house);
  const able = costsOf(board, mission).filter(({ house }) => may(house));
  const open = able.filter(({ isClosed }) => !isClosed);
  const free = open.filter(({ house }) => !isStruck(board, mission, house));
  const [best] = [free, open, able, costsOf(board, mission)].find((some) => some.length > 0) ?? [];
  return present(best, "some house has what is needed").house;
}

type Cost = { readonly house: number; readonly minTenths: number; readonly isClosed: boolean };

/** Every house that has what is needed, the cheapest first. */
function costsOf({ around, closed }: Board, mission: Mission): readonly Cost[] {
  const { region, known } = around;
  const { required, preferred } = present(region.needs[mission.need], "a need").columns;
  const drives = around.drivesOf(mission);
  const { missingPreferredMin } = region.base.policy;
  const costs = known.flatMap((has, house): Cost[] => {
    const cells = present(closed[house], "a house");
    const hasIt = (column: number) => has[column] === 1;
    const isOpen = (column: number) => hasIt(column) && cells[column] === 0;
    if (!required.every((group) => group.some(hasIt))) return [];
    const missing = preferred.filter((column) => !isOpen(column)).length;
    return [
      {
        house,
        minTenths: (drives[house] ?? 0) + 10 * missingPreferredMin * missing,
        isClosed: !required.every((group) => group.some(isOpen)),
      },
    ];
  });
  return costs.sort((a, b) => a.minTenths - b.minTenths || a.house - b.house);
}

function isStruck({ around, strikes }: Board, { centre, need }: Mission, house: number): boolean {
  const { nowMs } = around.timeline;
  const known = strikes[centre]?.[house];
  return [known?.get(wholeHouse), known?.get(need)].some(
    (one) => one !== undefined && one.fromMs <= nowMs && nowMs < one.untilMs,
  );
}
