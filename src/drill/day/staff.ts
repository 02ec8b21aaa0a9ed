import { present } from "../../basics/assert.ts";
import { dayMs, hourMs, minuteMs } from "../../basics/time.ts";
import type { Word } from "./arm.ts";
import { armOf, type Day, isCrowded, placesNow, wordsOf } from "./running.ts";
import { attackOn, type Closing, isIn, worldEndMs } from "./world.ts";

/** When shifts begin, in hours of the day. Everybody has looked at all words at midnight, when the day begins. */
const shiftHours = [0, 6, 14, 22, 30, 38];

/**
 * The people in the houses, who write on their board what changed: late, or never. The same people write the same
 * words in every arm, except of crowds, which are as each arm makes them. Under an attack nobody can write.
 */
export function runStaff(day: Day): void {
  for (const [house, { closings }] of day.world.houses.entries()) {
    planShifts(day, house);
    for (const [capability, spans] of closings.entries())
      for (const closing of spans) planClosing(day, house, capability, closing);
    planPlaces(day, house);
  }
  sayAfterAttack(day);
  watchCrowds(day);
}

function say(day: Day, house: number, words: readonly Word[]): void {
  if (attackOn(day.world, house, day.timeline.nowMs) === null) armOf(day).said(house, words);
}

/** At the beginning of a shift somebody looks at all words of the house, or nobody does. */
function planShifts(day: Day, house: number): void {
  const { world, timeline } = day;
  for (const [shift, hour] of shiftHours.entries()) {
    const isFirst = shift === 0;
    if (!isFirst && !world.draws.happens(world.numbers.shiftWordPercent, "shiftWord", house, shift)) continue;
    timeline.after(hour * hourMs, () => say(day, house, wordsOf(world, house, timeline.nowMs)));
  }
}

function planClosing(day: Day, house: number, capability: number, closing: Closing): void {
  const { world, timeline } = day;
  const { draws, numbers } = world;
  const { key, fromMs, toMs, broken } = closing;
  if (!draws.happens(numbers.closingToldPercent, "closingTold", key, 0)) return;
  const delayMs = (i: number) => draws.around(numbers.wordDelayMin * minuteMs, 60, "wordDelay", key, i);
  const toldMs = fromMs + delayMs(0);
  if (toldMs >= toMs) return;
  timeline.after(toldMs, () => say(day, house, [{ capability, state: broken ? "cannot" : "full" }]));
  if (!draws.happens(numbers.openingToldPercent, "closingTold", key, 1)) return;
  timeline.after(toMs + delayMs(1), () => {
    const spans = world.houses[house]?.closings[capability] ?? [];
    if (!spans.some((other) => isIn(other, timeline.nowMs))) say(day, house, [{ capability, state: "open" }]);
  });
}

/** Who can write again says everything anew. */
function sayAfterAttack(day: Day): void {
  const { world, timeline } = day;
  for (const { house, toMs, attack } of world.silences) {
    if (attack === null) continue;
    timeline.after(toMs + world.numbers.wordDelayMin * minuteMs, () =>
      say(day, house, wordsOf(world, house, timeline.nowMs)),
    );
  }
}

function planPlaces(day: Day, house: number): void {
  const { draws, numbers } = day.world;
  if (!draws.happens(numbers.reportsPlacesPercent, "reportsPlaces", house)) return;
  const everyMs = numbers.placesEveryMin * minuteMs;
  const firstMs = draws.share("reportsPlaces", house, 1) * everyMs;
  for (let atMs = firstMs; atMs < worldEndMs; atMs += everyMs) {
    day.timeline.after(atMs, () => {
      if (attackOn(day.world, house, day.timeline.nowMs) === null)
        armOf(day).places(house, placesNow(day, house));
    });
  }
}

/** A house that turns ambulances away because of its crowd says so, or does not; and the same when it is over. */
function watchCrowds(day: Day): void {
  const { world, timeline } = day;
  const emergency = present(
    world.region.base.capabilityIndex.get("emergency-department"),
    "the capability of every house",
  );
  const crowds = world.houses.map(() => ({ is: false, count: 0, said: false }));
  const delayMs = world.numbers.wordDelayMin * minuteMs;
  day.queueChanged = (house) => {
    const crowd = present(crowds[house], "a crowd for every house");
    const is = isCrowded(day, house);
    if (is === crowd.is || timeline.nowMs > dayMs + 12 * hourMs) return;
    crowd.is = is;
    if (is) crowd.count += 1;
    if (!world.draws.happens(world.numbers.crowdToldPercent, "crowdTold", house, crowd.count)) return;
    timeline.after(delayMs, () => {
      if (crowd.is !== is || crowd.said === is) return;
      crowd.said = is;
      say(day, house, [{ capability: emergency, state: is ? "full" : "open" }]);
    });
  };
}
