import { answerWithinS } from "../../advice/announcement.ts";
import { present } from "../../basics/assert.ts";
import { minuteMs, secondMs } from "../../basics/time.ts";
import { type Holdfast, runOf } from "./holdfast.ts";
import { declines } from "./holdfast-loads.ts";
import type { Mission } from "./world.ts";

/**
 * Asks a house for a patient: on its board, and by telephone where it does not come there or nobody answers in time. No
 * answer changes nothing.
 */
export function announce(holdfast: Holdfast, mission: Mission, house: number): void {
  const { around } = holdfast;
  around.timeline.after(around.numbers.sendS * secondMs, () => {
    if (!isAimedAt(holdfast, mission, house)) return;
    if (holdfast.cut[house] === 1) {
      around.timeline.after(holdfast.announcement.deliverWithinS * secondMs, () =>
        askByPhone(holdfast, mission, house),
      );
    } else {
      waitForAnswer(holdfast, mission, house);
    }
  });
}

function waitForAnswer(holdfast: Holdfast, mission: Mission, house: number): void {
  const { around } = holdfast;
  const { draws, numbers, timeline } = around;
  const drive = around.drivesOf(mission)[house] ?? null;
  const withinS = answerWithinS(mission.urgency, drive, holdfast.announcement);
  let isAnswered = false;
  if (draws.happens(numbers.seesRequestPercent, "seesRequest", mission.index, house)) {
    const answerMs = draws.around(numbers.answerS * secondMs, 60, "answerTime", mission.index, house);
    timeline.after(answerMs, () => {
      if (holdfast.cut[house] === 1 || !isAimedAt(holdfast, mission, house)) return;
      isAnswered = true;
      hear(holdfast, mission, house, around.ask(house).takes(mission));
    });
  }
  timeline.after(withinS * secondMs, () => {
    if (!isAnswered) askByPhone(holdfast, mission, house);
  });
}

function askByPhone(holdfast: Holdfast, mission: Mission, house: number): void {
  const { around, unansweredMs } = holdfast;
  const isWanted = () => {
    const lastMs = unansweredMs[house] ?? null;
    const againMs = around.numbers.callAgainMin * minuteMs;
    const isTriedNow = lastMs !== null && around.timeline.nowMs - lastMs < againMs;
    return isAimedAt(holdfast, mission, house) && !isTriedNow;
  };
  if (!isWanted()) return;
  around.ring(mission.centre, house, mission, isWanted, (said) => {
    unansweredMs[house] = said === null ? around.timeline.nowMs : null;
    if (said !== null && isAimedAt(holdfast, mission, house))
      hear(holdfast, mission, house, said.takes(mission));
  });
}

function hear(holdfast: Holdfast, mission: Mission, house: number, takes: boolean): void {
  const { around, loads } = holdfast;
  if (takes) {
    around.announce(mission, house);
    return;
  }
  runOf(holdfast, mission).declinedBy.add(house);
  const needId = present(around.region.needs[mission.need], "a need").need.id;
  declines(loads, house, needId, around.timeline.nowMs);
}

function isAimedAt({ around, runs }: Holdfast, mission: Mission, house: number): boolean {
  return runs.get(mission.index)?.aim === house && around.positionOf(mission) !== null;
}
