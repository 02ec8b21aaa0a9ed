import { lookAgain, soonerThan } from "../../advice/resteer.ts";
import { present } from "../../basics/assert.ts";
import { secondMs } from "../../basics/time.ts";
import { aimAt, firstLine, type Holdfast, questionOf, type Run } from "./holdfast.ts";
import { announce } from "./holdfast-announcing.ts";
import { wallMs } from "./wall.ts";
import type { Mission } from "./world.ts";

/** Boards look once a second; the people who act on it are so much slower that this changes little. */
const lookEveryMs = 30 * secondMs;
/** So close to a silent door nobody is turned: the centre rings, and sends someone to the door (BOARD82). */
const doorMinTenths = 100;

/** Looks at a mission again until it has arrived. */
export function lookLater(holdfast: Holdfast, mission: Mission): void {
  holdfast.around.timeline.after(lookEveryMs, () => {
    const run = holdfast.runs.get(mission.index);
    if (run === undefined) return;
    if (run.aim >= 0 && !run.inHand && holdfast.around.positionOf(mission) !== null)
      look(holdfast, mission, run);
    lookLater(holdfast, mission);
  });
}

function look(holdfast: Holdfast, mission: Mission, run: Run): void {
  if (run.declinedBy.has(run.aim)) {
    takeInHand(holdfast, mission, run, true);
    return;
  }
  const { base, around, words } = holdfast;
  const destination = present(base.hospitals[run.aim], "a house of the region").id;
  const sooner = soonerThan({ ...questionOf(holdfast, mission), linesMax: 1 }, destination);
  if (base.isExcluded[run.aim] === 1) {
    takeInHand(holdfast, mission, run, true);
    return;
  }
  if (words.silentSinceMs[run.aim] !== null && (base.driveMinTenths[run.aim] ?? 0) <= doorMinTenths) return;
  const nowMs = wallMs(around.timeline.nowMs);
  const centreChoseMs = run.centreChoseMs === null ? null : wallMs(run.centreChoseMs);
  const aimSinceMs = wallMs(run.aimSinceMs);
  run.proposals = lookAgain(
    run.proposals,
    {
      ...{ nowMs, destination, centreChoseMs, chosen: run.chosen, positionAgeMs: 0 },
      choseMs: Math.max(aimSinceMs, centreChoseMs ?? aimSinceMs),
      sooner: sooner.ok ? sooner.value : null,
    },
    holdfast.resteer,
  );
  if (run.proposals.open !== null) takeInHand(holdfast, mission, run, false);
}

/**
 * A dispatcher confirms another hospital, the crew understands, and only then the destination changes. From one house that
 * is lost nobody is turned to another that does not fit either.
 */
function takeInHand(holdfast: Holdfast, mission: Mission, run: Run, isLost: boolean): void {
  const { around } = holdfast;
  const { draws, numbers, timeline } = around;
  const from = run.aim;
  run.inHand = true;
  const confirmMs = draws.around(numbers.confirmS * secondMs, 60, "confirmTime", mission.index, run.chosen);
  timeline.after(confirmMs + numbers.radioS * secondMs, () => {
    run.inHand = false;
    if (run.aim !== from || around.positionOf(mission) === null) return;
    run.centreChoseMs = timeline.nowMs;
    run.chosen += 1;
    const follows = draws.happens(numbers.followsPercent, "understands", mission.index, run.chosen);
    if (!follows && !isLost) return;
    const { house, forced } = firstLine(holdfast, mission, from);
    if (forced) return;
    aimAt(holdfast, mission, house);
    around.drive(mission, house);
    announce(holdfast, mission, house);
  });
}
