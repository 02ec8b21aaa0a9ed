import { assert } from "../../basics/assert.ts";
import { dayMs, hourMs, minuteMs } from "../../basics/time.ts";
import { drivesFrom } from "./region.ts";
import { type Ground, type House, isIn, type Silence, type WalkIn, worldEndMs } from "./world.ts";

/** Who comes to each house by themselves, as the region's missions are spread over the day. */
export function drawWalkIns(
  ground: Ground,
  houses: readonly House[],
  silences: readonly Silence[],
): readonly WalkIn[] {
  const shut = silences.find(({ attack }) => attack !== null && !attack.canTake);
  const all = houses.flatMap((house, index) => walkInsOf(ground, house, index));
  return all.flatMap((walkIn, i) => {
    if (shut === undefined || walkIn.house !== shut.house || !isIn(shut, walkIn.atMs)) return [walkIn];
    const goesOn = ground.draws.happens(ground.numbers.walkInsElsewherePercent, "walkInElsewhere", i);
    return goesOn ? [{ ...walkIn, house: nextTo(ground, walkIn.house) }] : [];
  });
}

function walkInsOf({ draws, numbers, region }: Ground, { places }: House, house: number): readonly WalkIn[] {
  const { shares } = region.data.missions.hourlyE4;
  const busiest = Math.max(...shares);
  // Drawn as if each hour were the busiest, and thinned to its own share.
  const rate = (numbers.walkInsPerPlace * places * busiest * 24) / 10_000 / dayMs;
  const times = draws.stream(rate, worldEndMs, "walkIn", house);
  return times.flatMap((atMs, i) => {
    const hour = Math.floor(atMs / hourMs) % 24;
    if (draws.share("walkIn", house, i, 1) * busiest >= (shares[hour] ?? 0)) return [];
    const urgent = draws.happens(numbers.walkInUrgentPercent, "walkInUrgency", house, i);
    const stayMs = draws.around(numbers.walkInStayMin * minuteMs, numbers.staySpread, "walkInStay", house, i);
    return [{ atMs, house, urgency: urgent ? 2 : 3, stayMs }];
  });
}

function nextTo({ region }: Ground, house: number): number {
  const place = region.hospitals[house];
  assert(place !== undefined, "a house of the region");
  const drives = drivesFrom(region, place);
  const others = [...drives.keys()].filter((one) => one !== house);
  return others.reduce((best, one) => ((drives[one] ?? 0) < (drives[best] ?? 0) ? one : best));
}
