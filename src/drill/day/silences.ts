import { dayMs, hourMs, minuteMs } from "../../basics/time.ts";
import { byWeight } from "./weights.ts";
import { canTakeIn, type Ground, type Silence } from "./world.ts";

/** Between these hours the attack is seen first. */
const attackFromHour = 6;
const attackToHour = 16;

/** The attacked hospital, and sound ones whose way to Holdfast breaks for minutes. The largest are attacked most often. */
export function drawSilences(ground: Ground): readonly Silence[] {
  return [attacked(ground), ...glitches(ground)];
}

function attacked({ seed, draws, numbers, region }: Ground): Silence {
  const hours = attackFromHour + (attackToHour - attackFromHour) * draws.share("attackTime");
  const fromMs = hours * hourMs;
  const toMs = fromMs + numbers.silentMin * minuteMs;
  const reportMs = fromMs + draws.around(numbers.selfReportMin * minuteMs, 60, "selfReportTime");
  const reports = draws.happens(numbers.selfReportPercent, "selfReport") && reportMs < toMs;
  return {
    house: byWeight(region.hospitals, ({ beds }) => beds, draws.share("attackedHouse")),
    ...{ fromMs, toMs },
    attack: {
      canTake: canTakeIn(seed),
      phoneWorks: draws.happens(numbers.phoneWorksPercent, "phoneWorks"),
      selfReportMs: reports ? reportMs : null,
    },
  };
}

function glitches({ draws, numbers, region }: Ground): readonly Silence[] {
  const starts = draws.stream(numbers.glitchesPerDay / dayMs, dayMs, "glitch");
  return starts.map((fromMs, i) => ({
    house: Math.floor(draws.share("glitchHouse", i) * region.hospitals.length),
    fromMs,
    toMs: fromMs + draws.around(numbers.glitchMin * minuteMs, 60, "glitchLength", i),
    attack: null,
  }));
}
