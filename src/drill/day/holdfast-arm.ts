import { minuteMs, secondMs } from "../../basics/time.ts";
import { contactLimits } from "../../exchange/contact-state.ts";
import type { Arm, MakeArm, Refusal, Said, Word } from "./arm.ts";
import { aimAt, firstLine, type Holdfast, nearestKnown, newHoldfast, runOf } from "./holdfast.ts";
import { announce } from "./holdfast-announcing.ts";
import { declines, reportsPlaces } from "./holdfast-loads.ts";
import { lookLater } from "./holdfast-turning.ts";
import { fallSilent, hearAgain, takeLate, takeOwn, takeVoice } from "./holdfast-words.ts";
import type { Mission } from "./world.ts";

/**
 * (c): advice as the program gives it, from what reaches it: words, silence after eight seconds, who is on the way,
 * answers, what dispatchers write down. Who confirms, rings and drives are people, late as people are.
 */
export const holdfastArm: MakeArm = (around) => {
  const holdfast = newHoldfast(around);
  sayWhatLacks(holdfast);
  const unsent = new Map<number, { readonly words: readonly Word[]; readonly atMs: number }[]>();
  const { timeline } = around;
  const arm: Arm = {
    decide: (mission) => decide(holdfast, mission),
    said: (house, words) => {
      const entry = { words, atMs: timeline.nowMs };
      if (holdfast.cut[house] === 0) takeOwn(holdfast.words, house, words, entry.atMs);
      else unsent.set(house, [...(unsent.get(house) ?? []), entry]);
    },
    places: (house, free) => {
      if (holdfast.cut[house] === 0) reportsPlaces(holdfast.loads, house, free, timeline.nowMs);
    },
    cut: (house) => cutOff(holdfast, house),
    healed: (house) => {
      heal(holdfast, house);
      for (const { words, atMs } of unsent.get(house) ?? []) takeLate(holdfast.words, house, words, atMs);
      unsent.delete(house);
    },
    reached: (house, said) => writeDown(holdfast, house, said),
    turnedAway: (mission, house, why) => turnedAway(holdfast, mission, house, why),
    taken: (mission, house) => taken(holdfast, mission, house),
  };
  return arm;
};

/** Before the day each house has said once what it does not have: but for what it never said. */
function sayWhatLacks({ around, words }: Holdfast): void {
  for (const [house, has] of around.known.entries()) {
    const lacking = [...has.keys()].filter(
      (column) => has[column] === 0 && around.untold[house]?.[column] === 0,
    );
    takeOwn(
      words,
      house,
      lacking.map((capability) => ({ capability, state: "cannot" })),
      0,
    );
  }
}

function decide(holdfast: Holdfast, mission: Mission): void {
  const { around } = holdfast;
  const isFirst = !holdfast.runs.has(mission.index);
  const run = runOf(holdfast, mission);
  const follows = around.draws.happens(around.numbers.followsPercent, "follows", mission.index, 0);
  const own = follows || run.declinedBy.size > 0 ? -1 : nearestKnown(holdfast, mission);
  const house = own >= 0 ? own : firstLine(holdfast, mission, null).house;
  aimAt(holdfast, mission, house);
  around.drive(mission, house);
  announce(holdfast, mission, house);
  if (isFirst) lookLater(holdfast, mission);
}

function cutOff(holdfast: Holdfast, house: number): void {
  const { around, words } = holdfast;
  const sinceMs = around.timeline.nowMs;
  holdfast.cut[house] = 1;
  around.timeline.after(contactLimits.silentAfterMs, () => {
    if (holdfast.cut[house] === 0) return;
    fallSilent(words, house, sinceMs);
    callRound(holdfast, house);
  });
}

function heal(holdfast: Holdfast, house: number): void {
  holdfast.cut[house] = 0;
  if (holdfast.words.silentSinceMs[house] !== null) hearAgain(holdfast.words, house);
}

/** The home centre rings a silent house until somebody says something, and again before that runs out. */
function callRound(holdfast: Holdfast, house: number): void {
  const { around, words } = holdfast;
  const isSilent = () => words.silentSinceMs[house] !== null;
  const again = (afterMs: number) => around.timeline.after(afterMs, () => callRound(holdfast, house));
  if (!isSilent()) return;
  around.ring(around.region.centres[house] ?? 0, house, null, isSilent, (said) => {
    if (!isSilent()) return;
    if (said === null) {
      holdfast.unansweredMs[house] = around.timeline.nowMs;
      again(around.numbers.callAgainMin * minuteMs);
      return;
    }
    writeDown(holdfast, house, said);
    again(words.voiceRunsOutMs);
  });
}

function writeDown({ around, words }: Holdfast, house: number, said: Said): void {
  const told = said.words();
  const mayOpen = said.mayOpen();
  around.timeline.after(around.numbers.writeS * secondMs, () => takeVoice(words, house, told, mayOpen));
}

/** What a crew met at the door: of a silent house it is written down, a house that is heard says its own *cannot*. */
function turnedAway(holdfast: Holdfast, mission: Mission, house: number, why: Refusal): void {
  const { around, words, loads } = holdfast;
  aimAt(holdfast, mission, -1);
  around.timeline.after(around.numbers.strikeOwnMin * minuteMs, () => {
    if (words.silentSinceMs[house] === null) {
      declines(loads, house, needIdOf(holdfast, mission), around.timeline.nowMs);
    } else if (why !== "crowded") {
      takeVoice(words, house, closedBy(holdfast, mission, house, why), false);
    }
  });
}

function closedBy({ around }: Holdfast, mission: Mission, house: number, why: Refusal): readonly Word[] {
  const has = around.known[house] ?? new Uint8Array(0);
  const required = around.region.needs[mission.need]?.columns.required ?? [];
  const all = why === "outage" ? [...has.keys()] : required.flat();
  return all
    .filter((column) => has[column] === 1)
    .map((capability) => ({ capability, state: "cannot" as const }));
}

/** Who was taken in at a silent door brings word that it takes such patients; what the house closed a crew does not open. */
function taken(holdfast: Holdfast, mission: Mission, house: number): void {
  const { around, words } = holdfast;
  aimAt(holdfast, mission, -1);
  holdfast.runs.delete(mission.index);
  if (words.silentSinceMs[house] === null) return;
  around.timeline.after(around.numbers.strikeOwnMin * minuteMs, () => {
    if (words.silentSinceMs[house] === null) return;
    const has = around.known[house] ?? new Uint8Array(0);
    const required = around.region.needs[mission.need]?.columns.required ?? [];
    const open = required.flat().filter((column) => has[column] === 1);
    takeVoice(
      words,
      house,
      open.map((capability) => ({ capability, state: "open" })),
      false,
    );
  });
}

function needIdOf({ around }: Holdfast, { need }: Mission): string {
  return around.region.needs[need]?.need.id ?? "";
}
